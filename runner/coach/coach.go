package coach

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// Advice is what the coach says: why the call failed, and what to try.
// Either may be empty.
type Advice struct{ Why, Try words.Text }

// A scene is one failed call and the lab in which it failed.
type scene struct {
	lab  *netlab.Lab
	err  *netlab.OpError
	addr netlab.Addr       // the address asked for
	info netlab.SocketInfo // the socket that failed
	all  []netlab.SocketInfo
}

// Explain says why err happened. Errors that are not a netlab call's get an
// empty Advice.
func Explain(lab *netlab.Lab, err error) Advice {
	var op *netlab.OpError
	if !errors.As(err, &op) {
		if errors.Is(err, netlab.ErrLabClosed) {
			return Advice{Why: words.F("the lab is being closed")}
		}
		return Advice{}
	}
	s := &scene{lab: lab, err: op, addr: op.Addr, all: lab.Sockets()}
	if op.Socket != nil {
		s.info = op.Socket.Info()
	}
	if s.addr.IsZero() && op.Op != netlab.OpListen { // an error of an earlier connect
		s.addr = s.info.Remote
	}
	switch {
	case errors.Is(op.Err, netlab.ErrNotLoopback):
		return Advice{Why: words.F("a lesson from elsewhere reaches this machine alone: 127.0.0.1, ::1, and AF_UNIX names of its own")}
	case errors.Is(op.Err, netlab.ErrTimeout):
		return s.timeout()
	case errors.Is(op.Err, netlab.ErrClosed):
		return s.closed()
	case errors.Is(op.Err, context.Canceled), netlab.Errno(err) == 0:
		return Advice{Why: words.F("the call was cancelled before the kernel had an answer")}
	}
	if explain, ok := byErrno[netlab.Errno(err)]; ok {
		return explain(s)
	}
	return Advice{Why: words.Raw(netlab.Errno(err).Error())}
}

// byErrno are the errors that a learner can cause, each with its explanation.
var byErrno = map[unix.Errno]func(*scene) Advice{
	unix.ECONNREFUSED:    (*scene).refused,
	unix.EADDRINUSE:      (*scene).inUse,
	unix.EADDRNOTAVAIL:   (*scene).notHere,
	unix.EACCES:          (*scene).notAllowed,
	unix.EPERM:           (*scene).notAllowed,
	unix.ENOTCONN:        (*scene).notConnected,
	unix.EISCONN:         (*scene).isConnected,
	unix.EPIPE:           (*scene).brokenPipe,
	unix.ECONNRESET:      (*scene).reset,
	unix.ECONNABORTED:    (*scene).aborted,
	unix.EINVAL:          (*scene).invalid,
	unix.EAGAIN:          (*scene).again,
	unix.EINPROGRESS:     (*scene).inProgress,
	unix.EALREADY:        (*scene).already,
	unix.EMSGSIZE:        (*scene).tooLong,
	unix.EDESTADDRREQ:    (*scene).noDestination,
	unix.EOPNOTSUPP:      (*scene).notSupported,
	unix.EBADF:           (*scene).closed,
	unix.ETIMEDOUT:       (*scene).timedOut,
	unix.EHOSTUNREACH:    (*scene).unreachable,
	unix.ENETUNREACH:     (*scene).unreachable,
	unix.ENOENT:          (*scene).noFile,
	unix.EAFNOSUPPORT:    (*scene).wrongFamily,
	unix.EPROTONOSUPPORT: (*scene).wrongFamily,
	unix.EPROTOTYPE:      (*scene).wrongFamily,
	unix.ENOPROTOOPT:     (*scene).noOption,
	unix.EMFILE:          (*scene).noDescriptors,
	unix.ENFILE:          (*scene).noDescriptors,
	unix.EINTR:           (*scene).interrupted,
}

// Explained lists the errnos that have an explanation.
func Explained() []unix.Errno {
	var list []unix.Errno
	for errno := range byErrno {
		list = append(list, errno)
	}
	return list
}

// name is what the learner calls a socket.
func name(s netlab.SocketInfo) words.Text {
	if s.Label != "" {
		return words.Raw(s.Label)
	}
	if !s.Local.IsZero() {
		return words.F("the socket at %s", s.Local.String())
	}
	return words.F("this socket")
}

// inCode is the name of a socket in a line of code.
func inCode(s netlab.SocketInfo) string {
	if s.Label != "" && s.By != netlab.Server {
		return s.Label
	}
	return "sock"
}

// ago is the time since a moment of the lab, in seconds.
func (s *scene) ago(then time.Duration) float64 { return (s.lab.Now() - then).Seconds() }

// holder is the lab's own socket that has the port asked for: a listener
// before one that is bound, before a connection.
func (s *scene) holder() (netlab.SocketInfo, bool) {
	var best netlab.SocketInfo
	rank := 0
	for _, other := range s.all {
		if other.Closed || other.ID == s.info.ID || !sameType(other, s.info) || !clash(other.Local, s.addr) {
			continue
		}
		r := 2
		switch {
		case other.Backlog >= 0:
			r = 3
		case !other.Remote.IsZero():
			r = 1
		}
		if r > rank {
			best, rank = other, r
		}
	}
	return best, rank > 0
}

func sameType(a, b netlab.SocketInfo) bool { return b.Type == 0 || a.Type == b.Type }

// clash reports whether two addresses cannot both be bound: the same port, and
// the same host or one of them all hosts. [::] takes IPv4 in too (ipv6(7),
// IPV6_V6ONLY), 0.0.0.0 does not take in IPv6.
func clash(a, b netlab.Addr) bool {
	if a.Family == unix.AF_UNIX || b.Family == unix.AF_UNIX {
		return a.Family == b.Family && a.Path == b.Path && a.Path != ""
	}
	if a.Port != b.Port || a.Port == 0 {
		return false
	}
	x, y := a.IP.Unmap(), b.IP.Unmap()
	return x == y || covers(x, y) || covers(y, x)
}

func covers(all, one netip.Addr) bool {
	return all.IsUnspecified() && (all.Is6() || one.Is4())
}

// pastListener is the listener of the lab that had the address asked for last.
func (s *scene) pastListener() (netlab.SocketInfo, bool) {
	for i := len(s.all) - 1; i >= 0; i-- {
		old := s.all[i]
		if old.Closed && old.Backlog >= 0 && clash(old.Local, s.addr) {
			return old, true
		}
	}
	return netlab.SocketInfo{}, false
}
