package view

import (
	"fmt"
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

// streamOf is the stream between two sockets, without ports in its names. A
// nil right end is outside the lab.
func streamOf(lab *netlab.Lab, left, right *netlab.Socket) Stream {
	near := left.Info()
	far := netlab.SocketInfo{Label: "the other end", Local: near.Remote, Type: near.Type, Family: near.Family}
	var count *kernel.TCPInfo
	if right != nil {
		far = right.Info()
		if info, err := right.TCPInfo(); err == nil {
			count = &info
		}
	}
	events, _, lost := lab.Journal().Since(netlab.Mark{})
	s := BuildStream(events, near, far, lost)
	var own *kernel.TCPInfo
	if info, err := left.TCPInfo(); err == nil {
		own = &info
	}
	s.Count(own, count)
	s.Ways[0].From, s.Ways[0].To = near.Label, far.Label
	s.Ways[1].From, s.Ways[1].To = far.Label, near.Label
	return s
}

func take(t *testing.T, s *netlab.Socket, n, flags int) {
	t.Helper()
	_, err := s.Recv(bg, make([]byte, n), flags)
	require.NoError(t, err)
}

func unread(t *testing.T, lab *netlab.Lab, s *netlab.Socket, n int) {
	t.Helper()
	netlabtest.Eventually(t, lab, fmt.Sprint(n, " bytes unread"), func() bool { return s.Info().Unread == n })
}

// said is what each recv of a direction holds.
func said(w StreamWay) []string {
	var list []string
	for i := range w.Recvs {
		list = append(list, w.holdsText(&w.Recvs[i]).String())
	}
	return list
}

func glued(t *testing.T) Stream {
	t.Helper()
	lab := netlabtest.New(t)
	phone, conn := pair(t, lab)
	send(t, phone, "hello")
	send(t, phone, "world\n")
	send(t, phone, "!")
	unread(t, lab, conn, 12)
	take(t, conn, 7, 0)
	take(t, conn, 2, unix.MSG_PEEK)
	take(t, conn, 4, 0)
	return streamOf(lab, phone, conn)
}

func TestStreamOfGluedAndCutMessages(t *testing.T) {
	s := glued(t)
	require.Equal(t, 3, s.Ways[0].Segments)
	show := func(r *Renderer) { r.Stream(s) }
	golden(t, 80, Options{}, `
  phone ──▶ conn  sends: 3 (12 bytes), recvs: 2 (11 bytes)
  sends  ├─── 1: 5 bytes ───┤├───── 2: 6 bytes ─────┤├─3─┤
         hello               world\n                 !
  bytes  0═══════════════════5═══════7═══════9═══════11═══12
  recvs  └─────── 1: 7 bytes ───────┘└─ 2: 4 bytes ─┘╎(1)╎
  peeks                              └╌1: 2╌┘
  recv 1: bytes 0-6 (7) = send 1 and the first 2 of 6 bytes of send 2 glued
  recv 2: bytes 7-10 (4) = the last 4 of 6 bytes of send 2
  the kernel sent 3 segments with data; where they were cut is not known
  waiting in the kernel of conn: 1 byte that no recv has taken yet
`, show)
	golden(t, 40, Options{}, `
  phone ──▶ conn
  sends: 3 (12 bytes), recvs: 2 (11
  bytes)
  send 1: bytes 0-4 (5): hello
  send 2: bytes 5-10 (6): world\n
  send 3: byte 11 (1): !
  recv 1: bytes 0-6 (7) = send 1 and the
    first 2 of 6 bytes of send 2 glued
  recv 2: bytes 7-10 (4) = the last 4 of
    6 bytes of send 2
  peek 1: bytes 7-8 (2) = bytes 2-3 of
    the 6 of send 2
  waiting in the kernel: byte 11 (1)
  the kernel sent 3 segments with data;
  where they were cut is not known
  waiting in the kernel of conn: 1 byte
  that no recv has taken yet
`, show)
	text := shown(80, Options{ASCII: true}, show)
	assert.Contains(t, text, "  recv 2: bytes 7-10 (4) = the last 4 of 6 bytes of send 2\n")
	told := shown(80, Options{Plain: true}, show)
	assert.Contains(t, told, "From phone to conn: sends: 3 (12 bytes), recvs: 2 (11 bytes).\nsend 1: bytes 0-4 (5): hello\n")
	assert.Contains(t, told, "\nrecv 2: bytes 7-10 (4), that is the last 4 of 6 bytes of send 2\n")
	assert.Contains(t, shown(80, chinese, show), "第 1 次 recv：字节 0-6（7） = 第 1 次 send 的全部和第 2 次 send 的 6 字节中的\n    前 2 个粘在一起\n")
	everywhere(t, show)
}

func TestStreamSaysWhichSendsARecvHolds(t *testing.T) {
	cases := []struct {
		name  string
		sends []int
		recvs []int
		want  []string
	}{
		{"one to one", []int{5, 3}, []int{5, 3}, []string{"send 1", "send 2"}},
		{"all glued", []int{1, 1}, []int{9}, []string{"send 1 and send 2 glued"}},
		{"many glued", []int{1, 1, 1, 1}, []int{9}, []string{"sends 1 to 4 glued"}},
		{"cut", []int{5}, []int{2, 1, 9}, []string{"the first 2 of 5 bytes of send 1", "byte 2 of the 5 of send 1", "the last 2 of 5 bytes of send 1"}},
		{"tail, run and head", []int{3, 1, 1, 1, 3}, []int{1, 6, 9}, []string{
			"the first of 3 bytes of send 1", "the last 2 of 3 bytes of send 1, sends 2 to 4 and the first of 3 bytes of send 5 glued", "the last 2 of 3 bytes of send 5",
		}},
		{"tail, two and head", []int{2, 1, 1, 2}, []int{1, 4, 9}, []string{
			"the first of 2 bytes of send 1", "the last of 2 bytes of send 1, send 2, send 3 and the first of 2 bytes of send 4 glued", "the last of 2 bytes of send 4",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			lab := netlabtest.New(t)
			phone, conn := pair(t, lab)
			total := 0
			for _, n := range c.sends {
				send(t, conn, strings.Repeat("x", n))
				total += n
			}
			unread(t, lab, phone, total)
			for _, n := range c.recvs {
				take(t, phone, n, 0)
			}
			s := streamOf(lab, phone, conn)
			assert.Equal(t, c.want, said(s.Ways[1]))
			assert.Empty(t, s.Ways[0].Sends)
			assert.Equal(t, []int{total, total}, []int{s.Ways[1].Sent, s.Ways[1].Received})
			everywhere(t, func(r *Renderer) { r.Stream(s) })
		})
	}
}

func TestStreamSaysOnceThatNothingWasGlued(t *testing.T) {
	lab := netlabtest.New(t)
	phone, conn := pair(t, lab)
	for range 3 {
		send(t, phone, "hi")
		take(t, conn, 9, 0)
	}
	require.NoError(t, phone.Close(bg))
	take(t, conn, 9, 0)
	text := shown(80, Options{}, func(r *Renderer) { r.Stream(streamOf(lab, phone, conn)) })
	assert.Contains(t, text, "each recv got just one send: that was luck")
	assert.NotContains(t, text, "recv 1:")
	assert.Contains(t, text, "the kernel received 3 segments with data", "the sender is closed: the receiver's count")
	assert.Contains(t, text, "after them a recv got b''")
}

func TestStreamLeavesOutTheMiddle(t *testing.T) {
	lab := netlabtest.New(t)
	phone, conn := pair(t, lab)
	for i := range 60 {
		send(t, phone, fmt.Sprintf("line %02d\n", i))
	}
	unread(t, lab, conn, 480)
	for range 4 {
		take(t, conn, 100, 0)
	}
	s := streamOf(lab, phone, conn)
	text := shown(80, Options{}, func(r *Renderer) { r.Stream(s) })
	assert.Regexp(t, `… \d+ more sends and \d more recvs in the middle`, text)
	assert.Contains(t, text, "480\n", "the axis reaches to the end")
	assert.Contains(t, text, " lin… ")
	assert.Contains(t, shown(40, Options{}, func(r *Renderer) { r.Stream(s) }), "… 52 more sends\n")
	everywhere(t, func(r *Renderer) { r.Stream(s) })
}

func TestStreamScalesALongAxis(t *testing.T) {
	lab := netlabtest.New(t)
	phone, conn := pair(t, lab)
	send(t, phone, "\x00\x00\x27\x10")
	send(t, phone, strings.Repeat("x", 10000))
	unread(t, lab, conn, 10004)
	take(t, conn, 4, 0)
	take(t, conn, 10000, 0)
	s := streamOf(lab, phone, conn)
	text := shown(80, Options{}, func(r *Renderer) { r.Stream(s) })
	assert.Contains(t, text, "1: 4 bytes", "a short send keeps room for its name")
	assert.Contains(t, text, "2: 10000 bytes")
	assert.Contains(t, text, "not to scale")
	assert.Contains(t, text, "10004\n")
}

func TestStreamOfDatagrams(t *testing.T) {
	lab := netlabtest.New(t)
	mail, post := open(t, lab, unix.SOCK_DGRAM, "mail"), open(t, lab, unix.SOCK_DGRAM, "post")
	require.NoError(t, mail.Bind(bg, netlab.Loopback(0)))
	for _, text := range []string{"hello", "", "world!", "left"} {
		_, err := post.SendTo(bg, []byte(text), 0, mail.Info().Local)
		require.NoError(t, err)
	}
	for _, size := range []int{64, 64, 3} {
		_, _, _, err := mail.RecvFrom(bg, make([]byte, size), 0)
		require.NoError(t, err)
	}
	near, far := post.Info(), mail.Info()
	near.Local = netlab.Loopback(near.Local.Port) // it is 0.0.0.0 to itself
	events, _, lost := lab.Journal().Since(netlab.Mark{})
	s := BuildStream(events, near, far, lost)
	assert.Equal(t, []string{"send 1, whole", "send 2, whole", "the first 3 of 6 bytes of send 3: the rest did not fit and was thrown away"}, said(s.Ways[0]))
	text := shown(80, Options{}, func(r *Renderer) { r.Stream(s) })
	assert.NotContains(t, text, "═", "datagrams have no common axis")
	assert.NotContains(t, text, "segments")
	assert.Contains(t, text, "datagrams that no recv has taken: 1")
	assert.Contains(t, text, "empty datagrams, which have no bytes to draw: 1")
	everywhere(t, func(r *Renderer) { r.Stream(s) })
}

func TestStreamOfDatagramsThatWereDropped(t *testing.T) {
	at := func(op netlab.Op, sock int, text string, i int) netlab.Event {
		return netlab.Event{Op: op, Sock: sock, N: len(text), A: 64, Data: []byte(text), Message: true, Start: time.Duration(i), End: time.Duration(i)}
	}
	end := func(id, port, far int) netlab.SocketInfo {
		return netlab.SocketInfo{ID: id, Type: unix.SOCK_DGRAM, Label: fmt.Sprint("s", id), Local: netlab.Loopback(port), Remote: netlab.Loopback(far)}
	}
	s := BuildStream([]netlab.Event{
		at(netlab.OpSend, 1, "a", 1), at(netlab.OpSend, 1, "b", 2), at(netlab.OpSend, 1, "c", 3),
		at(netlab.OpRecv, 2, "b", 4), at(netlab.OpRecv, 2, "x", 5),
	}, end(1, 10, 20), end(2, 20, 10), 0)
	assert.Equal(t, []string{"send 2, whole", "a datagram whose send is not known"}, said(s.Ways[0]))
	assert.True(t, s.Ways[0].Sends[0].Lost)
	assert.False(t, s.Ways[0].Sends[2].Lost, "it may still come")
}

func TestStreamWithAnEndOutside(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	c, err := net.Dial("tcp", addr.String())
	require.NoError(t, err)
	defer c.Close()
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetLabel("conn")
	conn.SetTimeout(netlabtest.Patience)
	_, err = c.Write([]byte("hello"))
	require.NoError(t, err)
	unread(t, lab, conn, 5)
	take(t, conn, 3, 0)
	send(t, conn, "hi")
	s := streamOf(lab, conn, nil)
	show := func(r *Renderer) { r.Stream(s) }
	golden(t, 80, Options{}, `
  conn ──▶ the other end  sends: 1 (2 bytes)
  sends  ├─1: 2─┤
         hi
  bytes  0═══════2
  the kernel sent 1 segment with data
  the other end is outside this lab: how it received these bytes is not known

  the other end ──▶ conn  recvs: 1 (3 bytes)
         hel
  bytes  0═══════════3═══════5
  recvs  └───1: 3───┘╎╌(2)╌╌╎
  the kernel received 1 segment with data
  waiting in the kernel of conn: 2 bytes that no recv has taken yet
  the other end is outside this lab: how it sent these bytes is not known
`, show)
}

func TestStreamWhoseReceiverWasClosed(t *testing.T) {
	lab := netlabtest.New(t)
	phone, conn := pair(t, lab)
	send(t, phone, "hello")
	unread(t, lab, conn, 5)
	take(t, conn, 2, 0)
	require.NoError(t, conn.Close(bg))
	text := shown(80, Options{}, func(r *Renderer) { r.Stream(streamOf(lab, phone, conn)) })
	assert.Contains(t, text, "3 bytes never received: conn was closed")
}

func TestStreamOfMoreThanTheJournalRemembers(t *testing.T) {
	lab := netlabtest.New(t)
	phone, conn := pair(t, lab)
	const rounds = 3000 // a send and a recv each: more than a ring has
	for range rounds {
		send(t, phone, "ab")
		take(t, conn, 9, 0)
	}
	s := streamOf(lab, phone, conn)
	w := s.Ways[0]
	require.Positive(t, s.Lost)
	assert.Equal(t, []int{2 * rounds, 2 * rounds}, []int{w.Sent, w.Received}, "by the counters")
	assert.Equal(t, rounds, w.sends(), "numbered from the first")
	last := w.Recvs[len(w.Recvs)-1]
	assert.Equal(t, "send 3000", w.holdsText(&last).String())
	text := shown(80, Options{}, func(r *Renderer) { r.Stream(s) })
	assert.Contains(t, text, "the journal has forgotten")
	assert.Contains(t, text, "of earlier sends")
	everywhere(t, func(r *Renderer) { r.Stream(s) })
}

func TestStreamWhoseSenderWaits(t *testing.T) {
	lab := netlabtest.New(t)
	phone, conn := pair(t, lab)
	done := make(chan error, 1)
	big := make([]byte, 64<<20)
	go func() { done <- phone.SendAll(bg, big, 0) }()
	netlabtest.Eventually(t, lab, "the send waits", func() bool { op, _ := phone.Waits(); return op == netlab.OpSend })
	take(t, conn, 1000, 0)
	text := shown(80, Options{}, func(r *Renderer) { r.Stream(streamOf(lab, phone, conn)) })
	assert.Contains(t, text, "of a send that has not returned yet")
	require.NoError(t, conn.Close(bg))
	assert.Error(t, <-done)
}

// A server's send may be written down after the recv that it fed.
func TestStreamDoesNotTrustTheOrderOfTheJournal(t *testing.T) {
	event := func(op netlab.Op, sock int, text string, start, end int) netlab.Event {
		return netlab.Event{Op: op, Sock: sock, N: len(text), A: 64, Data: []byte(text), Start: time.Duration(start), End: time.Duration(end)}
	}
	left := netlab.SocketInfo{ID: 1, Type: unix.SOCK_STREAM, Local: netlab.Loopback(1), Remote: netlab.Loopback(2)}
	right := netlab.SocketInfo{ID: 2, Type: unix.SOCK_STREAM, Local: netlab.Loopback(2), Remote: netlab.Loopback(1)}
	s := BuildStream([]netlab.Event{
		event(netlab.OpRecv, 2, "abc", 0, 9), event(netlab.OpSend, 1, "c", 4, 5), event(netlab.OpSend, 1, "ab", 1, 8),
	}, left, right, 0)
	assert.Equal(t, []string{"send 1 and send 2 glued"}, said(s.Ways[0]))
	assert.Equal(t, "ab", string(s.Ways[0].Sends[0].Data))
}

func TestStreamsOfStrangeThings(t *testing.T) {
	events, sockets := strange()
	for i := range sockets {
		for j := range sockets {
			s := BuildStream(events, sockets[i], sockets[j], i*j)
			everywhere(t, func(r *Renderer) { r.Stream(s) })
		}
	}
	everywhere(t, func(r *Renderer) { r.Stream(Stream{}) })
}
