package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// A Decoding is what one decoder makes of bytes, piece by piece.
type Decoding struct {
	Name   string
	Pieces []Decoded
}

// Decoded is a character, or bytes that are none, with the reason.
type Decoded struct {
	From, To int // bytes; To is behind the last
	Text     string
	Err      string
}

const (
	stripMost    = 192 // bytes that are drawn
	stripReasons = 4   // errors of one decoder that are told
)

// Decoders prints the same bytes as several decoders read them: every
// character stands under its bytes, and so does what is none.
func (r *Renderer) Decoders(data []byte, list []Decoding) {
	if len(data) == 0 {
		r.below(Dim, words.F("there are no bytes"))
		return
	}
	if r.opts.Plain {
		r.decodersPlain(data, list)
		return
	}
	r, done := r.canvas(0)
	defer done()
	width := r.Width()
	s := strip{r: r, data: data[:min(len(data), stripMost)], list: list, cell: 3}
	for _, d := range list {
		s.label = max(s.label, Width(d.Name)+1)
		for _, p := range d.Pieces {
			if p.From < len(s.data) {
				s.cell = max(s.cell, (Width(r.piece(p))+p.To-p.From)/(p.To-p.From))
			}
		}
	}
	s.label = max(s.label, 5) // of an offset
	per := max((width-s.label+1)/s.cell, 1)
	if per > 16 {
		per = 16
	}
	for at := 0; at < len(s.data); at += per {
		s.row(at, min(at+per, len(s.data)), width)
	}
	if n := len(data) - len(s.data); n > 0 {
		r.below(Dim, words.F("%d bytes more are not drawn", n))
	}
	for _, d := range list {
		r.verdict(data, d, s.label)
	}
	if n := accepting(list); n > 1 {
		r.below(Accent, words.F("%d different texts, each without an error: nothing in the bytes says which is meant", n))
	}
}

// piece is what stands for a character: nothing in it changes its width when
// it is printed.
func (r *Renderer) piece(p Decoded) string {
	if p.Err != "" {
		return r.badMark()
	}
	text := r.Sym(Clean(p.Text))
	if Width(text) == 0 && text != "" { // it would join what stands before it
		text = escape([]rune(text)[0])
	}
	return text
}

func (r *Renderer) badMark() string {
	if r.ASCII() {
		return "!" // the twin of the cross is too wide for a byte
	}
	return SymFailed
}

// strip draws rows of bytes; each has cell cells.
type strip struct {
	r           *Renderer
	data        []byte
	list        []Decoding
	label, cell int
}

func (s *strip) row(at, end, width int) {
	hex := make([]string, 0, end-at)
	for _, c := range s.data[at:end] {
		hex = append(hex, Pad(fmt.Sprintf("%02x", c), s.cell-1))
	}
	s.print(S(Dim, fmt.Sprintf("%04x", at)), S(Code, strings.Join(hex, " ")), width)
	for _, d := range s.list {
		var cells Line
		for _, p := range d.Pieces {
			if p.From < end && p.To > at {
				cells = Join(cells, s.under(p, at, end), L(" "))
			}
		}
		s.print(S(Dim, d.Name), cells, width)
	}
}

func (s *strip) print(label, cells Line, width int) {
	s.r.Print(s.r.CutLine(trimRight(Join(label.pad(s.label), cells)), width))
}

// under is a piece under those of its bytes that stand in the row: in the
// middle of a brace, which is open where the row ends.
func (s *strip) under(p Decoded, at, end int) Line {
	from, to := max(p.From, at), min(p.To, end)
	room := (to-from)*s.cell - 1
	text, style := s.r.piece(p), Plain
	if p.Err != "" {
		style = Bad
	}
	if p.From < at { // it stands in the row above
		text = ""
	}
	text = Cut(text, room, "")
	if p.To-p.From == 1 || room < Width(text)+2 {
		return Join(S(style, text), L(spaces(room-Width(text))))
	}
	left, right := "└", "┘"
	if p.From < at {
		left = SymRule
	}
	if p.To > end {
		right = SymRule
	}
	rest := room - Width(text) - 2
	return Join(S(Dim, left+strings.Repeat(SymRule, rest/2)), S(style, text), S(Dim, strings.Repeat(SymRule, rest-rest/2)+right))
}

// verdict tells what one decoder says to all of the bytes.
func (r *Renderer) verdict(data []byte, d Decoding, label int) {
	head := S(Dim, Pad(d.Name, label))
	if r.Width() < 40 {
		head = S(Dim, d.Name+" ")
	}
	var bad []Decoded
	good := 0
	for _, p := range d.Pieces {
		switch {
		case p.Err != "":
			bad = append(bad, p)
		case p.Text != "":
			good++
		}
	}
	if len(bad) == 0 {
		r.Print(r.Wrap(head, Join(S(Good, SymHeld+" "), L(r.Say(characters(good)))), r.Width())...)
		return
	}
	for i, p := range bad[:min(len(bad), stripReasons)] {
		if i > 0 {
			head = L(spaces(head.Width()))
		}
		r.Print(r.Wrap(head, Join(S(Bad, r.badMark()+" "), L(r.Say(reason(data, p)))), r.Width())...)
	}
	if n := len(bad) - stripReasons; n > 0 {
		r.Print(r.Wrap(L(spaces(head.Width())), S(Dim, r.Say(words.F("%d more", n))), r.Width())...)
	}
}

func characters(n int) words.Text {
	if n == 1 {
		return words.F("1 character")
	}
	return words.F("%d characters", n)
}

func reason(data []byte, p Decoded) words.Text {
	if p.To-p.From == 1 && p.From < len(data) {
		return words.F("byte 0x%02x in position %d: %s", data[p.From], p.From, p.Err)
	}
	return words.F("bytes in position %d-%d: %s", p.From, p.To-1, p.Err)
}

// accepting counts the decoders that read every byte, each text once.
func accepting(list []Decoding) int {
	texts := map[string]bool{}
	for _, d := range list {
		var b strings.Builder
		whole := true
		for _, p := range d.Pieces {
			whole = whole && p.Err == ""
			b.WriteString(p.Text)
		}
		if whole {
			texts[b.String()] = true
		}
	}
	return len(texts)
}
