package netlab

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A call is one system call on its way through the funnel: what is asked, then
// what the kernel answered.
type call struct {
	op    Op
	a, b  int           // numbers asked for: size, backlog, how, level and option
	addr  Addr          // asked for, or answered
	sa    unix.Sockaddr // addr for the kernel
	buf   []byte
	flags int
	all   bool          // sendall: an error if not all went out
	whole bool          // blocking send, MSG_WAITALL: the kernel would wait for all
	dgram bool          // the size of buf is a message
	limit time.Duration // timeout mode: how long; 0: none
	wait  bool          // blocking or timeout mode

	n       int
	other   int // accept: the new descriptor, then the id of the new socket
	tries   int
	errno   syscall.Errno
	outcome Outcome
	backoff bool // nothing will tell when it is worth trying again
}

// A lane lets one call at a time through in its direction; a second caller
// waits for it, and can be cancelled while it does.
type lane struct {
	s     *Socket
	write bool
	step  func(fd uintptr) bool // try, bound once: a method value allocates
	c     call
	ctx   context.Context
	until time.Duration // when the time of timeout mode is over, on the lab's clock
	armed bool
	stop  func() bool
	since atomic.Int64 // waiting since, on the lab's clock plus one; 0: not waiting
	op    atomic.Uint32

	busy    atomic.Int32
	waiting atomic.Int32
	mu      sync.Mutex
	free    chan struct{}
}

func (l *lane) lock(ctx context.Context) error {
	if l.busy.CompareAndSwap(0, 1) {
		return nil
	}
	l.waiting.Add(1)
	defer l.waiting.Add(-1)
	for {
		l.mu.Lock()
		if l.free == nil {
			l.free = make(chan struct{})
		}
		free := l.free
		l.mu.Unlock()
		if l.busy.CompareAndSwap(0, 1) {
			return nil
		}
		select {
		case <-free:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (l *lane) unlock() {
	l.busy.Store(0)
	if l.waiting.Load() == 0 {
		return
	}
	l.mu.Lock()
	if l.free != nil {
		close(l.free)
		l.free = nil
	}
	l.mu.Unlock()
}

// do is the funnel: every system call on a lab socket passes through it. It
// performs the call, acts out the mode that was set, and appends one Event.
// The answer stands in c afterwards. keep runs before the lane is free again.
func (s *Socket) do(ctx context.Context, c *call, keep func(*call)) error {
	l := &s.nb
	switch {
	case !c.wait:
	case c.op == OpSend || c.op == OpSendto || c.op == OpConnect:
		l = &s.wr
	default:
		l = &s.rd
	}
	if err := l.lock(ctx); err != nil {
		return &OpError{Op: c.op, Socket: s, Addr: c.addr, Size: c.a, Err: err}
	}
	start := s.lab.now()
	l.c = *c
	if s.closed.Load() {
		l.c.outcome, l.c.errno = ClosedUnder, syscall.EBADF
	} else if l == &s.nb {
		if err := s.rc.Control(func(fd uintptr) { l.step(fd) }); err != nil {
			l.c.outcome, l.c.errno = ClosedUnder, syscall.EBADF
		}
	} else {
		l.run(ctx, start)
	}
	l.settle()
	if keep != nil {
		keep(&l.c)
	}
	s.lab.record(s, &l.c, start)
	*c = l.c
	l.c = call{}
	l.unlock()
	return c.failure(ctx, s)
}

// try makes the system call until it is answered or has to wait. It runs
// inside rc.Read, rc.Write or rc.Control and is the only place with system
// calls; false means: wait for readiness, then ask again.
func (l *lane) try(fd uintptr) bool {
	c := &l.c
	for {
		c.tries++
		n, errno := l.s.sys(int(fd), c)
		switch errno {
		case 0:
			c.n += n
			if c.whole && n > 0 && c.n < c.a {
				continue
			}
			return true
		case unix.EINTR:
			continue
		case unix.EISCONN:
			if c.op == OpConnect && c.tries > 1 {
				return true // it was this call that connected
			}
		case unix.EAGAIN, unix.EINPROGRESS, unix.EALREADY:
			if l.mustWait(errno) {
				return c.backoff
			}
		}
		c.errno = errno
		return true
	}
}

// mustWait decides what "not yet" means in the mode of the call, and prepares
// to be woken if it is to wait.
func (l *lane) mustWait(errno syscall.Errno) bool {
	c := &l.c
	switch {
	case !c.wait:
		return false
	case errno == unix.EALREADY && c.limit > 0 && c.tries == 1:
		return false // a connect begun earlier: CPython's timeout mode reports it
	case errno == unix.EAGAIN && l.s.Family == unix.AF_UNIX && (c.op == OpConnect || c.op == OpSendto):
		// A full queue of another socket never makes this one ready.
		if c.limit > 0 {
			return false
		}
		c.backoff = true
	}
	l.arm()
	return true
}

// arm says when to stop waiting, and remembers that something waits.
func (l *lane) arm() {
	if l.armed {
		return
	}
	l.armed = true
	l.op.Store(uint32(l.c.op))
	if l.c.op == OpConnect && l.s.isTCP() { // the table shows it in SYN_SENT while this waits
		l.s.learnEnds(l.c.addr)
	}
	l.since.Store(int64(l.s.lab.now()) + 1)
	if l.c.limit > 0 {
		l.deadline(time.Now().Add(l.until - l.s.lab.now()))
	}
	if l.ctx.Done() != nil {
		l.stop = context.AfterFunc(l.ctx, l.interrupt)
	}
}

func (l *lane) interrupt() { l.deadline(time.Unix(1, 0)) }

func (l *lane) deadline(t time.Time) {
	if l.write {
		_ = l.s.f.SetWriteDeadline(t)
		return
	}
	_ = l.s.f.SetReadDeadline(t)
}

// run makes the call of a blocking or timeout mode and waits for its answer.
func (l *lane) run(ctx context.Context, start time.Duration) {
	l.ctx, l.until = ctx, start+l.c.limit
	pause := 500 * time.Microsecond
	for {
		err := l.ready()
		if err == nil && l.c.backoff {
			l.c.backoff = false
			if !l.sleep(pause) {
				break
			}
			pause = min(2*pause, 20*time.Millisecond)
			continue
		}
		if err == nil {
			break
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			l.c.outcome, l.c.errno = ClosedUnder, syscall.EBADF
			break
		}
		if ctx.Err() != nil {
			l.c.outcome = Cancelled
			break
		}
		if l.c.limit > 0 && l.s.lab.now() >= l.until {
			l.c.outcome = TimedOut
			break
		}
		l.rearm()
		if ctx.Err() != nil { // cancelled just now: rearm may have undone that interrupt
			l.c.outcome = Cancelled
			break
		}
	}
	l.disarm()
}

func (l *lane) ready() error {
	if l.write {
		return l.s.rc.Write(l.step)
	}
	return l.s.rc.Read(l.step)
}

// rearm undoes the interrupt of an earlier call that came too late for it.
func (l *lane) rearm() {
	if l.armed && l.c.limit > 0 {
		l.deadline(time.Now().Add(l.until - l.s.lab.now()))
		return
	}
	l.deadline(time.Time{})
}

func (l *lane) disarm() {
	l.ctx = nil
	if !l.armed {
		return
	}
	l.since.Store(0)
	if l.stop != nil {
		l.stop()
	}
	if l.c.limit > 0 || l.stop != nil {
		l.deadline(time.Time{})
	}
	l.stop, l.armed = nil, false
}

// sleep waits without a word from the poller; false if the wait is over.
func (l *lane) sleep(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-l.ctx.Done():
		l.c.outcome = Cancelled
	case <-l.s.gone:
		l.c.outcome, l.c.errno = ClosedUnder, syscall.EBADF
	}
	return false
}

// settle turns the errno into an outcome. Bytes that went out or came in
// before an error are the answer; the error waits for the next call, as in the
// kernel. Only sendall has promised more.
func (l *lane) settle() {
	c := &l.c
	if c.outcome == OK && c.errno != 0 {
		c.outcome = Failed
	}
	if c.outcome != OK && c.n > 0 && !c.all && (c.op == OpSend || c.op == OpRecv) {
		c.outcome, c.errno = OK, 0
	}
}
