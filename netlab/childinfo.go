package netlab

import (
	"strings"
	"time"

	"github.com/socklab/socklab/netlab/process"
)

// ChildInfo describes a child at one moment.
type ChildInfo struct {
	Pid      int
	Command  string // the arguments with blanks between them
	Label    string
	By       Actor
	State    process.State
	Code     int    // its exit status if State is Ended: 0 to 255, or -N for signal N
	Exceeded string // the limit because of which it was killed
	Pipes    []PipeInfo
	Sleep    process.Sleep // in which call it, or a descendant, sleeps
	Waiting  Op            // what the lab waits for: OpWait, OpRead, OpWrite; OpNone
	On       string        // the pipe of that read or write
}

// PipeInfo describes a pipe to a child.
type PipeInfo struct {
	Name            string // stdin, stdout, stderr
	Of              int    // the child's descriptor: 0, 1, 2
	FD              int    // the lab's end; -1: closed
	Level, Capacity int    // bytes; -1: not known here
}

// Full reports whether not one byte more goes into the pipe.
func (p PipeInfo) Full() bool { return p.Capacity > 0 && p.Level >= p.Capacity }

// Info describes the child as it is now.
func (c *Child) Info() ChildInfo {
	i := ChildInfo{
		Pid: c.Pid, Command: strings.Join(c.Args, " "), Label: c.Label(), By: c.by,
		State: c.p.State(), Exceeded: c.p.Exceeded(), Sleep: process.Sleep{FD: -1, On: -1},
	}
	switch i.State {
	case process.Ended:
		i.Code, _ = c.p.Poll()
	case process.Running:
		i.Sleep = c.p.SleepsIn()
	}
	for _, p := range c.pipes() {
		i.Pipes = append(i.Pipes, p.info())
	}
	i.Waiting, i.On, _ = c.Waits()
	return i
}

func (p *ChildPipe) info() PipeInfo {
	i := PipeInfo{Name: p.Name(), Of: p.Of, FD: p.Fileno(), Level: -1, Capacity: -1}
	if i.FD < 0 {
		return i
	}
	if n, err := p.q.Level(); err == nil {
		i.Level = n
	}
	if n, err := p.q.Capacity(); err == nil {
		i.Capacity = n
	}
	return i
}

// Waits tells what waits for the child now, on which pipe, and since when on
// the lab's clock; OpNone if nothing does.
func (c *Child) Waits() (op Op, pipe string, since time.Duration) {
	for _, p := range c.pipes() {
		if t := p.q.WaitingSince(); !t.IsZero() {
			op = OpRead
			if p == c.Stdin {
				op = OpWrite
			}
			return op, p.Name(), t.Sub(c.lab.start)
		}
	}
	if t := c.since.Load(); t != 0 {
		return OpWait, "", time.Duration(t - 1)
	}
	return OpNone, "", 0
}

// Children describes the children of the lab, those that are gone too, in the
// order in which they were started. Of those that are gone the lab remembers
// the latest.
func (l *Lab) Children() []ChildInfo {
	var infos []ChildInfo
	for _, c := range l.childList() {
		infos = append(infos, c.Info())
	}
	return infos
}

// WaitingChildren describes those for which a call waits now.
func (l *Lab) WaitingChildren() []ChildInfo {
	var infos []ChildInfo
	for _, c := range l.childList() {
		if op, _, _ := c.Waits(); op != OpNone {
			infos = append(infos, c.Info())
		}
	}
	return infos
}

func (l *Lab) childList() []*Child {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]*Child(nil), l.children...)
}
