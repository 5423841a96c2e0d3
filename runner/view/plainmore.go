package view

import (
	"fmt"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// childrenPlain says a sentence on each program, and one on each of its pipes.
func (r *Renderer) childrenPlain(list []netlab.ChildInfo) {
	for _, c := range list {
		name := words.F("process %d", c.Pid)
		if c.Label != "" {
			name = commas(name, harmless(c.Label))
		}
		command := words.F("the command is %s", harmless(r.Cut(Clean(c.Command), maxMessage)))
		r.speak(named(name, semicolons(childState(c), command)))
		for _, p := range c.Pipes {
			pipe := words.F("its %s", harmless(p.Name))
			r.speak(named(pipe, pipeState(c, p)))
		}
	}
}

// tanksPlain says where the bytes of each socket are, in their order.
func (r *Renderer) tanksPlain(list []netlab.Tank) {
	for _, t := range list {
		name := t.Label
		if name == "" {
			name = fmt.Sprintf("#%d", t.ID)
		}
		r.speak(named(harmless(name), commas(words.Raw(KindName(t.SocketInfo)), between(addrText(t.Local), addrText(t.Remote)))))
		if t.Closed {
			r.speak(words.F("closed: what was in its tanks is gone"))
			continue
		}
		r.tankSidePlain(words.F("coming in"), tankIn(t))
		r.tankSidePlain(words.F("going out"), tankOut(t))
	}
}

func (r *Renderer) tankSidePlain(side words.Text, rows []tankRow) {
	for _, row := range rows {
		text := row.text
		if row.room > 0 {
			text = semicolons(text, words.F("it has room for %d", row.room))
		}
		r.speak(words.F("%s, %s", side, named(row.place, text)))
	}
}

// conversationsPlain says who talked to whom.
func (r *Renderer) conversationsPlain(list []Conversation, losses []Loss) {
	for i := range list {
		c := &list[i]
		r.speak(words.F("A conversation between %s and %s", harmless(r.speaker(c.A).Text()), harmless(r.speaker(c.B).Text())))
		r.speak(harmless(r.wayLine(c.A, c.B, c.There).Text()), harmless(r.wayLine(c.B, c.A, c.Back).Text()))
		from := c.A
		if c.LastBack {
			from = c.B
		}
		last := L(r.Lang().T("last, from %s: ", speakerName(from)))
		r.Print(r.wrap(nil, nil, Join(last, r.lastPlain(c)), r.Width())...)
	}
	for _, l := range losses {
		r.speak(words.F("the kernel dropped %d datagrams at %s: its receive buffer was full", l.Count, speakerName(l.Speaker)))
	}
}

// lastPlain is the latest message; of a long one its beginning and how long it
// is.
func (r *Renderer) lastPlain(c *Conversation) Line {
	text := r.lastText(c)
	if whole := text.Text(); Width(whole) > toldMost || c.LastSize > len(c.Last) {
		return L(r.Say(words.F("%s, and so on, %s in all", words.Raw(Cut(whole, toldMost, "")), bytesOf(c.LastSize))))
	}
	return text
}
