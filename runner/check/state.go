package check

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// kernel: the kernel had a socket of the lab in this state.
func (t *Task) kernel(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var name string
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"state", &name, "times?", &a.times}, a.whose()...)...); err != nil {
		return nil, err
	}
	state, ok := kernel.ParseState(name)
	if !ok {
		return nil, fmt.Errorf("no state %q; there are: %s", name, strings.Join(kernel.StateNames(), ", "))
	}
	match, err := t.matcher(&a)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	var others []string
	n := 0
	for _, id := range t.view.order {
		s := t.view.sockets[id]
		if !match(s) || s.Type != unix.SOCK_STREAM || s.Family == unix.AF_UNIX {
			continue
		}
		now := t.view.states(s)
		// Several at a time is a question of one moment.
		if now.Has(state) || !t.view.now && a.times == 1 && s.Seen.Has(state) {
			n++
			continue
		}
		others = append(others, now.Names()...)
	}
	f := &fact{held: n >= a.times, seen: words.F("no socket that counts here is in %s", name)}
	if len(others) > 0 {
		f.seen = words.F("the states now: %s", strings.Join(others, ", "))
	}
	t.view.needs(f, state == kernel.TimeWait || state == kernel.SynRecv)
	return t.once("kernel", args, kwargs, f), nil
}

// queued: a listener had connections waiting to be accepted.
func (t *Task) queued(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	n := 1
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"n?", &n}, a.whose()...)...); err != nil {
		return nil, err
	}
	match, err := t.matcher(&a)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	most := 0
	for _, s := range t.view.sockets {
		if match(s) && s.Backlog >= 0 {
			most = max(most, s.Queued)
		}
	}
	f := &fact{held: most >= n, seen: words.F("the accept queue holds %d", most), try: advice[netlab.OpConnect]}
	t.view.needs(f, false)
	return t.once("queued", args, kwargs, f), nil
}

// segments: the kernel counted so many segments for a connected socket.
func (t *Task) segments(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	out, in := -1, -1
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"out?", &out, "into?", &in}, a.whose()...)...); err != nil {
		return nil, err
	}
	match, err := t.matcher(&a)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	f := &fact{seen: words.F("no connected socket yet"), try: advice[netlab.OpConnect]}
	for _, id := range t.view.order {
		s := t.view.sockets[id]
		sock := t.view.lab.Find(id)
		if s.Closed || s.Backlog >= 0 || !match(s) || sock == nil || a.by == netlab.Learner.String() && t.view.shown[id] {
			continue
		}
		info, err := sock.TCPInfo()
		if err != nil || info.SegsOut == 0 {
			continue
		}
		f.held = f.held || (out < 0 || info.SegsOut == out) && (in < 0 || info.SegsIn == in)
		f.seen = words.F("%d segments out, %d in", info.SegsOut, info.SegsIn)
	}
	t.view.needs(f, false)
	return t.once("segments", args, kwargs, f), nil
}

// waiting: a call was waiting, without an answer yet.
func (t *Task) waiting(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var op string
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"op", &op}, a.whose()...)...); err != nil {
		return nil, err
	}
	want, err := a.filter(op)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	match, err := t.matcher(&a)
	if err != nil {
		return nil, err
	}
	f := &fact{seen: words.F("no %s is waiting", op), try: want.advice()}
	for _, s := range t.view.sockets {
		f.held = f.held || match(s) && (s.Waiting == want.op || want.relative(s.Waiting))
	}
	return t.once("waiting", args, kwargs, f), nil
}

// matcher selects sockets by who made them, port and label.
func (t *Task) matcher(a *filterArgs) (func(netlab.SocketInfo) bool, error) {
	actor, err := a.actor()
	if err != nil {
		return nil, err
	}
	return func(s netlab.SocketInfo) bool {
		typed := actor != nil && *actor != netlab.Server && s.By != netlab.Server
		return (actor == nil || s.By == *actor || typed) &&
			(a.port == 0 || hasPort(s, a.port)) && (a.local == 0 || s.Local.Port == a.local) && (a.on == "" || s.Label == a.on) &&
			(a.family == "" || s.Family == families[a.family])
	}, nil
}

// once remembers a fact about a state that has held: states pass. The moment
// is that of the question, so it may be late.
func (t *Task) once(word string, args starlark.Tuple, kwargs []starlark.Tuple, f *fact) *fact {
	key := word + args.String() + fmt.Sprint(kwargs)
	if at, ok := t.held[key]; ok {
		return &fact{held: true, at: at, late: true}
	}
	if f.held {
		t.held[key] = t.view.at
		f.at, f.late = t.view.at, true
	}
	return f
}
