package check

import (
	"net/netip"
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
)

// A view is the world at one moment: what a task looks at while it is asked.
type view struct {
	lab     *netlab.Lab
	events  []netlab.Event
	lost    int
	sockets map[int]netlab.SocketInfo
	order   []int
	now     time.Duration

	table map[ends]kernel.State // see orphan
}

// ends are the two addresses that name a connection.
type ends struct{ local, remote netip.AddrPort }

func endsOf(s netlab.SocketInfo) ends { return ends{addrPort(s.Local), addrPort(s.Remote)} }

func addrPort(a netlab.Addr) netip.AddrPort {
	return netip.AddrPortFrom(a.IP.Unmap(), uint16(a.Port))
}

func look(w World) *view {
	v := &view{lab: w.Lab, sockets: map[int]netlab.SocketInfo{}, now: w.Lab.Now()}
	v.events, _, v.lost = w.Lab.Journal().Since(w.Since)
	for _, s := range w.Lab.Sockets() {
		v.sockets[s.ID] = s
		v.order = append(v.order, s.ID)
	}
	return v
}

// orphan is the state of a connection that has no descriptor any more, such as
// TIME_WAIT: only the kernel's table shows it, and it has no owner there.
func (v *view) orphan(s netlab.SocketInfo) kernel.State {
	if s.Remote.IsZero() || !s.Remote.IP.IsValid() {
		return kernel.Unknown
	}
	if v.table == nil {
		v.table = map[ends]kernel.State{}
		rows, _, _ := v.lab.Table(false) // without a table nothing is seen, which is true
		for _, r := range rows {
			if r.Inode == 0 {
				v.table[ends{r.Local, r.Remote}] = r.State
			}
		}
	}
	return v.table[endsOf(s)]
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
