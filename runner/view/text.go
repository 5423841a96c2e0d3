package view

import (
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// indent is what stands before most of what is printed, on terminals that have
// room for it.
const indent = " "

// gutter is the space before printed text at a width. A big page has a margin
// in its place, a screen reader stumbles over it.
func (r *Renderer) gutter(width int) Line {
	if width < 40 || r.opts.Big || r.opts.Plain {
		return nil
	}
	return L(indent)
}

// Paragraph prints a sentence, wrapped. In this and all sentences of the
// interface `code` between backticks looks like code; that is all their markup.
func (r *Renderer) Paragraph(t words.Text) {
	r.gap()
	r, done := r.page()
	defer done()
	width := r.Width()
	r.Print(r.wrap(r.gutter(width), r.gutter(width), r.Sentence(t), width)...)
}

// inset puts the gutter before lines.
func (r *Renderer) inset(lines []Line, width int) []Line {
	g := r.gutter(width)
	for i, l := range lines {
		if len(l) > 0 {
			lines[i] = Join(g, l)
		}
	}
	return lines
}

// Markdown prints the Markdown of a lesson's text. It may be hostile: nothing
// in it reaches the terminal as a control.
func (r *Renderer) Markdown(src string) {
	r.gap()
	r, done := r.page()
	defer done()
	width := r.Width()
	r.Print(r.inset(r.MarkdownLines(src, width-r.gutter(width).Width()), width)...)
}

// Title prints the line at the top of a step: left is where one is, right how
// far. Where they do not fit on one line they stand on lines of their own. On
// a big page an empty line stands above and a rule below.
func (r *Renderer) Title(left, right string) {
	r.gap()
	r, done := r.page()
	defer done()
	width := r.Width()
	g := r.gutter(width)
	left, right = oneLine(left), oneLine(right)
	if r.opts.Plain {
		left, right = r.stopped(r.undotted(left)), r.stopped(r.undotted(right))
	}
	a, b := r.ready(S(Heading, left)), r.ready(S(Dim, right))
	gap := width - g.Width() - a.Width() - b.Width()
	if len(b) > 0 && gap >= 2 && !r.opts.Plain {
		r.Print(Join(g, a, L(spaces(gap)), b))
	} else {
		lines := r.wrap(g, g, a, width)
		if len(b) > 0 {
			lines = append(lines, r.wrap(g, g, b, width)...)
		}
		r.Print(lines...)
	}
	if r.big() {
		r.Print(S(Dim, strings.Repeat(r.Sym(SymRule), width)))
	}
}

// oneLine makes text that is to stand on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Bullets prints a list of sentences.
func (r *Renderer) Bullets(items ...words.Text) {
	r, done := r.page()
	defer done()
	width := r.Width()
	lead := Join(r.gutter(width), L(r.bullet()))
	var groups [][]Line
	for _, t := range items {
		groups = append(groups, r.hanging(lead, r.Sentence(t), width))
	}
	r.Print(r.apart(groups)...)
}

// bullet stands before an entry of a list.
func (r *Renderer) bullet() string {
	if r.opts.Plain {
		return "- "
	}
	return SymDot + " "
}

// hanging is [Renderer.Wrap], but for a screen reader without an indent.
func (r *Renderer) hanging(first, text Line, width int) []Line {
	if r.opts.Plain {
		return r.wrap(first, nil, text, width)
	}
	return r.Wrap(first, text, width)
}

// Note prints a remark.
func (r *Renderer) Note(t words.Text) { r.labelled(Dim, r.Lang().T("Note"), r.Sentence(t)) }

// Warn prints a warning.
func (r *Renderer) Warn(t words.Text) { r.labelled(Bad, r.Lang().T("Warning"), r.Sentence(t)) }

// Right prints that an answer is right, and the Markdown that is said to it.
func (r *Renderer) Right(say string) {
	if r.opts.Plain && say == "" {
		r.speak(words.F("Right"))
		return
	}
	r.labelled(Good, r.marked(SymHeld, r.Lang().T("Right")), r.Inline(say))
}

// NotRight prints that an answer is not right, and the Markdown that is said
// to it.
func (r *Renderer) NotRight(say string) {
	if r.opts.Plain && say == "" {
		r.speak(words.F("Not right"))
		return
	}
	r.labelled(Bad, r.marked(SymFailed, r.Lang().T("Not right")), r.Inline(say))
}

// Sentence is a sentence in the renderer's language, with what stands between
// backticks as code. Without colour the backticks stay to say so.
func (r *Renderer) Sentence(t words.Text) Line {
	var out Line
	rest := r.Say(t)
	for {
		before, after, _ := strings.Cut(rest, "`")
		inner, more, ok := strings.Cut(after, "`")
		if !ok || inner == "" {
			return Join(out, L(rest))
		}
		if !r.Color() || r.opts.Plain {
			inner = "`" + inner + "`"
		}
		out = Join(out, L(before), S(Code, inner))
		rest = more
	}
}

// Next prints what may be done next.
func (r *Renderer) Next(actions ...string) {
	items := make([]Line, len(actions))
	for i, a := range actions {
		items[i] = S(Code, oneLine(r.undotted(a)))
	}
	if r.opts.Plain {
		r.labelled(Heading, r.Lang().T("Next"), Join(join(items, L(r.Say(words.F(", ")))), L(r.Say(words.F(".")))))
		return
	}
	r.gap()
	r, done := r.page()
	defer done()
	width := r.Width()
	label := r.label(Heading, r.Lang().T("Next"), width)
	r.Print(r.flow(label, items, S(Dim, " "+SymDot), width)...)
}

// labelWidth is how many cells labels take, so that what they label is in one
// column.
const labelWidth = 6

// labelled prints text behind a label, wrapped, in a column of its own.
func (r *Renderer) labelled(style Style, label string, text Line) {
	r.gap()
	r, done := r.page()
	defer done()
	width := r.Width()
	r.Print(r.hanging(r.label(style, label, width), text, width)...)
}

func (r *Renderer) label(style Style, label string, width int) Line {
	l := r.ready(S(style, label))
	switch {
	case r.opts.Plain && label == "":
		return nil
	case r.opts.Plain:
		return Join(l, L(r.Say(words.F(": "))))
	case width < 40:
		return Join(l, L("  "))
	}
	return Join(r.gutter(width), l.pad(labelWidth), L(" "))
}

// Expands prints the code that a command stands for.
func (r *Renderer) Expands(code string) {
	if r.opts.Plain {
		r.expandsPlain(r.Cut(code, maxMessage))
		return
	}
	r, done := r.page()
	defer done()
	width := r.Width()
	r.Print(r.Wrap(Join(r.gutter(width), S(Dim, SymStands+" ")), S(Code, r.Cut(code, maxMessage)), width)...)
}

// expandsPlain says that it is code; several lines stand below that.
func (r *Renderer) expandsPlain(code string) {
	label := L(r.Lang().T("In code") + r.Say(words.F(": ")))
	if code = strings.TrimRight(code, "\n"); strings.Contains(code, "\n") {
		r.Print(r.codePlain(r.Lang().T("In code"), code, r.Width())...)
		return
	}
	r.Print(r.wrap(nil, nil, Join(label, S(Code, code)), r.Width())...)
}

// Code prints code as it stands, indented.
func (r *Renderer) Code(src string) {
	r, done := r.canvas(0)
	defer done()
	r.Print(r.codeLines("", strings.TrimRight(src, "\n"), r.Width())...)
}
