package runner

import (
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// timer says what the kernel will do with the socket, and when.
func (e *stateEntry) timer() words.Text {
	t := e.row.Timer
	left := t.Left.Seconds()
	switch {
	case t.Kind == kernel.NoTimer:
	case e.row.State == kernel.TimeWait:
		return words.F("%.1f s left", left)
	case e.row.State == kernel.SynRecv && e.row.Peer != 0:
		// The caller has its answer: with TCP_DEFER_ACCEPT the kernel waits for
		// its first byte, and only its last look sends the SYN, ACK again.
		return words.F("the kernel looks again in %.1f s", left)
	case e.row.State == kernel.SynRecv:
		return words.F("SYN, ACK again in %.1f s", left)
	case e.row.State == kernel.FinWait2 && e.row.Inode == 0:
		return words.F("forgotten in %.1f s", left)
	case e.row.State == kernel.SynSent:
		return words.F("SYN again in %.1f s%s", left, times(t.Tries))
	case t.Kind == kernel.Retransmit:
		return words.F("sent again in %.1f s%s", left, times(t.Tries))
	case t.Kind == kernel.WindowProbe:
		return words.F("asks in %.1f s whether there is room%s", left, times(t.Tries))
	case t.Kind == kernel.Keepalive:
		return words.F("asks in %.0f s whether anybody is there", left)
	}
	return words.Text{}
}

// times is " (2nd time)" if it happened once before, "" the first time.
func times(before int) words.Text {
	if before == 0 {
		return words.Raw("")
	}
	return words.F(" (%s time)", ordinal(before+1))
}

func ordinal(n int) words.Text {
	switch {
	case n%10 == 1 && n%100 != 11:
		return words.F("%dst", n)
	case n%10 == 2 && n%100 != 12:
		return words.F("%dnd", n)
	case n%10 == 3 && n%100 != 13:
		return words.F("%drd", n)
	}
	return words.F("%dth", n)
}

var timerKinds = map[kernel.TimerKind]string{
	kernel.Retransmit: "retransmit", kernel.Keepalive: "keepalive", kernel.Waiting: "time_wait", kernel.WindowProbe: "window_probe",
}

type timerObject struct {
	Kind    string  `json:"kind"`
	Seconds float64 `json:"seconds"` // until it fires
	Tries   int     `json:"tries"`
}

type stateObject struct {
	Proto   string       `json:"proto"`
	State   string       `json:"state,omitempty"` // of TCP alone
	Local   string       `json:"local,omitempty"`
	Remote  string       `json:"remote,omitempty"`
	Name    string       `json:"name"`
	By      string       `json:"by,omitempty"`
	Owner   string       `json:"owner"` // lab, queue, outside, none
	Queued  *int         `json:"queued,omitempty"`
	Backlog *int         `json:"backlog,omitempty"`
	Recv    int          `json:"recv"` // bytes, without FIN and SYN
	Send    int          `json:"send"`
	Timer   *timerObject `json:"timer,omitempty"`
	UID     int          `json:"uid"` // -1: not known
	Inode   uint64       `json:"inode"`
	FD      int          `json:"fd"`
	Bound   bool         `json:"bound"` // it has an address, no other end, and does not listen
	Drops   *int         `json:"drops,omitempty"`
	Table   bool         `json:"table"` // it has a row in the kernel's table
}

func stateJSON(e *stateEntry) stateObject {
	r := &e.row
	o := stateObject{
		Proto: r.Proto.String(), Name: r.Label, Owner: e.owner(), UID: r.UID, Inode: r.Inode, FD: r.FD, Table: e.inTable,
	}
	o.Local, o.Remote = e.addresses()
	listens := r.State == kernel.Listen || e.sock != nil && e.sock.Backlog >= 0
	o.Bound = e.idle() || e.unlisted() || r.Proto != kernel.TCP && o.Local != "" && o.Remote == "" && !listens
	if r.Proto == kernel.TCP {
		o.State = r.State.String()
	}
	if r.Sock != 0 {
		o.By = r.By.String()
	}
	o.Recv, o.Send, _, _ = e.bytes()
	switch {
	case listens && e.inTable:
		queued, backlog := r.Row.Queued(), r.Row.Backlog()
		if o.Queued = &queued; backlog >= 0 {
			o.Backlog = &backlog
		}
	case listens && e.sock != nil:
		o.Queued, o.Backlog = &e.sock.Queued, &e.sock.Backlog
	case r.Proto != kernel.TCP && e.sock != nil:
		o.Recv = e.sock.Unread
	}
	if r.Timer.Kind != kernel.NoTimer {
		o.Timer = &timerObject{timerKinds[r.Timer.Kind], r.Timer.Left.Seconds(), r.Timer.Tries}
	}
	if r.Drops >= 0 && r.Proto == kernel.UDP {
		o.Drops = &r.Drops
	}
	return o
}
