package runner

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// stateCommands are the commands that show what the kernel's tables say.
func stateCommands() []*Command {
	return []*Command{
		{Name: "states", Group: Looking, Usage: "states [NAME | PORT] [all] [watch] [--json]",
			Summary:  words.F("what the kernel's table says: states, queues, timers"),
			Help:     words.F("Connections that no process has any more are in it too. `states watch` goes on until Ctrl-C; `states all` shows the whole machine. A NAME or a PORT picks what has to do with it; of a listener both queues are drawn."),
			complete: completeStates, run: lookStates},
		{Name: "board", Group: Looking, Usage: "board [STATE] [--json]",
			Summary:  words.F("the eleven states of TCP, and which of them you have seen"),
			Help:     words.F("`board SYN_RECV` tells how to see that state, with the lines to type."),
			complete: func(*Session, string) []string { return kernel.StateNames() }, run: lookBoard},
		{Name: "counters", Group: Looking, Usage: "counters [all] [--json]",
			Summary:  words.F("what the kernel counts, as far as it changed since the step began, and its settings"),
			Help:     words.F("The numbers are the machine's, so other programs count too. `counters all` shows those that did not change as well."),
			complete: func(*Session, string) []string { return []string{"all"} }, run: lookCounters},
	}
}

func completeStates(s *Session, _ string) []string {
	list := append(s.bench.interp.SocketNames(), "all", "watch")
	for _, srv := range s.bench.net.Servers() {
		list = append(list, srv.Name())
	}
	return list
}

// A stateQuery is which rows of the table are wanted.
type stateQuery struct {
	all   bool
	watch bool
	sock  *netlab.Socket // what has to do with it
	port  int            // or with the port; 0: any
}

func (s *Session) stateQuery(a Args) (stateQuery, error) {
	var q stateQuery
	named := false
	for _, w := range a.Words {
		sock := s.bench.interp.SocketNamed(w)
		switch {
		case w == "all" && sock == nil:
			q.all = true
		case w == "watch" && sock == nil:
			q.watch = true
		case named:
			return q, commands["states"].usage()
		case sock != nil:
			q.sock, named = sock, true
		default:
			port, err := s.portOf(w)
			if err != nil {
				return q, err
			}
			q.port, named = port, true
		}
	}
	if q.sock != nil && isListening(q.sock.Info()) && q.sock.Info().Local.Port != 0 {
		q.port = q.sock.Info().Local.Port
	}
	return q, nil
}

// portOf reads a port, or the name of a server of the lab.
func (s *Session) portOf(word string) (int, error) {
	for _, srv := range s.bench.net.Servers() {
		if srv.Name() == word {
			return srv.Addr().Port, nil
		}
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(word, ":"), 10, 16)
	if err != nil || n == 0 {
		return 0, &UsageError{Text: words.F("%s is neither a socket here nor a port (1 to 65535); there are: %s", word, s.socketList())}
	}
	return int(n), nil
}

// wants reports whether the query wants an entry.
func (q stateQuery) wants(e *stateEntry) bool {
	switch {
	case q.sock == nil && q.port == 0:
		return true
	case q.sock != nil && (e.row.Sock == q.sock.ID() || e.row.Peer == q.sock.ID()):
		return true
	}
	return q.port != 0 && (int(e.row.Local.Port()) == q.port || int(e.row.Remote.Port()) == q.port)
}

func lookStates(ctx context.Context, s *Session, a Args) error {
	q, err := s.stateQuery(a)
	if err != nil {
		return err
	}
	if q.watch {
		return s.watchStates(ctx, q, a.JSON)
	}
	t := s.stateTable(q)
	if a.JSON {
		for i := range t.entries {
			s.printJSON(stateJSON(&t.entries[i]))
		}
		return nil
	}
	s.showStates(q, t)
	return nil
}

// As many rows are shown to a person at once, and without a terminal; --json
// has them all.
const (
	maxStateLines = 60
	maxPlainLines = 2000
)

func (s *Session) showStates(q stateQuery, t stateTable) {
	entries := t.entries
	if len(entries) == 0 {
		s.sayNoStates(q, t)
		return
	}
	var more []stateEntry
	most := maxPlainLines
	if s.con.Interactive() {
		most = maxStateLines
	}
	if len(entries) > most {
		entries, more = entries[:most], entries[most:]
	}
	s.out.States(s.stateRows(entries, maxOwners))
	if len(more) > 0 {
		s.out.Note(s.out.MoreStates(countStates(more)))
		s.out.Note(words.F("`states --json` shows every row, `states NAME` those of one socket."))
	}
	for _, text := range t.notes() {
		s.out.Note(text)
	}
	if q.sock != nil && isListening(q.sock.Info()) && q.sock.Info().Local.Port != 0 {
		s.out.Blank()
		s.out.Queues(s.queues(q.sock.Info(), t))
	}
}

func (s *Session) sayNoStates(q stateQuery, t stateTable) {
	switch {
	case q.port != 0 && t.err == nil:
		s.out.Paragraph(words.F("No TCP socket has port %d.", q.port))
	case q.sock != nil:
		s.out.Paragraph(words.F("The kernel's table has nothing on this socket: it was closed, or never had a port."))
	default:
		s.out.Paragraph(words.F("There is no socket to show. `bind :0`, then `listen`: then the kernel's table has its first row."))
	}
	for _, text := range t.notes() {
		s.out.Note(text)
	}
}

// notes are the sentences below the table: where it comes from and what it
// cannot show.
func (t stateTable) notes() []words.Text {
	var list []words.Text
	switch {
	case errors.Is(t.err, kernel.ErrUnsupported) && t.info:
		list = append(list, words.F("This system does not show its table of sockets. These states are what TCP_INFO says of this lab's own sockets: TIME_WAIT, queues and other programs cannot be seen. `socklab doctor` tells what would help."))
	case errors.Is(t.err, kernel.ErrUnsupported):
		list = append(list, words.F("This system shows no states of its sockets, neither its table nor TCP_INFO. `socklab doctor` tells what would help."))
	case t.err != nil:
		list = append(list, words.F("The kernel's table could not be read: %s", t.err.Error()))
	case t.source == kernel.ProcNet:
		list = append(list, words.F("Read from /proc/net, which does not show sockets that are bound and do not listen."))
	}
	for i := range t.entries {
		if r := &t.entries[i].row; r.Proto == kernel.TCP && r.State == kernel.Listen && t.err == nil {
			return append(list, words.F("(+1): Linux admits one connection more than the backlog."))
		}
	}
	return list
}

// countStates counts by state, the most frequent first.
func countStates(list []stateEntry) []view.StateCount {
	n := map[string]int{}
	for i := range list {
		name := list[i].row.State.String()
		if list[i].row.Proto != kernel.TCP {
			name = strings.ToUpper(list[i].row.Proto.String())
		}
		n[name]++
	}
	return sortedCounts(n)
}
