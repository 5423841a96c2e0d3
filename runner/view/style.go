package view

import (
	"strings"

	"github.com/fatih/color"
)

// Style is how a piece of text looks. The zero Style is the terminal's own.
type Style uint8

// The palette. It has no bright yellow, no white and no plain blue, which
// cannot be read on every ground.
const (
	Plain   Style = iota
	Heading       // titles and labels
	Dim           // what may be skipped
	Good          // held, right
	Bad           // failed, wrong
	Code          // what can be typed
	Name          // a symbol, a state, a kind of error
	Accent        // what to look at
	Strong        // **strong** in a lesson's text
	Emph          // *emphasis* in a lesson's text

	styles // how many there are
)

// palette has a color of its own for each style of one renderer: the package's
// global switch is never touched, so two renderers may differ.
type palette [styles]*color.Color

func newPalette(opts Options) palette {
	var p palette
	for i, attrs := range attributesOf(opts) {
		p[i] = color.New(attrs...)
		if opts.Color && len(attrs) > 0 {
			p[i].EnableColor()
		} else {
			p[i].DisableColor()
		}
	}
	return p
}

func (p palette) paint(s Style, text string) string {
	if s >= styles || text == "" {
		return text
	}
	return p[s].Sprint(text)
}

// Span is text of one style, without line ends.
type Span struct {
	Text  string
	Style Style
}

// Line is what stands on one line; before it is laid out it may be longer
// than one and hold line ends.
type Line []Span

// L makes a Line of plain text.
func L(text string) Line { return Line{{Text: text}} }

// S makes a Line of text in a style.
func S(style Style, text string) Line { return Line{{Text: text, Style: style}} }

// Join puts lines behind one another.
func Join(lines ...Line) Line {
	var out Line
	for _, l := range lines {
		out = append(out, l...)
	}
	return out
}

// Text is the line without its looks.
func (l Line) Text() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Width is the line's width in cells.
func (l Line) Width() int { return Width(l.Text()) }

// slice is the line's bytes from i to end, with their looks.
func (l Line) slice(i, end int) Line {
	var out Line
	at := 0
	for _, s := range l {
		from, to := max(i-at, 0), min(end-at, len(s.Text))
		if from < to {
			out = append(out, Span{Text: s.Text[from:to], Style: s.Style})
		}
		at += len(s.Text)
	}
	return out
}

// mapText changes the text of every span.
func (l Line) mapText(f func(string) string) Line {
	out := make(Line, 0, len(l))
	for _, s := range l {
		if s.Text = f(s.Text); s.Text != "" {
			out = append(out, s)
		}
	}
	return out
}
