package netlab_test

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

var bg = context.Background()

func tcp(t *testing.T, lab *netlab.Lab) *netlab.Socket {
	t.Helper()
	s, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	return s
}

// listener binds a port of the kernel's choice and listens.
func listener(t *testing.T, lab *netlab.Lab, backlog int) (*netlab.Socket, netlab.Addr) {
	t.Helper()
	ln := tcp(t, lab)
	require.NoError(t, ln.Bind(bg, netlab.Loopback(0)))
	require.NoError(t, ln.Listen(bg, backlog))
	addr, err := ln.Getsockname(bg)
	require.NoError(t, err)
	return ln, addr
}

// pair is a connected client and the server's end of it.
func pair(t *testing.T, lab *netlab.Lab) (client, conn *netlab.Socket) {
	t.Helper()
	ln, addr := listener(t, lab, 1)
	client = tcp(t, lab)
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	return client, conn
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, stop := context.WithTimeout(bg, d)
	t.Cleanup(stop)
	return ctx
}

func TestATelephoneCall(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	n, err := client.Send(bg, []byte("hello"), 0)
	require.NoError(t, err)
	assert.Equal(t, 5, n)
	buf := make([]byte, 1024)
	n, err = conn.Recv(bg, buf, 0)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(buf[:n]))

	local, err := client.Getsockname(bg)
	require.NoError(t, err)
	peer, err := conn.Getpeername(bg)
	require.NoError(t, err)
	assert.Equal(t, local, peer, "the two ends mirror each other")

	require.NoError(t, client.Close(bg))
	for range 3 {
		n, err = conn.Recv(bg, buf, 0)
		require.NoError(t, err)
		assert.Zero(t, n, "the end of the stream repeats")
	}
	info, err := conn.TCPInfo()
	require.NoError(t, err)
	assert.Equal(t, kernel.CloseWait, info.State)
	assert.Equal(t, -1, client.Fileno())
}

// The order errors of the calls, as Linux gives them.
func TestCallsInTheWrongOrder(t *testing.T) {
	lab := netlabtest.New(t)
	_, taken := listener(t, lab, 1)
	fresh := func(t *testing.T) *netlab.Socket { t.Helper(); return tcp(t, lab) }
	connected, _ := pair(t, lab)
	reserved := tcp(t, lab) // bound and not listening: nobody answers there
	require.NoError(t, reserved.Bind(bg, netlab.Loopback(0)))
	closedPort, err := reserved.Getsockname(bg)
	require.NoError(t, err)
	buf := make([]byte, 8)
	cases := []struct {
		name string
		call func(t *testing.T) error
		want syscall.Errno
	}{
		{"accept before listen", func(t *testing.T) error { t.Helper(); _, _, err := fresh(t).Accept(bg); return err }, unix.EINVAL},
		{"recv unconnected", func(t *testing.T) error { t.Helper(); _, err := fresh(t).Recv(bg, buf, 0); return err }, unix.ENOTCONN},
		{"send unconnected", func(t *testing.T) error { t.Helper(); _, err := fresh(t).Send(bg, buf, 0); return err }, unix.EPIPE},
		{"getpeername unconnected", func(t *testing.T) error { t.Helper(); _, err := fresh(t).Getpeername(bg); return err }, unix.ENOTCONN},
		{"shutdown unconnected", func(t *testing.T) error { t.Helper(); return fresh(t).Shutdown(bg, unix.SHUT_WR) }, unix.ENOTCONN},
		{"bind twice", func(t *testing.T) error { t.Helper(); return reserved.Bind(bg, netlab.Loopback(0)) }, unix.EINVAL},
		{"connect twice", func(t *testing.T) error { t.Helper(); return connected.Connect(bg, taken) }, unix.EISCONN},
		{"connect to a closed port", func(t *testing.T) error { t.Helper(); return fresh(t).Connect(bg, closedPort) }, unix.ECONNREFUSED},
		{"bind a taken port", func(t *testing.T) error { t.Helper(); return fresh(t).Bind(bg, taken) }, unix.EADDRINUSE},
		{"bind an address of another machine", func(t *testing.T) error {
			t.Helper()
			addr, err := netlab.ParseAddr("192.0.2.1:80")
			require.NoError(t, err)
			return fresh(t).Bind(bg, addr)
		}, unix.EADDRNOTAVAIL},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := c.call(t)
			require.Error(t, err)
			assert.Equal(t, c.want, netlab.Errno(err))
		})
	}
}

func TestErrorChain(t *testing.T) {
	lab := netlabtest.New(t)
	err := tcp(t, lab).Bind(bg, netlab.Addr{Family: unix.AF_INET, IP: netlab.Loopback(0).IP, Port: 1})
	if err == nil {
		t.Skip("this system lets everybody bind port 1 (sysctl net.ipv4.ip_unprivileged_port_start), or this is root")
	}
	var op *netlab.OpError
	require.ErrorAs(t, err, &op)
	assert.Equal(t, netlab.OpBind, op.Op)
	var sys *os.SyscallError
	require.ErrorAs(t, op.Err, &sys)
	assert.Equal(t, "bind", sys.Syscall)
	require.ErrorIs(t, sys.Err, unix.EACCES)
	assert.Equal(t, "bind 127.0.0.1:1: permission denied", err.Error())
}

func TestThreeModes(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	buf := make([]byte, 8)

	client.SetTimeout(0)
	_, err := client.Recv(bg, buf, 0)
	assert.Equal(t, unix.EAGAIN, netlab.Errno(err), "non-blocking: at once")

	client.SetTimeout(20 * time.Millisecond)
	_, err = client.Recv(bg, buf, 0)
	require.ErrorIs(t, err, netlab.ErrTimeout)
	assert.Zero(t, netlab.Errno(err), "a timeout has no errno")

	client.SetTimeout(-1)
	_, err = client.Recv(within(t, 20*time.Millisecond), buf, 0)
	require.ErrorIs(t, err, context.DeadlineExceeded, "blocking: until it is cancelled")

	// A cancelled call leaves nothing armed: the next one gets its bytes.
	_, err = conn.Send(bg, []byte("x"), 0)
	require.NoError(t, err)
	n, err := client.Recv(within(t, netlabtest.Patience), buf, 0)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
}

func TestNonBlockingConnect(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 0)
	first := tcp(t, lab)
	require.NoError(t, first.Connect(bg, addr)) // fills the accept queue of backlog 0
	second := tcp(t, lab)
	second.SetTimeout(0)
	assert.Equal(t, unix.EINPROGRESS, netlab.Errno(second.Connect(bg, addr)))
	assert.Equal(t, unix.EALREADY, netlab.Errno(second.Connect(bg, addr)))
	info, err := second.TCPInfo()
	require.NoError(t, err)
	assert.Equal(t, kernel.SynSent, info.State)
	queue, err := ln.TCPInfo()
	require.NoError(t, err)
	assert.Equal(t, 1, queue.Queued, "backlog 0 admits one")

	third := tcp(t, lab)
	third.SetTimeout(30 * time.Millisecond)
	require.ErrorIs(t, third.Connect(bg, addr), netlab.ErrTimeout)
}

func TestPartialSend(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	big := make([]byte, 32<<20)
	client.SetTimeout(0)
	n, err := client.Send(bg, big, 0)
	require.NoError(t, err)
	assert.Less(t, n, len(big), "a non-blocking send takes what fits")
	assert.Positive(t, n)

	// A blocking send waits until all is taken.
	client.SetTimeout(-1)
	total := n + 4<<20
	lab.Go(func() {
		buf := make([]byte, 1<<16)
		for got := 0; got < total; {
			m, err := conn.Recv(bg, buf, 0)
			if err != nil || m == 0 {
				return
			}
			got += m
		}
	})
	n, err = client.Send(within(t, netlabtest.Patience), big[:4<<20], 0)
	require.NoError(t, err)
	assert.Equal(t, 4<<20, n)
}

func TestSecondCallerWaitsForTheFirst(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	got := make(chan string, 2)
	for range 2 {
		lab.Go(func() {
			buf := make([]byte, 1)
			if n, err := client.Recv(bg, buf, 0); err == nil {
				got <- string(buf[:n])
			}
		})
	}
	netlabtest.Eventually(t, lab, "a reader waits", func() bool { op, _ := client.Waits(); return op == netlab.OpRecv })
	_, err := client.Recv(within(t, 10*time.Millisecond), make([]byte, 1), 0)
	require.ErrorIs(t, err, context.DeadlineExceeded, "cancelled while it waits for its turn")
	_, err = client.Recv(bg, make([]byte, 1), unix.MSG_DONTWAIT)
	assert.Equal(t, unix.EAGAIN, netlab.Errno(err), "a call that does not wait does not queue either")
	_, err = conn.Send(bg, []byte("ab"), 0)
	require.NoError(t, err)
	assert.Equal(t, "ab", <-got+<-got)
}

func TestClosedUnderAWaitingCall(t *testing.T) {
	lab := netlabtest.New(t)
	ln, _ := listener(t, lab, 1)
	failed := make(chan error, 1)
	lab.Go(func() {
		_, _, err := ln.Accept(bg)
		failed <- err
	})
	netlabtest.Eventually(t, lab, "accept waits", func() bool { op, _ := ln.Waits(); return op == netlab.OpAccept })
	require.NoError(t, ln.Close(bg))
	err := <-failed
	require.ErrorIs(t, err, netlab.ErrClosed)
	assert.Equal(t, unix.EBADF, netlab.Errno(err))
	_, _, err = ln.Accept(bg)
	require.ErrorIs(t, err, netlab.ErrClosed)
	require.NoError(t, ln.Close(bg), "a second close does nothing")
}

func TestUnixSockets(t *testing.T) {
	lab := netlabtest.New(t)
	path := filepath.Join(t.TempDir(), "s")
	ln, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	require.NoError(t, ln.Bind(bg, netlab.UnixAddr(path)))
	require.NoError(t, ln.Listen(bg, 0))
	client, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	require.NoError(t, client.Connect(bg, netlab.UnixAddr(path)))

	// The queue is full now and never makes the next caller ready: it has to
	// be asked again and again.
	late, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	done := make(chan error, 1)
	lab.Go(func() { done <- late.Connect(bg, netlab.UnixAddr(path)) })
	netlabtest.Eventually(t, lab, "connect waits", func() bool { op, _ := late.Waits(); return op == netlab.OpConnect })
	_, _, err = ln.Accept(bg)
	require.NoError(t, err)
	require.NoError(t, <-done)

	again, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	assert.Equal(t, unix.EADDRINUSE, netlab.Errno(again.Bind(bg, netlab.UnixAddr(path))))
}

func TestDatagrams(t *testing.T) {
	lab := netlabtest.New(t)
	server, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	require.NoError(t, server.Bind(bg, netlab.Loopback(0)))
	addr, err := server.Getsockname(bg)
	require.NoError(t, err)
	client, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	for _, text := range []string{"hello world", ""} {
		_, err = client.SendTo(bg, []byte(text), 0, addr)
		require.NoError(t, err)
	}
	buf := make([]byte, 5)
	n, from, flags, err := server.RecvFrom(bg, buf, 0)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(buf[:n]))
	assert.NotZero(t, flags&unix.MSG_TRUNC, "the rest of the datagram is gone")
	local, err := client.Getsockname(bg)
	require.NoError(t, err)
	assert.Equal(t, local.Port, from.Port)
	n, _, _, err = server.RecvFrom(bg, buf, 0)
	require.NoError(t, err)
	assert.Zero(t, n, "an empty datagram arrives")
	_, err = client.SendTo(bg, make([]byte, 65508), 0, addr)
	assert.Equal(t, unix.EMSGSIZE, netlab.Errno(err))
}

func TestDetachAndTakeBack(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	fd := client.Detach()
	assert.Equal(t, -1, client.Fileno())
	_, err := client.Send(bg, []byte("x"), 0)
	require.ErrorIs(t, err, netlab.ErrClosed)
	back, err := lab.FromFD(fd, netlab.Learner)
	require.NoError(t, err)
	_, err = back.Send(bg, []byte("x"), 0)
	require.NoError(t, err)
	n, err := conn.Recv(bg, make([]byte, 8), 0)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	_, err = lab.FromFD(fd, netlab.Learner)
	assert.Equal(t, unix.EBADF, netlab.Errno(err), "a number is taken back once")
}

func TestMakeFile(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	out := client.MakeFile(false, true)
	_, err := out.Write(bg, []byte("one\ntwo\n"))
	require.NoError(t, err)
	conn.SetTimeout(0)
	_, err = conn.Recv(bg, make([]byte, 8), 0)
	assert.Equal(t, unix.EAGAIN, netlab.Errno(err), "nothing is sent before flush")
	require.NoError(t, out.Flush(bg))
	conn.SetTimeout(-1)

	in := conn.MakeFile(true, false)
	line, err := in.ReadLine(bg)
	require.NoError(t, err)
	assert.Equal(t, "one\n", string(line))
	assert.Equal(t, 4, in.Buffered(), "the second line stands in the file's own buffer")
	require.NoError(t, client.Close(bg))
	assert.NotEqual(t, -1, client.Fileno(), "the file keeps the descriptor open")
	require.NoError(t, out.Close(bg))
	assert.Equal(t, -1, client.Fileno())
	rest, err := in.ReadN(bg, -1)
	require.NoError(t, err)
	assert.Equal(t, "two\n", string(rest))
	none, err := in.ReadN(bg, 0)
	require.NoError(t, err)
	assert.Empty(t, none)
}

func TestAClosedLabRefuses(t *testing.T) {
	lab := netlabtest.New(t)
	require.NoError(t, lab.Close())
	_, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	assert.ErrorIs(t, err, netlab.ErrLabClosed)
}

func TestALabOfLoopbackAlone(t *testing.T) {
	lab := netlabtest.New(t)
	lab.LoopbackOnly()
	far, err := netlab.ParseAddr("192.0.2.1:9")
	require.NoError(t, err)
	anywhere, err := netlab.ParseAddr("0.0.0.0:0")
	require.NoError(t, err)
	datagrams, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	_, err = datagrams.SendTo(bg, []byte("x"), 0, far)
	require.ErrorIs(t, err, netlab.ErrNotLoopback)
	require.ErrorIs(t, tcp(t, lab).Connect(bg, far), netlab.ErrNotLoopback)
	require.ErrorIs(t, tcp(t, lab).Bind(bg, anywhere), netlab.ErrNotLoopback)
	require.ErrorIs(t, tcp(t, lab).Listen(bg, 1), netlab.ErrNotLoopback, "never bound means every interface")
	_, conn := pair(t, lab)
	assert.False(t, conn.Closed(), "127.0.0.1 is reached as ever")
}

func TestAPeekIsNotRepeated(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	require.NoError(t, client.SendAll(bg, []byte("abc"), 0))
	buf := make([]byte, 6)
	n, err := conn.Recv(within(t, netlabtest.Patience), buf, unix.MSG_PEEK|unix.MSG_WAITALL)
	require.NoError(t, err)
	assert.Equal(t, "abc", string(buf[:n]))
}

func TestADupKeepsTheMode(t *testing.T) {
	lab := netlabtest.New(t)
	client, _ := pair(t, lab)
	client.SetTimeout(2 * time.Second)
	dup, err := client.Dup(bg)
	require.NoError(t, err)
	assert.Equal(t, 2*time.Second, dup.Timeout())
}

// What comes from elsewhere gets no socket that leaves the machine or changes it,
// and none that hears others.
func TestALabOnLoopbackHasHarmlessSocketsAlone(t *testing.T) {
	lab := netlabtest.New(t)
	lab.LoopbackOnly()
	for _, kind := range [][2]int{{unix.AF_INET, unix.SOCK_RAW}, {16, unix.SOCK_RAW}, {17, unix.SOCK_RAW}, {40, unix.SOCK_STREAM}} {
		_, err := lab.Socket(kind[0], kind[1], 0, netlab.Learner)
		require.ErrorIs(t, err, netlab.ErrNotLoopback)
	}
	letter, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	_, err = letter.SendTo(bg, []byte("x"), 0, netlab.Loopback(9))
	require.NoError(t, err)
	addr, err := letter.Getsockname(bg)
	require.NoError(t, err)
	assert.True(t, addr.IP.IsLoopback(), "not the wildcard: %v", addr)
}
