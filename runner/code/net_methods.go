package code

import (
	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// sockMethods are the methods of a socket, the calls of the tutorial's tables
// first.
var sockMethods = methods([]method{
	{"bind", "bind((host, port))", words.F("gives the socket a local address; port 0: the kernel chooses"), sockBind},
	{"listen", "listen(backlog)", words.F("lets callers queue up"), sockListen},
	{"accept", "accept()", words.F("takes the next caller: a new socket and the caller's address"), sockAccept},
	{"connect", "connect((host, port))", words.F("dials; an error if nobody answers"), sockConnect},
	{"connect_ex", "connect_ex((host, port))", words.F("dials; returns 0 or the errno instead of an error"), sockConnectEx},
	{"recv", "recv(bufsize[, flags])", words.F("1 to bufsize bytes, or b'' at the end of the stream"), sockRecv},
	{"recv_into", "recv_into(buffer[, nbytes[, flags]])", words.F("as recv, into a bytearray; returns how many bytes came"), sockRecvInto},
	{"send", "send(bytes[, flags])", words.F("one send(2); returns how many bytes it took"), sockSend},
	{"sendall", "sendall(bytes[, flags])", words.F("sends until all bytes are out"), sockSendall},
	{"recvfrom", "recvfrom(bufsize[, flags])", words.F("one datagram and its sender"), sockRecvfrom},
	{"sendto", "sendto(bytes[, flags], (host, port))", words.F("one datagram to an address"), sockSendto},
	{"getpeername", "getpeername()", words.F("the address of the other end"), sockGetpeername},
	{"getsockname", "getsockname()", words.F("the address of this end"), sockGetsockname},
	{"getsockopt", "getsockopt(level, option[, buflen])", words.F("reads an option"), sockGetsockopt},
	{"setsockopt", "setsockopt(level, option, value)", words.F("sets an option"), sockSetsockopt},
	{"shutdown", "shutdown(how)", words.F("closes one direction or both: SHUT_RD, SHUT_WR, SHUT_RDWR"), sockShutdown},
	{"close", "close()", words.F("gives the descriptor back; the other end reads b''"), sockClose},
	{"detach", "detach()", words.F("gives the descriptor's number away without closing it"), sockDetach},
	{"dup", "dup()", words.F("a second descriptor for the same connection"), sockDup},
	{"setblocking", "setblocking(flag)", words.F("True: calls wait; False: they fail at once instead"), sockSetblocking},
	{"getblocking", "getblocking()", words.F("whether calls wait"), sockGetblocking},
	{"settimeout", "settimeout(seconds)", words.F("how long each call may take; None: for ever"), sockSettimeout},
	{"gettimeout", "gettimeout()", words.F("what settimeout has set"), sockGettimeout},
	{"fileno", "fileno()", words.F("the number of the descriptor, -1 after close"), sockFileno},
	{"makefile", "makefile(mode='r')", words.F("a buffered file over the socket"), sockMakefile},
})

func sockOf(c *call) *Sock { return c.self.(*Sock) }

func sockBind(c *call) (starlark.Value, error) {
	k := sockOf(c)
	addr, err := k.addrArg(c)
	if err != nil {
		return nil, err
	}
	if addr.Path != "" && addr.Path[0] != 0 { // it makes a file
		if err := c.mayReachOut(); err != nil {
			return nil, err
		}
	}
	return starlark.None, k.net.failed(c, k.s.Bind(c.ctx(), addr))
}

// defaultBacklog is what listen() without a number means in Python.
const defaultBacklog = 128

func sockListen(c *call) (starlark.Value, error) {
	backlog := defaultBacklog
	if err := c.unpack("*backlog?", &backlog); err != nil {
		return nil, err
	}
	k := sockOf(c)
	return starlark.None, k.net.failed(c, k.s.Listen(c.ctx(), max(backlog, 0)))
}

func sockAccept(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	k := sockOf(c)
	conn, addr, err := k.s.Accept(c.ctx())
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return starlark.Tuple{&Sock{net: k.net, s: conn}, addrValue(addr)}, nil
}

func sockConnect(c *call) (starlark.Value, error) {
	k := sockOf(c)
	addr, err := k.addrArg(c)
	if err != nil {
		return nil, err
	}
	return starlark.None, k.net.failed(c, k.s.Connect(c.ctx(), addr))
}

func sockShutdown(c *call) (starlark.Value, error) {
	var how int
	if err := c.unpack("*how", &how); err != nil {
		return nil, err
	}
	k := sockOf(c)
	return starlark.None, k.net.failed(c, k.s.Shutdown(c.ctx(), how))
}

func sockClose(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	k := sockOf(c)
	if before := c.interp().cfg.BeforeClose; before != nil {
		before()
	}
	return starlark.None, k.net.failed(c, k.s.Close(c.ctx()))
}

func sockDetach(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	return starlark.MakeInt(sockOf(c).s.Detach()), nil
}

func sockDup(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	k := sockOf(c)
	dup, err := k.s.Dup(c.ctx())
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return &Sock{net: k.net, s: dup}, nil
}

func sockFileno(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	return starlark.MakeInt(sockOf(c).s.Fileno()), nil
}

func sockGetsockname(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	k := sockOf(c)
	addr, err := k.s.Getsockname(c.ctx())
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return addrValue(addr), nil
}

func sockGetpeername(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	k := sockOf(c)
	addr, err := k.s.Getpeername(c.ctx())
	if err != nil {
		return nil, k.net.failed(c, err)
	}
	return addrValue(addr), nil
}
