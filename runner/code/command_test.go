package code

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.starlark.net/starlark"
)

func verbs(word string) bool {
	return contains([]string{"send", "recv", "close", "next", "pack", "states", "quit", "talk"}, word)
}

func TestCommandByItsLetters(t *testing.T) {
	for line, want := range map[string]bool{
		"send hello":       true,
		"send it's (fine":  true,
		"send":             true,
		"phone.send hello": true,
		"phone.close":      true,
		"send == 5":        true,
		"send -x":          true,
		"send = 5":         false,
		"send=5":           false,
		"send += 1":        false,
		"send <<= 1":       false,
		"send, x = 1, 2":   false,
		"send('x')":        false,
		"send.x":           false,
		"send[0]":          false,
		"phone.send('x')":  false,
		"phone.send.x":     false,
		" send x":          false,
		"sender x":         false,
		"x send":           false,
		"":                 false,
		"# send":           false,
		"send（'x'）":        false,
	} {
		assert.Equal(t, want, ByLetters(line, verbs), line)
	}
	assert.False(t, ByLetters("send x", nil))
}

// phoneStub stands for a socket among the names.
type phoneStub struct{ Str }

func (phoneStub) TakesCommands() bool { return true }

func TestCommandByTheNames(t *testing.T) {
	in := New(Config{IsVerb: verbs})
	assert.True(t, in.IsCommand("next"))
	assert.False(t, in.IsCommand("time.send"), "no socket, and good code")
	assert.True(t, in.IsCommand("nothing.send x"), "no code")
	in.Set("send", starlark.None)
	assert.True(t, in.IsCommand("send"), "names of the lab do not count")
	require.NoError(t, in.Run(t.Context(), Source{Text: "next = 5"}))
	assert.False(t, in.IsCommand("next"), "bound by the learner and good code")
	assert.False(t, in.IsCommand("next + 1"))
	assert.True(t, in.IsCommand("next lesson"), "no code")
	require.NoError(t, in.Run(t.Context(), Source{Text: "del next"}))
	assert.True(t, in.IsCommand("next"), "del gives the verb back")
	in.Set("phone", phoneStub{})
	assert.True(t, in.IsCommand("phone.close"))
	assert.True(t, in.IsCommand("phone.send data"))
}

func TestCommandsInASourceRunInTheirTurn(t *testing.T) {
	var log []string
	cfg := Config{
		IsVerb:  verbs,
		Command: func(_ context.Context, line string) error { log = append(log, line); return nil },
	}
	in := New(cfg)
	in.cfg.Print = func(s string) { log = append(log, strings.TrimSpace(s)) }
	in.cfg.After = func(context.Context) { log = append(log, ".") }
	require.NoError(t, in.Run(t.Context(), Source{Text: "print(1)\nsend it's (fine # x\nnext = 7\nnext\nfor i in 'a':\n    print(i)\nphone.send 你好\nprint(2)", Echo: true}))
	assert.Equal(t, []string{"1", ".", "send it's (fine # x", ".", ".", "7", ".", "a", ".", "phone.send 你好", ".", "2", "."}, log)
}

func TestCommandErrorsComeBackUnchanged(t *testing.T) {
	quit := errors.New("quit")
	cfg := Config{IsVerb: verbs, Command: func(_ context.Context, line string) error {
		if line == "quit" {
			return quit
		}
		return raise("OSError", "EBADF 9", "no")
	}}
	assert.Same(t, quit, New(cfg).Run(t.Context(), Source{Text: "x = 1\nquit\nprint(1)"}))
	for text, want := range map[string]Exit{
		"def f():\n    exit()\nf()": {}, "exit(3)": {Code: 3}, "import sys\nsys.exit('bye')": {Code: 1, Text: "bye"},
	} {
		var exit *Exit
		require.ErrorAs(t, New(cfg).Run(t.Context(), Source{Text: text}), &exit)
		assert.Equal(t, want, *exit)
	}
	var e *Error
	require.ErrorAs(t, New(cfg).Run(t.Context(), Source{Text: "x = 1\nsend y"}), &e)
	assert.Equal(t, "OSError [EBADF 9] no", e.Error())
	assert.Equal(t, 2, e.Line)
	assert.Equal(t, "send y", e.Text)
}

func TestCommandInABlockShowsTheCode(t *testing.T) {
	cfg := Config{IsVerb: verbs, Expand: func(line string) string { return "phone.send(b'" + strings.TrimPrefix(line, "send ") + "')" }}
	_, err := runCode(t, cfg, Source{Text: "while True:\n    send hello"})
	require.NotNil(t, err)
	assert.Contains(t, err.Error(), "left margin")
	assert.Equal(t, "write: phone.send(b'hello')", err.Hint.String())
	assert.Equal(t, 2, err.Line)
	_, err = runCode(t, cfg, Source{Text: "if 1:\n    recv"})
	require.NotNil(t, err)
	assert.Equal(t, "NameError", err.Kind)
	assert.Contains(t, err.Hint.String(), "recv is a command")
}

func TestMore(t *testing.T) {
	for text, want := range map[string]bool{
		"":                        false,
		"x = 1":                   false,
		"x = (1,":                 true,
		"x = (1,\n2)":             false,
		"'''abc":                  true,
		"'''abc\n":                true,
		"'''abc\n'''":             false,
		"x = \\":                  true,
		"x = 1 + \\\n2":           false,
		"if x:":                   true,
		"if x: # why":             true,
		"if x:\n    y":            true,
		"if x:\n    y\n":          false,
		"if x:\n    y\nprint(1)":  false,
		"if x:\n    y\nelse:":     true,
		"if x: y":                 false,
		"while True:\n    f(\n":   true,
		"while True:\n    # c":    true,
		"def f():\n    x = 1\n  ": false,
		"x = 'abc":                false,
		"f = lambda: 1":           false,
		"d = {'a':":               true,
		"send it's (fine":         false,
		"send:":                   false,
		"print（":                  false,
		"x = [1]]":                false,
		"for i in x:\n    for j in y:\n        z\n    w": true,
	} {
		assert.Equal(t, want, More(text, verbs), "%q", text)
	}
}
