package coach

import (
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// The errors about addresses: who has them, who is not there.

func (s *scene) refused() Advice {
	if s.addr.Family == unix.AF_UNIX {
		return s.refusedUnix()
	}
	if s.info.Type == unix.SOCK_DGRAM {
		return Advice{Why: words.F("an earlier datagram met a closed port: its host said so (ICMP port unreachable), and a connected UDP socket is told")}
	}
	if h, ok := s.holder(); ok && h.Backlog < 0 && h.Remote.IsZero() {
		return Advice{
			Why: words.F("nobody is listening there: %s has the port, but it has not called listen", name(h)),
			Try: words.F("%s.listen(5), then connect again", inCode(h)),
		}
	}
	if old, ok := s.past(); ok {
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

func (s *scene) refusedUnix() Advice {
	if abstract(s.addr) {
		return Advice{
			Why: words.F("nobody has the name %s", s.addr.String()),
			Try: words.F("start the server first; `servers` shows who listens now"),
		}
	}
	if h, ok := s.holder(); ok && h.Backlog < 0 && h.Type == unix.SOCK_STREAM {
		return Advice{
			Why: words.F("nobody is listening there: %s has the name, but it has not called listen", name(h)),
			Try: words.F("%s.listen(5), then connect again", inCode(h)),
		}
	}
	return Advice{
		Why: words.F("the file %s is there, but no socket listens behind it", s.addr.Path),
		Try: words.F("a server leaves its file behind when it ends: remove it, then bind again"),
	}
}

// abstract names of AF_UNIX are no files (unix(7)).
func abstract(a netlab.Addr) bool { return a.Path != "" && a.Path[0] == 0 }

func (s *scene) inUse() Advice {
	if s.addr.IsZero() { // listen: the address is the socket's own
		s.addr = s.info.Local
	}
	h, ok := s.holder()
	switch {
	case s.addr.Family == unix.AF_UNIX:
		return s.nameInUse(h, ok)
	case ok:
		return s.heldBy(h)
	case s.info.Type == unix.SOCK_DGRAM:
		return s.heldByOther()
	case netlab.TryBind(s.addr, false) == 0:
		return Advice{Why: words.F("somebody had the port a moment ago; now it is free"), Try: words.F("try the same call again")}
	}
	return s.heldOutside()
}

func (s *scene) nameInUse(h netlab.SocketInfo, held bool) Advice {
	switch {
	case held && abstract(s.addr):
		return Advice{
			Why: words.F("%s of this lab is bound to %s", name(h), h.Local.String()),
			Try: words.F("close it, or take another name"),
		}
	case abstract(s.addr):
		return Advice{Why: words.F("a program outside this lab has the name %s", s.addr.String()), Try: words.F("another name")}
	case held:
		return Advice{
			Why: words.F("%s of this lab is bound to %s", name(h), h.Local.String()),
			Try: words.F("another path; or close it and remove the file, for close leaves it there"),
		}
	}
	return Advice{
		Why: words.F("a file of this name is there already; only unlinking it frees the name"),
		Try: words.F("another path, or remove the file"),
	}
}

func (s *scene) heldBy(h netlab.SocketInfo) Advice {
	switch {
	case h.Backlog >= 0:
		return Advice{
			Why: words.F("%s of this lab listens on %s", name(h), h.Local.String()),
			Try: words.F("close it first, or take another port (0 lets the kernel choose)"),
		}
	case !h.Remote.IsZero() && h.Type == unix.SOCK_STREAM:
		try := words.F("close it, or take another port")
		if netlab.TryBind(s.addr, true) == 0 {
			try = words.F("with setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) before bind it would have worked, the kernel says")
		}
		return Advice{
			Why: words.F("%s, a connection of this lab, has the local address %s", name(h), h.Local.String()),
			Try: try,
		}
	}
	return Advice{
		Why: words.F("%s of this lab is bound to %s", name(h), h.Local.String()),
		Try: words.F("close it first, or take another port (0 lets the kernel choose)"),
	}
}

// heldOutside asks the kernel's table who has the port, if no socket of the
// lab has it, and by a throw-away bind whether SO_REUSEADDR would help.
func (s *scene) heldOutside() Advice {
	rows, _, err := s.lab.Table(false)
	var left time.Duration
	var living []netlab.TableRow
	for _, r := range rows {
		switch {
		case !clash(netlab.InetAddr(r.Local.Addr(), int(r.Local.Port())), s.addr):
		case r.State == kernel.Listen:
			return Advice{
				Why: words.F("a program outside this lab (user id %d) listens on %s", r.UID, r.Local.String()),
				Try: words.F("take another port (0 lets the kernel choose)"),
			}
		case r.State == kernel.TimeWait:
			left = max(left, r.Left())
		default:
			living = append(living, r)
		}
	}
	reuse := netlab.TryBind(s.addr, true) == 0
	switch {
	case left > 0 && len(living) == 0:
		return timeWait(left, reuse)
	case len(living) > 0 && living[0].Inode != 0:
		return s.reusable(reuse, words.F("a program outside this lab has a connection with the local address %s", living[0].Local.String()))
	case len(living) > 0:
		return s.reusable(reuse, words.F("a connection that used this port has not ended for the kernel: it is in %s", living[0].State.String()))
	case err != nil:
		return s.reusable(reuse, words.F("port %d is taken outside this lab, or a connection that used it is not over for the kernel (TIME_WAIT)", s.addr.Port))
	}
	return s.heldByOther()
}

func timeWait(left time.Duration, reuse bool) Advice {
	if reuse {
		return Advice{
			Why: words.F("nobody listens there, but a connection that used this port is in TIME_WAIT for %.0f s more", left.Seconds()),
			Try: words.F("with setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) before bind it would have worked, the kernel says"),
		}
	}
	return Advice{
		Why: words.F("a connection that used this port is in TIME_WAIT for %.0f s more, and it closed without SO_REUSEADDR: setting the option on this socket would not help", left.Seconds()),
		Try: words.F("another port, or port 0; the kernel lets go after a minute"),
	}
}

func (s *scene) reusable(reuse bool, why words.Text) Advice {
	if reuse {
		return Advice{Why: why, Try: words.F("with setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) before bind it would have worked, the kernel says")}
	}
	return Advice{Why: why, Try: words.F("take another port (0 lets the kernel choose)")}
}

func (s *scene) heldByOther() Advice {
	return Advice{
		Why: words.F("a program outside this lab has port %d", s.addr.Port),
		Try: words.F("take another port (0 lets the kernel choose)"),
	}
}

func (s *scene) notHere() Advice {
	if s.err.Op != netlab.OpConnect {
		return Advice{
			Why: words.F("%s is no address of this machine", s.addr.IP.String()),
			Try: words.F(`"127.0.0.1" is this machine for itself, "0.0.0.0" all its addresses`),
		}
	}
	if s.info.Local.Port != 0 {
		return Advice{
			Why: words.F("an earlier connection from %s to %s is not over for the kernel, and two ends have one connection at a time", s.info.Local.String(), s.addr.String()),
			Try: words.F("a socket without bind gets a port that is free"),
		}
	}
	return Advice{Why: words.F("nothing can be reached at %s from here", s.addr.String())}
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
	if s.err.Op == netlab.OpBind {
		return Advice{Why: words.F("the folder of %s is not there", s.addr.Path), Try: words.F("bind makes the file, but no folder")}
	}
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
