package coach

import (
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
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
	if old, ok := s.pastListener(); ok {
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
