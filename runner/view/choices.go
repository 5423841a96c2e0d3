package view

// Choices prints a question and its choices, which are Markdown, each with the
// letter it is chosen by.
func (r *Renderer) Choices(ask string, choices []string) {
	width := r.Width()
	lines := r.inset(r.MarkdownLines(ask, width-gutter(width).Width()), width)
	for i, c := range choices {
		head := Join(gutter(width), L("  "), S(Accent, Letter(i)), L(") "))
		lines = append(lines, r.Wrap(head, r.Inline(c), width)...)
	}
	r.Print(lines...)
}

// Letter is what the choice with an index from 0 is chosen by: a, b, c.
func Letter(i int) string {
	if i < 0 || i > 25 {
		return "?"
	}
	return string(rune('a' + i))
}
