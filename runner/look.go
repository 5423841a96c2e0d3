package runner

import (
	"context"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// lookCommands are the commands that show what happened.
func lookCommands() []*Command {
	return []*Command{
		{Name: "sockets", Group: Looking, Usage: "sockets [NAME] [--json]",
			Summary:  words.F("every open socket, its state and its addresses"),
			Help:     words.F("`sockets NAME` is the address card of one: both ends as each of them sees it; of a listener its two queues. The state is the kernel's (TCP_INFO, and its table)."),
			complete: completeSocket, run: lookSockets},
		{Name: "servers", Group: Looking, Usage: "servers [--json]",
			Summary: words.F("the lab's servers and where they listen"), run: lookServers},
		{Name: "ladder", Group: Looking, Usage: "ladder [NAME] [--json]",
			Summary:  words.F("the story of a connection, from end to end"),
			Help:     words.F("The segments are inferred from the calls, with the kernel's counters beside them; they are not a capture."),
			complete: completeSocket, run: lookLadder},
		{Name: "trace", Group: Looking, Usage: "trace [NUMBER] [--json]",
			Summary: words.F("the latest calls, as strace would show them"),
			Help:    words.F("A call that waits is one line here; strace also shows the tries (EAGAIN) and epoll_ctl of the runtime."), run: lookTrace},
		{Name: "hexdump", Group: Looking, Usage: "hexdump [EXPRESSION] [--json]",
			Summary: words.F("bytes in hexadecimal; without an expression, what was received last"), run: lookHexdump},
	}
}

func lookSockets(_ context.Context, s *Session, a Args) error {
	list := openSockets(s.bench.lab)
	if len(a.Words) == 1 {
		sock := s.bench.interp.SocketNamed(a.Words[0])
		if sock == nil {
			return &UsageError{Text: words.F("%s is no socket here; there are: %s", a.Words[0], s.socketList())}
		}
		if !a.JSON {
			return s.addressCard(sock)
		}
		list = []netlab.SocketInfo{sock.Info()}
	}
	if a.JSON {
		for _, i := range list {
			s.printJSON(socketJSON(i))
		}
		return nil
	}
	const most = 60
	left := len(list) - most
	if left > 0 {
		list = list[:most]
	}
	s.out.Sockets(list, s.bench.lab.Now())
	if left > 0 {
		s.out.Note(words.F("%d more", left))
	}
	return nil
}

func openSockets(lab *netlab.Lab) []netlab.SocketInfo {
	var open []netlab.SocketInfo
	for _, i := range lab.Sockets() {
		if !i.Closed {
			open = append(open, i)
		}
	}
	return open
}

func (s *Session) addressCard(sock *netlab.Socket) error {
	near := sock.Info()
	s.out.Sockets([]netlab.SocketInfo{near}, s.bench.lab.Now())
	all := s.bench.lab.Sockets()
	far := farEnd(all, near)
	s.out.Card(near, far, far == nil && isQueued(all, near), s.cardEnds(near))
	if info, err := sock.TCPInfo(); err == nil && info.SegsOut > 0 {
		s.out.Counters(sock.Label(), info)
	}
	if isListening(near) && view.KindName(near) == "TCP" && near.Local.Port != 0 {
		s.out.Blank()
		s.out.Queues(s.queues(near, s.stateTable(stateQuery{port: near.Local.Port})))
	}
	return nil
}

// farEnd is the socket of the lab at the other end of a connection.
func farEnd(all []netlab.SocketInfo, near netlab.SocketInfo) *netlab.SocketInfo {
	if !isPeered(near) || near.Local.IsZero() {
		return nil
	}
	for i := len(all) - 1; i >= 0; i-- {
		far := &all[i]
		if far.ID != near.ID && far.Local == near.Remote && far.Remote == near.Local && far.Type == near.Type {
			return far
		}
	}
	return nil
}

// isQueued reports whether a listener of the lab holds the other end of a
// connection, because nobody has accepted it yet.
func isQueued(all []netlab.SocketInfo, near netlab.SocketInfo) bool {
	for _, i := range all {
		if isListening(i) && i.Queued > 0 && i.Local == near.Remote {
			return true
		}
	}
	return false
}

func lookServers(_ context.Context, s *Session, a Args) error {
	list := s.bench.net.Servers()
	if a.JSON {
		for _, srv := range list {
			s.printJSON(map[string]any{"name": srv.Name(), "kind": srv.Kind, "address": srv.Addr().String()})
		}
		return nil
	}
	if len(list) == 0 {
		s.out.Paragraph(words.F("No server runs. `serve tcp-upper` starts one; `help serve` lists the kinds."))
		return nil
	}
	s.showServers()
	return nil
}

// lookLadder tells the story of the connection that was named, used last, or
// made last.
func lookLadder(_ context.Context, s *Session, a Args) error {
	all := s.bench.lab.Sockets()
	near, err := s.ladderSocket(a, all)
	if err != nil {
		return err
	}
	left, right := *near, netlab.SocketInfo{Label: s.lang().T("the other end"), Local: near.Remote, Remote: near.Local, Type: near.Type, Family: near.Family}
	if far := farEnd(all, left); far != nil {
		right = *far
	}
	if dialled(right) && !dialled(left) {
		left, right = right, left
	}
	events, _, lost := s.bench.lab.Journal().Since(netlab.Mark{})
	ladder := view.BuildLadder(events, left, right)
	if lost > 0 {
		ladder.Evidence = append(ladder.Evidence, words.F("%d earlier calls are not shown", lost))
	}
	ladder.Compare(s.endNow(left, all), s.endNow(right, all), s.bench.lab.Now())
	if a.JSON {
		for _, rung := range ladder.Rungs {
			s.printJSON(rungJSON(rung))
		}
		return nil
	}
	s.out.Ladder(ladder)
	return nil
}

// endNow asks the kernel for one end of a connection: the descriptor, if it is
// open, and else the table. A descriptor never says TIME_WAIT, the table does.
func (s *Session) endNow(end netlab.SocketInfo, all []netlab.SocketInfo) view.EndNow {
	now := view.EndNow{}
	if sock := s.bench.lab.Find(end.ID); sock != nil {
		if info, err := sock.TCPInfo(); err == nil {
			now.State, now.Count = info.State, &info
		}
	}
	if view.KindName(end) != "TCP" || now.State != kernel.Unknown && now.State != kernel.Close || replaced(end, all) {
		return now
	}
	table, err := s.bench.lab.Kernel()
	if err != nil {
		return now
	}
	row, ok, err := table.Lookup(kernel.Ends{Local: addrPort(end.Local), Remote: addrPort(end.Remote)})
	switch {
	case err != nil:
	case ok:
		now.State, now.Left = row.State, row.Left()
	case now.State == kernel.Unknown && (end.ID != 0 || end.Local.IP.IsLoopback()): // else another machine has it
		now.State, now.Gone = kernel.Close, true
	}
	return now
}

func addrPort(a netlab.Addr) netip.AddrPort {
	return netip.AddrPortFrom(a.IP.Unmap().WithZone(""), uint16(a.Port))
}

// replaced reports whether a later socket has the same two addresses: the
// table tells of that one.
func replaced(end netlab.SocketInfo, all []netlab.SocketInfo) bool {
	for _, i := range all {
		if end.ID != 0 && i.ID > end.ID && i.Type == end.Type && i.Local == end.Local && i.Remote == end.Remote {
			return true
		}
	}
	return false
}

func dialled(i netlab.SocketInfo) bool { return i.Counts.Calls[netlab.OpConnect] > 0 }

func (s *Session) ladderSocket(a Args, all []netlab.SocketInfo) (*netlab.SocketInfo, error) {
	name := s.bench.current
	if len(a.Words) > 0 {
		name = a.Words[0]
		if s.bench.interp.SocketNamed(name) == nil {
			return nil, &UsageError{Text: words.F("%s is no socket here; there are: %s", name, s.socketList())}
		}
	}
	if sock := s.bench.interp.SocketNamed(name); sock != nil && (len(a.Words) > 0 || isPeered(sock.Info())) {
		info := sock.Info()
		return &info, nil
	}
	for i := len(all) - 1; i >= 0; i-- {
		if isPeered(all[i]) {
			return &all[i], nil
		}
	}
	return nil, &UsageError{Text: words.F("there was no connection yet: `connect HOST:PORT` makes one")}
}

func isPeered(i netlab.SocketInfo) bool { return !i.Remote.IsZero() && i.Family != unix.AF_UNIX }

func lookTrace(_ context.Context, s *Session, a Args) error {
	n := 20
	if len(a.Words) > 0 {
		v, err := strconv.Atoi(a.Words[0])
		if err != nil || v < 1 {
			return commands["trace"].usage()
		}
		n = v
	}
	events, _, lost := s.bench.lab.Journal().Since(netlab.Mark{})
	if len(events) > n {
		lost += len(events) - n
		events = events[len(events)-n:]
	}
	if a.JSON {
		for i := range events {
			s.printJSON(eventJSON(&events[i]))
		}
		return nil
	}
	if len(events) == 0 {
		s.out.Paragraph(words.F("No call was made yet."))
		return nil
	}
	s.out.Trace(events, lost)
	return nil
}

func lookHexdump(ctx context.Context, s *Session, a Args) error {
	expr := a.Text
	if a.JSON {
		expr = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(expr, "--json"), "--json"))
	}
	var data []byte
	if expr == "" {
		events, _ := s.bench.lab.Journal().Typed(netlab.Mark{})
		for _, e := range events {
			if (e.Op == netlab.OpRecv || e.Op == netlab.OpRecvfrom) && e.N > 0 {
				data = e.Data
			}
		}
		if data == nil {
			return &UsageError{Text: words.F("nothing was received yet; give an expression: hexdump b'hello'")}
		}
	} else {
		p, err := s.bench.interp.BytesOf(ctx, expr)
		if err != nil {
			return err
		}
		data = p
	}
	if a.JSON {
		s.printJSON(map[string]any{"size": len(data), "hex": hexText(data)})
		return nil
	}
	s.out.Hexdump(data)
	return nil
}
