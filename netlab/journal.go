package netlab

import (
	"context"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// ringSize is how many events each ring of a journal remembers. Small, because
// cold memory costs more than anything else here.
const ringSize = 4096

// A Journal remembers the events of a lab. The learner's (and the lesson's)
// events stand in one ring, those of servers in another, under one sequence,
// so that a server gone wild cannot wipe out what the learner did. It is safe
// for concurrent use; events are never changed once appended.
type Journal struct {
	seq   atomic.Uint64
	typed ring
	serve ring
	arena arena

	waiters atomic.Int32
	mu      sync.Mutex
	changed chan struct{}
	ended   bool
}

type ring struct {
	next    atomic.Uint64
	records []record
}

// A Mark is a place in a journal. The zero Mark is its beginning.
type Mark struct{ typed, serve uint64 }

func (j *Journal) init() {
	j.typed.records = make([]record, ringSize)
	j.serve.records = make([]record, ringSize)
	j.arena.left = arenaBudget
}

func (j *Journal) append(by Actor, sock, fd int, c *call, start, end time.Duration) {
	r := &j.typed
	if by == Server {
		r = &j.serve
	}
	pos := r.next.Add(1)
	rec := &r.records[pos%ringSize]
	rec.mu.Lock()
	if rec.pos < pos {
		rec.pos, rec.seq = pos, j.seq.Add(1)
		rec.fill(by, sock, fd, c, start, end, &j.arena)
	}
	rec.mu.Unlock()
	if j.waiters.Load() != 0 {
		j.wake()
	}
}

func (j *Journal) wake() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed != nil && !j.ended {
		close(j.changed)
		j.changed = nil
		j.waiters.Store(0)
	}
}

func (j *Journal) close() {
	j.wake()
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ended = true
}

// Changed is closed when the next event is appended. Take it before you ask,
// so that nothing happens unseen between the question and the wait.
func (j *Journal) Changed() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	j.waiters.Store(1)
	return j.changed
}

// Mark is the place after the last event.
func (j *Journal) Mark() Mark {
	return Mark{j.typed.next.Load(), j.serve.next.Load()}
}

// After is how many events there were between an earlier mark and this one.
func (m Mark) After(earlier Mark) int {
	return int(m.typed-earlier.typed) + int(m.serve-earlier.serve)
}

// Since returns the events after the mark in the order of their sequence, and
// the mark after them. lost is how many were forgotten because the ring went
// round: they are gone, which does not mean that nothing happened.
func (j *Journal) Since(m Mark) (events []Event, next Mark, lost int) {
	next = j.Mark()
	typed, lostTyped := j.read(&j.typed, m.typed, next.typed)
	serve, lostServe := j.read(&j.serve, m.serve, next.serve)
	events = append(typed, serve...)
	sort.Slice(events, func(a, b int) bool { return events[a].Seq < events[b].Seq })
	return events, next, lostTyped + lostServe
}

// Forgotten is how many events after the mark are gone because the rings went
// round: those of the learner and the lesson, and those of servers.
func (j *Journal) Forgotten(m Mark) (typed, served int) {
	next := j.Mark()
	return gone(m.typed, next.typed), gone(m.serve, next.serve)
}

// gone is how many of the events between two places of a ring it has forgotten.
func gone(from, to uint64) int {
	if from > to || to-from <= ringSize {
		return 0
	}
	return int(to - from - ringSize)
}

// Typed is Since for the events of the learner and the lesson alone.
func (j *Journal) Typed(m Mark) (events []Event, lost int) {
	return j.read(&j.typed, m.typed, j.typed.next.Load())
}

func (j *Journal) read(r *ring, from, to uint64) (events []Event, lost int) {
	if from > to { // a mark of another journal
		return nil, 0
	}
	lost = gone(from, to)
	from += uint64(lost)
	events = make([]Event, 0, to-from)
	for pos := from + 1; pos <= to; pos++ {
		rec := &r.records[pos%ringSize]
		rec.mu.Lock()
		for rec.pos < pos { // its writer has the place and is about to fill it
			rec.mu.Unlock()
			runtime.Gosched()
			rec.mu.Lock()
		}
		if rec.pos == pos {
			events = append(events, rec.event(&j.arena))
		} else {
			lost++
		}
		rec.mu.Unlock()
	}
	return events, lost
}

// Wait returns nil as soon as cond holds. It asks at once, after every event,
// and now and then besides, because states of the kernel raise no event. When
// ctx ends first it returns the context's cause.
func (j *Journal) Wait(ctx context.Context, cond func() bool) error {
	pause := 10 * time.Millisecond
	for {
		changed := j.Changed()
		if cond() {
			return nil
		}
		timer := time.NewTimer(pause)
		select {
		case <-changed:
		case <-timer.C:
			pause = min(2*pause, 100*time.Millisecond)
		case <-ctx.Done():
			timer.Stop()
			if cond() {
				return nil
			}
			return context.Cause(ctx)
		}
		timer.Stop()
	}
}

// Subscribe calls f with the events after the mark, in batches as they come,
// until ctx ends. lost counts events that were forgotten before f could be
// given them.
func (j *Journal) Subscribe(ctx context.Context, m Mark, f func(events []Event, lost int)) {
	for {
		changed := j.Changed()
		var events []Event
		var lost int
		if events, m, lost = j.Since(m); len(events) > 0 || lost > 0 {
			f(events, lost)
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}
