package coach

import (
	"os"
	"strings"
	"unicode"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// EADDRINUSE: who has the address.

func (s *scene) inUse() Advice {
	if s.err.Op == netlab.OpConnect && s.addr.Family != unix.AF_UNIX {
		return s.notHere() // other systems than Linux say this of a pair that is in use
	}
	if s.addr.IsZero() { // listen: the address is the socket's own
		s.addr = s.info.Local
	}
	switch {
	case s.addr.Family == unix.AF_UNIX:
		return s.nameInUse(s.holder())
	case s.addr.Port == 0:
		return Advice{
			Why: words.F("the kernel was to choose a port and found none that is free"),
			Try: words.F("close sockets that are no longer needed; `sockets` lists them"),
		}
	}
	l := s.whoHas()
	p := s.probe()
	list := decide(l.claims, p)
	switch {
	case p.taken == no, p.taken == unknown && len(list) == 0 && !l.blind():
		return freeNow()
	case p.reuse == yes && p.mine == yes:
		return s.bothHaveIt(list)
	case len(list) == 0:
		return s.unseen(l, p)
	}
	return s.held(list, p)
}

func freeNow() Advice {
	return Advice{Why: words.F("somebody had the port a moment ago; now it is free"), Try: words.F("try the same call again")}
}

// held explains by the claim that decides, and counts the others.
func (s *scene) held(list []claim, p probe) Advice {
	c := list[0]
	what := s.what(c)
	if more := len(list) - 1; more > 0 {
		what = words.F("%s (and %d more on this port)", what, more)
	}
	switch {
	case c.role == listening:
		return s.listenerHolds(c, what, p)
	case s.info.Type == unix.SOCK_DGRAM:
		return Advice{Why: what, Try: s.elsewhere(c)}
	}
	return s.reuseVerdict(c, what, p)
}

func (s *scene) listenerHolds(c claim, what words.Text, p probe) Advice {
	if p.mine == yes {
		what = words.F("%s. SO_REUSEADDR shares no port with a listener", what)
	}
	return Advice{Why: what, Try: s.elsewhere(c)}
}

// elsewhere is what to try when no option helps.
func (s *scene) elsewhere(c claim) words.Text {
	if c.ours && c.role < connected {
		return words.F("close it first, or take another port (0 lets the kernel choose)")
	}
	return words.F("take another port (0 lets the kernel choose)")
}

// what says who has the port and what it does with it.
func (s *scene) what(c claim) words.Text {
	switch c.role {
	case listening:
		return words.F("%s listens on %s", s.whose(c), c.local)
	case bound:
		return words.F("%s is bound to %s", s.whose(c), c.local)
	case connected:
		if c.ours {
			return words.F("%s, a connection of this lab, has the local address %s%s", name(c.info), c.local, inState(c.state))
		}
		return words.F("%s has a connection with the local address %s%s", s.whose(c), c.local, inState(c.state))
	case orphan:
		return words.F("a connection that used this port has not ended for the kernel: it is in %s%s", c.state.String(), s.past(c))
	}
	return words.F("a connection that used this port is in TIME_WAIT for %.1f s more%s", c.left.Seconds(), s.past(c))
}

// inState is empty where the system does not tell the state.
func inState(state kernel.State) words.Text {
	if state == kernel.Unknown {
		return words.Raw("")
	}
	return words.F(" (%s)", state.String())
}

// past says whose a connection without a process was.
func (s *scene) past(c claim) words.Text {
	if c.ours && !c.info.Closed { // shut down in both directions
		return words.F(": that of %s", name(c.info))
	}
	if c.ours {
		return words.F(": %s, closed %.1f s ago", name(c.info), s.ago(c.info.ClosedAt))
	}
	if peer := s.lab.Find(c.peer); peer != nil {
		return words.F("; it was the other end of %s", name(peer.Info()))
	}
	return words.F("; it is left from an earlier step or another program")
}

// whose names the lab's socket, another program that this user may look at, or
// at least the user.
func (s *scene) whose(c claim) words.Text {
	if c.ours {
		return words.F("%s of this lab", name(c.info))
	}
	if pid, comm, ok := kernel.Owner(c.inode); ok {
		return words.F("a program outside this lab, pid %d (%s),", pid, printable(comm))
	}
	if c.uid != os.Getuid() {
		return words.F("another user's program (user id %d)", c.uid)
	}
	return words.F("a program outside this lab (user id %d)", c.uid)
}

// printable leaves out what could steer a terminal: a program chooses its name.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, s)
}

// unseen explains a refusal without any socket to show for it.
func (s *scene) unseen(l look, p probe) Advice {
	var why words.Text
	switch {
	case l.unsupported() && s.info.Type == unix.SOCK_DGRAM:
		why = words.F("no socket of this lab has port %d; who else has it, this system does not show", s.addr.Port)
	case l.unsupported():
		why = words.F("no open socket of this lab has port %d; whether another program has it or an old connection is in TIME_WAIT, this system does not show", s.addr.Port)
	case l.blind():
		why = words.F("no open socket of this lab has port %d; who else has it could not be read: %s", s.addr.Port, l.err.Error())
	case l.src == kernel.ProcNet:
		why = words.F("/proc/net shows nobody on port %d, but it leaves out who is bound without listening: it may be a program outside this lab", s.addr.Port)
	default:
		why = words.F("the kernel refuses port %d, and its table shows nobody there", s.addr.Port)
	}
	return s.reuseVerdict(claim{role: bound}, why, p)
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
