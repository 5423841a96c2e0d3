package process_test

import (
	"context"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/process"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const patience = 10 * time.Second

// start starts a process that is ended with the test, after which it and all
// that it started must be gone.
func start(t *testing.T, spec process.Spec) *process.Process {
	t.Helper()
	p, err := process.Start(spec)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.End()) })
	return p
}

func sh(script string) []string { return []string{"sh", "-c", script} }

func patient(t *testing.T) context.Context {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), patience)
	t.Cleanup(stop)
	return ctx
}

func readAll(t *testing.T, q *process.Pipe) string {
	t.Helper()
	var all []byte
	buf := make([]byte, 4096)
	for {
		n, err := q.Read(patient(t), buf)
		require.NoError(t, err)
		if n == 0 {
			return string(all)
		}
		all = append(all, buf[:n]...)
	}
}

// eventually asks until cond holds.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	require.Eventually(t, cond, patience, time.Millisecond, what)
}

// gone tells whether no process has the number any more, or another one has.
func gone(t *testing.T, text string) bool {
	t.Helper()
	pid, err := strconv.Atoi(strings.TrimSpace(text))
	require.NoError(t, err)
	return unix.Kill(pid, 0) == unix.ESRCH
}

func TestExitStatusIsPythons(t *testing.T) {
	cases := []struct {
		script string
		want   int
	}{
		{"true", 0}, {"exit 3", 3}, {"exit 300", 44}, {"nosuch-program 2>/dev/null", 127},
		{"kill -9 $$", -9}, {"kill -TERM $$", -15}, {"kill -PIPE $$", -13},
	}
	for _, c := range cases {
		t.Run(c.script, func(t *testing.T) {
			p := start(t, process.Spec{Args: sh(c.script)})
			code, err := p.Wait(patient(t))
			require.NoError(t, err)
			assert.Equal(t, c.want, code)
			again, done := p.Poll()
			assert.True(t, done)
			assert.Equal(t, c.want, again, "the status stays")
		})
	}
}

func TestWhatCannotBeStarted(t *testing.T) {
	plain := t.TempDir() + "/plain"
	require.NoError(t, os.WriteFile(plain, nil, 0o600))
	cases := []struct {
		name string
		spec process.Spec
		want error
		path string
	}{
		{"no such program", process.Spec{Args: []string{"nosuch-program"}}, unix.ENOENT, "nosuch-program"},
		{"no such file", process.Spec{Args: []string{"/nosuch/program"}}, unix.ENOENT, "/nosuch/program"},
		{"no program", process.Spec{Args: []string{plain}}, unix.EACCES, plain},
		{"no such folder", process.Spec{Args: []string{"true"}, Dir: "/nosuch"}, unix.ENOENT, "/nosuch"},
		{"a folder that is a file", process.Spec{Args: []string{"true"}, Dir: plain}, unix.ENOTDIR, plain},
		{"another PATH", process.Spec{Args: []string{"true"}, Env: []string{"PATH=/nosuch"}}, unix.ENOENT, "true"},
		{"nothing", process.Spec{}, unix.ENOENT, ""},
		{"limited, no such program", process.Spec{Args: []string{"nosuch-program"}, Limits: process.Modest()}, unix.ENOENT, "nosuch-program"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.spec.Stdout = process.Piped
			_, err := process.Start(c.spec)
			require.ErrorIs(t, err, c.want)
			var path *os.PathError
			require.ErrorAs(t, err, &path)
			assert.Equal(t, c.path, path.Path)
		})
	}
}

func TestPipes(t *testing.T) {
	p := start(t, process.Spec{Args: sh("cat; echo err >&2"), Stdin: process.Piped, Stdout: process.Piped, Stderr: process.Piped})
	n, err := p.Stdin.Write(patient(t), []byte("hello"))
	require.NoError(t, err)
	assert.Equal(t, 5, n)
	require.NoError(t, p.Stdin.Close())
	assert.Equal(t, "hello", readAll(t, p.Stdout))
	assert.Empty(t, readAll(t, p.Stdout), "at the end it stays at the end")
	assert.Equal(t, "err\n", readAll(t, p.Stderr))
	require.NoError(t, p.Stdout.Close())
	_, err = p.Stdout.Read(patient(t), make([]byte, 1))
	require.ErrorIs(t, err, os.ErrClosed)
}

func TestStderrIntoStdoutKeepsTheOrder(t *testing.T) {
	p := start(t, process.Spec{Args: sh("echo 1; echo 2 >&2; echo 3"), Stdin: process.Null, Stdout: process.Piped, Stderr: process.ToStdout})
	assert.Equal(t, "1\n2\n3\n", readAll(t, p.Stdout))
	assert.Nil(t, p.Stderr)
}

func TestOutputIntoAFile(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	p := start(t, process.Spec{Args: sh("echo there; pwd"), Stdout: process.File(f), Dir: "/"})
	_, err = p.Wait(patient(t))
	require.NoError(t, err)
	_, err = f.Seek(0, io.SeekStart)
	require.NoError(t, err)
	text, err := io.ReadAll(f)
	require.NoError(t, err)
	assert.Equal(t, "there\n/\n", string(text))
}

// Only when all writers are gone does a read find the end: the shell has
// exited, what it left in the background has not.
func TestEndOfStreamNeedsAllWritersGone(t *testing.T) {
	p := start(t, process.Spec{Args: sh("sleep 60 & echo $!"), Stdout: process.Piped})
	code, err := p.Wait(patient(t))
	require.NoError(t, err)
	assert.Equal(t, 0, code)
	buf := make([]byte, 64)
	n, err := p.Stdout.Read(patient(t), buf)
	require.NoError(t, err)
	sleeper := string(buf[:n])
	waiting, stop := context.WithCancelCause(t.Context())
	over := make(chan error, 1)
	go func() {
		_, err := p.Stdout.Read(waiting, make([]byte, 1))
		over <- err
	}()
	eventually(t, "the read waits", func() bool { return !p.Stdout.WaitingSince().IsZero() })
	stop(io.ErrNoProgress)
	require.ErrorIs(t, <-over, io.ErrNoProgress)
	assert.True(t, p.Stdout.WaitingSince().IsZero())
	require.NoError(t, p.End())
	assert.True(t, gone(t, sleeper))
}

func TestWritingToNobody(t *testing.T) {
	p := start(t, process.Spec{Args: []string{"true"}, Stdin: process.Piped})
	_, err := p.Wait(patient(t))
	require.NoError(t, err)
	_, err = p.Stdin.Write(patient(t), []byte("x"))
	require.ErrorIs(t, err, unix.EPIPE)
}

func TestSignals(t *testing.T) {
	cases := []struct {
		name string
		send func(*process.Process) error
		want int
	}{
		{"kill", (*process.Process).Kill, -9},
		{"terminate", (*process.Process).Terminate, -15},
		{"signal", func(p *process.Process) error { return p.Signal(syscall.SIGINT) }, -2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := start(t, process.Spec{Args: []string{"sleep", "60"}})
			_, done := p.Poll()
			assert.False(t, done)
			require.NoError(t, c.send(p))
			code, err := p.Wait(patient(t))
			require.NoError(t, err)
			assert.Equal(t, c.want, code)
			require.ErrorIs(t, c.send(p), os.ErrProcessDone)
		})
	}
}

func TestWaitIsCancelled(t *testing.T) {
	p := start(t, process.Spec{Args: []string{"sleep", "60"}})
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer stop()
	_, err := p.Wait(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Equal(t, process.Running, p.State())
}

func TestAProcessInheritsThreeDescriptors(t *testing.T) {
	// One that anybody else would pass on: without CLOEXEC.
	fds := make([]int, 2)
	require.NoError(t, unix.Pipe(fds))
	defer unix.Close(fds[0])
	defer unix.Close(fds[1])
	start(t, process.Spec{Args: []string{"true"}}) // marks what was inherited
	unix.CloseOnExec(fds[0])                       // this one came later than that
	unix.CloseOnExec(fds[1])
	p := start(t, process.Spec{Args: []string{"ls", "/proc/self/fd"}, Stdin: process.Piped, Stdout: process.Piped})
	assert.Equal(t, []string{"0", "1", "2", "3"}, strings.Fields(readAll(t, p.Stdout)), "3 is the folder that ls lists")
}

func TestAProcessIsASessionOfItsOwn(t *testing.T) {
	p := start(t, process.Spec{Args: []string{"sleep", "60"}})
	sid, err := unix.Getsid(p.Pid)
	require.NoError(t, err)
	pgid, err := unix.Getpgid(p.Pid)
	require.NoError(t, err)
	assert.Equal(t, []int{p.Pid, p.Pid}, []int{sid, pgid})
}
