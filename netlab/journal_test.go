package netlab_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

func TestOneEventPerCall(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 3)
	mark := lab.Journal().Mark()
	client := tcp(t, lab)
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	_, err = client.Send(bg, []byte("hello"), 0)
	require.NoError(t, err)
	_, err = conn.Recv(bg, make([]byte, 1024), 0)
	require.NoError(t, err)
	require.NoError(t, conn.Close(bg))
	_, err = conn.Recv(bg, make([]byte, 1), 0)
	require.Error(t, err)

	events, next, lost := lab.Journal().Since(mark)
	assert.Zero(t, lost)
	var ops []netlab.Op
	for _, e := range events {
		ops = append(ops, e.Op)
	}
	want := []netlab.Op{
		netlab.OpSocket, netlab.OpConnect, netlab.OpAccept, netlab.OpSend, netlab.OpRecv, netlab.OpClose, netlab.OpRecv,
	}
	require.Equal(t, want, ops)
	assert.Equal(t, client.ID(), events[1].Sock)
	assert.Equal(t, addr, events[1].Addr)
	assert.Equal(t, conn.ID(), events[2].Other)
	assert.Equal(t, "hello", string(events[4].Data))
	assert.Equal(t, 1024, events[4].Size())
	assert.Equal(t, unix.EBADF, events[6].Errno)
	assert.GreaterOrEqual(t, events[4].End, events[3].Start, "an effect does not end before its cause began")
	more, _, _ := lab.Journal().Since(next)
	assert.Empty(t, more)
}

func TestLongPayloadIsKeptWhole(t *testing.T) {
	lab := netlabtest.New(t)
	client, _ := pair(t, lab)
	mark := lab.Journal().Mark()
	long := bytes.Repeat([]byte("0123456789"), 1000)
	require.NoError(t, client.SendAll(bg, long, 0))
	events, _, _ := lab.Journal().Since(mark)
	require.Len(t, events, 1)
	assert.Equal(t, long, events[0].Data)
	assert.True(t, events[0].All)
}

func TestAWildServerDoesNotWipeOutTheLearner(t *testing.T) {
	lab := netlabtest.New(t)
	client, _ := pair(t, lab)
	wild, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Server)
	require.NoError(t, err)
	mark := lab.Journal().Mark()
	_, err = client.Send(bg, []byte("x"), 0)
	require.NoError(t, err)
	for range 10000 {
		_, _ = wild.Getpeername(bg)
	}
	events, _, lost := lab.Journal().Since(mark)
	assert.Equal(t, netlab.OpSend, events[0].Op)
	assert.Equal(t, 10000-4096, lost, "what was forgotten is counted")
	assert.Equal(t, uint64(10000), wild.Info().Counts.Failed[netlab.OpGetpeername], "sums forget nothing")
}

func TestWait(t *testing.T) {
	lab := netlabtest.New(t)
	client, _ := pair(t, lab)
	mark := lab.Journal().Mark()
	closed := func() bool {
		events, _, _ := lab.Journal().Since(mark)
		return len(events) > 0 && events[len(events)-1].Op == netlab.OpClose
	}
	ctx, stop := context.WithTimeout(bg, 20*time.Millisecond)
	defer stop()
	require.ErrorIs(t, lab.Journal().Wait(ctx, closed), context.DeadlineExceeded)
	lab.Go(func() { _ = client.Close(bg) })
	require.NoError(t, lab.Journal().Wait(within(t, netlabtest.Patience), closed))
}

func TestSubscribeMissesNothing(t *testing.T) {
	lab := netlabtest.New(t)
	s := tcp(t, lab)
	ctx, stop := context.WithCancel(bg)
	defer stop()
	seen := make(chan uint64, 4096)
	mark := lab.Journal().Mark()
	lab.Go(func() {
		lab.Journal().Subscribe(ctx, mark, func(events []netlab.Event, _ int) {
			for _, e := range events {
				seen <- e.Seq
			}
		})
	})
	for range 4 {
		lab.Go(func() {
			for range 250 {
				_, _ = s.Getpeername(bg)
			}
		})
	}
	numbers := map[uint64]bool{}
	for len(numbers) < 1000 {
		numbers[<-seen] = true
	}
	stop()
	assert.Len(t, numbers, 1000)
}
