package view

import (
	"sort"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A Speaker is one end of a conversation by datagrams.
type Speaker struct {
	Addr netlab.Addr
	Name string // of the server or socket that has the address; "" if the lab has none
}

// Way is one direction of a conversation. Of an end outside the lab the
// journal knows only what its partner has done: then the other number is -1.
type Way struct {
	Sent  int // by the one
	Taken int // by the other, with recvfrom
}

// Messages is how many there were, as far as is known.
func (w Way) Messages() int { return max(w.Sent, w.Taken) }

// Missing is how many were sent and not taken: they wait, or are lost.
func (w Way) Missing() int {
	if w.Sent < 0 || w.Taken < 0 {
		return 0
	}
	return max(w.Sent-w.Taken, 0)
}

// A Conversation is all that two addresses have sent one another.
type Conversation struct {
	A, B     Speaker // A is the learner's end, or whoever spoke first
	There    Way     // A to B
	Back     Way     // B to A
	Last     []byte  // the text of the latest message, or its beginning
	LastSize int
	LastBack bool // it went from B to A
}

// A Loss is what the kernel has dropped at one socket.
type Loss struct {
	Speaker Speaker
	Count   int
}

// BuildConversations reads from the journal who talked to whom by datagrams,
// in the order in which they began. names are the names of addresses beyond
// the labels of the sockets; they may be nil.
func BuildConversations(events []netlab.Event, sockets Sockets, names map[netlab.Addr]string) []Conversation {
	b := talks{sockets: sockets, names: names, found: map[[2]netlab.Addr]int{}}
	events = append([]netlab.Event(nil), events...)
	sort.SliceStable(events, func(i, j int) bool { return events[i].Cause() < events[j].Cause() })
	for i := range events {
		b.add(&events[i])
	}
	return b.list
}

type talks struct {
	sockets Sockets
	names   map[netlab.Addr]string
	found   map[[2]netlab.Addr]int // by the two ends, A first
	list    []Conversation
}

// add enters a datagram that was sent or taken.
func (b *talks) add(e *netlab.Event) {
	info, ok := b.sockets[e.Sock]
	if !ok || !e.Succeeded() || !e.Message || info.Type != unix.SOCK_DGRAM || info.Family == unix.AF_UNIX || e.Flags&unix.MSG_PEEK != 0 {
		return
	}
	other := e.Addr
	if other.IsZero() {
		other = info.Remote // connect(2) has said it once for all
	}
	if other.IsZero() || info.Local.IsZero() {
		return
	}
	near := concrete(info.Local, other)
	far := concrete(other, near)
	switch e.Op {
	case netlab.OpSend, netlab.OpSendto:
		b.count(near, far, e, true)
	case netlab.OpRecv, netlab.OpRecvfrom:
		b.count(far, near, e, false)
	}
}

// concrete is a local address as the other end sees it: a socket that was not
// bound has the address 0.0.0.0, and its datagrams have that of the way they go.
func concrete(local, other netlab.Addr) netlab.Addr {
	if local.IP.IsUnspecified() && other.IP.IsLoopback() {
		port := local.Port
		local = netlab.Loopback(port)
		if other.IP.Is6() {
			local = netlab.InetAddr(other.IP, port)
		}
	}
	return local
}

func (b *talks) count(from, to netlab.Addr, e *netlab.Event, sent bool) {
	i, back, ok := b.find(from, to)
	if !ok {
		i = len(b.list)
		first, second := from, to
		if !sent && e.By != netlab.Server { // the learner's end stands first
			first, second, back = to, from, true
		}
		b.found[[2]netlab.Addr{first, second}] = i
		b.list = append(b.list, Conversation{A: b.speaker(first), B: b.speaker(second), There: b.way(first, second), Back: b.way(second, first)})
	}
	c := &b.list[i]
	way := &c.There
	if back {
		way = &c.Back
	}
	if sent {
		way.Sent++
	} else {
		way.Taken++
	}
	c.Last, c.LastSize, c.LastBack = e.Data, e.N, back
}

func (b *talks) find(from, to netlab.Addr) (i int, back, ok bool) {
	if i, ok = b.found[[2]netlab.Addr{from, to}]; ok {
		return i, false, true
	}
	i, ok = b.found[[2]netlab.Addr{to, from}]
	return i, ok, ok
}

// way is a direction in which nothing has been said yet.
func (b *talks) way(from, to netlab.Addr) Way {
	w := Way{}
	if !b.has(from) {
		w.Sent = -1
	}
	if !b.has(to) {
		w.Taken = -1
	}
	return w
}

// has reports whether a socket of the lab has, or had, the address.
func (b *talks) has(addr netlab.Addr) bool {
	_, ok := b.owner(addr)
	return ok
}

func (b *talks) owner(addr netlab.Addr) (netlab.SocketInfo, bool) {
	best, found := netlab.SocketInfo{}, false
	for _, info := range b.sockets {
		if info.Type != unix.SOCK_DGRAM || info.Local.IsZero() || concrete(info.Local, addr) != addr && concrete(info.Local, netlab.Loopback(1)) != addr {
			continue
		}
		if !found || !info.Closed && best.Closed || info.Closed == best.Closed && info.ID > best.ID {
			best, found = info, true
		}
	}
	return best, found
}

func (b *talks) speaker(addr netlab.Addr) Speaker {
	s := Speaker{Addr: addr, Name: b.names[addr]}
	if info, ok := b.owner(addr); ok && s.Name == "" {
		s.Name = info.Label
		if s.Name == "" {
			s.Name = b.sockets.Name(info.ID)
		}
	}
	return s
}

// Conversations prints who talked to whom, an entry each: both ends, how many
// messages went each way, and the latest.
func (r *Renderer) Conversations(list []Conversation, losses []Loss) {
	if r.opts.Plain {
		r.conversationsPlain(list, losses)
		return
	}
	r, done := r.canvas(0)
	defer done()
	width, lang := r.Width(), r.Lang()
	var lines []Line
	for i := range list {
		c := &list[i]
		lines = append(lines, r.Wrap(L("  "), Join(r.speaker(c.A), L(" "+SymPair+" "), r.speaker(c.B)), width)...)
		lines = append(lines, r.Wrap(L("      "), r.wayLine(c.A, c.B, c.There), width)...)
		lines = append(lines, r.Wrap(L("      "), r.wayLine(c.B, c.A, c.Back), width)...)
		last := lang.T("last, from %s: ", speakerName(c.A))
		if c.LastBack {
			last = lang.T("last, from %s: ", speakerName(c.B))
		}
		lines = append(lines, r.CutLine(Join(L("      "), S(Dim, r.ready(L(last)).Text()), r.lastText(c)), width))
	}
	for _, l := range losses {
		text := r.Say(words.F("the kernel dropped %d datagrams at %s: its receive buffer was full", l.Count, speakerName(l.Speaker)))
		lines = append(lines, r.Wrap(L("  "), S(Bad, text), width)...)
	}
	r.Print(lines...)
}

func speakerName(s Speaker) string {
	if s.Name == "" {
		return s.Addr.String()
	}
	return Clean(s.Name)
}

func (r *Renderer) speaker(s Speaker) Line {
	if s.Name == "" {
		return Join(S(Bad, r.Lang().T("unknown")), L(" "+s.Addr.String()))
	}
	return Join(S(Name, Clean(s.Name)), L(" "+s.Addr.String()))
}

func (r *Renderer) wayLine(from, to Speaker, w Way) Line {
	lang := r.Lang()
	text := lang.T("%s to %s: %d messages", speakerName(from), speakerName(to), max(w.Messages(), 0))
	if w.Messages() == 1 {
		text = lang.T("%s to %s: 1 message", speakerName(from), speakerName(to))
	}
	if n := w.Missing(); n > 0 {
		return Join(L(text), S(Bad, lang.T(", %d of them not taken: they wait, or are lost", n)))
	}
	return L(text)
}

func (r *Renderer) lastText(c *Conversation) Line {
	if c.LastSize == 0 {
		return S(Dim, r.Lang().T("(empty message)"))
	}
	return L(strings.TrimRight(Clean(string(c.Last)), " "))
}
