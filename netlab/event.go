package netlab

import (
	"strconv"
	"syscall"
	"time"
)

// Actor is whose call an event was.
type Actor uint8

// The actors: the learner at the prompt, the lesson's own preparation, and the
// servers that run in goroutines.
const (
	Learner Actor = iota
	Lesson
	Server
)

func (a Actor) String() string {
	return [...]string{"learner", "lesson", "server"}[a]
}

// ParseActor finds the actor with the name s.
func ParseActor(s string) (Actor, bool) {
	for a := Learner; a <= Server; a++ {
		if a.String() == s {
			return a, true
		}
	}
	return 0, false
}

// Outcome is how a call ended.
type Outcome uint8

// A call ends with success, with an errno, because the time set with settimeout
// was over, because it was cancelled, or because its descriptor was closed under it.
const (
	OK Outcome = iota
	Failed
	TimedOut
	Cancelled
	ClosedUnder
)

// Event is one call on a lab socket or for a child of the lab: what was asked,
// what the kernel answered. Of a child: execve has the command line as Data and
// the number of the child as N; wait4 has that number as A, the options as B,
// the number or 0 as N, and the exit status as Other; kill has the number as A
// and the signal as B; read and write are on its pipes.
type Event struct {
	Seq        uint64        // position in the journal, from 1
	Op         Op            //
	By         Actor         //
	Sock       int           // id of the socket in its lab; 0: it is about a child
	FD         int           // the descriptor's number, for display only
	Start, End time.Duration // since the lab began, monotonic
	Tries      int           // how often the system call was made
	Outcome    Outcome       //
	Errno      syscall.Errno // why it failed, if Outcome is Failed
	N          int           // bytes, the new descriptor, an option's value; else 0
	Other      int           // accept, socketpair: id of the new or the second socket; read, write: the child; wait4: its status
	A, B       int           // the numbers asked for: see [Event.Size] and the calls
	Flags      int           // send and recv: MSG_… as asked; socket: the protocol
	All        bool          // send: all of it or an error (Python's sendall)
	Message    bool          // send and recv: on a socket of messages, not of a stream
	Addr       Addr          // bind, connect, sendto: asked; accept, recvfrom, get*name: answered
	Data       []byte        // bytes that went or came: the first of them, if there were many
}

// Size is the number of bytes that send was given or recv allowed.
func (e *Event) Size() int { return e.A }

// Succeeded reports whether the kernel did what was asked.
func (e *Event) Succeeded() bool { return e.Outcome == OK }

// EOF reports whether a read on a stream found its end: zero bytes although
// some were asked for (recv(2)). On a socket of messages zero bytes are an
// empty message.
func (e *Event) EOF() bool {
	return (e.Op == OpRecv || e.Op == OpRecvfrom || e.Op == OpRead) && e.Outcome == OK && e.N == 0 && e.A > 0 && !e.Message
}

// Cause is the moment from which the event can have had effects. Append order
// is not causal order: a recv may be written down before the send that fed it.
// Causes count from their start, effects (recv, accept) from their end.
func (e *Event) Cause() time.Duration {
	switch e.Op {
	case OpRecv, OpRecvfrom, OpAccept, OpRead, OpWait:
		return e.End
	}
	return e.Start
}

// Failure names how the call failed: the errno's symbol, "timeout" or
// "cancelled"; "" if it succeeded. A descriptor closed under the call is EBADF.
func (e *Event) Failure() string {
	switch e.Outcome {
	case OK:
		return ""
	case TimedOut:
		return "timeout"
	case Cancelled:
		return "cancelled"
	case ClosedUnder:
		return "EBADF"
	}
	if name := ErrnoName(e.Errno); name != "" {
		return name
	}
	return "errno " + strconv.Itoa(int(e.Errno))
}
