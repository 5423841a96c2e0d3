package runner

import (
	"context"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// streamCommands are the commands that show bytes: how they crossed, and what
// they mean.
func streamCommands() []*Command {
	return []*Command{
		{Name: "stream", Group: Looking, Usage: "stream [NAME] [--json]",
			Summary:  words.F("the bytes of a connection: what was sent, and which recv got how much of it"),
			Help:     words.F("One axis of bytes for each direction, sends above it and recvs below: so one sees messages that were glued, or cut. The kernel tells how many segments carried them, never where it cut."),
			complete: completeSocket, run: lookStream},
		{Name: "decoders", Group: Looking, Usage: "decoders [ENCODING …] [EXPRESSION] [--json]",
			Summary:  words.F("the same bytes as UTF-8 and as GBK, each character under its bytes"),
			Help:     words.F("Without an expression, what was received last. `decoders latin-1 data` adds a row; so do ascii, gb18030, utf-16-le and utf-16-be. ✗ marks what `decode` refuses."),
			complete: completeSocket, run: lookDecoders},
	}
}

// lookStream shows the connection that was named, used last or made last.
func lookStream(ctx context.Context, s *Session, a Args) error {
	if len(a.Words) > 1 {
		return commands["stream"].usage()
	}
	stream, err := s.stream(ctx, a)
	if err != nil {
		return err
	}
	if a.JSON {
		for i := range stream.Ways {
			for _, o := range spansJSON(&stream.Ways[i]) {
				s.printJSON(o)
			}
		}
		return nil
	}
	s.out.Stream(stream)
	return nil
}

// settling is how long a picture waits for calls that go on while it is made.
const settling = 100 * time.Millisecond

// stream builds the picture from one moment: calls that come while it looks
// make it look again, for a while.
func (s *Session) stream(ctx context.Context, a Args) (stream view.Stream, err error) {
	ctx, cancel := context.WithTimeout(ctx, settling)
	defer cancel()
	lab := s.bench.lab
	_ = lab.Journal().Wait(ctx, func() bool { // in the end the last look is good enough
		all := lab.Sockets()
		events, _, lost := lab.Journal().Since(netlab.Mark{})
		var left, right netlab.SocketInfo
		if left, right, err = s.streamEnds(a, all, events); err != nil {
			return true
		}
		stream = view.BuildStream(events, left, right, lost)
		for i := range stream.Ways {
			stream.Ways[i].Queued = right.ID == 0 && isQueued(all, left)
		}
		stream.Count(s.tcpInfo(left.ID), s.tcpInfo(right.ID))
		return s.still(left, &stream.Ways[0], &stream.Ways[1]) && s.still(right, &stream.Ways[1], &stream.Ways[0])
	})
	return stream, err
}

// still reports whether an end has not moved since it was looked at, and the
// picture has all that it sent and received: a call counts, and is written
// down, a little after the kernel made it.
func (s *Session) still(end netlab.SocketInfo, out, in *view.StreamWay) bool {
	sock := s.bench.lab.Find(end.ID)
	if sock == nil {
		return true
	}
	now := sock.Info()
	if now.Counts != end.Counts || now.Unread != end.Unread {
		return false
	}
	ahead := !out.ToOutside && out.Received+max(out.Waiting, 0) > out.Sent && !out.Sending
	return out.Messages || !ahead && int(now.Counts.Out) == out.Sent && int(now.Counts.In) == in.Received
}

func (s *Session) tcpInfo(id int) *kernel.TCPInfo {
	sock := s.bench.lab.Find(id)
	if sock == nil {
		return nil
	}
	if info, err := sock.TCPInfo(); err == nil {
		return &info
	}
	return nil
}

// streamEnds finds the two ends. The caller stands at the left.
func (s *Session) streamEnds(a Args, all []netlab.SocketInfo, events []netlab.Event) (left, right netlab.SocketInfo, err error) {
	near, err := s.streamSocket(a, all, events)
	if err != nil {
		return left, right, err
	}
	left = *near
	right = netlab.SocketInfo{Label: s.lang().T("the other end"), Local: near.Remote, Remote: near.Local, Type: near.Type, Family: near.Family}
	if near.Type == unix.SOCK_DGRAM {
		peer, ok := peerAddr(events, all, left)
		if !ok {
			return left, right, &UsageError{Text: words.F("%s has exchanged no datagram yet", near.Label)}
		}
		right.Local, right.Remote = peer, netlab.Addr{}
		if far := socketAt(all, left, peer); far != nil {
			right = *far
		}
		if sentFirst(events, right.ID, left.ID) {
			left, right = right, left
		}
		return left, right, nil
	}
	if far := farEnd(all, left); far != nil {
		right = *far
	}
	if dialled(right) && !dialled(left) {
		left, right = right, left
	}
	return left, right, nil
}

// streamSocket is the socket that is meant: the named one, the one used last,
// or that of the latest connection or datagram.
func (s *Session) streamSocket(a Args, all []netlab.SocketInfo, events []netlab.Event) (*netlab.SocketInfo, error) {
	name := s.bench.current
	if len(a.Words) > 0 {
		name = a.Words[0]
	}
	sock := s.bench.interp.SocketNamed(name)
	if sock != nil {
		for i := range all {
			if all[i].ID == sock.ID() && carries(all[i], all, events) {
				return &all[i], nil
			}
		}
	}
	switch {
	case len(a.Words) > 0 && sock == nil:
		return nil, &UsageError{Text: words.F("%s is no socket here; there are: %s", name, s.socketList())}
	case len(a.Words) > 0:
		return nil, &UsageError{Text: words.F("no bytes cross %s itself; name a connection: %s", name, s.socketList())}
	}
	for i := len(all) - 1; i >= 0; i-- {
		if carries(all[i], all, events) {
			return &all[i], nil
		}
	}
	return nil, &UsageError{Text: words.F("there was no connection yet: `connect HOST:PORT` makes one")}
}

// carries reports whether bytes can have crossed a socket.
func carries(i netlab.SocketInfo, all []netlab.SocketInfo, events []netlab.Event) bool {
	if i.Type != unix.SOCK_DGRAM || i.Family == unix.AF_UNIX {
		return isPeered(i)
	}
	_, ok := peerAddr(events, all, i)
	return ok
}

// peerAddr is the address with which a datagram socket spoke last: to which it
// sent, from which it received, or from where somebody sent to it.
func peerAddr(events []netlab.Event, all []netlab.SocketInfo, near netlab.SocketInfo) (netlab.Addr, bool) {
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		if e.Sock == near.ID && e.Succeeded() && (e.Op == netlab.OpSendto || e.Op == netlab.OpRecvfrom) && !e.Addr.IsZero() {
			return e.Addr, true
		}
		if e.Sock == near.ID || e.Op != netlab.OpSendto || e.Addr.Port == 0 || e.Addr.Port != near.Local.Port {
			continue
		}
		for j := range all {
			if all[j].ID == e.Sock && all[j].Type == near.Type {
				return all[j].Local, true
			}
		}
	}
	return near.Remote, !near.Remote.IsZero()
}

// socketAt is the other socket of the lab that has an address, the latest.
func socketAt(all []netlab.SocketInfo, near netlab.SocketInfo, addr netlab.Addr) *netlab.SocketInfo {
	for i := len(all) - 1; i >= 0; i-- {
		far := &all[i]
		here := far.Local.Port == addr.Port && (far.Local.IP == addr.IP || far.Local.IP.IsUnspecified())
		if far.ID != near.ID && far.Type == near.Type && far.Family == addr.Family && addr.Port != 0 && here {
			return far
		}
	}
	return nil
}

// sentFirst reports whether the first datagram between two sockets was a's.
func sentFirst(events []netlab.Event, a, b int) bool {
	for i := range events {
		if e := &events[i]; e.Op == netlab.OpSend || e.Op == netlab.OpSendto {
			if e.Sock == a || e.Sock == b {
				return e.Sock == a && a != 0
			}
		}
	}
	return false
}

type spanObject struct {
	Direction string `json:"direction"`
	Kind      string `json:"kind"`
	Number    int    `json:"number,omitempty"`
	Start     int    `json:"start"` // bytes; of a datagram 0
	End       int    `json:"end"`   // behind the last
	Data      string `json:"data"`  // hexadecimal
	Sends     []int  `json:"sends,omitempty"`
	Truncated bool   `json:"truncated,omitempty"` // a datagram whose end was thrown away
}

func spansJSON(w *view.StreamWay) []spanObject {
	var list []spanObject
	direction := w.From + " to " + w.To
	add := func(spans []view.StreamSpan) {
		for i := range spans {
			span := &spans[i]
			o := spanObject{Direction: direction, Kind: string(span.Kind), Number: span.Number, Start: span.From, End: span.To,
				Data: hexText(span.Data), Truncated: span.Cut}
			if w.Messages {
				o.Start, o.End = 0, span.Size()
			}
			for _, h := range span.Holds {
				o.Sends = append(o.Sends, h.Send)
			}
			list = append(list, o)
		}
	}
	add(w.Sends)
	add(w.Recvs)
	add(w.Peeks)
	if w.Waiting > 0 && !w.Messages {
		list = append(list, spanObject{Direction: direction, Kind: string(view.SpanWaiting), Start: w.Received, End: w.Received + w.Waiting})
	}
	return list
}

// lastReceived is what the learner received last.
func (s *Session) lastReceived() []byte {
	var data []byte
	events, _ := s.bench.lab.Journal().Typed(netlab.Mark{})
	for i := range events {
		if e := &events[i]; (e.Op == netlab.OpRecv || e.Op == netlab.OpRecvfrom) && e.N > 0 {
			data = e.Data
		}
	}
	return data
}

// withoutJSON is a command's text without the option.
func withoutJSON(a Args) string {
	if !a.JSON {
		return a.Text
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(a.Text, "--json"), "--json"))
}
