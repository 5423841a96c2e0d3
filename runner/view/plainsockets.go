package view

import (
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// socketsPlain says a sentence on each socket.
func (r *Renderer) socketsPlain(list []netlab.SocketInfo, now time.Duration) {
	var lines []Line
	for _, s := range list {
		name := harmless(s.Label)
		if s.Label == "" {
			name = words.F("a socket without a name")
		}
		state := harmless(r.stateText(s))
		if r.stateText(s) == orDash("") {
			state = words.F("no state")
		}
		parts := []words.Text{words.F("descriptor %d", s.FD), words.Raw(KindName(s)), state, between(addrText(s.Local), addrText(s.Remote))}
		lines = append(lines, r.spoken(named(name, commas(append(parts, r.remarkTexts(s, now)...)...)))...)
	}
	r.Print(lines...)
}

// cardState is which row of a card, after the names, has the states.
const cardState = 2

// cardPlain says what each end of a connection knows of it.
func (r *Renderer) cardPlain(rows [][3]string) {
	for side := 1; side <= 2; side++ {
		if rows[0][side] == "" {
			continue
		}
		var parts []words.Text
		for i, row := range rows[1:] {
			part := words.F("%s is %s", row[0], harmless(row[side]))
			if i == cardState {
				part = words.F("in the kernel %s", harmless(row[side]))
			}
			parts = append(parts, part)
		}
		r.speak(named(harmless(rows[0][side]), commas(parts...)))
	}
}

// queuesPlain tells who stands in each of the queues.
func (r *Renderer) queuesPlain(q Queues) {
	row := func(name words.Text, list []string) {
		r.speak(named(name, r.callersPlain(list, q.Seen)))
	}
	row(words.F("Knocking outside, in SYN_SENT"), q.Knocking)
	row(words.F("In the SYN queue, half-open, in SYN_RECV"), q.Syn)
	head := words.F("The accept queue of %s, waiting for accept(), with room for %d, and for one more on Linux", harmless(q.Name), q.Backlog)
	if q.Filled < 0 {
		r.speak(named(head, words.F("cannot be seen")))
	} else {
		who := words.Text{}
		if q.Filled > 0 {
			who = r.callersPlain(q.Accept, true)
		}
		if more := q.Filled - len(q.Accept); more > 0 && len(q.Accept) > 0 {
			who = commas(who, words.F("%d more", more))
		} else if more > 0 {
			who = words.Text{}
		}
		counts := words.F("places filled: %d, free: %d", q.Filled, q.slots()-q.Filled)
		r.speak(named(head, semicolons(counts, who)))
	}
	if !q.Seen {
		r.speak(words.F("the SYN queue cannot be seen here: this system does not show its table"))
	}
}

// callersPlain are the callers in a queue, not too many of them.
func (r *Renderer) callersPlain(list []string, seen bool) words.Text {
	const most = 64
	if len(list) == 0 && !seen {
		return words.F("cannot be seen")
	} else if len(list) == 0 {
		return words.F("nobody")
	}
	var parts []words.Text
	for _, c := range list[:min(len(list), most)] {
		parts = append(parts, harmless(c))
	}
	if n := len(list) - most; n > 0 {
		parts = append(parts, words.F("%d more", n))
	}
	return commas(parts...)
}
