package netlab

import (
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// SocketInfo describes one socket at one moment.
type SocketInfo struct {
	ID, FD        int // FD is -1 after close
	Family, Type  int
	By            Actor
	Label         string
	Local, Remote Addr
	Backlog       int // what listen was given; -1: not a listener
	Closed        bool
	ClosedAt      time.Duration
	State         kernel.State // of a TCP socket; at its close, if it is closed
	Queued        int          // listener: connections in the accept queue
	Unread        int          // bytes waiting to be read
	ReuseAtClose  bool         // SO_REUSEADDR when it was closed
	ResetAtClose  bool         // its close had to send a reset: bytes unread, or SO_LINGER (1, 0)
	Timeout       time.Duration
	Waiting       Op            // the call that waits now, OpNone if none
	WaitingSince  time.Duration // on the lab's clock
	Counts        Counts
	Seen          kernel.StateSet // states in which the kernel has shown it
	Files         FileBytes       // what the files of makefile hold
}

// Info describes the socket as it is now.
func (s *Socket) Info() SocketInfo {
	info := SocketInfo{
		ID: s.id, FD: s.Fileno(), Family: s.Family, Type: s.Type, By: s.by, Label: s.Label(),
		Closed: s.closed.Load(), Timeout: s.Timeout(), Counts: s.count.read(), Seen: s.stateSeen(),
		Files: s.files.read(),
	}
	s.mu.Lock()
	info.Local, info.Remote, info.Backlog = s.local, s.remote, s.backlog
	info.ClosedAt, info.State = s.closedAt, s.final.state
	info.ReuseAtClose, info.ResetAtClose = s.final.reuse, s.final.resets
	s.mu.Unlock()
	if info.Closed {
		return info
	}
	info.Unread, _ = s.Unread()
	if s.Type == unix.SOCK_STREAM && s.Family != unix.AF_UNIX {
		if tcp, err := s.TCPInfo(); err == nil {
			info.State, info.Queued = tcp.State, tcp.Queued
		}
	}
	info.Waiting, info.WaitingSince = s.Waits()
	return info
}

// Waits tells which call of the socket waits at this moment, and since when on
// the lab's clock; OpNone if none does. A call that waits has no Event yet.
func (s *Socket) Waits() (Op, time.Duration) {
	for _, l := range []*lane{&s.rd, &s.wr} {
		if since := l.since.Load(); since != 0 {
			return Op(l.op.Load()), time.Duration(since - 1)
		}
	}
	return OpNone, 0
}

// WaitingSockets lists the sockets in which a call waits now.
func (l *Lab) WaitingSockets() []*Socket {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []*Socket
	for id := 1; id <= l.lastID; id++ {
		if s := l.sockets[id]; s != nil {
			if op, _ := s.Waits(); op != OpNone {
				list = append(list, s)
			}
		}
	}
	return list
}

// Counts are sums over the life of a socket. Unlike the journal they lose
// nothing, however much happened.
type Counts struct {
	Calls, Failed [opCount]uint64
	Empty         uint64 // reads of zero bytes: the end of the stream, each time it was read
	In, Out       uint64 // bytes
}

type counters struct {
	calls, failed [opCount]atomic.Uint64
	empty         atomic.Uint64
	in, out       atomic.Uint64
}

func (k *counters) add(c *call) {
	k.calls[c.op].Add(1)
	if c.outcome != OK {
		k.failed[c.op].Add(1)
		if !c.all {
			return
		}
	}
	switch c.op {
	case OpSend, OpSendto:
		k.out.Add(uint64(c.n))
	case OpRecv, OpRecvfrom:
		if c.flags&unix.MSG_PEEK == 0 { // what was only looked at will be read again
			k.in.Add(uint64(c.n))
		}
		if c.n == 0 && c.a > 0 && !c.dgram {
			k.empty.Add(1)
		}
	}
}

func (k *counters) read() Counts {
	var c Counts
	for op := range opCount {
		c.Calls[op], c.Failed[op] = k.calls[op].Load(), k.failed[op].Load()
	}
	c.Empty, c.In, c.Out = k.empty.Load(), k.in.Load(), k.out.Load()
	return c
}
