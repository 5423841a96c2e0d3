package check

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// A filter says which events a fact is about. Every part is optional.
type filter struct {
	op     netlab.Op
	actor  *netlab.Actor
	port   int
	on     string
	result int // -1: any
	size   int // -1: any
	option string
	value  int // -1: any
	times  int
	seq    bool
}

// filterArgs are the keyword arguments that a filter takes.
type filterArgs struct {
	by, on, option            string
	port, result, size, value int
	times                     int
}

func newFilterArgs() filterArgs { return filterArgs{result: -1, size: -1, value: -1, times: 1} }

// pairs lists the arguments for starlark.UnpackArgs.
func (a *filterArgs) pairs() []any {
	return []any{
		"by?", &a.by, "port?", &a.port, "on?", &a.on, "result?", &a.result,
		"size?", &a.size, "option?", &a.option, "value?", &a.value, "times?", &a.times,
	}
}

// pythonCalls are the calls that Python names differently from the man page.
var pythonCalls = map[string]string{"sendall": "send", "connect_ex": "connect"}

func (a *filterArgs) filter(op string) (filter, error) {
	f := filter{port: a.port, on: a.on, result: a.result, size: a.size, option: a.option, value: a.value, times: a.times}
	if same, ok := pythonCalls[op]; ok {
		op = same
	}
	var ok bool
	if f.op, ok = netlab.ParseOp(op); !ok {
		return f, fmt.Errorf("no call %q; there are: %s", op, strings.Join(netlab.OpNames(), ", "))
	}
	actor, err := a.actor()
	f.actor = actor
	if err == nil && f.option != "" {
		if _, ok := optionNames[f.option]; !ok {
			err = fmt.Errorf("no option %q", f.option)
		}
	}
	return f, err
}

func (a *filterArgs) actor() (*netlab.Actor, error) {
	if a.by == "" {
		return nil, nil
	}
	actor, ok := netlab.ParseActor(a.by)
	if !ok {
		return nil, fmt.Errorf(`by=%q: "learner", "lesson" or "server"`, a.by)
	}
	return &actor, nil
}

type option struct{ level, name int }

// optionNames are the socket options that lessons speak of.
var optionNames = map[string]option{
	"SO_REUSEADDR": {unix.SOL_SOCKET, unix.SO_REUSEADDR},
	"SO_REUSEPORT": {unix.SOL_SOCKET, unix.SO_REUSEPORT},
	"SO_KEEPALIVE": {unix.SOL_SOCKET, unix.SO_KEEPALIVE},
	"SO_LINGER":    {unix.SOL_SOCKET, unix.SO_LINGER},
	"SO_RCVBUF":    {unix.SOL_SOCKET, unix.SO_RCVBUF},
	"SO_SNDBUF":    {unix.SOL_SOCKET, unix.SO_SNDBUF},
	"SO_BROADCAST": {unix.SOL_SOCKET, unix.SO_BROADCAST},
	"TCP_NODELAY":  {unix.IPPROTO_TCP, unix.TCP_NODELAY},
}

// about reports whether the event is one that the fact is about, whatever its
// outcome was.
func (f *filter) about(v *view, e *netlab.Event) bool {
	switch {
	case e.Op != f.op && !f.relative(e.Op):
		return false
	case f.actor != nil && e.By != *f.actor:
		return false
	case f.port != 0 && !v.touchesPort(e, f.port):
		return false
	case f.on != "" && v.sockets[e.Sock].Label != f.on:
		return false
	case f.option != "" && optionNames[f.option] != option{e.A, e.B}:
		return false
	}
	return true
}

// relative calls do the same work: send on a connected datagram socket is as
// good as sendto, and a recvfrom is a recv that also asks for the address.
func (f *filter) relative(op netlab.Op) bool {
	switch f.op {
	case netlab.OpSend:
		return op == netlab.OpSendto
	case netlab.OpRecv:
		return op == netlab.OpRecvfrom
	}
	return false
}

// answers reports whether the numbers of the event are those asked for.
func (f *filter) answers(e *netlab.Event) bool {
	return (f.result < 0 || e.N == f.result) && (f.size < 0 || e.A == f.size) && (f.value < 0 || e.N == f.value)
}

// unpack reads the arguments of a word: its own first, then those of a filter.
func unpack(b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple, own []any, a *filterArgs) error {
	return starlark.UnpackArgs(b.Name(), args, kwargs, append(own, a.pairs()...)...)
}
