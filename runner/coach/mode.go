package coach

import (
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// The errors of calls that do not wait, or not for ever.

func (s *scene) again() Advice {
	later := words.F("try again later, or %s.setblocking(True)", s.code())
	if s.info.Timeout != 0 {
		later = words.F("try again later, or without MSG_DONTWAIT")
	}
	switch s.err.Op {
	case netlab.OpAccept:
		return Advice{Why: words.F("nobody is calling at this moment, and the call does not wait (non-blocking)"), Try: later}
	case netlab.OpSend, netlab.OpSendto:
		if s.info.State == kernel.SynSent {
			return s.already()
		}
		return Advice{
			Why: words.F("the send buffer is full, and the call does not wait (non-blocking)"),
			Try: words.F("let the other side read, then send again"),
		}
	case netlab.OpConnect:
		return Advice{
			Why: words.F("the other side's queue is full"),
			Try: words.F("let it accept, then connect again"),
		}
	}
	if s.messages() {
		return Advice{Why: words.F("no datagram is here at this moment, and the call does not wait (non-blocking)"), Try: later}
	}
	return Advice{
		Why: words.F("there is nothing to read at this moment, and the call does not wait (non-blocking); this is not the end of the stream, that would be b''"),
		Try: later,
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

func (s *scene) timeout() Advice {
	seconds := s.err.Limit.Seconds()
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
	var try words.Text
	asked := s.info.Counts.Calls[netlab.OpSend] + s.info.Counts.Calls[netlab.OpSendto]
	switch {
	case asked == 0 && s.messages():
		try = words.F("nothing more is here; whoever is to answer has to be written to first")
	case asked == 0:
		try = words.F("has the other side been asked anything?")
	case s.notAccepted():
		try = words.F("nobody has accepted this connection yet: it stands in the accept queue of %s, and its bytes wait with it", s.info.Remote.String())
	case !s.messages() && s.info.Counts.In == 0:
		try = words.F("it was asked; perhaps its answer was empty: a send of 0 bytes puts nothing on the wire")
	}
	if s.messages() {
		return Advice{Why: words.F("no datagram came within %g s (settimeout)", seconds), Try: try}
	}
	return Advice{Why: words.F("nothing arrived within %g s (settimeout); the connection is as it was", seconds), Try: try}
}

// notAccepted reports whether the other end may still stand in the accept queue
// of a listener of the lab: it has one that is not empty, and no socket is at
// the other end.
func (s *scene) notAccepted() bool {
	queue := false
	for _, other := range s.all {
		switch {
		case other.Closed:
		case other.Local == s.info.Remote && other.Remote == s.info.Local:
			return false
		case other.Backlog >= 0 && other.Queued > 0 && clash(other.Local, s.info.Remote):
			queue = true
		}
	}
	return queue
}
