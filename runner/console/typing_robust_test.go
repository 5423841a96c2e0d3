//go:build linux || darwin

package console

import (
	"fmt"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTTYEveryWayOutOfATypedLineGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	t.Run("SIGTERM", func(t *testing.T) {
		t.Parallel()
		s := typesSlowly(t, "type")
		assert.True(t, s.isRaw())
		require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
		s.exits(128 + int(syscall.SIGTERM))
		s.sees("cleaned up")
	})
	t.Run("a panic", func(t *testing.T) {
		t.Parallel()
		s := typesSlowly(t, "type-panic")
		_, err := s.end.WriteString("x")
		require.NoError(t, err)
		s.exits(2)
	})
	t.Run("the terminal is gone", func(t *testing.T) {
		t.Parallel()
		s := typesSlowly(t, "type")
		s.hangUp()
		s.gone()
	})
}

func TestTTYTypingIsStoppedAndGoesOn(t *testing.T) {
	t.Parallel()
	s := typesSlowly(t, "type")
	raw := s.termios()
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGSTOP))
	require.NoError(t, setTermios(s.slave, &s.before)) // as a shell does
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGCONT))
	s.until("raw again", func() bool { return s.termios() == raw })
	s.send(" ")
	s.typed(slowly)
}

func TestTTYWindowShrinksUnderATypedLine(t *testing.T) {
	t.Parallel()
	s := typesSlowly(t, "type")
	for _, cols := range []uint16{60, 9, 3, 1, 80} {
		require.NoError(t, pty.Setsize(s.master, &pty.Winsize{Cols: cols, Rows: 24}))
		s.event(fmt.Sprintf("at %d", cols))
		s.sees(fmt.Sprintf("at %d", cols))
	}
	s.send(" ")
	s.sees("typed: <nil>")
	s.send("quit\r")
	s.exits(0)
	assert.NotContains(t, s.output(), "failed")
}
