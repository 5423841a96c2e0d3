package view

import (
	"bytes"
	"fmt"

	"github.com/socklab/socklab/runner/words"
)

// streamPlainLines is how many sends, and recvs, are told one by one: there is
// no picture that would show the others.
const streamPlainLines = 64

// streamAlike is how many spans of one size make a row that is told at once.
const streamAlike = 8

// streamSpansPlain tells a list of spans; a long row of them that differ in
// nothing but their place is one sentence.
func (r *Renderer) streamSpansPlain(w *StreamWay, spans []StreamSpan, more func(n int) words.Text) {
	told := 0
	for i := 0; i < len(spans); {
		j := i + 1
		for j < len(spans) && w.goesOn(spans[i:j], &spans[j]) {
			j++
		}
		switch {
		case j-i >= streamAlike:
			r.streamRow(w, spans[i:j])
			told++
		case told >= streamPlainLines && len(spans)-i > 2:
			r.speak(more(len(spans) - 2 - i))
			j = len(spans) - 2
		default:
			r.streamLine(w, &spans[i])
			j = i + 1
			told++
		}
		i = j
	}
}

// goesOn reports whether a span belongs to a row: as large as the others and
// right behind them.
func (w *StreamWay) goesOn(row []StreamSpan, s *StreamSpan) bool {
	last := &row[len(row)-1]
	same := s.Kind == last.Kind && s.Size() == last.Size() && s.Number == last.Number+1 && s.Kind != SpanPeek
	switch {
	case !same || s.Cut || last.Cut:
		return false
	case s.Kind == SpanSend && s.Asked != s.Size():
		return false
	case w.Messages && s.Kind == SpanSend:
		return bytes.Equal(s.Data, last.Data)
	case w.Messages:
		a, b := last.onlySend(), s.onlySend()
		return a > 0 && b == a+1
	}
	return s.From == last.To
}

// onlySend is the number of the send that a span got whole and alone, else 0.
func (s *StreamSpan) onlySend() int {
	if len(s.Holds) == 1 && whole(s.Holds[0]) && s.Holds[0].Size == s.Size() {
		return s.Holds[0].Send
	}
	return 0
}

// streamRow tells a row of spans.
func (r *Renderer) streamRow(w *StreamWay, row []StreamSpan) {
	first, last := &row[0], &row[len(row)-1]
	where := words.F("bytes %s, %s each", fmt.Sprintf("%d-%d", first.From, last.To-1), bytesOf(first.Size()))
	if w.Messages {
		where = words.F("datagrams of %s each", bytesOf(first.Size()))
	}
	text := words.F("sends %d to %d: %s", first.Number, last.Number, where)
	if first.Kind == SpanRecv {
		text = words.F("recvs %d to %d: %s", first.Number, last.Number, where)
	}
	line := L(r.Say(text))
	switch {
	case first.Kind == SpanSend || w.FromOutside:
		if data := r.payload(rowData(w, row), toldMost); data != "" {
			line = Join(line, L(r.Say(words.F(": "))), S(Code, data))
		}
	default:
		line = Join(line, L(r.Say(words.F(", that is %s", heldRow(row)))))
	}
	r.Print(r.wrap(nil, nil, line, r.Width())...)
}

// rowData is a row as one span; of datagrams, which are all the same, the first.
func rowData(w *StreamWay, row []StreamSpan) *StreamSpan {
	all := row[0]
	if w.Messages {
		return &all
	}
	all.Data = nil
	for i := range row {
		all.Data = append(all.Data, row[i].Data...)
		if all.To = row[i].To; len(row[i].Data) < row[i].Size() {
			break // the rest was not kept: what follows would seem to be next to it
		}
	}
	all.To = row[len(row)-1].To
	return &all
}

// heldRow is which sends a row of recvs got.
func heldRow(row []StreamSpan) words.Text {
	one, from, to := true, 0, 0
	for i := range row {
		s := &row[i]
		one = one && s.onlySend() > 0 && (i == 0 || s.onlySend() == row[i-1].onlySend()+1)
		for _, h := range s.Holds {
			if from == 0 {
				from = h.Send
			}
			to = h.Send
		}
	}
	switch {
	case from == 0:
		return words.F("bytes of sends that are not known")
	case one:
		return words.F("sends %d to %d, one each", from, to)
	case from == to:
		return words.F("pieces of send %d", from)
	}
	return words.F("pieces of sends %d to %d", from, to)
}
