package kernel

import "errors"

// ErrUnsupported is the answer on systems without the view that was asked for.
var ErrUnsupported = errors.New("kernel: this system does not show the states of its sockets")

// State is the state of a TCP socket, with Linux's numbers (tcp_states.h).
type State uint8

// The eleven states of RFC 9293 §3.3.2. SYN_RECV is its SYN-RECEIVED, CLOSE
// its CLOSED; the names are those of ss and /proc/net/tcp.
const (
	Unknown State = iota
	Established
	SynSent
	SynRecv
	FinWait1
	FinWait2
	TimeWait
	Close
	CloseWait
	LastAck
	Listen
	Closing
)

var stateNames = [...]string{
	"", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
	"CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
}

// String is the name as ss prints it, with underscores; "" for Unknown.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "?"
}

// ParseState finds the state with the name.
func ParseState(name string) (State, bool) {
	for i, n := range stateNames {
		if n != "" && n == name {
			return State(i), true
		}
	}
	return Unknown, false
}

// StateNames lists the names of the eleven states.
func StateNames() []string { return append([]string(nil), stateNames[1:]...) }

// TCPInfo is what the kernel counts for one TCP socket. For a listener Queued
// and Backlog are its accept queue and that queue's limit (ss(8) calls them
// Recv-Q and Send-Q), and the segment counters are 0.
type TCPInfo struct {
	State               State
	Queued, Backlog     int
	SegsOut, SegsIn     int // segments, with SYN, ACK and FIN
	DataOut, DataIn     int // segments that carried bytes
	Retransmits         int
	BytesAcked, BytesIn uint64
}
