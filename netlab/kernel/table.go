package kernel

import (
	"net/netip"
	"slices"
)

// Source is where a table is read from.
type Source string

// The sources of a table.
const (
	SockDiag Source = "sock_diag"
	ProcNet  Source = "/proc/net"
)

// A Query says which rows are wanted. The zero Query is every TCP socket of
// the machine.
type Query struct {
	Proto Proto
	// Ports keeps the rows that have one of these ports at either end; without
	// any, all rows are wanted. In ascending order; not for AF_UNIX.
	Ports []int
	// Info asks for TCP_INFO as well, where the source has it.
	Info bool
	// SkipBound leaves out the TCP sockets that are bound and do not listen
	// (Row.Bound), which the kernel looks for in a table of its own.
	SkipBound bool
}

// A source reads the rows of one protocol and, if it can, of one connection.
type source interface {
	rows(to []Row, q Query) ([]Row, error) // appended to those in to
	lookup(e Ends) (Row, bool, error)
	close() error
	name() Source
}

// Rows reads the rows of the kernel's table that the query wants. A table is
// no snapshot: while it is read, sockets come and go, and two ends may
// disagree.
func (t *Table) Rows(q Query) ([]Row, error) { return t.AppendRows(nil, q) }

// AppendRows is Rows into the room behind the rows in to, for who asks often.
func (t *Table) AppendRows(to []Row, q Query) ([]Row, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.src == nil {
		return to, ErrUnsupported
	}
	return t.src.rows(to, q)
}

// Lookup asks for one TCP connection, from the side whose local address is
// e.Local; ok is false if the kernel has none.
func (t *Table) Lookup(e Ends) (row Row, ok bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.src == nil || !e.Local.IsValid() || !e.Remote.IsValid() || e.Local.Addr().Is4() != e.Remote.Addr().Is4() {
		return Row{}, false, errIf(t.src == nil)
	}
	return t.src.lookup(e)
}

func errIf(missing bool) error {
	if missing {
		return ErrUnsupported
	}
	return nil
}

// Source tells where the table is read from, "" after Close.
func (t *Table) Source() Source {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.src == nil {
		return ""
	}
	return t.src.name()
}

// Close gives the table's descriptor back, if it has one.
func (t *Table) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.src == nil {
		return nil
	}
	err := t.src.close()
	t.src = nil
	return err
}

// wants reports whether the query wants a row, for a source that cannot filter.
func (q *Query) wants(r *Row) bool {
	return len(q.Ports) == 0 || q.wantsPort(r.Local.Port()) || q.wantsPort(r.Remote.Port())
}

func (q *Query) wantsPort(port uint16) bool {
	_, found := slices.BinarySearch(q.Ports, int(port))
	return found
}

// plain is an address as it is compared: IPv4 as such, without a zone.
func plain(a netip.Addr, port uint16) netip.AddrPort {
	return netip.AddrPortFrom(a.Unmap().WithZone(""), port)
}
