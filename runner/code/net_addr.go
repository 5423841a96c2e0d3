package code

import (
	"net/netip"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// Addresses as Python writes them: (host, port) for AF_INET, two more numbers
// for AF_INET6, text or bytes for AF_UNIX.

// addrArg reads the one argument of bind and connect.
func (k *Sock) addrArg(c *call) (netlab.Addr, error) {
	if len(c.args) != 1 || len(c.kwargs) > 0 {
		err := typeError("socket.socket.%s() takes exactly one argument (%d given)", c.name, len(c.args)+len(c.kwargs))
		if len(c.args) == 2 {
			_ = err.hint(words.F("the address is one thing, a tuple: %s((%s, %s))", c.name, c.args[0].String(), c.args[1].String()))
		}
		return netlab.Addr{}, err
	}
	return k.addr(c.name, c.args[0])
}

func (k *Sock) addr(call string, v starlark.Value) (netlab.Addr, error) {
	if srv, ok := v.(*Server); ok {
		return srv.s.Addr(), nil
	}
	if k.s.Family == unix.AF_UNIX {
		return unixAddr(v)
	}
	name, most := "AF_INET", 2
	if k.s.Family == unix.AF_INET6 {
		name, most = "AF_INET6", 4
	}
	tuple, ok := v.(starlark.Tuple)
	if !ok {
		return netlab.Addr{}, typeError("%s(): %s address must be tuple, not %s", call, name, typeName(v)).hint(
			words.F("write it with two pairs of brackets: %s(('127.0.0.1', 8080))", call))
	}
	if len(tuple) < 2 || len(tuple) > most {
		return netlab.Addr{}, typeError("%s address must be a pair (host, port)", name)
	}
	host, ok := tuple[0].(Str)
	if !ok {
		return netlab.Addr{}, typeError("str, bytes or bytearray expected, not %s", typeName(tuple[0]))
	}
	port, err := asInt(tuple[1])
	if err != nil {
		return netlab.Addr{}, err
	}
	if port < 0 || port > 65535 {
		return netlab.Addr{}, raise("OverflowError", "", "%s(): port must be 0-65535.", call)
	}
	ip, err := hostOf(host.s, k.s.Family)
	if err != nil {
		return netlab.Addr{}, err
	}
	addr := netlab.InetAddr(ip, port)
	if len(tuple) == 4 {
		scope, err := asInt(tuple[3])
		if err != nil {
			return netlab.Addr{}, err
		}
		addr.Scope = uint32(scope)
	}
	return addr, nil
}

func unixAddr(v starlark.Value) (netlab.Addr, error) {
	var path string
	switch v := v.(type) {
	case Str:
		path = v.s
	case Bytes, *ByteArray:
		path, _ = content(v)
	default:
		return netlab.Addr{}, typeError("a bytes-like object is required, not '%s'", typeName(v))
	}
	if len(path) > maxUnixPath {
		return netlab.Addr{}, raise("OSError", "", "AF_UNIX path too long")
	}
	return netlab.UnixAddr(path), nil
}

// maxUnixPath is what Python takes on Linux: sun_path has 108 bytes with its NUL.
const maxUnixPath = 107

// hostOf reads a host. Names are not looked up, so that nothing here ever
// leaves the machine: only localhost is known.
func hostOf(host string, family int) (netip.Addr, error) {
	six := family == unix.AF_INET6
	switch host {
	case "":
		if six {
			return netip.IPv6Unspecified(), nil
		}
		return netip.IPv4Unspecified(), nil
	case "localhost":
		if six {
			return netip.IPv6Loopback(), nil
		}
		return netlab.Loopback(0).IP, nil
	case "<broadcast>":
		return netip.AddrFrom4([4]byte{255, 255, 255, 255}), nil
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || ip.Is6() != six {
		return ip, raise("socket.gaierror", "", "[Errno -2] Name or service not known").hint(
			words.F("names are not looked up here: write an address such as '127.0.0.1', or 'localhost'"))
	}
	return ip, nil
}

// addrValue is the tuple, or for AF_UNIX the text, that Python would give.
func addrValue(a netlab.Addr) starlark.Value {
	switch a.Family {
	case unix.AF_INET:
		return starlark.Tuple{newStr(a.IP.String()), starlark.MakeInt(a.Port)}
	case unix.AF_INET6:
		return starlark.Tuple{newStr(a.IP.String()), starlark.MakeInt(a.Port), starlark.MakeInt(0), starlark.MakeInt(int(a.Scope))}
	case unix.AF_UNIX:
		if a.Path != "" && a.Path[0] == 0 {
			return newBytes([]byte(a.Path))
		}
		return newStr(a.Path)
	}
	return starlark.None
}

// anyAddr is what an unbound socket says its address is.
func anyAddr(family int) netlab.Addr {
	switch family {
	case unix.AF_INET6:
		return netlab.InetAddr(netip.IPv6Unspecified(), 0)
	case unix.AF_UNIX:
		return netlab.UnixAddr("")
	}
	return netlab.InetAddr(netip.IPv4Unspecified(), 0)
}
