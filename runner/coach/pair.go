package coach

import (
	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// connect from a port that bind chose: the two addresses together name a
// connection, and the kernel has one of a name at a time.

// notHere is EADDRNOTAVAIL.
func (s *scene) notHere() Advice {
	if s.err.Op != netlab.OpConnect {
		return Advice{
			Why: words.F("%s is no address of this machine", s.addr.IP.String()),
			Try: words.F(`"127.0.0.1" is this machine for itself, "0.0.0.0" all its addresses`),
		}
	}
	if s.info.Local.Port != 0 && s.info.Type == unix.SOCK_STREAM {
		return s.pairTaken()
	}
	return Advice{Why: words.F("nothing can be reached at %s from here", s.addr.String())}
}

func (s *scene) pairTaken() Advice {
	from, to := s.info.Local.String(), s.addr.String()
	a := Advice{
		Why: words.F("an earlier connection from %s to %s is not over for the kernel, and two ends have one connection at a time", from, to),
		Try: words.F("a socket without bind gets a port that is free"),
	}
	rows, _, err := s.lab.Table(false)
	if err != nil {
		a.Why = words.F("the port %d is bound, and the kernel does not give it a connection to %s: another one between the two may not be over (TIME_WAIT). This system does not show it", s.info.Local.Port, to)
		return a
	}
	c, ok := s.samePair(rows)
	switch {
	case !ok:
		a.Why = words.F("the kernel refused a connection from %s to %s; its table shows none between the two that would be in the way now", from, to)
		a.Try = words.F("try the same call again, or use a socket without bind: it gets a port that is free")
	case c.role == timeWait:
		a.Why = words.F("an earlier connection from %s to %s is in TIME_WAIT for %.1f s more%s. Two ends have one connection at a time, SO_REUSEADDR or not", from, to, c.left.Seconds(), s.past(c))
		a.Try = words.F("a socket without bind gets a port that is free; or wait, and connect again")
	case c.role == orphan:
		a.Why = words.F("an earlier connection from %s to %s is not over for the kernel: it is in %s%s. Two ends have one connection at a time", from, to, c.state.String(), s.past(c))
	default:
		a.Why = words.F("%s is connected from %s to %s, and two ends have one connection at a time", s.whose(c), from, to)
	}
	return a
}

// samePair finds the connection that has the ends of the failed connect.
func (s *scene) samePair(rows []netlab.TableRow) (claim, bool) {
	local, to := s.info.Local, destination(s.addr.IP.Unmap())
	for i := range rows {
		r := &rows[i]
		if int(r.Remote.Port()) != s.addr.Port || r.Remote.Addr() != to || int(r.Local.Port()) != local.Port {
			continue
		}
		if ip := local.IP.Unmap(); ip.IsUnspecified() || ip == r.Local.Addr() {
			return s.claimOf(r), true
		}
	}
	return claim{}, false
}

// destination is where connect(2) goes: to the loopback instead of a wildcard.
func destination(ip netip.Addr) netip.Addr {
	switch {
	case !ip.IsUnspecified():
		return ip
	case ip.Is4():
		return netlab.Loopback(0).IP
	}
	return netip.IPv6Loopback()
}
