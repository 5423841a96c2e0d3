package coach

import (
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// SO_REUSEADDR: on Linux two TCP sockets share an address only if both have it
// and neither listens (socket(7); inet_csk_bind_conflict). A connection has it
// from its listener, and keeps in TIME_WAIT what it had when it closed.

// A probe is what throw-away sockets were told about the address, right after
// the table was read, and what the failed socket has itself.
type probe struct {
	mine  answer // the failed socket has SO_REUSEADDR
	taken answer // the address is refused to a socket as the failed one
	reuse answer // a socket with SO_REUSEADDR gets it
}

// probe asks the kernel. Only bind(2) on a TCP socket can be asked about: a
// socket that is to listen has the port itself, and would be in the way.
func (s *scene) probe() probe {
	var p probe
	if sock := s.err.Socket; sock != nil {
		if on, err := sock.ReuseAddr(); err == nil {
			p.mine = answerOf(on)
		}
	}
	if s.info.Type != unix.SOCK_STREAM || s.err.Op != netlab.OpBind {
		return p
	}
	p.reuse = gets(netlab.TryBind(s.addr, true))
	switch gets(netlab.TryBind(s.addr, false)) {
	case yes:
		p.taken = no
	case no:
		p.taken = yes
	}
	return p
}

// gets reads the answer to a probe; any errno but EADDRINUSE is about
// something else.
func gets(errno syscall.Errno) answer {
	switch errno {
	case 0:
		return yes
	case unix.EADDRINUSE:
		return no
	}
	return unknown
}

// reuseVerdict adds to what which of the two sockets lacks SO_REUSEADDR. Of a
// socket outside the lab it says what the probe showed and no more.
func (s *scene) reuseVerdict(c claim, what words.Text, p probe) Advice {
	setIt := words.F("%s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1), then the same call again", inCode(s.info))
	say := func(verdict, try words.Text) Advice { return Advice{Why: words.F("%s. %s", what, verdict), Try: try} }
	switch {
	case s.err.Op == netlab.OpListen && p.mine == no && c.reuse != no:
		return say(words.F("At listen the kernel looks at the port once more, and this socket has no SO_REUSEADDR"), setIt)
	case s.err.Op == netlab.OpListen && c.reuse == no:
		return say(words.F("At listen the kernel looks at the port once more, and %s has no SO_REUSEADDR", name(c.info)), s.elsewhere(c))
	case p.reuse == yes && c.reuse == yes && c.role >= orphan:
		return say(words.F("The old connection closed with SO_REUSEADDR; this socket has not set it"), setIt)
	case p.reuse == yes && c.reuse == yes:
		return say(words.F("%s has SO_REUSEADDR; this socket has not set it", name(c.info)), setIt)
	case p.reuse == yes:
		return say(words.F("The kernel would give the port to a socket with SO_REUSEADDR: it has just been asked"), setIt)
	case p.reuse == no && c.reuse == no:
		return s.oldLacksIt(c, what, p)
	case p.reuse == no && p.mine == yes:
		return say(words.F("This socket has SO_REUSEADDR, and the kernel refuses all the same"), s.wait(c))
	case p.reuse == no:
		return say(words.F("SO_REUSEADDR on this socket would not help: the kernel refuses that too, it has just been asked"), s.wait(c))
	}
	return Advice{Why: what, Try: s.wait(c)}
}

// oldLacksIt is of the lab's own sockets, whose option is known.
func (s *scene) oldLacksIt(c claim, what words.Text, p probe) Advice {
	a := Advice{Try: s.nextTime(c, p)}
	switch closed := c.role >= orphan; {
	case closed && p.mine == yes:
		a.Why = words.F("%s. This socket has SO_REUSEADDR, but the old connection closed without it", what)
	case closed:
		a.Why = words.F("%s. SO_REUSEADDR on this socket would not help: the old connection closed without it", what)
	case p.mine == yes:
		a.Why = words.F("%s. This socket has SO_REUSEADDR, but %s has not", what, name(c.info))
	default:
		a.Why = words.F("%s. SO_REUSEADDR on this socket alone would not help: %s has not set it either", what, name(c.info))
	}
	return a
}

// nextTime says where the option has to be set, and before what.
func (s *scene) nextTime(c claim, p probe) words.Text {
	switch {
	case c.role == bound:
		return s.elsewhere(c)
	case c.role == connected && p.mine == yes:
		return words.F("%s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1), then the same call again", inCode(c.info))
	case c.role == connected && inCode(c.info) == inCode(s.info):
		return words.F("setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) on both sockets, then the same call again")
	case c.role == connected:
		return words.F("setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) on both, %s and %s, then the same call again", inCode(c.info), inCode(s.info))
	case c.info.Counts.Calls[netlab.OpConnect] > 0: // a client: it had no listener
		return words.F("%s; next time setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) on both: on the old socket before it closes, on the new one before bind", s.wait(c))
	}
	return words.F("%s; next time setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) on both: on the old listener before clients connect, on the new one before bind", s.wait(c))
}

// wait is another port, or the time that TIME_WAIT still takes.
func (s *scene) wait(c claim) words.Text {
	if c.role == timeWait {
		return words.F("take another port (0 lets the kernel choose), or wait %.1f s", c.left.Seconds())
	}
	return s.elsewhere(c)
}

// bothHaveIt is for a refusal that is over: the socket has the option, and the
// kernel gives the address to one that has it.
func (s *scene) bothHaveIt(list []claim) Advice {
	if len(list) == 0 {
		return freeNow()
	}
	why := words.F("%s. This socket has SO_REUSEADDR as well now, and the kernel would give it the port", s.what(list[0]))
	if list[0].reuse != yes {
		why = words.F("%s. This socket has SO_REUSEADDR now, and the kernel would give it the port", s.what(list[0]))
	}
	return Advice{Why: why, Try: words.F("try the same call again")}
}
