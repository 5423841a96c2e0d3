//go:build linux || darwin

package console

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

const patience = 20 * time.Second

// session is a child on a terminal, and that terminal's screen.
type session struct {
	t      *testing.T
	cmd    *exec.Cmd
	master *os.File
	slave  *os.File
	before unix.Termios
	screen vt10x.Terminal
	events *os.File // lines the child prints while its prompt shows
	end    *os.File // ends a ReadLine of the child

	mu   sync.Mutex
	sent strings.Builder // all the child wrote
	exit chan error

	stop   atomic.Bool
	copied chan struct{}
}

// start runs the child in a window of that size and waits for its prompt.
func start(t *testing.T, cols, rows int, env ...string) *session {
	t.Helper()
	s := launch(t, cols, rows, env...)
	s.sees("lab>")
	return s
}

func launch(t *testing.T, cols, rows int, env ...string) *session {
	t.Helper()
	master, slave, err := pty.Open()
	require.NoError(t, err)
	s := &session{t: t, master: master, slave: slave, exit: make(chan error, 1), copied: make(chan struct{})}
	require.NoError(t, pty.Setsize(master, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}))
	s.before = s.termios()
	s.screen = vt10x.New(vt10x.WithSize(max(cols, 40), max(rows, 6)))

	eventsRead, events, err := os.Pipe()
	require.NoError(t, err)
	endRead, end, err := os.Pipe()
	require.NoError(t, err)
	s.events, s.end = events, end

	s.cmd = exec.Command(os.Args[0])
	s.cmd.Env = append(os.Environ(), childEnv+"=events", "TERM=xterm-256color", "HOME="+t.TempDir())
	s.cmd.Env = append(s.cmd.Env, env...)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = slave, slave, slave
	s.cmd.ExtraFiles = []*os.File{eventsRead, endRead}
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	require.NoError(t, s.cmd.Start())
	_ = eventsRead.Close()
	_ = endRead.Close()
	go func() { s.exit <- s.cmd.Wait() }()

	go s.copy()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		s.hangUp()
		assert.NotContains(t, s.output(), "DATA RACE")
		_ = events.Close()
		_ = end.Close()
	})
	return s
}

// copy brings what the child writes to the screen. It polls, because a read
// that blocks would keep the terminal open.
func (s *session) copy() {
	defer close(s.copied)
	b := make([]byte, 32<<10)
	fds := []unix.PollFd{{Fd: int32(s.master.Fd()), Events: unix.POLLIN}}
	for !s.stop.Load() {
		if n, _ := unix.Poll(fds, 20); n <= 0 {
			continue
		}
		n, err := s.master.Read(b)
		if err != nil {
			return
		}
		_, _ = s.Write(b[:n])
	}
}

// hangUp takes the terminal away.
func (s *session) hangUp() {
	s.stop.Store(true)
	<-s.copied
	_ = s.slave.Close()
	_ = s.master.Close()
}

func (s *session) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent.Write(b)
	return s.screen.Write(b)
}

func (s *session) termios() unix.Termios {
	s.t.Helper()
	t, err := unix.IoctlGetTermios(int(s.slave.Fd()), ioctlGet)
	require.NoError(s.t, err)
	return *t
}

func (s *session) output() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent.String()
}

func (s *session) text() string {
	lines := strings.Split(s.screen.String(), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func (s *session) send(keys string) {
	s.t.Helper()
	_, err := io.WriteString(s.master, keys)
	require.NoError(s.t, err)
}

func (s *session) event(line string) {
	s.t.Helper()
	_, err := io.WriteString(s.events, line+"\n")
	require.NoError(s.t, err)
}

// until waits for a condition.
func (s *session) until(what string, f func() bool) {
	s.t.Helper()
	if !assert.Eventually(s.t, f, patience, 5*time.Millisecond, what) {
		require.FailNow(s.t, what, "the screen:\n%s\nthe end of the output: %q", s.text(), tail(s.output(), 600))
	}
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// sees waits until the text stands on the screen.
func (s *session) sees(text string) {
	s.t.Helper()
	s.until("see "+text, func() bool { return strings.Contains(s.text(), text) })
}

// ends waits until the last line of the screen is this one.
func (s *session) ends(line string) {
	s.t.Helper()
	s.until("end with "+line, func() bool {
		lines := strings.Split(s.text(), "\n")
		return lines[len(lines)-1] == line
	})
}

// gone waits for the child to exit.
func (s *session) gone() {
	s.t.Helper()
	select {
	case <-s.exit:
	case <-time.After(patience):
		require.FailNow(s.t, "the child goes on", "the screen:\n%s", s.text())
	}
}

// exits waits for the child to exit with that code and the terminal as it was.
func (s *session) exits(code int) {
	s.t.Helper()
	s.gone()
	assert.Equal(s.t, code, s.cmd.ProcessState.ExitCode())
	assert.Equal(s.t, s.before, s.termios(), "the terminal is as it was")
}

func (s *session) isRaw() bool {
	t := s.termios()
	return t.Lflag&(unix.ICANON|unix.ECHO|unix.ISIG) == 0
}

func setTermios(f *os.File, t *unix.Termios) error {
	return unix.IoctlSetTermios(int(f.Fd()), ioctlSet, t)
}
