package view

import (
	"io"
	"strings"
	"sync"

	"github.com/socklab/socklab/runner/words"
)

// defaultWidth is that of a terminal which does not say how wide it is.
const defaultWidth = 80

// Options are what a Renderer is made with.
type Options struct {
	Width func() int // columns, asked for each thing printed; nil or ≤ 0 is 80
	Color bool
	ASCII bool // no symbols and no lines but those of ASCII
	Plain bool // sentences instead of pictures, for a screen reader
	Lang  words.Lang

	// For a projector. Big sets everything wide apart and within a margin;
	// Contrast has colours that can be read on white and on black, which need
	// a terminal with the 256 of xterm: else bold and underline tell more.
	Big, Contrast, Colors256 bool
}

// Renderer prints on one writer. All methods may be called from any goroutine:
// what one call prints is written by one Write of whole lines, so that calls
// never mix within a line. It does not own the writer and closes nothing.
type Renderer struct {
	opts   Options
	colors palette

	mu   sync.Mutex
	w    io.Writer
	lang words.Lang
	err  error
	held *strings.Builder // what Together gathers; nil outside of it
	tail string           // the end of what was written: two bytes
	rows int              // lines written so far

	framed bool // it lays out within the margin of another one
}

// New makes a Renderer that prints on w.
func New(w io.Writer, opts Options) *Renderer {
	if !opts.Lang.Valid() {
		opts.Lang = words.English
	}
	return &Renderer{opts: opts, colors: newPalette(opts), w: w, lang: opts.Lang}
}

// Width is how many columns there are now, 1 at least.
func (r *Renderer) Width() int {
	if r.opts.Width != nil {
		if n := r.opts.Width(); n > 0 {
			return n
		}
	}
	return defaultWidth
}

// Color reports whether colours are used.
func (r *Renderer) Color() bool { return r.opts.Color }

// Plain reports whether pictures are told in sentences.
func (r *Renderer) Plain() bool { return r.opts.Plain }

// ASCII reports whether symbols are replaced by ASCII.
func (r *Renderer) ASCII() bool { return r.opts.ASCII }

// Lang is the language that is spoken now.
func (r *Renderer) Lang() words.Lang {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lang
}

// SetLang changes the language; one that does not exist is ignored.
func (r *Renderer) SetLang(lang words.Lang) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if lang.Valid() {
		r.lang = lang
	}
}

// Err is the first error of the writer. After it nothing more is written.
func (r *Renderer) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// Say puts a sentence into the renderer's language.
func (r *Renderer) Say(t words.Text) string { return t.In(r.Lang()) }

// Print writes lines as they are laid out, by one Write. Whatever could
// control the terminal is made visible; nothing is wrapped or cut.
func (r *Renderer) Print(lines ...Line) {
	var b strings.Builder
	for _, l := range lines {
		for _, s := range r.ready(l) {
			b.WriteString(r.colors.paint(s.Style, Clean(s.Text)))
		}
		b.WriteByte('\n')
	}
	r.write(b.String())
}

// Blank writes an empty line. On a big page there are never two of them.
func (r *Renderer) Blank() {
	if r.big() && !r.framed {
		r.gap()
		return
	}
	r.write("\n")
}

func (r *Renderer) write(s string) {
	if s == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tail = lastTwo(r.tail + lastTwo(s))
	switch {
	case r.held != nil:
		r.held.WriteString(s)
	case r.err == nil:
		_, r.err = io.WriteString(r.w, s)
		r.rows += strings.Count(s, "\n")
	}
}

func lastTwo(s string) string { return s[max(len(s)-2, 0):] }

// Together writes what f prints by one Write, so that a prompt is redrawn once
// below it and not after each piece. It does not nest.
func (r *Renderer) Together(f func()) { r.write(r.gather(f)) }

// gather is what f prints.
func (r *Renderer) gather(f func()) (text string) {
	r.mu.Lock()
	outer := r.held
	r.held = &strings.Builder{}
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		text, r.held = r.held.String(), outer
	}()
	f()
	return ""
}

// Paint is a line as one string with its colours, for a place that Print does
// not reach, such as the prompt.
func (r *Renderer) Paint(l Line) string {
	var b strings.Builder
	for _, s := range r.ready(l) {
		b.WriteString(r.colors.paint(s.Style, Clean(s.Text)))
	}
	return b.String()
}

// ready makes a line's text harmless and gives symbols their twins: all that
// changes its width. It keeps line ends; doing it twice is doing it once.
func (r *Renderer) ready(l Line) Line {
	return l.mapText(func(s string) string { return r.Sym(CleanLines(s)) })
}
