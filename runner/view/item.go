package view

import "github.com/socklab/socklab/runner/words"

// Item prints an entry of a list: a mark, which is its number, what it is, and
// words about it. The words stand in a column when there is room for one.
func (r *Renderer) Item(mark, name, about string) {
	if r.opts.Plain {
		if mark != "" {
			mark += ". "
		}
		r.itemPlain(mark, name, about)
		return
	}
	r.item("  ", mark, name, about)
}

// SubItem is an Item one level deeper: with a mark a step of a lesson, without
// one an option.
func (r *Renderer) SubItem(mark, name, about string) {
	switch {
	case r.opts.Plain && mark == "":
		r.itemPlain(r.Lang().T("option "), name, about)
	case r.opts.Plain:
		r.itemPlain(r.Lang().T("step %s, ", mark), name, about)
	default:
		r.item("      ", mark, name, about)
	}
}

// itemPlain is "1. name: what it is".
func (r *Renderer) itemPlain(mark, name, about string) {
	text := Join(L(mark), S(Code, name))
	if about != "" {
		text = Join(text, L(r.Say(words.F(": "))), r.Inline(r.undotted(about)))
	}
	r.Print(r.wrap(nil, nil, text, r.Width())...)
}

// itemColumn is where the words of an item stand.
const itemColumn = 44

func (r *Renderer) item(indent, mark, name, about string) {
	r, done := r.page()
	defer done()
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
	r.gap()
	r, done := r.page()
	defer done()
	r.Print(r.Wrap(r.gutter(r.Width()), S(Heading, r.Say(t)), r.Width())...)
}

// Server prints a server of the lab: its name, where it listens, what it does.
func (r *Renderer) Server(name, addr, kind, summary string) {
	if r.opts.Plain {
		text := commas(harmless(name), harmless(addr), named(harmless(kind), harmless(summary)))
		r.labelled(Heading, r.Lang().T("Server"), L(r.stopped(r.Say(text))))
		return
	}
	r, done := r.page()
	defer done()
	width := r.Width()
	line := Join(S(Name, name), L("  "+addr+"  "), S(Dim, kind+": "+summary))
	r.Print(r.Wrap(r.label(Heading, r.Lang().T("Server"), width), r.ready(line), width)...)
}

// Held prints that a fact of the task has come to hold.
func (r *Renderer) Held(fact string) {
	if r.opts.Plain {
		r.labelled(Good, r.Lang().T("held"), r.Inline(fact))
		return
	}
	r, done := r.page()
	defer done()
	width := r.Width()
	mark := r.ready(S(Good, SymHeld+" "+r.Lang().T("held")))
	r.Print(r.Wrap(Join(r.gutter(width), mark, L("  ")), r.Inline(fact), width)...)
}

// More prints Markdown that goes on under a label, such as an explanation.
func (r *Renderer) More(md string) {
	if md != "" {
		r.labelled(Plain, "", r.Inline(md))
	}
}

// Good prints a sentence that is good news.
func (r *Renderer) Good(t words.Text) {
	r.gap()
	r, done := r.page()
	defer done()
	width := r.Width()
	mark := S(Good, SymHeld+" ")
	if r.opts.Plain {
		mark = nil
	}
	r.Print(r.Wrap(Join(r.gutter(width), r.ready(mark)), S(Good, r.Say(t)), width)...)
}

// Finding prints whether something works, with the remedy if it does not.
func (r *Renderer) Finding(ok bool, what, remedy string) {
	if r.opts.Plain {
		r.findingPlain(ok, what, remedy)
		return
	}
	r, done := r.page()
	defer done()
	width := r.Width()
	mark := r.ready(S(Good, SymHeld+" "+r.Lang().T("yes")))
	if !ok {
		mark = r.ready(S(Bad, SymFailed+" "+r.Lang().T("no")))
	}
	r.Print(r.Wrap(Join(r.gutter(width), mark.pad(8)), L(what), width)...)
	if !ok && remedy != "" {
		r.Print(r.Wrap(Join(r.gutter(width), L(spaces(8))), S(Dim, remedy), width)...)
	}
}

func (r *Renderer) findingPlain(ok bool, what, remedy string) {
	lang := r.Lang()
	if ok {
		r.labelled(Good, lang.T("yes"), L(r.stopped(what)))
		return
	}
	r.labelled(Bad, lang.T("no"), L(r.stopped(what)))
	if remedy != "" {
		r.labelled(Plain, lang.T("What helps"), L(r.stopped(remedy)))
	}
}
