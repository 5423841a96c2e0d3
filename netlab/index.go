package netlab

import (
	"net/netip"
	"slices"
	"sync"

	"github.com/socklab/socklab/netlab/kernel"
)

// An index finds a TCP socket of the lab by its addresses. It is always
// current, so that one look after a call needs no gathering of thousands of
// addresses, which owners do for a whole table.
type index struct {
	mu    sync.Mutex
	conns map[kernel.Ends]*Socket
	bound map[uint16][]*Socket // without another end, by port
}

// put enters a socket whose addresses have changed.
func (x *index) put(s *Socket) {
	if !s.isTCP() {
		return
	}
	e := s.ends()
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case e.Local.Port() == 0:
	case e.Remote.Port() != 0:
		x.conns[e] = s
	case !slices.Contains(x.bound[e.Local.Port()], s):
		x.bound[e.Local.Port()] = append(x.bound[e.Local.Port()], s)
	}
}

// drop forgets a socket.
func (x *index) drop(s *Socket) {
	e := s.ends()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conns[e] == s {
		delete(x.conns, e)
	}
	port := e.Local.Port()
	if list := slices.DeleteFunc(x.bound[port], func(o *Socket) bool { return o == s }); len(list) > 0 {
		x.bound[port] = list
	} else {
		delete(x.bound, port)
	}
}

// conn is the socket with these ends, nil if there is none.
func (x *index) conn(e kernel.Ends) *Socket {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.conns[e]
}

// listener is the open listener that takes calls to the address, nil if none.
func (x *index) listener(at netip.AddrPort) *Socket {
	x.mu.Lock()
	list := slices.Clone(x.bound[at.Port()])
	x.mu.Unlock()
	for _, s := range list {
		s.mu.Lock()
		local, listens := addrPort(s.local), s.backlog >= 0 && s.remote.IsZero()
		s.mu.Unlock()
		if listens && !s.closed.Load() && (local == at || local.Addr().IsUnspecified()) {
			return s
		}
	}
	return nil
}
