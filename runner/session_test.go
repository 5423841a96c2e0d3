package runner

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
)

// output is what a session printed.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) take() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	defer o.b.Reset()
	return o.b.String()
}

// embedded is the course that comes with the program, read once: it is not
// changed.
var embedded = sync.OnceValues(func() (*lessons.Course, error) { return lessons.Load(lessons.Embedded()) })

// session is a session without a lesson and without a terminal; script is
// what input() reads.
func session(t *testing.T, script string) (*Session, *output) {
	t.Helper()
	out := &output{}
	con := console.NewPlain(strings.NewReader(script), out)
	course, err := embedded()
	require.NoError(t, err)
	s := NewSession(Config{
		Console: con, View: view.New(con.Out(), view.Options{}), Course: course, Timeout: netlabtest.Patience,
	})
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		require.NoError(t, con.Close())
	})
	return s, out
}

// exec runs inputs one after another.
func exec(t *testing.T, s *Session, texts ...string) {
	t.Helper()
	for _, text := range texts {
		require.NoError(t, s.Exec(context.Background(), text))
	}
}

func TestCommandsShowTheCodeTheyStandFor(t *testing.T) {
	const listening = "phone = socket.socket()\nphone.bind(('127.0.0.1', 0))\nphone.listen(5)"
	const connected = listening + "\ncaller = socket.socket()\ncaller.connect(phone.getsockname())"
	cases := []struct{ name, setup, command, want string }{
		{"socket", "", "socket", "phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"},
		{"socket with kind and name", "", "socket udp chat", "chat = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"},
		{"bind makes a socket", "", "bind :0", "phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n   phone.bind((\"127.0.0.1\", 0))"},
		{"bind on all interfaces", "phone = socket.socket()", "bind 0.0.0.0:0", `phone.bind(("0.0.0.0", 0))`},
		{"listen", "phone = socket.socket()\nphone.bind(('127.0.0.1', 0))", "listen", "phone.listen(5)"},
		{"accept picks the listener", connected, "accept", "conn, addr = phone.accept()"},
		{"send picks the connection", connected, "send hi", "caller.send(b'hi')"},
		{"NAME.verb", connected, "caller.send it's (fine", `caller.send(b"it's (fine")`},
		{"a literal in quotes", connected, `send "hi\n"`, `caller.send(b"hi\n")`},
		{"bytes in quotes", connected, `send b'\x00'`, `caller.send(b'\x00')`},
		{"text that is not ASCII", connected, "send 你好", `caller.send("你好".encode("utf-8"))`},
		{"a comment", connected, "send hi # there", "caller.send(b'hi')"},
		{"connect to a server by name", "echo = serve('tcp-upper', port=0)", "connect echo", `phone.connect(("127.0.0.1", `},
		{"connect as nc takes it", listening, "caller = socket.socket()", ""},
		{"connect to a variable", listening + "\nwhere = phone.getsockname()", "connect where", "phone2.connect(where)"},
		{"shutdown", connected, "shutdown", "caller.shutdown(socket.SHUT_WR)"},
		{"setsockopt", "phone = socket.socket()", "setsockopt reuseaddr 1", "phone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)"},
		{"setsockopt of TCP", "phone = socket.socket()", "setsockopt nodelay 1", "phone.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)"},
		{"settimeout", "phone = socket.socket()", "settimeout none", "phone.settimeout(None)"},
		{"sendto makes a datagram socket", "", "sendto :9 hi", "phone.sendto(b'hi', (\"127.0.0.1\", 9))"},
		{"serve", "", "serve tcp-upper reuseaddr=False name=shop", `shop = serve("tcp-upper", reuseaddr=False)`},
		{"use", connected, "use phone", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, out := session(t, "")
			for _, line := range strings.Split(c.setup, "\n") {
				if line != "" {
					exec(t, s, line)
				}
			}
			require.NotContains(t, out.take(), "Error")
			exec(t, s, c.command)
			assert.Contains(t, out.take(), c.want)
		})
	}
}

func TestCommandsUsedWrongly(t *testing.T) {
	cases := []struct{ line, want string }{
		{"send", "there is no socket yet for send"},
		{"bind", "bind is used like this:"},
		{"listen many", "listen is used like this:"},
		{"nobody.send hi", "nobody is no socket here"},
		{"connect attic", "there is no server attic"},
		{"serve tcp-uper", `no server kind "tcp-uper"`},
		{"setsockopt reuseaddr", "setsockopt is used like this:"},
		{"next", "no lesson is open"},
		{"lesson 99", "there is no lesson 99; there are: 1 "},
		{"hexdump", "nothing was received yet"},
		{"ladder", "there was no connection yet"},
		{"lang fr", "lang is used like this:"},
		{"help conect", "did you mean `connect`?"},
		{"conect echo", "did you mean the command `connect`?"},
		{"use nobody", "nobody is no socket here"},
		{"trace -1", "trace is used like this:"},
	}
	for _, c := range cases {
		t.Run(c.line, func(t *testing.T) {
			s, out := session(t, "")
			exec(t, s, c.line)
			assert.Contains(t, strings.Join(strings.Fields(out.take()), " "), c.want)
		})
	}
}

func TestABlockIsCutIntoWhatOnePersonWouldType(t *testing.T) {
	block := "a = 1\n# a remark\nwhile a < 3:\n    a += 1\n\n    # inside\n    print(a)\n\nconnect echo\nprint('''x\ny''')\nif a: pass\nb = (1,\n 2)"
	want := []string{
		"a = 1",
		"while a < 3:\n    a += 1\n\n    # inside\n    print(a)\n",
		"connect echo",
		"print('''x\ny''')",
		"if a: pass",
		"b = (1,\n 2)",
	}
	assert.Equal(t, want, inputs(block))
}

func TestAVariableOfThatNameIsCode(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "recv = 5", "recv")
	assert.Contains(t, out.take(), "5\n")
	exec(t, s, "del recv", "recv")
	assert.Contains(t, out.take(), "there is no socket yet for recv")
}

func TestErrorsOfABlockShowTheirLine(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "x = 1\nfor i in range(3):\n    x += 'a'\n")
	text := out.take()
	assert.Contains(t, text, "line 3")
	assert.Contains(t, text, "x += 'a'")
	assert.Contains(t, text, "TypeError: unsupported operand type")
}

func TestTalkIsTheLoopOfTheTutorial(t *testing.T) {
	s, out := session(t, "hello\n\nquit\n")
	exec(t, s, "serve tcp-upper name=echo", "connect echo", "talk")
	assert.Contains(t, out.take(), "HELLO\n")
}

func TestCompletion(t *testing.T) {
	s, _ := session(t, "")
	exec(t, s, "echo = serve('tcp-upper')", "phone = socket.socket()")
	cases := []struct {
		before string
		want   string
	}{
		{"acc", "accept"},
		{"connect ec", "echo"},
		{"serve tcp", "tcp-upper"},
		{"serve tcp-upper flaw", "flawed="},
		{"phone.rec", "phone.recv"},
		{"print(phone.get", "phone.getsockname"},
		{"socket.AF_I", "socket.AF_INET"},
		{"setsockopt reu", "reuseaddr"},
		{"use ph", "phone"},
		{"lesson tcp", "tcp-phone"},
	}
	for _, c := range cases {
		var texts []string
		for _, sug := range s.Complete(c.before) {
			texts = append(texts, sug.Text)
		}
		assert.Contains(t, texts, c.want, c.before)
	}
	for _, sug := range s.Complete("phone.recv") {
		if sug.Text == "phone.recv" {
			assert.Equal(t, "recv(bufsize[, flags])", sug.Note)
		}
	}
}

func TestLookingAsJSON(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "serve tcp-upper name=echo", "connect echo", "send hi", "recv")
	out.take()
	exec(t, s, "sockets --json")
	text := out.take()
	assert.Contains(t, text, `"name":"phone"`)
	assert.Contains(t, text, `"state":"ESTABLISHED"`)
	exec(t, s, "trace 100 --json")
	assert.Contains(t, out.take(), `"call":"connect"`)
	exec(t, s, "ladder --json")
	assert.Contains(t, out.take(), `"segment":"SYN","to":"right","source":"inferred"`)
	exec(t, s, "servers --json")
	assert.Contains(t, out.take(), `"kind":"tcp-upper"`)
	exec(t, s, "hexdump b'abc' --json")
	assert.Contains(t, out.take(), `"hex":"616263"`)
}

func TestTheEmbeddedLessonsProveThemselves(t *testing.T) {
	course, err := embedded()
	require.NoError(t, err)
	assert.Empty(t, lessons.Lint(lessons.Embedded(), LintOptions()))
	for _, l := range course.List("en") {
		assert.Len(t, course.All(l.ID), 2, "lesson %d in English and Chinese", l.Number)
		assert.True(t, Verify(context.Background(), course.All(l.ID), false, func(p Proof) {
			assert.True(t, p.OK(), "%s:%d: step %s, %s: %s", p.File, p.Line, p.Step, p.Trial, p.Fault)
		}))
	}
}

// What is spared must not change what is read: every way to cut a text into
// lines gives what asking anew for each line would.
func TestPlainlyMoreSparesNothingElse(t *testing.T) {
	texts := []string{
		"while True:\n    x = 1\n    y = (2,\n  3)\n\nprint(1)",
		"l = [\n  1,\n  2,\n]\nprint(l)",
		"l = ['a',\n'b', 2]\nprint(l)",
		"def f():\n    s = '''x\n  y'''\n    return s\n\nf()",
		"if x:\n    pass\nelse:\n    pass\n\nz = 1",
		"print(1)\nprint(2)",
	}
	s, _ := session(t, "")
	for _, text := range texts {
		lines := strings.Split(text, "\n")
		sofar := lines[0]
		for more := s.wantsMore(sofar); more && len(lines) > 1; {
			lines = lines[1:]
			sofar += "\n" + lines[0]
			want := s.wantsMore(sofar)
			if plainlyMore(sofar, lines[0]) {
				assert.True(t, want, "%q", sofar)
			}
			more = want
		}
	}
}
