package runner

import (
	"context"
	"errors"
	"io"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/chat"
	"github.com/socklab/socklab/runner/coach"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

var ipv6Loopback = netip.IPv6Loopback()

// A chatRoom is one conversation while it lasts.
type chatRoom struct {
	Chat
	ctx    context.Context
	sock   *netlab.Socket
	in     *chat.Inbox
	hosts  map[netlab.Addr]bool // the servers of the lab; their words stand on red
	failed bool                 // something could not be sent, and nobody sits there to see it
	warned bool                 // that a UDP chat has no secrets

	asked map[netlab.Addr]int // by address: heard from it when it was written to last
	after func()              // called when a line was sent, and at the end; may be nil

	mu     sync.Mutex // the fields below
	doubts map[netlab.Addr]*time.Timer
	turn   context.CancelCauseFunc // ends the ReadLine that waits for an answer's text
	target netlab.Addr             // whom the prompt names
	ended  bool
}

var (
	// errLeft is the end of the input, or Ctrl-C at an empty line.
	errLeft = errors.New("runner: the chat was left")
	// errTurned ends a ReadLine because the answer would go to somebody else now.
	errTurned = errors.New("runner: somebody else has written")
)

// readLine reads a line, without what surrounds it. Ctrl-C clears a line that
// was begun.
func (r *chatRoom) readLine(ctx context.Context, prompt string) (string, error) {
	for {
		line, err := r.Console.ReadLine(console.NoHistory(ctx), prompt)
		switch {
		case errors.Is(err, errTurned): // what is typed goes on
			return "", err
		case errors.Is(err, console.ErrLineDropped):
			r.Typing.Store(false)
			continue
		case errors.Is(err, console.ErrTooLong):
			r.View.Warn(words.F("that line is longer than 64 MiB; it was dropped"))
			r.failed = true
			continue
		case errors.Is(err, io.EOF):
			return "", io.EOF
		case err != nil:
			return "", errLeft
		}
		r.Typing.Store(false)
		return strings.TrimSpace(line), nil
	}
}

// introduce tells who one is and whom one can write to.
func (r *chatRoom) introduce(as string, at netlab.Addr) {
	r.warnOutside(at)
	switch expected, ok := r.Directory.Find(as); {
	case as == "":
		r.View.Paragraph(words.F("You are at %s.", at.String()))
	case ok && expected.Addr == at:
		r.View.Paragraph(words.F("You are %s, at %s.", as, at.String()))
	case ok:
		r.View.Paragraph(words.F("You are %s, at %s; the directory has you at %s, so others may see you as unknown.", as, at.String(), expected.Addr.String()))
	default:
		r.View.Paragraph(words.F("You are %s, at %s. The directory does not have you: others see you as unknown.", as, at.String()))
	}
}

// warnOutside says once what a chat beyond this machine means.
func (r *chatRoom) warnOutside(addr netlab.Addr) {
	if r.warned || addr.IP.IsLoopback() {
		return
	}
	r.warned = true
	r.View.Warn(words.F("%s is not of this machine alone. A chat over UDP has no secrets and proves nobody: who is on the way reads it, and anybody can write under another's address.", addr.String()))
}

// show prints a batch.
func (r *chatRoom) show(b chat.Batch) {
	var lines []view.ChatLine
	for _, m := range b.Messages {
		lines = append(lines, view.ChatLine{Host: r.hosts[m.From], Name: m.Name, Addr: m.From.String(), Data: m.Data})
	}
	for _, f := range b.Folded {
		lines = append(lines, view.ChatLine{Name: f.Name, Addr: f.From.String(), Folded: f.Count})
	}
	if len(lines) > 0 {
		r.View.Chat(lines, r.Whole)
	}
	if b.Dropped > 0 {
		r.View.Lost(b.Dropped)
	}
}

// send sends one message and reports whether it went out.
func (r *chatRoom) send(text string, to netlab.Addr) bool {
	if text == "" {
		r.View.Note(words.F("An empty line sends nothing."))
		return false
	}
	r.warnOutside(to)
	heard := r.in.Heard(to)
	_, err := r.sock.SendTo(r.ctx, []byte(text), 0, to)
	switch {
	case err == nil:
	case r.ctx.Err() != nil:
		return false
	case netlab.Errno(err) == unix.EMSGSIZE:
		return r.tooLong(text, to, err)
	default:
		r.callFailed(err)
		return false
	}
	r.asked[to] = heard
	if !r.Console.Interactive() {
		r.View.Chat([]view.ChatLine{{Own: true, Name: r.Directory.NameOf(to), Addr: to.String(), Data: []byte(text)}}, r.Whole)
	}
	if heard == 0 {
		r.doubt(to)
	}
	r.reached()
	return true
}

// reached is a moment at which the calls so far can be shown.
func (r *chatRoom) reached() {
	if r.after != nil {
		r.after()
	}
}

// callFailed shows why a call has failed.
func (r *chatRoom) callFailed(err error) {
	advice := coach.Explain(r.sock.Lab(), err)
	r.View.Error(callTrouble(err, advice.Why))
	if !advice.Try.Empty() && netlab.Errno(err) != unix.EMSGSIZE {
		r.View.Try(advice.Try)
	}
	r.failed = r.failed || !r.Console.Interactive()
}

// tooLong says that a message does not fit into a datagram and, to a person,
// offers it back in pieces.
func (r *chatRoom) tooLong(text string, to netlab.Addr, err error) bool {
	r.callFailed(err)
	pieces := chat.Split(text, chat.MaxDatagram(to.Family))
	if !r.Console.Interactive() {
		r.View.Note(words.F("Nothing of it was sent. It fits into %d messages of at most %d bytes.", len(pieces), chat.MaxDatagram(to.Family)))
		return false
	}
	if len(pieces) == 1 {
		return false
	}
	yes, err := r.readLine(r.ctx, r.View.Lang().T("Nothing of it was sent. Send it in %d messages? [y/N] ", len(pieces)))
	if err != nil || !strings.HasPrefix(strings.ToLower(yes), "y") {
		return false
	}
	for _, piece := range pieces {
		if !r.send(piece, to) {
			return false
		}
	}
	return true
}
