package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// callPlain is "echo: accept(7) = 9 127.0.0.1:45568": the call as it is
// written, and behind it, after commas, what stands beside it in columns.
func (r *Renderer) callPlain(e *netlab.Event, sockets Sockets) []Line {
	text := callLine(e)
	if e.By == netlab.Server {
		text = Join(L(sockets.Name(e.Sock)+": "), text)
	}
	if beside := r.Say(r.besidePlain(e, sockets)); beside != "" {
		text = Join(text, L(r.Say(words.F(", "))+beside))
	}
	return r.wrap(nil, nil, text, r.Width())
}

// besidePlain is who made a call, and with whom.
func (r *Renderer) besidePlain(e *netlab.Event, sockets Sockets) words.Text {
	var parts []words.Text
	info, ok := sockets[e.Sock]
	if ok && e.By != netlab.Server {
		parts = append(parts, harmless(info.Label))
		if e.Op != netlab.OpSocket && !info.Local.IsZero() {
			parts = append(parts, between(addrText(info.Local), addrText(info.Remote)))
		}
	}
	if e.EOF() {
		parts = append(parts, words.F("end of the stream"))
	}
	return commas(parts...)
}

// addrText is an address, "" if there is none.
func addrText(a netlab.Addr) string {
	if a.IsZero() {
		return ""
	}
	return a.String()
}

// tracePlain tells every call: when, by whom, what it was, how long it took.
func (r *Renderer) tracePlain(events []netlab.Event, lost int) {
	var lines []Line
	if lost > 0 {
		lines = r.spoken(words.F("%d earlier calls are not shown", lost))
	}
	for i := range events {
		e := &events[i]
		took := words.F("it took %s", moment(e.End-e.Start))
		if e.Tries == 0 && e.Outcome == netlab.ClosedUnder {
			took = words.F("not made: the socket is closed")
		}
		if e.Tries > 1 {
			took = commas(took, words.F("%d tries", e.Tries))
		}
		at := words.F("At %s, %s", fmt.Sprintf("%.6f s", e.Start.Seconds()), actorName(e.By))
		lines = append(lines, r.spoken(words.F("%s: %s; %s", at, Strace(e), took))...)
	}
	r.Print(lines...)
}

func actorName(a netlab.Actor) words.Text {
	switch a {
	case netlab.Learner:
		return words.F("learner")
	case netlab.Server:
		return words.F("server")
	}
	return words.F("lesson")
}

// turnsPlain tells a loop turn by turn: what was ready, then what was done.
func (r *Renderer) turnsPlain(turns []Turn, earlier int, lost bool, sockets Sockets) {
	var lines []Line
	switch {
	case lost:
		lines = r.spoken(words.F("earlier turns are not remembered"))
	case earlier > 0:
		lines = r.spoken(words.F("%d earlier turns are not shown; `turns %d` shows all", earlier, earlier+len(turns)))
	}
	for i := range turns {
		t := &turns[i]
		lines = append(lines, r.spoken(named(words.F("turn %d", t.Number), pollText(&t.Poll)))...)
		for _, s := range t.Ready {
			name := harmless(strings.TrimPrefix(orDash(sockets.nameOrPeer(s.Sock)), SymPair+" "))
			if strings.HasPrefix(sockets.nameOrPeer(s.Sock), SymPair) {
				name = words.F("with %s", name)
			}
			ready := commas(words.F("descriptor %d", s.FD), name, words.Raw(strings.Join(s.Bits, "|")), readyMeans(s, sockets))
			lines = append(lines, r.spoken(words.F("Ready: %s", ready))...)
		}
		for j := range t.Calls[:min(len(t.Calls), callsShown)] {
			lines = append(lines, r.callPlain(&t.Calls[j], sockets)...)
		}
		if more := len(t.Calls) - callsShown; more > 0 {
			lines = append(lines, r.spoken(words.F("%d more calls in this turn", more))...)
		}
	}
	r.Print(lines...)
}
