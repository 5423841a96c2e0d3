package netlab

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// A PeerError says why the process at the other end of a connection is not
// known to belong to this user.
type PeerError struct {
	UID    int // whose it is; -1: nobody knows
	Reason string
}

func (e *PeerError) Error() string { return "the other end " + e.Reason }

// SameUser is nil if the other end of a TCP connection of this machine belongs
// to the user who runs this process: on loopback a connection proves nothing,
// any local user can make one. It asks the kernel's table for the other end's
// row (one look-up) and then whether the own end is still connected, so that
// nobody can have taken over the addresses meanwhile. In doubt the answer is a
// *[PeerError]: no row, no process (TIME_WAIT and SYN_RECV rows have uid 0 and
// no inode), another user, or a system that shows no table.
func (s *Socket) SameUser() error {
	e := s.ends()
	if !e.Remote.Addr().IsLoopback() && e.Remote.Addr() != e.Local.Addr() {
		return &PeerError{-1, "is on another machine"}
	}
	if s.lab.has(e.Mirror()) {
		return nil // a socket of this very process
	}
	t, err := s.lab.kernelTable()
	if err != nil {
		return &PeerError{-1, "cannot be found: " + err.Error()}
	}
	row, ok, err := t.Lookup(e.Mirror())
	switch {
	case err != nil:
		return &PeerError{-1, "cannot be found: " + err.Error()}
	case !ok || row.Inode == 0 || !alive(row.State):
		return &PeerError{-1, "has no process any more"}
	case row.UID != os.Getuid():
		return &PeerError{row.UID, fmt.Sprintf("belongs to user %d", row.UID)}
	}
	info, err := s.TCPInfo()
	if err != nil || info.State != kernel.Established && info.State != kernel.CloseWait {
		return &PeerError{-1, "has gone meanwhile"}
	}
	return nil
}

// Refuse puts into the journal why a server hangs up on this connection. The
// other end is told nothing.
func (s *Socket) Refuse(why error) {
	c := call{op: OpRefuse, outcome: Failed, errno: unix.EACCES, buf: []byte(why.Error()), tries: 1}
	s.lab.record(s, &c, s.lab.now())
}

// alive are the states in which a socket may belong to a process that talks.
func alive(s kernel.State) bool {
	switch s {
	case kernel.Established, kernel.FinWait1, kernel.FinWait2, kernel.CloseWait:
		return true
	}
	return false
}

// has reports whether an open socket of the lab has the addresses.
func (l *Lab) has(e kernel.Ends) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.sockets {
		if s.isTCP() && !s.closed.Load() && s.ends() == e {
			return true
		}
	}
	return false
}
