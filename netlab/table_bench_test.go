package netlab_test

import (
	"net"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// manySockets are the connections of a table that is asked; each has two ends.
const manySockets = 5000

// BenchmarkTable reads the table while 10,000 sockets are open, and lets ss(8)
// do the same in turn: "ratio" is the table's time as a part of ss's. They are
// the lab's own, unchanged or with a new one before each look, or others'.
func BenchmarkTable(b *testing.B) {
	ss := program(b, "ss", "iproute2")
	cases := []struct {
		name         string
		own, foreign int
		change       bool
	}{
		{"own", manySockets, 0, false},
		{"changing", manySockets, 0, true},
		{"foreign", 1, manySockets, false},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			room(b, 2*manySockets+200)
			foreign(b, c.foreign)
			lab := netlab.New()
			b.Cleanup(func() { _ = lab.Close() })
			crowd(b, lab, c.own)
			tableAgainst(b, lab, ss)
			var spent [2]time.Duration
			for b.Loop() {
				if c.change {
					s, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
					require.NoError(b, err)
					require.NoError(b, s.Close(bg))
				}
				ours, theirs := tableAgainst(b, lab, ss)
				spent[0], spent[1] = spent[0]+ours, spent[1]+theirs
			}
			b.ReportMetric(float64(spent[0])/float64(spent[1]), "ratio")
			b.ReportMetric(float64(spent[0].Microseconds())/float64(b.N), "µs/table")
		})
	}
}

// The table is asked after every command, so it has to be cheap beside the
// program that people ask instead.
func TestTableIsFasterThanSS(t *testing.T) {
	if testing.Short() {
		t.Skip("opens 10,000 sockets (go test without -short)")
	}
	if raced {
		t.Skip("measures time (go test without -race)")
	}
	ss := program(t, "ss", "iproute2")
	room(t, 2*manySockets+200)
	lab := netlabtest.New(t)
	crowd(t, lab, manySockets)
	tableAgainst(t, lab, ss)
	var median float64
	for range 5 { // a busy machine may delay either for a while
		var ratios []float64
		for range 5 {
			ours, theirs := tableAgainst(t, lab, ss)
			ratios = append(ratios, float64(ours)/float64(theirs))
		}
		slices.Sort(ratios)
		median = ratios[len(ratios)/2]
		t.Logf("the table's time as a part of ss's: %.2f", ratios)
		if median <= 0.5 {
			return
		}
	}
	assert.LessOrEqual(t, median, 0.5)
}

// BenchmarkWitness is what a look after a call costs the learner; servers are
// not looked at.
func BenchmarkWitness(b *testing.B) {
	for _, by := range []netlab.Actor{netlab.Learner, netlab.Server} {
		b.Run(by.String(), func(b *testing.B) {
			lab := netlab.New()
			b.Cleanup(func() { _ = lab.Close() })
			ln, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Server)
			require.NoError(b, err)
			require.NoError(b, ln.Bind(bg, netlab.Loopback(0)))
			require.NoError(b, ln.Listen(bg, 1))
			c, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, by)
			require.NoError(b, err)
			require.NoError(b, c.Connect(bg, ln.Info().Local))
			for b.Loop() {
				// After the first time it changes nothing, but it might have.
				_ = c.Shutdown(bg, unix.SHUT_WR)
			}
		})
	}
}

// tableAgainst reads the table once and runs ss once.
func tableAgainst(tb testing.TB, lab *netlab.Lab, ss string) (ours, theirs time.Duration) {
	tb.Helper()
	start := time.Now()
	rows, _, err := lab.Table(false)
	ours = time.Since(start)
	require.NoError(tb, err)
	require.GreaterOrEqual(tb, len(rows), 3)
	start = time.Now()
	err = exec.Command(ss, "-tan").Run()
	theirs = time.Since(start)
	require.NoError(tb, err)
	return ours, theirs
}

// crowd connects n clients of the lab with one server of the lab.
func crowd(tb testing.TB, lab *netlab.Lab, n int) (clients, conns []*netlab.Socket) {
	tb.Helper()
	make := func(by netlab.Actor) *netlab.Socket {
		s, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, by)
		require.NoError(tb, err)
		return s
	}
	ln := make(netlab.Server)
	require.NoError(tb, ln.Bind(bg, netlab.Loopback(0)))
	require.NoError(tb, ln.Listen(bg, 16))
	for range n {
		client := make(netlab.Server)
		require.NoError(tb, client.Connect(bg, ln.Info().Local))
		conn, _, err := ln.Accept(bg)
		require.NoError(tb, err)
		clients, conns = append(clients, client), append(conns, conn)
	}
	return clients, conns
}

// foreign connects n clients with a server, of which no lab knows.
func foreign(tb testing.TB, n int) {
	tb.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(tb, err)
	all := []net.Conn{}
	tb.Cleanup(func() {
		for _, c := range all { // with a reset, so that no TIME_WAIT stays
			_ = c.(*net.TCPConn).SetLinger(0)
			_ = c.Close()
		}
		_ = ln.Close()
	})
	for range n {
		client, err := net.Dial("tcp4", ln.Addr().String())
		require.NoError(tb, err)
		conn, err := ln.Accept()
		require.NoError(tb, err)
		all = append(all, client, conn)
	}
}

// room makes sure that n descriptors may be open.
func room(tb testing.TB, n uint64) {
	tb.Helper()
	var limit unix.Rlimit
	require.NoError(tb, unix.Getrlimit(unix.RLIMIT_NOFILE, &limit))
	if limit.Cur >= n {
		return
	}
	was := limit
	limit.Cur, limit.Max = n, max(n, limit.Max)
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		tb.Skipf("needs %d descriptors and may have %d: ulimit -Hn %d", n, was.Max, n)
	}
	tb.Cleanup(func() { _ = unix.Setrlimit(unix.RLIMIT_NOFILE, &was) })
}
