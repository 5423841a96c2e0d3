package runner

import (
	"context"
	"strconv"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// turnCommands are the commands that show a loop over many sockets.
func turnCommands() []*Command {
	return []*Command{
		{Name: "turns", Group: Looking, Usage: "turns [NUMBER] [--json]",
			Summary: words.F("the turns of a loop: what each select or poll found ready, and the calls until the next one"),
			Help:    words.F("The latest 10, or NUMBER of them. A socket is ready when a call on it would not wait: bytes, the end of the stream, a reset, and of a listener a caller."),
			run:     lookTurns},
	}
}

// turnsShown is how many turns are shown unless more are asked for.
const turnsShown = 10

func lookTurns(_ context.Context, s *Session, a Args) error {
	most := turnsShown
	if len(a.Words) > 0 {
		n, err := strconv.Atoi(a.Words[0])
		if err != nil || n < 1 || len(a.Words) > 1 {
			return commands["turns"].usage()
		}
		most = n
	}
	events, lost := s.bench.lab.Journal().Typed(netlab.Mark{})
	turns := view.BuildTurns(events)
	left := max(len(turns)-most, 0)
	sockets := view.SocketsOf(s.bench.lab.Sockets())
	if a.JSON {
		for i := range turns[left:] {
			s.printJSON(turnJSON(&turns[left+i], sockets))
		}
		return nil
	}
	s.out.Turns(turns[left:], left, lost > 0, sockets)
	return nil
}

type readyObject struct {
	FD     int      `json:"fd"`
	Name   string   `json:"name,omitempty"`
	Events []string `json:"events"`
}

type turnObject struct {
	Turn    int           `json:"turn"`
	Watched int           `json:"watched"`
	Ready   []readyObject `json:"ready"`
	Waited  float64       `json:"waited"` // seconds
	Error   string        `json:"error,omitempty"`
	Calls   []eventObject `json:"calls"`
}

func turnJSON(t *view.Turn, sockets view.Sockets) turnObject {
	o := turnObject{Turn: t.Number, Watched: t.Poll.A, Waited: (t.Poll.End - t.Poll.Start).Seconds(),
		Error: t.Poll.Failure(), Ready: []readyObject{}, Calls: []eventObject{}}
	for _, r := range t.Ready {
		o.Ready = append(o.Ready, readyObject{FD: r.FD, Name: sockets.Name(r.Sock), Events: r.Bits})
	}
	for i := range t.Calls {
		o.Calls = append(o.Calls, eventJSON(&t.Calls[i]))
	}
	return o
}
