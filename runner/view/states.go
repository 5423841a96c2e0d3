package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/socklab/socklab/runner/words"
)

// A StateRow is one socket in the table of states, as it is to be shown.
type StateRow struct {
	State         string     // the name of a TCP state
	Word          words.Text // in its place for UDP and AF_UNIX, which have none
	Local, Remote string     // Remote is "" if there is no other end
	Who           words.Text // the lab's name for it, or who has it
	Mine          bool       // Who is a name of the lab
	About         []words.Text
	Left, Whole   time.Duration // what is left of a time, and all of it; 0: no time runs
}

// The table's columns: a state, and the most that is lined up of the ends and
// of who has them. What is longer pushes the rest of its line to the right.
const (
	stateColumn   = 12
	endsColumn    = 36
	whoColumn     = 12
	statesMin     = 60 // the narrowest terminal that has columns
	barMin        = 4
	barMax        = 11
	stateRowSpace = "  "
)

// States prints the table of states, a line for each row.
func (r *Renderer) States(rows []StateRow) {
	r, done := r.canvas(statesMin)
	defer done()
	r.Print(r.StateLines(rows)...)
}

// StateLines lays the table of states out to the width.
func (r *Renderer) StateLines(rows []StateRow) []Line {
	if r.opts.Plain {
		return r.statesPlain(rows)
	}
	var lines []Line
	ends, who := 0, 0
	for _, row := range rows {
		ends = max(ends, min(Width(r.Sym(row.ends())), endsColumn))
		if n := Width(r.Sym(Clean(r.Say(row.Who)))); n <= whoColumn {
			who = max(who, n)
		}
	}
	for _, row := range rows {
		if r.Width() < statesMin {
			lines = append(lines, r.stateItem(row)...)
			continue
		}
		head := Join(L("  "), S(Name, Pad(r.stateWord(row), stateColumn)))
		text := Join(L(Pad(r.Sym(row.ends()), ends)+stateRowSpace), row.whoLine(r, who), r.aboutLine(row))
		lines = append(lines, r.withBar(row, head, text)...)
	}
	return lines
}

// stateItem is a row where there is no room for columns.
func (r *Renderer) stateItem(row StateRow) []Line {
	width := r.Width()
	head := Join(L("  "), S(Name, Pad(r.stateWord(row), stateColumn)))
	lines := r.Wrap(head, trimRight(r.ready(row.whoLine(r, 0))), width)
	if ends := row.ends(); ends != "" {
		lines = append(lines, r.Wrap(L("    "), L(ends), width)...)
	}
	if about := r.aboutLine(row); len(about) > 0 {
		lines = append(lines, r.withBar(row, L("    "), about)...)
	}
	return lines
}

// withBar sets a row, with the bar of the time that is left behind it where
// there is room: the number stands in its text.
func (r *Renderer) withBar(row StateRow, head, text Line) []Line {
	head, text = r.ready(head), trimRight(r.ready(text))
	room := min(r.Width()-head.Width()-text.Width()-3, barMax)
	if row.Whole > 0 && room >= barMin {
		text = Join(text, L(" "), S(Accent, bar(row.Left, row.Whole, room)))
	}
	lines := r.Wrap(head, text, r.Width())
	for i := range lines {
		lines[i] = trimRight(lines[i])
	}
	return lines
}

// bar is how much of a whole is left, n cells between its ends.
func bar(left, whole time.Duration, n int) string {
	full := int((left*time.Duration(n) + whole - 1) / whole)
	full = max(0, min(full, n))
	return "▕" + strings.Repeat("█", full) + spaces(n-full) + "▏"
}

func (row StateRow) ends() string {
	if row.Remote == "" {
		return Clean(row.Local)
	}
	return Clean(row.Local) + " " + SymPair + " " + Clean(row.Remote)
}

func (r *Renderer) stateWord(row StateRow) string {
	if row.State != "" {
		return row.State
	}
	return Clean(r.Say(row.Word))
}

func (row StateRow) whoLine(r *Renderer, n int) Line {
	style := Plain
	if row.Mine {
		style = Name
	}
	who := Clean(r.Say(row.Who))
	if row.Mine {
		who = r.Cut(who, 24)
	}
	return S(style, Pad(r.Sym(who), n))
}

func (r *Renderer) aboutLine(row StateRow) Line {
	var parts []string
	for _, t := range row.About {
		parts = append(parts, Clean(r.Say(t)))
	}
	if len(parts) == 0 {
		return nil
	}
	lead := stateRowSpace
	if r.Width() < statesMin {
		lead = ""
	}
	return Join(L(lead), S(Dim, strings.Join(parts, r.Say(words.F(", ")))))
}

// A StateCount is how many sockets are in a state.
type StateCount struct {
	State string
	N     int
}

// MoreStates says how many rows were not shown, and in which states they are.
func (r *Renderer) MoreStates(counts []StateCount) words.Text {
	total := 0
	parts := make([]string, len(counts))
	for i, c := range counts {
		total += c.N
		parts[i] = Grouped(c.N) + " " + c.State
	}
	return words.F("%s more: %s", Grouped(total), strings.Join(parts, r.Say(words.F(", "))))
}

// Grouped writes a number with a comma between thousands.
func Grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
