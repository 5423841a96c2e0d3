package view

import (
	"fmt"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// ladderSentences tells the ladder, for terminals without room for a picture.
func (r *Renderer) ladderSentences(l Ladder) {
	before := l.Start.states()
	for end, s := range before {
		if s != kernel.Unknown {
			r.Print(r.Wrap(L("     "), L(r.Say(words.F("%s begins in %s", l.name(end), s.String()))), r.Width())...)
		}
	}
	for i, rung := range l.Rungs {
		parts := r.told(l, rung)
		for end, s := range rung.changed(before) {
			switch {
			case s == kernel.Unknown:
			case rung.guess(end):
				parts = append(parts, r.Say(words.F("%s is probably %s now", l.name(end), s.String())))
			default:
				parts = append(parts, r.Say(words.F("%s is now %s", l.name(end), s.String())))
			}
		}
		before = rung.states()
		text := ""
		for j, p := range parts {
			if j > 0 {
				p = r.Say(words.F("%s; %s", text, p))
			}
			text = p
		}
		r.Print(r.Wrap(L(fmt.Sprintf("%3d. ", i+1)), r.ready(L(text)), r.Width())...)
	}
}

// told is the call of a rung and what it sent, in words; nothing if the rung
// has neither.
func (r *Renderer) told(l Ladder, rung Rung) []string {
	from, to := l.Left, l.Right
	if !rung.ToRight {
		from, to = to, from
	}
	switch call := rung.Left + rung.Right; {
	case rung.Segment == "" && call == "":
		return nil
	case rung.Segment == "" && rung.Left != "":
		return []string{l.Left + ": " + call}
	case rung.Segment == "":
		return []string{l.Right + ": " + call}
	case call == "":
		return []string{r.Say(words.F("%s from %s to %s", r.segment(rung), from, to))}
	default:
		return []string{r.Say(words.F("%s: %s sends %s to %s", call, from, r.segment(rung), to))}
	}
}
