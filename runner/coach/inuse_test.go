package coach_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/coach"
)

func parsed(t *testing.T, addr string) netlab.Addr {
	t.Helper()
	a, err := netlab.ParseAddr(addr)
	require.NoError(t, err)
	return a
}

// needsDiag skips a test of what sock_diag alone shows.
func needsDiag(t *testing.T) {
	t.Helper()
	if err := kernel.Works(kernel.SockDiag); err != nil {
		t.Skipf("this system has no sock_diag: %v", err)
	}
}

func TestAddressInUseHere(t *testing.T) {
	lab := netlabtest.New(t)
	ln, _, conn := pair(t, lab)
	addr := ln.Info().Local
	again := tcp(t, lab, "again")
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "ln of this lab listens on "+addr.String(), "(and 1 more on this port)")
	all := parsed(t, fmt.Sprintf("0.0.0.0:%d", addr.Port))
	said(t, lab, tcp(t, lab, "all").Bind(bg, all), unix.EADDRINUSE, "ln of this lab listens")

	held := tcp(t, lab, "held")
	a := said(t, lab, tcp(t, lab, "x").Bind(bg, bound(t, held)), unix.EADDRINUSE, "held of this lab is bound to", "close it first")
	assert.NotContains(t, a.Why.String(), "more on this port")

	require.NoError(t, ln.Close(bg))
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE,
		"conn, a connection of this lab, has the local address "+addr.String()+" (ESTABLISHED)",
		"alone would not help: conn has not set it either", "on both, conn and again")
	reuse(t, again)
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "This socket has SO_REUSEADDR, but conn has not", "conn.setsockopt(")
	reuse(t, conn)
	require.NoError(t, again.Bind(bg, addr), "the advice was true")
}

func TestAConnectionThatCouldShareItsAddress(t *testing.T) {
	lab := netlabtest.New(t)
	ln := tcp(t, lab, "ln")
	reuse(t, ln)
	addr := bound(t, ln)
	require.NoError(t, ln.Listen(bg, 1))
	require.NoError(t, tcp(t, lab, "phone").Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetLabel("conn")
	require.NoError(t, ln.Close(bg))
	again := tcp(t, lab, "again")
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, "conn, a connection of this lab", "conn has SO_REUSEADDR; this socket has not set it", "again.setsockopt(")
	reuse(t, again)
	require.NoError(t, again.Bind(bg, addr), "the advice was true")
}

func TestSOREUSEADDRSharesNoPortWithAListener(t *testing.T) {
	lab := netlabtest.New(t)
	first, second := tcp(t, lab, "first"), tcp(t, lab, "second")
	reuse(t, first)
	reuse(t, second)
	addr := bound(t, first)
	require.NoError(t, second.Bind(bg, addr))
	require.NoError(t, first.Listen(bg, 1))
	said(t, lab, second.Listen(bg, 1), unix.EADDRINUSE, "first of this lab listens on "+addr.String(), "shares no port")
	third := tcp(t, lab, "third")
	reuse(t, third)
	said(t, lab, third.Bind(bg, addr), unix.EADDRINUSE, "first of this lab listens on "+addr.String(), "shares no port")
}

// listen(2) asks for the port again: an option that was taken back counts.
func TestListenWithoutTheOptionThatBindHad(t *testing.T) {
	lab := netlabtest.New(t)
	off := func(s *netlab.Socket) {
		require.NoError(t, s.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEADDR, 0))
	}
	first, second := tcp(t, lab, "first"), tcp(t, lab, "second")
	reuse(t, first)
	reuse(t, second)
	require.NoError(t, second.Bind(bg, bound(t, first)))
	off(second)
	said(t, lab, second.Listen(bg, 1), unix.EADDRINUSE, "first of this lab is bound to", "At listen", "this socket has no SO_REUSEADDR", "second.setsockopt(")
	reuse(t, second)
	off(first)
	said(t, lab, second.Listen(bg, 1), unix.EADDRINUSE, "first has no SO_REUSEADDR")
}

func TestDatagramPortInUse(t *testing.T) {
	lab := netlabtest.New(t)
	radio := udp(t, lab, "radio")
	addr := bound(t, radio)
	a := said(t, lab, udp(t, lab, "x").Bind(bg, addr), unix.EADDRINUSE, "radio of this lab is bound to "+addr.String())
	assert.NotContains(t, a.Why.String()+a.Try.String(), "REUSEADDR", "no TCP socket was asked about a UDP port")
	require.NoError(t, radio.Connect(bg, bound(t, udp(t, lab, "other"))))
	said(t, lab, udp(t, lab, "x").Bind(bg, addr), unix.EADDRINUSE, "radio of this lab is bound to "+addr.String())

	// A TCP listener on the same number has nothing to do with it.
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	defer pc.Close()
	addr = parsed(t, pc.LocalAddr().String())
	ln := tcp(t, lab, "ln")
	if ln.Bind(bg, addr) == nil {
		require.NoError(t, ln.Listen(bg, 1))
	}
	x := udp(t, lab, "x")
	err = x.Bind(bg, addr)
	a = said(t, lab, err, unix.EADDRINUSE, fmt.Sprintf("pid %d (", os.Getpid()), "is bound to "+addr.String())
	assert.NotContains(t, a.Why.String(), "ln")
	require.NoError(t, pc.Close())
	said(t, lab, err, unix.EADDRINUSE, "now it is free", "try the same call again")
}

func TestAddressInUseOutside(t *testing.T) {
	lab := netlabtest.New(t)
	nl, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer nl.Close()
	addr := parsed(t, nl.Addr().String())
	said(t, lab, tcp(t, lab, "phone").Bind(bg, addr), unix.EADDRINUSE,
		"a program outside this lab", fmt.Sprintf("pid %d (", os.Getpid()), "listens on "+addr.String())

	needsDiag(t) // /proc/net leaves out who is bound without listening
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	require.NoError(t, err)
	defer unix.Close(fd)
	require.NoError(t, unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	addr = outside(t, fd)
	phone := tcp(t, lab, "phone")
	a := said(t, lab, phone.Bind(bg, addr), unix.EADDRINUSE, "a program outside this lab", "is bound to "+addr.String(), "the kernel refuses that too")
	assert.NotContains(t, a.Why.String(), "TIME_WAIT")
	require.NoError(t, unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
	said(t, lab, phone.Bind(bg, addr), unix.EADDRINUSE, "would give the port", "phone.setsockopt(")
}

// outside is the address of a descriptor that is not the lab's.
func outside(t *testing.T, fd int) netlab.Addr {
	t.Helper()
	sa, err := unix.Getsockname(fd)
	require.NoError(t, err)
	return netlab.Loopback(sa.(*unix.SockaddrInet4).Port)
}

func TestAddressInUseByAnotherProcess(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 in PATH")
	}
	child := exec.CommandContext(t.Context(), python, "-c",
		"import socket,sys; s=socket.create_server(('127.0.0.1',0)); print(s.getsockname()[1],flush=True); sys.stdin.read()")
	in, err := child.StdinPipe()
	require.NoError(t, err)
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	t.Cleanup(func() { _ = in.Close(); _ = child.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	lab := netlabtest.New(t)
	addr := parsed(t, "127.0.0.1:"+line[:len(line)-1])
	said(t, lab, tcp(t, lab, "phone").Bind(bg, addr), unix.EADDRINUSE,
		fmt.Sprintf("a program outside this lab, pid %d (python", child.Process.Pid), "listens on "+addr.String())
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
	addr := parsed(t, nl.Addr().String())
	a := said(t, lab, tcp(t, lab, "phone").Bind(bg, addr), unix.EADDRINUSE,
		"has a connection with the local address "+addr.String()+" (ESTABLISHED)", "would give the port", "phone.setsockopt(")
	assert.NotContains(t, a.Why.String(), "TIME_WAIT")
}

// Whoever had the port may be gone before the coach looks.
func TestTheHolderVanishes(t *testing.T) {
	lab := netlabtest.New(t)
	held := tcp(t, lab, "held")
	addr := bound(t, held)
	err := tcp(t, lab, "x").Bind(bg, addr)
	require.NoError(t, held.Close(bg))
	said(t, lab, err, unix.EADDRINUSE, "now it is free", "try the same call again")

	first, second := tcp(t, lab, "first"), tcp(t, lab, "second")
	reuse(t, first)
	reuse(t, second)
	addr = bound(t, first)
	require.NoError(t, second.Bind(bg, addr))
	require.NoError(t, first.Listen(bg, 1))
	err = second.Listen(bg, 1)
	require.NoError(t, first.Close(bg))
	said(t, lab, err, unix.EADDRINUSE, "now it is free")
}

func TestTheHolderComesAndGoesMeanwhile(t *testing.T) {
	lab := netlabtest.New(t)
	held := tcp(t, lab, "held")
	addr := bound(t, held)
	x := tcp(t, lab, "x")
	err := x.Bind(bg, addr)
	require.Error(t, err)
	var work sync.WaitGroup
	work.Go(func() {
		for range 100 {
			_ = held.Close(bg)
			if s, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner); err == nil {
				held = s
				_ = held.Bind(bg, addr)
				_ = held.Listen(bg, 1)
			}
		}
		_ = x.Close(bg)
	})
	for range 100 {
		a := coach.Explain(lab, err)
		assert.NotEmpty(t, a.Why.String())
		assert.NotContains(t, a.Why.String()+a.Try.String(), "%!")
	}
	work.Wait()
}
