package netlab

import (
	"sort"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// A Sight is the first time that the kernel showed a connection of the lab in
// a state. It may have been in it earlier, but hardly later.
type Sight struct {
	State kernel.State
	At    time.Duration // on the lab's clock
	Ends  kernel.Ends   // of the socket in that state
	Label string        // the lab's name for it, or for its listener; may be ""
	By    Actor         // who made that socket
}

// sights remember in which states the kernel has shown the lab's sockets:
// states pass, some within a millisecond.
type sights struct {
	mu    sync.Mutex
	first map[kernel.State]Sight
	conns map[kernel.Ends]kernel.StateSet
}

// maxSights bounds the connections whose states are remembered.
const maxSights = 1 << 14

// Sights lists every state in which the kernel has shown a socket of the lab,
// in the order in which they were first seen. Sockets of servers count when
// somebody else's are connected with them.
func (l *Lab) Sights() []Sight {
	l.sights.mu.Lock()
	defer l.sights.mu.Unlock()
	list := make([]Sight, 0, len(l.sights.first))
	for _, s := range l.sights.first {
		list = append(list, s)
	}
	sort.Slice(list, func(a, b int) bool { return list[a].At < list[b].At })
	return list
}

// note remembers a state of a connection. row is what the lab knows of it.
func (g *sights) note(e kernel.Ends, state kernel.State, l *Lab, row *TableRow) {
	if state == kernel.Unknown {
		return
	}
	g.mu.Lock()
	if old, ok := g.conns[e]; ok || len(g.conns) < maxSights {
		g.conns[e] = old.Add(state)
	}
	_, known := g.first[state]
	if !known {
		g.first[state] = Sight{state, l.now(), e, row.Label, row.By}
	}
	g.mu.Unlock()
	if row.Queued { // it has no socket but its listener
		if s := l.Find(row.Sock); s != nil {
			s.addSeen(state)
		}
	}
}

func (g *sights) of(e kernel.Ends) kernel.StateSet {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.conns[e]
}

func (s *Socket) addSeen(state kernel.State) {
	for {
		old := s.seen.Load()
		set := uint32(kernel.StateSet(old).Add(state))
		if old == set || s.seen.CompareAndSwap(old, set) {
			return
		}
	}
}

// stateSeen are the states in which the kernel has shown the socket; of a
// listener also those of connections in its queues.
func (s *Socket) stateSeen() kernel.StateSet {
	set := kernel.StateSet(s.seen.Load())
	if e := s.ends(); e.Local.Port() != 0 && e.Remote.Port() != 0 {
		set |= s.lab.sights.of(e)
	}
	return set
}

// mayChange are the calls after which a connection is in another state.
func mayChange(c *call) bool {
	switch c.op {
	case OpSocket, OpConnect, OpListen, OpAccept, OpShutdown, OpClose, OpBind:
		return true
	case OpRecv:
		return c.n == 0 && c.a > 0
	}
	return c.outcome == Failed && c.errno != unix.EAGAIN
}

// witness looks at a socket of the learner or the lesson, and at the other end
// of its connection, right after a call that may have changed its state. It is
// beside the journal: nobody made these calls.
func (s *Socket) witness(c *call) {
	if s.by == Server || !s.isTCP() || !mayChange(c) {
		return
	}
	if c.op == OpAccept && c.outcome == OK {
		if s = s.lab.Find(c.other); s == nil {
			return
		}
	}
	if info, err := s.TCPInfo(); err == nil && info.State != kernel.Unknown {
		s.addSeen(info.State)
		s.lab.sights.note(s.ends(), info.State, s.lab, &TableRow{Label: s.Label(), By: s.by})
	}
	e := s.ends()
	if e.Remote.Port() == 0 || e.Local.Port() == 0 {
		return
	}
	t, err := s.lab.kernelTable()
	if err != nil || t.Source() != kernel.SockDiag {
		return // reading the whole of /proc/net/tcp after each call would take too long
	}
	for _, end := range []kernel.Ends{e, e.Mirror()} {
		if row, ok, err := t.Lookup(end); err == nil && ok {
			known := TableRow{By: s.by}
			if end == e {
				known.Label = s.Label()
			} else if other := s.lab.at(end, &known); other != nil {
				known.Label, known.By = other.Label(), other.by
			}
			s.lab.sights.note(end, row.State, s.lab, &known)
		}
	}
}

// at finds the lab's socket with the addresses, or marks known as standing in
// the queue of the listener that it belongs to.
func (l *Lab) at(e kernel.Ends, known *TableRow) *Socket {
	l.mu.Lock()
	defer l.mu.Unlock()
	var listener *Socket
	for _, s := range l.sockets {
		switch o := s.ends(); {
		case o == e:
			return s
		case o.Remote.Port() == 0 && o.Local.Port() == e.Local.Port() && s.isTCP() && !s.closed.Load() &&
			(o.Local == e.Local || o.Local.Addr().IsUnspecified()):
			listener = s
		}
	}
	if listener != nil {
		known.Queued, known.Sock = true, listener.id
	}
	return listener
}
