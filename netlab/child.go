package netlab

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/process"
)

// A Child is a process that the lab has started. Whatever is done with it is
// in the journal. It is safe for concurrent use; the lab ends it, with all its
// descendants, if nobody did before.
type Child struct {
	Pid  int
	Args []string
	// The lab's ends of what is process.Piped; nil else.
	Stdin, Stdout, Stderr *ChildPipe

	lab     *Lab
	by      Actor
	start   time.Duration
	p       *process.Process
	label   atomic.Pointer[string]
	since   atomic.Int64 // a wait4 waits since, on the lab's clock plus one; 0: none does
	dropped atomic.Bool  // its user has forgotten it
	ended   atomic.Bool
}

// ChildError is the failure of a call for a child. Its chain ends with the
// errno, with ErrTimeout, ErrClosed, ErrLabClosed or the context's cause.
type ChildError struct {
	Op   Op
	Path string // execve: the program, or the folder it was to run in
	Err  error
}

// Error prints "execve nosuch: no such file or directory".
func (e *ChildError) Error() string {
	text := e.Op.String()
	if e.Path != "" {
		text += " " + e.Path
	}
	if errno := Errno(e.Err); errno != 0 {
		return text + ": " + errno.Error()
	}
	return text + ": " + e.Err.Error()
}

func (e *ChildError) Unwrap() error { return e.Err }

// Spawn starts a process, fork(2) and execve(2). Errors: ENOENT, EACCES, and
// process.ErrNoLimits if its limits cannot be kept.
func (l *Lab) Spawn(spec process.Spec, by Actor) (*Child, error) {
	l.tidyChildren()
	if by != Server {
		by = l.Hand()
	}
	start := l.now()
	k := call{op: OpSpawn, tries: 1, buf: []byte(strings.Join(spec.Args, " "))}
	p, err := process.Start(spec)
	if err != nil {
		failed := &ChildError{Op: OpSpawn, Err: err}
		var path *os.PathError
		if errors.As(err, &path) {
			failed.Path, failed.Err = path.Path, os.NewSyscallError(path.Op, path.Err)
		}
		k.outcome, k.errno = Failed, Errno(err)
		l.recordLoose(by, &k, start)
		return nil, failed
	}
	k.n = p.Pid
	c := &Child{Pid: p.Pid, Args: p.Args, lab: l, by: by, start: start, p: p}
	for i, q := range []*process.Pipe{p.Stdin, p.Stdout, p.Stderr} {
		if q != nil {
			*[]**ChildPipe{&c.Stdin, &c.Stdout, &c.Stderr}[i] = &ChildPipe{child: c, Of: i, q: q}
		}
	}
	l.mu.Lock()
	late := l.closed
	if !late {
		l.children = append(l.children, c)
	}
	l.mu.Unlock()
	if late {
		return nil, errors.Join(ErrLabClosed, p.End())
	}
	c.record(&k, -1, start)
	return c, nil
}

// record appends the event of a call for the child.
func (c *Child) record(k *call, fd int, start time.Duration) {
	by := c.by
	if by != Server {
		by = c.lab.Hand()
	}
	c.lab.journal.append(by, 0, fd, k, start, c.lab.now())
}

// settled turns an error into the outcome of a call, and into a ChildError.
func (c *Child) settled(ctx context.Context, k *call, err error) error {
	errno := Errno(err)
	switch {
	case err == nil:
		return nil
	case errno != 0:
		k.outcome, k.errno = Failed, errno
		err = os.NewSyscallError(k.op.String(), errno)
	case errors.Is(err, os.ErrClosed):
		k.outcome, k.errno, err = ClosedUnder, syscall.EBADF, ErrClosed
	case errors.Is(err, ErrTimeout):
		k.outcome = TimedOut
	default:
		k.outcome, err = Cancelled, context.Cause(ctx)
	}
	return &ChildError{Op: k.op, Err: err}
}

// Poll asks whether the child has ended, wait4(2) with WNOHANG. The code is 0
// to 255, or -N if signal N ended it.
func (c *Child) Poll() (code int, done bool) {
	if c.p.Waited() {
		return c.p.Poll()
	}
	start := c.lab.now()
	k := call{op: OpWait, tries: 1, a: c.Pid, b: unix.WNOHANG}
	if code, done = c.p.Poll(); done {
		k.n, k.other = c.Pid, code
	}
	c.record(&k, -1, start)
	return code, done
}

// Wait waits until the child has ended, wait4(2); limit is how long at most,
// negative: as long as it takes. See [Child.Poll] for the code.
func (c *Child) Wait(ctx context.Context, limit time.Duration) (code int, err error) {
	if c.p.Waited() {
		code, _ = c.p.Poll()
		return code, nil
	}
	if limit >= 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, limit, ErrTimeout)
		defer stop()
	}
	start := c.lab.now()
	c.since.Store(int64(start) + 1)
	defer c.since.Store(0)
	k := call{op: OpWait, tries: 1, a: c.Pid}
	code, err = c.p.Wait(ctx)
	if err == nil {
		k.n, k.other = c.Pid, code
	}
	err = c.settled(ctx, &k, err)
	c.record(&k, -1, start)
	return code, err
}

// Signal is kill(2). To a child that was waited for nothing is sent: its
// number may be another's.
func (c *Child) Signal(sig syscall.Signal) error {
	start := c.lab.now()
	k := call{op: OpKill, tries: 1, a: c.Pid, b: int(sig)}
	err := c.p.Signal(sig)
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	err = c.settled(context.Background(), &k, err)
	c.record(&k, -1, start)
	return err
}

// End kills the child and all its descendants and waits for them; nothing of
// it is left. A server ends its children so; those of the learner end with the
// lab.
func (c *Child) End() error {
	c.ended.Store(true)
	return c.p.End()
}

// Since is when the child was started, on the lab's clock.
func (c *Child) Since() time.Duration { return c.start }

// Exceeded names the limit because of which the child was killed, or "".
func (c *Child) Exceeded() string { return c.p.Exceeded() }

// SetLabel gives the child a name for people: the learner's variable.
func (c *Child) SetLabel(name string) { c.label.Store(&name) }

// Label is the name given last, or "".
func (c *Child) Label() string {
	if p := c.label.Load(); p != nil {
		return *p
	}
	return ""
}

// Forget tells that nobody will wait for the child any more, as when Python
// has collected the object: when another child is started it is looked after.
func (c *Child) Forget() { c.dropped.Store(true) }

// maxChildren is how many children that are gone are remembered.
const maxChildren = 64

// tidyChildren waits for those that were forgotten and have ended (as
// CPython's subprocess._cleanup does), and lets go of the oldest of which
// nothing is left.
func (l *Lab) tidyChildren() {
	l.mu.Lock()
	defer l.mu.Unlock()
	surplus := len(l.children) - maxChildren
	kept := l.children[:0]
	for _, c := range l.children {
		if c.dropped.Load() {
			_, _ = c.p.Poll()
		}
		if surplus > 0 && (c.ended.Load() || c.p.Waited() && c.pipesClosed() && c.p.Release()) {
			surplus--
			continue
		}
		kept = append(kept, c)
	}
	clear(l.children[len(kept):])
	l.children = kept
}

// endChildren ends all that is left.
func (l *Lab) endChildren() error {
	l.mu.Lock()
	all := l.children
	l.mu.Unlock()
	var errs []error
	for _, c := range all {
		if !c.p.Release() {
			errs = append(errs, c.End())
		}
	}
	return errors.Join(errs...)
}
