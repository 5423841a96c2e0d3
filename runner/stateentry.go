package runner

import (
	"fmt"
	"os"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// Who has a socket of the table.
const (
	ownerLab     = "lab"     // a socket of this lab
	ownerQueue   = "queue"   // nobody yet: it stands in a queue of a listener of this lab
	ownerOutside = "outside" // a process, but not by a socket of this lab
	ownerNone    = "none"    // nobody any more: the kernel goes on by itself
)

func (e *stateEntry) owner() string {
	r := &e.row
	switch {
	case r.State == kernel.TimeWait && r.Proto == kernel.TCP:
		return ownerNone
	case r.Queued && r.Inode == 0 && mayBeQueued(r.State):
		return ownerQueue
	case r.Sock != 0 && !r.Queued && (!r.Closed || r.Inode != 0):
		return ownerLab
	case r.Inode != 0:
		return ownerOutside
	}
	return ownerNone
}

// mayBeQueued are the states that a connection can be in before accept: its
// own end has not closed.
func mayBeQueued(s kernel.State) bool {
	return s == kernel.SynRecv || s == kernel.Established || s == kernel.CloseWait
}

// finIn are the states in which the other end's FIN has come: until the end of
// the stream is read the kernel counts it as a byte of the receive queue.
func finIn(s kernel.State) bool {
	return s == kernel.CloseWait || s == kernel.LastAck || s == kernel.Closing
}

// finOut are the states in which this end's FIN waits to be acknowledged,
// counted as a byte of the send queue; of SYN_SENT that byte is the SYN.
func finOut(s kernel.State) bool {
	return s == kernel.FinWait1 || s == kernel.LastAck || s == kernel.Closing
}

// bytes are the bytes in a connection's queues, without FIN and SYN.
func (e *stateEntry) bytes() (unread, unacked int, finUnread, finUnacked bool) {
	r := &e.row
	if r.Proto != kernel.TCP || r.State == kernel.Listen {
		return 0, 0, false, false
	}
	unread, unacked = r.Recv, r.Send
	if finUnread = finIn(r.State) && unread > 0; finUnread {
		unread--
	}
	if finUnacked = finOut(r.State) && unacked > 0; finUnacked || r.State == kernel.SynSent && unacked > 0 {
		unacked--
	}
	return unread, unacked, finUnread, finUnacked
}

// maxOwners is how many sockets of other programs are looked for in /proc: each
// takes milliseconds.
const maxOwners = 12

// stateRows puts entries into words. Of at most so many sockets of other
// programs the process is named.
func (s *Session) stateRows(list []stateEntry, owners int) []view.StateRow {
	outside := 0
	for i := range list {
		if list[i].owner() == ownerOutside {
			outside++
		}
	}
	rows := make([]view.StateRow, len(list))
	for i := range list {
		rows[i] = s.stateRow(&list[i], outside <= owners)
	}
	return rows
}

func (s *Session) stateRow(e *stateEntry, search bool) view.StateRow {
	r := view.StateRow{State: e.row.State.String(), About: e.about()}
	r.Local, r.Remote = e.addresses()
	r.Who, r.Mine = e.who(search), e.owner() == ownerLab
	if e.row.Proto != kernel.TCP || e.row.State == kernel.Unknown {
		r.State, r.Word = "", e.word()
	}
	if e.row.State == kernel.TimeWait {
		r.Left, r.Whole = e.row.Left(), kernel.TimeWaitLength
	}
	return r
}

func (e *stateEntry) addresses() (local, remote string) {
	if e.row.Proto == kernel.Unix && e.sock != nil {
		local = e.sock.Local.String()
		if e.sock.Local.Path == "" {
			local = ""
		}
		if !e.sock.Remote.IsZero() && e.sock.Remote.Path != "" {
			remote = e.sock.Remote.String()
		}
		return local, remote
	}
	if e.row.Local.Port() != 0 {
		local = e.row.Local.String()
	}
	if e.row.Remote.Port() != 0 {
		remote = e.row.Remote.String()
	}
	return local, remote
}

// word is what is known of a socket that has no state.
func (e *stateEntry) word() words.Text {
	local, _ := e.addresses()
	switch {
	case e.sock == nil:
		return words.Raw("?")
	case e.sock.Backlog >= 0:
		return words.F("listening")
	case !e.sock.Remote.IsZero() && view.Dialling(*e.sock):
		return words.F("connecting")
	case !e.sock.Remote.IsZero() || e.row.State == kernel.Established && e.row.Proto != kernel.TCP:
		return words.F("connected")
	case local != "":
		return words.F("bound")
	}
	return words.F("fresh")
}

func labelOf(r *netlab.TableRow) string {
	if r.Label != "" {
		return view.Clean(r.Label)
	}
	return fmt.Sprintf("fd %d", r.FD)
}

func (e *stateEntry) who(search bool) words.Text {
	r := &e.row
	switch e.owner() {
	case ownerLab:
		return words.Raw(labelOf(r))
	case ownerQueue:
		if r.State == kernel.SynRecv {
			return words.F("SYN queue of %s", view.Clean(r.Label))
		}
		return words.F("in the accept queue of %s", view.Clean(r.Label))
	case ownerOutside:
		return outsideOwner(r, search)
	}
	switch {
	case r.State == kernel.TimeWait || r.State == kernel.SynRecv:
		return words.F("no process")
	case r.State == kernel.Established || r.State == kernel.CloseWait && r.Sock == 0:
		return words.F("not accepted yet")
	case r.Sock != 0 && !r.Queued && r.By == netlab.Learner:
		return words.F("closed by you; the kernel goes on")
	case r.Sock != 0 && !r.Queued && r.Label != "":
		return words.F("closed by %s; the kernel goes on", view.Clean(r.Label))
	}
	return words.F("closed; the kernel goes on")
}

// outsideOwner names the process, if it may be known, or the user.
func outsideOwner(r *netlab.TableRow, search bool) words.Text {
	if search {
		if pid, name, ok := kernel.Owner(r.Inode); ok && pid == os.Getpid() {
			return words.F("socklab itself")
		} else if ok {
			return words.F("pid %d (%s)", pid, view.Clean(name))
		}
	}
	return words.F("user %d", r.UID)
}

// about says what stands in the queues and which timer runs.
func (e *stateEntry) about() []words.Text {
	r := &e.row
	var list []words.Text
	add := func(t words.Text) { list = append(list, t) }
	switch {
	case r.Proto != kernel.TCP:
		return e.aboutOther()
	case r.State == kernel.Listen && e.inTable && r.Backlog() < 0:
		add(words.F("queue %d", r.Row.Queued()))
	case r.State == kernel.Listen && e.inTable:
		add(words.F("queue %d of %d (+1)", r.Row.Queued(), r.Row.Backlog()))
	case r.State == kernel.Listen && e.sock != nil:
		add(words.F("queue %d of %d (+1)", e.sock.Queued, e.sock.Backlog))
	case e.idle():
		add(words.F("bound, not listening"))
	case !e.inTable && e.sock != nil:
		add(e.absence())
	}
	unread, unacked, finUnread, finUnacked := e.bytes()
	if unread == 1 {
		add(words.F("1 byte unread"))
	} else if unread > 1 {
		add(words.F("%d bytes unread", unread))
	}
	if finUnread {
		add(words.F("FIN unread"))
	}
	if unacked == 1 {
		add(words.F("1 byte unacknowledged"))
	} else if unacked > 1 {
		add(words.F("%d bytes unacknowledged", unacked))
	}
	if finUnacked {
		add(words.F("FIN unacknowledged"))
	}
	if t := e.timer(); !t.Empty() {
		add(t)
	}
	return list
}

// idle reports whether the table shows a socket that is bound and does not
// listen: no other one in CLOSE is in it.
func (e *stateEntry) idle() bool {
	return e.inTable && e.row.Proto == kernel.TCP && e.row.State == kernel.Close && e.row.Local.Port() != 0
}

// unlisted reports whether the socket is bound, by its own calls, and the table
// does not show such sockets.
func (e *stateEntry) unlisted() bool {
	return !e.inTable && e.sock != nil && e.sock.Local.Port != 0 && e.row.State == kernel.Close &&
		e.sock.Counts.Calls[netlab.OpConnect] == 0
}

// absence says why an open TCP socket has no row.
func (e *stateEntry) absence() words.Text {
	switch {
	case e.row.State == kernel.Unknown:
		return words.F("its state cannot be seen here")
	case e.row.State != kernel.Close:
		return words.F("by TCP_INFO")
	case !e.sock.Remote.IsZero() || e.sock.Counts.Calls[netlab.OpConnect] > 0:
		return words.F("not in the kernel's table any more")
	case e.unlisted():
		return words.F("bound; this table does not show it")
	}
	return words.F("not in the kernel's table yet")
}

func (e *stateEntry) aboutOther() []words.Text {
	list := []words.Text{words.Raw(map[kernel.Proto]string{kernel.UDP: "UDP", kernel.Unix: "AF_UNIX"}[e.row.Proto])}
	switch {
	case e.sock == nil:
	case e.sock.Backlog >= 0 && e.inTable:
		list = append(list, words.F("queue %d of %d (+1)", e.row.Row.Queued(), e.row.Row.Backlog()))
	case e.row.Proto == kernel.UDP && e.row.Recv > 0:
		list = append(list, words.F("%d bytes of its receive buffer used", e.row.Recv))
	case e.sock.Unread > 0 && e.sock.Backlog < 0:
		list = append(list, words.F("%d bytes unread", e.sock.Unread))
	}
	if e.row.Drops > 0 {
		list = append(list, words.F("%d dropped: the buffer was full", e.row.Drops))
	}
	return list
}
