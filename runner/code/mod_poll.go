package code

import (
	"slices"
	"time"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// poller is what select.poll() makes: the sockets that it watches, by number,
// in the order in which they were registered.
type poller struct {
	net  *Net
	list []netlab.Poll
	fds  []int
}

var _ starlark.HasAttrs = (*poller)(nil)

func (p *poller) String() string        { return "<select.poll object>" }
func (p *poller) Type() string          { return "select.poll" }
func (p *poller) Freeze()               {}
func (p *poller) Truth() starlark.Bool  { return true }
func (p *poller) Hash() (uint32, error) { return 0, errUnhashable }

// Attr is a method.
func (p *poller) Attr(name string) (starlark.Value, error) { return pollerMethods.attr(p, name) }

// AttrNames lists the methods.
func (p *poller) AttrNames() []string { return pollerMethods.names }

var pollerMethods = methods([]method{
	{"register", "register(fd, eventmask)", words.F("watch this socket from now on"), pollRegister},
	{"modify", "modify(fd, eventmask)", words.F("watch it for something else"), pollModify},
	{"unregister", "unregister(fd)", words.F("watch it no more"), pollUnregister},
	{"poll", "poll(timeout=None)", words.F("waits, at most so many milliseconds: a list of (number, events)"), pollPoll},
})

func (n *Net) newPoller(c *call) (starlark.Value, error) {
	return &poller{net: n}, c.unpack()
}

// asked reads the arguments of register and modify.
func (p *poller) asked(c *call) (*netlab.Socket, int16, error) {
	var v starlark.Value
	mask := unix.POLLIN | unix.POLLPRI | unix.POLLOUT
	if err := c.unpack("*fd", &v, "*eventmask?", &mask); err != nil {
		return nil, 0, err
	}
	if mask < 0 || mask > 0x7fff {
		return nil, 0, raise("OverflowError", "", "Python int too large to convert to C unsigned short")
	}
	s, err := p.net.pollable(v)
	if err == nil && s.Fileno() < 0 {
		err = valueError("file descriptor cannot be a negative integer (-1)")
	}
	return s, int16(mask), err
}

func (p *poller) index(fd int) int { return slices.Index(p.fds, fd) }

func pollRegister(c *call) (starlark.Value, error) {
	p := c.self.(*poller)
	s, mask, err := p.asked(c)
	if err != nil {
		return nil, err
	}
	entry := netlab.Poll{Sock: s, Want: mask}
	if i := p.index(s.Fileno()); i >= 0 {
		p.list[i] = entry
		return starlark.None, nil
	}
	p.list, p.fds = append(p.list, entry), append(p.fds, s.Fileno())
	return starlark.None, nil
}

func pollModify(c *call) (starlark.Value, error) {
	p := c.self.(*poller)
	s, mask, err := p.asked(c)
	if err != nil {
		return nil, err
	}
	i := p.index(s.Fileno())
	if i < 0 {
		return nil, raise("FileNotFoundError", "ENOENT 2", "No such file or directory").hint(words.F("it is not registered: register it first"))
	}
	p.list[i].Want = mask
	return starlark.None, nil
}

// pollUnregister takes a socket that is closed by now too: its number is gone,
// but the object is the same.
func pollUnregister(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*fd", &v); err != nil {
		return nil, err
	}
	p := c.self.(*poller)
	i := -1
	if k, ok := v.(*Sock); ok {
		i = slices.IndexFunc(p.list, func(e netlab.Poll) bool { return e.Sock == k.s })
	} else if fd, err := asInt(v); err == nil {
		i = p.index(fd)
	}
	if i < 0 {
		return nil, raise("KeyError", "", "%s", v.String())
	}
	p.list, p.fds = slices.Delete(p.list, i, i+1), slices.Delete(p.fds, i, i+1)
	return starlark.None, nil
}

func pollPoll(c *call) (starlark.Value, error) {
	var timeout starlark.Value = starlark.None
	if err := c.unpack("*timeout?", &timeout); err != nil {
		return nil, err
	}
	limit, err := pollLimit(timeout, time.Millisecond)
	if err != nil {
		return nil, err
	}
	p := c.self.(*poller)
	list := slices.Clone(p.list)
	if _, err := p.net.Lab.Poll(c.ctx(), list, limit, netlab.Learner); err != nil {
		return nil, p.net.failed(c, err)
	}
	var ready []starlark.Value
	for i, e := range list {
		if e.Got != 0 {
			ready = append(ready, starlark.Tuple{starlark.MakeInt(p.fds[i]), starlark.MakeInt(int(e.Got))})
		}
	}
	return starlark.NewList(ready), nil
}
