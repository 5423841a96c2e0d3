package coach

import (
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// The errors of calls in the wrong order or the wrong mode.

func (s *scene) listening() bool { return s.info.Backlog >= 0 }

// neverConnected: there is no peer and never was one.
func (s *scene) neverConnected() bool { return s.info.Remote.IsZero() }

func (s *scene) me() string {
	if s.info.Label != "" {
		return s.info.Label
	}
	return "this socket"
}

func (s *scene) notConnected() Advice {
	if s.listening() {
		return Advice{
			Why: words.F("%s listens: it takes callers and carries no bytes itself", s.me()),
			Try: words.F("conn, addr = %s.accept() gives a connected socket", s.me()),
		}
	}
	if s.neverConnected() {
		return Advice{
			Why: words.F("%s has no other end yet", s.me()),
			Try: words.F("connect first (a client), or use what accept returned (a server)"),
		}
	}
	return Advice{Why: words.F("the connection of %s is over", s.me()), Try: words.F("make a new socket and connect again")}
}

func (s *scene) isConnected() Advice {
	return Advice{
		Why: words.F("%s is connected to %s already; a stream socket is connected once in its life", s.me(), s.info.Remote.String()),
		Try: words.F("make a new socket for another connection"),
	}
}

func (s *scene) brokenPipe() Advice {
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
	case s.info.Counts.Calls[netlab.OpShutdown] > 0 && s.info.State != kernel.Close:
		return Advice{
			Why: words.F("%s has closed its own sending side with shutdown", s.me()),
			Try: words.F("it can still receive; make a new socket to send"),
		}
	case s.info.Family == unix.AF_UNIX:
		return Advice{Why: words.F("the other side has closed; AF_UNIX says so at once")}
	}
	return Advice{
		Why: words.F("the other side has closed, and has answered an earlier send with a reset (RST): nobody takes these bytes"),
		Try: words.F("close this socket; a new connection needs a new socket"),
	}
}

func (s *scene) reset() Advice {
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
	switch {
	case s.err.Op == netlab.OpAccept:
		return Advice{
			Why: words.F("%s does not listen, so nobody can call it", s.me()),
			Try: words.F("%s.listen(5) first", s.me()),
		}
	case s.err.Op == netlab.OpBind && !s.info.Local.IsZero() && s.info.Local.Port != 0:
		return Advice{
			Why: words.F("%s has an address already: %s; bind gives one once", s.me(), s.info.Local.String()),
			Try: words.F("make a new socket for another address"),
		}
	case s.err.Op == netlab.OpListen:
		return Advice{
			Why: words.F("%s is connected; only a socket without a connection can listen", s.me()),
			Try: words.F("make a new socket to listen on"),
		}
	case s.err.Op == netlab.OpSetsockopt || s.err.Op == netlab.OpGetsockopt:
		return Advice{Why: words.F("the option does not take this value")}
	}
	return Advice{Why: words.F("the call does not fit the state of %s", s.me())}
}

func (s *scene) again() Advice {
	switch s.err.Op {
	case netlab.OpAccept:
		return Advice{
			Why: words.F("nobody is calling at this moment, and %s does not wait (non-blocking)", s.me()),
			Try: words.F("try again later, or %s.setblocking(True)", s.me()),
		}
	case netlab.OpSend, netlab.OpSendto:
		return Advice{
			Why: words.F("the send buffer is full, and %s does not wait (non-blocking)", s.me()),
			Try: words.F("let the other side read, then send again"),
		}
	case netlab.OpConnect:
		return Advice{
			Why: words.F("the other side's queue is full"),
			Try: words.F("let it accept, then connect again"),
		}
	}
	return Advice{
		Why: words.F("there is nothing to read at this moment, and %s does not wait (non-blocking); this is not the end of the stream, that would be b''", s.me()),
		Try: words.F("try again later, or %s.setblocking(True)", s.me()),
	}
}

func (s *scene) inProgress() Advice {
	return Advice{
		Why: words.F("the SYN is on its way, and %s does not wait for the answer (non-blocking)", s.me()),
		Try: words.F("getsockopt(SOL_SOCKET, SO_ERROR) decides once the socket is writable"),
	}
}

func (s *scene) already() Advice {
	return Advice{
		Why: words.F("an earlier connect of %s has no answer yet", s.me()),
		Try: words.F("wait for it: the other side's accept queue may be full"),
	}
}

func (s *scene) tooLong() Advice {
	return Advice{
		Why: words.F("%d bytes do not fit into one datagram; over IPv4 it carries at most 65507 (65535 less 20 of IP and 8 of UDP)", s.err.Size),
		Try: words.F("send it in pieces, or over TCP"),
	}
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

func (s *scene) timeout() Advice {
	seconds := s.info.Timeout.Seconds()
	switch s.err.Op {
	case netlab.OpConnect:
		return Advice{
			Why: words.F("no answer to the SYN within %g s (settimeout)", seconds),
			Try: words.F("is somebody listening there, and is there room in the accept queue?"),
		}
	case netlab.OpAccept:
		return Advice{Why: words.F("nobody called within %g s (settimeout)", seconds)}
	case netlab.OpSend, netlab.OpSendto:
		return Advice{
			Why: words.F("%d of %d bytes went out within %g s (settimeout); the other side does not read", s.err.Sent, s.err.Size, seconds),
		}
	}
	return Advice{
		Why: words.F("nothing arrived within %g s (settimeout); the connection is as it was", seconds),
		Try: words.F("has the other side been asked anything?"),
	}
}
