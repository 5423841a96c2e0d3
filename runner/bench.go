package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/coach"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// A bench is one lab and the names that belong to it. Each step gets a new one.
type bench struct {
	lab     *netlab.Lab
	net     *code.Net
	interp  *code.Interp
	begun   netlab.Mark  // where the lab blocks of the step ended
	told    netlab.Mark  // the events up to here have been shown
	current string       // the name of the socket that was used last
	friends string       // what chat calls its directory; "" before the first
	shown   map[int]bool // sockets that the lesson made while it showed something
	empties map[int]int  // by socket: how often a server's empty read or send was shown
	packed  sawStruct    // what struct packed or unpacked last
	origin  string       // the folder of the lesson from elsewhere it was made for; "" for none

	counters []kernel.Counter // as they stood when the lab was made
}

// newBench makes an empty lab and the language for it. The lab's names are
// forgotten with it.
func (s *Session) newBench() *bench {
	b := &bench{lab: netlab.New(), empties: map[int]int{}}
	b.counters, _ = kernel.ReadCounters() // without them `counters` says so
	if s.walk != nil && s.walk.lesson.Foreign {
		b.origin = path.Dir(s.walk.lesson.File)
	}
	if s.cfg.Foreign || b.origin != "" {
		b.lab.LoopbackOnly()
	}
	permit := func(ctx context.Context) bool { return s.permitShell(ctx, b.origin) }
	b.net = &code.Net{Lab: b.lab, Permit: permit, Explain: func(err error) (words.Text, words.Text) {
		a := coach.Explain(b.lab, err)
		return a.Why, a.Try
	}}
	b.net.Output = s.out.Printed
	b.interp = code.New(code.Config{
		AllowProcess: func(doing fmt.Stringer) bool { return s.allowProcess(b.origin, doing) },
		Print:        s.print,
		ReadLine:     s.input,
		IsVerb:       isVerb,
		Command:      func(ctx context.Context, line string) error { return s.commandOn(ctx, b, line) },
		Expand:       func(line string) string { return s.expansion(b, line) },
		After:        func(context.Context) { s.report() },
		BeforeClose:  s.lookBeforeClose,
		Modules:      []*code.Module{b.structModule(), b.net.Module(), b.net.Subprocess(), b.net.SelectModule(), code.CodecsModule()},
	})
	b.interp.Set("serve", b.net.Serve())
	return b
}

// print shows what a program prints, after the calls that came before it.
func (s *Session) print(text string) {
	s.report()
	s.out.Printed(text)
}

func (b *bench) close() error { return b.lab.Close() }

// markShown notes the sockets that were made after the one with the id.
func (b *bench) markShown(after int) {
	if b.shown == nil {
		b.shown = map[int]bool{}
	}
	for id := after + 1; id <= b.lab.LastID(); id++ {
		b.shown[id] = true
	}
}

// input is input() of the language.
func (s *Session) input(ctx context.Context, prompt string) (string, error) {
	s.report()
	prompt = view.CleanLines(prompt) // part of it may have come from the network
	if s.cfg.Program && !s.con.Interactive() {
		s.out.Printed(prompt)
		prompt = ""
	}
	line, err := s.con.ReadLine(console.NoHistory(ctx), prompt)
	if errors.Is(err, console.ErrInterrupted) {
		return "", code.ErrInterrupted
	}
	if err != nil && !errors.Is(err, io.EOF) && ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return line, err
}
