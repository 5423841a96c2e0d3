package code

import (
	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// The calls that move bytes.

// maxBuffer is the largest buffer that recv makes.
const maxBuffer = 64 << 20

func bufferOf(call string, n int) ([]byte, error) {
	if n < 0 {
		return nil, valueError("negative buffersize in %s", call)
	}
	if n > maxBuffer {
		return nil, noMemory()
	}
	return make([]byte, n), nil
}

func sockRecv(c *call) (starlark.Value, error) {
	var size, flags int
	if err := c.unpack("*bufsize", &size, "*flags?", &flags); err != nil {
		return nil, err
	}
	buf, err := bufferOf("recv", size)
	if err != nil {
		return nil, err
	}
	k := sockOf(c)
	n, err := k.s.Recv(c.ctx(), buf, flags)
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return newBytes(buf[:min(n, size)]), nil
}

// sockRecvInto reads as many bytes as there is room for, or as are asked for.
func sockRecvInto(c *call) (starlark.Value, error) {
	var v starlark.Value
	var size, flags int
	if err := c.unpack("buffer", &v, "nbytes?", &size, "flags?", &flags); err != nil {
		return nil, err
	}
	a, ok := v.(*ByteArray)
	switch {
	case !ok:
		return nil, typeError("recv_into() argument 1 must be read-write bytes-like object, not %s", typeName(v)).hint(
			words.F("a buffer is made with bytearray(1024)"))
	case size < 0:
		return nil, valueError("negative buffersize in recv_into")
	case size > len(a.b):
		return nil, valueError("buffer too small for requested bytes")
	case size == 0:
		size = len(a.b)
	}
	buf, err := bufferOf("recv_into", size)
	if err != nil {
		return nil, err
	}
	k := sockOf(c)
	n, err := k.s.Recv(c.ctx(), buf, flags)
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	copy(a.b, buf[:min(n, size)])
	return starlark.MakeInt(n), nil
}

func sockRecvfrom(c *call) (starlark.Value, error) {
	var size, flags int
	if err := c.unpack("*bufsize", &size, "*flags?", &flags); err != nil {
		return nil, err
	}
	buf, err := bufferOf("recvfrom", size)
	if err != nil {
		return nil, err
	}
	k := sockOf(c)
	n, from, _, err := k.s.RecvFrom(c.ctx(), buf, flags)
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return starlark.Tuple{newBytes(buf[:n]), addrValue(from)}, nil
}

// data reads the bytes to be sent; text gets the hint that it must be encoded.
func data(v starlark.Value) ([]byte, error) {
	p, err := asBytes(v)
	if _, isText := v.(Str); err != nil && isText {
		return nil, typeError("a bytes-like object is required, not 'str'").hint(
			words.F("text becomes bytes with .encode('utf-8'); b'…' is bytes already"))
	}
	return p, err
}

func sockSend(c *call) (starlark.Value, error) {
	p, flags, err := sendArgs(c)
	if err != nil {
		return nil, err
	}
	k := sockOf(c)
	n, err := k.s.Send(c.ctx(), p, flags)
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return starlark.MakeInt(n), nil
}

func sockSendall(c *call) (starlark.Value, error) {
	p, flags, err := sendArgs(c)
	if err != nil {
		return nil, err
	}
	k := sockOf(c)
	return starlark.None, k.net.failed(c, k.s.SendAll(c.ctx(), p, flags))
}

func sendArgs(c *call) ([]byte, int, error) {
	var v starlark.Value
	var flags int
	if err := c.unpack("*data", &v, "*flags?", &flags); err != nil {
		return nil, 0, err
	}
	p, err := data(v)
	return p, flags, err
}

// sockSendto takes (data, address) or (data, flags, address).
func sockSendto(c *call) (starlark.Value, error) {
	var v, second, third starlark.Value
	if err := c.unpack("*data", &v, "*flags", &second, "*address?", &third); err != nil {
		return nil, err
	}
	flags := 0
	if third == nil {
		third = second
	} else {
		n, err := asInt(second)
		if err != nil {
			return nil, err
		}
		flags = n
	}
	p, err := data(v)
	if err != nil {
		return nil, err
	}
	k := sockOf(c)
	addr, err := k.addr("sendto", third)
	if err != nil {
		return nil, err
	}
	n, err := k.s.SendTo(c.ctx(), p, flags, addr)
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return starlark.MakeInt(n), nil
}

// sockConnectEx returns what connect(2) answered. Only a wrong address is an
// error, as in Python; a timeout is EAGAIN there.
func sockConnectEx(c *call) (starlark.Value, error) {
	k := sockOf(c)
	addr, err := k.addrArg(c)
	if err != nil {
		return nil, err
	}
	err = k.s.Connect(c.ctx(), addr)
	if err == nil {
		return starlark.MakeInt(0), nil
	}
	if errno := netlab.Errno(err); errno != 0 {
		return starlark.MakeInt(int(errno)), nil
	}
	if isTimeout(err) {
		return starlark.MakeInt(int(eagain)), nil
	}
	return nil, k.net.failed(c, err)
}
