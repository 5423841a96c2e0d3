package view

import (
	"fmt"
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A telling remembers the addresses that were said of each socket, so that a
// listener need not hear them again in every line. The zero telling forgets.
type telling map[int]string

// news reports whether a socket's addresses are other ones than were said last.
func (t telling) news(info netlab.SocketInfo) bool {
	now := info.Local.String() + " " + info.Remote.String()
	if t == nil {
		return true
	}
	was := t[info.ID]
	t[info.ID] = now
	return was != now
}

// callsTogether is how many times the same call is told before it is counted.
const callsTogether = 4

// callsPlain tells calls one by one. The same call again and again, as a loop
// makes it, is told once and counted.
func (r *Renderer) callsPlain(events []netlab.Event, sockets Sockets) {
	var lines []Line
	said := telling{}
	for i := 0; i < len(events); {
		e := &events[i]
		lines = append(lines, r.callPlain(e, sockets, said)...)
		j := i + 1
		for j < len(events) && sameCall(e, &events[j]) {
			j++
		}
		if n := j - i - 1; n >= callsTogether {
			lines = append(lines, r.spoken(words.F("the same call again, %d times", n))...)
			i = j
			continue
		}
		i++
	}
	r.Print(lines...)
}

// sameCall reports whether two calls are told in the same words.
func sameCall(a, b *netlab.Event) bool {
	return a.Sock == b.Sock && a.By == b.By && callLine(a).Text() == callLine(b).Text()
}

// callPlain is "echo: accept(7) = 9 127.0.0.1:45568": the call as it is
// written, and behind it, after commas, what stands beside it in columns.
func (r *Renderer) callPlain(e *netlab.Event, sockets Sockets, said telling) []Line {
	text := callLine(e)
	if e.By == netlab.Server {
		text = Join(L(sockets.Name(e.Sock)+": "), text)
	}
	if beside := r.Say(besidePlain(e, sockets, said)); beside != "" {
		text = Join(text, L(r.Say(words.F(", "))+beside))
	}
	return r.wrap(nil, nil, text, r.Width())
}

// besidePlain is who made a call, and with whom.
func besidePlain(e *netlab.Event, sockets Sockets, said telling) words.Text {
	var parts []words.Text
	info, ok := sockets[e.Sock]
	if ok && e.By != netlab.Server {
		parts = append(parts, harmless(info.Label))
		if e.Op != netlab.OpSocket && !info.Local.IsZero() && said.news(info) {
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
	var latest time.Duration
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
		if e.Start < latest { // it waited, and what came of it stands here
			at = words.F("Begun before, at %s, %s", fmt.Sprintf("%.6f s", e.Start.Seconds()), actorName(e.By))
		}
		latest = max(latest, e.Start)
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
