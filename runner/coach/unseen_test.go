package coach_test

import (
	"fmt"
	"net"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// observers chooses for one test what of the kernel can be seen.
func observers(t *testing.T, o kernel.Observers) {
	t.Helper()
	kernel.Use(o)
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
}

func TestInUseWhereTheTableIsNotShown(t *testing.T) {
	observers(t, kernel.NoObservers)
	lab := netlabtest.New(t)
	ln, _ := listener(t, lab, 1)
	said(t, lab, tcp(t, lab, "x").Bind(bg, ln.Info().Local), unix.EADDRINUSE, "ln of this lab listens on")
	nl, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer nl.Close()
	addr := parsed(t, nl.Addr().String())
	said(t, lab, tcp(t, lab, "x").Bind(bg, addr), unix.EADDRINUSE,
		fmt.Sprintf("no open socket of this lab has port %d", addr.Port), "this system does not show", "the kernel refuses that too")
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	defer pc.Close()
	a := said(t, lab, udp(t, lab, "x").Bind(bg, parsed(t, pc.LocalAddr().String())), unix.EADDRINUSE, "this system does not show")
	assert.NotContains(t, a.Why.String()+a.Try.String(), "REUSEADDR")

	old := hangUp(t, lab, true)
	said(t, lab, tcp(t, lab, "again").Bind(bg, old), unix.EADDRINUSE, "TIME_WAIT, this system does not show", "would give the port", "again.setsockopt(")
	phone := tcp(t, lab, "phone")
	b := bound(t, phone)
	said(t, lab, &netlab.OpError{Op: netlab.OpConnect, Socket: phone, Addr: old, Err: unix.EADDRNOTAVAIL}, unix.EADDRNOTAVAIL,
		fmt.Sprintf("port %d is bound", b.Port), "This system does not show it")
}

func TestInUseByProcNet(t *testing.T) {
	observers(t, kernel.ProcObservers)
	if err := kernel.Works(kernel.ProcNet); err != nil {
		t.Skipf("this system has no /proc/net/tcp: %v", err)
	}
	lab := netlabtest.New(t)
	said(t, lab, tcp(t, lab, "x").Bind(bg, bound(t, tcp(t, lab, "held"))), unix.EADDRINUSE, "held of this lab is bound to")
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	require.NoError(t, err)
	defer unix.Close(fd)
	require.NoError(t, unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	said(t, lab, tcp(t, lab, "x").Bind(bg, outside(t, fd)), unix.EADDRINUSE, "/proc/net shows nobody", "may be a program outside this lab")
}
