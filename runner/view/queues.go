package view

import (
	"fmt"

	"github.com/socklab/socklab/runner/words"
)

// Queues are the two queues of a listener and who stands in them.
type Queues struct {
	Name     string   // of the listener
	Backlog  int      // the limit of the accept queue; Linux admits one more
	Filled   int      // connections in the accept queue; -1: that cannot be seen
	Accept   []string // their callers, as far as they can be seen
	Syn      []string // callers in the SYN queue
	Knocking []string // callers whose SYN was not answered
	Seen     bool     // the kernel's table can be read: without it only Filled is known
}

// queuesMin is the narrowest terminal for the picture, and queueRows the most
// of each queue that is drawn.
const (
	queuesMin     = 78
	queueRows     = 8
	knockColumn   = 17
	synColumn     = 19
	queueGap      = "     "
	queueGapArrow = " ──▶ "
)

// Queues prints the queues of a listener.
func (r *Renderer) Queues(q Queues) {
	if r.opts.Plain {
		r.queuesPlain(q)
		return
	}
	r, done := r.canvas(queuesMin)
	defer done()
	if lines, ok := r.queuesPicture(q); ok {
		r.Print(lines...)
	} else {
		r.queuesList(q)
	}
	if !q.Seen {
		r.Print(r.Wrap(L("  "), S(Dim, r.Say(words.F("the SYN queue cannot be seen here: this system does not show its table"))), r.Width())...)
	}
}

// slot is what a place in the accept queue holds.
func (r *Renderer) slot(q Queues, i int) (Line, bool) {
	last := ""
	if i == q.Backlog {
		last = " " + r.Say(words.F("(+1 on Linux)"))
	}
	switch {
	case q.Filled < 0:
		return Join(S(Dim, r.Say(words.F("cannot be seen"))), S(Dim, last)), false
	case i >= q.Filled:
		return Join(L("□ "+r.Say(words.F("free"))), S(Dim, last)), false
	case i < len(q.Accept):
		return Join(S(Accent, "■ "), L(Clean(q.Accept[i])), S(Dim, last)), true
	}
	return Join(S(Accent, "■ "), L(r.Say(words.F("filled"))), S(Dim, last)), true
}

// slots are how many places the accept queue has: as many as Linux admits, or
// as it holds.
func (q Queues) slots() int { return max(q.Backlog+1, q.Filled) }

// queuesPicture draws the queues side by side, if there is room for that.
func (r *Renderer) queuesPicture(q Queues) ([]Line, bool) {
	if r.Width() < queuesMin || r.ASCII() {
		return nil, false
	}
	three := func(a, gap, b, c Line) Line {
		return trimRight(Join(L("  "), a.pad(knockColumn), gap, b.pad(synColumn), gap, c))
	}
	lines := []Line{
		three(S(Heading, r.Say(words.F("knocking outside"))), L(queueGap), S(Heading, r.Say(words.F("SYN queue"))), r.acceptHeading(q)),
		three(S(Dim, "SYN_SENT"), L(queueGap), S(Dim, r.Say(words.F("SYN_RECV: half-open"))), S(Dim, r.Say(words.F("waiting for accept()")))),
	}
	rows := max(1, len(q.Knocking), len(q.Syn), q.slots())
	shown := min(rows, queueRows)
	for i := range shown {
		gap := queueGap
		if i == 0 {
			gap = queueGapArrow
		}
		third := Line(nil)
		if i < q.slots() {
			third, _ = r.slot(q, i)
		}
		lines = append(lines, three(r.queued(q.Knocking, i, q.Seen, knockColumn), L(gap), r.queued(q.Syn, i, q.Seen, synColumn), third))
	}
	for _, l := range lines {
		if l.Width() > r.Width() {
			return nil, false
		}
	}
	if rows > shown {
		lines = append(lines, r.Wrap(L("  "), S(Dim, r.queuesRest(q)), r.Width())...)
	}
	return lines, true
}

func (r *Renderer) acceptHeading(q Queues) Line {
	filled := "?"
	if q.Filled >= 0 {
		filled = fmt.Sprint(q.Filled)
	}
	return S(Heading, r.Say(words.F("accept queue of %s: %s of %d", r.Cut(Clean(q.Name), 12), filled, q.Backlog)))
}

// queued is the i-th of a queue's callers; its first line says when there is
// none, or none to be seen.
func (r *Renderer) queued(list []string, i int, seen bool, width int) Line {
	switch {
	case i < len(list):
		return L(r.Cut(Clean(list[i]), width))
	case i > 0:
		return nil
	case !seen:
		return S(Dim, r.Say(words.F("cannot be seen")))
	}
	return S(Dim, r.Say(words.F("nobody")))
}

func (r *Renderer) queuesRest(q Queues) string {
	return r.Say(words.F("not all of it is drawn: %d knock, %d in the SYN queue, %d in the accept queue with room for %d",
		len(q.Knocking), len(q.Syn), max(q.Filled, 0), q.Backlog+1))
}

// queuesList is the same in words, one below the other.
func (r *Renderer) queuesList(q Queues) {
	r.queueList(r.Say(words.F("knocking outside"))+" (SYN_SENT)", q.Knocking, q.Seen)
	r.queueList(r.Say(words.F("SYN queue"))+" (SYN_RECV)", q.Syn, q.Seen)
	r.Print(r.Wrap(L("  "), r.acceptHeading(q), r.Width())...)
	shown := min(q.slots(), queueRows)
	for i := range shown {
		text, filled := r.slot(q, i)
		word := ""
		if filled && i < len(q.Accept) {
			word = "  " + r.Say(words.F("filled"))
		}
		r.Print(r.Wrap(L(fmt.Sprintf("    %d ", i+1)), Join(text, S(Dim, word)), r.Width())...)
	}
	if q.slots() > shown {
		r.Print(r.Wrap(L("    "), S(Dim, r.Say(words.F("%d places more", q.slots()-shown))), r.Width())...)
	}
}

func (r *Renderer) queueList(name string, list []string, seen bool) {
	r.Print(r.Wrap(L("  "), Join(S(Heading, name), L(": "), r.queued(list, 0, seen, r.Width())), r.Width())...)
	for i := 1; i < min(len(list), queueRows); i++ {
		r.Print(r.Wrap(L("    "), r.queued(list, i, seen, r.Width()), r.Width())...)
	}
	if n := len(list) - queueRows; n > 0 {
		r.Print(r.Wrap(L("    "), S(Dim, r.Say(words.F("%d more", n))), r.Width())...)
	}
}
