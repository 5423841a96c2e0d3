package check

import (
	"errors"
	"fmt"
	"syscall"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// called: the call was made and the kernel did it.
func (t *Task) called(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var op string
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"op", &op}, a.all()...)...); err != nil {
		return nil, err
	}
	f, err := a.filter(op)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	return t.count(f, func(e *netlab.Event) bool { return e.Succeeded() && f.answers(e) }), nil
}

// failed: the call was made and the kernel refused, with this errno.
func (t *Task) failed(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var op, why string
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"op", &op, "errno?", &why}, a.numbers()...)...); err != nil {
		return nil, err
	}
	f, err := a.filter(op)
	if err == nil {
		why, err = failureNamed(why)
	}
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	return t.count(f, func(e *netlab.Event) bool {
		return !e.Succeeded() && f.answers(e) && (why == "" || e.Failure() == why)
	}), nil
}

// eof: a read found the end of the stream. Numbers above what the journal
// remembers come from the counters of the sockets.
func (t *Task) eof(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, a.counted()...); err != nil {
		return nil, err
	}
	f, err := a.filter("recv")
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	found := t.count(f, (*netlab.Event).EOF)
	if found.held || t.view.lostOf(f) == 0 {
		return found, nil
	}
	match, _ := t.matcher(&a)
	var sum uint64
	for _, s := range t.view.sockets {
		switch {
		case !match(s):
		case a.same:
			sum = max(sum, s.Counts.Empty)
		default:
			sum += s.Counts.Empty
		}
	}
	if sum >= uint64(a.times) {
		return &fact{held: true, at: t.view.at, late: true}, nil
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
	case t.view == nil && (ok || isList(first)) && (ok2 || isList(second)):
		return &fact{}, nil
	case !ok || !ok2:
		return nil, errors.New("before: two facts, please, such as called(\"bind\")")
	case !x.held:
		return x, nil
	case !y.held:
		return y, nil
	case x.at <= max(y.at, y.last):
		return &fact{held: true, at: max(y.at, y.last), late: y.late}, nil
	}
	out := &fact{seen: words.F("both happened, but the other way round"), try: words.F("`reset` gives you a fresh lab to try the other order")}
	if x.late {
		out.seen = words.F("both happened, but the first was not noticed before the second")
	}
	return out, nil
}

// count looks for events that f is about and that answer; what it was about
// without an answer is what was seen instead.
func (t *Task) count(f filter, answer func(*netlab.Event) bool) *fact {
	var last *netlab.Event
	found := &fact{}
	times := f.counts()
	for i := range t.view.events {
		e := &t.view.events[i]
		if !f.about(t.view, e) {
			continue
		}
		if !answer(e) {
			last = e
			continue
		}
		if times.add(e.Sock) >= f.times {
			found.come(e.Cause())
		}
	}
	n := times.most
	if found.held {
		return found
	}
	if last == nil && n == 0 && t.view.lostOf(f) > 0 {
		return &fact{seen: t.instead(f, n, last), try: anew}
	}
	if at := t.elsewhere(f); last == nil && n == 0 && at != 0 {
		return &fact{seen: words.F("%s with port %d, not %d", f.op.String(), at, f.port), try: f.advice()}
	}
	return &fact{seen: t.instead(f, n, last), try: f.advice()}
}

// elsewhere is the port of the learner's last call that f would be about, had it
// not another port; 0 if there is none.
func (t *Task) elsewhere(f filter) int {
	asked := f.port
	if f.port = 0; asked == 0 {
		return 0
	}
	at := 0
	for i := range t.view.events {
		e := &t.view.events[i]
		if e.By != netlab.Learner || !f.about(t.view, e) {
			continue
		}
		s := t.view.sockets[e.Sock]
		switch {
		case e.Addr.Family != 0 && e.Addr.Port != 0:
			at = e.Addr.Port
		case s.Remote.Port != 0:
			at = s.Remote.Port
		default:
			at = s.Local.Port
		}
	}
	return at
}

func (t *Task) instead(f filter, n int, last *netlab.Event) words.Text {
	switch {
	case n > 0:
		return words.F("%d of %d", n, f.times)
	case last == nil && t.view.lostOf(f) > 0:
		return words.F("not among the events that are remembered (%d older ones are gone)", t.view.lostOf(f))
	case last == nil:
		return words.F("no %s yet", f.op.String())
	case last.Succeeded() && last.Op == netlab.OpSetsockopt:
		return words.F("%s set the value %d", last.Op.String(), last.N)
	case last.Succeeded():
		return words.F("%s returned %d", last.Op.String(), last.N)
	}
	return words.F("%s ended with %s", last.Op.String(), last.Failure())
}

// otherNames are symbols that share their number with the one in use here.
var otherNames = map[string]string{"EWOULDBLOCK": "EAGAIN", "ENOTSUP": "EOPNOTSUPP"}

// failureNamed is why as [netlab.Event.Failure] writes it; a name that no failure has is an
// error, because a fact that waits for it would never hold.
func failureNamed(why string) (string, error) {
	if same, ok := otherNames[why]; ok {
		why = same
	}
	if why == "" || why == "timeout" || why == "cancelled" {
		return why, nil
	}
	const most = 200 // errnos end below on every system
	for n := syscall.Errno(1); n < most; n++ {
		if netlab.ErrnoName(n) == why {
			return why, nil
		}
	}
	return why, fmt.Errorf(`no errno %q; a symbol such as "ECONNREFUSED", or "timeout" or "cancelled"`, why)
}
