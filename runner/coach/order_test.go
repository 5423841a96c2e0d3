package coach_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/coach"
)

func TestWrongOrder(t *testing.T) {
	lab := netlabtest.New(t)
	fresh := func(t *testing.T) *netlab.Socket { t.Helper(); return tcp(t, lab, "phone") }
	_, err := fresh(t).Getpeername(bg)
	said(t, lab, err, unix.ENOTCONN, "phone has no other end yet")
	said(t, lab, recvErr(fresh(t)), unix.ENOTCONN, "phone has no other end yet")
	said(t, lab, fresh(t).Shutdown(bg, unix.SHUT_WR), unix.ENOTCONN, "phone has no other end yet")
	said(t, lab, sendErr(fresh(t)), unix.EPIPE, "phone was never connected")
	_, _, err = fresh(t).Accept(bg)
	said(t, lab, err, unix.EINVAL, "phone does not listen", "phone.listen(5)")
	_, _, err = tcp(t, lab, "").Accept(bg)
	said(t, lab, err, unix.EINVAL, "this socket does not listen", "sock.listen(5)")

	twice := fresh(t)
	addr := bound(t, twice)
	said(t, lab, twice.Bind(bg, netlab.Loopback(0)), unix.EINVAL, "has an address already: "+addr.String())

	ln, client, _ := pair(t, lab)
	said(t, lab, recvErr(ln), unix.ENOTCONN, "ln listens", "ln.accept()")
	said(t, lab, sendErr(ln), unix.EPIPE, "ln listens", "accept returned")
	a := said(t, lab, ln.Connect(bg, ln.Info().Local), unix.EISCONN, "ln listens", "cannot dial")
	assert.NotContains(t, a.Why.String(), "connected to")
	said(t, lab, client.Connect(bg, ln.Info().Local), unix.EISCONN, "phone is connected to "+ln.Info().Local.String())
	said(t, lab, client.Listen(bg, 1), unix.EINVAL, "phone is connected")
	require.NoError(t, ln.Shutdown(bg, unix.SHUT_RDWR))
	_, _, err = ln.Accept(bg)
	said(t, lab, err, unix.EINVAL, "ln does not listen any more")
}

func TestWrongOptions(t *testing.T) {
	lab := netlabtest.New(t)
	s := tcp(t, lab, "phone")
	said(t, lab, s.Setsockopt(bg, unix.SOL_SOCKET, 9999, 1), unix.ENOPROTOOPT, "no such option")
	said(t, lab, s.SetsockoptBytes(bg, unix.SOL_SOCKET, unix.SO_LINGER, []byte{1}), unix.EINVAL, "does not take this value")
	_, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, unix.IPPROTO_UDP, netlab.Learner)
	said(t, lab, err, unix.EPROTONOSUPPORT, "another family")
	six, err := netlab.ParseAddr("[::1]:80")
	require.NoError(t, err)
	said(t, lab, udp(t, lab, "radio").Connect(bg, six), unix.EAFNOSUPPORT, "another family")
}

func TestBrokenPipe(t *testing.T) {
	lab := netlabtest.New(t)
	t.Run("own shutdown", func(t *testing.T) {
		_, client, conn := pair(t, lab)
		require.NoError(t, client.Shutdown(bg, unix.SHUT_WR))
		said(t, lab, sendErr(client), unix.EPIPE, "phone has closed its own sending side", "can still receive")
		require.NoError(t, conn.Shutdown(bg, unix.SHUT_RDWR))
		said(t, lab, sendErr(conn), unix.EPIPE, "both its directions")
	})
	t.Run("the other side closed", func(t *testing.T) {
		_, client, conn := pair(t, lab)
		require.NoError(t, client.Shutdown(bg, unix.SHUT_RD))
		require.NoError(t, conn.Close(bg))
		require.NoError(t, sendErr(client))
		netlabtest.Eventually(t, lab, "reset", func() bool { return client.Info().State == kernel.Close })
		a := said(t, lab, sendErr(client), unix.EPIPE, "other side has closed", "RST")
		assert.NotContains(t, a.Why.String(), "shutdown", "SHUT_RD closes no sending side")
	})
	t.Run("AF_UNIX", func(t *testing.T) {
		client, conn := unixPair(t, lab)
		require.NoError(t, conn.Close(bg))
		said(t, lab, sendErr(client), unix.EPIPE, "AF_UNIX")
	})
}

func TestReset(t *testing.T) {
	lab := netlabtest.New(t)
	_, client, conn := pair(t, lab)
	require.NoError(t, sendErr(client))
	netlabtest.Eventually(t, lab, "bytes", func() bool { return conn.Info().Unread > 0 })
	require.NoError(t, conn.Close(bg))
	client.SetTimeout(netlabtest.Patience)
	said(t, lab, recvErr(client), unix.ECONNRESET, "RST", "unread bytes")
	_, err := client.Getpeername(bg)
	said(t, lab, err, unix.ENOTCONN, "the connection of phone is over")

	a, b := unixPair(t, lab)
	require.NoError(t, sendErr(a))
	require.NoError(t, b.Close(bg))
	advice := said(t, lab, recvErr(a), unix.ECONNRESET, "unread bytes")
	assert.NotContains(t, advice.Why.String()+advice.Try.String(), "RST", "AF_UNIX has no segments")
}

func TestAborted(t *testing.T) {
	lab := netlabtest.New(t)
	reserved := bound(t, tcp(t, lab, "shop"))
	s := tcp(t, lab, "phone")
	s.SetTimeout(0)
	require.Error(t, s.Connect(bg, reserved))
	netlabtest.Eventually(t, lab, "refused", func() bool { return s.Info().State == kernel.Close })
	_, err := s.Getsockopt(bg, unix.SOL_SOCKET, unix.SO_ERROR)
	require.NoError(t, err)
	said(t, lab, s.Connect(bg, reserved), unix.ECONNABORTED, "given up")
}

func TestNotNow(t *testing.T) {
	lab := netlabtest.New(t)
	ln, client, _ := pair(t, lab)
	ln.SetTimeout(0)
	_, _, err := ln.Accept(bg)
	said(t, lab, err, unix.EAGAIN, "nobody is calling", "ln.setblocking(True)")
	_, err = client.Recv(bg, make([]byte, 1), unix.MSG_DONTWAIT)
	a := said(t, lab, err, unix.EAGAIN, "nothing to read", "MSG_DONTWAIT")
	assert.NotContains(t, a.Try.String(), "setblocking", "the socket is blocking already")
	client.SetTimeout(0)
	said(t, lab, recvErr(client), unix.EAGAIN, "not the end of the stream", "phone.setblocking(True)")
	for err = error(nil); err == nil; {
		_, err = client.Send(bg, make([]byte, 1<<20), 0)
	}
	said(t, lab, err, unix.EAGAIN, "send buffer is full")

	radio := udp(t, lab, "radio")
	bound(t, radio)
	radio.SetTimeout(0)
	a = said(t, lab, recvErr(radio), unix.EAGAIN, "no datagram")
	assert.NotContains(t, a.Why.String(), "stream")
}

func TestConnectPending(t *testing.T) {
	lab := netlabtest.New(t)
	_, addr := listener(t, lab, 0)
	require.NoError(t, tcp(t, lab, "first").Connect(bg, addr))
	s := tcp(t, lab, "phone")
	s.SetTimeout(0)
	said(t, lab, s.Connect(bg, addr), unix.EINPROGRESS, "SYN is on its way", "phone")
	said(t, lab, s.Connect(bg, addr), unix.EALREADY, "earlier connect of phone", "accept queue")
	a := said(t, lab, sendErr(s), unix.EAGAIN, "earlier connect of phone")
	assert.NotContains(t, a.Why.String(), "buffer")
	_, err := s.Getpeername(bg)
	said(t, lab, err, unix.ENOTCONN, "earlier connect of phone")
	said(t, lab, s.Listen(bg, 1), unix.EINVAL, "earlier connect of phone")
}

func TestTimeouts(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 0)
	late := tcp(t, lab, "first")
	require.NoError(t, late.Connect(bg, addr))
	says := func(err error, parts ...string) coach.Advice {
		t.Helper()
		require.ErrorIs(t, err, netlab.ErrTimeout)
		a := coach.Explain(lab, err)
		for _, p := range parts {
			assert.Contains(t, a.Why.String()+a.Try.String(), p)
		}
		return a
	}
	s := tcp(t, lab, "phone")
	s.SetTimeout(30 * time.Millisecond)
	says(s.Connect(bg, addr), "SYN", "0.03 s", "accept queue")
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	late.SetTimeout(20 * time.Millisecond)
	err = recvErr(late)
	late.SetTimeout(-1)
	says(err, "nothing arrived within 0.02 s", "the connection is as it was")
	late.SetTimeout(20 * time.Millisecond)
	says(late.SendAll(bg, make([]byte, 32<<20), 0), "of 33554432 bytes", "does not read")
	other, _ := listener(t, lab, 1)
	other.SetTimeout(10 * time.Millisecond)
	_, _, err = other.Accept(bg)
	says(err, "nobody called within 0.01 s")
	radio := udp(t, lab, "radio")
	bound(t, radio)
	radio.SetTimeout(10 * time.Millisecond)
	a := says(recvErr(radio), "no datagram came")
	assert.NotContains(t, a.Why.String(), "connection")
	_ = conn
}

func TestCancelledAndClosed(t *testing.T) {
	lab := netlabtest.New(t)
	_, client, _ := pair(t, lab)
	ctx, stop := context.WithCancel(bg)
	stop()
	_, err := client.Recv(ctx, make([]byte, 1), 0)
	assert.Contains(t, coach.Explain(lab, err).Why.String(), "cancelled")
	ctx, stop = context.WithTimeout(bg, time.Millisecond)
	defer stop()
	_, err = client.Recv(ctx, make([]byte, 1), 0)
	assert.Contains(t, coach.Explain(lab, err).Why.String(), "cancelled")
	require.NoError(t, client.Close(bg))
	said(t, lab, recvErr(client), unix.EBADF, "phone was closed 0.0 s ago")
}

func TestDatagrams(t *testing.T) {
	lab := netlabtest.New(t)
	radio := udp(t, lab, "radio")
	addr := bound(t, udp(t, lab, "other"))
	_, err := radio.SendTo(bg, make([]byte, 65508), 0, addr)
	said(t, lab, err, unix.EMSGSIZE, "65508 bytes", "65507")
	said(t, lab, sendErr(radio), unix.EDESTADDRREQ, "radio has no peer", "sendto")
	_, err = radio.Getpeername(bg)
	a := said(t, lab, err, unix.ENOTCONN, "radio has no peer")
	assert.NotContains(t, a.Try.String(), "accept")
	said(t, lab, radio.Listen(bg, 1), unix.EOPNOTSUPP, "no connections")
	_, _, err = radio.Accept(bg)
	said(t, lab, err, unix.EOPNOTSUPP, "no connections")
	_, err = radio.SendTo(bg, []byte("x"), 0, netlab.Loopback(0))
	said(t, lab, err, unix.EINVAL, "port 0")
}

func unixPair(t *testing.T, lab *netlab.Lab) (client, conn *netlab.Socket) {
	t.Helper()
	path := netlab.UnixAddr(filepath.Join(t.TempDir(), "s"))
	ln := open(t, lab, unix.AF_UNIX, unix.SOCK_STREAM, "shop")
	require.NoError(t, ln.Bind(bg, path))
	require.NoError(t, ln.Listen(bg, 1))
	client = open(t, lab, unix.AF_UNIX, unix.SOCK_STREAM, "phone")
	require.NoError(t, client.Connect(bg, path))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	return client, conn
}

func TestUnixNames(t *testing.T) {
	lab := netlabtest.New(t)
	phone := func() *netlab.Socket { return open(t, lab, unix.AF_UNIX, unix.SOCK_STREAM, "phone") }
	dir := t.TempDir()
	path := netlab.UnixAddr(filepath.Join(dir, "s"))
	said(t, lab, phone().Connect(bg, path), unix.ENOENT, "there is no file "+path.Path)
	a := said(t, lab, phone().Bind(bg, netlab.UnixAddr(filepath.Join(dir, "no", "s"))), unix.ENOENT, "the folder of", "is not there")
	assert.NotContains(t, a.Try.String(), "server")
	said(t, lab, phone().Bind(bg, netlab.UnixAddr(filepath.Join(dir, strings.Repeat("x", 200)))), unix.EINVAL, "too long", "107")
	said(t, lab, phone().Listen(bg, 1), unix.EINVAL, "phone has no name", "bind")

	shop := open(t, lab, unix.AF_UNIX, unix.SOCK_STREAM, "shop")
	require.NoError(t, shop.Bind(bg, path))
	said(t, lab, shop.Bind(bg, netlab.UnixAddr(filepath.Join(dir, "t"))), unix.EINVAL, "shop has an address already")
	said(t, lab, phone().Connect(bg, path), unix.ECONNREFUSED, "shop has the name", "shop.listen(5)")
	said(t, lab, phone().Bind(bg, path), unix.EADDRINUSE, "shop of this lab is bound to", "remove the file")
	_, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 99, netlab.Learner)
	said(t, lab, err, unix.EPROTONOSUPPORT)
	dgram := open(t, lab, unix.AF_UNIX, unix.SOCK_DGRAM, "radio")
	require.NoError(t, shop.Listen(bg, 0))
	said(t, lab, dgram.Connect(bg, path), unix.EPROTOTYPE, "another type")
	require.NoError(t, phone().Connect(bg, path))
	full := phone()
	full.SetTimeout(0)
	said(t, lab, full.Connect(bg, path), unix.EAGAIN, "queue is full")
	require.NoError(t, shop.Close(bg))
	said(t, lab, phone().Connect(bg, path), unix.ECONNREFUSED, "no socket listens behind it", "remove it")
	said(t, lab, phone().Bind(bg, path), unix.EADDRINUSE, "unlinking")

	ghost := netlab.UnixAddr("\x00socklab-test-" + filepath.Base(dir))
	a = said(t, lab, phone().Connect(bg, ghost), unix.ECONNREFUSED, "nobody has the name @socklab-test-")
	assert.NotContains(t, a.Why.String()+a.Try.String(), "file")
	require.NoError(t, open(t, lab, unix.AF_UNIX, unix.SOCK_STREAM, "ghost").Bind(bg, ghost))
	a = said(t, lab, phone().Bind(bg, ghost), unix.EADDRINUSE, "ghost of this lab is bound to @socklab-test-")
	assert.NotContains(t, a.Why.String()+a.Try.String(), "file")
	a = said(t, lab, dgramTooLong(t, lab, dir), unix.EMSGSIZE, "send buffer")
	assert.NotContains(t, a.Why.String(), "IPv4")
}

func dgramTooLong(t *testing.T, lab *netlab.Lab, dir string) error {
	t.Helper()
	to := open(t, lab, unix.AF_UNIX, unix.SOCK_DGRAM, "to")
	addr := netlab.UnixAddr(filepath.Join(dir, "d"))
	require.NoError(t, to.Bind(bg, addr))
	_, err := open(t, lab, unix.AF_UNIX, unix.SOCK_DGRAM, "radio").SendTo(bg, make([]byte, 8<<20), 0, addr)
	return err
}

// Every errno that is said to be explained has words for any socket.
func TestExplainedSaysSomething(t *testing.T) {
	lab := netlabtest.New(t)
	s := tcp(t, lab, "phone")
	for _, errno := range coach.Explained() {
		for op := netlab.OpSocket; op <= netlab.OpFcntl; op++ {
			for _, sock := range []*netlab.Socket{s, nil} {
				a := coach.Explain(lab, &netlab.OpError{Op: op, Socket: sock, Addr: netlab.Loopback(9), Err: errno})
				assert.NotEmpty(t, a.Why.String(), "%s %v", op, errno)
				assert.NotContains(t, a.Why.String()+a.Try.String(), "%!")
			}
		}
	}
}
