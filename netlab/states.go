package netlab

import (
	"net/netip"
	"slices"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// A TableRow is a row of the kernel's table and what the lab knows of it.
type TableRow struct {
	kernel.Row
	Sock   int    // the lab's socket at this end, or the listener in whose queue it stands; 0: none
	FD     int    // its descriptor; -1: none, or no longer
	Label  string // of Sock
	By     Actor  // of Sock
	Queued bool   // it stands in a queue of the listener Sock: not accepted yet, or SYN_RECV
	Closed bool   // Sock has been closed, and the kernel goes on
	Peer   int    // the lab's socket at the other end; 0: none
}

// Ours reports whether the row has to do with a socket of the lab.
func (r *TableRow) Ours() bool { return r.Sock != 0 || r.Peer != 0 }

// Table reads the kernel's table of TCP sockets: the rows with a port that the
// lab has or asked for, or with all those of the whole machine. It is no
// snapshot. What it shows of the lab's connections is remembered, see
// [Lab.Sights]. Errors: kernel.ErrUnsupported where the system shows none.
func (l *Lab) Table(all bool) ([]TableRow, kernel.Source, error) {
	t, err := l.kernelTable()
	if err != nil {
		return nil, "", err
	}
	own := l.ends()
	q := kernel.Query{Info: false}
	if !all {
		if q.Ports = l.cover(own); len(q.Ports) == 0 {
			return nil, t.Source(), nil
		}
	}
	rows, err := t.Rows(q)
	if err != nil {
		return nil, t.Source(), err
	}
	table := make([]TableRow, len(rows))
	for i, r := range rows {
		table[i] = own.join(r)
		if table[i].Sock != 0 {
			l.sights.note(r.Ends(), r.State, l, &table[i])
		}
	}
	return table, t.Source(), nil
}

// Kernel is the kernel's table, opened on first use; the lab closes it.
// Errors: kernel.ErrUnsupported.
func (l *Lab) Kernel() (*kernel.Table, error) { return l.kernelTable() }

// Observes tells which of the kernel's views work here: TCP_INFO of the lab's
// own descriptors, and the table.
func (l *Lab) Observes() (info, table bool) {
	_, err := l.kernelTable()
	return kernel.InfoWorks(), err == nil
}

func (l *Lab) kernelTable() (*kernel.Table, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.table == nil && l.tableErr == nil {
		if l.closed {
			return nil, ErrLabClosed
		}
		l.table, l.tableErr = kernel.Open()
	}
	return l.table, l.tableErr
}

// owners finds the lab's sockets by their addresses.
type owners struct {
	conns map[kernel.Ends]*Socket // TCP sockets with both addresses, the latest of them
	bound map[netip.AddrPort]*Socket
}

// ends gathers the addresses of the lab's TCP sockets, closed ones too.
func (l *Lab) ends() owners {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := owners{
		conns: make(map[kernel.Ends]*Socket, len(l.sockets)), bound: map[netip.AddrPort]*Socket{},
	}
	for _, s := range l.sockets {
		if !s.isTCP() {
			continue
		}
		e := s.ends()
		switch {
		case e.Local.Port() == 0:
			continue
		case e.Remote.Port() == 0:
			if old := o.bound[e.Local]; old == nil || old.closed.Load() || !s.closed.Load() && s.id > old.id {
				o.bound[e.Local] = s
			}
		default:
			if old := o.conns[e]; old == nil || s.id > old.id {
				o.conns[e] = s
			}
		}
	}
	return o
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
// bound ones, and of what remains the local ones.
func (l *Lab) cover(o owners) []int {
	l.mu.Lock()
	set := make(map[int]bool, len(l.ports))
	for p := range l.ports {
		set[p] = true
	}
	l.mu.Unlock()
	for a := range o.bound {
		set[int(a.Port())] = true
	}
	for e := range o.conns {
		if local, remote := int(e.Local.Port()), int(e.Remote.Port()); !set[local] && !set[remote] {
			set[local] = true
		}
	}
	ports := make([]int, 0, len(set))
	for p := range set {
		ports = append(ports, p)
	}
	slices.Sort(ports)
	return ports
}

// maxPorts is how many ports a lab remembers to have asked for.
const maxPorts = 256

// asked remembers a port that a bind was about, also if it failed: who has it
// is what the learner wants to know.
func (l *Lab) asked(a Addr) {
	if a.Port == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.ports) < maxPorts {
		l.ports[a.Port] = true
	}
}

func (o owners) join(r kernel.Row) TableRow {
	t := TableRow{Row: r, FD: -1}
	e := r.Ends()
	s := o.conns[e]
	if s == nil && e.Remote.Port() == 0 {
		s = o.bound[e.Local]
	}
	if s == nil && e.Remote.Port() != 0 {
		if s = o.listener(e.Local); s != nil {
			t.Queued = true
		}
	}
	if s != nil {
		t.Sock, t.Label, t.By, t.Closed = s.id, s.Label(), s.by, s.closed.Load()
		if !t.Queued {
			t.FD = s.Fileno()
		}
	}
	if peer := o.conns[e.Mirror()]; peer != nil {
		t.Peer = peer.id
	}
	return t
}

// listener is the lab's open listener that takes calls to the address.
func (o owners) listener(at netip.AddrPort) *Socket {
	all := netip.IPv4Unspecified()
	if at.Addr().Is6() {
		all = netip.IPv6Unspecified()
	}
	for _, a := range []netip.AddrPort{at, netip.AddrPortFrom(all, at.Port()), netip.AddrPortFrom(netip.IPv6Unspecified(), at.Port())} {
		if s := o.bound[a]; s != nil && !s.closed.Load() {
			return s
		}
	}
	return nil
}
