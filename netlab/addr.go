package netlab

import (
	"fmt"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Addr is a socket address of one of the families AF_INET, AF_INET6, AF_UNIX.
// The zero Addr is no address. Addrs compare with ==.
type Addr struct {
	Family int
	IP     netip.Addr // AF_INET, AF_INET6
	Port   int
	Scope  uint32 // AF_INET6: index of the interface
	Path   string // AF_UNIX; an abstract name begins with NUL (unix(7))
}

// InetAddr makes an address of AF_INET or AF_INET6 from ip. A zone of ip, the
// name or the number of an interface, becomes the Scope; 0 if there is none.
func InetAddr(ip netip.Addr, port int) Addr {
	family := unix.AF_INET
	if ip.Is6() {
		family = unix.AF_INET6
	}
	return Addr{Family: family, IP: ip.WithZone(""), Port: port, Scope: scopeOf(ip.Zone())}
}

// scopeOf is the number of an interface; Linux tells it in sysfs.
func scopeOf(zone string) uint32 {
	if n, err := strconv.ParseUint(zone, 10, 32); err == nil {
		return uint32(n)
	}
	if zone == "" || strings.Contains(zone, "/") {
		return 0
	}
	index, _ := os.ReadFile("/sys/class/net/" + zone + "/ifindex")
	n, _ := strconv.ParseUint(strings.TrimSpace(string(index)), 10, 32)
	return uint32(n)
}

// UnixAddr makes an address of AF_UNIX.
func UnixAddr(path string) Addr { return Addr{Family: unix.AF_UNIX, Path: path} }

// Loopback is 127.0.0.1 with the port.
func Loopback(port int) Addr { return InetAddr(netip.AddrFrom4([4]byte{127, 0, 0, 1}), port) }

// IsZero reports whether a is no address.
func (a Addr) IsZero() bool { return a.Family == 0 }

// String writes "127.0.0.1:80", "[::1]:80" or a path; an abstract path as @name.
func (a Addr) String() string {
	switch a.Family {
	case unix.AF_INET, unix.AF_INET6:
		ip := a.IP
		if a.Scope != 0 {
			ip = ip.WithZone(strconv.FormatUint(uint64(a.Scope), 10))
		}
		return netip.AddrPortFrom(ip, uint16(a.Port)).String()
	case unix.AF_UNIX:
		if a.Path == "" {
			return "(no name)"
		}
		if a.Path[0] == 0 {
			return "@" + a.Path[1:]
		}
		return a.Path
	}
	return ""
}

// sockaddr turns a into what x/sys/unix takes.
func (a Addr) sockaddr() (unix.Sockaddr, error) {
	switch a.Family {
	case unix.AF_INET:
		if a.IP.Is4() || a.IP.Is4In6() {
			return &unix.SockaddrInet4{Port: a.Port, Addr: a.IP.As4()}, nil
		}
	case unix.AF_INET6:
		if a.IP.IsValid() {
			return &unix.SockaddrInet6{Port: a.Port, Addr: a.IP.As16(), ZoneId: a.Scope}, nil
		}
	case unix.AF_UNIX:
		name := a.Path
		switch { // x/sys/unix writes a NUL for an @ in front
		case name != "" && name[0] == 0:
			name = "@" + name[1:]
		case name != "" && name[0] == '@':
			name = "./" + name // a file of that name, as in Python
		}
		return &unix.SockaddrUnix{Name: name}, nil
	}
	return nil, fmt.Errorf("netlab: no address of family %d", a.Family)
}

// addrOf is the reverse of sockaddr; nil gives the zero Addr.
func addrOf(sa unix.Sockaddr) Addr {
	switch sa := sa.(type) {
	case *unix.SockaddrInet4:
		return Addr{Family: unix.AF_INET, IP: netip.AddrFrom4(sa.Addr), Port: sa.Port}
	case *unix.SockaddrInet6:
		return Addr{Family: unix.AF_INET6, IP: netip.AddrFrom16(sa.Addr), Port: sa.Port, Scope: sa.ZoneId}
	case *unix.SockaddrUnix:
		path := sa.Name
		switch {
		case path == "@": // x/sys/unix says so of a socket without a name
			path = ""
		case path != "" && path[0] == '@':
			path = "\x00" + path[1:]
		}
		return Addr{Family: unix.AF_UNIX, Path: path}
	}
	return Addr{}
}

// ParseAddr reads "HOST:PORT", ":PORT" (this host only), "[::1]:PORT" or, with
// a slash in it, a path. HOST is a literal address or localhost: names are not
// looked up, so nothing leaves this machine.
func ParseAddr(s string) (Addr, error) {
	if strings.Contains(s, "/") {
		if strings.Contains(s, "\x00") {
			return Addr{}, fmt.Errorf("netlab: path %q: a path has no NUL", s)
		}
		return UnixAddr(s), nil
	}
	host, port, err := splitHostPort(s)
	if err != nil {
		return Addr{}, err
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return Addr{}, fmt.Errorf("netlab: port %q: a port is a number from 0 to 65535", port)
	}
	ip, err := ParseHost(host)
	if err != nil {
		return Addr{}, err
	}
	return InetAddr(ip, int(n)), nil
}

// ParseHost reads a literal address, localhost (127.0.0.1) or the empty host,
// which is 127.0.0.1 as well.
func ParseHost(host string) (netip.Addr, error) {
	if host == "" || host == "localhost" {
		return Loopback(0).IP, nil
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}, fmt.Errorf("netlab: host %q: write an address such as 127.0.0.1", host)
	}
	return ip.Unmap(), nil
}

func splitHostPort(s string) (host, port string, err error) {
	last := -1
	for i, r := range s {
		if r == ':' {
			last = i
		}
	}
	if last < 0 {
		return "", "", fmt.Errorf("netlab: address %q: write HOST:PORT, such as 127.0.0.1:8080", s)
	}
	host, port = s[:last], s[last+1:]
	if len(host) >= 2 && host[0] == '[' && host[len(host)-1] == ']' {
		host = host[1 : len(host)-1]
	}
	return host, port, nil
}
