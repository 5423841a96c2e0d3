package runner

import (
	"context"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/words"
)

// childLookCommands are the commands that show programs.
func childLookCommands() []*Command {
	return []*Command{
		{Name: "processes", Group: Looking, Usage: "processes [--json]",
			Summary: words.F("the programs that were started, and what stands in the pipes to them"),
			Help:    words.F("A zombie has ended, but nobody has waited for it: wait() or poll() takes its exit status. In which call a program sleeps is the kernel's word (/proc)."), run: lookProcesses},
	}
}

type pipeObject struct {
	Name     string `json:"name"`
	FD       int    `json:"fd"`                 // -1: closed here
	Level    *int   `json:"level,omitempty"`    // bytes in it
	Capacity *int   `json:"capacity,omitempty"` // bytes it holds
}

type childObject struct {
	Pid      int          `json:"pid"`
	Name     string       `json:"name"`
	By       string       `json:"by"`
	Command  string       `json:"command"`
	State    string       `json:"state"`
	Status   *int         `json:"status,omitempty"` // -N: ended by signal N
	Exceeded string       `json:"exceeded,omitempty"`
	Sleeps   string       `json:"sleeps_in,omitempty"`
	SleepOn  string       `json:"sleeps_on,omitempty"` // the pipe of that write or read
	Waiting  string       `json:"waiting,omitempty"`   // the lab's call that waits for it
	Pipes    []pipeObject `json:"pipes"`
}

func childJSON(i netlab.ChildInfo) childObject {
	o := childObject{Pid: i.Pid, Name: i.Label, By: i.By.String(), Command: i.Command, State: string(i.State),
		Exceeded: i.Exceeded, Sleeps: i.Sleep.Call, Waiting: i.Waiting.String(), Pipes: []pipeObject{}}
	if i.State == process.Ended {
		o.Status = &i.Code
	}
	for _, p := range i.Pipes {
		if p.Of == i.Sleep.On {
			o.SleepOn = p.Name
		}
		po := pipeObject{Name: p.Name, FD: p.FD}
		if p.Level >= 0 {
			po.Level = &p.Level
		}
		if p.Capacity >= 0 {
			po.Capacity = &p.Capacity
		}
		o.Pipes = append(o.Pipes, po)
	}
	return o
}

func lookProcesses(_ context.Context, s *Session, a Args) error {
	if len(a.Words) > 0 {
		return commands["processes"].usage()
	}
	list := s.bench.lab.Children()
	if a.JSON {
		for _, i := range list {
			s.printJSON(childJSON(i))
		}
		return nil
	}
	s.out.Children(list)
	return nil
}
