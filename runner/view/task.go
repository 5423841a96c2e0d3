package view

import "strings"

// FactLine is one fact of a task, as it is shown.
type FactLine struct {
	Held  bool
	Known bool   // false while nothing was checked: Held does not count
	Words string // what is to hold, Markdown
	Seen  string // what was seen instead; may be empty
	Try   string // what to try; may be empty
	// Unseen says that this system does not show what the fact is about.
	Unseen bool
}

// mark is a fact's symbol with the words that say the same.
func (r *Renderer) mark(f FactLine) Line {
	lang := r.Lang()
	switch {
	case f.Unseen:
		return Join(S(Dim, r.marked(SymOpen, lang.T("not visible here"))))
	case !f.Known:
		return Join(S(Dim, r.marked(SymOpen, lang.T("to do"))))
	case f.Held:
		return S(Good, r.marked(SymHeld, lang.T("held")))
	}
	return S(Bad, r.marked(SymFailed, lang.T("not yet")))
}

// Task prints the facts of a task, each with whether it holds.
func (r *Renderer) Task(facts []FactLine) {
	if r.opts.Plain {
		r.taskPlain(facts)
		return
	}
	r.gap()
	r, done := r.page()
	defer done()
	width := r.Width()
	label := r.label(Heading, r.Lang().T("Task"), width)
	column := 0
	marks := make([]Line, len(facts))
	for i, f := range facts {
		marks[i] = r.ready(r.mark(f))
		column = max(column, marks[i].Width())
	}
	var groups [][]Line
	if width < 40 {
		groups, label = [][]Line{r.wrap(nil, nil, label, width)}, nil
	}
	for i, f := range facts {
		lead := Join(label, marks[i].pad(column), L("  "))
		lines := r.wrap(lead, r.factIndent(lead, width), r.Inline(f.Words), width)
		groups = append(groups, append(lines, r.factMore(lead, f, width)...))
		label = L(spaces(label.Width()))
	}
	r.Print(r.apart(groups)...)
}

// taskPlain says of each fact which it is, whether it holds, and what it is.
func (r *Renderer) taskPlain(facts []FactLine) {
	lang, width := r.Lang(), r.Width()
	for i, f := range facts {
		head := lang.T("Task, fact %d of %d", i+1, len(facts))
		if len(facts) == 1 {
			head = lang.T("Task")
		}
		lead := Join(S(Heading, head), L(lang.T(", ")), r.mark(f), L(lang.T(": ")))
		r.Print(r.wrap(nil, nil, Join(lead, r.Inline(f.Words)), width)...)
		r.Print(r.factMore(nil, f, width)...)
	}
}

// factIndent is the space under a fact's first line.
func (r *Renderer) factIndent(lead Line, width int) Line {
	n := lead.Width()
	if width < 40 && n > 0 {
		n = 2
	}
	return L(spaces(n))
}

// factMore is what was seen instead of a fact, and what to try.
func (r *Renderer) factMore(lead Line, f FactLine, width int) []Line {
	if !f.Known || f.Held || f.Unseen {
		return nil
	}
	lang := r.Lang()
	var lines []Line
	add := func(label, text string, line Line) {
		if text == "" {
			return
		}
		if !strings.HasSuffix(label, "：") { // which brings its own space
			label += " "
		}
		head := Join(r.factIndent(lead, width), S(Dim, label))
		lines = append(lines, r.hanging(head, line, width)...)
	}
	add(lang.T("seen:"), f.Seen, L(f.Seen)) // bytes from the network are no Markdown
	add(lang.T("try:"), f.Try, r.Inline(f.Try))
	return lines
}
