package view

import "strings"

// A big page has a margin at the left, and text on it is not wider than one
// reads at a glance.
const (
	bigText       = 72
	bigMargin     = 4
	smallMargin   = 2
	bigMarginFrom = 60 // columns
	marginFrom    = 44
	pictureLead   = 2 // what pictures have as their own margin
)

// margin is the space at the left of a big page of so many columns.
func margin(width int) int {
	switch {
	case width >= bigMarginFrom:
		return bigMargin
	case width >= marginFrom:
		return smallMargin
	}
	return 0
}

// big reports whether things are set wide apart.
func (r *Renderer) big() bool { return r.opts.Big && !r.opts.Plain }

// page is the renderer for text: r itself, but of a big page one whose width is
// that of its text. done prints what was laid out.
func (r *Renderer) page() (inner *Renderer, done func()) {
	width := r.Width()
	lead := margin(width)
	return r.frame(lead, min(width-lead, bigText))
}

// canvas is the renderer for a picture that is drawn from least cells on, and
// told in words in fewer. It has the margin of the page, unless the picture
// would then not fit.
func (r *Renderer) canvas(least int) (inner *Renderer, done func()) {
	r.gap()
	width := r.Width()
	lead := max(margin(width)-pictureLead, 0)
	if width >= least && width-lead < least {
		lead = 0
	}
	return r.frame(lead, width-lead)
}

// frame lays out in so many cells what is then printed behind a lead, by one
// Write.
func (r *Renderer) frame(lead, width int) (inner *Renderer, done func()) {
	if !r.big() || r.framed {
		return r, func() {}
	}
	opts := r.opts
	opts.Width = func() int { return width }
	var b strings.Builder
	inner = &Renderer{opts: opts, colors: r.colors, w: &b, lang: r.Lang(), framed: true}
	return inner, func() { r.write(behind(spaces(lead), b.String())) }
}

// behind puts a lead before the lines of a text that have something on them.
func behind(lead, text string) string {
	var b strings.Builder
	for _, l := range strings.SplitAfter(text, "\n") {
		if l != "" && l != "\n" {
			b.WriteString(lead)
		}
		b.WriteString(l)
	}
	return b.String()
}

// gap sets off what follows by an empty line on a big page.
func (r *Renderer) gap() {
	if r.big() && !r.framed && !r.blankAbove() {
		r.write("\n")
	}
}

func (r *Renderer) blankAbove() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tail == "" || r.tail == "\n" || r.tail == "\n\n"
}

// apart puts an empty line between groups of lines on a big page.
func (r *Renderer) apart(groups [][]Line) []Line {
	var out []Line
	for i, g := range groups {
		if i > 0 && r.big() {
			out = append(out, nil)
		}
		out = append(out, g...)
	}
	return out
}
