package coach_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/coach"
)

// hangUp leaves a connection that the server closed first, with or without
// SO_REUSEADDR on its listener; the client is closed too. It returns the
// server's address.
func hangUp(t *testing.T, lab *netlab.Lab, option bool) netlab.Addr {
	t.Helper()
	client, addr := halfDown(t, lab, option)
	client.SetTimeout(netlabtest.Patience)
	n, err := client.Recv(bg, make([]byte, 1), 0) // the FIN
	require.NoError(t, err)
	require.Zero(t, n)
	require.NoError(t, client.Close(bg))
	return addr
}

// halfDown is hangUp with the client still open: the server's end is an orphan.
func halfDown(t *testing.T, lab *netlab.Lab, option bool) (*netlab.Socket, netlab.Addr) {
	t.Helper()
	ln := tcp(t, lab, "ln")
	if option {
		reuse(t, ln)
	}
	addr := bound(t, ln)
	require.NoError(t, ln.Listen(bg, 1))
	client := tcp(t, lab, "phone")
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetLabel("conn")
	require.NoError(t, ln.Close(bg))
	require.NoError(t, conn.Close(bg))
	return client, addr
}

// inState waits until the kernel shows an end at addr in the state.
func inState(t *testing.T, lab *netlab.Lab, addr netlab.Addr, state kernel.State) {
	t.Helper()
	at := netip.AddrPortFrom(addr.IP, uint16(addr.Port))
	netlabtest.Eventually(t, lab, state.String(), func() bool {
		rows, _, err := lab.Table(true)
		require.NoError(t, err)
		for _, r := range rows {
			if r.Local == at && r.State == state {
				return true
			}
		}
		return false
	})
}

const neverKnown = "closed with" // the option of a connection outside the lab

// The kernel asks both sockets: only if the old one closed with the option and
// the new one has it does bind succeed.
func TestTimeWait(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, new bool
		why, try string
	}{
		{"neither", false, false, "SO_REUSEADDR on this socket would not help: the old connection closed without it", "next time"},
		{"the new one", false, true, "This socket has SO_REUSEADDR, but the old connection closed without it", "on the old listener before clients connect"},
		{"the old one", true, false, "The old connection closed with SO_REUSEADDR; this socket has not set it", "again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)"},
		{"both", true, true, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			lab := netlabtest.New(t)
			addr := hangUp(t, lab, c.old)
			inState(t, lab, addr, kernel.TimeWait)
			again := tcp(t, lab, "again")
			if c.new {
				reuse(t, again)
			}
			err := again.Bind(bg, addr)
			if c.old && c.new {
				require.NoError(t, err)
				return
			}
			a := said(t, lab, err, unix.EADDRINUSE, "a connection that used this port is in TIME_WAIT for ", " s more: conn, closed 0.", c.why)
			assert.Regexp(t, `for (60\.0|5\d\.\d) s more`, a.Why.String())
			assert.Contains(t, a.Try.String(), c.try)
			if c.old {
				reuse(t, again)
				said(t, lab, err, unix.EADDRINUSE, "as well now", "try the same call again")
				require.NoError(t, again.Bind(bg, addr), "the advice was true")
			} else {
				assert.Regexp(t, `or wait (60\.0|5\d\.\d) s`, a.Try.String())
			}
		})
	}
}

// Of a connection outside the lab only what a throw-away socket was told.
func TestTimeWaitOutside(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, new bool
		why      string
	}{
		{"neither", false, false, "would not help: the kernel refuses that too"},
		{"the new one", false, true, "This socket has SO_REUSEADDR, and the kernel refuses all the same"},
		{"the old one", true, false, "would give the port to a socket with SO_REUSEADDR"},
		{"both", true, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			other := netlabtest.New(t)
			addr := hangUp(t, other, c.old)
			inState(t, other, addr, kernel.TimeWait)
			lab := netlabtest.New(t)
			again := tcp(t, lab, "again")
			if c.new {
				reuse(t, again)
			}
			err := again.Bind(bg, addr)
			if c.old && c.new {
				require.NoError(t, err)
				return
			}
			a := said(t, lab, err, unix.EADDRINUSE, "is in TIME_WAIT for ", "; it is left from an earlier step or another program", c.why)
			assert.NotContains(t, a.Why.String(), neverKnown)
		})
	}
}

// With two of them in TIME_WAIT the one without the option decides.
func TestTheOneInTheWayIsNamed(t *testing.T) {
	lab := netlabtest.New(t)
	ln := tcp(t, lab, "ln")
	reuse(t, ln)
	addr := bound(t, ln)
	require.NoError(t, ln.Listen(bg, 2))
	for _, label := range []string{"without", "with"} {
		phone := tcp(t, lab, "phone")
		require.NoError(t, phone.Connect(bg, addr))
		conn, _, err := ln.Accept(bg)
		require.NoError(t, err)
		conn.SetLabel(label)
		if label == "without" {
			require.NoError(t, conn.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEADDR, 0))
		}
		require.NoError(t, conn.Close(bg))
		netlabtest.Eventually(t, lab, "FIN arrived", func() bool { return phone.Info().State == kernel.CloseWait })
		require.NoError(t, phone.Close(bg))
	}
	require.NoError(t, ln.Close(bg))
	inState(t, lab, addr, kernel.TimeWait)
	again := tcp(t, lab, "again")
	reuse(t, again)
	said(t, lab, again.Bind(bg, addr), unix.EADDRINUSE, ": without, closed", "the old connection closed without it")
}

func TestAnOrphanHoldsThePort(t *testing.T) {
	lab := netlabtest.New(t)
	client, addr := halfDown(t, lab, false)
	inState(t, lab, addr, kernel.FinWait2)
	said(t, lab, tcp(t, lab, "again").Bind(bg, addr), unix.EADDRINUSE,
		"has not ended for the kernel: it is in FIN_WAIT2: conn, closed", "closed without it", "take another port")
	_ = client
}

// The port that connect chose for a client is held as well. Another program may
// be given the same one for a call of its own to somewhere else, and then that is
// what is told: so there are several tries.
func TestAClientsPortInTimeWait(t *testing.T) {
	lab := netlabtest.New(t)
	for range 10 {
		_, phone, conn := pair(t, lab)
		addr := phone.Info().Local
		require.NoError(t, phone.Close(bg))
		netlabtest.Eventually(t, lab, "FIN arrived", func() bool { return conn.Info().State == kernel.CloseWait })
		require.NoError(t, conn.Close(bg))
		inState(t, lab, addr, kernel.TimeWait)
		err := tcp(t, lab, "again").Bind(bg, addr)
		if strings.Contains(coach.Explain(lab, err).Why.String(), "a program outside this lab") {
			continue
		}
		said(t, lab, err, unix.EADDRINUSE,
			"TIME_WAIT for ", "phone, closed", "the old connection closed without it", "on the old socket before it closes")
		return
	}
	t.Error("each of ten ports was used by another program too")
}

// The same two ends again, while the kernel still has the first connection.
func TestConnectIntoATimeWait(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 5)
	a, b := tcp(t, lab, "a"), tcp(t, lab, "b")
	reuse(t, a)
	reuse(t, b)
	own := bound(t, a)
	require.NoError(t, b.Bind(bg, own))
	require.NoError(t, a.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	said(t, lab, b.Connect(bg, addr), unix.EADDRNOTAVAIL, "a of this lab is connected from "+own.String(), "one connection at a time")
	require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
	netlabtest.Eventually(t, lab, "FIN arrived", func() bool { return conn.Info().State == kernel.CloseWait })
	require.NoError(t, conn.Close(bg))
	inState(t, lab, own, kernel.TimeWait)
	// With timestamps Linux gives the ends to a new connection (tcp_twsk_unique);
	// without, as with net.ipv4.tcp_timestamps=0, it says this:
	here := &netlab.OpError{Op: netlab.OpConnect, Socket: b, Addr: addr, Err: unix.EADDRNOTAVAIL}
	said(t, lab, here, unix.EADDRNOTAVAIL, "an earlier connection from "+own.String()+" to "+addr.String()+" is in TIME_WAIT for ", ": that of a", "or wait")
	elsewhere := &netlab.OpError{Op: netlab.OpConnect, Socket: b, Addr: addr, Err: unix.EADDRINUSE}
	said(t, lab, elsewhere, unix.EADDRINUSE, "is in TIME_WAIT for ")
}
