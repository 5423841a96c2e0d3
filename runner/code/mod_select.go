package code

import (
	"time"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// selectLimit is FD_SETSIZE: select(2) knows no descriptor with a higher
// number, however few it is given.
const selectLimit = 1024

// SelectModule is the module select, over the sockets of the lab.
func (n *Net) SelectModule() *Module {
	return &Module{Name: "select", Help: words.F("which sockets are ready: many connections in one thread"), values: starlark.StringDict{
		"POLLIN": starlark.MakeInt(unix.POLLIN), "POLLOUT": starlark.MakeInt(unix.POLLOUT), "POLLPRI": starlark.MakeInt(unix.POLLPRI),
		"POLLERR": starlark.MakeInt(unix.POLLERR), "POLLHUP": starlark.MakeInt(unix.POLLHUP), "POLLNVAL": starlark.MakeInt(unix.POLLNVAL),
	}, funcs: []method{
		{"select", "select(rlist, wlist, xlist, timeout=None)", words.F("waits until one of the sockets can be read or written: three lists of those that can"), n.selectReady},
		{"poll", "poll()", words.F("an object that watches sockets: register, then poll"), n.newPoller},
	}}
}

// pollable is the socket that a value of the language stands for, as select
// and register take it: a socket, or its number.
func (n *Net) pollable(v starlark.Value) (*netlab.Socket, error) {
	switch v := v.(type) {
	case *Sock:
		return v.s, nil
	case *Server:
		return v.s.Socket(), nil
	case starlark.Int:
		fd, err := asInt(v)
		if err != nil {
			return nil, err
		}
		if fd < 0 {
			return nil, valueError("file descriptor cannot be a negative integer (%d)", fd)
		}
		if s := n.Lab.FindFD(fd); s != nil {
			return s, nil
		}
		return nil, raiseText("OSError", "EBADF 9", words.F("%d is no descriptor of a socket of this lab", fd))
	}
	return nil, typeError("argument must be an int, or have a fileno() method.")
}

func (n *Net) selectReady(c *call) (starlark.Value, error) {
	var lists [3]starlark.Value
	var timeout starlark.Value = starlark.None
	if err := c.unpack("*rlist", &lists[0], "*wlist", &lists[1], "*xlist", &lists[2], "*timeout?", &timeout); err != nil {
		return nil, err
	}
	limit, err := pollLimit(timeout, time.Second)
	if err != nil {
		return nil, err
	}
	var watched []watch
	for i, bits := range []int16{unix.POLLIN, unix.POLLOUT, unix.POLLPRI} {
		more, err := n.watches(lists[i], i, bits)
		if err != nil {
			return nil, err
		}
		watched = append(watched, more...)
	}
	polls := make([]netlab.Poll, len(watched))
	for i, w := range watched {
		polls[i] = netlab.Poll{Sock: w.s, Want: w.bits}
	}
	if _, err := n.Lab.Poll(c.ctx(), polls, limit, netlab.Learner); err != nil {
		return nil, n.failed(c, err)
	}
	// What has failed or was hung up can be read: the call does not wait.
	answers := [3]int16{unix.POLLIN | unix.POLLHUP | unix.POLLERR, unix.POLLOUT | unix.POLLERR, unix.POLLPRI}
	var ready [3][]starlark.Value
	for i, p := range polls {
		if list := watched[i].list; p.Got&answers[list] != 0 {
			ready[list] = append(ready[list], watched[i].v)
		}
	}
	return starlark.Tuple{starlark.NewList(ready[0]), starlark.NewList(ready[1]), starlark.NewList(ready[2])}, nil
}

// watch is one entry of select's lists.
type watch struct {
	v    starlark.Value
	s    *netlab.Socket
	list int
	bits int16
}

func (n *Net) watches(list starlark.Value, which int, bits int16) ([]watch, error) {
	values, ok := list.(starlark.Iterable)
	if !ok {
		return nil, typeError("arguments 1-3 must be sequences")
	}
	var all []watch
	it := values.Iterate()
	defer it.Done()
	var v starlark.Value
	for it.Next(&v) {
		s, err := n.pollable(v)
		if err != nil {
			return nil, err
		}
		switch fd := s.Fileno(); {
		case fd < 0:
			return nil, valueError("file descriptor cannot be a negative integer (-1)")
		case fd >= selectLimit:
			return nil, valueError("filedescriptor out of range in select()").hint(
				words.F("select knows numbers below %d alone; select.poll() has no such limit", selectLimit))
		}
		all = append(all, watch{v, s, which, bits})
	}
	return all, nil
}

// pollLimit reads a time: None and, for poll, negative numbers are for ever.
func pollLimit(v starlark.Value, unit time.Duration) (time.Duration, error) {
	if v == starlark.None {
		return -1, nil
	}
	f, err := asFloat(v)
	if err != nil {
		return 0, typeError("timeout must be a float or None")
	}
	switch {
	case f < 0 && unit == time.Second:
		return 0, valueError("timeout must be non-negative")
	case f < 0:
		return -1, nil
	case f*unit.Seconds() > 1e6:
		return -1, nil
	}
	return time.Duration(f * float64(unit)), nil
}
