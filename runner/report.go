package runner

import (
	"context"
	"sort"
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// report shows the calls since the last report: the learner's all, the
// servers' as far as they matter here.
func (s *Session) report() {
	b := s.bench
	events, next, lost := b.lab.Journal().Since(b.told)
	b.told = next
	if len(events) == 0 {
		return
	}
	b.use(events)
	if s.cfg.Quiet {
		return
	}
	// Causes before their effects: an accept may be written down before the
	// connect that it answers.
	sort.SliceStable(events, func(a, b int) bool { return events[a].Cause() < events[b].Cause() })
	shown := s.worthShowing(events)
	sockets := b.socketsOf(shown)
	b.nameChildren(shown, sockets)
	s.out.Calls(shown, sockets)
	s.unshown += lost
}

// socketsOf describes the sockets of the events, and no more: a lab may have
// thousands.
func (b *bench) socketsOf(events []netlab.Event) view.Sockets {
	sockets := view.Sockets{}
	for _, e := range events {
		if _, ok := sockets[e.Sock]; ok {
			continue
		}
		if sock := b.lab.Find(e.Sock); sock != nil {
			sockets[e.Sock] = sock.Info()
		}
	}
	return sockets
}

// How many calls are shown for one input: the learner's, and those of servers.
const (
	maxTypedCalls  = 100
	maxServerCalls = 12
)

// worthShowing leaves out how a server came to be, and the flood of one that
// has gone wild. The lesson's own preparation is shown only when it
// demonstrates something.
func (s *Session) worthShowing(events []netlab.Event) []netlab.Event {
	var shown []netlab.Event
	for _, e := range events {
		switch {
		case (e.By == netlab.Learner || s.demo && e.By == netlab.Lesson) && s.typed < maxTypedCalls:
			s.typed++
			shown = append(shown, e)
		case e.By == netlab.Learner || s.demo && e.By == netlab.Lesson:
			s.unshown++
		case e.By == netlab.Lesson || !tells(e):
		case isEmpty(e) && s.bench.empties[e.Sock] >= maxEmpties:
			s.unshown++
		case s.served < maxServerCalls:
			s.served++
			shown = append(shown, e)
			if isEmpty(e) {
				s.bench.empties[e.Sock]++
			}
		default:
			s.unshown++
		}
	}
	return shown
}

// maxEmpties is how many times a server is shown reading or sending nothing on
// one connection: a loop without an end does little else.
const maxEmpties = 4

func isEmpty(e netlab.Event) bool {
	if e.Op == netlab.OpAccept && !e.Succeeded() {
		return true // out of descriptors: it tries again and again
	}
	return e.N == 0 && e.Outcome == netlab.OK && (e.Op == netlab.OpRecv || e.Op == netlab.OpSend)
}

// reportUnshown says how many calls were left out, once for an input.
func (s *Session) reportUnshown() {
	if s.unshown > 0 && !s.cfg.Quiet {
		s.out.Note(words.F("%d more calls; `trace` shows the latest", s.unshown))
	}
	s.unshown = 0
}

// tells reports whether a server's call is one that a learner should see.
func tells(e netlab.Event) bool {
	switch e.Op {
	case netlab.OpAccept, netlab.OpRecv, netlab.OpSend, netlab.OpRecvfrom, netlab.OpSendto, netlab.OpShutdown:
		return e.Outcome != netlab.ClosedUnder
	case netlab.OpClose, netlab.OpSpawn, netlab.OpRefuse:
		return true
	case netlab.OpWait:
		return e.N > 0
	}
	return false
}

// nameChildren lets the calls of servers for their children stand under the
// server's name: they have no socket, so they get a number of their own.
func (b *bench) nameChildren(events []netlab.Event, sockets view.Sockets) {
	var children map[int]netlab.ChildInfo
	for i := range events {
		e := &events[i]
		if e.By != netlab.Server || e.Sock != 0 || e.Op != netlab.OpSpawn && e.Op != netlab.OpWait {
			continue
		}
		if children == nil {
			children = map[int]netlab.ChildInfo{}
			for _, c := range b.lab.Children() {
				children[c.Pid] = c
			}
		}
		if c, ok := children[e.N]; ok {
			e.Sock = -e.N
			sockets[e.Sock] = netlab.SocketInfo{Label: c.Label, By: netlab.Server}
		}
	}
}

// use remembers, for the commands, the socket of the last call that was typed.
func (b *bench) use(events []netlab.Event) {
	id := 0
	for _, e := range events {
		switch {
		case e.By == netlab.Server:
		case e.Op == netlab.OpAccept && e.Other != 0:
			id = e.Other
		case e.Sock != 0:
			id = e.Sock
		}
	}
	for _, name := range b.interp.SocketNames() {
		if b.interp.SocketNamed(name).ID() == id {
			b.current = name
			return
		}
	}
}

// The servers get a moment to answer before the next prompt: until nothing has
// happened for quietTime, at most settleTime.
const (
	quietTime  = 4 * time.Millisecond
	settleTime = 60 * time.Millisecond
)

// settle waits for the servers to come to rest. It only makes the order on the
// screen more natural; no check depends on it.
func (s *Session) settle(ctx context.Context) {
	journal := s.bench.lab.Journal()
	if len(s.bench.net.Servers()) == 0 {
		return
	}
	end := time.NewTimer(settleTime)
	defer end.Stop()
	for {
		changed := journal.Changed()
		quiet := time.NewTimer(quietTime)
		select {
		case <-changed:
			quiet.Stop()
		case <-quiet.C:
			return
		case <-end.C:
			quiet.Stop()
			return
		case <-ctx.Done():
			quiet.Stop()
			return
		}
	}
}
