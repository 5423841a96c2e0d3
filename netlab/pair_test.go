package netlab_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

func TestSocketpair(t *testing.T) {
	lab := netlabtest.New(t)
	pair, err := lab.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	a, b := pair[0], pair[1]
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	require.Len(t, events, 1)
	e := events[0]
	assert.Equal(t, netlab.OpSocketpair, e.Op)
	assert.Equal(t, []int{a.ID(), a.Fileno(), b.Fileno(), b.ID()}, []int{e.Sock, e.FD, e.N, e.Other})
	assert.False(t, a.Info().Remote.IsZero(), "it is connected")

	n, err := a.Send(bg, []byte("there"), 0)
	require.NoError(t, err)
	assert.Equal(t, 5, n)
	assert.Equal(t, 5, b.Info().Unread)
	buf := make([]byte, 10)
	n, err = b.Recv(within(t, netlabtest.Patience), buf, 0)
	require.NoError(t, err)
	assert.Equal(t, "there", string(buf[:n]))

	require.NoError(t, b.Close(bg))
	_, err = a.Send(bg, []byte("hello?"), 0)
	require.ErrorIs(t, err, unix.EPIPE, "the first one already")
}

func TestSocketpairOfAnotherFamily(t *testing.T) {
	lab := netlabtest.New(t)
	_, err := lab.Socketpair(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	require.ErrorIs(t, err, unix.EOPNOTSUPP)
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	require.Len(t, events, 1)
	assert.Equal(t, "EOPNOTSUPP", events[0].Failure())
	assert.Empty(t, lab.Sockets())
}

func TestSocketpairOfAClosedLab(t *testing.T) {
	lab := netlabtest.New(t)
	require.NoError(t, lab.Close())
	_, err := lab.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.ErrorIs(t, err, netlab.ErrLabClosed)
}
