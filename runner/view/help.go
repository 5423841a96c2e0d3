package view

import (
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// HelpPage is help on one thing.
type HelpPage struct {
	Head  string     // how it is written: a usage, a signature
	About words.Text // one sentence
	Parts []HelpPart
}

// HelpPart is a piece of a page under a label: one of Text, Code, Lines and
// Names is set. A part without anything is not shown.
type HelpPart struct {
	Label words.Text
	Text  words.Text
	Code  string
	Lines []HelpLine
	Names []string
}

// HelpLine is a name and a sentence about it.
type HelpLine struct {
	Name  string
	About words.Text
}

const (
	helpIndent = "  "
	// helpColumn is the widest column of names; a longer name has its sentence
	// below it, and so have all where less than helpRoom is left.
	helpColumn = 16
	helpRoom   = 40
)

// Help prints a page of help.
func (r *Renderer) Help(p HelpPage) {
	r.gap()
	r.inner(func(r *Renderer) {
		width := r.Width()
		if p.Head != "" {
			r.Print(r.hanging(r.gutter(width), S(Code, p.Head), width)...)
		}
		if !p.About.Empty() {
			r.Print(r.helpText(L(helpIndent), r.Sentence(p.About))...)
		}
	})
	for _, part := range p.Parts {
		r.HelpPart(part)
	}
}

// HelpPart prints a part of a page by itself.
func (r *Renderer) HelpPart(p HelpPart) {
	if p.Text.Empty() && p.Code == "" && len(p.Lines) == 0 && len(p.Names) == 0 {
		return
	}
	r.gap()
	r.inner(func(r *Renderer) {
		label := r.Say(p.Label)
		switch {
		case len(p.Lines) > 0:
			r.helpLabel(label)
			r.helpLines(p.Lines)
		case len(p.Names) > 0:
			r.helpNames(label, p.Names)
		case p.Code != "":
			r.Print(r.helpText(r.helpLead(label), S(Code, p.Code))...)
		default:
			r.Print(r.helpText(r.helpLead(label), r.Sentence(p.Text))...)
		}
	})
}

// inner runs f on the page of a projector, or on r itself.
func (r *Renderer) inner(f func(*Renderer)) {
	page, done := r.page()
	defer done()
	f(page)
}

// helpLabel prints a label alone on its line.
func (r *Renderer) helpLabel(label string) {
	if label == "" {
		return
	}
	if r.opts.Plain {
		label += strings.TrimSpace(r.Say(words.F(": ")))
	}
	r.Print(r.Wrap(r.gutter(r.Width()), S(Heading, label), r.Width())...)
}

// helpLead is a label in front of what it labels.
func (r *Renderer) helpLead(label string) Line {
	width := r.Width()
	switch {
	case label == "":
		return L(helpIndent)
	case r.opts.Plain:
		return S(Heading, label+r.Say(words.F(": ")))
	case width < 40:
		return Join(S(Heading, label), L("  "))
	}
	return Join(r.gutter(width), S(Heading, label).pad(helpLabelWidth), L(" "))
}

// helpLabelWidth is that of the longest label before a text.
const helpLabelWidth = 8

// helpText wraps text behind a lead, with a hanging indent where there is room.
func (r *Renderer) helpText(lead, text Line) []Line {
	width := r.Width()
	if r.opts.Plain {
		if strings.TrimSpace(lead.Text()) == "" {
			lead = nil
		}
		return r.wrap(lead, nil, L(r.stopped(text.Text())), width)
	}
	return r.Wrap(lead, text, width)
}

// helpLines prints names in a column with their sentences beside them.
func (r *Renderer) helpLines(list []HelpLine) {
	width := r.Width()
	column := 0
	for _, l := range list {
		if n := Width(l.Name); n <= helpColumn {
			column = max(column, n)
		}
	}
	var groups [][]Line
	for _, l := range list {
		text := r.Sentence(l.About)
		switch {
		case r.opts.Plain:
			groups = append(groups, r.wrap(nil, nil, Join(S(Code, l.Name), L(r.Say(words.F(": "))+r.stopped(text.Text()))), width))
		case Width(l.Name) > column || width-column < helpRoom:
			groups = append(groups, append(r.Wrap(L(helpIndent), S(Code, l.Name), width), r.Wrap(L(helpIndent+helpIndent), text, width)...))
		default:
			lead := Join(L(helpIndent), S(Code, l.Name)).pad(len(helpIndent) + column + len(helpIndent))
			groups = append(groups, r.Wrap(lead, text, width))
		}
	}
	r.Print(r.apart(groups)...)
}

// helpNames prints a label and names behind it, as many on a line as fit.
func (r *Renderer) helpNames(label string, names []string) {
	items := make([]Line, len(names))
	for i, n := range names {
		items[i] = S(Code, n)
	}
	width := r.Width()
	if r.opts.Plain {
		text := Join(S(Heading, label), L(r.Say(words.F(": "))), join(items, L(r.Say(words.F(", ")))), L(r.Say(words.F("."))))
		r.Print(r.wrap(nil, nil, text, width)...)
		return
	}
	r.Print(r.flow(r.helpLead(label), items, S(Dim, ","), width)...)
}
