//go:build linux || darwin

package console

import (
	"context"
	"errors"
	"time"
)

// Type lets a typist type the line into go-prompt.
func (c *tty) Type(ctx context.Context, ps, text string, perChar time.Duration) error {
	if err := c.takeTurn(ctx); err != nil {
		return err
	}
	defer func() { <-c.turn }()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	c.setPrefix(ps)
	line := oneLine(text)
	if c.fallback.Load() == nil {
		err := c.letType(ctx, asDrawn(line), perChar)
		if err != nil {
			return err
		}
	}
	if p := c.fallback.Load(); p != nil { // already, or while it typed
		return p.Type(ctx, c.prefix, text, perChar)
	}
	if ctx.Value(noHistory{}) == nil {
		c.history.remember(line)
	}
	c.giveHistory()
	return nil
}

// takeTurn waits until nobody else reads. Who has it receives from turn.
func (c *tty) takeTurn(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-c.closed:
		return ErrClosed
	}
}

// letType returns when the line stands there. If go-prompt has failed, fallBack
// was called and the error is nil.
func (c *tty) letType(ctx context.Context, line string, perChar time.Duration) error {
	t := newTypist(ctx, line, perChar)
	if c.edited {
		t.first = emptyLine
	}
	c.screen.overBare()
	c.silence = &silence{}
	c.par.seat(t)
	var err error
	for again := true; again && c.fallback.Load() == nil; {
		c.screen.show(c.par.ready)
		_, again, err = c.edit()
	}
	broken := c.par.unseat(c.silence.kept)
	c.silence, c.edited = nil, false
	switch {
	case broken:
		c.ctrlC.cancelAll()
		return ErrInterrupted
	case errors.Is(err, ErrInterrupted):
		return context.Cause(ctx)
	}
	return err
}

func (c *tty) Clear() { _, _ = c.screen.Write([]byte(clearScreen)) }
