package netlab

import (
	"context"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A Socket is one end of communication, socket(2). Its methods make the system
// call of the same name, wait as the mode says (see [Socket.SetTimeout]),
// and fail with a [*OpError]. It may be used from several goroutines; of two
// calls in the same direction the second waits for the first. The Lab closes
// whatever is still open when it ends.
type Socket struct {
	// What the views read of thousands of sockets stands together.
	Family, Type, Proto int

	fd     int // for display only: numbers come back
	id     int
	by     Actor
	closed atomic.Bool
	shared atomic.Bool   // Dup made a second descriptor of the connection
	seen   atomic.Uint32 // a kernel.StateSet: what the kernel has shown
	label  atomic.Pointer[string]

	mu            sync.Mutex // the fields below
	local, remote Addr
	backlog       int // -1: not listening
	closedAt      time.Duration
	final         final

	lab *Lab
	f   *os.File
	rc  syscall.RawConn

	rd, wr, nb lane
	timeout    atomic.Int64 // <0 blocking, 0 non-blocking, >0 how long a call may take

	gone   chan struct{} // closed with the socket
	refs   atomic.Int32  // files of makefile that keep the descriptor open
	closes atomic.Bool   // close was called, files keep it open

	count counters
	files fileBytes
}

const blocking = time.Duration(-1)

// newSocket takes over the descriptor fd, which must be O_NONBLOCK.
func newSocket(lab *Lab, fd, family, typ, proto int, by Actor) (*Socket, error) {
	f := os.NewFile(uintptr(fd), "socket")
	rc, err := f.SyscallConn()
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return shareFile(lab, f, rc, fd, family, typ, proto, by), nil
}

func shareFile(lab *Lab, f *os.File, rc syscall.RawConn, fd, family, typ, proto int, by Actor) *Socket {
	s := &Socket{
		Family: family, Type: typ, Proto: proto, lab: lab, f: f, rc: rc, fd: fd,
		by: by, gone: make(chan struct{}), backlog: -1,
	}
	s.timeout.Store(int64(blocking))
	for _, l := range []*lane{&s.rd, &s.wr, &s.nb} {
		l.s, l.write = s, l == &s.wr
		l.step = l.try
	}
	return s
}

// Socket is socket(2): a new descriptor of the family AF_INET, AF_INET6 or
// AF_UNIX and the type SOCK_STREAM or SOCK_DGRAM, in blocking mode. Errors:
// EAFNOSUPPORT, EPROTONOSUPPORT, EMFILE.
func (l *Lab) Socket(family, typ, proto int, by Actor) (*Socket, error) {
	if l.local.Load() && !harmless(family, typ) {
		return nil, &OpError{Op: OpSocket, Err: ErrNotLoopback}
	}
	start := l.now()
	c := call{op: OpSocket, a: family, b: typ, flags: proto}
	fd, err := sysSocket(family, typ, proto)
	if err != nil {
		c.errno, c.outcome, c.tries = number(err), Failed, 1
		l.recordLoose(by, &c, start)
		return nil, c.failure(context.Background(), nil)
	}
	c.n, c.tries = fd, 1
	s, err := newSocket(l, fd, family, typ, proto, by)
	if err != nil {
		return nil, err
	}
	if err := l.adopt(s); err != nil {
		return nil, err
	}
	l.record(s, &c, start)
	return s, nil
}

// harmless are the sockets of a lab that is to stay on loopback: no netlink(7), no
// packet(7), no raw(7).
func harmless(family, typ int) bool {
	typ &= 0xf // without SOCK_NONBLOCK and SOCK_CLOEXEC
	return (family == unix.AF_INET || family == unix.AF_INET6 || family == unix.AF_UNIX) &&
		(typ == unix.SOCK_STREAM || typ == unix.SOCK_DGRAM)
}

// ID names the socket in its lab and in the journal; it never comes back.
func (s *Socket) ID() int { return s.id }

// Fileno is the descriptor's number, -1 after close, as in Python.
func (s *Socket) Fileno() int {
	if s.closed.Load() {
		return -1
	}
	return s.fd
}

// Lab is the owner of the socket.
func (s *Socket) Lab() *Lab { return s.lab }

// SetLabel gives the socket a name for people: the learner's variable, a
// server's role.
func (s *Socket) SetLabel(name string) {
	s.label.Store(&name)
	s.lab.changes.Add(1)
}

// Label is the name given last, or "".
func (s *Socket) Label() string {
	if p := s.label.Load(); p != nil {
		return *p
	}
	return ""
}

// SetTimeout sets the mode: negative is blocking, 0 non-blocking, and anything
// else the time that each call may take (Python's settimeout).
func (s *Socket) SetTimeout(d time.Duration) {
	if d < 0 {
		d = blocking
	}
	s.timeout.Store(int64(d))
}

// Timeout is what SetTimeout set.
func (s *Socket) Timeout() time.Duration { return time.Duration(s.timeout.Load()) }

// Closed reports whether the descriptor is gone.
func (s *Socket) Closed() bool { return s.closed.Load() }

// waiting prepares a call that may have to wait.
func (s *Socket) waiting(c call) call {
	d := s.Timeout()
	c.wait = d != 0 && c.flags&unix.MSG_DONTWAIT == 0
	if d > 0 {
		c.limit = d
	}
	return c
}

// Close is close(2). Files of [Socket.MakeFile] keep the descriptor open until
// they are closed too. A second Close does nothing, as in Python.
func (s *Socket) Close(ctx context.Context) error {
	s.closes.Store(true)
	if s.refs.Load() > 0 {
		return nil
	}
	return s.release(ctx)
}

// Detach gives the descriptor's number away without closing it: the Socket is
// closed for its user, and [Lab.FromFD] takes the number back.
func (s *Socket) Detach() int {
	if !s.closed.CompareAndSwap(false, true) {
		return -1
	}
	s.lab.changes.Add(1)
	s.mu.Lock()
	s.closedAt = s.lab.now()
	s.mu.Unlock()
	s.lab.detach(s)
	return s.fd
}

// FromFD makes a Socket of a number that Detach gave away (Python's
// socket(fileno=n)). Other numbers are not the lab's: EBADF.
func (l *Lab) FromFD(fd int, by Actor) (*Socket, error) {
	old := l.takeDetached(fd)
	if old == nil {
		return nil, &OpError{Op: OpSocket, Err: os.NewSyscallError("socket", unix.EBADF)}
	}
	s := shareFile(l, old.f, old.rc, fd, old.Family, old.Type, old.Proto, by)
	old.mu.Lock()
	s.local, s.remote, s.backlog = old.local, old.remote, old.backlog
	old.mu.Unlock()
	err := l.adopt(s)
	l.index.put(s)
	return s, err
}

// Dup is fcntl(F_DUPFD_CLOEXEC): a second descriptor for the same connection.
func (s *Socket) Dup(ctx context.Context) (*Socket, error) {
	var dup *Socket
	var failed error
	c := call{op: OpFcntl}
	err := s.do(ctx, &c, func(c *call) {
		if c.outcome != OK {
			return
		}
		if dup, failed = newSocket(s.lab, c.n, s.Family, s.Type, s.Proto, s.by); failed == nil {
			s.mu.Lock()
			dup.local, dup.remote, dup.backlog = s.local, s.remote, s.backlog
			s.mu.Unlock()
			dup.timeout.Store(s.timeout.Load())
			s.shared.Store(true)
			dup.shared.Store(true)
			failed = s.lab.adopt(dup)
			s.lab.index.put(dup)
		}
	})
	if err == nil {
		err = failed
	}
	return dup, err
}
