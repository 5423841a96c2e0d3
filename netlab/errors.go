package netlab

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// The errors that are not an errno.
var (
	// ErrTimeout is the end of a call in timeout mode; Python's TimeoutError.
	ErrTimeout = errors.New("timed out")
	// ErrClosed is a socket used after its close, or closed while a call waited.
	ErrClosed = errors.New("netlab: the socket is closed")
	// ErrNotLoopback is an address that a lab of LoopbackOnly does not reach.
	ErrNotLoopback = errors.New("netlab: this lab reaches 127.0.0.1, ::1 and its own AF_UNIX names alone")
	// ErrLabClosed is a call for a lab that has ended.
	ErrLabClosed = errors.New("netlab: the lab is closed")
)

// OpError is the failure of one call. Its chain is
// OpError → *os.SyscallError → syscall.Errno when the kernel said no, and
// OpError → ErrTimeout, ErrClosed or the context's cause otherwise.
type OpError struct {
	Op     Op
	Socket *Socket       // nil if socket(2) itself failed
	Addr   Addr          // the address asked for, if the call has one
	Size   int           // bytes asked for, a backlog: whatever number matters
	Sent   int           // bytes that went out before the error (sendall)
	Limit  time.Duration // timeout mode: how long the call was allowed to take
	Flags  int           // send and recv: MSG_… as asked
	Err    error
}

// Error prints "connect 127.0.0.1:9: connection refused".
func (e *OpError) Error() string {
	var b strings.Builder
	b.WriteString(e.Op.String())
	if !e.Addr.IsZero() {
		b.WriteString(" " + e.Addr.String())
	}
	cause := e.Err
	var sys *os.SyscallError
	if errors.As(cause, &sys) {
		cause = sys.Err
	}
	return b.String() + ": " + cause.Error()
}

func (e *OpError) Unwrap() error { return e.Err }

// Timeout reports whether the time set with SetTimeout was over.
func (e *OpError) Timeout() bool { return errors.Is(e.Err, ErrTimeout) }

// Errno is the kernel's number in err, 0 if there is none. A closed socket has
// EBADF, as in C.
func Errno(err error) syscall.Errno {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno
	}
	if errors.Is(err, ErrClosed) {
		return syscall.EBADF
	}
	return 0
}

// ErrnoName is the symbol of an errno as listen(2) and strace write it:
// EOPNOTSUPP, where x/sys/unix has ENOTSUP for the same number. "" if there is
// none.
func ErrnoName(errno syscall.Errno) string {
	if errno == unix.EOPNOTSUPP {
		return "EOPNOTSUPP"
	}
	return unix.ErrnoName(errno)
}

// failure makes the error of the call c, nil if it succeeded.
func (c *call) failure(ctx context.Context, s *Socket) error {
	var err error
	switch c.outcome {
	case OK:
		return nil
	case Failed:
		err = os.NewSyscallError(c.op.String(), c.errno)
	case TimedOut:
		err = ErrTimeout
	case Cancelled:
		err = context.Cause(ctx)
	case ClosedUnder:
		err = ErrClosed
	}
	return &OpError{Op: c.op, Socket: s, Addr: c.addr, Size: c.a, Sent: c.n, Limit: c.limit, Flags: c.flags, Err: err}
}
