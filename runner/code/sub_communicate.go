package code

import (
	"context"
	"errors"
	"sync"
	"syscall"
	"time"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// communication is what communicate has read so far: after a timeout the next
// one goes on.
type communication struct {
	input    []byte
	out, err []byte
}

func (p *popen) communicate(c *call, input starlark.Value, t optTimeout) (starlark.Value, error) {
	start := time.Now()
	if p.talk != nil && input.Truth() {
		return nil, valueError("Cannot send input after starting communication")
	}
	pipes := 0
	for _, f := range []*procFile{p.stdin, p.stdout, p.stderr} {
		if f != nil {
			pipes++
			if pipes == 1 && p.talk == nil && f != p.stdin && f.q.Closed() {
				return nil, f.closedError("read")
			}
		}
	}
	if p.talk == nil {
		p.talk = &communication{}
		if err := p.takeInput(input); err != nil {
			p.talk = nil
			return nil, err
		}
	}
	if err := p.exchange(c, t); err != nil {
		return nil, err
	}
	limit := t.d
	if limit >= 0 {
		limit = max(0, limit-time.Since(start))
	}
	if err := p.wait(c, t, limit); err != nil {
		return nil, err
	}
	result := starlark.Tuple{starlark.None, starlark.None}
	for i, f := range []*procFile{p.stdout, p.stderr} {
		if f == nil {
			continue
		}
		v, err := f.value([][]byte{p.talk.out, p.talk.err}[i], true)
		if err != nil {
			return nil, err
		}
		result[i] = v
	}
	if pipes == 1 {
		p.talk = nil // CPython reads a single pipe as it stands, and it is closed now
	}
	return result, nil
}

// takeInput makes bytes of what is to be sent, behind what was written before.
func (p *popen) takeInput(input starlark.Value) error {
	if p.stdin == nil {
		return nil
	}
	p.talk.input, p.stdin.out = p.stdin.out, nil
	if input == starlark.None {
		return nil
	}
	b, _, err := p.stdin.bytesOf(input)
	if err != nil && p.text == nil && (p.stdout != nil || p.stderr != nil) {
		return typeError("memoryview: a bytes-like object is required, not '%s'", typeName(input)).hint(
			words.F("text becomes bytes with .encode('utf-8'); with text=True it may be text"))
	}
	p.talk.input = append(p.talk.input, b...)
	return err
}

// exchange writes and reads all pipes at the same time, so that no pipe is
// full while another one is waited for.
func (p *popen) exchange(c *call, t optTimeout) error {
	ctx := c.ctx()
	if t.d >= 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, t.d, netlab.ErrTimeout)
		defer stop()
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	var mu sync.Mutex
	var failed error
	side := func(f *procFile, do func() error) {
		if f == nil || f.q.Closed() {
			return
		}
		work.Go(func() {
			err := do()
			mu.Lock()
			defer mu.Unlock()
			if err != nil && failed == nil {
				failed = err
				cancel(err)
			}
		})
	}
	side(p.stdin, func() error { return p.stdin.feed(ctx, p.talk) })
	side(p.stdout, func() error { return p.stdout.drink(ctx, &p.talk.out) })
	side(p.stderr, func() error { return p.stderr.drink(ctx, &p.talk.err) })
	work.Wait()
	switch {
	case failed == nil:
		return nil
	case errors.Is(failed, netlab.ErrTooMuch):
		return tooMuch(failed)
	case errors.Is(failed, netlab.ErrTimeout):
		return p.timedOut(t)
	}
	return p.net.failed(c, failed)
}

// feed sends the input and closes. A program that does not read it is none of
// communicate's business.
func (f *procFile) feed(ctx context.Context, talk *communication) error {
	if len(talk.input) > 0 {
		n, err := f.q.Write(ctx, talk.input)
		talk.input = talk.input[n:]
		if err != nil && netlab.Errno(err) != syscall.EPIPE {
			return err
		}
	}
	return f.q.Close()
}

// drink reads to the end and closes.
func (f *procFile) drink(ctx context.Context, into *[]byte) error {
	*into, f.ahead = append(*into, f.ahead...), nil
	p, err := f.q.ReadAll(ctx, maxRead-len(*into))
	if errors.Is(err, netlab.ErrTooMuch) {
		*into = nil
		return err
	}
	*into = append(*into, p...)
	if err != nil {
		return err
	}
	return f.q.Close()
}

func tooMuch(err error) error {
	e := raiseText("MemoryError", "", words.F("the program has printed more than %d MiB: so much is not read into memory here", maxRead>>20))
	e.Err = err
	return e.hint(words.F("read it in pieces: .read(65536) until it is empty"))
}
