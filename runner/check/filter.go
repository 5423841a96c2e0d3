package check

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// A filter says which events a fact is about. Every part is optional.
type filter struct {
	op     netlab.Op
	actor  *netlab.Actor
	port   int
	local  int // the port at the socket's own end; 0: any
	on     string
	family int // 0: any
	result int // -1: any
	size   int // -1: any
	option string
	value  int // -1: any
	times  int
	same   bool // times are counted for each socket alone
}

// filterArgs are the keyword arguments that a filter takes.
type filterArgs struct {
	by, on, option, family    string
	port, result, size, value int
	local, times              int
	same                      bool
}

func newFilterArgs() filterArgs { return filterArgs{result: -1, size: -1, value: -1, times: 1} }

// The arguments of the words, for starlark.UnpackArgs. A word takes those that
// it looks at and no others.

func (a *filterArgs) whose() []any {
	return []any{"by?", &a.by, "port?", &a.port, "local?", &a.local, "on?", &a.on, "family?", &a.family}
}

func (a *filterArgs) counted() []any { return append(a.whose(), "times?", &a.times, "same?", &a.same) }

func (a *filterArgs) numbers() []any {
	return append(a.counted(), "size?", &a.size, "option?", &a.option, "value?", &a.value)
}

func (a *filterArgs) all() []any { return append(a.numbers(), "result?", &a.result) }

// pythonCalls are the calls that Python names differently from the man page.
var pythonCalls = map[string]string{"sendall": "send", "connect_ex": "connect"}

func (a *filterArgs) filter(op string) (filter, error) {
	f := filter{port: a.port, local: a.local, on: a.on, same: a.same, result: a.result, size: a.size, option: a.option, value: a.value, times: a.times}
	if same, ok := pythonCalls[op]; ok {
		op = same
	}
	var ok bool
	if f.op, ok = netlab.ParseOp(op); !ok {
		return f, fmt.Errorf("no call %q; there are: %s", op, strings.Join(netlab.OpNames(), ", "))
	}
	actor, err := a.actor()
	f.actor = actor
	f.family = families[a.family]
	if err == nil && f.option != "" {
		if _, ok := optionNames[f.option]; !ok {
			err = fmt.Errorf("no option %q", f.option)
		} else if f.op != netlab.OpSetsockopt && f.op != netlab.OpGetsockopt {
			err = fmt.Errorf("%s has no option=: setsockopt and getsockopt have", op)
		}
	}
	return f, err
}

// actor checks the arguments that every word has, and finds who is meant.
func (a *filterArgs) actor() (*netlab.Actor, error) {
	switch {
	case a.times < 1:
		return nil, fmt.Errorf("times=%d: once at least; write `not` for never", a.times)
	case a.port < 0 || a.port > 65535:
		return nil, fmt.Errorf("port=%d: 1 to 65535", a.port)
	case a.local < 0 || a.local > 65535:
		return nil, fmt.Errorf("local=%d: 1 to 65535", a.local)
	case a.same && a.times == 1:
		return nil, errors.New("same=True counts the times of each socket alone: write times=2 or more with it")
	case a.family != "" && families[a.family] == 0:
		return nil, fmt.Errorf(`family=%q: "AF_INET", "AF_INET6" or "AF_UNIX"`, a.family)
	case a.by == "":
		return nil, nil
	}
	actor, ok := netlab.ParseActor(a.by)
	if !ok {
		return nil, fmt.Errorf(`by=%q: "learner", "lesson" or "server"`, a.by)
	}
	return &actor, nil
}

var families = map[string]int{"AF_INET": unix.AF_INET, "AF_INET6": unix.AF_INET6, "AF_UNIX": unix.AF_UNIX}

type option struct{ level, name int }

// optionNames are the socket options that lessons speak of.
var optionNames = map[string]option{
	"SO_REUSEADDR":     {unix.SOL_SOCKET, unix.SO_REUSEADDR},
	"SO_REUSEPORT":     {unix.SOL_SOCKET, unix.SO_REUSEPORT},
	"SO_KEEPALIVE":     {unix.SOL_SOCKET, unix.SO_KEEPALIVE},
	"SO_LINGER":        {unix.SOL_SOCKET, unix.SO_LINGER},
	"SO_RCVBUF":        {unix.SOL_SOCKET, unix.SO_RCVBUF},
	"SO_SNDBUF":        {unix.SOL_SOCKET, unix.SO_SNDBUF},
	"SO_BROADCAST":     {unix.SOL_SOCKET, unix.SO_BROADCAST},
	"SO_ERROR":         {unix.SOL_SOCKET, unix.SO_ERROR},
	"SO_PEERCRED":      {unix.SOL_SOCKET, netlab.PeerCred},
	"SO_TYPE":          {unix.SOL_SOCKET, unix.SO_TYPE},
	"TCP_NODELAY":      {unix.IPPROTO_TCP, unix.TCP_NODELAY},
	"TCP_DEFER_ACCEPT": {unix.IPPROTO_TCP, netlab.DeferAccept},
	"TCP_MAXSEG":       {unix.IPPROTO_TCP, unix.TCP_MAXSEG},
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
	case f.local != 0 && v.sockets[e.Sock].Local.Port != f.local:
		return false
	case f.on != "" && v.sockets[e.Sock].Label != f.on:
		return false
	case f.family != 0 && v.sockets[e.Sock].Family != f.family:
		return false
	case f.option != "" && optionNames[f.option] != option{e.A, e.B}:
		return false
	}
	return true
}

// counts are how often what a fact is about has happened: in all, or with same
// at each socket, of which the most counts.
type counts struct {
	same bool
	at   map[int]int
	most int
}

func (f *filter) counts() counts { return counts{same: f.same, at: map[int]int{}} }

// add counts one more at the socket and returns how often that makes.
func (c *counts) add(sock int) int {
	if !c.same {
		sock = 0
	}
	c.at[sock]++
	c.most = max(c.most, c.at[sock])
	return c.at[sock]
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
	return (f.result < 0 || result(e) == f.result) && (f.size < 0 || e.A == f.size) && (f.value < 0 || e.N == f.value)
}

// result is what the call returned: of setsockopt N is the value that was set.
func result(e *netlab.Event) int {
	if e.Op == netlab.OpSetsockopt {
		return 0
	}
	return e.N
}
