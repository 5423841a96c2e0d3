package coach_test

import (
	"context"
	"errors"
	"fmt"
	"net"
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

func TestAddressInUseHere(t *testing.T) {
	lab := netlabtest.New(t)
	ln, client, conn := pair(t, lab)
	addr := ln.Info().Local
	again := tcp(t, lab, "again")
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "ln of this lab listens on "+addr.String())

	all, err := netlab.ParseAddr(fmt.Sprintf("0.0.0.0:%d", addr.Port))
	require.NoError(t, err)
	said(t, lab, tcp(t, lab, "all").Bind(bg, all), unix.EADDRINUSE, "ln of this lab listens")

	held := tcp(t, lab, "held")
	said(t, lab, tcp(t, lab, "x").Bind(bg, bound(t, held)), unix.EADDRINUSE, "held of this lab is bound to")

	require.NoError(t, ln.Close(bg))
	a := said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "conn, a connection of this lab")
	assert.NotContains(t, a.Try.String(), "SO_REUSEADDR", "the connection has it not")
	_ = client
	_ = conn

	radio := udp(t, lab, "radio")
	said(t, lab, udp(t, lab, "x").Bind(bg, bound(t, radio)), unix.EADDRINUSE, "radio of this lab is bound to")
	require.NoError(t, radio.Connect(bg, addr))
	said(t, lab, udp(t, lab, "x").Bind(bg, radio.Info().Local), unix.EADDRINUSE, "radio of this lab is bound to")
}

func TestAConnectionThatCouldShareItsAddress(t *testing.T) {
	lab := netlabtest.New(t)
	ln := tcp(t, lab, "ln")
	reuse(t, ln)
	addr := bound(t, ln)
	require.NoError(t, ln.Listen(bg, 1))
	client := tcp(t, lab, "phone")
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetLabel("conn")
	require.NoError(t, ln.Close(bg))
	said(t, lab, tcp(t, lab, "again").Bind(bg, addr), unix.EADDRINUSE, "conn, a connection of this lab", "SO_REUSEADDR", "would have worked")
}

func TestListenOnAnAddressInUse(t *testing.T) {
	lab := netlabtest.New(t)
	a, b := tcp(t, lab, "first"), tcp(t, lab, "second")
	reuse(t, a)
	reuse(t, b)
	addr := bound(t, a)
	require.NoError(t, b.Bind(bg, addr))
	require.NoError(t, a.Listen(bg, 1))
	said(t, lab, b.Listen(bg, 1), unix.EADDRINUSE, "first of this lab listens on "+addr.String())
}

func TestAddressInUseOutside(t *testing.T) {
	lab := netlabtest.New(t)
	nl, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer nl.Close()
	addr, err := netlab.ParseAddr(nl.Addr().String())
	require.NoError(t, err)
	said(t, lab, tcp(t, lab, "phone").Bind(bg, addr), unix.EADDRINUSE,
		"a program outside this lab", "listens on "+addr.String(), fmt.Sprintf("user id %d", syscall.Getuid()))

	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	defer pc.Close()
	addr, err = netlab.ParseAddr(pc.LocalAddr().String())
	require.NoError(t, err)
	said(t, lab, udp(t, lab, "radio").Bind(bg, addr), unix.EADDRINUSE, fmt.Sprintf("a program outside this lab has port %d", addr.Port))

	// Bound without listening: the kernel's table does not show it, bind knows.
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	require.NoError(t, err)
	defer unix.Close(fd)
	require.NoError(t, unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	sa, err := unix.Getsockname(fd)
	require.NoError(t, err)
	addr = netlab.Loopback(sa.(*unix.SockaddrInet4).Port)
	a := said(t, lab, tcp(t, lab, "phone").Bind(bg, addr), unix.EADDRINUSE, fmt.Sprintf("a program outside this lab has port %d", addr.Port))
	assert.NotContains(t, a.Why.String(), "TIME_WAIT")
}

// An IPv6 address and an IPv4 wildcard do not meet.
func TestAnotherFamilyHoldsNothing(t *testing.T) {
	lab := netlabtest.New(t)
	six := open(t, lab, unix.AF_INET6, unix.SOCK_STREAM, "six")
	one, err := netlab.ParseAddr("[::1]:0")
	require.NoError(t, err)
	if six.Bind(bg, one) != nil {
		t.Skip("this system has no IPv6 (sysctl net.ipv6.conf.lo.disable_ipv6=0)")
	}
	require.NoError(t, six.Listen(bg, 1))
	port := six.Info().Local.Port
	nl, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Skip("another program has that port of 127.0.0.1; run the test again")
	}
	defer nl.Close()
	four, err := netlab.ParseAddr(fmt.Sprintf("0.0.0.0:%d", port))
	require.NoError(t, err)
	a := said(t, lab, tcp(t, lab, "phone").Bind(bg, four), unix.EADDRINUSE, "a program outside this lab", "listens on 127.0.0.1")
	assert.NotContains(t, a.Why.String(), "six")
	both, err := netlab.ParseAddr(fmt.Sprintf("[::]:%d", port))
	require.NoError(t, err)
	said(t, lab, open(t, lab, unix.AF_INET6, unix.SOCK_STREAM, "all").Bind(bg, both), unix.EADDRINUSE, "six of this lab listens")
}

// serverHangsUp leaves a connection to addr in TIME_WAIT.
func serverHangsUp(t *testing.T, lab *netlab.Lab, before func(ln *netlab.Socket)) netlab.Addr {
	t.Helper()
	ln := tcp(t, lab, "ln")
	before(ln)
	addr := bound(t, ln)
	require.NoError(t, ln.Listen(bg, 1))
	client := tcp(t, lab, "phone")
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	require.NoError(t, ln.Close(bg))
	require.NoError(t, conn.Close(bg))
	netlabtest.Eventually(t, lab, "FIN arrived", func() bool { return client.Info().State == kernel.CloseWait })
	require.NoError(t, client.Close(bg))
	netlabtest.Eventually(t, lab, "TIME_WAIT", func() bool {
		rows, _, err := lab.Table(false)
		require.NoError(t, err)
		return len(rows) == 1 && rows[0].State == kernel.TimeWait
	})
	return addr
}

func TestTimeWait(t *testing.T) {
	lab := netlabtest.New(t)
	addr := serverHangsUp(t, lab, func(*netlab.Socket) {})
	again := tcp(t, lab, "again")
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "TIME_WAIT for ", "s more", "closed without SO_REUSEADDR", "would not help")
	reuse(t, again)
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "would not help")

	addr = serverHangsUp(t, lab, func(ln *netlab.Socket) { reuse(t, ln) })
	again = tcp(t, lab, "again")
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "nobody listens there", "TIME_WAIT for ", "would have worked")
	reuse(t, again)
	require.NoError(t, again.Bind(bg, addr), "the advice was true")
}

// A connection of another program that lives is no TIME_WAIT.
func TestALivingConnectionOutside(t *testing.T) {
	lab := netlabtest.New(t)
	nl, err := net.Listen("tcp", "127.0.0.1:0") // net sets SO_REUSEADDR
	require.NoError(t, err)
	c, err := net.Dial("tcp", nl.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	conn, err := nl.Accept()
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, nl.Close())
	addr, err := netlab.ParseAddr(nl.Addr().String())
	require.NoError(t, err)
	a := said(t, lab, tcp(t, lab, "phone").Bind(bg, addr), unix.EADDRINUSE, "has a connection with the local address "+addr.String(), "SO_REUSEADDR")
	assert.NotContains(t, a.Why.String(), "TIME_WAIT")
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
