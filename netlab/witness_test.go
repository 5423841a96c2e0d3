package netlab_test

import (
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// program finds a program that another witness comes from. Without it the test
// is skipped, or has failed if SOCKLAB_REQUIRE names the program.
func program(tb testing.TB, name, pkg string) string {
	tb.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if slices.Contains(strings.Split(os.Getenv("SOCKLAB_REQUIRE"), ","), name) {
		tb.Fatalf("SOCKLAB_REQUIRE names %s, which is not installed", name)
	}
	tb.Skipf("%s is not installed: apt-get install %s", name, pkg)
	return ""
}

// A table is what some witness says of TCP: the state of each connection and
// of each listener.
type table map[kernel.Ends]kernel.State

// procTable opens a second table, read from /proc/net.
func procTable(t *testing.T) func(t *testing.T, port int) table {
	t.Helper()
	kernel.Use(kernel.ProcObservers)
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
	src, err := kernel.Open()
	require.NoError(t, err)
	kernel.Use(kernel.AllObservers)
	require.Equal(t, kernel.ProcNet, src.Source())
	return func(t *testing.T, port int) table {
		t.Helper()
		rows, err := src.Rows(kernel.Query{Ports: []int{port}})
		require.NoError(t, err)
		seen := table{}
		for _, r := range rows {
			seen[r.Ends()] = r.State
		}
		return seen
	}
}

// ssTable asks ss(8).
func ssTable(t *testing.T) func(t *testing.T, port int) table {
	t.Helper()
	ss := program(t, "ss", "iproute2")
	return func(t *testing.T, port int) table {
		t.Helper()
		p := strconv.Itoa(port)
		out, err := exec.Command(ss, "-tanH", "sport = :"+p+" or dport = :"+p).Output()
		require.NoError(t, err)
		seen := table{}
		for line := range strings.Lines(string(out)) {
			f := strings.Fields(line)
			require.GreaterOrEqual(t, len(f), 5, line)
			state, ok := ssStates[f[0]]
			require.True(t, ok, line)
			seen[kernel.Ends{Local: ssAddr(t, f[3]), Remote: ssAddr(t, f[4])}] = state
		}
		return seen
	}
}

var ssStates = map[string]kernel.State{
	"ESTAB": kernel.Established, "SYN-SENT": kernel.SynSent, "SYN-RECV": kernel.SynRecv,
	"FIN-WAIT-1": kernel.FinWait1, "FIN-WAIT-2": kernel.FinWait2, "TIME-WAIT": kernel.TimeWait,
	"UNCONN": kernel.Close, "CLOSE-WAIT": kernel.CloseWait, "LAST-ACK": kernel.LastAck,
	"LISTEN": kernel.Listen, "CLOSING": kernel.Closing,
}

// ssAddr reads 127.0.0.1:80, [::ffff:127.0.0.1]:80, 0.0.0.0:* or *:80.
func ssAddr(t *testing.T, s string) netip.AddrPort {
	t.Helper()
	colon := strings.LastIndexByte(s, ':')
	host, port := s[:colon], s[colon+1:]
	if port == "*" {
		port = "0"
	}
	n, err := strconv.ParseUint(port, 10, 16)
	require.NoError(t, err, s)
	ip := netip.IPv6Unspecified()
	if host != "*" {
		host, _, _ = strings.Cut(strings.Trim(host, "[]"), "%")
		ip, err = netip.ParseAddr(host)
		require.NoError(t, err, s)
	}
	return netip.AddrPortFrom(ip.Unmap(), uint16(n))
}

// rowOf waits until the lab's table has a row with the addresses that is in
// the state.
func rowOf(t *testing.T, lab *netlab.Lab, e kernel.Ends, state kernel.State) netlab.TableRow {
	t.Helper()
	var found netlab.TableRow
	netlabtest.Eventually(t, lab, state.String(), func() bool {
		rows, _, err := lab.Table(false)
		require.NoError(t, err)
		i := slices.IndexFunc(rows, func(r netlab.TableRow) bool { return r.Ends() == e && r.State == state })
		if i >= 0 {
			found = rows[i]
		}
		return i >= 0
	})
	return found
}

// endsOf are the addresses of a socket as it knows them; of a listener the
// other one is the wildcard.
func endsOf(s *netlab.Socket) kernel.Ends {
	info := s.Info()
	e := kernel.Ends{Local: addrPort(info.Local), Remote: addrPort(info.Remote)}
	if info.Remote.IsZero() {
		none := netip.IPv4Unspecified()
		if e.Local.Addr().Is6() {
			none = netip.IPv6Unspecified()
		}
		e.Remote = netip.AddrPortFrom(none, 0)
	}
	return e
}

func addrPort(a netlab.Addr) netip.AddrPort {
	return netip.AddrPortFrom(a.IP.Unmap(), uint16(a.Port))
}
