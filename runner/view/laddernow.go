package view

import (
	"time"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// EndNow is what the kernel says of one end of a connection at this moment.
// The zero EndNow is that it says nothing.
type EndNow struct {
	State kernel.State    // Unknown: it was not asked, or has no answer
	Gone  bool            // it has no such connection, or no longer: State is CLOSE
	Left  time.Duration   // of TIME_WAIT
	Count *kernel.TCPInfo // the counters of an open end, else nil
}

// Compare sets what the kernel says beside what was inferred: its states now,
// its counters, and where it says something else. now is the moment on the
// lab's clock.
func (l *Ladder) Compare(left, right EndNow, now time.Duration) {
	l.withoutFuture(left, right, now)
	last := l.Start
	if n := len(l.Rungs); n > 0 {
		last = l.Rungs[n-1]
	}
	over := now-l.began-last.At >= kernel.TimeWaitLength
	var said words.Text
	for i, end := range []EndNow{left, right} {
		inferred := last.states()[i]
		if end.State == kernel.Unknown || end.Gone && inferred == kernel.Unknown {
			continue
		}
		text := end.say(l.name(i), inferred, over)
		if !said.Empty() {
			text = words.F("%s, %s", said, text)
		}
		said = text
		if !end.agrees(inferred, over) && !last.guess(i) {
			l.Doubts = append(l.Doubts, words.F("%s: inferred %s, the kernel says %s", l.name(i), inferred.String(), end.State.String()))
		}
	}
	if !said.Empty() {
		l.Evidence = append(l.Evidence, words.F("the kernel says now: %s", said))
	}
	for i, end := range []EndNow{left, right} {
		if end.Count != nil && end.Count.SegsOut+end.Count.SegsIn > 0 {
			l.Evidence = append(l.Evidence, l.counted(i, *end.Count))
		}
	}
}

// withoutFuture takes the last ACK of a FIN out again, if its time has not come
// and the kernel does not say that it came early.
func (l *Ladder) withoutFuture(left, right EndNow, now time.Duration) {
	n := len(l.Rungs)
	if n == 0 || l.Rungs[n-1].At <= now-l.began {
		return
	}
	receiver := left
	if l.Rungs[n-1].ToRight {
		receiver = right
	}
	if receiver.State != kernel.FinWait2 {
		l.Rungs = l.Rungs[:n-1]
	}
}

// forgets are the states which the kernel itself ends after a minute: TIME_WAIT
// (TCP_TIMEWAIT_LEN) and FIN_WAIT2 without a process (tcp_fin_timeout, tcp(7)).
func forgets(s kernel.State) bool { return s == kernel.TimeWait || s == kernel.FinWait2 }

// agrees reports whether the kernel's state may follow from the inferred one.
// Nothing inferred is not contradicted.
func (n EndNow) agrees(inferred kernel.State, over bool) bool {
	return inferred == kernel.Unknown || n.State == inferred || n.Gone && over && forgets(inferred)
}

func (n EndNow) say(name string, inferred kernel.State, over bool) words.Text {
	switch {
	case n.Gone && over && forgets(inferred):
		return words.F("%s CLOSE (gone: the time of its %s is over)", name, inferred.String())
	case n.Gone:
		return words.F("%s CLOSE (gone from its table)", name)
	case n.State == kernel.TimeWait:
		return words.F("%s TIME_WAIT (%.1f s left)", name, n.Left.Seconds())
	}
	return words.Raw(name + " " + n.State.String())
}

// A tally is how many segments went out of an end and came in.
type tally struct{ out, in int }

func (t tally) minus(u tally) tally { return tally{t.out - u.out, t.in - u.in} }

// drawn counts the ladder's segments at an end, and those of them with bytes.
// The kernel counts the SYN, ACK of a listener for nobody: the socket that
// accept returns is made by the ACK that follows.
func (l *Ladder) drawn(end int) (all, data tally) {
	for _, r := range l.Rungs {
		t := &all.in
		d := &data.in
		if r.ToRight == (end == 0) {
			t, d = &all.out, &data.out
		}
		if r.Segment == "" || r.Segment == "SYN, ACK" && t == &all.out {
			continue
		}
		*t++
		if r.Data {
			*d++
		}
	}
	return all, data
}

// counted compares the segments drawn at an end with the kernel's counters.
func (l *Ladder) counted(end int, k kernel.TCPInfo) words.Text {
	all, data := l.drawn(end)
	counted := words.F("the kernel counted for %s: %d segments out (drawn: %d), %d in (drawn: %d)",
		l.name(end), k.SegsOut, all.out, k.SegsIn, all.in)
	more := tally{k.SegsOut, k.SegsIn}.minus(all)
	if k.DataOut < 0 { // an old kernel does not say which of them carried bytes
		if more == (tally{}) {
			return words.F("%s: the ladder agrees", counted)
		}
		return counted
	}
	verdict := words.F("%s; with bytes %d and %d, sent again %d", counted, k.DataOut, k.DataIn, k.Retransmits)
	bytes := tally{k.DataOut, k.DataIn}.minus(data)
	bare := more.minus(bytes)
	if bytes != (tally{}) {
		verdict = words.F("%s; the bytes drawn as %d and %d segments", verdict, data.out, data.in)
	}
	switch {
	case more == (tally{}) && bytes == (tally{}):
		return words.F("%s: the ladder agrees", verdict)
	case bare.out < 0 || bare.in < 0:
		return words.F("%s: some of the ladder's segments went as one, or not yet, or belong to a connect before this one", verdict)
	case bare != (tally{}):
		return words.F("%s: ACKs that no call shows: %d out, %d in", verdict, bare.out, bare.in)
	}
	return verdict
}
