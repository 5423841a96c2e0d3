package server_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
)

var bg = context.Background()

func kindNames() (names []string) {
	for _, k := range server.Kinds() {
		names = append(names, k.Name)
	}
	return names
}

func start(t *testing.T, lab *netlab.Lab, kind string, v server.Values) *server.Server {
	t.Helper()
	s, err := server.Start(lab, kind, v)
	require.NoError(t, err)
	return s
}

func dial(t *testing.T, lab *netlab.Lab, s *server.Server) *netlab.Socket {
	t.Helper()
	c, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	c.SetTimeout(netlabtest.Patience)
	require.NoError(t, c.Connect(bg, s.Addr()))
	return c
}

func ask(t *testing.T, c *netlab.Socket, text string) string {
	t.Helper()
	require.NoError(t, c.SendAll(bg, []byte(text), 0))
	return read(t, c)
}

func read(t *testing.T, c *netlab.Socket) string {
	t.Helper()
	buf := make([]byte, 4096)
	n, err := c.Recv(bg, buf, 0)
	require.NoError(t, err)
	return string(buf[:n])
}

func TestUpper(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "tcp-upper", nil)
	a, b := dial(t, lab, s), dial(t, lab, s)
	assert.Equal(t, "HI", ask(t, a, "hi"))
	assert.Equal(t, "你好A", ask(t, b, "你好a"), "bytes that are no ASCII stay")
	s.Stop()
	assert.Empty(t, read(t, a), "a server that is stopped hangs up politely")
}

func TestSequentialStarvesTheSecond(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "tcp-upper", server.Values{"sequential": true})
	a, b := dial(t, lab, s), dial(t, lab, s)
	assert.Equal(t, "A", ask(t, a, "a"))
	require.NoError(t, b.SendAll(bg, []byte("b"), 0))
	b.SetTimeout(0)
	_, err := b.Recv(bg, make([]byte, 1), 0)
	assert.Equal(t, unix.EAGAIN, netlab.Errno(err))
	require.NoError(t, a.Close(bg))
	b.SetTimeout(netlabtest.Patience)
	assert.Equal(t, "B", read(t, b))
}

func TestServerHangsUpFirst(t *testing.T) {
	lab := netlabtest.New(t)
	c := dial(t, lab, start(t, lab, "tcp-upper", server.Values{"hangup": "server"}))
	assert.Equal(t, "BYE", ask(t, c, "bye"))
	assert.Empty(t, read(t, c))
}

func TestFlawedSpinsUntilItsFuseBlows(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "tcp-upper", server.Values{"flawed": true, "fuse": 0.05})
	c := dial(t, lab, s)
	assert.Equal(t, "X", ask(t, c, "x"))
	require.NoError(t, c.Close(bg))
	empty := func() uint64 {
		var n uint64
		for _, info := range lab.Sockets() {
			n += info.Counts.Empty
		}
		return n
	}
	netlabtest.Eventually(t, lab, "it spins", func() bool { return empty() > 1000 })
	netlabtest.Eventually(t, lab, "the fuse blows", func() bool {
		for _, info := range lab.Sockets() {
			if info.By == netlab.Server && info.Backlog < 0 && info.Closed {
				return true
			}
		}
		return false
	})
}

func TestHTTP(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "http", server.Values{"text": "hello"})
	cases := []struct{ request, want string }{
		{"GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK"},
		{"GET / HTTP/1.0\n\n", "HTTP/1.0 200 OK"},
		{"GET /favicon.ico HTTP/1.1\r\n\r\n", "HTTP/1.0 404 Not Found"},
		{"POST / HTTP/1.0\r\n\r\n", "HTTP/1.0 501 Not Implemented"},
		{"hello\r\n\r\n", "HTTP/1.0 400 Bad Request"},
		{strings.Repeat("x", 20000), "HTTP/1.0 431"},
	}
	for _, tc := range cases {
		t.Run(tc.want, func(t *testing.T) {
			c := dial(t, lab, s)
			assert.Contains(t, ask(t, c, tc.request), tc.want)
			if len(tc.request) < 1024 {
				assert.Empty(t, read(t, c), "the end of the stream ends the answer")
			}
		})
	}
}

func TestSilentAndDeaf(t *testing.T) {
	lab := netlabtest.New(t)
	quiet := dial(t, lab, start(t, lab, "silent", nil))
	require.NoError(t, quiet.SendAll(bg, []byte("anybody?"), 0))
	quiet.SetTimeout(20 * time.Millisecond)
	_, err := quiet.Recv(bg, make([]byte, 1), 0)
	require.ErrorIs(t, err, netlab.ErrTimeout)

	deaf := start(t, lab, "deaf", server.Values{"backlog": 2})
	dial(t, lab, deaf)
	info, err := deaf.Socket().TCPInfo()
	require.NoError(t, err)
	assert.Equal(t, 1, info.Queued, "connected, but nobody has accepted")
}

func TestChunky(t *testing.T) {
	lab := netlabtest.New(t)
	split := dial(t, lab, start(t, lab, "chunky", server.Values{"schedule": []string{"2", "0.01s", "3"}}))
	got := ask(t, split, "abcdefg")
	assert.Equal(t, "AB", got, "the first piece comes alone")
	for len(got) < 7 {
		got += read(t, split)
	}
	assert.Equal(t, "ABCDEFG", got)

	glued := dial(t, lab, start(t, lab, "chunky", server.Values{"glue": 2}))
	require.NoError(t, glued.SendAll(bg, []byte("one"), 0))
	netlabtest.Eventually(t, lab, "the first message is read", func() bool {
		for _, info := range lab.Sockets() {
			if info.By == netlab.Server && info.Counts.In == 3 {
				return true
			}
		}
		return false
	})
	assert.Equal(t, "ONETWO", ask(t, glued, "two"))
}

func TestBadOptions(t *testing.T) {
	lab := netlabtest.New(t)
	taken := start(t, lab, "deaf", nil)
	cases := []struct {
		kind string
		v    server.Values
		want string
	}{
		{"tcp-uper", nil, `no server kind "tcp-uper"; there are: ` + strings.Join(kindNames(), ", ")},
		{"deaf", server.Values{"flawed": true}, `server deaf has no option "flawed"; there are: name, host, port, reuseaddr, backlog`},
		{"deaf", server.Values{"backlog": "many"}, "server deaf: option backlog: a whole number, please"},
		{"deaf", server.Values{"port": 70000}, "server deaf: option port: 70000 is no port: 0 to 65535"},
		{"chunky", server.Values{"schedule": "2 soon"}, `server chunky: option schedule: "soon" is neither a size nor a rest such as 0.5s`},
		{"tcp-upper", server.Values{"hangup": "nobody"}, `server tcp-upper: option hangup: "client" or "server", please`},
		{"deaf", server.Values{"port": taken.Addr().Port}, "bind " + taken.Addr().String() + ": address already in use"},
	}
	for _, c := range cases {
		_, err := server.Start(lab, c.kind, c.v)
		assert.EqualError(t, err, c.want)
	}
}
