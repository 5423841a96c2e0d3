package coach

import (
	"cmp"
	"errors"
	"net/netip"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
)

// A role is what somebody does with a port, in the order in which bind is
// refused: nothing helps against a listener, TIME_WAIT passes by itself.
type role int

const (
	listening role = iota
	bound          // it has the port and neither listens nor is connected
	connected      // a connection with a descriptor
	orphan         // a connection without one: the kernel ends it by itself
	timeWait
)

// An answer is yes, no, or not known.
type answer int

const (
	unknown answer = iota
	yes
	no
)

func answerOf(ok bool) answer {
	if ok {
		return yes
	}
	return no
}

// A claim is a socket, or what the kernel keeps of one, that has a port.
type claim struct {
	role  role
	local string
	exact bool // the very address, not one that covers it
	state kernel.State
	left  time.Duration     // of TIME_WAIT
	ours  bool              // it is the lab's: info
	info  netlab.SocketInfo // of the lab's socket
	peer  int               // the lab's socket at the other end; 0: none
	uid   int               // not of an orphan or a TIME_WAIT
	inode uint64            // 0: not known, or no process has it
	reuse answer            // SO_REUSEADDR, of the lab's own; at its close if it is closed
}

// A look is who has a port, and how well the kernel could be seen.
type look struct {
	claims []claim
	src    kernel.Source
	err    error // the table could not be read: the lab's own open sockets alone
}

// blind reports whether the table could not be read.
func (l look) blind() bool { return l.err != nil }

// unsupported reports whether the system itself has no table to show.
func (l look) unsupported() bool { return errors.Is(l.err, kernel.ErrUnsupported) }

// whoHas looks for whoever has the address s.addr, the failed socket aside.
func (s *scene) whoHas() look {
	if s.info.Type == unix.SOCK_DGRAM {
		return s.datagramClaims()
	}
	var l look
	for _, all := range []bool{false, true} { // a lab does not remember every port that it asked for
		var rows []netlab.TableRow
		if rows, l.src, l.err = s.lab.Table(all); l.err != nil {
			break
		}
		if l.claims = s.inRows(rows); len(l.claims) > 0 {
			break
		}
	}
	if l.err != nil || l.src != kernel.SockDiag {
		l.claims = s.withOwn(l.claims)
	}
	return l
}

// datagramClaims reads the UDP rows, in which the lab's sockets are known by
// their inodes. A TCP socket has nothing to do with a UDP port.
func (s *scene) datagramClaims() look {
	var rows []kernel.Row
	t, err := s.lab.Kernel()
	if err == nil {
		rows, err = t.Rows(kernel.Query{Proto: kernel.UDP, Ports: []int{s.addr.Port}})
	}
	if err != nil {
		return look{claims: s.withOwn(nil), err: err}
	}
	own := map[uint64]int{}
	for _, other := range s.all {
		if sock := s.lab.Find(other.ID); sock != nil && sameType(other, s.info) && !other.Closed {
			own[sock.Inode()] = other.ID
		}
	}
	joined := make([]netlab.TableRow, len(rows))
	for i, r := range rows {
		joined[i] = netlab.TableRow{Row: r, Sock: own[r.Inode]}
	}
	return look{claims: s.inRows(joined), src: t.Source()}
}

func (s *scene) inRows(rows []netlab.TableRow) []claim {
	var self uint64
	if s.err.Socket != nil {
		self = s.err.Socket.Inode()
	}
	var list []claim
	for _, r := range rows {
		if r.State == kernel.SynRecv || r.Inode != 0 && r.Inode == self || !clash(inetAddr(r.Local), s.addr) {
			continue // a request that nobody has accepted holds no port: its listener does
		}
		list = append(list, s.claimOf(&r))
	}
	return list
}

func inetAddr(a netip.AddrPort) netlab.Addr { return netlab.InetAddr(a.Addr(), int(a.Port())) }

func (s *scene) claimOf(r *netlab.TableRow) claim {
	c := claim{
		role: roleOf(r), local: r.Local.String(), exact: sameIP(inetAddr(r.Local), s.addr), state: r.State, left: r.Left(),
		peer: r.Peer, uid: r.UID, inode: r.Inode,
	}
	sock := s.lab.Find(r.Sock)
	if sock == nil || r.Queued {
		return c
	}
	info := sock.Info()
	switch {
	case info.Closed && c.role < orphan:
		return c // another's socket on an address that was the lab's
	case !info.Closed && r.Inode != 0 && sock.Inode() != r.Inode:
		return c
	}
	return c.of(sock, info)
}

func roleOf(r *netlab.TableRow) role {
	switch {
	case r.State == kernel.Listen:
		return listening
	case r.State == kernel.TimeWait:
		return timeWait
	case r.Proto == kernel.UDP || r.Bound || r.Remote.Port() == 0:
		return bound
	case r.Inode == 0:
		return orphan
	}
	return connected
}

// of is the claim as that of the lab's socket.
func (c claim) of(sock *netlab.Socket, info netlab.SocketInfo) claim {
	c.ours, c.info = true, info
	if info.Closed {
		c.reuse = answerOf(info.ReuseAtClose)
	} else if on, err := sock.ReuseAddr(); err == nil {
		c.reuse = answerOf(on)
	}
	return c
}

// withOwn adds the lab's open sockets that the table does not show: /proc/net
// leaves out what is bound without listening, other systems show nothing.
func (s *scene) withOwn(list []claim) []claim {
	for _, other := range s.all {
		sock := s.lab.Find(other.ID)
		known := slices.ContainsFunc(list, func(c claim) bool { return c.ours && c.info.ID == other.ID })
		if known || sock == nil || other.Closed || other.ID == s.info.ID || !sameType(other, s.info) || !clash(other.Local, s.addr) {
			continue
		}
		c := claim{role: bound, local: other.Local.String(), exact: sameIP(other.Local, s.addr), state: other.State}
		switch {
		case other.Backlog >= 0:
			c.role = listening
		case !other.Remote.IsZero() && other.Type == unix.SOCK_STREAM:
			if c.role = connected; other.State == kernel.Close {
				continue // it is over, and a port that connect chose went with it
			}
		}
		list = append(list, c.of(sock, other))
	}
	return list
}

func sameIP(a, b netlab.Addr) bool { return a.IP.Unmap() == b.IP.Unmap() }

// decide keeps the claims that refuse, by what the probe showed, and puts the
// one that decides first in front. If the socket has SO_REUSEADDR, or would not
// get in with it, the lab's own that have the option as well and do not listen
// refuse nothing (socket(7)); if it would, nobody listens any more.
func decide(list []claim, p probe) []claim {
	strict := p.mine == yes && p.reuse != yes || p.reuse == no
	list = slices.DeleteFunc(slices.Clone(list), func(c claim) bool {
		if c.role == listening {
			return p.reuse == yes
		}
		return strict && c.reuse == yes
	})
	slices.SortStableFunc(list, func(a, b claim) int {
		return cmp.Or(
			cmp.Compare(a.role, b.role), cmp.Compare(rank(b.exact), rank(a.exact)),
			cmp.Compare(rank(b.ours), rank(a.ours)), cmp.Compare(b.left, a.left),
		)
	})
	return list
}

func rank(ok bool) int {
	if ok {
		return 1
	}
	return 0
}
