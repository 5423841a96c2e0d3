package view

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A Turn is one round of a loop over many sockets: the poll or select, what it
// found, and the calls until the next one.
type Turn struct {
	Number int // from 1, among those that are remembered
	Poll   netlab.Event
	Ready  []ReadySocket
	Calls  []netlab.Event
}

// A ReadySocket is what a poll said of one descriptor. Sock is the socket that
// had the number then; 0 if that is not known.
type ReadySocket struct {
	FD, Sock int
	Bits     []string // POLLIN, POLLOUT, …
}

// BuildTurns cuts what was typed into turns. Calls before the first poll belong
// to none. A descriptor's number comes back with another socket, so whose it was
// is read from the calls up to the poll.
func BuildTurns(events []netlab.Event) []Turn {
	var turns []Turn
	owner := map[int]int{}
	for i := range events {
		e := events[i]
		switch {
		case e.Op == netlab.OpPoll:
			turns = append(turns, Turn{Number: len(turns) + 1, Poll: e, Ready: readySockets(e.Data, owner)})
			continue
		case e.Op == netlab.OpSocket && e.Succeeded():
			owner[e.N] = e.Sock
		case e.Op == netlab.OpAccept && e.Succeeded():
			owner[e.N] = e.Other
		case e.Sock != 0 && e.FD >= 0:
			owner[e.FD] = e.Sock
		}
		if n := len(turns); n > 0 && e.Sock != 0 {
			turns[n-1].Calls = append(turns[n-1].Calls, e)
		}
	}
	return turns
}

// readySockets reads "7 POLLIN, 9 POLLIN|POLLHUP".
func readySockets(data []byte, owner map[int]int) []ReadySocket {
	var list []ReadySocket
	for _, part := range strings.Split(string(data), ", ") {
		number, bits, ok := strings.Cut(part, " ")
		fd, err := strconv.Atoi(number)
		if !ok || err != nil {
			continue
		}
		list = append(list, ReadySocket{FD: fd, Sock: owner[fd], Bits: strings.Split(bits, "|")})
	}
	return list
}

// callsShown is how many calls of one turn are printed.
const callsShown = 20

// Turns prints one block for each turn: what was ready, then what was done.
// earlier is how many turns before these are not shown, and lost says that
// there were more which nobody remembers.
func (r *Renderer) Turns(turns []Turn, earlier int, lost bool, sockets Sockets) {
	if len(turns) == 0 {
		r.Paragraph(words.F("No turn yet: a turn begins with select.select(…) or with the poll() of a select.poll()."))
		return
	}
	if r.opts.Plain {
		r.turnsPlain(turns, earlier, lost, sockets)
		return
	}
	r, done := r.canvas(0)
	defer done()
	inner := r.indented(turnIndent)
	var lines []Line
	note := func(t words.Text) { lines = append(lines, r.Wrap(L("  "), S(Dim, r.Say(t)), r.Width())...) }
	switch {
	case lost:
		note(words.F("earlier turns are not remembered"))
	case earlier > 0:
		note(words.F("%d earlier turns are not shown; `turns %d` shows all", earlier, earlier+len(turns)))
	}
	for i := range turns {
		t := &turns[i]
		head := S(Name, r.Say(words.F("turn %d", t.Number)))
		lines = append(lines, r.Wrap(L("  "), r.ready(Join(head, L("  "+r.Say(pollText(&t.Poll))))), r.Width())...)
		for _, s := range t.Ready {
			lines = append(lines, r.Wrap(L("    "), r.ready(r.readyLine(s, sockets)), r.Width())...)
		}
		for j := range t.Calls[:min(len(t.Calls), callsShown)] {
			for _, line := range inner.callLines(&t.Calls[j], sockets) {
				lines = append(lines, Join(L(spaces(turnIndent)), line))
			}
		}
		if more := len(t.Calls) - callsShown; more > 0 {
			note(words.F("%d more calls in this turn", more))
		}
	}
	r.Print(lines...)
}

// turnIndent is how far the calls of a turn stand to the right of others.
const turnIndent = 4

// indented lays out as r does, for lines that will stand so much further right.
func (r *Renderer) indented(cells int) *Renderer {
	opts := r.opts
	opts.Lang, opts.Width = r.Lang(), func() int { return max(r.Width()-cells, 1) }
	return New(io.Discard, opts)
}

// pollText says how a poll ended.
func pollText(e *netlab.Event) words.Text {
	switch {
	case e.Outcome == netlab.Cancelled:
		return words.F("watched %d, cancelled", e.A)
	case !e.Succeeded():
		return words.F("watched %d, %s", e.A, e.Failure())
	case e.N == 0:
		return words.F("watched %d, none ready in %s", e.A, shortTime(e.End-e.Start))
	}
	if e.End-e.Start < time.Millisecond {
		return words.F("watched %d, %d ready at once", e.A, e.N)
	}
	return words.F("watched %d, %d ready after %s", e.A, e.N, shortTime(e.End-e.Start))
}

func shortTime(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// readyLine is "8  conn  POLLIN    bytes, or the end of the stream".
func (r *Renderer) readyLine(s ReadySocket, sockets Sockets) Line {
	fd := Pad(strconv.Itoa(s.FD), 3) + " "
	name := r.Sym(orDash(sockets.nameOrPeer(s.Sock)))
	line := Join(L(fd), S(Name, Pad(r.Cut(name, 20), 10)+" "), S(Code, Pad(strings.Join(s.Bits, "|"), 9)))
	if t := readyMeans(s, sockets); !t.Empty() {
		line = Join(line, S(Dim, "  "+r.Say(t)))
	}
	return line
}

// nameOrPeer is what a socket is called; of one without a label, as those of a
// loop mostly are, who is at the other end: "⇄ bob".
func (s Sockets) nameOrPeer(id int) string {
	info := s[id]
	if info.Label != "" || info.Backlog >= 0 || info.Remote.IsZero() {
		return s.Name(id)
	}
	for _, far := range s {
		if far.ID != id && far.Label != "" && far.Local == info.Remote && far.Remote == info.Local {
			return SymPair + " " + Clean(far.Label)
		}
	}
	return SymPair + " " + Clean(info.Remote.String())
}

// readyMeans is what the bits mean for this socket.
func readyMeans(s ReadySocket, sockets Sockets) words.Text {
	has := map[string]bool{}
	for _, b := range s.Bits {
		has[b] = true
	}
	info := sockets[s.Sock]
	switch {
	case has["POLLNVAL"]:
		return words.F("closed: no descriptor any more")
	case has["POLLERR"]:
		return words.F("an error, which the next call reports")
	case has["POLLIN"] && info.Backlog >= 0 && info.ID != 0:
		return words.F("a caller: accept will not wait")
	case has["POLLHUP"]:
		return words.F("hung up")
	case has["POLLIN"]:
		return words.F("recv will not wait")
	case has["POLLOUT"]:
		return words.F("send will not wait")
	}
	return words.Text{}
}
