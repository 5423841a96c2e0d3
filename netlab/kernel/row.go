package kernel

import (
	"net/netip"
	"time"
)

// Proto is the kind of a socket in the table.
type Proto uint8

// The kinds of sockets that the table is asked for.
const (
	TCP Proto = iota
	UDP
	Unix
)

// String is tcp, udp or unix.
func (p Proto) String() string { return [...]string{"tcp", "udp", "unix"}[p] }

// A Row is one socket in the kernel's table, whoever owns it.
type Row struct {
	Proto         Proto
	State         State          // of UDP and AF_UNIX: ESTABLISHED if connected, LISTEN, else CLOSE
	Bound         bool           // TCP, CLOSE: it has a port and does not listen (BOUND_INACTIVE)
	Local, Remote netip.AddrPort // IPv4 as such, also on an IPv6 socket
	Path          string         // AF_UNIX: its name, which begins with NUL if it is abstract
	Recv, Send    int            // bytes in the queues, a FIN counted as one; of a listener see Queued
	Timer         Timer
	UID           int    // of the owner; of TIME_WAIT and SYN_RECV, which have none, it is 0
	Inode         uint64 // 0: no process has it (TIME_WAIT, SYN_RECV, not accepted yet, orphan)
	Drops         int    // what its full buffer has lost; -1: not reported
	Info          *TCPInfo
}

// Ends are the two addresses that name a connection.
type Ends struct{ Local, Remote netip.AddrPort }

// Ends names the connection of the row.
func (r Row) Ends() Ends { return Ends{r.Local, r.Remote} }

// Mirror names the same connection from the other side.
func (e Ends) Mirror() Ends { return Ends{e.Remote, e.Local} }

// Queued and Backlog are the accept queue of a listener and that queue's limit:
// ss(8) shows them as Recv-Q and Send-Q. Linux admits one more than the limit.
func (r Row) Queued() int { return r.Recv }

// Backlog is the limit of a listener's accept queue; /proc/net does not tell
// it, and then it is 0.
func (r Row) Backlog() int { return r.Send }

// Left is the time until the kernel forgets a connection in TIME_WAIT, 0 in
// any other state.
func (r Row) Left() time.Duration {
	if r.State != TimeWait {
		return 0
	}
	return r.Timer.Left
}

// A Timer is what the kernel will do with a socket, and when.
type Timer struct {
	Kind  TimerKind
	Left  time.Duration
	Tries int // retransmissions, or probes, so far
}

// TimerKind is why a timer runs (tcp(7), ss(8) `timer:`).
type TimerKind uint8

// The timers of a TCP socket, with the numbers of inet_diag.
const (
	NoTimer     TimerKind = iota
	Retransmit            // a segment without an acknowledgement is sent again
	Keepalive             // an idle peer is asked whether it lives; also SYN_RECV and FIN_WAIT2
	Waiting               // TIME_WAIT
	WindowProbe           // the peer's window is 0: it is asked again
)

// String is ss's word for the timer.
func (k TimerKind) String() string {
	if int(k) < len(timerNames) {
		return timerNames[k]
	}
	return "?"
}

var timerNames = [...]string{"", "on", "keepalive", "timewait", "persist"}

// TimeWaitLength is how long TIME_WAIT lasts on Linux: TCP_TIMEWAIT_LEN, which
// no sysctl changes.
const TimeWaitLength = 60 * time.Second
