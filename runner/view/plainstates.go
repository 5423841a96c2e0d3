package view

import (
	"fmt"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// statesPlain says a sentence on each row of the table.
func (r *Renderer) statesPlain(rows []StateRow) []Line {
	var lines []Line
	for _, row := range rows {
		parts := []words.Text{between(row.Local, row.Remote), r.whoPlain(row)}
		parts = append(parts, row.About...)
		if row.Whole > 0 {
			parts = append(parts, words.F("of %.0f s", row.Whole.Seconds()))
		}
		lines = append(lines, r.spoken(named(words.Raw(r.stateWord(row)), commas(parts...)))...)
	}
	return lines
}

func (r *Renderer) whoPlain(row StateRow) words.Text { return harmless(r.Say(row.Who)) }

// leads says where each state leads to, as the picture of RFC 9293 figure 5
// draws it.
var leads = map[kernel.State]words.Text{
	kernel.Close:       words.F("with listen() a server goes from here to LISTEN, with connect() a client to SYN_SENT"),
	kernel.Listen:      words.F("when a SYN comes, it answers SYN, ACK and goes to SYN_RECV"),
	kernel.SynSent:     words.F("when SYN, ACK comes, it answers ACK and goes to ESTABLISHED"),
	kernel.SynRecv:     words.F("when the ACK comes, it goes to ESTABLISHED"),
	kernel.Established: words.F("who closes first sends FIN and goes to FIN_WAIT1; the other end gets that FIN and goes to CLOSE_WAIT"),
	kernel.FinWait1:    words.F("when the ACK comes, it goes to FIN_WAIT2; if both close and a FIN comes first, to CLOSING"),
	kernel.FinWait2:    words.F("when the FIN comes, it answers ACK and goes to TIME_WAIT"),
	kernel.Closing:     words.F("when the ACK comes, it goes to TIME_WAIT"),
	kernel.TimeWait:    words.F("it comes from FIN_WAIT2 or from CLOSING"),
	kernel.CloseWait:   words.F("when it closes too, it sends FIN and goes to LAST_ACK"),
	kernel.LastAck:     words.F("when the ACK comes, it is gone (CLOSE)"),
}

// boardPlain says of each state whether it was seen, and where it leads to.
func (r *Renderer) boardPlain(b StateBoard) {
	for _, s := range BoardOrder {
		_, word, _ := r.boardCell(b[s])
		r.speak(named(words.Raw(s.String()), semicolons(word, leads[s])))
	}
}

// countersPlain says each number of the kernel with what it means.
func (r *Renderer) countersPlain(rows []CounterRow) {
	for _, row := range rows {
		r.speak(named(words.Raw(row.Name), semicolons(words.Raw(row.Value), row.About)))
	}
}

// ladderPlain tells the ladder step by step, with the moment of each.
func (r *Renderer) ladderPlain(l Ladder) {
	r.speak(words.F("The connection between %s and %s", harmless(l.Left), harmless(l.Right)))
	before := l.Start.states()
	for end, s := range before {
		if s != kernel.Unknown {
			r.speak(words.F("%s begins in %s", harmless(l.name(end)), s.String()))
		}
	}
	for i, rung := range l.Rungs {
		parts := []words.Text{r.rungPlain(l, rung)}
		for end, s := range rung.changed(before) {
			switch {
			case s == kernel.Unknown:
			case rung.guess(end):
				parts = append(parts, words.F("%s is probably %s now", harmless(l.name(end)), s.String()))
			default:
				parts = append(parts, words.F("%s is now %s", harmless(l.name(end)), s.String()))
			}
		}
		before = rung.states()
		if text := r.Say(semicolons(parts...)); text != "" {
			r.speak(words.Raw(fmt.Sprintf("%d. %s", i+1, text)))
		}
	}
}

// rungPlain is who called what, what crossed because of it, and when.
func (r *Renderer) rungPlain(l Ladder, rung Rung) words.Text {
	names := [2]words.Text{harmless(l.name(0)), harmless(l.name(1))}
	calls := [2]string{rung.Left, rung.Right}
	from, at := 1, moment(rung.At)
	if rung.ToRight {
		from = 0
	}
	segment := harmless(r.segment(rung))
	other := words.Text{}
	if calls[1-from] != "" {
		other = words.F("%s called %s at %s", names[1-from], harmless(calls[1-from]), at)
	}
	switch {
	case rung.Segment == "" && calls[from] == "":
		return other
	case rung.Segment == "":
		return semicolons(words.F("%s called %s at %s", names[from], harmless(calls[from]), at), other)
	case calls[from] == "":
		return semicolons(words.F("%s sent %s to %s", names[from], segment, names[1-from]), other)
	}
	sent := words.F("%s called %s and sent %s to %s at %s", names[from], harmless(calls[from]), segment, names[1-from], at)
	return semicolons(sent, other)
}
