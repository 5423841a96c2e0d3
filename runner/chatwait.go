package runner

import (
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// doubtTime is how long a friend who was never heard of may stay silent before
// it is said what that does and does not mean.
const doubtTime = time.Second

// doubt says once, if no message has come from the address by then, that
// nobody knows whether one has arrived. No error can tell: the kernel reports
// ICMP's refusals to connected UDP sockets alone (udp(7), IP_RECVERR aside).
func (r *chatRoom) doubt(to netlab.Addr) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.doubts[to]; known || r.ended {
		return
	}
	r.doubts[to] = time.AfterFunc(doubtTime, func() { r.sayDoubt(to) })
}

func (r *chatRoom) sayDoubt(to netlab.Addr) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended || r.doubts[to] == nil || r.in.Heard(to) > 0 {
		return
	}
	r.doubts[to] = nil // said, or not needed
	name := r.Directory.NameOf(to)
	if name == "" {
		name = to.String()
	}
	r.View.Note(words.F("No answer from %s so far. UDP does not tell whether anybody at %s has got anything.", name, to.String()))
}

// lingerTime is how long answers are waited for after the end of an input that
// nobody types.
const lingerTime = time.Second

// lingerQuiet is how long nothing must come after that: some answer with
// several messages.
const lingerQuiet = 60 * time.Millisecond

// linger lets those who were written to answer before the chat ends: a pipe is
// at its end before the first answer can be there.
func (r *chatRoom) linger() {
	if r.Console.Interactive() || len(r.asked) == 0 {
		return
	}
	patience := time.NewTimer(lingerTime)
	defer patience.Stop()
	for r.ctx.Err() == nil {
		news := r.in.News()
		quiet := make(<-chan time.Time)
		if r.answered() {
			quiet = time.After(lingerQuiet)
		}
		select {
		case <-news:
		case <-quiet:
			return
		case <-patience.C:
			return
		case <-r.ctx.Done():
		}
	}
}

// answered reports whether everybody who was written to has written since.
func (r *chatRoom) answered() bool {
	for to, heard := range r.asked {
		if r.in.Heard(to) <= heard {
			return false
		}
	}
	return true
}

// end says what is still in doubt where nobody types, and is the last to print.
func (r *chatRoom) end() {
	for to, timer := range r.pending() {
		timer.Stop()
		if !r.Console.Interactive() {
			r.sayDoubt(to)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
}

func (r *chatRoom) pending() map[netlab.Addr]*time.Timer {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := map[netlab.Addr]*time.Timer{}
	for to, timer := range r.doubts {
		if timer != nil {
			list[to] = timer
		}
	}
	return list
}
