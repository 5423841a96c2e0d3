package netlab_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// small gives a socket buffers that a few kilobytes fill. The listener's are
// inherited by what it accepts, so this comes before listen and connect.
func small(t *testing.T, s *netlab.Socket) *netlab.Socket {
	t.Helper()
	for _, option := range []int{unix.SO_RCVBUF, unix.SO_SNDBUF} {
		require.NoError(t, s.Setsockopt(bg, unix.SOL_SOCKET, option, 4096))
	}
	return s
}

// smallPair is pair with small buffers.
func smallPair(t *testing.T, lab *netlab.Lab) (c, s *netlab.Socket) {
	t.Helper()
	ln := small(t, tcp(t, lab))
	require.NoError(t, ln.Bind(bg, netlab.Loopback(0)))
	require.NoError(t, ln.Listen(bg, 1))
	c = small(t, tcp(t, lab))
	require.NoError(t, c.Connect(bg, ln.Info().Local))
	s, _, err := ln.Accept(bg)
	require.NoError(t, err)
	return c, s
}

func shut(t *testing.T, s *netlab.Socket) {
	t.Helper()
	require.NoError(t, s.Shutdown(bg, unix.SHUT_WR))
}

// drain reads to the end of the stream.
func drain(t *testing.T, s *netlab.Socket) {
	t.Helper()
	s.SetTimeout(netlabtest.Patience)
	for buf := make([]byte, 1<<16); ; {
		n, err := s.Recv(bg, buf, 0)
		require.NoError(t, err)
		if n == 0 {
			return
		}
	}
}

// await waits until the socket itself says that it is in the state.
func await(t *testing.T, lab *netlab.Lab, s *netlab.Socket, state kernel.State) {
	t.Helper()
	netlabtest.Eventually(t, lab, state.String(), func() bool { return s.Info().State == state })
}

// inState are the recipes by which a socket of an ordinary user gets into each
// of the eleven states. Each returns the addresses of what is in that state.
var inState = map[kernel.State]func(t *testing.T, lab *netlab.Lab) kernel.Ends{
	kernel.Listen: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		ln, _ := listener(t, lab, 1)
		return endsOf(ln)
	},
	kernel.Established: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		c, _ := pair(t, lab)
		return endsOf(c)
	},
	kernel.SynSent: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		_, addr := listener(t, lab, 0)
		require.NoError(t, tcp(t, lab).Connect(bg, addr)) // fills the queue
		c := tcp(t, lab)
		c.SetTimeout(0)
		require.Equal(t, unix.EINPROGRESS, netlab.Errno(c.Connect(bg, addr)))
		return endsOf(c)
	},
	kernel.SynRecv: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		ln := tcp(t, lab)
		require.NoError(t, ln.Setsockopt(bg, unix.IPPROTO_TCP, netlab.DeferAccept, 10))
		require.NoError(t, ln.Bind(bg, netlab.Loopback(0)))
		require.NoError(t, ln.Listen(bg, 1))
		c := tcp(t, lab)
		require.NoError(t, c.Connect(bg, ln.Info().Local))
		return endsOf(c).Mirror()
	},
	kernel.FinWait1: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		c, _ := smallPair(t, lab)
		fill(t, c)
		shut(t, c)
		return endsOf(c)
	},
	kernel.FinWait2: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		c, _ := pair(t, lab)
		shut(t, c)
		return endsOf(c)
	},
	kernel.CloseWait: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		c, s := pair(t, lab)
		shut(t, c)
		return endsOf(s)
	},
	kernel.Closing: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		c, s := smallPair(t, lab)
		fill(t, c)
		fill(t, s)
		shut(t, c)
		shut(t, s)
		drain(t, c)
		return endsOf(c)
	},
	kernel.LastAck: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		c, s := smallPair(t, lab)
		fill(t, s)
		shut(t, c)
		drain(t, s)
		shut(t, s)
		return endsOf(s)
	},
	kernel.TimeWait: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		c, s := pair(t, lab)
		e := endsOf(c)
		require.NoError(t, c.Close(bg))
		await(t, lab, s, kernel.CloseWait)
		require.NoError(t, s.Close(bg))
		return e
	},
	kernel.Close: func(t *testing.T, lab *netlab.Lab) kernel.Ends {
		t.Helper()
		s := tcp(t, lab)
		require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
		return endsOf(s)
	},
}

// Nobody needs rights for any of the eleven states, and all three who look at
// them agree.
func TestElevenStates(t *testing.T) {
	lab := netlabtest.New(t)
	witnesses := map[string]func(*testing.T, int) table{"proc": procTable(t)}
	t.Run("with ss", func(t *testing.T) { witnesses["ss"] = ssTable(t) })
	for _, name := range kernel.StateNames() {
		t.Run(name, func(t *testing.T) {
			state, ok := kernel.ParseState(name)
			require.True(t, ok)
			recipe, ok := inState[state]
			require.True(t, ok, "nobody knows how to get there")
			e := recipe(t, lab)
			row := rowOf(t, lab, e, state)
			assert.Equal(t, state == kernel.Close, row.Bound)
			assert.True(t, row.Ours())
			if state == kernel.Close {
				return // ss of today and /proc/net/tcp leave out who only has a port
			}
			for who, look := range witnesses {
				netlabtest.Eventually(t, lab, who, func() bool { return look(t, int(e.Local.Port()))[e] == state })
			}
		})
	}
	var seen kernel.StateSet
	for i, sight := range lab.Sights() {
		seen = seen.Add(sight.State)
		assert.NotZero(t, sight.Sock, sight.State)
		if i > 0 {
			assert.LessOrEqual(t, lab.Sights()[i-1].At, sight.At)
		}
	}
	assert.Equal(t, kernel.StateNames(), seen.Names())
}

// A call that waits is in the table while it waits.
func TestSynSentOfABlockingConnect(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 0)
	require.NoError(t, tcp(t, lab).Connect(bg, addr))
	c := tcp(t, lab)
	c.SetLabel("phone")
	ended := make(chan error, 1)
	lab.Go(func() { ended <- c.Connect(bg, addr) })
	var row netlab.TableRow
	netlabtest.Eventually(t, lab, "SYN_SENT", func() bool {
		rows, _, err := lab.Table(false)
		require.NoError(t, err)
		for _, r := range rows {
			if r.Sock == c.ID() {
				row = r
			}
		}
		return row.State == kernel.SynSent
	})
	assert.Equal(t, "phone", row.Label)
	assert.Equal(t, addr, c.Info().Remote)
	require.NoError(t, ln.Close(bg), "the next SYN finds nobody")
	err := <-ended
	require.Equal(t, unix.ECONNREFUSED, netlab.Errno(err))
	assert.True(t, c.Info().Remote.IsZero(), "nobody answered there")
}

// What was seen before accept belongs to the connection, and to its listener.
func TestSeenBeforeAccept(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	c := tcp(t, lab)
	require.NoError(t, c.Connect(bg, addr))
	shut(t, c)
	row := rowOf(t, lab, endsOf(c).Mirror(), kernel.CloseWait)
	assert.Equal(t, []any{ln.ID(), true, -1}, []any{row.Sock, row.Queued, row.FD})
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	assert.True(t, conn.Info().Seen.Has(kernel.CloseWait))
	assert.True(t, ln.Info().Seen.Has(kernel.CloseWait))
	assert.True(t, ln.Info().Seen.Has(kernel.Listen))
	assert.False(t, c.Info().Seen.Has(kernel.CloseWait), "that is the other end")
	rowOf(t, lab, endsOf(c), kernel.FinWait2)
	assert.True(t, c.Info().Seen.Has(kernel.FinWait2))
}

// Two connections that have the same four numbers one after the other do not
// share what was seen of them.
func TestSeenIsOfOneConnection(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	port, err := netlab.FreePort(bg)
	require.NoError(t, err)
	connect := func() (c, s *netlab.Socket) {
		c = tcp(t, lab)
		require.NoError(t, c.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
		require.NoError(t, c.Bind(bg, netlab.Loopback(port)))
		require.NoError(t, c.Connect(bg, addr))
		s, _, err := ln.Accept(bg)
		require.NoError(t, err)
		return c, s
	}
	c, s := connect()
	e := endsOf(c)
	shut(t, c)
	rowOf(t, lab, e, kernel.FinWait2)
	linger(t, s, 0)
	require.NoError(t, s.Close(bg), "with a reset, so that the port is free at once")
	require.NoError(t, c.Close(bg))
	again, conn := connect()
	require.Equal(t, e, endsOf(again))
	row := rowOf(t, lab, e, kernel.Established)
	assert.Equal(t, []any{again.ID(), conn.ID(), false}, []any{row.Sock, row.Peer, row.Closed})
	assert.False(t, again.Info().Seen.Has(kernel.FinWait2))
	assert.True(t, c.Info().Seen.Has(kernel.FinWait2))
}

func TestTableOfAClosedLab(t *testing.T) {
	lab := netlabtest.New(t)
	pair(t, lab)
	_, _, err := lab.Table(false)
	require.NoError(t, err)
	before := lab.Sights()
	require.NoError(t, lab.Close())
	_, _, err = lab.Table(false)
	require.ErrorIs(t, err, netlab.ErrLabClosed)
	_, err = lab.Kernel()
	require.ErrorIs(t, err, netlab.ErrLabClosed)
	assert.Equal(t, before, lab.Sights(), "what was seen is remembered")
}

func TestTableWhileTheLabCloses(t *testing.T) {
	lab := netlabtest.New(t)
	for range 20 {
		pair(t, lab)
	}
	begun, ended := make(chan struct{}), make(chan error)
	go func() {
		for first := true; ; first = false {
			_, _, err := lab.Table(false)
			if first {
				close(begun)
			}
			if err != nil {
				ended <- err
				return
			}
		}
	}()
	<-begun
	require.NoError(t, lab.Close())
	require.ErrorIs(t, <-ended, netlab.ErrLabClosed)
}

// Where sock_diag is refused the table comes from /proc/net.
func TestTableFromProc(t *testing.T) {
	kernel.Use(kernel.ProcObservers)
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
	lab := netlabtest.New(t)
	c, s := pair(t, lab)
	s.SetLabel("conn")
	row := rowOf(t, lab, endsOf(s), kernel.Established)
	assert.Equal(t, []any{s.ID(), c.ID(), "conn"}, []any{row.Sock, row.Peer, row.Label})
	_, src, err := lab.Table(true)
	require.NoError(t, err)
	assert.Equal(t, kernel.ProcNet, src)
}

func TestNoTable(t *testing.T) {
	kernel.Use(kernel.NoObservers)
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
	lab := netlabtest.New(t)
	pair(t, lab)
	_, _, err := lab.Table(false)
	require.ErrorIs(t, err, kernel.ErrUnsupported)
	assert.Empty(t, lab.Sights())
}

// That no descriptor is left says nothing about the table of the kernel.
func TestTableAfterDescriptorsRanOut(t *testing.T) {
	lab := netlabtest.New(t)
	s, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Server)
	require.NoError(t, err)
	require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
	var limit unix.Rlimit
	require.NoError(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &limit))
	t.Cleanup(func() { _ = unix.Setrlimit(unix.RLIMIT_NOFILE, &limit) })
	none := limit
	none.Cur = 3
	require.NoError(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &none))
	_, _, err = lab.Table(false)
	require.NoError(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &limit))
	require.ErrorIs(t, err, unix.EMFILE)
	rows, _, err := lab.Table(false)
	require.NoError(t, err)
	assert.Len(t, living(rows), 1)
}

// A close that waits, by SO_LINGER, is in the table under the socket's name.
func TestTableWhileACloseLingers(t *testing.T) {
	lab := netlabtest.New(t)
	c, s := smallPair(t, lab)
	c.SetLabel("phone")
	e := endsOf(c)
	fill(t, c)
	linger(t, c, 60)
	ctx := within(t, netlabtest.Patience)
	closed := make(chan error, 1)
	lab.Go(func() { closed <- c.Close(ctx) })
	row := rowOf(t, lab, e, kernel.FinWait1)
	netlabtest.Eventually(t, lab, "closed", func() bool { row = rowOf(t, lab, e, kernel.FinWait1); return row.Closed })
	assert.Equal(t, []any{c.ID(), s.ID(), "phone", -1}, []any{row.Sock, row.Peer, row.Label, row.FD})
	drain(t, s)
	require.NoError(t, <-closed)
	assert.True(t, c.Info().Seen.Has(kernel.FinWait1))
	assert.Less(t, lab.Now(), time.Minute)
}
