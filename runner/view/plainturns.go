package view

import (
	"strconv"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// turnsPlain tells a loop turn by turn: what was ready, then what was done.
func (r *Renderer) turnsPlain(turns []Turn, earlier int, lost bool, sockets Sockets) {
	var lines []Line
	switch {
	case lost:
		lines = r.spoken(words.F("earlier turns are not remembered"))
	case earlier > 0:
		lines = r.spoken(words.F("%d earlier turns are not shown; `turns %d` shows all", earlier, earlier+len(turns)))
	}
	said := telling{}
	for i := range turns {
		t := &turns[i]
		lines = append(lines, r.spoken(named(words.F("turn %d", t.Number), pollText(&t.Poll)))...)
		lines = append(lines, r.readyPlain(t.Ready, sockets)...)
		for j := range t.Calls[:min(len(t.Calls), callsShown)] {
			lines = append(lines, r.callPlain(&t.Calls[j], sockets, said)...)
		}
		if more := len(t.Calls) - callsShown; more > 0 {
			lines = append(lines, r.spoken(words.F("%d more calls in this turn", more))...)
		}
	}
	r.Print(lines...)
}

// readyPlain says what was ready. Sockets in a row of which the same is to be
// said share a sentence.
func (r *Renderer) readyPlain(ready []ReadySocket, sockets Sockets) []Line {
	var lines []Line
	for i := 0; i < len(ready); {
		about := readyAbout(ready[i], sockets)
		j := i + 1
		for j < len(ready) && r.Say(readyAbout(ready[j], sockets)) == r.Say(about) {
			j++
		}
		who := words.F("descriptor %d", ready[i].FD)
		if n := j - i; n > 1 {
			who = words.F("%d descriptors: %s", n, numbers(ready[i:j]))
		}
		lines = append(lines, r.spoken(words.F("Ready: %s", commas(who, about)))...)
		i = j
	}
	return lines
}

// readyAbout is a ready socket's name, its bits and what they mean.
func readyAbout(s ReadySocket, sockets Sockets) words.Text {
	name := harmless(strings.TrimPrefix(orDash(sockets.nameOrPeer(s.Sock)), SymPair+" "))
	if strings.HasPrefix(sockets.nameOrPeer(s.Sock), SymPair) {
		name = words.F("with %s", name)
	}
	return commas(name, words.Raw(strings.Join(s.Bits, "|")), readyMeans(s, sockets))
}

// numbers are the descriptors' numbers; three and more in a row as "59 to 61".
func numbers(ready []ReadySocket) words.Text {
	var parts []words.Text
	for i := 0; i < len(ready); {
		j := i
		for j+1 < len(ready) && ready[j+1].FD == ready[j].FD+1 {
			j++
		}
		switch from, to := ready[i].FD, ready[j].FD; {
		case to-from > 1:
			parts = append(parts, words.F("%d to %d", from, to))
		default:
			for _, s := range ready[i : j+1] {
				parts = append(parts, words.Raw(strconv.Itoa(s.FD)))
			}
		}
		i = j + 1
	}
	return commas(parts...)
}
