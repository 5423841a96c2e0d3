package view

import (
	"time"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// A Rung is one line of a ladder: a call at one end, what crossed between the
// ends because of it, and the state of each end after it.
type Rung struct {
	Left, Right string        // calls, outside the ladder
	Segment     string        // "SYN", "5 bytes": "" if nothing crossed
	Data        bool          // the segment carries bytes
	Bytes       int           // how many
	ToRight     bool          // which way it went
	At          time.Duration // since the first rung

	// The states follow from the calls by RFC 9293 §3.3.2. Unknown: the end
	// has none, or nothing tells it.
	LeftState, RightState kernel.State
	// A guess rests on what arrived at the other end: nobody knows the calls.
	LeftGuess, RightGuess bool
}

// A Ladder is the story of one connection. Segments and states are inferred
// from the calls; Evidence is what the kernel says to them, and Doubts are
// where it says something else.
type Ladder struct {
	Left, Right      string
	Start            Rung // the states before the first, nothing else
	Rungs            []Rung
	Evidence, Doubts []words.Text

	names [2]string     // of the ends, without their ports
	began time.Duration // the first rung, on the lab's clock
}

// ladderMin is the narrowest terminal in which the two ends stand side by
// side; below it the ladder is told as sentences.
const ladderMin = 60

// Ladder prints the ladder, and below it what it rests on.
func (r *Renderer) Ladder(l Ladder) {
	r, done := r.canvas(ladderMin)
	defer done()
	picture := r.Width() >= ladderMin && !r.opts.Plain
	switch {
	case r.opts.Plain:
		r.ladderPlain(l)
	case picture:
		r.ladderPicture(l)
	default:
		r.ladderSentences(l)
	}
	basis := words.F("segments inferred from the calls, not seen on the wire")
	states, guesses := l.holds()
	if states {
		basis = words.F("segments and states inferred from the calls, not seen on the wire")
	}
	r.below(Dim, basis)
	if guesses && picture {
		r.below(Dim, words.F("? marks a state guessed from what arrived at the other end"))
	}
	for _, t := range l.Evidence {
		r.below(Dim, t)
	}
	for _, t := range l.Doubts {
		r.below(Accent, t)
	}
}

// below says what belongs to a picture.
func (r *Renderer) below(style Style, t words.Text) {
	if r.opts.Plain {
		r.speak(t)
		return
	}
	r.Print(r.Wrap(L("  "), S(style, r.Say(t)), r.Width())...)
}

// holds tells whether the ladder shows states, and whether it guesses any.
func (l Ladder) holds() (states, guesses bool) {
	var before ends
	for _, rung := range append([]Rung{l.Start}, l.Rungs...) {
		for end, s := range rung.changed(before) {
			states = states || s != kernel.Unknown
			guesses = guesses || s != kernel.Unknown && rung.guess(end)
		}
		before = rung.states()
	}
	return states, guesses
}

// ends are the states of the left and the right end.
type ends [2]kernel.State

func (g Rung) states() ends { return ends{g.LeftState, g.RightState} }

func (g Rung) guess(end int) bool { return [2]bool{g.LeftGuess, g.RightGuess}[end] }

// changed are the states that differ from those before; Unknown: as it was.
func (g Rung) changed(before ends) ends {
	now := g.states()
	for i := range now {
		if now[i] == before[i] {
			now[i] = kernel.Unknown
		}
	}
	return now
}

// name is an end's name without its port, if it has one.
func (l Ladder) name(end int) string {
	if l.names[end] != "" {
		return l.names[end]
	}
	return [2]string{l.Left, l.Right}[end]
}
