package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// A BoardCell is one of the eleven states: whether a socket was seen in it,
// and how many are in it now.
type BoardCell struct {
	Seen bool
	Now  int
}

// A StateBoard is the eleven states of RFC 9293 §3.3.2.
type StateBoard map[kernel.State]BoardCell

// Seen is how many of the states have been seen.
func (b StateBoard) Seen() int {
	n := 0
	for _, s := range BoardOrder {
		if c := b[s]; c.Seen || c.Now > 0 {
			n++
		}
	}
	return n
}

// BoardOrder is the order of the states in the life of connections: opening,
// open, the end that closes first, the other end.
var BoardOrder = []kernel.State{
	kernel.Close, kernel.Listen, kernel.SynSent, kernel.SynRecv, kernel.Established,
	kernel.FinWait1, kernel.FinWait2, kernel.Closing, kernel.TimeWait, kernel.CloseWait, kernel.LastAck,
}

// boardMin is the narrowest terminal for the picture; boardColumn is the width
// of each of its three columns.
const (
	boardMin    = 78
	boardColumn = 26
)

// A boardLine is three places of the picture: states, or what leads from the
// line above to the line below.
type boardLine struct {
	states [3]kernel.State
	texts  [3]words.Text
}

// boardPicture is the diagram of RFC 9293 figure 5: opening, open, and to the
// left the end that closes first, to the right the other one.
var boardPicture = []boardLine{
	{states: [3]kernel.State{1: kernel.Close}},
	{texts: [3]words.Text{0: words.F("▼ server: listen()"), 2: words.F("▼ client: connect()")}},
	{states: [3]kernel.State{0: kernel.Listen, 2: kernel.SynSent}},
	{texts: [3]words.Text{0: words.F("▼ ◀ SYN; SYN, ACK ▶"), 2: words.Raw("│")}},
	{states: [3]kernel.State{0: kernel.SynRecv}, texts: [3]words.Text{2: words.F("│ ◀ SYN, ACK; ACK ▶")}},
	{texts: [3]words.Text{0: words.F("▼ ◀ ACK"), 2: words.Raw("▼")}},
	{states: [3]kernel.State{1: kernel.Established}},
	{texts: [3]words.Text{0: words.F("▼ closes first: FIN ▶"), 2: words.F("▼ the other end: ◀ FIN")}},
	{states: [3]kernel.State{0: kernel.FinWait1, 2: kernel.CloseWait}},
	{texts: [3]words.Text{0: words.F("▼ ◀ ACK"), 1: words.F("▼ both close: ◀ FIN"), 2: words.F("▼ closes too: FIN ▶")}},
	{states: [3]kernel.State{0: kernel.FinWait2, 1: kernel.Closing, 2: kernel.LastAck}},
	{texts: [3]words.Text{0: words.F("▼ ◀ FIN; ACK ▶"), 1: words.F("▼ ◀ ACK"), 2: words.F("▼ ◀ ACK")}},
	{states: [3]kernel.State{0: kernel.TimeWait}, texts: [3]words.Text{1: words.F("◀ also from CLOSING"), 2: words.F("gone (CLOSE)")}},
}

// Board prints the states of TCP: which have been seen, which are there now.
func (r *Renderer) Board(b StateBoard) {
	r.Label(words.F("The states of TCP: %d of %d seen in this step", b.Seen(), len(BoardOrder)))
	if r.opts.Plain {
		r.boardPlain(b)
		return
	}
	r, done := r.canvas(boardMin)
	defer done()
	if r.Width() < boardMin || r.ASCII() {
		r.boardList(b)
		return
	}
	for _, line := range boardPicture {
		text := L("  ")
		for i := range line.states {
			var cell Line
			switch s := line.states[i]; {
			case s != kernel.Unknown:
				mark, word, style := r.boardCell(b[s])
				cell = Join(L("["), S(style, mark+" "+Pad(s.String(), 11)+" "+Pad(r.Say(word), 8)), L("]"))
			case !line.texts[i].Empty():
				cell = S(Dim, "  "+r.Say(line.texts[i]))
			}
			text = Join(text, cell.pad(boardColumn))
		}
		r.Print(trimRight(text))
	}
}

// boardCell is the mark of a state, the word that says the same, and the look.
func (r *Renderer) boardCell(c BoardCell) (mark string, word words.Text, style Style) {
	switch {
	case c.Now > 999:
		return "●", words.F("now 999+"), Accent
	case c.Now > 0:
		return "●", words.F("now %d", c.Now), Accent
	case c.Seen:
		return SymHeld, words.F("seen"), Good
	}
	return SymDot, words.F("not seen"), Dim
}

func (r *Renderer) boardList(b StateBoard) {
	for _, s := range BoardOrder {
		mark, word, style := r.boardCell(b[s])
		r.Print(r.Wrap(L("  "), S(style, Pad(r.Sym(mark), 3)+" "+Pad(s.String(), 12)+r.Say(word)), r.Width())...)
	}
}

// A Recipe is how to see a state.
type Recipe struct {
	State string
	How   words.Text
	Lasts words.Text // how long it stays
	Lines []string   // what to type
}

// Recipe prints how to see a state; whole adds how long it stays.
func (r *Renderer) Recipe(rec Recipe, whole bool) {
	if whole {
		r.Label(words.Raw(rec.State))
	}
	r.Paragraph(rec.How)
	if whole {
		r.Paragraph(rec.Lasts)
	}
	code := ""
	for _, l := range rec.Lines {
		if !strings.HasPrefix(l, "for ") && !strings.HasPrefix(l, "def ") && !strings.HasPrefix(l, " ") {
			l = strings.ReplaceAll(l, "; ", "\n") // short enough to be copied
		}
		code += l + "\n"
	}
	r.Code(code)
}

// A CounterRow is a number that the kernel keeps, or a setting of it.
type CounterRow struct {
	Name, Value string
	About       words.Text
}

// CounterRows prints numbers of the kernel, each with what it means.
func (r *Renderer) CounterRows(rows []CounterRow) {
	if r.opts.Plain {
		r.countersPlain(rows)
		return
	}
	r, done := r.canvas(0)
	defer done()
	name, value := 0, 0
	for _, row := range rows {
		name, value = max(name, len(row.Name)), max(value, len(row.Value))
	}
	for _, row := range rows {
		head := Join(L("  "), S(Name, Pad(row.Name, name)), L("  "+PadLeft(row.Value, value)+"  "))
		if head.Width() > r.Width()/2 {
			r.Print(r.Wrap(L("  "), Join(S(Name, row.Name), L(fmt.Sprintf("  %s", row.Value))), r.Width())...)
			r.Print(r.Wrap(L("    "), r.Sentence(row.About), r.Width())...)
			continue
		}
		r.Print(r.Wrap(head, r.Sentence(row.About), r.Width())...)
	}
}
