package runner

import (
	"net/netip"
	"sort"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
)

// A stateEntry is one line of `states`: a row of the kernel's table, or an open
// socket of the lab that has none.
type stateEntry struct {
	row     netlab.TableRow // without a row in the table: what the socket says itself
	inTable bool
	sock    *netlab.SocketInfo // the lab's socket, if it is open and not in a queue
}

// A stateTable is what `states` shows.
type stateTable struct {
	entries []stateEntry
	source  kernel.Source
	err     error // why there is no table
	info    bool  // TCP_INFO of the lab's own sockets works
}

// stateTable reads the kernel's table and adds the lab's open sockets that have
// no row in it, in the order in which they are shown.
func (s *Session) stateTable(q stateQuery) stateTable {
	lab := s.bench.lab
	var t stateTable
	t.info, _ = lab.Observes()
	open := openSockets(lab)
	// The sockets are described first: one that gets its row meanwhile is shown
	// once, as the row.
	rows, source, err := lab.Table(q.all || q.port != 0)
	t.source, t.err = source, err
	byID := make(map[int]*netlab.SocketInfo, len(open))
	for i := range open {
		byID[open[i].ID] = &open[i]
	}
	shown := map[int]bool{}
	ends := map[kernel.Ends]bool{}
	for _, r := range rows {
		e := stateEntry{row: r, inTable: true}
		if !r.Queued {
			e.sock = byID[r.Sock]
			shown[r.Sock] = true
			ends[r.Ends()] = true
		}
		if source == kernel.ProcNet && r.State == kernel.Listen { // which has the queue and not its limit
			e.row.Row.Send = -1
			if e.sock != nil {
				e.row.Row.Send = e.sock.Backlog
			}
		}
		t.add(q, e)
	}
	for i := range open {
		if view.KindName(open[i]) == "TCP" && !shown[open[i].ID] && !ends[endsOf(open[i])] {
			t.add(q, stateEntry{row: ownRow(open[i]), sock: &open[i]})
		}
	}
	s.addDatagrams(&t, q, open)
	sort.SliceStable(t.entries, func(a, b int) bool { return before(&t.entries[a], &t.entries[b]) })
	return t
}

func (t *stateTable) add(q stateQuery, e stateEntry) {
	if q.wants(&e) {
		t.entries = append(t.entries, e)
	}
}

// ownRow is what a socket says of itself.
func ownRow(i netlab.SocketInfo) netlab.TableRow {
	e := endsOf(i)
	r := netlab.TableRow{Sock: i.ID, FD: i.FD, Label: i.Label, By: i.By}
	r.State, r.Local, r.Remote, r.UID, r.Drops = i.State, e.Local, e.Remote, -1, -1
	switch view.KindName(i) {
	case "UDP":
		r.Proto = kernel.UDP
	case "UNIX":
		r.Proto, r.Path = kernel.Unix, i.Local.Path
	}
	return r
}

func endsOf(i netlab.SocketInfo) kernel.Ends {
	port := func(a netlab.Addr) netip.AddrPort {
		return netip.AddrPortFrom(a.IP.Unmap().WithZone(""), uint16(a.Port))
	}
	return kernel.Ends{Local: port(i.Local), Remote: port(i.Remote)}
}

// addDatagrams adds the lab's UDP and AF_UNIX sockets, with what the kernel's
// tables know of them: they are found by their inodes.
func (s *Session) addDatagrams(t *stateTable, q stateQuery, open []netlab.SocketInfo) {
	rows := map[kernel.Proto]map[uint64]kernel.Row{}
	for i := range open {
		e := stateEntry{row: ownRow(open[i]), sock: &open[i]}
		proto := e.row.Proto
		if proto == kernel.TCP {
			continue
		}
		if rows[proto] == nil {
			rows[proto] = s.rowsByInode(proto)
		}
		if sock := s.bench.lab.Find(open[i].ID); sock != nil {
			if known, ok := rows[proto][sock.Inode()]; ok {
				e.inTable = true
				e.row.Row.Recv, e.row.Row.Send, e.row.Drops = known.Recv, known.Send, known.Drops
				e.row.UID, e.row.Inode, e.row.State = known.UID, known.Inode, known.State
			}
		}
		t.add(q, e)
	}
}

func (s *Session) rowsByInode(proto kernel.Proto) map[uint64]kernel.Row {
	byInode := map[uint64]kernel.Row{}
	table, err := s.bench.lab.Kernel()
	if err != nil {
		return byInode
	}
	rows, _ := table.Rows(kernel.Query{Proto: proto})
	for _, r := range rows {
		if r.Inode != 0 {
			byInode[r.Inode] = r
		}
	}
	return byInode
}

// before orders the lines: listeners, sockets without another end, connections
// with their two ends together, TIME_WAIT, then what is no TCP.
func before(a, b *stateEntry) bool {
	if x, y := a.rank(), b.rank(); x != y {
		return x < y
	}
	alo, ahi := a.pair()
	blo, bhi := b.pair()
	if c := alo.Compare(blo); c != 0 {
		return c < 0
	}
	if c := ahi.Compare(bhi); c != 0 {
		return c < 0
	}
	if c := a.row.Local.Compare(b.row.Local); c != 0 {
		return c < 0
	}
	return a.row.Sock < b.row.Sock
}

func (e *stateEntry) rank() int {
	switch {
	case e.row.Proto == kernel.UDP:
		return 5
	case e.row.Proto == kernel.Unix:
		return 6
	case e.row.State == kernel.Listen || e.sock != nil && e.sock.Backlog >= 0:
		return 0
	case e.row.State == kernel.TimeWait:
		return 4
	case e.row.Remote.Port() == 0 && e.inTable:
		return 1
	case e.row.Remote.Port() == 0:
		return 3
	}
	return 2
}

// pair are the two addresses, the one with the lower port first: it is the same
// for both ends.
func (e *stateEntry) pair() (lo, hi netip.AddrPort) {
	lo, hi = e.row.Local, e.row.Remote
	if hi.Port() < lo.Port() || hi.Port() == lo.Port() && hi.Compare(lo) < 0 {
		lo, hi = hi, lo
	}
	return lo, hi
}

func sortedCounts(n map[string]int) []view.StateCount {
	var list []view.StateCount
	for name, c := range n {
		list = append(list, view.StateCount{State: name, N: c})
	}
	sort.Slice(list, func(a, b int) bool {
		if list[a].N != list[b].N {
			return list[a].N > list[b].N
		}
		return list[a].State < list[b].State
	})
	return list
}
