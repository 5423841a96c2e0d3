package check

import (
	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// datagramWords are the words about what became of datagrams.
var datagramWords = []row{
	{"dropped", `dropped(n=1, ` + whose + `)`, "the kernel has thrown away so many datagrams at a UDP socket whose buffer was full", (*Task).dropped},
	{"truncated", `truncated(` + filters + `)`, "a recvfrom got a part of a datagram only, and the rest is lost", (*Task).truncated},
	{"accounted", `accounted(` + whose + `)`, "a UDP socket has been emptied, and what was sent to its port was either received or dropped", (*Task).accounted},
}

// A box is a UDP socket of the lab and its row in the kernel's table.
type box struct {
	info netlab.SocketInfo
	row  kernel.Row
}

// boxes are the open UDP sockets that have a port. The lab knows its own by
// their inodes: with SO_REUSEADDR an address may have several.
func (t *Task) boxes(match func(netlab.SocketInfo) bool) []box {
	open := map[uint64]netlab.SocketInfo{}
	var q kernel.Query
	for _, id := range t.view.order {
		info := t.view.sockets[id]
		s := t.view.lab.Find(id)
		udp := info.Type == unix.SOCK_DGRAM && info.Family != unix.AF_UNIX
		if s == nil || info.Closed || !udp || info.Local.Port == 0 || !match(info) {
			continue
		}
		open[s.Inode()] = info
		q.Ports = append(q.Ports, info.Local.Port)
	}
	if len(open) == 0 {
		return nil
	}
	table, err := t.view.lab.Kernel()
	if err != nil {
		return nil // without a table nothing is seen, which is true
	}
	q.Proto = kernel.UDP
	rows, err := table.Rows(q)
	if err != nil {
		return nil
	}
	var list []box
	for _, r := range rows {
		if info, ok := open[r.Inode]; ok {
			list = append(list, box{info, r})
		}
	}
	return list
}

// dropped: the kernel counted datagrams that found no room in the buffer of
// their socket (sk_drops, the last column of /proc/net/udp).
func (t *Task) dropped(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	n := 1
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"n?", &n}, a.whose()...)...); err != nil {
		return nil, err
	}
	match, err := t.matcher(&a)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	most := 0
	for _, x := range t.boxes(match) {
		most = max(most, x.row.Drops)
	}
	f := &fact{
		held: most >= n, seen: words.F("dropped so far: %d", most),
		try: words.F("give the reader a small SO_RCVBUF, and send more than it takes out"),
	}
	t.view.needs(f, true)
	return t.once("dropped", args, kwargs, f), nil
}

// truncated: the kernel set MSG_TRUNC in what recvmsg gave back (udp(7)). A
// peek does not count: the datagram is still there, whole.
func (t *Task) truncated(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, a.counted()...); err != nil {
		return nil, err
	}
	f, err := a.filter("recv")
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	found := t.count(f, func(e *netlab.Event) bool {
		return e.Succeeded() && e.Message && e.B&unix.MSG_TRUNC != 0 && e.Flags&unix.MSG_PEEK == 0
	})
	if !found.held && t.view.lost == 0 {
		found.try = words.F("take a datagram with too little room: recvfrom 5")
	}
	return found, nil
}

// accounted: at a UDP socket whose queue is empty, as many datagrams came in or
// were dropped as the lab has sent to its port.
func (t *Task) accounted(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, a.whose()...); err != nil {
		return nil, err
	}
	match, err := t.matcher(&a)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	f := &fact{seen: words.F("no UDP socket has received anything yet"), try: advice[netlab.OpRecvfrom]}
	for _, x := range t.boxes(match) {
		sent, received := t.tally(x.info)
		if received == 0 || f.held {
			continue
		}
		switch f.held = x.row.Recv == 0 && sent == received+x.row.Drops; {
		case x.row.Recv > 0:
			f.seen = words.F("%d received, %d dropped, and the queue is not empty", received, x.row.Drops)
		default:
			f.seen, f.try = words.F("%d sent, %d received, %d dropped", sent, received, x.row.Drops), anew
		}
	}
	if !f.held && t.view.lost > 0 {
		f.seen, f.try = words.F("not among the events that are remembered (%d older ones are gone)", t.view.lost), anew
	}
	t.view.needs(f, true)
	return t.once("accounted", args, kwargs, f), nil
}

// tally counts the datagrams sent to the port of a socket, and those that it
// has taken.
func (t *Task) tally(s netlab.SocketInfo) (sent, received int) {
	from := 0 // what was sent before somebody had the port went nowhere
	for i := range t.view.events {
		if e := &t.view.events[i]; e.Op == netlab.OpBind && e.Succeeded() && e.Sock == s.ID {
			from = i
		}
	}
	for i := range t.view.events[from:] {
		e := &t.view.events[from+i]
		if !e.Succeeded() || !e.Message {
			continue
		}
		switch e.Op {
		case netlab.OpSend, netlab.OpSendto:
			to := e.Addr.Port
			if to == 0 {
				to = t.view.sockets[e.Sock].Remote.Port
			}
			if to == s.Local.Port {
				sent++
			}
		case netlab.OpRecv, netlab.OpRecvfrom:
			if e.Sock == s.ID && e.Flags&unix.MSG_PEEK == 0 {
				received++
			}
		}
	}
	return sent, received
}
