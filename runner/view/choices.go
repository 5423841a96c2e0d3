package view

// Choices prints a question and its choices, which are Markdown, each with the
// letter it is chosen by.
func (r *Renderer) Choices(ask string, choices []string) {
	r, done := r.page()
	defer done()
	width := r.Width()
	groups := [][]Line{r.inset(r.MarkdownLines(ask, width-r.gutter(width).Width()), width)}
	lead := L("  ")
	if r.opts.Plain {
		lead = nil
	}
	for i, c := range choices {
		head := Join(r.gutter(width), lead, S(Accent, Letter(i)), L(") "))
		groups = append(groups, r.hanging(head, r.Inline(c), width))
	}
	r.Print(r.apart(groups)...)
}

// Letter is what the choice with an index from 0 is chosen by: a, b, c.
func Letter(i int) string {
	if i < 0 || i > 25 {
		return "?"
	}
	return string(rune('a' + i))
}
