package view

import (
	"time"

	"github.com/socklab/socklab/netlab/kernel"
)

// begin says in which state an end is before its first segment.
func (s *side) begin(state kernel.State) {
	if s.state == kernel.Unknown {
		s.state, s.start = state, state
	}
}

// saw reports whether the kernel has shown the end in a state: now, at its
// close, or in between.
func (s *side) saw(state kernel.State) bool { return s.info.State == state || s.info.Seen.Has(state) }

func (s *side) guessed() bool { return s.outside() || s.unsure }

// mark writes the states of both ends into a rung.
func (b *ladderBuilder) mark(r *Rung) {
	r.LeftState, r.LeftGuess = b.left.state, b.left.guessed()
	r.RightState, r.RightGuess = b.right.state, b.right.guessed()
}

// move takes both ends over the segment that one of them sends, by the state
// machine of RFC 9293 §3.3.2.
func (b *ladderBuilder) move(from *side, segment string) {
	to := b.other(from)
	switch segment {
	case "":
	case "SYN":
		from.state = kernel.SynSent
	case "SYN, ACK":
		from.state, to.state = kernel.SynRecv, kernel.Established
	case "ACK":
		to.acknowledged()
	case "FIN", finOrReset:
		b.moveFIN(from, to, segment == finOrReset)
	case "RST", "RST, ACK":
		for _, s := range []*side{from, to} {
			if s.state != kernel.Unknown { // a port with nobody has no state
				s.state = kernel.Close
			}
			s.unacked, s.unsure = false, false
		}
	default: // bytes; every segment acknowledges what has come
		if to.unacked && !crossing(to, from) {
			to.acknowledged()
		}
	}
}

// acknowledged is what the ACK of its SYN or its FIN makes of an end.
func (s *side) acknowledged() {
	switch s.state {
	case kernel.SynRecv:
		s.state = kernel.Established
	case kernel.FinWait1:
		s.state = kernel.FinWait2
	case kernel.Closing:
		s.state = kernel.TimeWait
	case kernel.LastAck:
		s.state = kernel.Close
	}
	s.unacked = false
}

// moveFIN is the first FIN, or the second, which acknowledges the first unless
// the two have crossed.
func (b *ladderBuilder) moveFIN(from, to *side, unsure bool) {
	crossed := to.fin && crossing(to, from)
	if to.unacked && !crossed && to.info.Seen.Has(kernel.FinWait2) {
		b.cross(from, "ACK") // the kernel has shown it between the two
	}
	from.fin, from.unacked = true, true
	from.finAt, from.finRung = b.now, len(b.ladder.Rungs)
	if unsure {
		from.unsure, to.unsure = true, true
	}
	switch {
	case crossed:
		b.unlearn(from, to.finRung)
		from.state, to.state = kernel.FinWait1, kernel.Closing
	case to.fin:
		from.state, to.state = kernel.LastAck, kernel.TimeWait
		to.unacked = false
	default:
		from.state, to.state = kernel.FinWait1, kernel.CloseWait
	}
}

// crossing reports whether the second end sends its FIN before the first
// one's has arrived (RFC 9293 §3.6, simultaneous close): the kernel has shown
// CLOSING, or it said ESTABLISHED at the close although the first had closed.
func crossing(first, second *side) bool {
	return first.saw(kernel.Closing) || second.saw(kernel.Closing) ||
		second.info.Closed && !second.dup && second.info.State == kernel.Established
}

// unlearn takes back that a FIN had arrived at an end at once.
func (b *ladderBuilder) unlearn(s *side, since int) {
	for i := range b.ladder.Rungs[since:] {
		r := &b.ladder.Rungs[since+i]
		if s == &b.left {
			r.LeftState = kernel.Established
		} else {
			r.RightState = kernel.Established
		}
	}
}

// lastACK draws what follows a second FIN at once: Linux does not delay the
// acknowledgement with which it enters TIME_WAIT or CLOSING (tcp_fin).
func (b *ladderBuilder) lastACK() {
	for _, from := range []*side{&b.left, &b.right} {
		to := b.other(from)
		switch {
		case !from.unacked || from.unsure || to.unsure:
		case from.state == kernel.LastAck:
			b.cross(to, "ACK")
		case from.state == kernel.FinWait1 && to.state == kernel.Closing:
			if from.saw(kernel.FinWait2) { // the other's FIN is still queued behind bytes
				b.cross(to, "ACK")
				to.unacked = false
				continue
			}
			from.state = kernel.Closing
			b.cross(from, "") // the other's FIN arrives
			b.cross(to, "ACK")
			b.cross(from, "ACK")
		}
	}
}

// finDelay is how long Linux keeps the acknowledgement of a first FIN back,
// hoping for something to send along with it (TCP_ATO_MIN).
const finDelay = 40 * time.Millisecond

// lateACKs draws the acknowledgements that must have gone alone by now.
func (b *ladderBuilder) lateACKs() {
	for _, s := range []*side{&b.left, &b.right} {
		waits := s.state == kernel.FinWait1 && s.unacked && !s.unsure && !crossing(s, b.other(s))
		if waits && b.now >= s.finAt+finDelay {
			b.acknowledge(s)
		}
	}
}

// acknowledge draws the ACK for the FIN of an end.
func (b *ladderBuilder) acknowledge(s *side) {
	now := b.now
	b.now = s.finAt + finDelay // at the latest
	b.cross(b.other(s), "ACK")
	b.now = now
}

// unseenFIN draws the FIN of an end outside the lab that no call has read: in
// CLOSE_WAIT it has arrived.
func (b *ladderBuilder) unseenFIN(me, far *side) {
	if b.tcp && far.outside() && !far.fin && !far.rst && me.info.State == kernel.CloseWait {
		b.cross(far, "FIN")
	}
}

// finish draws what follows the last call.
func (b *ladderBuilder) finish() {
	if !b.left.info.Closed {
		b.unseenFIN(&b.left, &b.right)
	}
	if !b.right.info.Closed {
		b.unseenFIN(&b.right, &b.left)
	}
	b.now = 1 << 62
	b.lateACKs()
}
