package kernel

import (
	"errors"
	"math/bits"
)

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

// What the kernel has beside the eleven: a request that was not answered yet is
// SYN_RECV to everybody, and a socket that is bound without listening is in
// CLOSE (tcp_states.h).
const (
	newSynRecv    = 12
	boundInactive = 13
)

// stateOf is the state with the kernel's number, Unknown if there is none.
func stateOf(n uint8) State {
	switch {
	case n == newSynRecv:
		return SynRecv
	case n == boundInactive:
		return Close
	case int(n) < len(stateNames):
		return State(n)
	}
	return Unknown
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

// StateSet is a set of states.
type StateSet uint16

// Add is the set with s in it. Unknown is in no set.
func (set StateSet) Add(s State) StateSet {
	if s == Unknown || int(s) >= len(stateNames) {
		return set
	}
	return set | 1<<s
}

// Has reports whether s is in the set.
func (set StateSet) Has(s State) bool { return set&(1<<s) != 0 }

// Names lists the names of the states in the set.
func (set StateSet) Names() []string {
	var names []string
	for s := Established; int(s) < len(stateNames); s++ {
		if set.Has(s) {
			names = append(names, s.String())
		}
	}
	return names
}

// Len is how many states are in the set.
func (set StateSet) Len() int { return bits.OnesCount16(uint16(set)) }
