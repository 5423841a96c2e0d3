package netlab_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

func TestParseAddr(t *testing.T) {
	good := map[string]string{
		"127.0.0.1:80": "127.0.0.1:80", ":80": "127.0.0.1:80", "localhost:0": "127.0.0.1:0", "0.0.0.0:65535": "0.0.0.0:65535",
		"[::1]:80": "[::1]:80", "::1:80": "[::1]:80", "[::ffff:127.0.0.1]:1": "127.0.0.1:1", "[fe80::1%7]:80": "[fe80::1%7]:80",
		"/tmp/s": "/tmp/s", "./s": "./s", "/a:b": "/a:b",
	}
	for in, want := range good {
		a, err := netlab.ParseAddr(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, a.String())
	}
	bad := map[string]string{
		"": "write HOST:PORT", "80": "write HOST:PORT", "localhost": "write HOST:PORT", "127.0.0.1:": "a port is a number",
		"127.0.0.1:65536": "a port is a number", "127.0.0.1:-1": "a port is a number", "127.0.0.1:+80": "a port is a number", "127.0.0.1:8O": "a port is a number",
		"example.org:80": "write an address", "/a\x00b": "no NUL", "127.1:80": "write an address", "[::1:80": "write an address", "[::1]": "a port is a number",
	}
	for in, want := range bad {
		_, err := netlab.ParseAddr(in)
		assert.ErrorContains(t, err, want, in)
	}
}

func TestZonesBecomeScopes(t *testing.T) {
	a := netlab.InetAddr(netip.MustParseAddr("fe80::1%lo"), 80)
	assert.NotZero(t, a.Scope)
	assert.Empty(t, a.IP.Zone())
	assert.Zero(t, netlab.InetAddr(netip.MustParseAddr("fe80::1%nosuch0"), 80).Scope)
}

// FuzzParseAddr: what was read is written so that it reads the same.
func FuzzParseAddr(f *testing.F) {
	for _, s := range []string{"127.0.0.1:80", "[::1]:0", "[fe80::1%7]:9", "/tmp/s", "@x", ":", "[]:1", "%:1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := netlab.ParseAddr(s)
		if err != nil {
			assert.True(t, a.IsZero())
			return
		}
		again, err := netlab.ParseAddr(a.String())
		require.NoError(t, err, "%q", a.String())
		assert.Equal(t, a, again)
	})
}

// An address that was never filled in is an error, not a panic.
func TestImpossibleAddresses(t *testing.T) {
	lab := netlabtest.New(t)
	for _, a := range []netlab.Addr{
		{}, {Family: 99}, {Family: unix.AF_INET}, {Family: unix.AF_INET6}, {Family: unix.AF_INET, IP: netip.IPv6Loopback()},
		{Family: unix.AF_INET, IP: netlab.Loopback(0).IP, Port: 1 << 20}, {Family: unix.AF_INET, IP: netlab.Loopback(0).IP, Port: -1},
	} {
		s := tcp(t, lab)
		assert.Error(t, s.Bind(bg, a), "%#v", a)
		assert.Error(t, s.Connect(bg, a), "%#v", a)
		_, err := s.SendTo(bg, []byte("x"), 0, a)
		assert.Error(t, err)
		_ = a.String()
	}
}

func TestUnixNames(t *testing.T) {
	lab := netlabtest.New(t)
	t.Chdir(t.TempDir())
	stream := func() *netlab.Socket {
		s, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
		require.NoError(t, err)
		return s
	}
	at := stream()
	require.NoError(t, at.Bind(bg, netlab.UnixAddr("@file")))
	assert.FileExists(t, "@file", "a name with an @ is a file, not an abstract name")
	ghost := "\x00socklab-" + strings.ReplaceAll(t.TempDir(), "/", "-")
	s := stream()
	require.NoError(t, s.Bind(bg, netlab.UnixAddr(ghost)))
	require.NoError(t, s.Listen(bg, 1))
	name, err := s.Getsockname(bg)
	require.NoError(t, err)
	assert.Equal(t, ghost, name.Path)
	assert.Equal(t, "@"+ghost[1:], name.String())
	require.NoError(t, stream().Connect(bg, name))
	_, from, err := s.Accept(bg)
	require.NoError(t, err)
	assert.Equal(t, netlab.UnixAddr(""), from, "the client has no name")
	assert.Equal(t, "(no name)", from.String())

	mark := lab.Journal().Mark()
	long := strings.Repeat("n", 107)
	require.NoError(t, stream().Bind(bg, netlab.UnixAddr(long)))
	events, _, _ := lab.Journal().Since(mark)
	assert.Equal(t, long, events[len(events)-1].Addr.Path, "a long path is remembered whole")
}
