package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/socklab/socklab/runner/words"
)

// A Rung is one line of a ladder: a call at one end, and what crossed between
// the ends because of it.
type Rung struct {
	Left, Right string        // calls, outside the ladder
	Segment     string        // "SYN", "5 bytes": "" if nothing crossed
	Data        bool          // the segment carries bytes
	Bytes       int           // how many
	ToRight     bool          // which way it went
	At          time.Duration // since the first rung
}

// A Ladder is the story of one connection. Segments are inferred from the
// calls; Evidence is what the kernel counted.
type Ladder struct {
	Left, Right string
	Rungs       []Rung
	Evidence    []words.Text
}

// ladderMin is the narrowest terminal in which the two ends stand side by
// side; below it the ladder is told as sentences.
const ladderMin = 60

// Ladder prints the ladder, and below it what it rests on.
func (r *Renderer) Ladder(l Ladder) {
	if r.Width() < ladderMin {
		r.ladderSentences(l)
	} else {
		r.ladderPicture(l)
	}
	r.Print(r.Wrap(L("  "), S(Dim, r.Say(words.F("segments inferred from the calls, not seen on the wire"))), r.Width())...)
	for _, t := range l.Evidence {
		r.Print(r.Wrap(L("  "), S(Dim, r.Say(t)), r.Width())...)
	}
}

// The columns of the picture: a call, the wire, a call.
const (
	ladderSide = 20
	ladderWire = 22
)

func (r *Renderer) ladderPicture(l Ladder) {
	side := ladderSide
	if r.Width() < 80 {
		side -= 3
	}
	left, right := r.Cut(Clean(l.Left), side), r.Cut(Clean(l.Right), side)
	r.Print(trimRight(Join(S(Heading, Pad(left, side)), L(spaces(ladderWire)+"    "), S(Heading, right))))
	for _, rung := range l.Rungs {
		arrow := L(spaces(ladderWire))
		if rung.Segment != "" {
			arrow = S(Accent, r.arrow(r.segment(rung), rung.ToRight))
		}
		line := Join(S(Code, PadLeft(r.Cut(rung.Left, side), side)), L(" "+SymBar), arrow, L(SymBar))
		if rung.Left+rung.Right == "" {
			r.Print(line)
			continue
		}
		call := " " + r.Cut(rung.Right, side)
		moment := fmt.Sprintf("%9.3f ms", float64(rung.At.Microseconds())/1000)
		if full := Join(line, S(Code, Pad(call, side+1)), S(Dim, moment)); full.Width() <= r.Width() {
			r.Print(full)
		} else {
			r.Print(trimRight(Join(line, S(Code, call))))
		}
	}
}

// segment is what crossed, in the renderer's language.
func (r *Renderer) segment(rung Rung) string {
	switch {
	case rung.Data && rung.Bytes == 1:
		return r.Say(words.F("1 byte"))
	case rung.Data:
		return r.Say(words.F("%d bytes", rung.Bytes))
	case rung.Segment == finOrReset:
		return r.Say(words.F("FIN or RST"))
	}
	return rung.Segment
}

func (r *Renderer) arrow(segment string, toRight bool) string {
	segment = r.Cut(segment, ladderWire-6)
	text := " " + segment + " "
	rest := strings.Repeat(SymRule, max(ladderWire-3-Width(text), 0))
	if toRight {
		return SymRule + SymRule + text + rest + SymRight
	}
	return SymLeft + rest + text + SymRule + SymRule
}

func (r *Renderer) ladderSentences(l Ladder) {
	for i, rung := range l.Rungs {
		from, to := l.Left, l.Right
		if !rung.ToRight {
			from, to = to, from
		}
		var text string
		switch call := rung.Left + rung.Right; {
		case rung.Segment == "" && rung.Left != "":
			text = l.Left + ": " + call
		case rung.Segment == "":
			text = l.Right + ": " + call
		case call == "":
			text = r.Say(words.F("%s from %s to %s", r.segment(rung), from, to))
		default:
			text = r.Say(words.F("%s: %s sends %s to %s", call, from, r.segment(rung), to))
		}
		r.Print(r.Wrap(L(fmt.Sprintf("%3d. ", i+1)), r.ready(L(text)), r.Width())...)
	}
}
