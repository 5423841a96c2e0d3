package netlab_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

func TestPollTellsWhatIsReady(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 5)
	client := tcp(t, lab)
	list := []netlab.Poll{{Sock: ln, Want: unix.POLLIN}, {Sock: client, Want: unix.POLLIN}}
	n, err := lab.Poll(bg, list, 0, netlab.Learner)
	require.NoError(t, err)
	assert.LessOrEqual(t, n, 1, "a fresh socket reports HUP")
	require.NoError(t, client.Connect(bg, addr))
	n, err = lab.Poll(bg, list, netlabtest.Patience, netlab.Learner)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	assert.Equal(t, []int16{unix.POLLIN, 0}, []int16{list[0].Got, list[1].Got})

	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	require.NoError(t, conn.Close(bg))
	list = []netlab.Poll{{Sock: client, Want: unix.POLLIN | unix.POLLOUT}, {Sock: conn, Want: unix.POLLIN}}
	n, err = lab.Poll(bg, list, netlabtest.Patience, netlab.Learner)
	require.NoError(t, err)
	assert.Equal(t, 2, n)
	assert.NotZero(t, list[0].Got&unix.POLLIN, "the end of the stream can be read")
	assert.Equal(t, int16(unix.POLLNVAL), list[1].Got)

	events, _ := lab.Journal().Typed(netlab.Mark{})
	last := events[len(events)-1]
	assert.Equal(t, []any{netlab.OpPoll, 2, 2}, []any{last.Op, last.A, last.N})
	assert.Contains(t, string(last.Data), "POLLIN")
}

func TestPollWaitsAndCanBeCancelled(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 5)
	list := []netlab.Poll{{Sock: ln, Want: unix.POLLIN}}
	n, err := lab.Poll(bg, list, 20*time.Millisecond, netlab.Learner)
	require.NoError(t, err)
	assert.Zero(t, n, "the time is over")

	ctx, stop := context.WithCancel(bg)
	lab.Go(func() {
		for {
			if _, ok := lab.Polling(); ok {
				stop()
				return
			}
		}
	})
	_, err = lab.Poll(ctx, list, -1, netlab.Learner)
	require.ErrorIs(t, err, context.Canceled)

	client := tcp(t, lab)
	lab.Go(func() { _ = client.Connect(bg, addr) })
	n, err = lab.Poll(bg, list, -1, netlab.Learner)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
}
