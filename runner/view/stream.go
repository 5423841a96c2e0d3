package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// streamMin is the narrowest terminal for the picture; below it, and without
// lines to draw with, the stream is told in sentences.
const streamMin = 60

// Stream prints what crossed a connection: for each direction the sends, the
// bytes, and what the recvs took of them.
func (r *Renderer) Stream(s Stream) {
	r, done := r.canvas(streamMin)
	defer done()
	shown := 0
	for i := range s.Ways {
		w := &s.Ways[i]
		if w.Total() == 0 && len(w.Sends)+len(w.Recvs) == 0 {
			continue
		}
		if shown++; shown > 1 {
			r.Blank()
		}
		r.streamHead(w)
		if r.Width() < streamMin || r.ASCII() || r.opts.Plain {
			r.streamSentences(w)
		} else {
			r.streamPicture(w)
			r.streamGlue(w)
		}
		for _, t := range w.facts() {
			r.below(Dim, t)
		}
	}
	if shown == 0 {
		r.Paragraph(words.F("Nothing was sent on this connection yet."))
	}
	if s.Lost > 0 {
		r.below(Accent, words.F("the journal has forgotten %d earlier calls: the offsets come from the counters", s.Lost))
	}
}

func (r *Renderer) streamHead(w *StreamWay) {
	names := Join(S(Heading, w.From), L(" "+SymRule+SymRule+SymRight+" "), S(Heading, w.To))
	var counts words.Text
	switch {
	case w.FromOutside:
		counts = words.F("recvs: %d (%s)", w.recvs(), bytesOf(w.Received))
	case w.ToOutside:
		counts = words.F("sends: %d (%s)", w.sends(), bytesOf(w.Sent))
	default:
		counts = words.F("sends: %d (%s), recvs: %d (%s)", w.sends(), bytesOf(w.Sent), w.recvs(), bytesOf(w.Received))
	}
	if r.opts.Plain {
		r.speak(named(words.F("From %s to %s", onPort(w.From), onPort(w.To)), counts))
		return
	}
	head := Join(names, L("  "), S(Dim, r.Say(counts)))
	if r.ready(head).Width()+2 <= r.Width() {
		r.Print(Join(L("  "), head))
		return
	}
	r.Print(r.Wrap(L("  "), names, r.Width())...)
	r.below(Dim, counts)
}

func bytesOf(n int) words.Text {
	if n == 1 {
		return words.F("1 byte")
	}
	return words.F("%d bytes", n)
}

// sends and recvs are how many there were, with those that are forgotten.
func (w *StreamWay) sends() int { return lastNumber(w.Sends) }
func (w *StreamWay) recvs() int { return lastNumber(w.Recvs) }

func lastNumber(list []StreamSpan) int {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].Number
}

// streamPicture draws one direction: sends above the line of bytes, recvs
// below it.
func (r *Renderer) streamPicture(w *StreamWay) {
	waiting := w.waiting()
	p := streamDrawing{r: r, way: w}
	p.label = 2 + max(Width(r.Say(words.F("sends"))), Width(r.Say(words.F("bytes"))), Width(r.Say(words.F("recvs"))), Width(r.Say(words.F("peeks"))))
	room := r.Width() - 2 - p.label - len(fmt.Sprint(w.Total()))
	p.ruler = newRuler(room, w.Sends, w.Recvs, w.Peeks, waiting)
	payload := w.Sends
	if len(w.Sends) > 0 {
		p.row(words.F("sends"), w.Sends, [2]string{"├", "┤"}, SymRule, Accent)
	} else {
		payload = w.Recvs
	}
	p.data(payload)
	if !w.Messages {
		p.line(words.F("bytes"), L(p.ruler.axis()))
	}
	if len(w.Recvs)+len(waiting) > 0 {
		p.row(words.F("recvs"), append(w.Recvs[:len(w.Recvs):len(w.Recvs)], waiting...), [2]string{"└", "┘"}, SymRule, Good)
	}
	for _, spans := range layers(w.Peeks) {
		p.row(words.F("peeks"), spans, [2]string{"└", "┘"}, "╌", Dim)
	}
	if p.ruler.unscaled {
		r.below(Dim, words.F("not to scale"))
	}
	p.hidden()
}

// layers puts spans that lie over one another into rows of their own: peeks
// see the same bytes again. More than a few rows tell nothing new.
func layers(spans []StreamSpan) [][]StreamSpan {
	const most = 3
	var rows [][]StreamSpan
next:
	for _, s := range spans {
		for i, row := range rows {
			if row[len(row)-1].To <= s.From {
				rows[i] = append(row, s)
				continue next
			}
		}
		if len(rows) < most {
			rows = append(rows, []StreamSpan{s})
		}
	}
	return rows
}

// waiting is the span of what stands in the receiver's kernel.
func (w *StreamWay) waiting() []StreamSpan {
	if w.Waiting <= 0 || w.Messages {
		return nil
	}
	return []StreamSpan{{Kind: SpanWaiting, From: w.Received, To: w.Received + w.Waiting}}
}

// streamDrawing draws the rows of one direction.
type streamDrawing struct {
	r     *Renderer
	way   *StreamWay
	ruler ruler
	label int
}

func (p *streamDrawing) line(label words.Text, cells Line) {
	p.r.Print(p.r.CutLine(trimRight(Join(L("  "), S(Dim, Pad(p.r.Say(label), p.label)), cells)), p.r.Width()))
}

// row draws spans that do not lie over one another.
func (p *streamDrawing) row(label words.Text, spans []StreamSpan, ends [2]string, rule string, style Style) {
	p.line(label, p.across(spans, func(s *StreamSpan, at part) Line {
		left, right, fill, look := ends[0], ends[1], rule, style
		if s.Kind == SpanWaiting {
			left, right, fill, look = "╎", "╎", "╌", Dim
		}
		if at.openLeft {
			left = fill
		}
		if at.openRight {
			right = fill
		}
		width := at.to - at.from
		if width < 3 {
			return S(look, strings.Repeat(fill, width))
		}
		text := p.fitting(s, width-2)
		rest := width - 2 - Width(text)
		return Join(S(look, left+strings.Repeat(fill, rest/2)), L(text), S(look, strings.Repeat(fill, rest-rest/2)+right))
	}))
}

// fitting is the longest name of a span that has room.
func (p *streamDrawing) fitting(s *StreamSpan, room int) string {
	names := []string{" " + p.r.Say(words.F("%d: %s", s.Number, bytesOf(s.Size()))) + " ", fmt.Sprintf("%d: %d", s.Number, s.Size()), fmt.Sprint(s.Number)}
	if s.Kind == SpanWaiting {
		names = []string{" " + p.r.Say(words.F("waiting in the kernel (%s)", bytesOf(s.Size()))) + " ", p.r.Say(words.F("waiting: %d", s.Size())), fmt.Sprintf("(%d)", s.Size())}
	}
	for _, name := range names {
		if Width(p.r.Sym(name)) <= room {
			return name
		}
	}
	return ""
}

// data shows the bytes of spans, as many as have room, if any has room.
func (p *streamDrawing) data(spans []StreamSpan) {
	some := false
	line := p.across(spans, func(s *StreamSpan, at part) Line {
		room := at.to - at.from
		if at.openLeft {
			return L(spaces(room))
		}
		text := p.r.payload(s, room-1)
		some = some || text != ""
		return S(Code, Pad(text, room))
	})
	if some {
		p.line(words.Text{}, line)
	}
}

// payload is the bytes of a span as text of at most so many cells. What is no
// text and what controls a terminal is visible. A single mark that something
// was left out would say nothing.
func (r *Renderer) payload(s *StreamSpan, room int) string {
	text := r.Sym(Clean(string(s.Data[:min(len(s.Data), 512)])))
	if s.Size() > len(s.Data) || len(s.Data) > 512 {
		text += r.Sym(SymEllipsis)
	}
	if text = Cut(text, room, r.Sym(SymEllipsis)); text == r.Sym(SymEllipsis) {
		return ""
	}
	return text
}

// across draws what stands in the columns of spans, one after another.
func (p *streamDrawing) across(spans []StreamSpan, draw func(s *StreamSpan, at part) Line) Line {
	var line Line
	used, skipped := 0, false
	for i := range spans {
		parts := p.ruler.parts(&spans[i])
		skipped = skipped || len(parts) == 0
		for _, at := range parts {
			if at.from < used || at.to <= at.from {
				continue
			}
			line = Join(line, p.between(used, at.from, skipped || at.openLeft), draw(&spans[i], at))
			used = at.to
			skipped = at.openRight
		}
	}
	if skipped {
		line = Join(line, p.between(used, p.ruler.columns[p.ruler.gap+1], true))
	}
	return line
}

// between is the space between two columns, with a mark if something was left
// out there.
func (p *streamDrawing) between(from, to int, skipped bool) Line {
	mark := p.r.Sym(SymEllipsis)
	if !skipped || to-from < Width(mark) {
		return L(spaces(max(to-from, 0)))
	}
	rest := to - from - Width(mark)
	return Join(L(spaces(rest/2)), S(Dim, mark), L(spaces(rest-rest/2)))
}

// hidden tells what the gap hides.
func (p *streamDrawing) hidden() {
	count := func(spans []StreamSpan) int {
		n := 0
		for i := range spans {
			if len(p.ruler.parts(&spans[i])) == 0 {
				n++
			}
		}
		return n
	}
	sends, recvs := count(p.way.Sends), count(p.way.Recvs)
	switch {
	case sends > 0 && recvs > 0:
		p.r.below(Dim, words.F("… %d more sends and %d more recvs in the middle", sends, recvs))
	case sends > 0:
		p.r.below(Dim, words.F("… %d more sends in the middle", sends))
	case recvs > 0:
		p.r.below(Dim, words.F("… %d more recvs in the middle", recvs))
	}
}
