package netlab

import (
	"context"
	"errors"
	"os"

	"github.com/socklab/socklab/netlab/process"
)

// A ChildPipe is the lab's end of a pipe to a child. Reading what is not there
// yet waits, and can be cancelled.
type ChildPipe struct {
	Of    int // the child's descriptor: 0, 1 or 2
	child *Child
	q     *process.Pipe
}

// ErrTooMuch is a child that has written more than ReadAll was to take.
var ErrTooMuch = errors.New("netlab: the child wrote more than was to be read")

// Name is the name of the child's descriptor: stdin, stdout or stderr.
func (p *ChildPipe) Name() string { return [...]string{"stdin", "stdout", "stderr"}[p.Of] }

// Child is the child at the other end.
func (p *ChildPipe) Child() *Child { return p.child }

// Fileno is the descriptor's number, -1 after Close.
func (p *ChildPipe) Fileno() int { return p.q.FD() }

// Closed reports whether the pipe was closed here.
func (p *ChildPipe) Closed() bool { return p.q.Closed() }

// Read is read(2): at least one byte, or 0 when every process has closed the
// other end.
func (p *ChildPipe) Read(ctx context.Context, b []byte) (int, error) {
	start := p.child.lab.now()
	n, err := p.q.Read(ctx, b)
	k := call{op: OpRead, tries: 1, a: len(b), n: n, buf: b, other: p.child.Pid}
	err = p.child.settled(ctx, &k, err)
	p.child.record(&k, p.q.Number(), start)
	return n, err
}

const (
	readSize = 64 << 10
	// apart is how many reads of ReadAll are events of their own. What comes
	// after them is one event, so that much output does not push everything
	// else out of the journal.
	apart = 16
)

// ReadAll reads to the end, at most limit bytes. What it has read before an
// error comes back too; [ErrTooMuch] is one.
func (p *ChildPipe) ReadAll(ctx context.Context, limit int) (all []byte, err error) {
	buf := make([]byte, readSize)
	for range apart {
		n, err := p.Read(ctx, buf)
		all = append(all, buf[:n]...)
		switch {
		case err != nil || n == 0:
			return all, err
		case len(all) > limit:
			return all, &ChildError{Op: OpRead, Err: ErrTooMuch}
		}
	}
	rest := len(all)
	start := p.child.lab.now()
	k := call{op: OpRead, a: limit - rest, other: p.child.Pid}
	for {
		n := 0
		n, err = p.q.Read(ctx, buf)
		k.tries++
		all = append(all, buf[:n]...)
		if err != nil || n == 0 || len(all) > limit {
			break
		}
	}
	k.buf, k.n = all[rest:], len(all)-rest
	err = p.child.settled(ctx, &k, err)
	p.child.record(&k, p.q.Number(), start)
	if err == nil && len(all) > limit {
		err = &ChildError{Op: OpRead, Err: ErrTooMuch}
	}
	return all, err
}

// Write is write(2): it waits until all of b is in the pipe. EPIPE: the child
// does not read any more.
func (p *ChildPipe) Write(ctx context.Context, b []byte) (int, error) {
	start := p.child.lab.now()
	n, err := p.q.Write(ctx, b)
	k := call{op: OpWrite, tries: 1, a: len(b), n: n, buf: b, other: p.child.Pid}
	err = p.child.settled(ctx, &k, err)
	p.child.record(&k, p.q.Number(), start)
	return n, err
}

// Close is close(2). A second one does nothing.
func (p *ChildPipe) Close() error {
	if p.q.Closed() {
		return nil
	}
	start := p.child.lab.now()
	k := call{op: OpClose, tries: 1, other: p.child.Pid}
	err := p.child.settled(context.Background(), &k, p.q.Close())
	p.child.record(&k, p.q.Number(), start)
	return err
}

// Forget closes the pipe without a word, as when Python has collected it.
func (p *ChildPipe) Forget() { _ = p.q.Close() }

// Share opens the pipe once more, for another child: process.Pipe.Share.
func (p *ChildPipe) Share() (*os.File, error) { return p.q.Share() }

func (c *Child) pipes() []*ChildPipe {
	var list []*ChildPipe
	for _, p := range []*ChildPipe{c.Stdin, c.Stdout, c.Stderr} {
		if p != nil {
			list = append(list, p)
		}
	}
	return list
}

func (c *Child) pipesClosed() bool {
	for _, p := range c.pipes() {
		if !p.Closed() {
			return false
		}
	}
	return true
}
