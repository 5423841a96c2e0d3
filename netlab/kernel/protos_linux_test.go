package kernel

import (
	"net"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// eventually asks until the one row with the property says what it should.
func eventually(t *testing.T, src source, q Query, is func(*Row) bool, want func(*Row) bool) Row {
	t.Helper()
	var last Row
	require.Eventually(t, func() bool {
		rows, err := src.rows(nil, q)
		require.NoError(t, err)
		i := slices.IndexFunc(rows, func(r Row) bool { return is(&r) })
		if i < 0 {
			return false
		}
		last = rows[i]
		return want(&last)
	}, 10*time.Second, time.Millisecond, "%v", &last)
	return last
}

func TestRowsOfUDP(t *testing.T) {
	for _, addr := range []string{"127.0.0.1:0", "[::1]:0"} {
		pc, err := net.ListenPacket("udp", addr)
		require.NoError(t, err)
		t.Cleanup(func() { _ = pc.Close() })
		require.NoError(t, pc.(*net.UDPConn).SetReadBuffer(4096))
		client, err := net.Dial("udp", pc.LocalAddr().String())
		require.NoError(t, err)
		t.Cleanup(func() { _ = client.Close() })
		for range 100 {
			_, err = client.Write(make([]byte, 1000))
			require.NoError(t, err)
		}
		server, sender := addrOf(pc.LocalAddr()), addrOf(client.LocalAddr())
		q := Query{Proto: UDP, Ports: []int{int(server.Port())}}
		drops := map[Source]int{}
		for name, src := range sources(t) {
			row := eventually(t, src, q, func(r *Row) bool { return r.Local == server }, func(r *Row) bool { return r.Drops > 0 })
			assert.Equal(t, []any{UDP, Close, false}, []any{row.Proto, row.State, row.Bound}, "%s: a UDP socket has no states", name)
			assert.Positive(t, row.Recv, name)
			assert.NotZero(t, row.Inode, name)
			drops[name] = row.Drops
			row = eventually(t, src, q, func(r *Row) bool { return r.Local == sender }, func(*Row) bool { return true })
			assert.Equal(t, []any{Established, server}, []any{row.State, row.Remote}, "%s: connected", name)
		}
		assert.Equal(t, drops[ProcNet], drops[SockDiag])
	}
}

func TestRowsOfUnix(t *testing.T) {
	path := filepath.Join(t.TempDir(), "with  two spaces")
	abstract := "\x00socklab-test-" + filepath.Base(t.TempDir())
	for _, name := range []string{path, abstract} {
		given := name
		if name[0] == 0 {
			given = "@" + name[1:]
		}
		ln, err := net.Listen("unix", given)
		require.NoError(t, err)
		t.Cleanup(func() { _ = ln.Close() })
		client, err := net.Dial("unix", given)
		require.NoError(t, err)
		t.Cleanup(func() { _ = client.Close() })
		q := Query{Proto: Unix}
		listens := func(r *Row) bool { return r.Path == name && r.State == Listen }
		for source, src := range sources(t) {
			row := eventually(t, src, q, listens, func(*Row) bool { return true })
			assert.Equal(t, Unix, row.Proto)
			assert.NotZero(t, row.Inode, source)
			if source == SockDiag {
				assert.Equal(t, 1, row.Queued(), "not accepted yet")
				assert.Positive(t, row.Backlog())
			}
		}
		conn, err := ln.Accept()
		require.NoError(t, err)
		t.Cleanup(func() { _ = conn.Close() })
		inode := inodeOf(t, conn.(*net.UnixConn))
		for source, src := range sources(t) {
			row := eventually(t, src, q, func(r *Row) bool { return r.Inode == inode }, func(*Row) bool { return true })
			assert.Equal(t, []any{Established, name}, []any{row.State, row.Path}, source)
		}
	}
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = unix.Close(fds[0]), unix.Close(fds[1]) })
	for source, src := range sources(t) {
		row := eventually(t, src, Query{Proto: Unix}, func(r *Row) bool { return r.Inode == inodeOfFD(t, fds[0]) }, func(*Row) bool { return true })
		assert.Empty(t, row.Path, source)
	}
}

func inodeOf(t *testing.T, c *net.UnixConn) (inode uint64) {
	t.Helper()
	rc, err := c.SyscallConn()
	require.NoError(t, err)
	require.NoError(t, rc.Control(func(fd uintptr) { inode = inodeOfFD(t, int(fd)) }))
	return inode
}

func inodeOfFD(t *testing.T, fd int) uint64 {
	t.Helper()
	var st unix.Stat_t
	require.NoError(t, unix.Fstat(fd, &st))
	return st.Ino
}

func TestUnixPath(t *testing.T) {
	for raw, want := range map[string]string{"": "", "/a\x00": "/a", "/a": "/a", "\x00a": "\x00a", "\x00a\x00": "\x00a\x00"} {
		assert.Equal(t, want, unixPath([]byte(raw)))
	}
	r, ok := parseUnixRow("0: 00000002 00000000 00010000 0001 01 20355 @a b@")
	require.True(t, ok)
	assert.Equal(t, "\x00a b@", r.Path)
}
