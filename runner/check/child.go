package check

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/words"
)

const children = "by=, times=1"

// childWords are the words about processes that the lab has started.
var childWords = []row{
	{"ran", `ran(text="", ` + children + `)`, "a program was started, by execve, whose command line has this text in it", (*Task).ran},
	{"exited", `exited(status=, ` + children + `)`, "wait4 reported that a program has ended, with this status: 0 to 255, or -N for signal N", (*Task).exited},
	{"piped", `piped(data=b"", size=0, ` + children + `)`, "these bytes, and so many at least, were read from one pipe of a program, in one read or more", (*Task).piped},
	{"drained", `drained(` + children + `)`, "so many reads on one pipe of a program gave b'': nobody can write into it any more", (*Task).drained},
	{"child", `child(state, by=)`, `a program was "running", was a "zombie", has "ended" and was waited for, or had a "full" pipe`, (*Task).child},
}

// childArgs are those that the words about events of children take.
type childArgs struct {
	filterArgs
	op netlab.Op
}

func (a *childArgs) unpack(b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple, own ...any) (*netlab.Actor, error) {
	a.times = 1
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append(own, "by?", &a.by, "times?", &a.times)...); err != nil {
		return nil, err
	}
	return a.actor()
}

// each gives f the events of the call by the actor, oldest first.
func (t *Task) each(op netlab.Op, actor *netlab.Actor, f func(*netlab.Event)) {
	for i := range t.view.events {
		if e := &t.view.events[i]; e.Op == op && e.Sock == 0 && (actor == nil || e.By == *actor) {
			f(e)
		}
	}
}

// ran: a program was started.
func (t *Task) ran(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	text := ""
	a := childArgs{op: netlab.OpSpawn}
	actor, err := a.unpack(b, args, kwargs, "text?", &text)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	found, n := &fact{}, 0
	seen := words.F("no program was started yet")
	t.each(a.op, actor, func(e *netlab.Event) {
		switch {
		case !e.Succeeded():
			seen = words.F("%s ended with %s", e.Op.String(), e.Failure())
		case !strings.Contains(string(e.Data), text):
			seen = words.F("the program started was: %s", strconv.Quote(string(e.Data)))
		default:
			if n++; n >= a.times {
				found.come(e.Cause())
			}
		}
	})
	return t.found(found, n, &a, actor, seen), nil
}

// exited: somebody waited for a program and was told how it ended.
func (t *Task) exited(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var status starlark.Value = starlark.None
	a := childArgs{op: netlab.OpWait}
	actor, err := a.unpack(b, args, kwargs, "status?", &status)
	if err != nil {
		return nil, err
	}
	want := 0
	if status != starlark.None {
		if err := starlark.AsInt(status, &want); err != nil {
			return nil, fmt.Errorf("status=%s: 0 to 255, or -N for signal N", status)
		}
	}
	if t.view == nil {
		return &fact{}, nil
	}
	found, n := &fact{}, 0
	seen := words.F("no program was waited for to its end yet")
	t.each(a.op, actor, func(e *netlab.Event) {
		switch {
		case !e.Succeeded() || e.N == 0:
		case status != starlark.None && e.Other != want:
			seen = words.F("the status was %d", e.Other)
		default:
			if n++; n >= a.times {
				found.come(e.Cause())
			}
		}
	})
	return t.found(found, n, &a, actor, seen), nil
}

// A pipeEnd tells the pipes apart: a number comes back, with another child.
type pipeEnd struct{ child, fd int }

// piped: these bytes were read from one pipe, or so many.
func (t *Task) piped(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var data starlark.Value = starlark.Bytes("")
	size := 0
	a := childArgs{op: netlab.OpRead}
	actor, err := a.unpack(b, args, kwargs, "data?", &data, "size?", &size)
	if err != nil {
		return nil, err
	}
	want, err := rawBytes(data)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	streams, sizes := map[pipeEnd][]byte{}, map[pipeEnd]int{}
	found, n := &fact{}, 0
	seen := words.F("nothing was read from a program yet")
	t.each(a.op, actor, func(e *netlab.Event) {
		if e.N == 0 {
			return
		}
		end := pipeEnd{e.Other, e.FD}
		streams[end] = append(streams[end], e.Data...)
		sizes[end] += e.N
		switch {
		case !bytes.Contains(streams[end], want):
			seen = words.F("the bytes were %s", show(streams[end]))
		case sizes[end] < size:
			seen = words.F("%d of %d bytes", sizes[end], size)
		default:
			streams[end], sizes[end] = nil, 0
			if n++; n >= a.times {
				found.come(e.Cause())
			}
		}
		if len(e.Data) < e.N { // the rest was not kept: what follows is no continuation
			streams[end] = nil
		}
	})
	return t.found(found, n, &a, actor, seen), nil
}

// drained: reads found the end of one pipe.
func (t *Task) drained(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	a := childArgs{op: netlab.OpRead}
	actor, err := a.unpack(b, args, kwargs)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	ends := map[pipeEnd]int{}
	found, most := &fact{}, 0
	t.each(a.op, actor, func(e *netlab.Event) {
		if !e.EOF() {
			return
		}
		end := pipeEnd{e.Other, e.FD}
		ends[end]++
		if most = max(most, ends[end]); ends[end] >= a.times {
			found.come(e.Cause())
		}
	})
	f := t.found(found, most, &a, actor, words.F("no read found the end of a pipe yet"))
	if !f.held && most > 0 {
		f.try = words.F("read the same pipe once more")
	}
	return f, nil
}

// found is the fact if it holds; else what was seen, and what to try.
func (t *Task) found(f *fact, n int, a *childArgs, actor *netlab.Actor, seen words.Text) *fact {
	if f.held {
		return f
	}
	f.seen, f.try = seen, childAdvice[a.op]
	switch {
	case n > 0:
		f.seen = words.F("%d of %d", n, a.times)
	case t.view.lost > 0:
		f.seen, f.try = words.F("not among the events that are remembered (%d older ones are gone)", t.view.lost), anew
	}
	if actor != nil && *actor == netlab.Server {
		f.try = words.F("send the server a command: send TEXT")
	}
	return f
}

// childAdvice is what to try for a call that was not made.
var childAdvice = map[netlab.Op]words.Text{
	netlab.OpSpawn: words.F("start one: popen COMMAND, or res = subprocess.Popen(...)"),
	netlab.OpWait:  words.F("wait for it: res.wait()"),
	netlab.OpRead:  words.F("read what it prints: res.stdout.read()"),
}

// childStates are what child may ask for.
var childStates = map[string]func(*netlab.ChildInfo) bool{
	"running": func(c *netlab.ChildInfo) bool { return c.State == process.Running || c.State == process.Stopped },
	"zombie":  func(c *netlab.ChildInfo) bool { return c.State == process.Zombie },
	"ended":   func(c *netlab.ChildInfo) bool { return c.State == process.Ended },
	"full": func(c *netlab.ChildInfo) bool {
		full := false
		for _, p := range c.Pipes {
			full = full || p.Full()
		}
		return full
	},
}

// child: a program of the lab was in this state. States pass, so one that was
// seen counts on.
func (t *Task) child(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	name := ""
	a := filterArgs{times: 1}
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "state", &name, "by?", &a.by); err != nil {
		return nil, err
	}
	is, ok := childStates[name]
	if !ok {
		return nil, fmt.Errorf(`no state %q of a program; there are: running, zombie, ended, full`, name)
	}
	actor, err := a.actor()
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	f := &fact{seen: words.F("no program was started yet"), try: childAdvice[netlab.OpSpawn]}
	for _, c := range t.view.lab.Children() {
		if actor != nil && t.view.startedBy(&c) != *actor {
			continue
		}
		f.held = f.held || is(&c)
		f.seen, f.try = words.F("no program is in the state %s", name), words.F("look: processes")
		if name == "full" && slices.ContainsFunc(c.Pipes, func(p netlab.PipeInfo) bool { return p.FD >= 0 && p.Capacity < 0 }) {
			t.view.unseen = true // no gauges on this system
		}
	}
	return t.once("child", args, kwargs, f), nil
}

// startedBy is whose hand it was that started the program: what the journal
// says, since a lesson types for itself too.
func (v *view) startedBy(c *netlab.ChildInfo) netlab.Actor {
	by := c.By
	for i := range v.events {
		if e := &v.events[i]; e.Op == netlab.OpSpawn && e.Succeeded() && e.N == c.Pid {
			by = e.By
		}
	}
	return by
}
