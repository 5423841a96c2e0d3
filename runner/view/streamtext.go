package view

import "github.com/socklab/socklab/runner/words"

// streamLines is how many sends, and recvs, are told in sentences.
const streamLines = 8

// streamSentences tells one direction.
func (r *Renderer) streamSentences(w *StreamWay) {
	r.streamSpans(w, w.Sends, func(n int) words.Text { return words.F("… %d more sends", n) })
	r.streamSpans(w, w.Recvs, func(n int) words.Text { return words.F("… %d more recvs", n) })
	r.streamSpans(w, w.Peeks, func(n int) words.Text { return words.F("… %d more peeks", n) })
	for _, s := range w.waiting() {
		r.streamLine(w, &s)
	}
}

// streamSpans tells the first and the last spans of a list.
func (r *Renderer) streamSpans(w *StreamWay, spans []StreamSpan, more func(n int) words.Text) {
	if r.opts.Plain {
		r.streamSpansPlain(w, spans, more)
		return
	}
	most := streamLines
	for i := range spans {
		left := len(spans) - most
		switch {
		case left <= 1 || i < most-2 || i >= len(spans)-2:
			r.streamLine(w, &spans[i])
		case i == most-2:
			r.below(Dim, more(left))
		}
	}
}

func (r *Renderer) streamLine(w *StreamWay, s *StreamSpan) {
	line := L(r.Say(w.spanText(s)))
	switch {
	case s.Size() > 0 && (s.Kind == SpanSend || w.FromOutside):
		room := max(r.Width(), 20)
		if r.opts.Plain {
			room = toldMost
		}
		if text := r.payload(s, room); text != "" {
			line = Join(line, L(r.Say(words.F(": "))), S(Code, text))
		}
	case !w.FromOutside && (s.Kind == SpanRecv || s.Kind == SpanPeek) && r.opts.Plain:
		line = Join(line, L(r.Say(words.F(", that is %s", w.holdsText(s)))))
	case !w.FromOutside && (s.Kind == SpanRecv || s.Kind == SpanPeek):
		line = Join(line, L(" = "+r.Say(w.holdsText(s))))
	}
	if r.opts.Plain {
		r.Print(r.wrap(nil, nil, line, r.Width())...)
		return
	}
	r.Print(r.wrap(L("  "), L("    "), line, r.Width())...)
}

// spanText is "send 1: bytes 0-4 (5)".
func (w *StreamWay) spanText(s *StreamSpan) words.Text {
	if w.Messages {
		switch s.Kind {
		case SpanSend:
			return words.F("send %d: a datagram of %s", s.Number, bytesOf(s.Size()))
		case SpanRecv:
			return words.F("recv %d: %s", s.Number, bytesOf(s.Size()))
		}
		return words.F("peek %d: %s", s.Number, bytesOf(s.Size()))
	}
	where := words.F("bytes %d-%d", s.From, s.To-1)
	if s.Size() == 1 {
		where = words.F("byte %d", s.From)
	}
	switch {
	case s.Kind == SpanSend && s.Size() < s.Asked:
		return words.F("send %d: %s (%d of the %d that it was given)", s.Number, where, s.Size(), s.Asked)
	case s.Kind == SpanSend:
		return words.F("send %d: %s (%d)", s.Number, where, s.Size())
	case s.Kind == SpanRecv:
		return words.F("recv %d: %s (%d)", s.Number, where, s.Size())
	case s.Kind == SpanPeek:
		return words.F("peek %d: %s (%d)", s.Number, where, s.Size())
	}
	return words.F("waiting in the kernel: %s (%d)", where, s.Size())
}

// holdsText is what a recv got of which sends.
func (w *StreamWay) holdsText(s *StreamSpan) words.Text {
	if w.Messages {
		return datagramText(s)
	}
	var parts []words.Text
	known := 0
	for i := 0; i < len(s.Holds); i++ {
		h := s.Holds[i]
		known += h.To - h.From
		last := i
		for last+1 < len(s.Holds) && whole(h) && whole(s.Holds[last+1]) {
			last++
			known += s.Holds[last].Size
		}
		if last > i+1 {
			parts = append(parts, words.F("sends %d to %d", h.Send, s.Holds[last].Send))
			i = last
			continue
		}
		parts = append(parts, heldText(h))
		if last > i {
			parts = append(parts, heldText(s.Holds[last]))
			i = last
		}
	}
	if known < s.Size() {
		parts = append(parts, words.F("%s of sends that are not known", bytesOf(s.Size()-known)))
	}
	switch {
	case len(parts) == 1 && len(s.Holds) > 1:
		return words.F("%s glued", parts[0])
	case len(parts) == 1:
		return parts[0]
	}
	all := parts[0]
	for _, p := range parts[1 : len(parts)-1] {
		all = words.F("%s, %s", all, p)
	}
	return words.F("%s and %s glued", all, parts[len(parts)-1])
}

func whole(h Held) bool { return h.From == 0 && h.To == h.Size }

func heldText(h Held) words.Text {
	switch {
	case whole(h):
		return words.F("send %d", h.Send)
	case h.From == 0 && h.To == 1:
		return words.F("the first of %d bytes of send %d", h.Size, h.Send)
	case h.To == h.Size && h.To-h.From == 1:
		return words.F("the last of %d bytes of send %d", h.Size, h.Send)
	case h.From == 0:
		return words.F("the first %d of %d bytes of send %d", h.To, h.Size, h.Send)
	case h.To == h.Size:
		return words.F("the last %d of %d bytes of send %d", h.To-h.From, h.Size, h.Send)
	}
	if h.To-h.From == 1 {
		return words.F("byte %d of the %d of send %d", h.From, h.Size, h.Send)
	}
	return words.F("bytes %d-%d of the %d of send %d", h.From, h.To-1, h.Size, h.Send)
}

func datagramText(s *StreamSpan) words.Text {
	switch {
	case len(s.Holds) == 0 && s.Cut:
		return words.F("a datagram whose send is not known; its end did not fit and was thrown away")
	case len(s.Holds) == 0:
		return words.F("a datagram whose send is not known")
	case s.Cut:
		return words.F("the first %d of %d bytes of send %d: the rest did not fit and was thrown away", s.Size(), s.Holds[0].Size, s.Holds[0].Send)
	}
	return words.F("send %d, whole", s.Holds[0].Send)
}

// streamGlue says below the picture what the recvs hold; if each of them holds
// just one send, once for all.
func (r *Renderer) streamGlue(w *StreamWay) {
	if w.FromOutside || len(w.Recvs) == 0 {
		return
	}
	plain := true
	for i := range w.Recvs {
		s := &w.Recvs[i]
		plain = plain && !s.Cut && len(s.Holds) == 1 && whole(s.Holds[0]) && s.Holds[0].Size == s.Size()
	}
	switch {
	case plain && w.Messages:
		r.below(Dim, words.F("each recv got one datagram: UDP keeps them apart"))
	case plain:
		r.below(Dim, words.F("each recv got just one send: that was luck, TCP keeps no borders"))
	default:
		r.streamSpans(w, w.Recvs, func(n int) words.Text { return words.F("… %d more recvs", n) })
	}
}
