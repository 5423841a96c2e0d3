package view

import (
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// statesPlain says a sentence on each row of the table, and one on many rows in
// a row that differ in a port alone.
func (r *Renderer) statesPlain(rows []StateRow) []Line {
	var lines []Line
	for i := 0; i < len(rows); {
		n := r.rowsAlike(rows[i:])
		text := r.rowPlain(rows[i])
		if n > 1 {
			text = r.rowsPlain(rows[i : i+n])
		}
		lines = append(lines, r.spoken(named(words.Raw(r.stateWord(rows[i])), text))...)
		i += n
	}
	return lines
}

// rowPlain is what there is to say of a row.
func (r *Renderer) rowPlain(row StateRow) words.Text {
	parts := []words.Text{between(row.Local, row.Remote), r.whoPlain(row)}
	parts = append(parts, row.About...)
	if row.Whole > 0 {
		parts = append(parts, words.F("of %.0f s", row.Whole.Seconds()))
	}
	return commas(parts...)
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
