package view

// Lines is how many lines were printed so far.
func (r *Renderer) Lines() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rows
}

// Height is how many lines the Markdown of a lesson takes.
func (r *Renderer) Height(markdown string) int {
	inner, _ := r.page()
	width := inner.Width()
	return len(inner.MarkdownLines(markdown, width-inner.gutter(width).Width()))
}
