package view

import "github.com/socklab/socklab/runner/words"

// facts are what is to be said of one direction besides its sends and recvs.
func (w *StreamWay) facts() []words.Text {
	var list []words.Text
	say := func(when bool, t words.Text) {
		if when {
			list = append(list, t)
		}
	}
	if w.Messages {
		return w.datagramFacts()
	}
	w.segmentFacts(say)
	say(w.Waiting > 0, words.F("waiting in the kernel of %s: %s that no recv has taken yet", w.To, bytesOf(w.Waiting)))
	if !w.FromOutside && !w.ToOutside {
		left := w.Sent - w.Received - max(w.Waiting, 0)
		say(left > 0 && w.Shut, words.F("%s never received: %s was closed", bytesOf(left), w.To))
		say(left > 0 && !w.Shut, words.F("%s on the way, or still in the kernel of %s", bytesOf(left), w.From))
		say(left < 0, words.F("%s of a send that has not returned yet", bytesOf(-left)))
	}
	say(w.Sending, words.F("a send of %s waits now: the buffers are full", w.From))
	say(w.FromOutside, words.F("%s is outside this lab: how it sent these bytes is not known", w.From))
	say(w.ToOutside && w.Queued, words.F("nobody has accepted the connection yet: the bytes wait in the kernel of the other end"))
	say(w.ToOutside && !w.Queued, words.F("%s is outside this lab: how it received these bytes is not known", w.To))
	say(w.SentGone > 0, words.F("not shown: %s of earlier sends", bytesOf(w.SentGone)))
	say(w.RecvGone > 0, words.F("not shown: %s of earlier recvs", bytesOf(w.RecvGone)))
	say(w.Urgent, words.F("MSG_OOB was used: one byte stands beside the stream, so the offsets behind it may be one too high"))
	say(w.Ended, words.F("after them a recv got b'': the end of the stream"))
	return list
}

// segmentFacts tell what TCP carried, as far as anything shows it.
func (w *StreamWay) segmentFacts(say func(bool, words.Text)) {
	switch {
	case w.Segments < 0:
		say(!w.FromOutside || !w.ToOutside, words.F("in how many segments they went is not known: the kernel counts for open sockets only"))
	case w.SegmentsSeenIn && w.Segments == 1:
		say(true, words.F("the kernel received 1 segment with data"))
	case w.SegmentsSeenIn:
		say(true, words.F("the kernel received %d segments with data; where they were cut is not known", w.Segments))
	case w.Segments == 1:
		say(true, words.F("the kernel sent 1 segment with data"))
	default:
		say(true, words.F("the kernel sent %d segments with data; where they were cut is not known", w.Segments))
	}
	say(w.Again > 0, words.F("segments that it sent again: %d", w.Again))
}

// datagramFacts are those of a direction of datagrams.
func (w *StreamWay) datagramFacts() []words.Text {
	var list []words.Text
	lost, open, empty := 0, 0, 0
	for i := range w.Sends {
		if w.Sends[i].Size() == 0 {
			empty++
		}
		switch s := &w.Sends[i]; {
		case s.Lost:
			lost++
		case !s.Got:
			open++
		}
	}
	if !w.ToOutside && lost > 0 {
		list = append(list, words.F("datagrams that were dropped: %d; later ones were received", lost))
	}
	if !w.ToOutside && open > 0 {
		list = append(list, words.F("datagrams that no recv has taken: %d", open))
	}
	if empty > 0 {
		list = append(list, words.F("empty datagrams, which have no bytes to draw: %d", empty))
	}
	if w.Waiting > 0 {
		list = append(list, words.F("the next datagram in the kernel has %s", bytesOf(w.Waiting)))
	}
	if w.FromOutside {
		list = append(list, words.F("%s is outside this lab: what it sent is known only as far as it arrived", w.From))
	}
	if w.ToOutside {
		list = append(list, words.F("%s is outside this lab: what it received is not known", w.To))
	}
	return list
}
