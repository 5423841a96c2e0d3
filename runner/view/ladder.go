package view

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A Rung is one line of a ladder: a call at one end, and what crossed between
// the ends because of it.
type Rung struct {
	Left, Right string        // calls, outside the ladder
	Segment     string        // "SYN", "5 bytes": "" if nothing crossed
	ToRight     bool          // which way it went
	At          time.Duration // since the first rung
}

// A Ladder is the story of one connection. Segments are inferred from the
// calls; Evidence is what the kernel counted.
type Ladder struct {
	Left, Right string
	Rungs       []Rung
	Evidence    []words.Text
}

// BuildLadder infers the ladder of the connection between two sockets of a
// lab. right may be an end outside the lab, with ID 0: then it has no events.
func BuildLadder(events []netlab.Event, left, right netlab.SocketInfo) Ladder {
	l := Ladder{
		Left:  strings.TrimSpace(left.Label + " " + portText(left)),
		Right: strings.TrimSpace(right.Label + " " + portText(right)),
	}
	var mine []*netlab.Event
	for i := range events {
		e := &events[i]
		atRight := right.ID != 0 && (e.Sock == right.ID || e.Op == netlab.OpAccept && e.Other == right.ID)
		if e.Sock == left.ID || atRight {
			mine = append(mine, e)
		}
	}
	sort.SliceStable(mine, func(a, b int) bool { return mine[a].Cause() < mine[b].Cause() })
	tcp := KindName(left) == "TCP"
	for _, e := range mine {
		for _, rung := range rungs(e, e.Sock == left.ID, tcp) {
			rung.At = e.Cause() - mine[0].Cause()
			l.Rungs = append(l.Rungs, rung)
		}
	}
	return l
}

func portText(s netlab.SocketInfo) string {
	if s.Local.Port == 0 {
		return s.Local.String()
	}
	return fmt.Sprint(s.Local.Port)
}

// rungs says what a call let cross the wire.
func rungs(e *netlab.Event, atLeft, tcp bool) []Rung {
	call := func(segment string) Rung {
		text := shortCall(e)
		if atLeft {
			return Rung{Left: text, Segment: segment, ToRight: true}
		}
		return Rung{Right: text, Segment: segment}
	}
	switch e.Op {
	case netlab.OpConnect:
		if !tcp {
			return []Rung{call("")}
		}
		return connectRungs(e, call)
	case netlab.OpSend, netlab.OpSendto:
		if e.Outcome == netlab.OK && e.N > 0 {
			return []Rung{call(countBytes(e.N))}
		}
		return []Rung{call("")}
	case netlab.OpClose:
		if !tcp {
			return []Rung{call("")}
		}
		return []Rung{call("FIN")}
	case netlab.OpShutdown:
		if tcp && e.A != 0 && e.Outcome == netlab.OK {
			return []Rung{call("FIN")}
		}
		return []Rung{call("")}
	case netlab.OpAccept, netlab.OpRecv, netlab.OpRecvfrom:
		return []Rung{call("")}
	}
	return nil
}

func connectRungs(e *netlab.Event, call func(string) Rung) []Rung {
	switch {
	case e.Outcome == netlab.OK:
		return []Rung{call("SYN"), {Segment: "SYN, ACK"}, {Segment: "ACK", ToRight: true}}
	case e.Errno != 0 && FailureName(e) == "ECONNREFUSED":
		return []Rung{call("SYN"), {Segment: "RST, ACK"}}
	}
	return []Rung{call("SYN")}
}

func countBytes(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

// shortCall is a call as it stands beside the ladder.
func shortCall(e *netlab.Event) string {
	text := e.Op.String()
	if e.Outcome != netlab.OK {
		return text + " " + FailureName(e)
	}
	switch e.Op {
	case netlab.OpSend, netlab.OpRecv, netlab.OpSendto, netlab.OpRecvfrom:
		if e.EOF() {
			return text + " b''"
		}
		return text + " " + fmt.Sprint(e.N)
	}
	return text
}

// ladderMin is the narrowest terminal in which the two ends stand side by
// side; below it the ladder is told as sentences.
const ladderMin = 60

// Ladder prints the ladder, and below it what it rests on.
func (r *Renderer) Ladder(l Ladder) {
	if r.Width() < ladderMin {
		r.ladderSentences(l)
	} else {
		r.ladderPicture(l)
	}
	r.Print(r.Wrap(L("  "), S(Dim, r.Say(words.F("segments inferred from the calls, not seen on the wire"))), r.Width())...)
	for _, t := range l.Evidence {
		r.Print(r.Wrap(L("  "), S(Dim, r.Say(t)), r.Width())...)
	}
}

func (r *Renderer) ladderPicture(l Ladder) {
	const side, middle = 18, 26
	r.Print(Join(S(Heading, Pad("  "+Cut(l.Left, side-2, SymEllipsis), side+2)), L(strings.Repeat(" ", middle-2)), S(Heading, l.Right)))
	for _, rung := range l.Rungs {
		arrow := strings.Repeat(" ", middle)
		if rung.Segment != "" {
			arrow = arrowText(rung.Segment, rung.ToRight, middle)
		}
		moment := ""
		if rung.Left != "" || rung.Right != "" {
			moment = fmt.Sprintf("%9.3f ms", float64(rung.At.Microseconds())/1000)
		}
		line := Join(
			S(Code, PadLeft(Cut(rung.Left, side-2, SymEllipsis), side-2)), L("  "+SymBar), S(Accent, arrow), L(SymBar),
		)
		if right := Pad("  "+Cut(rung.Right, side-4, SymEllipsis), side-2); moment != "" && line.Width()+Width(right+moment) <= r.Width() {
			line = Join(line, S(Code, right), S(Dim, moment))
		} else if rung.Right != "" {
			line = Join(line, S(Code, "  "+Cut(rung.Right, side-4, SymEllipsis)))
		}
		r.Print(line)
	}
}

func arrowText(segment string, toRight bool, width int) string {
	text := strings.Repeat(SymRule, 2) + " " + segment + " "
	if toRight {
		return text + strings.Repeat(SymRule, width-1-Width(text)) + SymRight
	}
	text = " " + segment + " " + strings.Repeat(SymRule, 2)
	return SymLeft + strings.Repeat(SymRule, width-1-Width(text)) + text
}

func (r *Renderer) ladderSentences(l Ladder) {
	for i, rung := range l.Rungs {
		from, to := l.Left, l.Right
		if !rung.ToRight {
			from, to = to, from
		}
		var text string
		switch call := rung.Left + rung.Right; {
		case rung.Segment == "" && rung.Left != "":
			text = l.Left + ": " + call
		case rung.Segment == "":
			text = l.Right + ": " + call
		case call == "":
			text = r.Say(words.F("%s from %s to %s", rung.Segment, from, to))
		default:
			text = r.Say(words.F("%s: %s sends %s to %s", call, from, rung.Segment, to))
		}
		r.Print(r.Wrap(L(fmt.Sprintf("%3d. ", i+1)), r.ready(L(text)), r.Width())...)
	}
}
