package view

import (
	"strings"

	"github.com/rivo/uniseg"
)

// leastRoom is how many cells a hanging indent must leave; where it does not,
// lines are not indented.
const leastRoom = 6

// Wrap lays text out in lines of at most the given number of cells. The first
// line begins with first, the others with as much space. Lines break where
// UAX #14 has them break, and within a word where it is too long for a line.
func (r *Renderer) Wrap(first Line, text Line, width int) []Line {
	first = r.ready(first)
	return r.wrap(first, L(spaces(first.Width())), text, width)
}

// WrapText wraps plain text to the renderer's width.
func (r *Renderer) WrapText(text string) []Line { return r.Wrap(nil, L(text), r.Width()) }

// wrap is Wrap with an indent of its own for the lines after the first.
func (r *Renderer) wrap(first, rest, text Line, width int) []Line {
	text, first, rest = r.ready(text), r.ready(first), r.ready(rest)
	if width-max(first.Width(), rest.Width()) < leastRoom {
		text, first, rest = trimLeft(Join(first, text)), nil, nil
	}
	if fitsLine(first, text, width) {
		return []Line{Join(first, text)}
	}
	var out []Line
	prefix := first
	for _, l := range breakLines(text, width-first.Width(), width-rest.Width()) {
		if len(l) == 0 {
			prefix = trimRight(prefix)
		}
		out = append(out, Join(prefix, l))
		prefix = rest
	}
	return out
}

// fitsLine reports whether a text needs no breaking.
func fitsLine(first, text Line, width int) bool {
	room := width - first.Width()
	for _, s := range text {
		n, plain := plainWidth(s.Text)
		if room -= n; !plain || room < 0 {
			return false
		}
	}
	last := len(text) - 1
	return last >= 0 && text[last].Text != "" && !strings.HasSuffix(text[last].Text, " ")
}

func trimLeft(l Line) Line {
	text := l.Text()
	return l.slice(len(text)-len(strings.TrimLeft(text, " ")), len(text))
}

func trimRight(l Line) Line {
	return l.slice(0, len(strings.TrimRight(l.Text(), " ")))
}

// breakLines breaks text into lines: the first of at most first cells, the
// others of rest. Spaces at a line's end are dropped and may hang over it.
func breakLines(text Line, first, rest int) []Line {
	b := breaker{text: text, src: text.Text(), room: max(first, 1), rest: max(rest, 1)}
	b.clusters()
	for b.at = 0; b.at < len(b.list); b.at++ {
		b.step(b.list[b.at])
	}
	b.end(len(b.src))
	return b.out
}

// cluster is one character as a reader sees it.
type cluster struct {
	start, end, width int
	mayBreak          bool // after it
}

// breaker fills lines greedily.
type breaker struct {
	text       Line
	src        string
	list       []cluster
	at         int
	out        []Line
	room, rest int

	start, used int // of the current line: its first byte, its cells
	canBreak    int // the cluster before which it may break, 0 if none
}

func (b *breaker) clusters() {
	state, at := -1, 0
	for rest := b.src; rest != ""; {
		var s string
		var bounds int
		s, rest, bounds, state = uniseg.StepString(rest, state)
		b.list = append(b.list, cluster{
			start: at, end: at + len(s), width: bounds >> uniseg.ShiftWidth,
			// UAX #14 breaks after a solidus, for URLs. Here it stands in C/S and
			// in "GET / HTTP/1.0", which are to stay whole.
			mayBreak: bounds&uniseg.MaskLine != uniseg.LineDontBreak && s != "/",
		})
		at += len(s)
	}
}

func (b *breaker) step(c cluster) {
	switch s := b.src[c.start:c.end]; {
	case s == "\n":
		b.end(c.start)
		b.start = c.end
		return
	case s != " " && b.used+c.width > b.room && b.used > 0:
		cut := b.at
		if b.canBreak > 0 {
			cut = b.canBreak
		}
		b.end(b.list[cut].start)
		b.at = cut - 1 // the loop goes on with the cluster at cut
		return
	}
	b.used += c.width
	if c.mayBreak {
		b.canBreak = b.at + 1
	}
}

// end ends the current line before a byte.
func (b *breaker) end(at int) {
	line := b.text.slice(b.start, at)
	b.out = append(b.out, trimRight(line))
	b.start, b.used, b.canBreak = at, 0, 0
	b.room = b.rest
}

// chop cuts text into pieces of at most width cells, at no better place than
// between characters. Spaces stay.
func chop(text Line, width int) []Line {
	src := text.Text()
	var out []Line
	for start := 0; start < len(src); {
		piece := Cut(src[start:], max(width, 1), "")
		if piece == "" {
			piece, _, _, _ = uniseg.FirstGraphemeClusterInString(src[start:], -1)
		}
		out = append(out, text.slice(start, start+len(piece)))
		start += len(piece)
	}
	if out == nil {
		out = []Line{nil}
	}
	return out
}

// chopped is chop with a prefix before each piece and no spaces at line ends.
func chopped(prefix, text Line, width int) []Line {
	out := chop(text, width)
	for i, l := range out {
		out[i] = trimRight(Join(prefix, l))
	}
	return out
}

// flow sets items one after another with a separator after each but the last,
// as many on a line as fit. An item is broken only if it is wider than a line.
func (r *Renderer) flow(first Line, items []Line, separator Line, width int) []Line {
	first = r.ready(first)
	if width-first.Width() < leastRoom {
		return r.wrap(nil, nil, Join(first, join(items, Join(separator, L(" ")))), width)
	}
	room := width - first.Width()
	var lines []Line
	var line Line
	for i, item := range items {
		if i < len(items)-1 {
			item = Join(item, separator)
		}
		item = r.ready(item)
		if len(line) > 0 && line.Width()+1+item.Width() <= room {
			line = Join(line, L(" "), item)
			continue
		}
		if len(line) > 0 {
			lines = append(lines, line)
		}
		pieces := r.wrap(nil, nil, item, room)
		lines = append(lines, pieces[:max(len(pieces)-1, 0)]...)
		line = nil
		if len(pieces) > 0 {
			line = pieces[len(pieces)-1]
		}
	}
	lines = append(lines, line)
	for i, l := range lines {
		lines[i] = Join(first, l)
		first = L(spaces(first.Width()))
	}
	return lines
}

// join puts a separator between lines.
func join(lines []Line, separator Line) Line {
	var out Line
	for i, l := range lines {
		if i > 0 {
			out = Join(out, separator)
		}
		out = Join(out, l)
	}
	return out
}
