package kernel

import (
	"net"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sources opens the table in both ways: each is the other's witness.
func sources(t *testing.T) map[Source]source {
	t.Helper()
	d, err := openDiag()
	require.NoError(t, err, "sock_diag is refused here")
	p, err := openProc()
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.close() })
	return map[Source]source{SockDiag: d, ProcNet: p}
}

func pair(t *testing.T, network, addr string) (ln net.Listener, client, server net.Conn) {
	t.Helper()
	ln, err := net.Listen(network, addr)
	require.NoError(t, err)
	client, err = net.Dial(network, ln.Addr().String())
	require.NoError(t, err)
	server, err = ln.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close(); _ = server.Close(); _ = ln.Close() })
	return ln, client, server
}

func addrOf(a net.Addr) netip.AddrPort {
	ap := netip.MustParseAddrPort(a.String())
	return plain(ap.Addr(), ap.Port())
}

func TestBothSourcesSeeAConnection(t *testing.T) {
	for _, addr := range []string{"127.0.0.1:0", "[::1]:0"} {
		ln, client, _ := pair(t, "tcp", addr)
		a, b := addrOf(ln.Addr()), addrOf(client.LocalAddr())
		_, err := client.Write([]byte("12345"))
		require.NoError(t, err)
		for name, src := range sources(t) {
			rows, err := src.rows(nil, Query{Ports: []int{1, 2, int(a.Port())}})
			require.NoError(t, err)
			rows = living(rows)
			require.Len(t, rows, 3, name)
			find := func(e Ends) Row {
				i := slices.IndexFunc(rows, func(r Row) bool { return r.Ends() == e })
				require.GreaterOrEqual(t, i, 0, "%s: no row %v", name, e)
				return rows[i]
			}
			listen := find(Ends{a, netip.AddrPortFrom(netip.IPv6Unspecified(), 0)}.orV4(a))
			assert.Equal(t, Listen, listen.State, name)
			assert.NotZero(t, listen.Inode)
			server := find(Ends{a, b})
			assert.Equal(t, []any{Established, 5}, []any{server.State, server.Recv}, name)
			row, ok, err := src.lookup(Ends{b, a})
			require.NoError(t, err)
			assert.True(t, ok)
			assert.Equal(t, Established, row.State)
			_, ok, err = src.lookup(Ends{a, netip.AddrPortFrom(b.Addr(), b.Port()^1)})
			require.NoError(t, err)
			assert.False(t, ok, "a listener is no connection")
		}
	}
}

// orV4 is the wildcard of a listener's row in the listener's own family.
func (e Ends) orV4(a netip.AddrPort) Ends {
	if a.Addr().Is4() {
		e.Remote = netip.AddrPortFrom(netip.IPv4Unspecified(), 0)
	}
	return e
}

// living are the rows of today: a port may have been somebody's a minute ago.
func living(rows []Row) []Row {
	return slices.DeleteFunc(rows, func(r Row) bool { return r.State == TimeWait })
}

func TestFilterIsExact(t *testing.T) {
	var ports []int
	for range 40 {
		ln, _, _ := pair(t, "tcp4", "127.0.0.1:0")
		p := int(addrOf(ln.Addr()).Port())
		ports = append(ports, p)
	}
	slices.Sort(ports)
	for name, src := range sources(t) {
		for _, n := range []int{1, 2, 3, 40} {
			rows, err := src.rows(nil, Query{Ports: ports[:n]})
			require.NoError(t, err)
			assert.Len(t, living(rows), 3*n, "%s with %d ports", name, n)
		}
		many := slices.Clone(ports)
		for p := range maxFilter {
			many = append(many, 1+p%900) // more than the kernel is asked to compare
		}
		slices.Sort(many)
		rows, err := src.rows(nil, Query{Ports: many})
		require.NoError(t, err)
		assert.GreaterOrEqual(t, len(rows), 120, name)
		for _, r := range rows {
			assert.True(t, slices.Contains(many, int(r.Local.Port())) || slices.Contains(many, int(r.Remote.Port())))
		}
	}
}
