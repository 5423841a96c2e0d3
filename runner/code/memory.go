package code

import (
	"context"
	"runtime"
	"runtime/metrics"
	"time"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// memoryLimits are how much of the whole program's memory may be in use while
// a source runs, in bytes.
type memoryLimits struct {
	live uint64 // a list has room in it for tens of millions of elements
	heap uint64 // one source may add so much, with what has not been collected yet
}

// memoryWatch is how often that is looked at: doubling a list of a gigabyte
// takes longer.
const memoryWatch = 20 * time.Millisecond

// supervise ends a thread when ctx ends and when its values grow without
// bounds: Go has no error for a lack of memory, only the end of the program.
// The function that it returns ends the supervision.
func (in *Interp) supervise(ctx context.Context, thread *starlark.Thread) (stop func()) {
	stopCancel := context.AfterFunc(ctx, func() { thread.Cancel(cancelled) })
	over := make(chan struct{})
	go func() {
		tick := time.NewTicker(memoryWatch)
		defer tick.Stop()
		var before uint64 // 0: not looked yet
		for {
			select {
			case <-over:
				return
			case <-tick.C:
				live, heap := memoryInUse()
				if before == 0 {
					before = heap
				}
				if in.memory.exceeded(live, heap-min(before, heap)) {
					thread.Cancel(grown)
					return
				}
			}
		}
	}()
	return func() {
		close(over)
		stopCancel()
	}
}

// exceeded counts again before it says so: what was in use at the last
// collection may have been let go of.
func (m memoryLimits) exceeded(live, added uint64) bool {
	if added > m.heap {
		return true
	}
	if live <= m.live {
		return false
	}
	runtime.GC()
	live, _ = memoryInUse()
	return live > m.live
}

// memoryInUse is what the last collection found in use, and what is on the
// heap now, in bytes.
func memoryInUse() (live, heap uint64) {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64(), s[1].Value.Uint64()
}

// err is what the learner reads then.
func (m memoryLimits) err() *Error {
	e := raiseText("MemoryError", "", words.F("the values here take more than %d MiB", m.live>>20))
	e.Hint = words.F("`del NAME` lets go of a value")
	return e
}
