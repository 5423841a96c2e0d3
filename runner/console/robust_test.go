//go:build linux || darwin

package console

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTTYSignalsGiveTheTerminalBack(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		for _, command := range []string{"", "block"} {
			t.Run(fmt.Sprintf("%v during %q", sig, command), func(t *testing.T) {
				t.Parallel()
				s := start(t, 80, 24)
				if command != "" {
					s.send(command + "\r")
					s.sees("blocking")
				}
				require.NoError(t, s.cmd.Process.Signal(sig))
				s.exits(128 + int(sig))
				s.sees("cleaned up")
			})
		}
	}
}

func TestTTYPanicGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("panic\r")
	s.exits(2)
	s.until("the panic's message", func() bool { return strings.Contains(s.output(), "panic: in a goroutine") })
}

func TestTTYGoesOnPlainIfTheEditorFails(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("boom")
	s.sees("the line editor failed (no such word); going on without it")
	s.ends("lab>")
	s.until("cooked", func() bool { return !s.isRaw() })
	s.send("plain\r")
	s.sees(`got "plain"`)
	s.send("block\r")
	s.sees("blocking")
	s.send("\x03")
	s.sees("over: console: interrupted\nlab>")
	s.send("\x04")
	s.sees("end of input")
	s.exits(0)
}

func TestTTYWindowWithoutASize(t *testing.T) {
	t.Parallel()
	s := start(t, 0, 0, "COLUMNS=", "LINES=")
	s.send("size\r")
	s.sees("80 24")
}

func TestTTYLowAndNarrowWindow(t *testing.T) {
	t.Parallel()
	s := start(t, 40, 6)
	s.send("se\t\t")
	s.sees(">sendto ")
	s.send("(" + strings.Repeat("x", 60) + ")\r")
	s.sees("got ")
	assert.NotContains(t, s.output(), "too small")
}

func TestTTYResizeAtThePrompt(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("half")
	s.ends("lab> half")
	for range 20 {
		require.NoError(t, pty.Setsize(s.master, &pty.Winsize{Cols: 60, Rows: 20}))
		require.NoError(t, pty.Setsize(s.master, &pty.Winsize{Cols: 80, Rows: 24}))
	}
	require.NoError(t, pty.Setsize(s.master, &pty.Winsize{Cols: 60, Rows: 20}))
	s.send(" done\rsize\r")
	s.sees(`got "half done"`)
	s.sees("60 20")
}

func TestTTYStopAndContinue(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("half")
	s.ends("lab> half")
	raw := s.termios()
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGSTOP))
	require.NoError(t, setTermios(s.slave, &s.before)) // as a shell does
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGCONT))
	s.until("raw again", func() bool { return s.termios() == raw })
	s.send(" done\r")
	s.sees(`got "half done"`)
}

func TestTTYHangUpEndsTheInput(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.hangUp()
	s.gone()
	assert.Contains(t, []int{0, 128 + int(syscall.SIGHUP)}, s.cmd.ProcessState.ExitCode())
}

func TestASignalTellsItsStatusThoughTheProgramLeaves(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, "CHILD_LEAVES_EARLY=1")
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
	s.exits(128 + int(syscall.SIGTERM))
	s.sees("cleaned up")
}
