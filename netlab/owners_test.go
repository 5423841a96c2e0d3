package netlab_test

import (
	"net"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// named is what the lab says of a row.
type named struct {
	sock, fd       int
	label          string
	queued, closed bool
	peer           int
}

func nameOf(r netlab.TableRow) named {
	return named{r.Sock, r.FD, r.Label, r.Queued, r.Closed, r.Peer}
}

func TestRowsOfAConnection(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 5)
	ln.SetLabel("ln")
	c := tcp(t, lab)
	c.SetLabel("phone")
	require.NoError(t, c.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetLabel("conn") // a name that comes after the table knew the socket
	row := rowOf(t, lab, endsOf(conn), kernel.Established)
	assert.Equal(t, named{conn.ID(), conn.Fileno(), "conn", false, false, c.ID()}, nameOf(row))
	row = rowOf(t, lab, endsOf(c), kernel.Established)
	assert.Equal(t, named{c.ID(), c.Fileno(), "phone", false, false, conn.ID()}, nameOf(row))

	waiting := tcp(t, lab)
	require.NoError(t, waiting.Connect(bg, addr))
	row = rowOf(t, lab, endsOf(waiting).Mirror(), kernel.Established)
	assert.Equal(t, named{ln.ID(), -1, "ln", true, false, waiting.ID()}, nameOf(row), "not accepted yet")
	assert.Zero(t, row.Inode)
	row = rowOf(t, lab, endsOf(ln), kernel.Listen)
	assert.Equal(t, named{ln.ID(), ln.Fileno(), "ln", false, false, 0}, nameOf(row))
	assert.Equal(t, []int{1, 5}, []int{row.Row.Queued(), row.Backlog()})

	e := endsOf(c)
	require.NoError(t, c.Close(bg))
	await(t, lab, conn, kernel.CloseWait)
	require.NoError(t, conn.Close(bg))
	row = rowOf(t, lab, e, kernel.TimeWait)
	assert.Equal(t, named{c.ID(), -1, "phone", false, true, conn.ID()}, nameOf(row))
	assert.Positive(t, row.Left())
	assert.LessOrEqual(t, row.Left(), kernel.TimeWaitLength)
}

func TestRowInSynRecv(t *testing.T) {
	lab := netlabtest.New(t)
	e := inState[kernel.SynRecv](t, lab)
	row := rowOf(t, lab, e, kernel.SynRecv)
	ln := lab.Find(row.Sock)
	require.NotNil(t, ln)
	assert.Equal(t, e.Local, endsOf(ln).Local)
	client := lab.Find(row.Peer)
	require.NotNil(t, client)
	assert.Equal(t, named{ln.ID(), -1, "", true, false, client.ID()}, nameOf(row))
	assert.True(t, ln.Info().Seen.Has(kernel.SynRecv))
}

func TestRowsOfForeignSockets(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	dialled, err := net.Dial("tcp", addr.String())
	require.NoError(t, err)
	defer dialled.Close()
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	row := rowOf(t, lab, endsOf(conn).Mirror(), kernel.Established)
	assert.Equal(t, named{0, -1, "", false, false, conn.ID()}, nameOf(row))
	assert.True(t, row.Ours())
	assert.NotZero(t, row.Inode)

	// Who has a port that the lab asked for is in the table, listening or not.
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	require.NoError(t, err)
	defer unix.Close(fd)
	require.NoError(t, unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	sa, err := unix.Getsockname(fd)
	require.NoError(t, err)
	taken := netlab.Loopback(sa.(*unix.SockaddrInet4).Port)
	require.Equal(t, unix.EADDRINUSE, netlab.Errno(tcp(t, lab).Bind(bg, taken)))
	none := netip.AddrPortFrom(netip.IPv4Unspecified(), 0)
	row = rowOf(t, lab, kernel.Ends{Local: addrPort(taken), Remote: none}, kernel.Close)
	assert.True(t, row.Bound)
	assert.False(t, row.Ours())
}

func TestRowOfAMappedClient(t *testing.T) {
	lab := netlabtest.New(t)
	ln, err := lab.Socket(unix.AF_INET6, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	require.NoError(t, ln.Setsockopt(bg, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, 0))
	if err := ln.Bind(bg, netlab.InetAddr(netip.IPv6Unspecified(), 0)); err != nil {
		t.Skipf("this system has no IPv6 (sysctl net.ipv6.conf.all.disable_ipv6=0): %v", err)
	}
	require.NoError(t, ln.Listen(bg, 2))
	c := tcp(t, lab)
	require.NoError(t, c.Connect(bg, netlab.Loopback(ln.Info().Local.Port)))
	row := rowOf(t, lab, endsOf(c).Mirror(), kernel.Established)
	assert.Equal(t, named{ln.ID(), -1, "", true, false, c.ID()}, nameOf(row), "IPv4 in the queue of an IPv6 listener")
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	row = rowOf(t, lab, endsOf(c).Mirror(), kernel.Established)
	assert.Equal(t, named{conn.ID(), conn.Fileno(), "", false, false, c.ID()}, nameOf(row))
	assert.True(t, row.Local.Addr().Is4())
	table, err := lab.Kernel()
	require.NoError(t, err)
	found, ok, err := table.Lookup(endsOf(conn))
	require.NoError(t, err)
	assert.True(t, ok, "an exact question finds it as well")
	assert.Equal(t, row.Inode, found.Inode)
	row = rowOf(t, lab, endsOf(ln), kernel.Listen)
	assert.Equal(t, ln.ID(), row.Sock)
	row = rowOf(t, lab, endsOf(c), kernel.Established)
	assert.Equal(t, conn.ID(), row.Peer)
}

// A connection with two descriptors is named by one that is open.
func TestRowsAfterDup(t *testing.T) {
	lab := netlabtest.New(t)
	c, s := pair(t, lab)
	c.SetLabel("first")
	dup, err := c.Dup(bg)
	require.NoError(t, err)
	dup.SetLabel("second")
	require.NoError(t, dup.Close(bg))
	row := rowOf(t, lab, endsOf(c), kernel.Established)
	assert.Equal(t, named{c.ID(), c.Fileno(), "first", false, false, s.ID()}, nameOf(row))
	dup, err = c.Dup(bg)
	require.NoError(t, err)
	e := endsOf(c)
	require.NoError(t, c.Close(bg))
	row = rowOf(t, lab, e, kernel.Established)
	assert.Equal(t, named{dup.ID(), dup.Fileno(), "", false, false, s.ID()}, nameOf(row))
}

func TestRowsAfterDetach(t *testing.T) {
	lab := netlabtest.New(t)
	c, s := pair(t, lab)
	e := endsOf(c)
	fd := c.Detach()
	row := rowOf(t, lab, e, kernel.Established)
	assert.Equal(t, named{c.ID(), -1, "", false, true, s.ID()}, nameOf(row))
	back, err := lab.FromFD(fd, netlab.Learner)
	require.NoError(t, err)
	row = rowOf(t, lab, e, kernel.Established)
	assert.Equal(t, named{back.ID(), fd, "", false, false, s.ID()}, nameOf(row))
	row = rowOf(t, lab, e.Mirror(), kernel.Established)
	assert.Equal(t, back.ID(), row.Peer)
}

// Two listeners share a port with SO_REUSEPORT: each row has its own name.
func TestRowsOfASharedPort(t *testing.T) {
	lab := netlabtest.New(t)
	byInode := map[uint64]*netlab.Socket{}
	addr := netlab.Loopback(0)
	for _, name := range []string{"one", "two", "idle"} {
		ln := tcp(t, lab)
		ln.SetLabel(name)
		require.NoError(t, ln.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1))
		require.NoError(t, ln.Bind(bg, addr))
		addr = ln.Info().Local
		if name != "idle" {
			require.NoError(t, ln.Listen(bg, 1))
		}
		byInode[ln.Inode()] = ln
	}
	rows, _, err := lab.Table(false)
	require.NoError(t, err)
	rows = living(rows)
	require.Len(t, rows, 3)
	for _, r := range rows {
		ln := byInode[r.Inode]
		require.NotNil(t, ln)
		assert.Equal(t, []any{ln.ID(), ln.Label()}, []any{r.Sock, r.Label})
		assert.Equal(t, ln.Label() == "idle", r.Bound)
	}
}

// What the lab has forgotten stands in nobody's queue.
func TestAForgottenConnectionIsNotQueued(t *testing.T) {
	if testing.Short() {
		t.Skip("closes thousands of sockets (go test without -short)")
	}
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	dialled, err := net.Dial("tcp", addr.String())
	require.NoError(t, err)
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	e := endsOf(conn)
	require.NoError(t, conn.Close(bg))
	require.NoError(t, dialled.Close())
	row := rowOf(t, lab, e, kernel.TimeWait)
	assert.Equal(t, conn.ID(), row.Sock)
	for lab.Find(conn.ID()) != nil {
		require.NoError(t, tcp(t, lab).Close(bg))
	}
	row = rowOf(t, lab, e, kernel.TimeWait)
	assert.Equal(t, named{0, -1, "", false, false, 0}, nameOf(row))
}

// Thousands of sockets of others are not the lab's, and not in its table.
func TestForeignSocketsStayOut(t *testing.T) {
	const many = 2500
	room(t, 2*many+200)
	foreign(t, many)
	lab := netlabtest.New(t)
	c, s := pair(t, lab)
	rows, _, err := lab.Table(false)
	require.NoError(t, err)
	rows = living(rows)
	assert.Len(t, rows, 3)
	for _, r := range rows {
		assert.True(t, r.Ours())
	}
	all, _, err := lab.Table(true)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(all), 2*many+3)
	ours := 0
	for _, r := range living(all) {
		if r.Ours() {
			ours++
		}
	}
	assert.Equal(t, 3, ours)
	assert.Equal(t, c.ID(), rowOf(t, lab, endsOf(s), kernel.Established).Peer)
}

// living are the rows of today: a port may have been somebody's a minute ago.
func living(rows []netlab.TableRow) []netlab.TableRow {
	return slices.DeleteFunc(rows, func(r netlab.TableRow) bool { return r.State == kernel.TimeWait })
}
