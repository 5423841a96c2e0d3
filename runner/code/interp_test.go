package code

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.starlark.net/starlark"
)

// caller is a fake phone: it answers in capitals.
type caller struct{ data []byte }

var callerMethods = methods([]method{
	{"send", "send(data)", textHasNoDecode(), func(c *call) (starlark.Value, error) {
		var b []byte
		if err := c.unpack("*data", &b); err != nil {
			return nil, err
		}
		c.self.(*caller).data = b
		return starlark.MakeInt(len(b)), nil
	}},
	{"recv", "recv(bufsize)", textHasNoDecode(), func(c *call) (starlark.Value, error) {
		n := 0
		if err := c.unpack("*bufsize", &n); err != nil {
			return nil, err
		}
		return Bytes{strings.ToUpper(string(c.self.(*caller).data))}, nil
	}},
})

func (p *caller) String() string        { return "<phone>" }
func (p *caller) Type() string          { return "phone" }
func (p *caller) Freeze()               {}
func (p *caller) Truth() starlark.Bool  { return true }
func (p *caller) Hash() (uint32, error) { return 0, nil }
func (p *caller) AttrNames() []string   { return callerMethods.names }
func (p *caller) Attr(name string) (starlark.Value, error) {
	if v, _ := callerMethods.attr(p, name); v != nil {
		return v, nil
	}
	return nil, noAttr(p, name)
}

func TestAClientProgram(t *testing.T) {
	lines := []string{"  你好 ", "", "hello", "quit"}
	cfg := Config{ReadLine: func(_ context.Context, prompt string) (string, error) {
		assert.Equal(t, ">>: ", prompt)
		line := lines[0]
		lines = lines[1:]
		return line, nil
	}}
	var out strings.Builder
	cfg.Print = func(s string) { out.WriteString(s) }
	in := New(cfg)
	in.Set("phone", &caller{})
	err := in.Run(t.Context(), Source{Name: "client.py", Text: `
while True: # 通信循环
    msg=input('>>: ').strip()
    if not msg:continue
    if msg == 'quit':break
    n = phone.send(msg.encode('utf-8'))
    data=phone.recv(1024)
    print('%s bytes, got [%s]' % (n, data.decode('utf-8')))
print('bye')
`})
	require.NoError(t, err)
	assert.Equal(t, "6 bytes, got [你好]\n5 bytes, got [HELLO]\nbye\n", out.String())

	var e *Error
	require.ErrorAs(t, in.Run(t.Context(), Source{Text: "phone.send('x')"}), &e)
	assert.Equal(t, "TypeError: a bytes-like object is required, not 'str'", e.Error())
	assert.Equal(t, 6, e.CaretCells())
}

func TestTheEndOfTheContextEndsWhateverRuns(t *testing.T) {
	waiting := make(chan struct{}, 1)
	cfg := Config{
		ReadLine: func(ctx context.Context, _ string) (string, error) {
			waiting <- struct{}{}
			<-ctx.Done()
			return "", ctx.Err()
		},
		Print: func(string) { waiting <- struct{}{} },
	}
	for name, code := range map[string]string{
		"loop":   "a = 5\nprint('')\nwhile True: pass",
		"in def": "a = 5\ndef f():\n    print('')\n    while True: pass\nf()",
		"sleep":  "a = 5\nprint('')\ntime.sleep(1000)",
		"input":  "a = 5\nx = input()",
	} {
		t.Run(name, func(t *testing.T) {
			in := New(cfg)
			ctx, cancel := context.WithCancelCause(t.Context())
			done := make(chan error)
			go func() { done <- in.Run(ctx, Source{Text: code}) }()
			<-waiting
			cancel(ErrInterrupted)
			select {
			case err := <-done:
				var e *Error
				require.ErrorAs(t, err, &e)
				assert.Equal(t, "KeyboardInterrupt", e.Error())
				require.ErrorIs(t, err, ErrInterrupted)
				assert.Positive(t, e.Line)
			case <-time.After(5 * time.Second):
				require.Fail(t, "it goes on")
			}
			assert.Contains(t, in.Learned(), "a")
			require.NoError(t, in.Run(t.Context(), Source{Text: "b = a"}), "the next source must not be cancelled")
		})
	}
}

func TestADeadlineIsATimeout(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	var e *Error
	require.ErrorAs(t, New(Config{}).Run(ctx, Source{Text: "while True: pass"}), &e)
	assert.Equal(t, "TimeoutError: timed out", e.Error())
}

func TestInputAtItsEnd(t *testing.T) {
	for want, give := range map[string]error{"EOFError: EOF when reading a line": io.EOF, "KeyboardInterrupt": ErrInterrupted} {
		cfg := Config{ReadLine: func(context.Context, string) (string, error) { return "", give }}
		_, err := runCode(t, cfg, Source{Text: "input()"})
		require.NotNil(t, err)
		assert.Equal(t, want, err.Error())
	}
}

func TestEchoShowsWhatAnExpressionGives(t *testing.T) {
	out, err := runCode(t, Config{}, Source{Text: "1 + 1\nNone\nx = 5\n'a'; b'b'\nif 1: 7\n(1,)", Echo: true})
	require.Nil(t, err)
	assert.Equal(t, "2\n'a'\nb'b'\n(1,)\n", out)
	out, err = runCode(t, Config{}, Source{Text: "1 + 1"})
	require.Nil(t, err)
	assert.Empty(t, out)
}

func TestLimits(t *testing.T) {
	for _, c := range []struct{ code, kind string }{
		{"def f(n): return f(n + 1)\nf(0)", "RecursionError"},
		{"f = lambda n: sorted([n], key=f)\nf(1)", "RecursionError"},
		{"list(range(1 << 33))", "MemoryError"},
		{"list(range(20000000))", "MemoryError"},
		{"sorted(range(20000000))", "MemoryError"},
		{"l = []\nl.extend(range(20000000))", "MemoryError"},
		{"[0] * 1000000000", "MemoryError"},
		{"'a' * 1000000000000", "MemoryError"},
		{"bytes(1 << 40)", "MemoryError"},
		{"pow(10, 1000000000)", "MemoryError"},
		{"'%999999999d' % 1", "ValueError"},
		{"'{:>999999999}'.format(1)", "ValueError"},
		{"x = " + strings.Repeat("1 + ", 50_000) + "nope", "NameError"},
		{"x = '" + strings.Repeat("a", 1_000_000) + "'\nnope", "NameError"},
	} {
		t.Run(c.code[:min(30, len(c.code))], func(t *testing.T) {
			_, err := runCode(t, Config{}, Source{Text: c.code})
			require.NotNil(t, err)
			assert.Equal(t, c.kind, err.Kind, "%.200s", err.Error())
		})
	}
	out, err := runCode(t, Config{}, Source{Text: "l = []\nfor i in range(100000): l = [l]\nprint(len(repr(l)) < 1000)\nm = []\nfor i in range(100): m = [m, m]\nn = len(repr(m))"})
	require.Nil(t, err, "%v", err)
	assert.Equal(t, "True\n", out)
}

func TestAPanicIsOurFault(t *testing.T) {
	in := New(Config{Print: func(string) { panic("oh") }})
	err := in.Run(t.Context(), Source{Text: "print(1)"})
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Contains(t, e.Error(), "a fault of this program, not yours: oh")
}

func TestNamesOfTheLabAndOfTheLearner(t *testing.T) {
	in := New(Config{})
	in.Set("shop", newStr("lab"))
	assert.False(t, in.Bound("shop"))
	require.NoError(t, in.Run(t.Context(), Source{Text: "shop = 1\ny = 2\nfrom time import sleep"}))
	assert.True(t, in.Bound("shop"))
	assert.True(t, in.Bound("sleep"))
	assert.Equal(t, []string{"shop", "y"}, in.Learned(), "imports are not listed")
	require.NoError(t, in.Run(t.Context(), Source{Text: "del shop, y"}))
	v, ok := in.Get("shop")
	assert.True(t, ok)
	assert.Equal(t, newStr("lab"), v)
	_, ok = in.Get("y")
	assert.False(t, ok)
	require.Error(t, in.Run(t.Context(), Source{Text: "del shop"}))
	in.Unset("shop")
	_, ok = in.Get("shop")
	assert.False(t, ok)
	_, ok = in.Get(hidGlobals)
	assert.False(t, ok)
	require.NoError(t, in.Run(t.Context(), Source{Text: "print = 5\ndel print\nprint('x')"}))
}

func TestErrorsCanBeUnwrapped(t *testing.T) {
	cause := errors.New("cause")
	in := New(Config{})
	in.Set("f", function("f", "f()", textHasNoDecode(), func(*call) (starlark.Value, error) {
		return nil, &Error{Kind: "OSError", Tag: "EPERM 1", Msg: textHasNoDecode(), Err: cause}
	}))
	err := in.Run(t.Context(), Source{Text: "def g():\n    f()\ng()"})
	require.ErrorIs(t, err, cause)
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 2, e.Line)
	assert.Equal(t, 4, e.CaretCells())
}

func TestComplete(t *testing.T) {
	in := New(Config{Modules: []*Module{{Name: "lab", values: starlark.StringDict{"LIMIT": starlark.MakeInt(1)}, bare: true,
		call: &method{name: "lab", sig: "lab(x)", fn: func(*call) (starlark.Value, error) { return starlark.None, nil }}}}})
	in.Set("phone", &caller{})
	require.NoError(t, in.Run(t.Context(), Source{Text: "text = 'x'\ndef greet(a, b=1, *c, **d): pass\nd = {}\nn = 5"}))
	for before, want := range map[string]Completion{
		"phone.se":            {"phone.send", "send(data)"},
		"x = phone.re":        {"phone.recv", "recv(bufsize)"},
		"print(text.spl":      {"text.split", "split(sep=None, maxsplit=-1)"},
		"text.enc":            {"text.encode", "encode(encoding='utf-8', errors='strict')"},
		"gre":                 {"greet", "greet(a, b=1, *c, **d)"},
		"time.sl":             {"time.sleep", "sleep(seconds)"},
		"d.up":                {"d.update", "update(pairs, **names)"},
		"n.to":                {"n.to_bytes", "to_bytes(length=1, byteorder='big', signed=False)"},
		"whi":                 {"while", ""},
		"import ti":           {"time", "module"},
		"from ti":             {"time", "module"},
		"from time import sl": {"sleep", "sleep(seconds)"},
		"[LIM":                {"LIMIT", "int"},
		"lab.LIM":             {"lab.LIMIT", "int"},
		"(la":                 {"lab", "lab(x)"},
		"bytes.fr":            {"bytes.fromhex", "fromhex(text)"},
	} {
		assert.Contains(t, in.Complete(before), want, before)
	}
	for _, before := range []string{"'phone.se", "phone.send().x", "nope.x", "# ph", "print(\"te"} {
		assert.Empty(t, in.Complete(before), before)
	}
	for _, c := range in.Complete("") {
		assert.NotContains(t, c.Text, "\x00")
	}
	doc, ok := in.Describe("phone.send")
	require.True(t, ok)
	assert.Equal(t, "send(data)", doc.Sig)
	_, ok = in.Describe("phone.nope")
	assert.False(t, ok)
}
