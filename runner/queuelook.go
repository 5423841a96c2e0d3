package runner

import (
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// queues finds who stands in the two queues of a listener. t has the rows with
// its port.
func (s *Session) queues(listener netlab.SocketInfo, t stateTable) view.Queues {
	q := view.Queues{
		Name: listener.Label, Backlog: max(listener.Backlog, 0), Filled: listener.Queued, Seen: t.err == nil,
	}
	if t.err != nil && !t.info {
		q.Filled = -1
	}
	if q.Name == "" {
		q.Name = listener.Local.String()
	}
	at := endsOf(listener).Local
	for i := range t.entries {
		e := &t.entries[i]
		r := &e.row
		switch {
		case r.Proto != kernel.TCP:
		case r.State == kernel.Listen && r.Sock == listener.ID:
			q.Backlog, q.Filled = max(r.Row.Backlog(), 0), r.Row.Queued()
		case e.owner() == ownerQueue && r.Sock == listener.ID && r.State == kernel.SynRecv:
			q.Syn = append(q.Syn, r.Remote.String())
		case e.owner() == ownerQueue && r.Sock == listener.ID:
			q.Accept = append(q.Accept, r.Remote.String())
		case r.State == kernel.SynSent && r.Remote.Port() == at.Port() && (r.Remote == at || at.Addr().IsUnspecified()):
			q.Knocking = append(q.Knocking, r.Local.String())
		}
	}
	return q
}

// cardEnds are what the kernel's table says of both ends of a connection.
func (s *Session) cardEnds(near netlab.SocketInfo) (ends [2]view.CardEnd) {
	table, err := s.bench.lab.Kernel()
	if err != nil || view.KindName(near) != "TCP" || !isPeered(near) {
		return ends
	}
	e := endsOf(near)
	if row, ok, _ := table.Lookup(e); ok {
		ends[0].State = row.State.String()
	} else if near.State != kernel.Unknown {
		ends[0].State = near.State.String() // by TCP_INFO
	}
	row, ok, _ := table.Lookup(e.Mirror())
	if !ok {
		return ends
	}
	ends[1].State = row.State.String()
	if row.Inode != 0 && s.ownEnd(e.Mirror()) == nil {
		ends[1].Who = outsideOwner(&netlab.TableRow{Row: row}, true)
	} else if row.Inode == 0 && row.State == kernel.TimeWait {
		ends[1].Who = words.F("no process")
	}
	return ends
}

// ownEnd is the lab's open socket at the address, nil if there is none.
func (s *Session) ownEnd(e kernel.Ends) *netlab.SocketInfo {
	open := openSockets(s.bench.lab)
	for i := range open {
		if view.KindName(open[i]) == "TCP" && endsOf(open[i]) == e {
			return &open[i]
		}
	}
	return nil
}
