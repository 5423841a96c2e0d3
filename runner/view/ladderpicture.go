package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// ladderLayout is how wide the parts of a picture are: call and state of the
// left end, the wire, state and call of the right end. The wire stands between
// two bars, each with a space outside.
type ladderLayout struct{ side, wire, edge int }

// ladderState is the column for a state at the right: ESTABLISHED and a space.
const ladderState = 12

func layoutOf(width int) ladderLayout {
	const bars = 4
	g := ladderLayout{wire: 18, edge: min(width, 92)}
	if width < 80 {
		g.wire = 16
	}
	g.side = (min(width, 80) - bars - g.wire) / 2
	return g
}

func (r *Renderer) ladderPicture(l Ladder) {
	g := layoutOf(r.Width())
	left, right := r.Cut(Clean(l.Left), g.side), r.Cut(Clean(l.Right), g.side)
	start := l.Start.marks(ends{})
	for _, row := range g.rows([2]string{left, right}, start) {
		r.Print(trimRight(Join(g.left(row, Heading), L(spaces(g.wire+4)), g.right(row, Heading))))
	}
	before := l.Start.states()
	for _, rung := range l.Rungs {
		r.ladderRung(g, rung, rung.marks(before))
		before = rung.states()
	}
}

// marks are the changed states as they stand beside the wire.
func (g Rung) marks(before ends) (marks [2]string) {
	for end, s := range g.changed(before) {
		if marks[end] = s.String(); s != kernel.Unknown && g.guess(end) {
			marks[end] += "?"
		}
	}
	return marks
}

func (r *Renderer) ladderRung(g ladderLayout, rung Rung, states [2]string) {
	calls := [2]string{r.Cut(rung.Left, g.side), r.Cut(rung.Right, g.side)}
	rows := g.rows(calls, states)
	for i, row := range rows {
		arrow := L(spaces(g.wire))
		if rung.Segment != "" && i == len(rows)-1 {
			arrow = S(Accent, r.arrow(r.segment(rung), rung.ToRight, g.wire))
		}
		line := trimRight(Join(g.left(row, Code), L(" "+SymBar), arrow, L(SymBar+" "), g.right(row, Code)))
		if i == 0 && calls[0]+calls[1] != "" {
			at := moment(rung.At)
			if gap := g.edge - line.Width() - Width(at); gap >= 2 {
				line = Join(line, L(spaces(gap)), S(Dim, at))
			}
		}
		r.Print(line)
	}
}

// moment is a time with as many digits as tell one call from the next.
func moment(d time.Duration) string {
	switch ms := float64(d.Microseconds()) / 1000; {
	case ms < 10:
		return fmt.Sprintf("%.3f ms", ms)
	case ms < 1000:
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.3f s", d.Seconds())
}

// ladderRow is a line of the picture: a call and a state for each end.
type ladderRow struct{ calls, states [2]string }

// rows puts calls and states on one line, or the calls on a line of their own
// above the states if a side has no room for both.
func (g ladderLayout) rows(calls, states [2]string) []ladderRow {
	for i := range calls {
		if calls[i] != "" && states[i] != "" && Width(calls[i])+1+Width(states[i]) > g.side {
			return []ladderRow{{calls: calls}, {states: states}}
		}
	}
	return []ladderRow{{calls, states}}
}

func (g ladderLayout) left(row ladderRow, style Style) Line {
	call, state := row.calls[0], row.states[0]
	room := g.side - Width(call) - Width(state)
	indent := min(2, room)
	if state != "" && call != "" {
		indent = min(2, room-1)
	}
	return Join(L(spaces(indent)), S(style, call), L(spaces(room-max(indent, 0))), S(Name, state))
}

func (g ladderLayout) right(row ladderRow, style Style) Line {
	call, state := row.calls[1], row.states[1]
	column := max(min(ladderState, g.side-Width(call)), 0)
	if state != "" && call != "" {
		column = max(column, Width(state)+1)
	}
	return Join(S(Name, Pad(state, column)), S(style, call))
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

func (r *Renderer) arrow(segment string, toRight bool, wire int) string {
	text := " " + r.Cut(segment, wire-5) + " "
	rest := strings.Repeat(SymRule, max(wire-3-Width(text), 0))
	if toRight {
		return SymRule + SymRule + text + rest + SymRight
	}
	return SymLeft + rest + text + SymRule + SymRule
}
