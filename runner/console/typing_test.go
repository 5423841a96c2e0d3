package console

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPlainTypesTheWholeLineAtOnce(t *testing.T) {
	var out bytes.Buffer
	con := NewPlain(strings.NewReader("next\n"), &out)
	_, _ = io.WriteString(con.Out(), "no newline here")
	require.NoError(t, con.Type(t.Context(), "课> ", "phone.send('你好')", time.Hour))
	require.NoError(t, con.Type(t.Context(), "", "a\x1b[2J\tb\nc\u009b\x9b\xff", time.Hour))
	con.Clear()
	assert.Equal(t, "no newline here\n课> phone.send('你好')\na[2J    b c\ufffd\n", out.String())

	line, err := con.ReadLine(t.Context(), "")
	require.NoError(t, err)
	assert.Equal(t, "next", line, "nothing is read for it")
}

func TestPlainTypesNothingWhenItIsOver(t *testing.T) {
	var out bytes.Buffer
	con := NewPlain(strings.NewReader(""), &out)
	why := errors.New("the step is over")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	assert.ErrorIs(t, con.Type(ctx, "lab> ", "x", 0), why)
	require.NoError(t, con.Close())
	assert.ErrorIs(t, con.Type(t.Context(), "lab> ", "x", 0), ErrClosed)
	assert.Empty(t, out.String())
}

func TestPlainTypesWhileAReadWaits(t *testing.T) {
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	con := newPlain(r, io.Discard)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = con.ReadLine(ctx, "")
	assert.NoError(t, con.Type(t.Context(), "lab> ", "x", 0))
}

func TestKeysPressed(t *testing.T) {
	tests := []struct {
		name, in string
		idle     bool
		pressed  bool
		rest     string
	}{
		{"nothing", "", true, false, ""},
		{"a letter", "x", false, true, ""},
		{"a character", "你", false, true, ""},
		{"half a character", "\xe4\xbd", false, false, "\xe4\xbd"},
		{"half a character and no more", "\xe4\xbd", true, true, ""},
		{"Enter", "\r", false, true, ""},
		{"Ctrl-Space", "\x00", false, true, ""},
		{"Ctrl-D", "\x04", false, true, ""},
		{"Up", "\x1b[A", false, true, ""},
		{"Esc or the beginning of a sequence", "\x1b", false, false, "\x1b"},
		{"Esc", "\x1b", true, true, ""},
		{"Alt-x", "\x1bx", false, true, ""},
		{"the window got the focus", "\x1b[I", true, false, ""},
		{"the terminal tells its colour", "\x1b]11;rgb:0/0/0\x07", true, false, ""},
		{"an answer and a key", "\x1b[Ix", true, true, ""},
		{"Enter twice", "\r\r", false, true, "\r"},
		{"a line", "x\r\n", false, true, ""},
		{"lines", "first\rsecond\rthird", false, true, "second\rthird"},
		{"the beginning of a paste", strings.Repeat("x", longRun), false, false, strings.Repeat("x", longRun)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k := keys{known: func(seq []byte) bool { return string(seq) == "\x1b[A" }}
			k.add([]byte(tt.in))
			assert.Equal(t, tt.pressed, k.pressed(tt.idle))
			assert.Equal(t, tt.rest, string(k.buf))
		})
	}
}
