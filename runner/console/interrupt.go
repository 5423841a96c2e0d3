package console

import (
	"context"
	"sync"
)

// interrupts are the contexts that Ctrl-C ends. The zero value is ready.
type interrupts struct {
	mu     sync.Mutex
	cancel map[int]context.CancelCauseFunc
	next   int
}

// with returns a context that cancelAll ends.
func (i *interrupts) with(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.cancel == nil {
		i.cancel = map[int]context.CancelCauseFunc{}
	}
	id := i.next
	i.next++
	i.cancel[id] = cancel
	return ctx, func() {
		i.mu.Lock()
		delete(i.cancel, id)
		i.mu.Unlock()
		cancel(context.Canceled)
	}
}

// cancelAll ends all contexts with the cause ErrInterrupted and tells whether
// there were any.
func (i *interrupts) cancelAll() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, cancel := range i.cancel {
		cancel(ErrInterrupted)
	}
	return len(i.cancel) > 0
}
