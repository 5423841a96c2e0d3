package notes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/socklab/socklab/netlab/netlabtest"
)

const childEnv = "SOCKLAB_NOTES_CHILD"

// TestMain is also another process that presents, in the folder its environment
// names, until its standard input ends or it is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		os.Exit(present(dir))
	}
	goleak.VerifyTestMain(m)
}

func present(dir string) int {
	s, err := Speak(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s.Tell(Status{PID: os.Getpid(), Lesson: 3, Step: 2, StepID: "hang-up", Title: "TIME_WAIT"})
	_, _ = os.Stdin.Read(make([]byte, 1))
	if err := s.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// presenter starts such a process. killed ends it by SIGKILL, and it ends with
// the test at the latest.
func presenter(t *testing.T, dir string) (cmd *exec.Cmd, killed func()) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	cmd.Stderr = os.Stderr
	_, err := cmd.StdinPipe() // it ends with this process
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	killed = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	t.Cleanup(killed)
	return cmd, killed
}

// room is a folder as Dir makes it. Its name is short: t.TempDir has that of
// the test in it.
func room(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "notes") //nolint:usetesting // t.TempDir may be too long for a socket
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(dir)) })
	return dir
}

func speak(t *testing.T, dir string) *Speaker {
	t.Helper()
	s, err := Speak(dir)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

var errEnough = errors.New("enough")

// follow follows until the test ends; what is shown comes on the channel.
func follow(t *testing.T, dir string) <-chan *Status {
	t.Helper()
	ctx, stop := context.WithCancelCause(context.Background())
	shown, ended := make(chan *Status, 1000), make(chan error, 1)
	go func() { ended <- Follow(ctx, dir, func(st *Status) { shown <- st }) }()
	t.Cleanup(func() {
		stop(errEnough)
		assert.ErrorIs(t, <-ended, errEnough)
	})
	return shown
}

// next is the next thing shown.
func next(t *testing.T, shown <-chan *Status) *Status {
	t.Helper()
	select {
	case st := <-shown:
		return st
	case <-time.After(netlabtest.Patience):
		require.FailNow(t, "nothing was shown")
		return nil
	}
}

// until skips what is shown until a status of that step.
func until(t *testing.T, shown <-chan *Status, step int) *Status {
	t.Helper()
	for {
		if st := next(t, shown); st != nil && st.Step == step {
			return st
		}
	}
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	require.Eventually(t, cond, netlabtest.Patience, 5*time.Millisecond, what)
}

// following is how many follow now.
func (s *Speaker) following() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.followers)
}
