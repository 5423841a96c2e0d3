package view

import (
	"sort"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
)

// A SpanKind is what moved or looked at the bytes of a span.
type SpanKind string

// The kinds of spans.
const (
	SpanSend    SpanKind = "send"
	SpanRecv    SpanKind = "recv"
	SpanPeek    SpanKind = "peek"    // MSG_PEEK: looked at, and still there
	SpanWaiting SpanKind = "waiting" // in the receiver's kernel
)

// A StreamSpan is a piece of what crossed in one direction. Of datagrams only
// the sizes mean something: From and To are those of the send.
type StreamSpan struct {
	Kind     SpanKind
	Number   int    // among its kind, from 1
	From, To int    // bytes of the direction; To is behind the last
	Data     []byte // the first of them, as far as they were kept
	Asked    int    // bytes that send was given
	Holds    []Held // recv: what it got of which sends

	Cut  bool // recv of a datagram: its end was thrown away
	Got  bool // send of a datagram: somebody received it
	Lost bool // send of a datagram: a later one was received before it
}

// Size is how many bytes the span has.
func (s *StreamSpan) Size() int { return s.To - s.From }

// Held is the part of one send that a recv got.
type Held struct {
	Send     int // its number
	From, To int // within the send
	Size     int // of the send
}

// A StreamWay is one direction of a connection.
type StreamWay struct {
	From, To               string // the ends
	FromOutside, ToOutside bool   // of the lab: what it called is not known
	Queued                 bool   // To is in the accept queue: nobody has it yet
	Messages               bool   // datagrams, not a stream

	Sends, Recvs, Peeks []StreamSpan

	Sent, Received     int  // bytes, by the counters of the ends
	SentGone, RecvGone int  // bytes of calls that the journal has forgotten
	Waiting            int  // bytes in the receiver's kernel; -1: not known
	Sending            bool // a send waits at this moment
	Shut               bool // the receiver was closed
	Ended              bool // the receiver has read the end of the stream
	Urgent             bool // MSG_OOB was used: a byte that is not in the stream

	Segments, Again int  // with data, by the kernel, and how many went again; -1: not known
	SegmentsSeenIn  bool // counted by the receiver's kernel
}

// Total is how far the direction's bytes are known to reach.
func (w *StreamWay) Total() int {
	return max(w.Sent, w.Received+max(w.Waiting, 0), w.SentGone+sizes(w.Sends), w.RecvGone+sizes(w.Recvs))
}

// A Stream is what crossed a connection, both ways.
type Stream struct {
	Ways [2]StreamWay // from the left end, and from the right
	Lost int          // calls that the journal has forgotten
}

// BuildStream finds what the two ends of a connection sent and received. left
// and right should describe the ends as they were when events were read. An
// end with ID 0 is outside the lab. lost is how many events were forgotten;
// then what an end's counters have beyond the events came before them.
func BuildStream(events []netlab.Event, left, right netlab.SocketInfo, lost int) Stream {
	s := Stream{Lost: lost}
	for i, ends := range [2][2]netlab.SocketInfo{{left, right}, {right, left}} {
		s.Ways[i] = buildWay(events, ends[0], ends[1], lost > 0)
	}
	return s
}

func buildWay(events []netlab.Event, from, to netlab.SocketInfo, lost bool) StreamWay {
	w := StreamWay{
		From: streamEnd(from), To: streamEnd(to), FromOutside: from.ID == 0, ToOutside: to.ID == 0,
		Messages: from.Type == unix.SOCK_DGRAM || to.Type == unix.SOCK_DGRAM, Waiting: -1, Segments: -1,
	}
	sends, recvs := movesOf(events, from, to, w.Messages, true), movesOf(events, to, from, w.Messages, false)
	if !w.FromOutside {
		w.Sending = from.Waiting == netlab.OpSend || from.Waiting == netlab.OpSendto
	}
	if !w.ToOutside {
		w.Shut = to.Closed
		if !to.Closed {
			w.Waiting = to.Unread
		}
	}
	if w.Messages {
		w.datagrams(sends, recvs)
		return w
	}
	sendsGone, recvsGone := 0, 0
	if lost {
		w.SentGone, sendsGone = gone(from.Counts, sends, netlab.OpSend, netlab.OpSendto, from.Counts.Out)
		w.RecvGone, recvsGone = gone(to.Counts, recvs, netlab.OpRecv, netlab.OpRecvfrom, to.Counts.In)
	}
	w.stream(sends, recvs, sendsGone, recvsGone)
	return w
}

func streamEnd(s netlab.SocketInfo) string {
	return strings.TrimSpace(Clean(s.Label + " " + portText(s)))
}

// movesOf are the calls with which an end sent, or received, in the order in
// which the bytes went: one socket's sends begin in that order, its recvs end
// in it. Of datagrams only those count that went to the other end, or came
// from it.
func movesOf(events []netlab.Event, end, far netlab.SocketInfo, messages, sent bool) []*netlab.Event {
	var list []*netlab.Event
	for i := range events {
		e := &events[i]
		switch {
		case end.ID == 0 || e.Sock != end.ID:
			continue
		case sent && e.Op != netlab.OpSend && e.Op != netlab.OpSendto, !sent && e.Op != netlab.OpRecv && e.Op != netlab.OpRecvfrom:
			continue
		case !e.Succeeded() && !(e.All && e.N > 0): // a sendall that failed has sent bytes all the same
			continue
		case messages && (e.Op == netlab.OpSendto || e.Op == netlab.OpRecvfrom) && !meets(e.Addr, far.Local):
			continue
		}
		list = append(list, e)
	}
	sort.SliceStable(list, func(i, j int) bool {
		if sent {
			return list[i].Start < list[j].Start
		}
		return list[i].End < list[j].End
	})
	return list
}

// gone is how many bytes, and calls, the counters have beyond the events.
func gone(c netlab.Counts, list []*netlab.Event, a, b netlab.Op, all uint64) (bytes, calls int) {
	bytes = int(all)
	calls = int(c.Calls[a] + c.Calls[b] - c.Failed[a] - c.Failed[b])
	for _, e := range list {
		if e.Succeeded() {
			calls--
		}
		if e.Flags&unix.MSG_PEEK == 0 {
			bytes -= e.N
		}
	}
	return max(bytes, 0), max(calls, 0)
}

func sizes(list []StreamSpan) int {
	n := 0
	for i := range list {
		n += list[i].Size()
	}
	return n
}

func spanOf(e *netlab.Event, kind SpanKind, number, from int) StreamSpan {
	return StreamSpan{Kind: kind, Number: number, From: from, To: from + e.N, Data: e.Data[:min(len(e.Data), e.N)], Asked: e.A}
}

// stream puts the calls on one axis of bytes.
func (w *StreamWay) stream(sends, recvs []*netlab.Event, sendsGone, recvsGone int) {
	at := w.SentGone
	for _, e := range sends {
		if e.Flags&unix.MSG_OOB != 0 {
			w.Urgent = true
		}
		if e.N == 0 {
			continue
		}
		w.Sends = append(w.Sends, spanOf(e, SpanSend, sendsGone+len(w.Sends)+1, at))
		at += e.N
	}
	w.Sent = at
	at = w.RecvGone
	for _, e := range recvs {
		switch {
		case e.Flags&unix.MSG_OOB != 0:
			w.Urgent = true
		case e.EOF():
			w.Ended = true
		case e.N == 0:
		case e.Flags&unix.MSG_PEEK != 0:
			w.Peeks = append(w.Peeks, w.holding(spanOf(e, SpanPeek, len(w.Peeks)+1, at)))
		default:
			w.Recvs = append(w.Recvs, w.holding(spanOf(e, SpanRecv, recvsGone+len(w.Recvs)+1, at)))
			at += e.N
		}
	}
	w.Received = at
}

// holding tells of which sends a span has bytes.
func (w *StreamWay) holding(s StreamSpan) StreamSpan {
	for i := range w.Sends {
		send := &w.Sends[i]
		from, to := max(s.From, send.From), min(s.To, send.To)
		if from < to {
			s.Holds = append(s.Holds, Held{Send: send.Number, From: from - send.From, To: to - send.From, Size: send.Size()})
		}
	}
	return s
}

// datagrams finds for each message that was received the send it came from:
// the next one whose bytes begin alike. Those that are passed over were lost.
func (w *StreamWay) datagrams(sends, recvs []*netlab.Event) {
	at := 0
	for _, e := range sends {
		w.Sends = append(w.Sends, spanOf(e, SpanSend, len(w.Sends)+1, at))
		at += e.N
		w.Sent += e.N
	}
	next, last := 0, -1
	for _, e := range recvs {
		i := next
		for i < len(w.Sends) && !cameFrom(e, &w.Sends[i]) {
			i++
		}
		s := spanOf(e, SpanRecv, len(w.Recvs)+1, at)
		s.Cut = e.B&unix.MSG_TRUNC != 0 && (e.Op == netlab.OpRecvfrom || e.Op == netlab.OpRecv)
		if i < len(w.Sends) {
			send := &w.Sends[i]
			s.From, s.To = send.From, send.From+e.N
			s.Cut = s.Cut || e.N < send.Size()
			s.Holds = []Held{{Send: send.Number, To: e.N, Size: send.Size()}}
		} else {
			at += e.N
		}
		if e.Flags&unix.MSG_PEEK != 0 {
			s.Kind, s.Number = SpanPeek, len(w.Peeks)+1
			w.Peeks = append(w.Peeks, s)
			continue
		}
		w.Recvs = append(w.Recvs, s)
		w.Received += e.N
		if i < len(w.Sends) {
			w.Sends[i].Got, next, last = true, i+1, i
		}
	}
	for i := range max(last, 0) {
		w.Sends[i].Lost = !w.Sends[i].Got
	}
}

// cameFrom reports whether a message that was received may be one that was
// sent: as much of both as was kept is alike.
func cameFrom(got *netlab.Event, sent *StreamSpan) bool {
	if got.N > sent.Size() || got.N < sent.Size() && got.N < got.A {
		return false
	}
	n := min(len(got.Data), len(sent.Data), got.N)
	return string(got.Data[:n]) == string(sent.Data[:n])
}

// Count adds what the kernel counted at the two ends; nil if an end is closed
// or outside. An open sender's own count is the best.
func (s *Stream) Count(left, right *kernel.TCPInfo) {
	for i, ends := range [2][2]*kernel.TCPInfo{{left, right}, {right, left}} {
		w := &s.Ways[i]
		switch from, to := ends[0], ends[1]; {
		case w.Messages:
		case from != nil && from.DataOut >= 0:
			w.Segments, w.Again = from.DataOut, from.Retransmits
		case to != nil && to.DataIn >= 0:
			w.Segments, w.SegmentsSeenIn = to.DataIn, true
		}
	}
}
