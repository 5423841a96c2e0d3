package netlab

import (
	"maps"
	"net/netip"
	"slices"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// owners finds the lab's sockets by their addresses.
type owners struct {
	age   uint64
	all   []owner
	conns places // TCP sockets with both addresses
	bound map[netip.AddrPort][]int32
	ports []int // every connection has one of them; ascending
	held  bool  // somebody may have one of the ports without listening there
}

// An owner is what a row needs of a socket, so that the sockets themselves,
// which are large, are not read for each of thousands of rows.
type owner struct {
	sock   *Socket
	ends   kernel.Ends
	label  string
	peer   int32 // in owners.all: who is at the other end
	id, fd int32
	by     Actor

	closed, listens bool

	seen atomic.Uint32 // the states that the socket knows to have been seen in
}

// places finds a connection's place in owners.all. Those of IPv4 have a small
// key: thousands of them fit into a processor's cache.
type places struct {
	v4 map[[12]byte]int32
	v6 map[kernel.Ends]int32
}

func makePlaces(n int) places {
	return places{make(map[[12]byte]int32, n), map[kernel.Ends]int32{}}
}

func key4(e kernel.Ends) [12]byte {
	a, b, p, q := e.Local.Addr().As4(), e.Remote.Addr().As4(), e.Local.Port(), e.Remote.Port()
	return [12]byte{a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3], byte(p >> 8), byte(p), byte(q >> 8), byte(q)}
}

func isV4(e kernel.Ends) bool { return e.Local.Addr().Is4() && e.Remote.Addr().Is4() }

func (p places) put(e kernel.Ends, at int32) {
	if isV4(e) {
		p.v4[key4(e)] = at
		return
	}
	p.v6[e] = at
}

// of is 0 if there is no such connection.
func (p places) of(e kernel.Ends) int32 {
	if isV4(e) {
		return p.v4[key4(e)]
	}
	return p.v6[e]
}

// owners gathers the addresses of the lab's TCP sockets, closed ones too,
// unless nothing has changed since it did so last.
func (l *Lab) owners() *owners {
	l.mu.Lock()
	defer l.mu.Unlock()
	age := l.changes.Load()
	if l.own != nil && l.own.age == age {
		return l.own
	}
	o := &owners{
		age: age, all: make([]owner, 1, len(l.sockets)+1), // the first one is nobody
		conns: makePlaces(len(l.sockets)), bound: map[netip.AddrPort][]int32{},
	}
	for _, s := range l.sockets {
		if s.isTCP() {
			o.add(s)
		}
	}
	for i := range o.all[1:] {
		w := &o.all[1+i]
		w.peer = o.conns.of(w.ends.Mirror())
	}
	o.cover(l.ports)
	l.own = o
	return o
}

func (o *owners) add(s *Socket) {
	s.mu.Lock()
	e, listens := kernel.Ends{Local: addrPort(s.local), Remote: addrPort(s.remote)}, s.backlog >= 0
	s.mu.Unlock()
	if e.Local.Port() == 0 {
		return
	}
	at := int32(len(o.all))
	o.all = append(o.all, owner{
		sock: s, ends: e, label: s.Label(), id: int32(s.id), fd: int32(s.Fileno()), by: s.by,
		closed: s.closed.Load(), listens: listens,
	})
	if e.Remote.Port() == 0 {
		o.bound[e.Local] = append(o.bound[e.Local], at)
	} else if o.all[at].before(&o.all[o.conns.of(e)]) {
		o.conns.put(e, at)
	}
}

// before reports whether w rather than old is the one to name when both have
// the same addresses: the one with a descriptor (of Dup's two either may have
// been closed), and the later one.
func (w *owner) before(old *owner) bool {
	if w.closed != old.closed && old.sock != nil {
		return old.closed
	}
	return w.id > old.id
}

func (s *Socket) isTCP() bool { return s.Type == unix.SOCK_STREAM && s.Family != unix.AF_UNIX }

// ends are the socket's two addresses as the lab last heard of them.
func (s *Socket) ends() kernel.Ends {
	s.mu.Lock()
	defer s.mu.Unlock()
	return kernel.Ends{Local: addrPort(s.local), Remote: addrPort(s.remote)}
}

func addrPort(a Addr) netip.AddrPort {
	return netip.AddrPortFrom(a.IP.Unmap().WithZone(""), uint16(a.Port))
}

// cover chooses ports so that every connection of the lab has one of them: the
// bound ones, those asked for, and of what remains the local ones.
func (o *owners) cover(asked map[int]bool) {
	set := make(map[int]bool, len(asked)+len(o.bound)) // true: a listener of the lab is there
	for p := range asked {
		set[p] = false
	}
	for a, list := range o.bound {
		port := int(a.Port())
		set[port] = set[port] || slices.ContainsFunc(list, o.listening)
		o.held = o.held || slices.ContainsFunc(list, o.idle)
	}
	for _, listens := range set {
		o.held = o.held || !listens
	}
	for i := range o.all[1:] {
		e := &o.all[1+i].ends
		_, local := set[int(e.Local.Port())]
		if _, remote := set[int(e.Remote.Port())]; !local && !remote {
			set[int(e.Local.Port())] = true
		}
	}
	o.ports = slices.Sorted(maps.Keys(set))
}

func (o *owners) listening(at int32) bool { return !o.all[at].closed && o.all[at].listens }
func (o *owners) idle(at int32) bool      { return !o.all[at].closed && !o.all[at].listens }

// join fills in t, which is zero, from the row and what the lab knows of it.
// It returns the owner that t.Sock names, nil if there is none.
func (o *owners) join(r *kernel.Row, t *TableRow) *owner {
	t.Row, t.FD = *r, -1
	e := r.Ends()
	var at, peer int32
	if e.Remote.Port() == 0 {
		at = o.holder(o.bound[e.Local], r.Inode)
	} else if at = o.conns.of(e); at != 0 {
		peer = o.all[at].peer
	} else {
		peer = o.conns.of(e.Mirror())
		if inQueue(r) {
			at = o.listener(e.Local)
			t.Queued = at != 0
		}
	}
	t.Peer = int(o.all[peer].id)
	if at == 0 {
		return nil
	}
	w := &o.all[at]
	t.Sock, t.Label, t.By, t.Closed = int(w.id), w.label, w.by, w.closed
	if !t.Queued {
		t.FD = int(w.fd)
	}
	return w
}

// inQueue reports whether a connection may stand in a listener's queue:
// nobody has it yet. A TIME_WAIT has no inode either, but it is over.
func inQueue(r *kernel.Row) bool {
	switch r.State {
	case kernel.SynRecv:
		return true
	case kernel.Established, kernel.CloseWait:
		return r.Inode == 0
	}
	return false
}

// holder chooses among sockets bound to one address. With SO_REUSEADDR or
// SO_REUSEPORT several may be open: the inode tells them apart.
func (o *owners) holder(list []int32, inode uint64) int32 {
	var best int32
	for _, at := range list {
		w := &o.all[at]
		if len(list) > 1 && inode != 0 && !w.closed && w.sock.Inode() == inode {
			return at
		}
		if w.before(&o.all[best]) {
			best = at
		}
	}
	return best
}

// listener is the lab's open listener that takes calls to the address.
func (o *owners) listener(at netip.AddrPort) int32 {
	all := netip.IPv4Unspecified()
	if at.Addr().Is6() {
		all = netip.IPv6Unspecified()
	}
	for _, a := range []netip.AddrPort{at, netip.AddrPortFrom(all, at.Port()), netip.AddrPortFrom(netip.IPv6Unspecified(), at.Port())} {
		for _, i := range o.bound[a] {
			if o.listening(i) {
				return i
			}
		}
	}
	return 0
}
