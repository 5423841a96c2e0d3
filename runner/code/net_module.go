package code

import (
	"encoding/binary"
	"net/netip"
	"os"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// functions are the functions of the socket module.
func (n *Net) functions() []method {
	return []method{
		{"create_connection", "create_connection((host, port), timeout=None)", words.F("a socket that is connected"), n.createConnection},
		{"create_server", "create_server((host, port), backlog=5, reuse_port=False)", words.F("a socket that listens, with SO_REUSEADDR"), n.createServer},
		{"socketpair", "socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0)", words.F("two sockets, connected to each other, without names"), n.socketpair},
		{"gethostname", "gethostname()", words.F("the name of this machine"), gethostname},
		{"inet_aton", "inet_aton(text)", words.F("an IPv4 address as 4 bytes"), inetAton},
		{"inet_ntoa", "inet_ntoa(bytes)", words.F("4 bytes as an IPv4 address"), inetNtoa},
		{"htons", "htons(n)", words.F("16 bits from this machine's byte order to the network's"), swap16},
		{"ntohs", "ntohs(n)", words.F("16 bits from the network's byte order to this machine's"), swap16},
		{"htonl", "htonl(n)", words.F("32 bits from this machine's byte order to the network's"), swap32},
		{"ntohl", "ntohl(n)", words.F("32 bits from the network's byte order to this machine's"), swap32},
	}
}

func (n *Net) socket(c *call) (starlark.Value, error) {
	family, typ, proto := unix.AF_INET, unix.SOCK_STREAM, 0
	var fileno starlark.Value = starlark.None
	if err := c.unpack("family?", &family, "type?", &typ, "proto?", &proto, "fileno?", &fileno); err != nil {
		return nil, err
	}
	if fileno != starlark.None {
		fd, err := asInt(fileno)
		if err != nil {
			return nil, err
		}
		s, err := n.Lab.FromFD(fd, netlab.Learner)
		if err != nil {
			return nil, n.failed(c, err)
		}
		return &Sock{net: n, s: s}, nil
	}
	s, err := n.Lab.Socket(family, typ, proto, netlab.Learner)
	if err != nil {
		return nil, n.failed(c, err)
	}
	return &Sock{net: n, s: s}, nil
}

func (n *Net) socketpair(c *call) (starlark.Value, error) {
	family, typ, proto := unix.AF_UNIX, unix.SOCK_STREAM, 0
	if err := c.unpack("family?", &family, "type?", &typ, "proto?", &proto); err != nil {
		return nil, err
	}
	pair, err := n.Lab.Socketpair(family, typ, proto, netlab.Learner)
	if err != nil {
		return nil, n.failed(c, err)
	}
	return starlark.Tuple{&Sock{net: n, s: pair[0]}, &Sock{net: n, s: pair[1]}}, nil
}

func (n *Net) createConnection(c *call) (starlark.Value, error) {
	var addr starlark.Value
	var timeout starlark.Value = starlark.None
	if err := c.unpack("address", &addr, "timeout?", &timeout); err != nil {
		return nil, err
	}
	return n.opened(c, func(k *Sock) error {
		d, err := timeoutOf(timeout)
		if err != nil {
			return err
		}
		k.s.SetTimeout(d)
		to, err := k.addr("connect", addr)
		if err != nil {
			return err
		}
		return n.failed(c, k.s.Connect(c.ctx(), to))
	})
}

func (n *Net) createServer(c *call) (starlark.Value, error) {
	var addr starlark.Value
	backlog := 5
	reusePort := false
	if err := c.unpack("address", &addr, "*", "backlog?", &backlog, "reuse_port?", &reusePort); err != nil {
		return nil, err
	}
	return n.opened(c, func(k *Sock) error {
		to, err := k.addr("bind", addr)
		if err != nil {
			return err
		}
		err = k.s.Setsockopt(c.ctx(), unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
		if err == nil && reusePort {
			err = k.s.Setsockopt(c.ctx(), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1)
		}
		if err == nil {
			err = k.s.Bind(c.ctx(), to)
		}
		if err == nil {
			err = k.s.Listen(c.ctx(), backlog)
		}
		return n.failed(c, err)
	})
}

// opened makes a TCP socket and prepares it; if that fails it is closed.
func (n *Net) opened(c *call, prepare func(*Sock) error) (starlark.Value, error) {
	s, err := n.Lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	if err != nil {
		return nil, n.failed(c, err)
	}
	k := &Sock{net: n, s: s}
	if err := prepare(k); err != nil {
		_ = s.Close(c.ctx())
		return nil, err
	}
	return k, nil
}

func gethostname(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	name, err := os.Hostname()
	if err != nil {
		name = "localhost"
	}
	return newStr(name), nil
}

func inetAton(c *call) (starlark.Value, error) {
	var text string
	if err := c.unpack("*ip_string", &text); err != nil {
		return nil, err
	}
	ip, err := netip.ParseAddr(text)
	if err != nil || !ip.Is4() {
		return nil, raise("OSError", "", "illegal IP address string passed to inet_aton")
	}
	return newBytes(ip.AsSlice()), nil
}

func inetNtoa(c *call) (starlark.Value, error) {
	var p []byte
	if err := c.unpack("*packed_ip", &p); err != nil {
		return nil, err
	}
	if len(p) != 4 {
		return nil, raise("OSError", "", "packed IP wrong length")
	}
	return newStr(netip.AddrFrom4([4]byte(p)).String()), nil
}

func swap16(c *call) (starlark.Value, error) {
	var n int
	if err := c.unpack("*x", &n); err != nil {
		return nil, err
	}
	if n < 0 || n > 0xffff {
		return nil, raise("OverflowError", "", "%s: Python int too large to convert to C 16-bit unsigned integer", c.name)
	}
	var p [2]byte
	binary.NativeEndian.PutUint16(p[:], uint16(n))
	return starlark.MakeInt(int(binary.BigEndian.Uint16(p[:]))), nil
}

func swap32(c *call) (starlark.Value, error) {
	var n int
	if err := c.unpack("*x", &n); err != nil {
		return nil, err
	}
	if n < 0 || n > 0xffffffff {
		return nil, raise("OverflowError", "", "%s: Python int too large to convert to C 32-bit unsigned integer", c.name)
	}
	var p [4]byte
	binary.NativeEndian.PutUint32(p[:], uint32(n))
	return starlark.MakeInt(int(binary.BigEndian.Uint32(p[:]))), nil
}
