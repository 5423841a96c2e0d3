package check

import (
	"github.com/socklab/socklab/netlab"
)

// A view is the world at one moment: what a task looks at while it is asked.
type view struct {
	lab     *netlab.Lab
	events  []netlab.Event
	lost    int
	sockets map[int]netlab.SocketInfo
	order   []int
}

func look(w World) *view {
	v := &view{lab: w.Lab, sockets: map[int]netlab.SocketInfo{}}
	v.events, _, v.lost = w.Lab.Journal().Since(w.Since)
	for _, s := range w.Lab.Sockets() {
		v.sockets[s.ID] = s
		v.order = append(v.order, s.ID)
	}
	return v
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
