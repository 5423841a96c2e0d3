package view

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// path tells the states of each end, one after the other. FIN_WAIT2 before
// TIME_WAIT is left out: whether the ACK went alone depends on the time.
func path(l Ladder) (left, right string) {
	var all [2][]string
	before := ends{}
	for _, g := range append([]Rung{l.Start}, l.Rungs...) {
		for i, mark := range g.marks(before) {
			if mark != "" {
				all[i] = append(all[i], mark)
			}
		}
		before = g.states()
	}
	short := strings.NewReplacer("FIN_WAIT1 FIN_WAIT2 TIME_WAIT", "FIN_WAIT1 TIME_WAIT", "FIN_WAIT1? FIN_WAIT2? TIME_WAIT?", "FIN_WAIT1? TIME_WAIT?")
	return short.Replace(strings.Join(all[0], " ")), short.Replace(strings.Join(all[1], " "))
}

const (
	dialled  = "CLOSE SYN_SENT ESTABLISHED"
	answered = "LISTEN SYN_RECV ESTABLISHED"
)

func TestLadderStates(t *testing.T) {
	cases := []struct {
		name        string
		tell        func(t *testing.T, lab *netlab.Lab) (left, right *netlab.Socket)
		left, right string
	}{
		{"open", pair, dialled, answered},
		{"the client closes first", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, a.Close(bg))
			require.NoError(t, recv(b))
			require.NoError(t, b.Close(bg))
			return a, b
		}, dialled + " FIN_WAIT1 TIME_WAIT", answered + " CLOSE_WAIT LAST_ACK CLOSE"},
		{"the server closes first", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, b.Close(bg))
			require.NoError(t, recv(a))
			require.NoError(t, a.Close(bg))
			return a, b
		}, dialled + " CLOSE_WAIT LAST_ACK CLOSE", answered + " FIN_WAIT1 TIME_WAIT"},
		{"half-close, and bytes back", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
			reaches(t, lab, b, kernel.CloseWait)
			send(t, b, "ab")
			require.NoError(t, recv(a))
			return a, b
		}, dialled + " FIN_WAIT1 FIN_WAIT2", answered + " CLOSE_WAIT"},
		{"half-close, and nothing back", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
			reaches(t, lab, a, kernel.FinWait2)
			return a, b
		}, dialled + " FIN_WAIT1 FIN_WAIT2", answered + " CLOSE_WAIT"},
		{"reset", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, a.SetsockoptBytes(bg, unix.SOL_SOCKET, unix.SO_LINGER, []byte{1, 0, 0, 0, 0, 0, 0, 0}))
			require.NoError(t, a.Close(bg))
			require.Error(t, recv(b))
			return a, b
		}, dialled + " CLOSE", answered + " CLOSE"},
		{"bytes for a closed socket", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a, b := pair(t, lab)
			require.NoError(t, b.Close(bg))
			reaches(t, lab, a, kernel.CloseWait)
			send(t, a, "x")
			reaches(t, lab, a, kernel.Close)
			return a, b
		}, dialled + " CLOSE_WAIT CLOSE", ""},
		{"both FINs cross: the first is stuck behind bytes", crossedFINs, dialled + " FIN_WAIT1 CLOSING", answered + " FIN_WAIT1 FIN_WAIT2"},
		{"refused", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			shop, a := open(t, lab, unix.SOCK_STREAM, "shop"), open(t, lab, unix.SOCK_STREAM, "phone")
			require.NoError(t, shop.Bind(bg, netlab.Loopback(0)))
			require.Error(t, a.Connect(bg, shop.Info().Local))
			return a, nil
		}, "CLOSE SYN_SENT CLOSE", ""},
		{"refused, then connected", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			shop, a := open(t, lab, unix.SOCK_STREAM, "shop"), open(t, lab, unix.SOCK_STREAM, "phone")
			require.NoError(t, shop.Bind(bg, netlab.Loopback(0)))
			require.Error(t, a.Connect(bg, shop.Info().Local))
			require.NoError(t, shop.Listen(bg, 1))
			require.NoError(t, a.Connect(bg, shop.Info().Local))
			b, _, err := shop.Accept(bg)
			require.NoError(t, err)
			return a, b
		}, "CLOSE SYN_SENT CLOSE SYN_SENT ESTABLISHED", answered},
		{"no answer, given up", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a := unanswered(t, lab)
			require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
			require.Equal(t, kernel.Close, a.Info().State)
			return a, nil
		}, "CLOSE SYN_SENT CLOSE", ""},
		{"no answer, closed", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			a := unanswered(t, lab)
			require.NoError(t, a.Close(bg))
			return a, nil
		}, "CLOSE SYN_SENT CLOSE", ""},
		{"nobody has accepted yet", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			_, addr := listener(t, lab, 1)
			a := open(t, lab, unix.SOCK_STREAM, "phone")
			require.NoError(t, a.Connect(bg, addr))
			return a, nil
		}, dialled, "LISTEN? SYN_RECV? ESTABLISHED?"},
		{"a listener", func(t *testing.T, lab *netlab.Lab) (*netlab.Socket, *netlab.Socket) {
			t.Helper()
			ln, addr := listener(t, lab, 1)
			require.NoError(t, open(t, lab, unix.SOCK_STREAM, "phone").Connect(bg, addr))
			_, _, err := ln.Accept(bg)
			require.NoError(t, err)
			require.NoError(t, ln.Close(bg))
			return ln, nil
		}, "CLOSE LISTEN CLOSE", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			lab := netlabtest.New(t)
			a, b := c.tell(t, lab)
			l, _ := ladder(lab, a, b)
			left, right := path(l)
			assert.Equal(t, c.left, left)
			if c.name == "bytes for a closed socket" { // FIN_WAIT2 or not: it depends on the time
				assert.True(t, strings.HasPrefix(right, answered+" FIN_WAIT1") && strings.HasSuffix(right, " CLOSE"), right)
			} else {
				assert.Equal(t, c.right, right)
			}
			everywhere(t, func(r *Renderer) { r.Ladder(l) })
		})
	}
}

// unanswered is a socket whose SYN a full accept queue has dropped.
func unanswered(t *testing.T, lab *netlab.Lab) *netlab.Socket {
	t.Helper()
	_, addr := listener(t, lab, 0)
	require.NoError(t, open(t, lab, unix.SOCK_STREAM, "first").Connect(bg, addr))
	a := open(t, lab, unix.SOCK_STREAM, "phone")
	a.SetTimeout(time.Millisecond)
	require.Error(t, a.Connect(bg, addr))
	return a
}

func crossedFINs(t *testing.T, lab *netlab.Lab) (a, b *netlab.Socket) {
	t.Helper()
	a, b = pair(t, lab)
	a.SetTimeout(0)
	for {
		if _, err := a.Send(bg, make([]byte, 1<<16), 0); err != nil {
			break
		}
	}
	require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
	require.NoError(t, b.Shutdown(bg, unix.SHUT_WR))
	reaches(t, lab, a, kernel.Closing)
	reaches(t, lab, b, kernel.FinWait2)
	return a, b
}

func TestLadderOfStatesOutside(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	c, err := net.Dial("tcp", addr.String())
	require.NoError(t, err)
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	require.NoError(t, c.Close())
	reaches(t, lab, conn, kernel.CloseWait)
	l, _ := ladder(lab, conn, nil)
	left, right := path(l)
	assert.Equal(t, answered+" CLOSE_WAIT", left, "no call has read the FIN, the kernel has shown it")
	assert.Equal(t, "CLOSE? SYN_SENT? ESTABLISHED? FIN_WAIT1? FIN_WAIT2?", right)
	assert.Contains(t, shown(80, Options{}, func(r *Renderer) { r.Ladder(l) }), "? marks a state guessed")
	assert.Contains(t, shown(59, Options{}, func(r *Renderer) { r.Ladder(l) }), "the other end is probably FIN_WAIT1 now")
	require.NoError(t, conn.Close(bg))
	l, _ = ladder(lab, conn, nil)
	left, right = path(l)
	assert.Equal(t, answered+" CLOSE_WAIT LAST_ACK CLOSE", left)
	assert.Equal(t, "CLOSE? SYN_SENT? ESTABLISHED? FIN_WAIT1? TIME_WAIT?", right)
}

func TestDatagramsHaveNoStates(t *testing.T) {
	lab := netlabtest.New(t)
	a, b := open(t, lab, unix.SOCK_DGRAM, "a"), open(t, lab, unix.SOCK_DGRAM, "b")
	require.NoError(t, b.Bind(bg, netlab.Loopback(0)))
	require.NoError(t, a.Connect(bg, b.Info().Local))
	send(t, a, "abc")
	require.NoError(t, a.Shutdown(bg, unix.SHUT_WR))
	require.NoError(t, a.Close(bg))
	l, got := ladder(lab, a, b)
	assert.Equal(t, ">3 bytes", got)
	left, right := path(l)
	assert.Empty(t, left+right)
	assert.NotContains(t, shown(80, Options{}, func(r *Renderer) { r.Ladder(l) }), "states")
}

// The time decides whether a FIN is acknowledged alone.
func TestLadderOfFINsInTime(t *testing.T) {
	at := func(ms int) time.Duration { return time.Duration(ms) * time.Millisecond }
	event := func(op netlab.Op, sock, other, ms int) netlab.Event {
		return netlab.Event{Op: op, Sock: sock, Other: other, Start: at(ms), End: at(ms)}
	}
	cases := []struct {
		name                string
		second              int          // when the other end closes
		seen                kernel.State // by the kernel, of the first to close
		atClose             kernel.State // of the second to close
		left, right, segmnt string
	}{
		{"at once", 20, kernel.Unknown, kernel.CloseWait, "FIN_WAIT1 TIME_WAIT", "CLOSE_WAIT LAST_ACK CLOSE", ">FIN <FIN >ACK"},
		{"at once, and FIN_WAIT2 was seen", 20, kernel.FinWait2, kernel.CloseWait, "FIN_WAIT1 FIN_WAIT2 TIME_WAIT", "CLOSE_WAIT LAST_ACK CLOSE", ">FIN <ACK <FIN >ACK"},
		{"later", 100, kernel.Unknown, kernel.CloseWait, "FIN_WAIT1 FIN_WAIT2 TIME_WAIT", "CLOSE_WAIT LAST_ACK CLOSE", ">FIN <ACK <FIN >ACK"},
		{"at the same time", 10, kernel.Unknown, kernel.Established, "FIN_WAIT1 CLOSING TIME_WAIT", "FIN_WAIT1 CLOSING TIME_WAIT", ">FIN <FIN >ACK <ACK"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			events := []netlab.Event{
				event(netlab.OpConnect, 1, 0, 0), event(netlab.OpAccept, 3, 2, 1),
				event(netlab.OpClose, 1, 0, 10), event(netlab.OpClose, 2, 0, c.second),
			}
			end := netlab.SocketInfo{ID: 1, Type: unix.SOCK_STREAM, Family: unix.AF_INET, Closed: true, State: kernel.Established, Seen: kernel.StateSet(0).Add(c.seen)}
			far := netlab.SocketInfo{ID: 2, Type: unix.SOCK_STREAM, Family: unix.AF_INET, Closed: true, State: c.atClose}
			l := BuildLadder(events, end, far)
			states := [2]string{}
			var segments []string
			before := ends{kernel.Established, kernel.Established}
			for _, g := range l.Rungs[4:] {
				for i, mark := range g.marks(before) {
					if mark != "" {
						states[i] += " " + mark
					}
				}
				before = g.states()
				if g.Segment != "" {
					segments = append(segments, map[bool]string{true: ">", false: "<"}[g.ToRight]+g.Segment)
				}
			}
			assert.Equal(t, " "+c.left, states[0])
			assert.Equal(t, " "+c.right, states[1])
			assert.Equal(t, c.segmnt, strings.Join(segments, " "))
		})
	}
}
