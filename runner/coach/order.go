package coach

import (
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// The errors of calls in the wrong order, or with what does not fit.

func (s *scene) listening() bool { return s.info.Backlog >= 0 }

// neverConnected: there is no peer and never was one. A connect that failed
// later than it was called has left its address behind.
func (s *scene) neverConnected() bool {
	if s.info.Remote.IsZero() {
		return true
	}
	n := s.info.Counts
	return s.info.State == kernel.Close && n.In == 0 && n.Out == 0 &&
		n.Calls[netlab.OpConnect] > 0 && n.Calls[netlab.OpConnect] == n.Failed[netlab.OpConnect]
}

func (s *scene) me() words.Text { return name(s.info) }

func (s *scene) code() string { return inCode(s.info) }

func (s *scene) messages() bool { return s.info.Type == unix.SOCK_DGRAM }

// closedOwnSide reports whether the socket's own sending side was closed by a
// shutdown, and whether by one of both directions.
func (s *scene) closedOwnSide() (closed, both bool) {
	events, _ := s.lab.Journal().Typed(netlab.Mark{})
	for i := range events {
		e := &events[i]
		if e.Sock == s.info.ID && e.Op == netlab.OpShutdown && e.Succeeded() && e.A != unix.SHUT_RD {
			closed, both = true, both || e.A == unix.SHUT_RDWR
		}
	}
	switch s.info.State {
	case kernel.FinWait1, kernel.FinWait2, kernel.Closing, kernel.LastAck:
		closed = true
	}
	return closed, both
}

func (s *scene) notConnected() Advice {
	switch {
	case s.listening():
		return Advice{
			Why: words.F("%s listens: it takes callers and carries no bytes itself", s.me()),
			Try: words.F("conn, addr = %s.accept() gives a connected socket", s.code()),
		}
	case s.info.State == kernel.SynSent:
		return s.already()
	case s.messages() && s.neverConnected():
		return Advice{
			Why: words.F("%s has no peer: a datagram socket has one only after connect", s.me()),
			Try: words.F("sendto(data, (host, port)), or connect first"),
		}
	case s.neverConnected():
		return Advice{
			Why: words.F("%s has no other end yet", s.me()),
			Try: words.F("connect first (a client), or use what accept returned (a server)"),
		}
	}
	return Advice{Why: words.F("the connection of %s is over", s.me()), Try: words.F("make a new socket and connect again")}
}

func (s *scene) isConnected() Advice {
	if s.listening() {
		return Advice{
			Why: words.F("%s listens: it waits for callers and cannot dial", s.me()),
			Try: words.F("make a new socket and connect that"),
		}
	}
	return Advice{
		Why: words.F("%s is connected to %s already; a stream socket that is connected cannot be connected again", s.me(), s.info.Remote.String()),
		Try: words.F("make a new socket for another connection"),
	}
}

func (s *scene) brokenPipe() Advice {
	closed, both := s.closedOwnSide()
	switch {
	case s.listening():
		return Advice{
			Why: words.F("%s listens: it takes callers and carries no bytes itself", s.me()),
			Try: words.F("send on the socket that accept returned"),
		}
	case s.neverConnected():
		return Advice{
			Why: words.F("%s was never connected (Linux says EPIPE for that too)", s.me()),
			Try: words.F("connect first"),
		}
	case closed && both:
		return Advice{
			Why: words.F("%s has closed both its directions with shutdown", s.me()),
			Try: words.F("make a new socket for another connection"),
		}
	case closed:
		return Advice{
			Why: words.F("%s has closed its own sending side with shutdown", s.me()),
			Try: words.F("it can still receive; make a new socket to send"),
		}
	case s.info.Family == unix.AF_UNIX:
		return Advice{Why: words.F("the other side has closed; AF_UNIX says so at once")}
	}
	return Advice{
		Why: words.F("the other side has closed the connection and its system has sent a reset (RST): nobody takes these bytes"),
		Try: words.F("close this socket; a new connection needs a new socket"),
	}
}

func (s *scene) reset() Advice {
	if s.info.Family == unix.AF_UNIX {
		return Advice{
			Why: words.F("the other side closed with unread bytes, or its listener closed before accept"),
			Try: words.F("close this socket; a new connection needs a new socket"),
		}
	}
	return Advice{
		Why: words.F("the other side ended the connection with a reset (RST) instead of a FIN: it closed with unread bytes, with SO_LINGER 0, or its listener closed before accept"),
		Try: words.F("bytes under way are lost; recv returns b'' from now on; close this socket"),
	}
}

func (s *scene) aborted() Advice {
	return Advice{
		Why: words.F("the connection was given up before it was ready"),
		Try: words.F("make a new socket and connect again"),
	}
}

func (s *scene) invalid() Advice {
	switch s.err.Op {
	case netlab.OpAccept:
		if s.listening() { // shutdown ends a listener, accept(2) then says EINVAL
			return Advice{Why: words.F("%s does not listen any more", s.me()), Try: words.F("%s.listen(5) first", s.code())}
		}
		return Advice{
			Why: words.F("%s does not listen, so nobody can call it", s.me()),
			Try: words.F("%s.listen(5) first", s.code()),
		}
	case netlab.OpBind:
		return s.invalidBind()
	case netlab.OpListen:
		return s.invalidListen()
	case netlab.OpSendto:
		if s.addr.Family != unix.AF_UNIX && s.addr.Port == 0 {
			return Advice{Why: words.F("port 0 is no destination"), Try: words.F("a port from 1 to 65535")}
		}
	case netlab.OpSetsockopt, netlab.OpGetsockopt:
		return Advice{Why: words.F("the option does not take this value")}
	}
	return Advice{Why: words.F("the call does not fit the state of %s", s.me())}
}

func (s *scene) invalidBind() Advice {
	const longest = 107 // sun_path of unix(7), less its NUL
	switch {
	case s.addr.Family == unix.AF_UNIX && len(s.addr.Path) > longest:
		return Advice{Why: words.F("the path is too long: %d bytes of at most %d", len(s.addr.Path), longest)}
	case s.info.Local.Port != 0 || s.info.Local.Path != "":
		return Advice{
			Why: words.F("%s has an address already: %s; bind gives one once", s.me(), s.info.Local.String()),
			Try: words.F("make a new socket for another address"),
		}
	}
	return Advice{Why: words.F("the call does not fit the state of %s", s.me())}
}

func (s *scene) invalidListen() Advice {
	switch {
	case s.info.Family == unix.AF_UNIX && s.info.Local.Path == "":
		return Advice{Why: words.F("%s has no name, and AF_UNIX gives none by itself", s.me()), Try: words.F("bind it to a path first")}
	case s.info.State == kernel.SynSent:
		return s.already()
	}
	return Advice{
		Why: words.F("%s is connected; only a socket without a connection can listen", s.me()),
		Try: words.F("make a new socket to listen on"),
	}
}

func (s *scene) tooLong() Advice {
	const most = 65507
	try := words.F("send it in pieces, or over TCP")
	switch {
	case s.info.Family == unix.AF_UNIX:
		return Advice{Why: words.F("%d bytes do not fit into the send buffer, and a datagram is sent whole", s.err.Size), Try: words.F("send it in pieces, or over a stream")}
	case s.info.Family == unix.AF_INET && s.err.Size > most:
		return Advice{
			Why: words.F("%d bytes do not fit into one datagram; over IPv4 it carries at most 65507 (65535 less 20 of IP and 8 of UDP)", s.err.Size),
			Try: try,
		}
	case s.err.Size > most:
		return Advice{Why: words.F("%d bytes do not fit into one datagram; over IPv6 it carries at most 65527 (65535 less 8 of UDP)", s.err.Size), Try: try}
	}
	return Advice{Why: words.F("%d bytes do not fit into one datagram on this path", s.err.Size), Try: try}
}

func (s *scene) noDestination() Advice {
	return Advice{
		Why: words.F("%s has no peer, so the datagram needs an address", s.me()),
		Try: words.F("sendto(data, (host, port)), or connect first"),
	}
}

func (s *scene) notSupported() Advice {
	if s.info.Type == unix.SOCK_DGRAM {
		return Advice{
			Why: words.F("a datagram socket has no connections: there is nothing to listen for or to accept"),
			Try: words.F("recvfrom takes datagrams from anybody"),
		}
	}
	return Advice{Why: words.F("this kind of socket does not know that call")}
}

func (s *scene) noOption() Advice {
	return Advice{Why: words.F("there is no such option at this level"), Try: words.F("SO_… options belong to SOL_SOCKET, TCP_… options to IPPROTO_TCP")}
}

func (s *scene) noDescriptors() Advice {
	return Advice{
		Why: words.F("this program has no file descriptor left (ulimit -n)"),
		Try: words.F("close sockets that are no longer needed; `sockets` lists them"),
	}
}

func (s *scene) interrupted() Advice { return Advice{Why: words.F("a signal came in between")} }

func (s *scene) closed() Advice {
	if s.info.ClosedAt > 0 {
		return Advice{
			Why: words.F("%s was closed %.1f s ago; its descriptor is gone", s.me(), s.ago(s.info.ClosedAt)),
			Try: words.F("make a new socket"),
		}
	}
	return Advice{Why: words.F("%s is closed", s.me()), Try: words.F("make a new socket")}
}
