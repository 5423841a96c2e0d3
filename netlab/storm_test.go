package netlab_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// Many readers are cancelled while bytes arrive: none of them is lost, and no
// interrupt is left armed.
func TestCancelStorm(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	const total, readers = 20000, 8
	var sum, got, cancelled int64
	var mu sync.Mutex
	finished := make(chan struct{})
	var all sync.WaitGroup
	for range readers {
		all.Add(1)
		lab.Go(func() {
			defer all.Done()
			buf := make([]byte, 7)
			for {
				ctx, stop := context.WithTimeout(bg, time.Duration(rand.IntN(200))*time.Microsecond)
				n, err := conn.Recv(ctx, buf, 0)
				stop()
				mu.Lock()
				for _, c := range buf[:n] {
					sum, got = sum+int64(c), got+1
				}
				if errors.Is(err, context.DeadlineExceeded) {
					cancelled++
				}
				over := got == total
				mu.Unlock()
				if err == nil && n == 0 {
					return
				}
				if over {
					select {
					case <-finished:
					default:
						close(finished)
					}
				}
			}
		})
	}
	var want int64
	for i := range total / 4 {
		p := []byte{byte(i), byte(i >> 8), 3, 4}
		for _, c := range p {
			want += int64(c)
		}
		require.NoError(t, client.SendAll(bg, p, 0))
	}
	select {
	case <-finished:
	case <-time.After(netlabtest.Patience):
		t.Fatal("bytes are missing")
	}
	require.NoError(t, client.Shutdown(bg, unix.SHUT_WR))
	all.Wait()
	assert.Equal(t, []int64{total, want}, []int64{got, sum})
	assert.Equal(t, uint64(total), conn.Info().Counts.In)
	t.Logf("%d calls were cancelled", cancelled)
}

// Cancelling again and again just as a timeout mode's call begins must end
// each call with one of its two ends.
func TestCancelMeetsTimeout(t *testing.T) {
	lab := netlabtest.New(t)
	client, _ := pair(t, lab)
	for range 300 {
		client.SetTimeout(time.Duration(1+rand.IntN(300)) * time.Microsecond)
		ctx, stop := context.WithTimeout(bg, time.Duration(1+rand.IntN(300))*time.Microsecond)
		_, err := client.Recv(ctx, make([]byte, 1), 0)
		stop()
		assert.True(t, errors.Is(err, netlab.ErrTimeout) || errors.Is(err, context.DeadlineExceeded), "%v", err)
	}
}

func TestCloseDuringCalls(t *testing.T) {
	lab := netlabtest.New(t)
	for range 50 {
		client, conn := pair(t, lab)
		ended := make(chan error, 3)
		lab.Go(func() { _, err := conn.Recv(bg, make([]byte, 1), 0); ended <- err })
		lab.Go(func() { ended <- conn.SendAll(bg, make([]byte, 32<<20), 0) })
		lab.Go(func() { _, err := conn.Recv(bg, make([]byte, 1), 0); ended <- err })
		netlabtest.Eventually(t, lab, "it waits", func() bool { op, _ := conn.Waits(); return op != netlab.OpNone })
		require.NoError(t, conn.Close(bg))
		for range 3 {
			require.ErrorIs(t, <-ended, netlab.ErrClosed)
		}
		require.NoError(t, client.Close(bg))
	}
}

func TestDetachedSocketsEndWithTheLab(t *testing.T) {
	lab := netlabtest.New(t) // which looks for descriptors and goroutines left
	client, conn := pair(t, lab)
	fd := client.Detach()
	assert.Equal(t, -1, client.Detach(), "a second time there is nothing to give")
	require.NoError(t, client.Close(bg), "closed for its user")
	back, err := lab.FromFD(fd, netlab.Learner)
	require.NoError(t, err)
	again := back.Detach()
	require.Equal(t, fd, again)
	_, err = conn.Send(bg, []byte("x"), 0)
	require.NoError(t, err, "the connection lives")
	_, err = lab.FromFD(9999, netlab.Learner)
	assert.Equal(t, unix.EBADF, netlab.Errno(err))
	require.NoError(t, lab.Close())
	require.NoError(t, lab.Close(), "a second time there is nothing to do")
	ran := make(chan struct{})
	lab.Go(func() { close(ran) })
	<-ran
}

func linger(t *testing.T, s *netlab.Socket, seconds byte) {
	t.Helper()
	require.NoError(t, s.SetsockoptBytes(bg, unix.SOL_SOCKET, unix.SO_LINGER, []byte{1, 0, 0, 0, seconds, 0, 0, 0}))
}

// fill sends until the other side's buffer and the own are full.
func fill(t *testing.T, s *netlab.Socket) {
	t.Helper()
	s.SetTimeout(20 * time.Millisecond)
	for {
		if _, err := s.Send(bg, make([]byte, 1<<20), 0); err != nil {
			require.ErrorIs(t, err, netlab.ErrTimeout)
			return
		}
	}
}

func TestLinger(t *testing.T) {
	lab := netlabtest.New(t)
	t.Run("is over once the FIN is acknowledged", func(t *testing.T) {
		client, conn := pair(t, lab)
		linger(t, client, 60)
		require.NoError(t, client.Close(within(t, netlabtest.Patience)))
		n, err := conn.Recv(bg, make([]byte, 1), 0)
		require.NoError(t, err)
		assert.Zero(t, n, "a polite end")
	})
	t.Run("can be cancelled", func(t *testing.T) {
		client, _ := pair(t, lab)
		fill(t, client)
		linger(t, client, 60)
		err := client.Close(within(t, 20*time.Millisecond))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.True(t, client.Closed(), "closed all the same")
	})
	t.Run("ends with its time", func(t *testing.T) {
		client, conn := pair(t, lab)
		fill(t, client)
		linger(t, client, 1)
		require.NoError(t, client.Close(bg))
		sum := 0
		for buf := make([]byte, 1<<20); ; {
			n, err := conn.Recv(bg, buf, 0)
			require.NoError(t, err)
			if sum += n; n == 0 {
				break
			}
		}
		assert.Equal(t, client.Info().Counts.Out, uint64(sum), "what was sent still arrives")
	})
	t.Run("with unread bytes is a reset at once", func(t *testing.T) {
		client, conn := pair(t, lab)
		_, err := conn.Send(bg, []byte("x"), 0)
		require.NoError(t, err)
		netlabtest.Eventually(t, lab, "it is there", func() bool { return client.Info().Unread == 1 })
		linger(t, client, 60)
		require.NoError(t, client.Close(within(t, netlabtest.Patience)))
		assert.True(t, client.Info().ResetAtClose)
		_, err = conn.Recv(bg, make([]byte, 1), 0)
		assert.Equal(t, unix.ECONNRESET, netlab.Errno(err))
	})
	t.Run("does not hold up the lab", func(t *testing.T) {
		other := netlab.New()
		client, _ := pair(t, other)
		fill(t, client)
		linger(t, client, 60)
		closed := make(chan struct{})
		other.Go(func() { defer close(closed); _ = client.Close(bg) })
		netlabtest.Eventually(t, other, "it lingers", client.Closed)
		require.NoError(t, other.Close())
		<-closed
	})
}

func TestFileEdges(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	in, out := conn.MakeFile(true, false), client.MakeFile(false, true)
	big := bytes.Repeat([]byte("0123456789"), 3000)
	n, err := out.Write(bg, big)
	require.NoError(t, err)
	assert.Len(t, big, n)
	require.NoError(t, out.Flush(bg))
	require.NoError(t, out.Flush(bg), "nothing left to flush")
	got, err := in.ReadN(bg, len(big))
	require.NoError(t, err)
	assert.Equal(t, big, got)
	_, err = out.Write(bg, []byte("no newline"))
	require.NoError(t, err)
	require.NoError(t, out.Close(bg), "a close flushes")
	require.NoError(t, out.Close(bg))
	require.NoError(t, client.Shutdown(bg, unix.SHUT_WR))
	line, err := in.ReadLine(bg)
	require.NoError(t, err)
	assert.Equal(t, "no newline", string(line))
	for range 2 {
		line, err = in.ReadLine(bg)
		require.NoError(t, err)
		assert.Empty(t, line, "the end repeats")
	}
	_, err = out.Write(bg, []byte("x"))
	require.ErrorIs(t, err, netlab.ErrFileClosed)
	require.ErrorIs(t, out.Flush(bg), netlab.ErrFileClosed)

	_, err = conn.Send(bg, []byte("half a line"), 0)
	require.NoError(t, err)
	reader := client.MakeFile(true, true)
	client.SetTimeout(20 * time.Millisecond)
	_, err = reader.ReadLine(bg)
	require.ErrorIs(t, err, netlab.ErrTimeout)
	assert.Equal(t, 11, reader.Buffered(), "what came before the timeout stays")
	require.NoError(t, in.Close(bg))
	_, err = in.ReadLine(bg)
	require.ErrorIs(t, err, netlab.ErrFileClosed)
	assert.NotErrorIs(t, err, io.EOF)
	two := conn.MakeFile(true, true)
	require.NoError(t, conn.Close(bg))
	assert.False(t, conn.Closed(), "a file keeps it open")
	require.NoError(t, two.Close(bg))
	assert.True(t, conn.Closed())
}

// An option may be negative: SO_PEEK_OFF is -1 at first (socket(7)).
func TestNegativeOption(t *testing.T) {
	lab := netlabtest.New(t)
	s, err := lab.Socket(unix.AF_UNIX, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	const soPeekOff = 42
	n, err := s.Getsockopt(bg, unix.SOL_SOCKET, soPeekOff)
	require.NoError(t, err)
	assert.Equal(t, -1, n)
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	assert.Equal(t, -1, events[len(events)-1].N)
}

func TestPeekedBytesCountOnce(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	_, err := client.Send(bg, []byte("abc"), 0)
	require.NoError(t, err)
	for _, flags := range []int{unix.MSG_PEEK, 0} {
		n, err := conn.Recv(bg, make([]byte, 9), flags)
		require.NoError(t, err)
		assert.Equal(t, 3, n)
	}
	assert.Equal(t, uint64(3), conn.Info().Counts.In)
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	assert.Equal(t, unix.MSG_PEEK, events[len(events)-2].Flags)
}

func TestTCPInfoOfListenerAndClient(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 3)
	info, err := ln.TCPInfo()
	require.NoError(t, err)
	assert.Equal(t, kernel.TCPInfo{State: kernel.Listen, Backlog: 3}, info)
	client := tcp(t, lab)
	info, err = client.TCPInfo()
	require.NoError(t, err)
	assert.Equal(t, kernel.Close, info.State)
	require.NoError(t, client.Connect(bg, addr))
	info, err = client.TCPInfo()
	require.NoError(t, err)
	assert.Equal(t, []int{2, 1}, []int{info.SegsOut, info.SegsIn})
	assert.Equal(t, kernel.Established, info.State)
	require.NoError(t, client.Close(bg))
	_, err = client.TCPInfo()
	require.ErrorIs(t, err, netlab.ErrClosed)
	rows, _, err := lab.Table(false)
	require.NoError(t, err)
	require.NotEmpty(t, rows)
	var states []kernel.State
	for _, r := range rows {
		states = append(states, r.State)
	}
	assert.Contains(t, states, kernel.Listen)
}
