package coach

import (
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// The errors about addresses: who has them, who is not there.

func (s *scene) refused() Advice {
	if s.addr.Family == unix.AF_UNIX {
		return Advice{
			Why: words.F("the file %s is there, but no socket listens behind it", s.addr.Path),
			Try: words.F("a server leaves its file behind when it ends: remove it, then bind again"),
		}
	}
	if s.info.Type == unix.SOCK_DGRAM {
		return Advice{Why: words.F("an earlier datagram met a closed port: its host said so (ICMP port unreachable), and a connected UDP socket is told")}
	}
	if h, ok := s.holder(); ok && h.Backlog < 0 && h.Remote.IsZero() {
		return Advice{
			Why: words.F("nobody is listening there: %s has the port, but it has not called listen", name(h)),
			Try: words.F("%s.listen(5), then connect again", name(h)),
		}
	}
	if old, ok := s.past(true); ok {
		return Advice{
			Why: words.F("nobody is listening there any more: %s was closed %.1f s ago", name(old), s.ago(old.ClosedAt)),
			Try: words.F("`servers` shows who listens now"),
		}
	}
	return Advice{
		Why: words.F("nobody is listening there"),
		Try: words.F("start the server first; `servers` shows who listens now"),
	}
}

func (s *scene) inUse() Advice {
	if s.addr.Family == unix.AF_UNIX {
		return Advice{
			Why: words.F("a file of this name is there already; only unlinking it frees the name"),
			Try: words.F("another path, or remove the file"),
		}
	}
	if s.addr.IsZero() { // listen: the address is the socket's own
		s.addr = s.info.Local
	}
	if h, ok := s.holder(); ok {
		return s.heldBy(h)
	}
	if s.info.Type == unix.SOCK_DGRAM {
		return s.heldByOther()
	}
	if netlab.TryBind(s.addr, true) != 0 {
		if _, ok := s.past(false); ok {
			return Advice{
				Why: words.F("a connection that used this port lives on in the kernel (TIME_WAIT), and it closed without SO_REUSEADDR: setting the option on this socket would not help"),
				Try: words.F("another port, or port 0; the kernel lets go after a minute"),
			}
		}
		return s.heldByOther()
	}
	return Advice{
		Why: words.F("nobody listens there, but a connection that used this port is not over for the kernel (TIME_WAIT)"),
		Try: words.F("with setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) before bind it would have worked, the kernel says"),
	}
}

func (s *scene) heldBy(h netlab.SocketInfo) Advice {
	switch {
	case h.Backlog >= 0:
		return Advice{
			Why: words.F("%s of this lab listens on %s", name(h), h.Local.String()),
			Try: words.F("close it first, or take another port (0 lets the kernel choose)"),
		}
	case !h.Remote.IsZero():
		return Advice{
			Why: words.F("%s, a connection of this lab, has the local address %s", name(h), h.Local.String()),
			Try: words.F("close it, or take another port"),
		}
	}
	return Advice{
		Why: words.F("%s of this lab is bound to %s", name(h), h.Local.String()),
		Try: words.F("close it first, or take another port (0 lets the kernel choose)"),
	}
}

func (s *scene) heldByOther() Advice {
	return Advice{
		Why: words.F("a program outside this lab has port %d", s.addr.Port),
		Try: words.F("take another port (0 lets the kernel choose)"),
	}
}

func (s *scene) notHere() Advice {
	if s.err.Op == netlab.OpConnect {
		return Advice{Why: words.F("nothing can be reached at %s from here", s.addr.String())}
	}
	return Advice{
		Why: words.F("%s is no address of this machine", s.addr.IP.String()),
		Try: words.F(`"127.0.0.1" is this machine for itself, "0.0.0.0" all its addresses`),
	}
}

func (s *scene) notAllowed() Advice {
	switch {
	case s.err.Op == netlab.OpBind && s.addr.Family != unix.AF_UNIX && s.addr.Port < 1024:
		return Advice{
			Why: words.F("ports below 1024 are for the system: %d needs root or CAP_NET_BIND_SERVICE", s.addr.Port),
			Try: words.F("a port from 1024 to 65535"),
		}
	case s.addr.Family == unix.AF_UNIX:
		return Advice{Why: words.F("the folder or the file %s does not let you in", s.addr.Path)}
	}
	return Advice{
		Why: words.F("the system does not permit that"),
		Try: words.F("a broadcast address needs SO_BROADCAST; a firewall may say no as well"),
	}
}

func (s *scene) unreachable() Advice {
	return Advice{
		Why: words.F("there is no way from here to %s", s.addr.String()),
		Try: words.F("the lab's servers are on 127.0.0.1"),
	}
}

func (s *scene) timedOut() Advice {
	return Advice{Why: words.F("the other side never answered, and the kernel has given up asking")}
}

func (s *scene) noFile() Advice {
	return Advice{
		Why: words.F("there is no file %s", s.addr.Path),
		Try: words.F("bind makes the file; start the server first"),
	}
}

func (s *scene) wrongFamily() Advice {
	return Advice{
		Why: words.F("the address is of another family than the socket, or of another type"),
		Try: words.F("AF_INET takes ('127.0.0.1', port), AF_INET6 ('::1', port), AF_UNIX a path"),
	}
}
