package netlab_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

func TestWhatFilesHold(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	r, w := conn.MakeFile(true, false), client.MakeFile(false, true)
	_, err := w.Write(bg, []byte("one\ntwo\n"))
	require.NoError(t, err)
	assert.Equal(t, netlab.FileBytes{Open: 1, Unsent: 8, MostUnsent: 8}, client.Info().Files)
	require.NoError(t, w.Flush(bg))
	assert.Equal(t, netlab.FileBytes{Open: 1, MostUnsent: 8}, client.Info().Files)

	line, err := r.ReadLine(within(t, netlabtest.Patience))
	require.NoError(t, err)
	assert.Equal(t, "one\n", string(line))
	tank := conn.Tank()
	assert.Equal(t, netlab.FileBytes{Open: 1, Ahead: 4, MostAhead: 8}, tank.Files)
	assert.Equal(t, 4, tank.Taken())
	assert.Zero(t, tank.Unread, "the second line is out of the kernel")

	require.NoError(t, r.Close(bg))
	require.NoError(t, w.Close(bg))
	assert.Equal(t, netlab.FileBytes{MostAhead: 8}, conn.Info().Files)
}

func TestTankOfAFullConnection(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	client.SetTimeout(0)
	n, err := client.Send(bg, make([]byte, 8_000_000), 0)
	require.NoError(t, err)
	require.Positive(t, n)
	if client.Tank().Out < 0 {
		t.Skip("this system does not tell what is unacknowledged")
	}
	netlabtest.Eventually(t, lab, "every byte is on one of the two sides", func() bool {
		return client.Tank().Out+conn.Tank().Unread == n
	})
	assert.Positive(t, conn.Tank().Receive)
	assert.Equal(t, -1, conn.Tank().Drops, "a stream drops nothing")
}

func TestTankOfDatagrams(t *testing.T) {
	lab := netlabtest.New(t)
	if _, table := lab.Observes(); !table {
		t.Skip("this system shows no table of sockets")
	}
	s, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	require.NoError(t, s.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_RCVBUF, 2048))
	require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
	for range 50 {
		_, err := s.SendTo(bg, []byte("hello"), 0, s.Info().Local)
		require.NoError(t, err)
	}
	tank := s.Tank()
	assert.True(t, tank.Messages())
	assert.Equal(t, 5, tank.Unread)
	assert.Positive(t, tank.Memory)
	assert.Positive(t, tank.Drops)
	require.NoError(t, s.Close(bg))
	assert.Equal(t, -1, s.Tank().Receive, "a closed socket has no queue")
}

func TestAFileThatWasLateReadsNoMore(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	require.NoError(t, client.SendAll(bg, []byte("one\nhal"), 0))
	conn.SetTimeout(20 * time.Millisecond)
	f := conn.MakeFile(true, false)
	_, err := f.ReadN(bg, 7)
	require.NoError(t, err)
	_, err = f.ReadLine(bg)
	require.ErrorIs(t, err, netlab.ErrTimeout)
	require.NoError(t, client.SendAll(bg, []byte("f\n"), 0))
	_, err = f.ReadLine(bg)
	require.ErrorIs(t, err, netlab.ErrFileLate)
	n, err := conn.Recv(within(t, netlabtest.Patience), make([]byte, 10), 0)
	require.NoError(t, err, "the socket itself is as it was")
	assert.Equal(t, 2, n)
	require.NoError(t, f.Close(bg))
}
