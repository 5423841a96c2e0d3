package kernel

import (
	"net"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// message is a netlink message of the kind with the body.
func message(kind, flags uint16, seq uint32, body []byte) []byte {
	p := native.AppendUint32(nil, uint32(unix.NLMSG_HDRLEN+len(body)))
	p = native.AppendUint16(p, kind)
	p = native.AppendUint16(p, flags)
	p = native.AppendUint32(p, seq)
	p = append(native.AppendUint32(p, 0), body...)
	return append(p, make([]byte, align(len(p))-len(p))...)
}

// errno is the body of an NLMSG_ERROR or NLMSG_DONE.
func errno(n int32) []byte { return native.AppendUint32(nil, uint32(n)) }

func TestMessages(t *testing.T) {
	const seq = 7
	row := message(sockDiagByFamily, 0, seq, []byte("row"))
	cases := []struct {
		name   string
		p      []byte
		single bool
		taken  int
		done   bool
		err    error
	}{
		{"nothing", nil, false, 0, false, nil},
		{"a row", row, false, 1, false, nil},
		{"a row and the end", append(row[:len(row):len(row)], message(unix.NLMSG_DONE, 0, seq, errno(0))...), false, 2, true, nil},
		{"an end without a body", message(unix.NLMSG_DONE, 0, seq, nil), false, 1, true, nil},
		{"the one answer", row, true, 1, true, nil},
		{"rows of an earlier answer", message(sockDiagByFamily, 0, seq-1, []byte("row")), false, 0, false, nil},
		{"a refusal", message(unix.NLMSG_ERROR, 0, seq, errno(-int32(unix.EPERM))), false, 0, true, unix.EPERM},
		{"a refusal of an earlier question", message(unix.NLMSG_ERROR, 0, seq-1, errno(-int32(unix.EPERM))), false, 0, false, nil},
		{"an acknowledgement", message(unix.NLMSG_ERROR, 0, seq, errno(0)), false, 0, true, nil},
		{"a dump that the kernel broke off", message(unix.NLMSG_DONE, 0, seq, errno(-int32(unix.ENOENT))), false, 1, true, unix.ENOENT},
		{"an error without a number", message(unix.NLMSG_ERROR, 0, seq, []byte{1}), false, 0, true, errMalformed},
		{"longer than it is", native.AppendUint32(nil, 99)[:4:4], false, 0, false, nil},
		{"a length beyond the end", func() []byte { p := message(sockDiagByFamily, 0, seq, nil); native.PutUint32(p, 17); return p }(), false, 0, true, errMalformed},
		{"a length of nothing", make([]byte, 16), false, 0, true, errMalformed},
		{"a kind of its own", message(99, 0, seq, nil), false, 0, false, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, taken := &diag{seq: seq}, 0
			done, err := d.messages(c.p, c.single, func(uint16, []byte) { taken++ })
			assert.Equal(t, []any{c.taken, c.done}, []any{taken, done})
			assert.ErrorIs(t, err, c.err)
		})
	}
}

// Whatever comes from the socket, nothing is read beyond it.
func FuzzMessages(f *testing.F) {
	inet := make([]byte, inetMsgSize)
	inet[0], inet[1] = unix.AF_INET, byte(Established)
	memory := append(native.AppendUint16(native.AppendUint16(nil, 40), attrMemory), make([]byte, 36)...)
	f.Add(append(message(tcpDiag, 0, 7, append(inet, memory...)), message(unix.NLMSG_DONE, 0, 7, errno(0))...), false)
	info := append(native.AppendUint16(native.AppendUint16(nil, 12), attrInfo), 10, 0, 0, 0, 0, 0, 0, 0)
	f.Add(message(sockDiagByFamily, 0, 7, append(inet[:inetMsgSize:inetMsgSize], info...)), true)
	name := append(native.AppendUint16(native.AppendUint16(nil, 7), unixName), 0, 'a', 'b', 0)
	f.Add(message(sockDiagByFamily, unix.NLM_F_DUMP_INTR, 7, append(make([]byte, unixMsgSize), name...)), false)
	f.Add(message(unix.NLMSG_ERROR, 0, 7, errno(-1)), false)
	f.Fuzz(func(t *testing.T, p []byte, single bool) {
		d := &diag{seq: 7}
		_, _ = d.messages(p, single, func(_ uint16, body []byte) {
			for _, parse := range []func([]byte, *Row) bool{parseInet, parseUnix} {
				var r Row
				if !parse(body, &r) {
					continue
				}
				assert.NotEqual(t, Unknown, r.State)
				assert.NotEmpty(t, r.State.String())
				assert.GreaterOrEqual(t, r.Left(), r.Left()*0)
				assert.GreaterOrEqual(t, r.Drops, -1)
				assert.LessOrEqual(t, len(r.Path), len(body))
			}
		})
	})
}

func FuzzParseUnixRow(f *testing.F) {
	f.Add("0000000000000000: 00000002 00000000 00010000 0001 01 20355 /run/a  b")
	f.Add("0000000000000000: 00000003 00000000 00000000 0001 03 20356")
	f.Fuzz(func(t *testing.T, line string) {
		if r, ok := parseUnixRow(line); ok {
			assert.Contains(t, []State{Listen, Established, Close}, r.State)
		}
	})
}

// Without sock_diag, as in some sandboxes, the table comes from /proc/net.
func TestSockDiagRefused(t *testing.T) {
	cases := map[string]int{
		"the socket":   31,                   // a protocol that nobody has
		"the question": unix.NETLINK_GENERIC, // which knows none of this kind
	}
	for what, protocol := range cases {
		t.Run(what, func(t *testing.T) {
			diagProtocol = protocol
			t.Cleanup(func() { diagProtocol = unix.NETLINK_SOCK_DIAG })
			_, err := openDiag()
			require.Error(t, err)
			require.Error(t, Works(SockDiag))
			table, err := Open()
			require.NoError(t, err)
			defer table.Close()
			assert.Equal(t, ProcNet, table.Source())
			ln, _, _ := pair(t, "tcp", "127.0.0.1:0")
			rows, err := table.Rows(Query{Ports: []int{int(addrOf(ln.Addr()).Port())}})
			require.NoError(t, err)
			assert.Len(t, living(rows), 3)
		})
	}
}

func TestAClosedTable(t *testing.T) {
	table, err := Open()
	require.NoError(t, err)
	require.NoError(t, table.Close())
	require.NoError(t, table.Close(), "a second time there is nothing to do")
	_, err = table.Rows(Query{})
	require.ErrorIs(t, err, ErrUnsupported)
	a := netip.MustParseAddrPort("127.0.0.1:1")
	_, _, err = table.Lookup(Ends{a, a})
	require.ErrorIs(t, err, ErrUnsupported)
	assert.Empty(t, table.Source())
}

func TestLookupOfNonsense(t *testing.T) {
	table, err := Open()
	require.NoError(t, err)
	defer table.Close()
	four, six := netip.MustParseAddrPort("127.0.0.1:1"), netip.MustParseAddrPort("[::1]:1")
	for _, e := range []Ends{{}, {Local: four}, {four, six}} {
		_, ok, err := table.Lookup(e)
		require.NoError(t, err)
		assert.False(t, ok)
	}
}

// bind without listen: TCP sockets of both families, which only sock_diag shows.
func TestBoundRows(t *testing.T) {
	d := sources(t)[SockDiag]
	for _, sa := range []unix.Sockaddr{&unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}, &unix.SockaddrInet6{Addr: netip.IPv6Loopback().As16()}} {
		family := unix.AF_INET
		if _, six := sa.(*unix.SockaddrInet6); six {
			family = unix.AF_INET6
		}
		fd, err := unix.Socket(family, unix.SOCK_STREAM, 0)
		require.NoError(t, err)
		t.Cleanup(func() { _ = unix.Close(fd) })
		require.NoError(t, unix.Bind(fd, sa))
		sa, err = unix.Getsockname(fd)
		require.NoError(t, err)
		port := portOf(sa)
		rows, err := d.rows(nil, Query{Ports: []int{port}})
		require.NoError(t, err)
		rows = living(rows)
		require.Len(t, rows, 1)
		assert.Equal(t, []any{true, Close, port}, []any{rows[0].Bound, rows[0].State, int(rows[0].Local.Port())})
		rows, err = d.rows(nil, Query{Ports: []int{port}, SkipBound: true})
		require.NoError(t, err)
		assert.Empty(t, living(rows))
	}
}

func portOf(sa unix.Sockaddr) int {
	if six, ok := sa.(*unix.SockaddrInet6); ok {
		return six.Port
	}
	return sa.(*unix.SockaddrInet4).Port
}

// What a page of /proc/net repeats counts once.
func TestDistinct(t *testing.T) {
	a, b := netip.MustParseAddrPort("127.0.0.1:1"), netip.MustParseAddrPort("127.0.0.1:2")
	none := netip.MustParseAddrPort("0.0.0.0:0")
	rows := distinct([]Row{
		{State: Listen, Local: a, Remote: none, Inode: 1},
		{State: Established, Local: a, Remote: b, Inode: 3},
		{State: Listen, Local: a, Remote: none, Inode: 2},                                            // SO_REUSEPORT
		{State: FinWait2, Local: a, Remote: b},                                                       // read later
		{Proto: Unix, State: Established, Path: "/x"}, {Proto: Unix, State: Established, Path: "/x"}, // two that wait for accept
		{Proto: UDP, State: Close, Local: a, Remote: none, Inode: 5}, {Proto: UDP, State: Close, Local: a, Remote: none, Inode: 5},
	})
	var states []State
	for _, r := range rows {
		states = append(states, r.State)
	}
	assert.Equal(t, []State{Listen, FinWait2, Listen, Established, Established, Close}, states)
}

// A question after one that was given up gets its own answer.
func TestAskAgainAfterAnError(t *testing.T) {
	d, err := openDiag()
	require.NoError(t, err)
	defer d.close()
	bad := tcpRequest(Query{})
	bad = append(bad, 8, 0, attrBytecode, 0, 1, 1, 1, 1) // bytecode that goes nowhere
	require.ErrorIs(t, d.ask(tcpDiag, bad, unix.NLM_F_DUMP, func(uint16, []byte) {}), unix.EINVAL)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	rows, err := d.rows(nil, Query{Ports: []int{int(addrOf(ln.Addr()).Port())}})
	require.NoError(t, err)
	assert.Len(t, living(rows), 1)
}
