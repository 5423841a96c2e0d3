package view

import "strings"

// Lines is how many lines were printed so far.
func (r *Renderer) Lines() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rows
}

// UpTo prints what f prints, but no more than so many lines of it, 0 for all;
// left is how many that leaves out.
func (r *Renderer) UpTo(rows int, f func()) (left int) {
	text := r.gather(f)
	lines := strings.SplitAfter(text, "\n")
	if n := len(lines) - 1; rows > 0 && n > rows {
		left, text = n-rows, strings.Join(lines[:rows], "")
	}
	r.write(text)
	return left
}

// Rows is how many lines f would print.
func (r *Renderer) Rows(f func()) int {
	r.mu.Lock()
	tail := r.tail
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.tail = tail
	}()
	return strings.Count(r.gather(f), "\n")
}

// Height is how many lines the Markdown of a lesson takes.
func (r *Renderer) Height(markdown string) int {
	inner, _ := r.page()
	width := inner.Width()
	return len(inner.MarkdownLines(markdown, width-inner.gutter(width).Width()))
}
