package view

import (
	"fmt"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// Sockets prints a line for each socket: descriptor, name, kind, state,
// addresses, and what is special about it. now is the moment on the lab's clock.
func (r *Renderer) Sockets(list []netlab.SocketInfo, now time.Duration) {
	if len(list) == 0 {
		r.Paragraph(words.F("No socket is open. `socket` or `connect` makes one."))
		return
	}
	if r.opts.Plain {
		r.socketsPlain(list, now)
		return
	}
	r, done := r.canvas(60)
	defer done()
	var lines []Line
	for _, s := range list {
		head := Join(
			L("  "+PadLeft(fdText(s), 3)+"  "), S(Name, Pad(r.Cut(orDash(Clean(s.Label)), 10), 10)+" "),
			L(Pad(KindName(s), 5)), L(Pad(r.stateText(s), 12)+" "),
		)
		text := Join(L(Ends(s)), S(Dim, r.remarks(s, now)))
		if r.Width() < 60 {
			lines = append(lines, r.Wrap(nil, r.ready(head), r.Width())...)
			lines = append(lines, r.Wrap(L("      "), r.ready(text), r.Width())...)
			continue
		}
		lines = append(lines, r.Wrap(r.ready(head), r.ready(text), r.Width())...)
	}
	r.Print(lines...)
}

func fdText(s netlab.SocketInfo) string { return strconv.Itoa(s.FD) }

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// KindName is TCP, UDP or UNIX.
func KindName(s netlab.SocketInfo) string {
	switch {
	case s.Family == unix.AF_UNIX:
		return "UNIX"
	case s.Type == unix.SOCK_DGRAM:
		return "UDP"
	}
	return "TCP"
}

// stateText is the kernel's state; where there is none, what is known.
func (r *Renderer) stateText(s netlab.SocketInfo) string {
	switch {
	case s.Closed:
		return r.Say(words.F("closed"))
	case s.State != kernel.Unknown:
		return s.State.String()
	case s.Backlog >= 0:
		return kernel.Listen.String()
	case !s.Remote.IsZero() && Dialling(s):
		return r.Say(words.F("connecting"))
	case !s.Remote.IsZero():
		return r.Say(words.F("connected"))
	case !s.Local.IsZero() && (s.Local.Port != 0 || s.Local.Path != ""):
		return r.Say(words.F("bound"))
	}
	return orDash("")
}

// Dialling reports whether no connect of the socket has succeeded so far.
func Dialling(s netlab.SocketInfo) bool {
	calls := s.Counts.Calls[netlab.OpConnect]
	return calls > 0 && calls == s.Counts.Failed[netlab.OpConnect]
}

func (r *Renderer) remarks(s netlab.SocketInfo, now time.Duration) string {
	var text string
	for _, t := range r.remarkTexts(s, now) {
		text += "  " + r.Say(t)
	}
	return text
}

// remarkTexts are what is special about a socket.
func (r *Renderer) remarkTexts(s netlab.SocketInfo, now time.Duration) []words.Text {
	var list []words.Text
	add := func(t words.Text) { list = append(list, t) }
	switch {
	case s.Backlog >= 0 && !s.Closed && s.State == kernel.Unknown && s.Family != unix.AF_UNIX:
		add(words.F("backlog %d", s.Backlog))
	case s.Backlog >= 0 && !s.Closed:
		add(words.F("accept queue %d, backlog %d", s.Queued, s.Backlog))
	}
	if s.Unread > 0 && s.Backlog < 0 {
		add(words.F("%d bytes unread", s.Unread))
	}
	switch {
	case s.Closed:
	case s.Timeout == 0:
		add(words.F("non-blocking"))
	case s.Timeout > 0:
		add(words.F("timeout %g s", s.Timeout.Seconds()))
	}
	if s.Waiting != netlab.OpNone {
		if d := (now - s.WaitingSince).Seconds(); d >= 1 && s.By != netlab.Server {
			add(words.F("waits in %s for %.0f s", s.Waiting.String(), d))
		} else {
			add(words.F("waits in %s", s.Waiting.String()))
		}
	}
	return list
}

// A CardEnd is what the kernel's table says of one end of a connection.
type CardEnd struct {
	State string
	Who   words.Text // who has it, if it is outside the lab
}

// Card prints the address card of a connection: both ends as each of them
// sees it, which are mirror images, and the state of each in the kernel's
// table, the near end's first. Of an end outside the lab only the addresses,
// the state and the owner are known; queued says that nobody has accepted it
// yet.
func (r *Renderer) Card(near netlab.SocketInfo, far *netlab.SocketInfo, queued bool, ends [2]CardEnd) {
	farName, nearName := r.Say(words.F("the other end")), r.Say(words.F("this end"))
	if far != nil && far.Label != "" {
		farName = Clean(far.Label)
	}
	if near.Label != "" {
		nearName = Clean(near.Label)
	}
	local, remote, mirrored := orDash(Clean(near.Local.String())), Clean(near.Remote.String()), ""
	if near.Remote.IsZero() {
		remote, farName = r.Say(words.F("nobody yet")), ""
	} else {
		mirrored = local
	}
	rows := [][3]string{{"", nearName, farName}, {"getsockname()", local, remote}, {"getpeername()", remote, mirrored}}
	if near.Remote.IsZero() {
		rows[1][2] = ""
	}
	if ends[0].State+ends[1].State != "" {
		rows = append(rows, [3]string{r.Say(words.F("in the kernel")), orDash(ends[0].State), orDash(ends[1].State)})
	}
	r, done := r.canvas(60)
	defer done()
	if r.opts.Plain {
		r.cardPlain(rows)
	} else if lines, ok := r.cardTable(rows); ok {
		r.Print(lines...)
	} else {
		r.cardList(rows)
	}
	switch {
	case queued:
		r.below(Dim, words.F("nobody has accepted it yet: the other end waits in the accept queue"))
	case far == nil && !ends[1].Who.Empty():
		r.below(Dim, words.F("the other end is outside this lab: %s has it", ends[1].Who))
	case far == nil && !near.Remote.IsZero() && r.opts.Plain:
		r.below(Dim, words.F("the other end is outside this lab; what is told of it is what it would say"))
	case far == nil && !near.Remote.IsZero():
		r.below(Dim, words.F("the other end is outside this lab; its column is what it would say"))
	}
}

// cardTable sets the ends side by side, if there is room for that.
func (r *Renderer) cardTable(rows [][3]string) ([]Line, bool) {
	column := 24
	for _, row := range rows {
		column = max(column, Width(r.Sym(row[1]))+2)
	}
	var lines []Line
	for i, row := range rows {
		style := Plain
		if i == 0 {
			style = Heading
		}
		line := trimRight(r.ready(Join(L("  "+Pad(row[0], 15)), S(style, Pad(r.Sym(row[1]), column)), S(style, row[2]))))
		if r.Width() < 60 || line.Width() > r.Width() {
			return nil, false
		}
		lines = append(lines, line)
	}
	return lines, true
}

// cardList sets them one below the other.
func (r *Renderer) cardList(rows [][3]string) {
	for _, side := range []int{1, 2} {
		if rows[0][side] == "" {
			continue
		}
		r.Print(r.Wrap(L("  "), S(Heading, rows[0][side]), r.Width())...)
		for _, row := range rows[1:] {
			r.Print(r.Wrap(L("    "), L(row[0]+" "+row[side]), r.Width())...)
		}
	}
}

// Counters prints the kernel's counters of a TCP socket.
func (r *Renderer) Counters(name string, info kernel.TCPInfo) {
	r, done := r.canvas(0)
	defer done()
	counted := words.F("the kernel counted %d segments out, %d in", info.SegsOut, info.SegsIn)
	r.below(Dim, words.Raw(fmt.Sprintf("%s: %s", name, r.Say(counted))))
}
