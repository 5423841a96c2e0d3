package view

import "github.com/socklab/socklab/runner/words"

// Item prints an entry of a list: a mark, what it is, and words about it. The
// words stand in a column when there is room for one.
func (r *Renderer) Item(mark, name, about string) { r.item("  ", mark, name, about) }

// SubItem is an Item one level deeper.
func (r *Renderer) SubItem(mark, name, about string) { r.item("      ", mark, name, about) }

// itemColumn is where the words of an item stand.
const itemColumn = 44

func (r *Renderer) item(indent, mark, name, about string) {
	width := r.Width()
	head := L(indent)
	if mark != "" {
		head = Join(head, S(Accent, PadLeft(mark, 2)), L("  "))
	}
	hang := L(spaces(head.Width()))
	text := r.ready(S(Code, name))
	if about == "" {
		r.Print(r.Wrap(head, text, width)...)
		return
	}
	if width >= 72 && head.Width()+text.Width() < itemColumn {
		lead := Join(head, text).pad(itemColumn)
		r.Print(r.Wrap(lead, r.Inline(about), width)...)
		return
	}
	r.Print(r.Wrap(head, text, width)...)
	r.Print(r.Wrap(Join(hang, L("  ")), r.Inline(about), width)...)
}

// Label prints a heading for what follows.
func (r *Renderer) Label(t words.Text) {
	r.Print(r.Wrap(gutter(r.Width()), S(Heading, r.Say(t)), r.Width())...)
}

// Server prints a server of the lab: its name, where it listens, what it does.
func (r *Renderer) Server(name, addr, kind, summary string) {
	width := r.Width()
	line := Join(S(Name, name), L("  "+addr+"  "), S(Dim, kind+": "+summary))
	r.Print(r.Wrap(r.label(Heading, r.Lang().T("Server"), width), r.ready(line), width)...)
}

// Held prints that a fact of the task has come to hold.
func (r *Renderer) Held(fact string) {
	width := r.Width()
	mark := r.ready(S(Good, SymHeld+" "+r.Lang().T("held")))
	r.Print(r.Wrap(Join(gutter(width), mark, L("  ")), r.Inline(fact), width)...)
}

// More prints Markdown that goes on under a label, such as an explanation.
func (r *Renderer) More(md string) {
	if md != "" {
		r.labelled(Plain, "", r.Inline(md))
	}
}

// Good prints a sentence that is good news.
func (r *Renderer) Good(t words.Text) {
	width := r.Width()
	r.Print(r.Wrap(Join(gutter(width), r.ready(S(Good, SymHeld+" "))), S(Good, r.Say(t)), width)...)
}

// Finding prints whether something works, with the remedy if it does not.
func (r *Renderer) Finding(ok bool, what, remedy string) {
	width := r.Width()
	mark := r.ready(S(Good, SymHeld+" "+r.Lang().T("yes")))
	if !ok {
		mark = r.ready(S(Bad, SymFailed+" "+r.Lang().T("no")))
	}
	r.Print(r.Wrap(Join(gutter(width), mark.pad(8)), L(what), width)...)
	if !ok && remedy != "" {
		r.Print(r.Wrap(Join(gutter(width), L(spaces(8))), S(Dim, remedy), width)...)
	}
}
