package check

import (
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// A view is the world at one moment: what a task looks at while it is asked.
type view struct {
	lab     *netlab.Lab
	shown   map[int]bool
	events  []netlab.Event
	lost    int // events that are gone
	served  int // those of servers among them
	sockets map[int]netlab.SocketInfo
	order   []int
	at      time.Duration
	now     bool // only what is so at this moment counts, not what was once so

	unseen bool // a word was asked that this system cannot answer
	rows   map[int]kernel.StateSet
}

func look(w World) *view {
	v := &view{lab: w.Lab, shown: w.Shown, sockets: map[int]netlab.SocketInfo{}, at: w.Lab.Now()}
	v.events, _, v.lost = w.Lab.Journal().Since(w.Since)
	_, v.served = w.Lab.Journal().Forgotten(w.Since)
	for _, s := range w.Lab.Sockets() {
		v.sockets[s.ID] = s
		v.order = append(v.order, s.ID)
	}
	return v
}

// states are those in which the kernel has a socket now: one, none after it
// is gone, and of a listener also those of connections in its queues. What has
// no descriptor any more, such as TIME_WAIT, is in the kernel's table alone.
func (v *view) states(s netlab.SocketInfo) kernel.StateSet {
	if v.rows == nil {
		v.rows = map[int]kernel.StateSet{}
		rows, _, _ := v.lab.Table(false) // without a table nothing is seen, which is true
		for _, r := range rows {
			v.rows[r.Sock] = v.rows[r.Sock].Add(r.State)
		}
	}
	set := v.rows[s.ID]
	if !s.Closed && (s.State != kernel.Close || set == 0) {
		set = set.Add(s.State)
	}
	return set
}

// lostOf is how many events are gone among those that a fact may be about.
func (v *view) lostOf(f filter) int {
	switch {
	case f.actor == nil:
		return v.lost
	case *f.actor == netlab.Server:
		return min(v.served, v.lost)
	}
	return max(0, v.lost-v.served)
}

// needs notes that a fact cannot be answered here for want of the kernel's
// views. table says that TCP_INFO alone does not do.
func (v *view) needs(f *fact, table bool) {
	if f.held {
		return
	}
	if info, rows := v.lab.Observes(); !info && !rows || table && !rows {
		v.unseen = true
		f.seen, f.try = words.F("this system does not show the states of its sockets"), words.Text{}
	}
}

// touchesPort reports whether the call had to do with the port, at either end.
func (v *view) touchesPort(e *netlab.Event, port int) bool {
	if e.Addr.Port == port && e.Addr.Family != 0 {
		return true
	}
	return hasPort(v.sockets[e.Sock], port)
}

func hasPort(s netlab.SocketInfo, port int) bool {
	return s.Local.Port == port || s.Remote.Port == port
}
