package view

import (
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
)

func (b *ladderBuilder) listen(e *netlab.Event, me *side) {
	if !b.tcp {
		return
	}
	if e.Succeeded() {
		me.begin(kernel.Close)
		me.state = kernel.Listen
	}
	b.call(e, me, me, "")
}

// accept draws the handshake if the other end dialled from outside: an accept
// proves it. Of a listener's many callers none is the other end.
func (b *ladderBuilder) accept(e *netlab.Event, me, far *side) {
	if b.tcp && far.outside() && !far.syn && e.Sock != me.info.ID {
		far.syn = true
		far.begin(kernel.Close)
		b.cross(far, "SYN")
		b.handshake(far, me)
	}
}

// handshake is its second and third segment (RFC 9293 §3.5).
func (b *ladderBuilder) handshake(dialler, listener *side) {
	listener.begin(kernel.Listen)
	if n := len(b.ladder.Rungs); n > 0 && b.ladder.Rungs[n-1].Segment == "SYN" {
		listener.state = kernel.SynRecv // that SYN was heard
		b.mark(&b.ladder.Rungs[n-1])
	}
	b.cross(listener, "SYN, ACK")
	b.cross(dialler, "ACK")
	dialler.up, listener.up = true, true
}

func (b *ladderBuilder) connect(e *netlab.Event, me, far *side) {
	me.begin(kernel.Close)
	if me.state == kernel.Close && !me.up {
		me.syn, far.rst = false, false // after a refusal it may dial again
	}
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
		switch {
		case !me.up && connected(me.info, far):
			b.handshake(me, far)
		case name == "ETIMEDOUT": // the kernel has given up
			me.state = kernel.Close
			b.cross(me, "")
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

// shutdown is what a shutdown sent: a FIN, if it ends the sending. A connect
// under way and a listener are given up without a word (inet_shutdown).
func (b *ladderBuilder) shutdown(e *netlab.Event, me, far *side) string {
	if !b.tcp || !e.Succeeded() {
		return ""
	}
	switch {
	case me.state == kernel.SynSent:
		me.state, me.syn = kernel.Close, false
	case me.state == kernel.Listen:
		if e.A != unix.SHUT_WR {
			me.state = kernel.Close
		}
	case e.A != unix.SHUT_RD && !me.fin && !far.rst:
		return "FIN"
	}
	return ""
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
		if me.state != kernel.TimeWait && me.state != kernel.Unknown { // no descriptor tells of TIME_WAIT
			me.state = kernel.Close
		}
		return ""
	}
	switch {
	case info.State == kernel.Unknown && me.fin:
		return ""
	case info.ResetAtClose:
		me.fin, me.rst = true, true
		return "RST"
	case me.fin:
		return ""
	case info.State == kernel.Unknown, far.sent > me.got: // bytes may have come in the last moment
		return finOrReset
	}
	return "FIN"
}
