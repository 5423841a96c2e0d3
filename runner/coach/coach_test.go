package coach_test

import (
	"context"
	"errors"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/coach"
	"github.com/socklab/socklab/runner/words"
)

var bg = context.Background()

func open(t *testing.T, lab *netlab.Lab, family, typ int, label string) *netlab.Socket {
	t.Helper()
	s, err := lab.Socket(family, typ, 0, netlab.Learner)
	require.NoError(t, err)
	s.SetLabel(label)
	return s
}

func tcp(t *testing.T, lab *netlab.Lab, label string) *netlab.Socket {
	t.Helper()
	return open(t, lab, unix.AF_INET, unix.SOCK_STREAM, label)
}

func udp(t *testing.T, lab *netlab.Lab, label string) *netlab.Socket {
	t.Helper()
	return open(t, lab, unix.AF_INET, unix.SOCK_DGRAM, label)
}

func bound(t *testing.T, s *netlab.Socket) netlab.Addr {
	t.Helper()
	require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
	return s.Info().Local
}

func listener(t *testing.T, lab *netlab.Lab, backlog int) (*netlab.Socket, netlab.Addr) {
	t.Helper()
	ln := tcp(t, lab, "ln")
	addr := bound(t, ln)
	require.NoError(t, ln.Listen(bg, backlog))
	return ln, addr
}

func pair(t *testing.T, lab *netlab.Lab) (ln, client, conn *netlab.Socket) {
	t.Helper()
	ln, addr := listener(t, lab, 1)
	client = tcp(t, lab, "phone")
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetLabel("conn")
	return ln, client, conn
}

// reuse sets SO_REUSEADDR.
func reuse(t *testing.T, s *netlab.Socket) {
	t.Helper()
	require.NoError(t, s.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
}

// said asserts what the coach tells about an error: parts of its two
// sentences, and that both languages can say them.
func said(t *testing.T, lab *netlab.Lab, err error, errno syscall.Errno, parts ...string) coach.Advice {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, errno, netlab.Errno(err), "%v", err)
	a := coach.Explain(lab, err)
	require.False(t, a.Why.Empty(), "%v has no explanation", err)
	text := a.Why.String() + " / " + a.Try.String()
	for _, p := range parts {
		assert.Contains(t, text, p)
	}
	assert.NotContains(t, text+a.Why.In(words.Chinese)+a.Try.In(words.Chinese), "%!", "a wrong verb")
	return a
}

func recvErr(s *netlab.Socket) error { _, err := s.Recv(bg, make([]byte, 8), 0); return err }
func sendErr(s *netlab.Socket) error { _, err := s.Send(bg, []byte("x"), 0); return err }

func TestNoErrorOfACall(t *testing.T) {
	lab := netlabtest.New(t)
	assert.Equal(t, coach.Advice{}, coach.Explain(lab, errors.New("division by zero")))
	assert.Contains(t, coach.Explain(lab, netlab.ErrLabClosed).Why.String(), "being closed")
}

func TestRefused(t *testing.T) {
	lab := netlabtest.New(t)
	holder := tcp(t, lab, "shop")
	addr := bound(t, holder)
	said(t, lab, tcp(t, lab, "phone").Connect(bg, addr), unix.ECONNREFUSED, "shop has the port", "not called listen", "shop.listen(5)")
	require.NoError(t, holder.Close(bg))
	a := said(t, lab, tcp(t, lab, "phone").Connect(bg, addr), unix.ECONNREFUSED, "nobody is listening there")
	assert.NotContains(t, a.Why.String(), "closed", "it never listened")

	ln, addr := listener(t, lab, 1)
	require.NoError(t, ln.Close(bg))
	said(t, lab, tcp(t, lab, "phone").Connect(bg, addr), unix.ECONNREFUSED, "any more", "ln was closed 0.", " s ago")

	// A datagram socket on the same number is another matter.
	other := udp(t, lab, "radio")
	free := bound(t, other)
	if netlab.TryBind(free, false) == 0 {
		a = said(t, lab, tcp(t, lab, "phone").Connect(bg, free), unix.ECONNREFUSED)
		assert.NotContains(t, a.Why.String(), "radio", "UDP and TCP ports are not the same")
	}
}

func TestRefusedLater(t *testing.T) {
	lab := netlabtest.New(t)
	reserved := bound(t, tcp(t, lab, "shop"))
	s := tcp(t, lab, "phone")
	s.SetTimeout(0)
	said(t, lab, s.Connect(bg, reserved), unix.EINPROGRESS, "SYN is on its way", "SO_ERROR")
	netlabtest.Eventually(t, lab, "refused", func() bool { return s.Info().State == kernel.Close })
	said(t, lab, recvErr(s), unix.ECONNREFUSED, "shop has the port")
	_, err := s.Getpeername(bg)
	said(t, lab, err, unix.ENOTCONN, "no other end yet")
	said(t, lab, sendErr(s), unix.EPIPE, "never connected")
}

func TestRefusedDatagram(t *testing.T) {
	lab := netlabtest.New(t)
	gone := udp(t, lab, "gone")
	addr := bound(t, gone)
	require.NoError(t, gone.Close(bg))
	s := udp(t, lab, "radio")
	require.NoError(t, s.Connect(bg, addr))
	require.NoError(t, sendErr(s))
	s.SetTimeout(netlabtest.Patience)
	a := said(t, lab, recvErr(s), unix.ECONNREFUSED, "ICMP", "closed port")
	assert.NotContains(t, a.Why.String(), "listening")
}

func TestAddressNotHere(t *testing.T) {
	lab := netlabtest.New(t)
	far, err := netlab.ParseAddr("192.0.2.1:80")
	require.NoError(t, err)
	said(t, lab, tcp(t, lab, "phone").Bind(bg, far), unix.EADDRNOTAVAIL, "192.0.2.1 is no address of this machine")

	// The same two ends once more.
	ln, addr := listener(t, lab, 5)
	a, b := tcp(t, lab, "a"), tcp(t, lab, "b")
	reuse(t, a)
	reuse(t, b)
	own := bound(t, a)
	require.NoError(t, b.Bind(bg, own))
	require.NoError(t, a.Connect(bg, addr))
	said(t, lab, b.Connect(bg, addr), unix.EADDRNOTAVAIL, own.String(), addr.String(), "one connection at a time")
	_ = ln
}

func TestPrivilegedPort(t *testing.T) {
	lab := netlabtest.New(t)
	err := tcp(t, lab, "phone").Bind(bg, netlab.Loopback(81))
	if netlab.Errno(err) != unix.EACCES {
		t.Skip("this user may bind port 81: run the test without root, with net.ipv4.ip_unprivileged_port_start above 81")
	}
	said(t, lab, err, unix.EACCES, "below 1024", "81", "1024 to 65535")
}

func TestBroadcastNeedsAnOption(t *testing.T) {
	lab := netlabtest.New(t)
	addr, err := netlab.ParseAddr("127.255.255.255:9")
	require.NoError(t, err)
	_, err = udp(t, lab, "radio").SendTo(bg, []byte("x"), 0, addr)
	said(t, lab, err, unix.EACCES, "SO_BROADCAST")
}
