package view

import (
	"context"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

var bg = context.Background()

func open(t *testing.T, lab *netlab.Lab, typ int, label string) *netlab.Socket {
	t.Helper()
	s, err := lab.Socket(unix.AF_INET, typ, 0, netlab.Learner)
	require.NoError(t, err)
	s.SetLabel(label)
	s.SetTimeout(netlabtest.Patience)
	return s
}

func listener(t *testing.T, lab *netlab.Lab, backlog int) (*netlab.Socket, netlab.Addr) {
	t.Helper()
	ln := open(t, lab, unix.SOCK_STREAM, "ln")
	require.NoError(t, ln.Bind(bg, netlab.Loopback(0)))
	require.NoError(t, ln.Listen(bg, backlog))
	return ln, ln.Info().Local
}

func pair(t *testing.T, lab *netlab.Lab) (client, conn *netlab.Socket) {
	t.Helper()
	ln, addr := listener(t, lab, 1)
	client = open(t, lab, unix.SOCK_STREAM, "phone")
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetLabel("conn")
	conn.SetTimeout(netlabtest.Patience)
	return client, conn
}

func send(t *testing.T, s *netlab.Socket, text string) {
	t.Helper()
	require.NoError(t, s.SendAll(bg, []byte(text), 0))
}

func recv(s *netlab.Socket) error { _, err := s.Recv(bg, make([]byte, 64), 0); return err }

func reaches(t *testing.T, lab *netlab.Lab, s *netlab.Socket, state kernel.State) {
	t.Helper()
	netlabtest.Eventually(t, lab, state.String(), func() bool { return s.Info().State == state })
}

// ladder tells what the ladder of a connection shows: who sent which segment.
// Without a right socket the other end is outside the lab.
func ladder(lab *netlab.Lab, left, right *netlab.Socket) (Ladder, string) {
	far := netlab.SocketInfo{Label: "the other end", Local: left.Info().Remote, Type: left.Type, Family: left.Family}
	if right != nil {
		far = right.Info()
	}
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	l := BuildLadder(events, left.Info(), far)
	var list []string
	ended := false
	for _, r := range l.Rungs {
		ended = ended || r.Segment == "FIN"
		switch {
		case r.Segment == "", ended && r.Segment == "ACK": // that depends on the time
		case r.ToRight:
			list = append(list, ">"+r.Segment)
		default:
			list = append(list, "<"+r.Segment)
		}
	}
	return l, strings.Join(list, " ")
}

const handshake = ">SYN <SYN, ACK >ACK"

func TestLadderOfTheEnds(t *testing.T) {
	cases := []struct {
		name string
		tell func(t *testing.T, lab *netlab.Lab) (left, right *netlab.Socket)
		want string
	}{
		{"the server closes first", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, b.Close(bg))
			require.NoError(t, recv(a))
			require.NoError(t, a.Close(bg))
			return a, b
		}, handshake + " <FIN >FIN"},
		{"half-close, and no second FIN at the close", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, b.Shutdown(bg, unix.SHUT_RD))
			require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
			require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
			reaches(t, lab, b, kernel.CloseWait)
			send(t, b, "ab")
			require.NoError(t, recv(a))
			require.NoError(t, b.Close(bg))
			require.NoError(t, a.Close(bg))
			return a, b
		}, handshake + " >FIN <2 bytes <FIN"},
		{"closed with unread bytes", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			send(t, a, "ab")
			netlabtest.Eventually(t, lab, "bytes", func() bool { return b.Info().Unread == 2 })
			require.NoError(t, b.Close(bg))
			require.Error(t, recv(a))
			require.NoError(t, a.Close(bg))
			return a, b
		}, handshake + " >2 bytes <RST"},
		{"SO_LINGER (1, 0)", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, a.SetsockoptBytes(bg, unix.SOL_SOCKET, unix.SO_LINGER, []byte{1, 0, 0, 0, 0, 0, 0, 0}))
			require.NoError(t, a.Close(bg))
			return a, b
		}, handshake + " >RST"},
		{"bytes for a closed socket", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, b.Close(bg))
			reaches(t, lab, a, kernel.CloseWait)
			send(t, a, "x")
			reaches(t, lab, a, kernel.Close)
			require.Error(t, a.SendAll(bg, []byte("y"), 0))
			return a, b
		}, handshake + " <FIN >1 byte <RST"},
		{"a second descriptor", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			_, err := a.Dup(bg)
			require.NoError(t, err)
			require.NoError(t, a.Close(bg))
			return a, b
		}, handshake},
		{"refused", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			shop, a := open(t, lab, unix.SOCK_STREAM, "shop"), open(t, lab, unix.SOCK_STREAM, "phone")
			require.NoError(t, shop.Bind(bg, netlab.Loopback(0)))
			require.Error(t, a.Connect(bg, shop.Info().Local))
			require.NoError(t, a.Close(bg))
			return a, nil
		}, ">SYN <RST, ACK"},
		{"refused later", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			shop, a := open(t, lab, unix.SOCK_STREAM, "shop"), open(t, lab, unix.SOCK_STREAM, "phone")
			require.NoError(t, shop.Bind(bg, netlab.Loopback(0)))
			a.SetTimeout(0)
			require.Error(t, a.Connect(bg, shop.Info().Local))
			reaches(t, lab, a, kernel.Close)
			require.Error(t, recv(a))
			return a, nil
		}, ">SYN <RST, ACK"},
		{"pending", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			_, addr := listener(t, lab, 0)
			require.NoError(t, open(t, lab, unix.SOCK_STREAM, "first").Connect(bg, addr))
			a := open(t, lab, unix.SOCK_STREAM, "phone")
			a.SetTimeout(0)
			require.Error(t, a.Connect(bg, addr))
			require.Error(t, a.Connect(bg, addr))
			return a, nil
		}, ">SYN"},
		{"pending, then connected", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			ln, addr := listener(t, lab, 1)
			a := open(t, lab, unix.SOCK_STREAM, "phone")
			a.SetTimeout(0)
			require.Error(t, a.Connect(bg, addr))
			reaches(t, lab, a, kernel.Established)
			require.NoError(t, a.Connect(bg, addr))
			b, _, err := ln.Accept(bg)
			require.NoError(t, err)
			return a, b
		}, handshake},
		{"no way there", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, _ := pair(t, lab)
			c := open(t, lab, unix.SOCK_STREAM, "ln")
			require.NoError(t, c.Bind(bg, netlab.Loopback(0)))
			require.NoError(t, c.Listen(bg, 1))
			require.Error(t, c.Connect(bg, a.Info().Local))
			require.NoError(t, c.Close(bg))
			return c, nil
		}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			lab := netlabtest.New(t)
			left, right := c.tell(t, lab)
			l, got := ladder(lab, left, right)
			assert.Equal(t, c.want, got)
			everywhere(t, func(r *Renderer) { r.Ladder(l) })
		})
	}
}

func TestLadderWithAnOutsidePeer(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	c, err := net.Dial("tcp", addr.String())
	require.NoError(t, err)
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	_, err = c.Write([]byte("hello"))
	require.NoError(t, err)
	require.NoError(t, recv(conn))
	send(t, conn, "HELLO")
	_, err = c.Read(make([]byte, 9))
	require.NoError(t, err)
	require.NoError(t, c.Close())
	require.NoError(t, recv(conn))
	require.NoError(t, recv(conn))
	require.NoError(t, conn.Close(bg))
	l, got := ladder(lab, conn, nil)
	assert.Equal(t, "<SYN >SYN, ACK <ACK <5 bytes >5 bytes <FIN >FIN", got)
	var calls []string
	for _, r := range l.Rungs {
		assert.Empty(t, r.Right, "nobody knows the calls of the other end")
		if r.Left != "" {
			calls = append(calls, r.Left)
		}
	}
	assert.Equal(t, []string{"accept", "recv 5", "send 5", "recv b''", "recv b''", "close"}, calls)
}

func TestLadderOfDatagrams(t *testing.T) {
	lab := netlabtest.New(t)
	a, b, stranger := open(t, lab, unix.SOCK_DGRAM, "a"), open(t, lab, unix.SOCK_DGRAM, "b"), open(t, lab, unix.SOCK_DGRAM, "s")
	for _, s := range []*netlab.Socket{a, b, stranger} {
		require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
	}
	require.NoError(t, a.Connect(bg, b.Info().Local))
	send(t, a, "abc")
	_, err := a.Send(bg, nil, 0)
	require.NoError(t, err)
	_, err = stranger.SendTo(bg, []byte("zz"), 0, b.Info().Local)
	require.NoError(t, err)
	for range 3 {
		_, _, _, err = b.RecvFrom(bg, make([]byte, 9), 0)
		require.NoError(t, err)
	}
	require.NoError(t, a.Close(bg))
	l, got := ladder(lab, a, b)
	assert.Equal(t, ">3 bytes >0 bytes", got, "no handshake and no FIN")
	received := 0
	for _, r := range l.Rungs {
		if strings.HasPrefix(r.Right, "recvfrom") {
			received++
		}
	}
	assert.Equal(t, 2, received, "the stranger's datagram is none of this pair's")
	everywhere(t, func(r *Renderer) { r.Ladder(l) })
}
