package view

import (
	"fmt"
	"sort"
	"strings"
	"time"

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
	b.ladder.names = [2]string{nameOf(left), nameOf(right)}
	var mine []*netlab.Event
	for i := range events {
		if b.at(&events[i]) != nil {
			mine = append(mine, &events[i])
		}
	}
	sort.SliceStable(mine, func(i, j int) bool { return mine[i].Cause() < mine[j].Cause() })
	for _, e := range mine {
		if e == mine[0] {
			b.ladder.began = e.Cause()
		}
		b.now = e.Cause() - b.ladder.began
		b.lateACKs()
		b.event(e)
		b.lastACK()
	}
	b.finish()
	b.ladder.Start = Rung{
		LeftState: b.left.start, LeftGuess: b.left.outside(), RightState: b.right.start, RightGuess: b.right.outside(),
	}
	return b.ladder
}

func portText(s netlab.SocketInfo) string {
	if s.Local.Port == 0 {
		return s.Local.String()
	}
	return fmt.Sprint(s.Local.Port)
}

func nameOf(s netlab.SocketInfo) string {
	if s.Label != "" {
		return Clean(s.Label)
	}
	return orDash(Clean(portText(s)))
}

// side is one end and what it is known to have sent.
type side struct {
	info                         netlab.SocketInfo
	syn, up, fin, rst, gone, dup bool
	sent, got                    int // bytes

	state, start kernel.State
	unsure       bool          // its last segment was a FIN or a RST
	unacked      bool          // its FIN was not acknowledged yet
	finAt        time.Duration // when its FIN went
	finRung      int           // and in which rung
}

func (s *side) outside() bool { return s.info.ID == 0 }

type ladderBuilder struct {
	ladder      Ladder
	left, right side
	tcp         bool
	now         time.Duration // of the event, since the first
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

// cross adds a rung for a segment alone, or, without a segment, for what
// became of the ends.
func (b *ladderBuilder) cross(from *side, segment string) *Rung {
	if b.tcp {
		b.move(from, segment)
	}
	b.ladder.Rungs = append(b.ladder.Rungs, Rung{Segment: segment, ToRight: from == &b.left, At: b.now})
	r := &b.ladder.Rungs[len(b.ladder.Rungs)-1]
	b.mark(r)
	return r
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
	case netlab.OpListen:
		b.listen(e, me)
		return
	case netlab.OpAccept:
		b.accept(e, me, far)
	case netlab.OpSend, netlab.OpSendto:
		b.send(e, me, far)
		return
	case netlab.OpRecv, netlab.OpRecvfrom:
		b.recv(e, me, far)
		return
	case netlab.OpShutdown:
		b.call(e, me, me, b.shutdown(e, me, far))
		return
	case netlab.OpClose:
		b.unseenFIN(me, far)
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
