package check_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/check"
)

func TestSyntaxErrorsSayWhere(t *testing.T) {
	cases := []struct {
		name, expr string
		line, col  int
		text       string
	}{
		{"unknown word", `calld("bind")`, 7, 1, "undefined: calld"},
		{"unknown word later", `called("bind") and fialed("x")`, 7, 20, "undefined: fialed"},
		{"on the second line", "called(\n  \"bind\", by=lerner)", 8, 14, "undefined: lerner"},
		{"after Chinese", "sent(\"你好\") and 收到(\"x\")", 7, 16, "undefined: 收到"},
		{"after a Chinese comment", "called(\"bind\") and (   # 先绑定\n calld())", 8, 2, "undefined: calld"},
		{"no expression", `called("bind"`, 8, 2, "got end of file"},
		{"an assignment", `x = called("bind")`, 7, 4, "got '='"},
		{"a statement", `for x in y: pass`, 7, 1, "got for"},
		{"a name of Starlark that is no word", `called("bind") or range(3)`, 7, 19, "undefined: range"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := check.Compile([]check.Statement{{Expr: c.expr, File: "l.md", Line: 7}})
			var fault *check.SyntaxError
			require.ErrorAs(t, err, &fault)
			assert.Contains(t, fault.Text, c.text)
			assert.Equal(t, []int{c.line, c.col}, []int{fault.Line, fault.Col})
			assert.Contains(t, err.Error(), "l.md:")
			assert.Error(t, check.Lint(c.expr))
		})
	}
}

func TestLintFindsWrongArguments(t *testing.T) {
	bad := map[string]string{
		`called("bind", bye="learner")`:                 "bye",
		`called("dial")`:                                `no call "dial"`,
		`called("bind", by="me")`:                       `by="me"`,
		`called("bind", times=0)`:                       "times=0",
		`called("bind", port=70000)`:                    "port=70000",
		`called("bind", port=-1)`:                       "port=-1",
		`called()`:                                      "op",
		`failed("bind", "EADDRINUS")`:                   `no errno "EADDRINUS"`,
		`failed("bind", result=1)`:                      "result",
		`called("setsockopt", option="SO_RESUEADDR")`:   `no option "SO_RESUEADDR"`,
		`called("bind", option="SO_REUSEADDR")`:         "no option=",
		`kernel("TIMEWAIT")`:                            `no state "TIMEWAIT"`,
		`kernel("LISTEN", size=3)`:                      "size",
		`sent(3)`:                                       "bytes or text",
		`sent(b"x", result=1)`:                          "result",
		`queued(times=2)`:                               "times",
		`segments(in=3)`:                                "in",
		`waiting("recv", times=2)`:                      "times",
		`before(called("bind"), 3)`:                     "two facts",
		`before(called("bind"))`:                        "before",
		`called("bind") and called("dial")`:             `no call "dial"`,
		`called("bind") or called("dial")`:              `no call "dial"`,
		`not (called("bind") and called("dial"))`:       `no call "dial"`,
		`called("bind") if called("x") else sent()`:     `no call "x"`,
		`called("bind") or (sent() and called("dial"))`: `no call "dial"`,
		`before(called("bind") or called("x"), sent())`: `no call "x"`,
		`all([called("bind"), called("dial")])`:         `no call "dial"`,
		`True`:                                          "no fact",
		`len("x")`:                                      "no fact",
	}
	for expr, want := range bad {
		assert.ErrorContains(t, check.Lint(expr), want, expr)
	}
}

func TestLintAcceptsEveryWord(t *testing.T) {
	good := []string{
		`called("bind", by="learner", port=80, on="x", times=2, result=0, size=3)`,
		`called("getsockopt", option="SO_ERROR", value=0)`,
		`failed("connect_ex", "ECONNREFUSED")`, `failed("recv", "timeout")`, `failed("recv", "cancelled")`, `failed("send")`,
		`eof(times=1000, by="server")`, `sent("你好")`, `received(b"x", by="server")`, `sent()`,
		`before(called("bind"), called("listen"))`,
		`before(called("bind") and sent(), eof())`,
		`kernel("LISTEN")`, `queued(2)`, `segments(out=2, into=1)`, `waiting("accept")`,
		`called("bind") and not called("close")`, "called(\"bind\")  # 绑定", "all([called(op) for op in [\"bind\", \"listen\"]])",
	}
	for _, expr := range good {
		assert.NoError(t, check.Lint(expr), expr)
	}
	for _, w := range check.Vocabulary() {
		assert.Contains(t, w.Signature, w.Name+"(")
		assert.NotEmpty(t, w.Help)
	}
}

func TestAnEndlessLoopIsBounded(t *testing.T) {
	lab := netlabtest.New(t)
	endless := `[called("bind") for a in [0]*1000 for b in [0]*1000 for c in [0]*1000]`
	v := ask(t, lab, endless)
	assert.False(t, v.Held)
	assert.Contains(t, v.Seen.String(), "cannot be asked")
	assert.Contains(t, v.Seen.String(), "too many steps")
	_, err := check.Holds(check.World{Lab: lab}, endless)
	require.ErrorContains(t, err, "too many steps")
	assert.Error(t, check.Lint(endless))
}
