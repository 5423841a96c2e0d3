package netlab

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
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
	Sock  int           // the lab's socket, or the listener in whose queue it stood; 0: none
	Label string        // of Sock; may be ""
	By    Actor         // who made Sock, or the socket at the other end
}

// sights remember in which states the kernel has shown the lab's sockets:
// states pass, some within a millisecond.
type sights struct {
	known atomic.Uint32 // a kernel.StateSet: the states in first, for most looks find no new one

	mu     sync.Mutex // the fields below; nothing else is locked under it
	first  map[kernel.State]Sight
	queued map[kernel.Ends]kernel.StateSet // connections that nobody had accepted yet
}

// maxQueued bounds the connections whose states before accept are remembered.
const maxQueued = 1 << 12

// Sights lists every state in which the kernel has shown a socket of the lab,
// in the order in which they were first seen. All of them are looked at by
// [Lab.Table]; besides, those of the learner and the lesson and the other ends
// of their connections are looked at after each call that may change a state.
func (l *Lab) Sights() []Sight {
	l.sights.mu.Lock()
	list := slices.SortedFunc(maps.Values(l.sights.first), func(a, b Sight) int { return cmp.Compare(a.At, b.At) })
	l.sights.mu.Unlock()
	for i := range list { // what accept brought had no name yet
		if s := l.Find(list[i].Sock); s != nil {
			list[i].Label = s.Label()
		}
	}
	return list
}

// note remembers the state in a row of the table. w is the owner that the row
// names; without one only the other end, if anything, is the lab's.
func (l *Lab) note(w *owner, row *TableRow) {
	if w != nil && !kernel.StateSet(w.seen.Load()).Has(row.State) {
		w.seen.Store(w.sock.addSeen(row.State))
	}
	if !row.Ours() || row.State == kernel.Unknown || l.sights.knows(row) {
		return
	}
	seen := Sight{row.State, l.now(), row.Ends(), row.Sock, row.Label, row.By}
	if peer := l.Find(row.Peer); w == nil && peer != nil {
		seen.By = peer.by
	}
	l.sights.note(seen, row.Queued)
}

// knows reports whether the row shows no state for the first time. What stands
// in a queue is asked again: its states are those of the connection.
func (g *sights) knows(row *TableRow) bool {
	return !row.Queued && kernel.StateSet(g.known.Load()).Has(row.State)
}

func (g *sights) note(seen Sight, queued bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if queued {
		if old, ok := g.queued[seen.Ends]; ok || len(g.queued) < maxQueued {
			g.queued[seen.Ends] = old.Add(seen.State)
		}
	}
	if _, known := g.first[seen.State]; !known {
		g.first[seen.State] = seen
		g.known.Store(uint32(kernel.StateSet(g.known.Load()).Add(seen.State)))
	}
}

// beforeAccept are the states in which a connection was shown while it stood in
// a queue.
func (g *sights) beforeAccept(e kernel.Ends) kernel.StateSet {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.queued[e]
}

// addSeen adds a state to those in which the socket has been seen.
func (s *Socket) addSeen(state kernel.State) uint32 {
	bit := uint32(kernel.StateSet(0).Add(state))
	return s.seen.Or(bit) | bit
}

// stateSeen are the states in which the kernel has shown the socket; of a
// listener also those of connections in its queues.
func (s *Socket) stateSeen() kernel.StateSet {
	set := kernel.StateSet(s.seen.Load())
	if e := s.ends(); e.Local.Port() != 0 && e.Remote.Port() != 0 {
		set |= s.lab.sights.beforeAccept(e)
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
	e := s.ends()
	if info, err := s.TCPInfo(); err == nil && info.State != kernel.Unknown {
		s.lab.note(&owner{sock: s}, &TableRow{
			Row: kernel.Row{State: info.State, Local: e.Local, Remote: e.Remote}, Sock: s.id, Label: s.Label(), By: s.by,
		})
	}
	if e.Remote.Port() == 0 || e.Local.Port() == 0 {
		return
	}
	t, err := s.lab.kernelTable()
	if err != nil || t.Source() != kernel.SockDiag {
		return // reading the whole of /proc/net/tcp after each call would take too long
	}
	s.look(t, e, s, s.id)
	other := s.lab.index.conn(e.Mirror())
	s.look(t, e.Mirror(), other, s.id)
}

// look asks the kernel for one end of a connection. who is the lab's socket
// there, nil if it is none; of a connection that nobody has accepted yet it is
// the listener.
func (s *Socket) look(t *kernel.Table, e kernel.Ends, who *Socket, peer int) {
	r, ok, err := t.Lookup(e)
	if err != nil || !ok {
		return
	}
	row := TableRow{Row: r, FD: -1, Peer: peer}
	if who == nil && inQueue(&r) {
		who = s.lab.index.listener(e.Local)
		row.Queued = who != nil
	}
	if who == nil {
		s.lab.note(nil, &row)
		return
	}
	row.Sock, row.Label, row.By, row.Closed = who.id, who.Label(), who.by, who.closed.Load()
	s.lab.note(&owner{sock: who}, &row)
}
