package netlab_test

import (
	"context"
	"errors"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/process"
)

func spawn(t *testing.T, lab *netlab.Lab, script string) *netlab.Child {
	t.Helper()
	c, err := lab.Spawn(process.Spec{
		Args: []string{"sh", "-c", script}, Stdin: process.Piped, Stdout: process.Piped, Stderr: process.Piped,
	}, netlab.Learner)
	require.NoError(t, err)
	return c
}

func patience(t *testing.T) context.Context {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), netlabtest.Patience)
	t.Cleanup(stop)
	return ctx
}

func TestWhateverIsDoneWithAChildIsInTheJournal(t *testing.T) {
	lab := netlabtest.New(t)
	c := spawn(t, lab, "cat; exit 3")
	_, err := c.Stdin.Write(patience(t), []byte("hello"))
	require.NoError(t, err)
	fd := c.Stdin.Fileno()
	require.NoError(t, c.Stdin.Close())
	assert.Equal(t, -1, c.Stdin.Fileno())
	all, err := c.Stdout.ReadAll(patience(t), 100)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(all))
	code, err := c.Wait(patience(t), -1)
	require.NoError(t, err)
	assert.Equal(t, 3, code)
	require.NoError(t, c.Signal(unix.SIGKILL), "nothing is sent to one that was waited for")

	events, _ := lab.Journal().Typed(netlab.Mark{})
	var ops []netlab.Op
	for _, e := range events {
		ops = append(ops, e.Op)
		assert.Zero(t, e.Sock)
		assert.True(t, e.Succeeded())
	}
	require.Equal(t, []netlab.Op{netlab.OpSpawn, netlab.OpWrite, netlab.OpClose, netlab.OpRead, netlab.OpRead, netlab.OpWait}, ops)
	spawned, wrote, closed, read, end, waited := events[0], events[1], events[2], events[3], events[4], events[5]
	assert.Equal(t, c.Pid, spawned.N)
	assert.Equal(t, "sh -c cat; exit 3", string(spawned.Data))
	assert.Equal(t, []int{fd, 5, 5, c.Pid}, []int{wrote.FD, wrote.A, wrote.N, wrote.Other})
	assert.Equal(t, fd, closed.FD)
	assert.Equal(t, "hello", string(read.Data))
	assert.Equal(t, c.Stdout.Fileno(), read.FD)
	assert.False(t, read.EOF())
	assert.True(t, end.EOF())
	assert.Equal(t, []int{c.Pid, c.Pid, 3}, []int{waited.A, waited.N, waited.Other})
}

func TestPollAndSignalsAreEventsToo(t *testing.T) {
	lab := netlabtest.New(t)
	c := spawn(t, lab, "exec sleep 60")
	_, done := c.Poll()
	assert.False(t, done)
	_, err := c.Wait(patience(t), 0)
	require.ErrorIs(t, err, netlab.ErrTimeout)
	require.NoError(t, c.Signal(unix.SIGTERM))
	code, err := c.Wait(patience(t), -1)
	require.NoError(t, err)
	assert.Equal(t, -15, code)
	events, _ := lab.Journal().Typed(netlab.Mark{})
	require.Len(t, events, 5)
	assert.Equal(t, []int{unix.WNOHANG, 0}, []int{events[1].B, events[1].N})
	assert.Equal(t, netlab.TimedOut, events[2].Outcome)
	assert.Equal(t, []int{c.Pid, 15}, []int{events[3].A, events[3].B})
	assert.Equal(t, -15, events[4].Other)
}

func TestAChildThatCannotBeStarted(t *testing.T) {
	lab := netlabtest.New(t)
	_, err := lab.Spawn(process.Spec{Args: []string{"nosuch-program"}}, netlab.Learner)
	require.EqualError(t, err, "execve nosuch-program: no such file or directory")
	var failed *netlab.ChildError
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, netlab.OpSpawn, failed.Op)
	require.ErrorIs(t, err, syscall.ENOENT)
	events, _ := lab.Journal().Typed(netlab.Mark{})
	require.Len(t, events, 1)
	assert.Equal(t, "ENOENT", events[0].Failure())
}

// Much output is few events, so that the rest of the journal stays.
func TestReadAllOfMuchIsFewEvents(t *testing.T) {
	lab := netlabtest.New(t)
	c := spawn(t, lab, "head -c 10000000 /dev/zero")
	all, err := c.Stdout.ReadAll(patience(t), 20_000_000)
	require.NoError(t, err)
	assert.Len(t, all, 10_000_000)
	events, _ := lab.Journal().Typed(netlab.Mark{})
	assert.LessOrEqual(t, len(events), 20)
	sum := 0
	for _, e := range events {
		if e.Op == netlab.OpRead {
			sum += e.N
		}
	}
	assert.Equal(t, 10_000_000, sum)
}

func TestReadAllTakesNoMoreThanItsLimit(t *testing.T) {
	lab := netlabtest.New(t)
	c := spawn(t, lab, "yes")
	_, err := c.Stdout.ReadAll(patience(t), 3_000_000)
	require.ErrorIs(t, err, netlab.ErrTooMuch)
	require.NoError(t, c.End())
}

func TestChildrenAreDescribed(t *testing.T) {
	lab := netlabtest.New(t)
	running := spawn(t, lab, "exec sleep 60")
	running.SetLabel("res")
	ended := spawn(t, lab, "exit 7")
	_, err := ended.Wait(patience(t), -1)
	require.NoError(t, err)
	require.NoError(t, ended.Stdout.Close())
	list := lab.Children()
	require.Len(t, list, 2)
	assert.Equal(t, "sh -c exec sleep 60", list[0].Command)
	assert.Equal(t, "res", list[0].Label)
	assert.Equal(t, process.Running, list[0].State)
	assert.Equal(t, []string{"stdin", "stdout", "stderr"}, []string{list[0].Pipes[0].Name, list[0].Pipes[1].Name, list[0].Pipes[2].Name})
	assert.Equal(t, process.Ended, list[1].State)
	assert.Equal(t, 7, list[1].Code)
	assert.Equal(t, -1, list[1].Pipes[1].FD)
}

func TestWhatWaitsForAChildIsDescribed(t *testing.T) {
	lab := netlabtest.New(t)
	c := spawn(t, lab, "exec sleep 60")
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("enough")
	over := make(chan error, 1)
	go func() {
		_, err := c.Stdout.Read(ctx, make([]byte, 10))
		over <- err
	}()
	netlabtest.Eventually(t, lab, "a read", func() bool { return len(lab.WaitingChildren()) == 1 })
	w := lab.WaitingChildren()[0]
	assert.Equal(t, netlab.OpRead, w.Waiting)
	assert.Equal(t, "stdout", w.On)
	cancel(stop)
	require.ErrorIs(t, <-over, stop)
	assert.Empty(t, lab.WaitingChildren())
}

// A reader that does not know of the end of the lab is let go.
func TestCloseEndsChildrenAndWhoeverReadsFromThem(t *testing.T) {
	netlabtest.New(t) // looks for what is left
	lab := netlab.New()
	c := spawn(t, lab, "setsid sleep 60 & sleep 60")
	over := make(chan error, 1)
	lab.Go(func() {
		_, err := c.Stdout.ReadAll(context.Background(), 100)
		over <- err
	})
	netlabtest.Eventually(t, lab, "a read", func() bool { return len(lab.WaitingChildren()) == 1 })
	require.NoError(t, lab.Close())
	if err := <-over; err != nil {
		require.ErrorIs(t, err, netlab.ErrClosed)
	}
	assert.Equal(t, syscall.ESRCH, unix.Kill(c.Pid, 0))
	_, err := lab.Spawn(process.Spec{Args: []string{"true"}}, netlab.Learner)
	require.ErrorIs(t, err, netlab.ErrLabClosed)
}

func TestForgottenChildrenAreLookedAfter(t *testing.T) {
	lab := netlabtest.New(t)
	for range 200 {
		c := spawn(t, lab, "exit 0")
		for _, p := range []*netlab.ChildPipe{c.Stdin, c.Stdout, c.Stderr} {
			p.Forget()
		}
		c.Forget()
	}
	netlabtest.Eventually(t, lab, "those that are gone are forgotten", func() bool {
		spawn(t, lab, "exit 0").Forget()
		return len(lab.Children()) < 150
	})
}
