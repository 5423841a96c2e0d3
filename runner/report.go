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
	shown, left := worthShowing(events, s.demo)
	s.out.Calls(shown, view.SocketsOf(b.lab.Sockets()))
	if left+lost > 0 {
		s.out.Note(words.F("%d more calls; `trace` shows the latest", left+lost))
	}
}

// maxServerCalls is how many calls of servers are shown at once.
const maxServerCalls = 8

// worthShowing leaves out how a server came to be, and the flood of one that
// has gone wild. The lesson's own preparation is shown only when it
// demonstrates something.
func worthShowing(events []netlab.Event, demo bool) (shown []netlab.Event, left int) {
	n := 0
	for _, e := range events {
		if e.By == netlab.Learner || demo && e.By == netlab.Lesson {
			shown = append(shown, e)
			continue
		}
		if e.By == netlab.Lesson || !tells(e) {
			continue
		}
		if n++; n <= maxServerCalls {
			shown = append(shown, e)
		} else {
			left++
		}
	}
	return shown, left
}

// tells reports whether a server's call is one that a learner should see.
func tells(e netlab.Event) bool {
	switch e.Op {
	case netlab.OpAccept, netlab.OpRecv, netlab.OpSend, netlab.OpRecvfrom, netlab.OpSendto, netlab.OpShutdown:
		return e.Outcome != netlab.ClosedUnder
	case netlab.OpClose:
		return true
	}
	return false
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
