package view

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/socklab/socklab/runner/words"
)

// Trouble is an error as it is shown.
type Trouble struct {
	File   string     // the file it is in; empty says none
	Line   int        // the line it is at; 0 says none
	Source string     // that line's text; empty shows none
	Col    int        // the character of Source, from 1, that the caret points at; 0 is none
	Kind   string     // Python's name of it: ConnectionRefusedError
	Tag    string     // symbol and number without brackets: ECONNREFUSED 111
	Text   words.Text // what happened
}

// Error prints an error: its source line with a caret if there is one, then
// "Kind [TAG] text".
func (r *Renderer) Error(e Trouble) {
	r, done := r.page()
	defer done()
	width := r.Width()
	var lines []Line
	if e.Line > 0 && e.File != "" {
		lines = append(lines, r.wrap(r.gutter(width), r.gutter(width), S(Dim, fmt.Sprintf("%s:%d", e.File, e.Line)), width)...)
	} else if e.Line > 0 {
		lines = append(lines, r.wrap(r.gutter(width), r.gutter(width), S(Dim, r.Lang().T("line %d", e.Line)), width)...)
	}
	switch {
	case strings.TrimSpace(e.Source) == "":
	case r.opts.Plain:
		lines = append(lines, r.sourcePlain(e.Source, e.Col, width)...)
	default:
		lines = append(lines, r.source(e.Source, e.Col, width)...)
	}
	var text Line
	if e.Kind != "" {
		text = S(Bad, e.Kind)
		if !e.Text.Empty() {
			text = Join(text, L(": "))
		}
	}
	if e.Tag != "" {
		text = Join(S(Bad, e.Kind), L(" ["), S(Name, e.Tag), L("] "))
	}
	text = Join(text, r.Sentence(words.Raw(r.Cut(r.Say(e.Text), maxMessage))))
	lines = append(lines, r.Wrap(r.gutter(width), text, width)...)
	r.Print(lines...)
}

// maxMessage is how many cells of an error are shown: it may quote what was
// typed, which may be a megabyte.
const maxMessage = 600

// source is a line of code with a caret below one of its characters. A line
// that is too wide is cut so that the character is in sight.
func (r *Renderer) source(src string, col, width int) []Line {
	lead := "  "
	if width < leastRoom+len(lead) {
		lead = ""
	}
	room := max(width-len(lead), 1)
	src, at := r.measure(src, col)
	if Width(src) > room {
		src, at = r.window(src, at, room)
	}
	lines := []Line{Join(L(lead), S(Code, src))}
	if col > 0 && at < room {
		lines = append(lines, Join(L(lead+spaces(at)), S(Bad, "^")))
	}
	return lines
}

// sourcePlain is a line of code, and in words at which character the caret
// would stand.
func (r *Renderer) sourcePlain(src string, col, width int) []Line {
	letters := []rune(strings.TrimRight(src, " \t\r\n"))
	say := func(t words.Text, code string) []Line {
		code = Clean(strings.TrimSpace(r.Cut(strings.ReplaceAll(code, "\t", " "), maxMessage)))
		return r.wrap(nil, nil, Join(L(r.Say(t)+r.Say(words.F(": "))), S(Code, code)), width)
	}
	lines := say(words.F("The line is"), string(letters))
	if col > 0 && col <= len(letters) {
		lines = append(lines, say(words.F("The error is at its character %d, from here on", col), string(letters[col-1:]))...)
	}
	return lines
}

// measure makes a source line fit to print and finds the cell of a character
// of it: tabs and escapes before it take more than one.
func (r *Renderer) measure(src string, col int) (string, int) {
	src = strings.TrimRight(src, " \t\r\n")
	at := 0
	if col > 0 {
		before := []rune(src)
		at = r.ready(L(string(before[:min(col-1, len(before))]))).Width()
	}
	return strings.ReplaceAll(r.ready(L(src)).Text(), "\n", `\n`), at
}

// window is a part of src that has room cells and the cell at in it, with
// ellipses where it was cut, and the cell's place in the part.
func (r *Renderer) window(src string, at, room int) (string, int) {
	dots := r.Sym(SymEllipsis)
	if at < room-Width(dots) || room < 3*Width(dots) {
		return r.Cut(src, room), at
	}
	skip, state, want := 0, -1, at-room/2
	for skip < want && src != "" {
		var w int
		_, src, w, state = uniseg.FirstGraphemeClusterInString(src, state)
		skip += w
	}
	return r.Cut(dots+src, room), at - skip + Width(dots)
}
