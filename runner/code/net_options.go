package code

import (
	"math"
	"time"

	"go.starlark.net/starlark"
)

// The calls for options and modes.

func sockSetsockopt(c *call) (starlark.Value, error) {
	var level, option int
	var value starlark.Value
	if err := c.unpack("*level", &level, "*optname", &option, "*value", &value); err != nil {
		return nil, err
	}
	k := sockOf(c)
	if b, ok := content(value); ok {
		return starlark.None, k.net.failed(c, k.s.SetsockoptBytes(c.ctx(), level, option, []byte(b)))
	}
	n, err := asInt(value)
	if err != nil {
		return nil, err
	}
	return starlark.None, k.net.failed(c, k.s.Setsockopt(c.ctx(), level, option, n))
}

func sockGetsockopt(c *call) (starlark.Value, error) {
	var level, option, size int
	if err := c.unpack("*level", &level, "*optname", &option, "*buflen?", &size); err != nil {
		return nil, err
	}
	k := sockOf(c)
	if size > 0 {
		if size > 1024 {
			return nil, raise("OSError", "", "getsockopt buflen out of range")
		}
		p, err := k.s.GetsockoptBytes(c.ctx(), level, option, size)
		if err != nil {
			return nil, k.net.failed(c, err)
		}
		return newBytes(p), nil
	}
	n, err := k.s.Getsockopt(c.ctx(), level, option)
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return starlark.MakeInt(n), nil
}

func sockSetblocking(c *call) (starlark.Value, error) {
	var flag bool
	if err := c.unpack("*flag", &flag); err != nil {
		return nil, err
	}
	d := time.Duration(0)
	if flag {
		d = -1
	}
	return starlark.None, sockOf(c).setTimeout(c, d)
}

func sockGetblocking(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	return starlark.Bool(sockOf(c).s.Timeout() != 0), nil
}

func sockSettimeout(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*value", &v); err != nil {
		return nil, err
	}
	d, err := timeoutOf(v)
	if err != nil {
		return nil, err
	}
	return starlark.None, sockOf(c).setTimeout(c, d)
}

// setTimeout is refused by a closed socket, as Python's ioctl is: EBADF.
func (k *Sock) setTimeout(c *call, d time.Duration) error {
	if k.s.Closed() {
		_, err := k.s.Dup(c.ctx()) // the kernel's own word for it
		return k.net.failed(c, err)
	}
	k.s.SetTimeout(d)
	return nil
}

// timeoutOf reads seconds or None. The shortest time is a millisecond: 0 would
// be another mode.
func timeoutOf(v starlark.Value) (time.Duration, error) {
	if v == starlark.None {
		return -1, nil
	}
	f, err := asFloat(v)
	if err != nil {
		return 0, err
	}
	if math.IsNaN(f) {
		return 0, valueError("Invalid value NaN (not a number)")
	}
	if f < 0 {
		return 0, valueError("Timeout value out of range")
	}
	if f > 1e9 {
		return 0, raise("OverflowError", "", "timeout doesn't fit into C timeval")
	}
	d := time.Duration(f * float64(time.Second))
	if f > 0 && d < time.Millisecond {
		d = time.Millisecond
	}
	return d, nil
}

func sockGettimeout(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	return timeoutValue(sockOf(c).s.Timeout()), nil
}
