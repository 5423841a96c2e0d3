package check

import (
	"strconv"
	"strings"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// called: the call was made and the kernel did it.
func (t *Task) called(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var op string
	a := newFilterArgs()
	if err := unpack(b, args, kwargs, []any{"op", &op}, &a); err != nil {
		return nil, err
	}
	f, err := a.filter(op)
	if err != nil || t.view == nil {
		return starlark.None, err
	}
	return t.count(f, func(e *netlab.Event) bool { return e.Succeeded() && f.answers(e) }), nil
}

// failed: the call was made and the kernel refused, with this errno.
func (t *Task) failed(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var op, why string
	a := newFilterArgs()
	if err := unpack(b, args, kwargs, []any{"op", &op, "errno?", &why}, &a); err != nil {
		return nil, err
	}
	f, err := a.filter(op)
	if err != nil || t.view == nil {
		return starlark.None, err
	}
	return t.count(f, func(e *netlab.Event) bool { return !e.Succeeded() && (why == "" || failure(e) == why) }), nil
}

// eof: a read found the end of the stream. Numbers above what the journal
// remembers come from the counters of the sockets.
func (t *Task) eof(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	a := newFilterArgs()
	if err := unpack(b, args, kwargs, nil, &a); err != nil {
		return nil, err
	}
	f, err := a.filter("recv")
	if err != nil || t.view == nil {
		return starlark.None, err
	}
	found := t.count(f, func(e *netlab.Event) bool { return e.EOF() })
	if found.held || a.times < 100 {
		return found, nil
	}
	var sum uint64
	for _, s := range t.view.sockets {
		if (f.actor == nil || s.By == *f.actor) && (f.port == 0 || hasPort(s, f.port)) {
			sum += s.Counts.Empty
		}
	}
	if sum >= uint64(a.times) {
		return &fact{held: true}, nil
	}
	found.seen = words.F("%d so far", sum)
	return found, nil
}

// before: the first fact held before the second did.
func (t *Task) before(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var first, second starlark.Value
	if err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 2, &first, &second); err != nil {
		return nil, err
	}
	x, ok := first.(*fact)
	y, ok2 := second.(*fact)
	switch {
	case !ok || !ok2:
		return &fact{}, nil
	case !x.held:
		return x, nil
	case !y.held:
		return y, nil
	case x.at <= y.at:
		return &fact{held: true, at: y.at}, nil
	}
	return &fact{seen: words.F("both happened, but the other way round"), try: words.F("`reset` gives you a fresh lab to try the other order")}, nil
}

// count looks for events that f is about and that answer; what it was about
// without an answer is what was seen instead.
func (t *Task) count(f filter, answer func(*netlab.Event) bool) *fact {
	found, last := &fact{}, (*netlab.Event)(nil)
	n := 0
	for i := range t.view.events {
		e := &t.view.events[i]
		if !f.about(t.view, e) {
			continue
		}
		if !answer(e) {
			last = e
			continue
		}
		if n++; n == 1 {
			found.at = e.Cause()
		}
		if n >= f.times {
			found.held = true
			return found
		}
	}
	found.seen, found.try = t.instead(f, n, last), advice[f.op]
	return found
}

func (t *Task) instead(f filter, n int, last *netlab.Event) words.Text {
	switch {
	case n > 0:
		return words.F("%d of %d", n, f.times)
	case last == nil && t.view.lost > 0:
		return words.F("not among the events that are remembered (%d older ones are gone)", t.view.lost)
	case last == nil:
		return words.F("no %s yet", f.op.String())
	case last.Succeeded():
		return words.F("%s returned %d", last.Op.String(), last.N)
	}
	return words.F("%s ended with %s", last.Op.String(), failure(last))
}

// failure names how a call failed: the errno's symbol, or a word.
func failure(e *netlab.Event) string {
	switch e.Outcome {
	case netlab.TimedOut:
		return "timeout"
	case netlab.Cancelled:
		return "cancelled"
	case netlab.ClosedUnder:
		return "EBADF"
	case netlab.OK:
		return "success"
	}
	if name := unix.ErrnoName(e.Errno); name != "" {
		return name
	}
	return strings.TrimSpace("errno " + strconv.Itoa(int(e.Errno)))
}
