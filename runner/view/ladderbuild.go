package view

import (
	"fmt"
	"sort"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
)

// BuildLadder infers the ladder of the connection between two sockets of a
// lab. right may be an end outside the lab, with ID 0: then it has no events,
// and what it sent is known from what arrived.
func BuildLadder(events []netlab.Event, left, right netlab.SocketInfo) Ladder {
	b := ladderBuilder{tcp: KindName(left) == "TCP", left: side{info: left}, right: side{info: right}}
	b.ladder.Left = strings.TrimSpace(Clean(left.Label + " " + portText(left)))
	b.ladder.Right = strings.TrimSpace(Clean(right.Label + " " + portText(right)))
	var mine []*netlab.Event
	for i := range events {
		if b.at(&events[i]) != nil {
			mine = append(mine, &events[i])
		}
	}
	sort.SliceStable(mine, func(i, j int) bool { return mine[i].Cause() < mine[j].Cause() })
	for _, e := range mine {
		first := len(b.ladder.Rungs)
		b.event(e)
		for i := range b.ladder.Rungs[first:] {
			b.ladder.Rungs[first+i].At = e.Cause() - mine[0].Cause()
		}
	}
	return b.ladder
}

func portText(s netlab.SocketInfo) string {
	if s.Local.Port == 0 {
		return s.Local.String()
	}
	return fmt.Sprint(s.Local.Port)
}

// side is one end and what it is known to have sent.
type side struct {
	info                         netlab.SocketInfo
	syn, up, fin, rst, gone, dup bool
	sent, got                    int // bytes
}

func (s *side) outside() bool { return s.info.ID == 0 }

type ladderBuilder struct {
	ladder      Ladder
	left, right side
	tcp         bool
}

// at is the end to which an event belongs, nil if it is none of this
// connection's.
func (b *ladderBuilder) at(e *netlab.Event) *side {
	for _, s := range []*side{&b.left, &b.right} {
		if s.outside() || e.Sock != s.info.ID && (e.Op != netlab.OpAccept || e.Other != s.info.ID) {
			continue
		}
		if !b.tcp && (e.Op == netlab.OpSendto || e.Op == netlab.OpRecvfrom) && !meets(e.Addr, b.other(s).info.Local) {
			return nil // a datagram to or from somebody else
		}
		return s
	}
	return nil
}

// meets reports whether an address in a datagram's call may be that of an end.
func meets(a, end netlab.Addr) bool {
	switch {
	case a.IsZero() || end.IsZero():
		return true
	case a.Family == unix.AF_UNIX:
		return a.Path == end.Path
	}
	return a.Port == end.Port && (a.IP == end.IP || end.IP.IsUnspecified())
}

func (b *ladderBuilder) other(s *side) *side {
	if s == &b.left {
		return &b.right
	}
	return &b.left
}

// call adds a rung with the call at its end. from is who sent the segment.
func (b *ladderBuilder) call(e *netlab.Event, me, from *side, segment string) *Rung {
	r := b.cross(from, segment)
	if me == &b.left {
		r.Left = shortCall(e)
	} else {
		r.Right = shortCall(e)
	}
	return r
}

// cross adds a rung for a segment alone.
func (b *ladderBuilder) cross(from *side, segment string) *Rung {
	b.ladder.Rungs = append(b.ladder.Rungs, Rung{Segment: segment, ToRight: from == &b.left})
	return &b.ladder.Rungs[len(b.ladder.Rungs)-1]
}

func (b *ladderBuilder) bytes(e *netlab.Event, me, from *side) {
	r := b.call(e, me, from, countBytes(e.N))
	r.Data, r.Bytes = true, e.N
	from.sent += e.N
}

// event adds what a call let cross the wire.
func (b *ladderBuilder) event(e *netlab.Event) {
	me := b.at(e)
	far := b.other(me)
	switch e.Op {
	case netlab.OpConnect:
		if b.tcp {
			b.connect(e, me, far)
			return
		}
	case netlab.OpAccept:
		if b.tcp && far.outside() && !far.syn { // it dialled: an accept proves the handshake
			far.syn = true
			b.cross(far, "SYN")
			b.handshake(far, me)
		}
	case netlab.OpSend, netlab.OpSendto:
		b.send(e, me, far)
		return
	case netlab.OpRecv, netlab.OpRecvfrom:
		b.recv(e, me, far)
		return
	case netlab.OpShutdown:
		if b.tcp && e.A != unix.SHUT_RD && e.Succeeded() && !me.fin && !far.rst {
			me.fin = true
			b.call(e, me, me, "FIN")
			return
		}
	case netlab.OpClose:
		b.call(e, me, me, b.closing(me, far))
		return
	case netlab.OpFcntl:
		me.dup = me.dup || e.Succeeded()
		return
	default:
		return
	}
	b.call(e, me, me, "")
}

// handshake is its second and third segment (RFC 9293 §3.5).
func (b *ladderBuilder) handshake(dialler, listener *side) {
	b.cross(listener, "SYN, ACK")
	b.cross(dialler, "ACK")
	dialler.up, listener.up = true, true
}

func (b *ladderBuilder) connect(e *netlab.Event, me, far *side) {
	syn := "SYN"
	if me.syn {
		syn = "" // an earlier connect has sent it
	}
	name := e.Failure()
	switch {
	case e.Succeeded():
		me.syn = true
		b.call(e, me, me, syn)
		if !me.up {
			b.handshake(me, far)
		}
	case e.Outcome == netlab.TimedOut || e.Outcome == netlab.Cancelled || name == "EINPROGRESS" || name == "ETIMEDOUT":
		me.syn = true
		b.call(e, me, me, syn)
		if !me.up && connected(me.info, far) {
			b.handshake(me, far)
		}
	case name == "ECONNREFUSED":
		me.syn = true
		b.call(e, me, me, syn)
		b.cross(far, "RST, ACK")
		far.rst = true
	default: // refused before anything was sent
		b.call(e, me, me, "")
	}
}

// connected reports whether a connect that did not wait came to its end after
// all: the other end was accepted, or bytes moved, or the state says so.
func connected(info netlab.SocketInfo, far *side) bool {
	switch info.State {
	case kernel.Unknown, kernel.SynSent:
		return false
	case kernel.Close:
		return !far.outside() || info.Counts.In+info.Counts.Out > 0
	}
	return true
}

func (b *ladderBuilder) send(e *netlab.Event, me, far *side) {
	switch {
	case e.N > 0 && (e.Succeeded() || e.All), e.Message && e.Succeeded():
		b.bytes(e, me, me)
		if b.tcp && far.gone { // RFC 9293 §3.10.7.1: bytes for nobody are answered so
			b.cross(far, "RST")
			far.rst = true
		}
	default:
		b.failed(e, me, far)
	}
}

func (b *ladderBuilder) recv(e *netlab.Event, me, far *side) {
	peek := e.Flags&unix.MSG_PEEK != 0
	if e.Succeeded() && !peek {
		me.got += e.N
	}
	switch {
	case !e.Succeeded():
		b.failed(e, me, far)
	case b.tcp && e.EOF() && far.outside() && !far.fin && !far.rst && me.up:
		far.fin = true
		b.call(e, me, far, "FIN")
	case far.outside() && !peek && (e.N > 0 || e.Message):
		b.bytes(e, me, far)
	default:
		b.call(e, me, me, "")
	}
}

// failed draws the reset that an error tells of: ECONNRESET, or EPIPE without
// an own FIN (Linux says so after a reset that came in CLOSE_WAIT).
func (b *ladderBuilder) failed(e *netlab.Event, me, far *side) {
	name := e.Failure()
	if b.tcp && me.up && !far.rst && (name == "ECONNRESET" || name == "EPIPE" && !me.fin) {
		far.rst = true
		b.call(e, me, far, "RST")
		return
	}
	if b.tcp && me.syn && !me.up && !far.rst && name == "ECONNREFUSED" { // the answer to a connect that did not wait
		far.rst = true
		b.call(e, me, far, "RST, ACK")
		return
	}
	b.call(e, me, me, "")
}

// finOrReset is said where it is not known which of the two it was.
const finOrReset = "FIN or RST"

// closing is what a close sent: a FIN if none had gone, or a reset if bytes
// were left unread or SO_LINGER (1, 0) was set (RFC 9293 §3.6.1, socket(7)).
func (b *ladderBuilder) closing(me, far *side) string {
	info := me.info
	if !b.tcp || me.dup || me.rst || far.rst { // a second descriptor keeps the connection open
		return ""
	}
	me.gone = true
	switch info.State {
	case kernel.Listen, kernel.Close, kernel.SynSent:
		return ""
	}
	had := me.fin
	me.fin = true
	switch {
	case info.State == kernel.Unknown && had:
		return ""
	case info.ResetAtClose:
		me.rst = true
		return "RST"
	case had:
		return ""
	case info.State == kernel.Unknown, far.sent > me.got: // bytes may have come in the last moment
		return finOrReset
	}
	return "FIN"
}

func countBytes(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

// shortCall is a call as it stands beside the ladder.
func shortCall(e *netlab.Event) string {
	text := e.Op.String()
	if e.Outcome != netlab.OK {
		return text + " " + e.Failure()
	}
	switch e.Op {
	case netlab.OpSend, netlab.OpRecv, netlab.OpSendto, netlab.OpRecvfrom:
		if e.EOF() {
			return text + " b''"
		}
		return text + " " + fmt.Sprint(e.N)
	}
	return text
}
