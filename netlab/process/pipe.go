package process

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A Pipe is this program's end of a pipe to a process: to read from its stdout
// and stderr, to write to its stdin. It is a stream: what was read is gone,
// and its end is reached when every process has closed the other end. Several
// goroutines may use it; of two calls the second waits for the first.
type Pipe struct {
	fd    int // for display only
	f     *os.File
	rc    syscall.RawConn
	owner *Process // whose output is counted
	busy  chan struct{}
	since atomic.Int64 // waiting since, in nanoseconds of the clock; 0: not waiting
	shut  atomic.Bool
}

// takePipe makes a Pipe of one end, which is put on the runtime's poller.
func takePipe(fd int) (*Pipe, error) {
	if err := unix.SetNonblock(fd, true); err != nil {
		_ = unix.Close(fd)
		return nil, os.NewSyscallError("fcntl", err)
	}
	q := &Pipe{fd: fd, f: os.NewFile(uintptr(fd), "pipe"), busy: make(chan struct{}, 1)}
	var err error
	if q.rc, err = q.f.SyscallConn(); err != nil {
		_ = q.f.Close()
	}
	return q, err
}

// NewPipe makes a pipe that several processes may write into: w is given to
// them with [File]. The caller closes both.
func NewPipe() (r *Pipe, w *os.File, err error) {
	prepareOnce.Do(prepareProgram)
	in, out, err := newPipe()
	if err != nil {
		return nil, nil, os.NewSyscallError("pipe2", err)
	}
	if r, err = takePipe(in); err != nil {
		_ = unix.Close(out)
		return nil, nil, err
	}
	return r, os.NewFile(uintptr(out), "pipe"), nil
}

// FD is the descriptor's number, -1 after Close.
func (q *Pipe) FD() int {
	if q.shut.Load() {
		return -1
	}
	return q.fd
}

// Number is the descriptor's number as it was; after Close it may be another's.
func (q *Pipe) Number() int { return q.fd }

// Read is read(2): it waits until there is something, and gives what there is.
// 0 without an error is the end: nobody can write into the pipe any more. When
// ctx ends first the error is its cause.
func (q *Pipe) Read(ctx context.Context, b []byte) (int, error) {
	n := 0
	err := q.do(ctx, q.f.SetReadDeadline, q.rc.Read, func(fd int) error {
		var err error
		n, err = unix.Read(fd, b)
		return err
	})
	if err != nil {
		return 0, err
	}
	q.counted(n)
	return n, nil
}

// ReadWith is Read for whoever must not lose what was read between the call and
// its return: use is called, perhaps several times, with a function that reads
// without waiting, and returns its error.
func (q *Pipe) ReadWith(ctx context.Context, use func(read func([]byte) (int, error)) error) error {
	return q.do(ctx, q.f.SetReadDeadline, q.rc.Read, func(fd int) error {
		return use(func(b []byte) (int, error) { return unix.Read(fd, b) })
	})
}

// ReadNow is ReadWith without waiting: EAGAIN if there is nothing. It does not
// wait for a call that waits either.
func (q *Pipe) ReadNow(use func(read func([]byte) (int, error)) error) error {
	err := os.ErrClosed
	_ = q.rc.Control(func(fd uintptr) {
		err = use(func(b []byte) (int, error) { return unix.Read(int(fd), b) })
	})
	return err
}

// Write is write(2) on a pipe in blocking mode: it waits until all of b is in
// the pipe. n is how much is, also after an error; nobody reads: EPIPE.
func (q *Pipe) Write(ctx context.Context, b []byte) (n int, err error) {
	err = q.do(ctx, q.f.SetWriteDeadline, q.rc.Write, func(fd int) error {
		for n < len(b) {
			m, err := unix.Write(fd, b[n:])
			n += max(m, 0)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// do makes a call until it need not wait, or ctx ends.
func (q *Pipe) do(ctx context.Context, deadline func(time.Time) error,
	ready func(func(uintptr) bool) error, try func(fd int) error) error {
	select {
	case q.busy <- struct{}{}:
		defer func() { <-q.busy }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	stop := context.AfterFunc(ctx, func() { _ = deadline(time.Unix(1, 0)) })
	defer stop()
	defer q.since.Store(0)
	for {
		var failed error
		err := ready(func(fd uintptr) bool {
			for {
				failed = try(int(fd))
				switch {
				case errors.Is(failed, unix.EINTR):
					continue
				case errors.Is(failed, unix.EAGAIN):
					q.since.CompareAndSwap(0, time.Now().UnixNano())
					return false
				}
				return true
			}
		})
		switch {
		case err == nil:
			return failed
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return os.ErrClosed
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
		_ = deadline(time.Time{}) // that of an earlier call, which came too late for it
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// counted adds to what the process may write in all.
func (q *Pipe) counted(n int) {
	p := q.owner
	if p == nil || p.limits == nil || p.limits.Output <= 0 {
		return
	}
	if p.output.Add(int64(n)) > p.limits.Output {
		p.exceed("output")
	}
}

// Close is close(2). The process reads the end of its stdin then; writing to
// its stdout it gets SIGPIPE. A call that waits ends with os.ErrClosed. A
// second Close does nothing.
func (q *Pipe) Close() error {
	if q.shut.Swap(true) {
		return nil
	}
	return q.f.Close()
}

// Closed reports whether Close was called.
func (q *Pipe) Closed() bool { return q.shut.Load() }

// WaitingSince is when the call began to wait that waits now; zero: none does.
func (q *Pipe) WaitingSince() time.Time {
	if ns := q.since.Load(); ns != 0 {
		return time.Unix(0, ns)
	}
	return time.Time{}
}

// Level is the number of bytes in the pipe, written and not yet read.
func (q *Pipe) Level() (int, error) {
	n, err := 0, os.ErrClosed
	if q.shut.Load() {
		return 0, err
	}
	if e := q.rc.Control(func(fd uintptr) { n, err = unix.IoctlGetInt(int(fd), inputQueue) }); e != nil {
		return 0, os.ErrClosed
	}
	return n, err
}

// Capacity is how many bytes the pipe holds (F_GETPIPE_SZ); elsewhere than on
// Linux errors.ErrUnsupported.
func (q *Pipe) Capacity() (int, error) {
	n, err := 0, os.ErrClosed
	if q.shut.Load() {
		return 0, err
	}
	if e := q.rc.Control(func(fd uintptr) { n, err = pipeSize(int(fd)) }); e != nil {
		return 0, os.ErrClosed
	}
	return n, err
}

// Share opens the pipe once more, in blocking mode, to give it to another
// process ([File]). The caller closes the file. Linux alone can: a copy of the
// descriptor would not wait, since the mode belongs to what it stands for.
func (q *Pipe) Share() (*os.File, error) {
	var f *os.File
	err := os.ErrClosed
	if e := q.rc.Control(func(fd uintptr) { f, err = reopen(int(fd)) }); e != nil {
		return nil, os.ErrClosed
	}
	return f, err
}
