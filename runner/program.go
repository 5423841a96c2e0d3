package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"syscall"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// The lab without a lesson: a file, one server, one client.

// RunFile runs a file of lab code as one program. Its output is its own; an
// error is shown on errs with its line and returned as ErrFailed; sys.exit(n)
// is returned as a *code.Exit.
func (s *Session) RunFile(ctx context.Context, name, text string, errs *view.Renderer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx, stop := s.con.WithInterrupt(ctx)
	defer stop()
	if s.cfg.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, s.cfg.Timeout, context.DeadlineExceeded)
		defer cancel()
	}
	err := s.bench.interp.Run(ctx, code.Source{Name: name, Text: text})
	if err == nil || errors.Is(err, ErrQuit) {
		return nil
	}
	s.out = errs
	var exit *code.Exit
	if errors.As(err, &exit) {
		if exit.Text != "" {
			s.out.Printed(exit.Text + "\n")
		}
		return exit
	}
	s.showFileError(err, name)
	return ErrFailed
}

// ErrFailed is a program that ended with an error that has been shown.
var ErrFailed = errors.New("runner: failed")

func (s *Session) showFileError(err error, name string) {
	line, command := s.bench.interp.Reached()
	var e *code.Error
	if !errors.As(err, &e) {
		text := words.Raw(err.Error())
		var usage *UsageError
		if errors.As(err, &usage) {
			text = usage.Text
		}
		s.out.Error(view.Trouble{Line: line, File: name, Source: command, Text: text})
		return
	}
	t := view.Trouble{Line: e.Line, File: name, Source: e.Text, Col: e.Col, Kind: e.Kind, Tag: e.Tag, Text: e.Msg}
	if e.File != name && line > 0 { // in what a command stands for
		t.Line, t.Source, t.Col = line, command, 0
	}
	s.out.Error(t)
	if !e.Hint.Empty() {
		s.out.Try(e.Hint)
	}
}

// EndSignals are the signals that end a server which runs by itself: it closes
// politely, and nothing that it has started is left.
func EndSignals() []os.Signal {
	list := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT}
	if !signal.Ignored(syscall.SIGHUP) { // nohup
		list = append(list, syscall.SIGHUP)
	}
	return list
}

// serveBacklog is what a server that runs by itself gives listen, if nothing
// else was said: the small one of the lessons makes callers in a burst wait.
const serveBacklog = 128

// Serve runs one server in a lab of its own until ctx ends or one of
// [EndSignals] comes, and closes it politely. Its first line on out is
// "listening on ADDR", once that is true; then come its calls.
func Serve(ctx context.Context, out io.Writer, r *view.Renderer, kind string, values server.Values) error {
	ctx, stop := signal.NotifyContext(ctx, EndSignals()...)
	defer stop()
	if k, ok := server.Find(kind); ok && values["backlog"] == nil && !k.Datagrams && !k.Calls {
		values = maps.Clone(values)
		values["backlog"] = serveBacklog
	}
	lab := netlab.New()
	defer lab.Close()
	mark := lab.Journal().Mark()
	srv, err := server.Start(lab, kind, values)
	if err != nil {
		return err
	}
	doing := "listening on"
	if k, _ := server.Find(kind); k.Calls {
		doing = "calling"
		go func() { // callers have an end of their own
			srv.Wait()
			stop()
		}()
	}
	if _, err := fmt.Fprintf(out, "%s %s\n", doing, srv.Addr()); err != nil {
		return err
	}
	full := 0 // accepts in a row that found no descriptor
	lab.Journal().Subscribe(ctx, mark, func(events []netlab.Event, lost int) {
		var shown []netlab.Event
		for _, e := range events {
			if e.Op == netlab.OpAccept {
				if full++; e.Succeeded() {
					full = 0
				}
			}
			if tells(e) && full <= maxEmpties {
				shown = append(shown, e)
			}
		}
		left := lost + max(len(shown)-maxServerCalls*2, 0)
		shown = shown[:min(len(shown), maxServerCalls*2)]
		if len(shown) > 0 {
			r.Calls(shown, view.SocketsOf(lab.Sockets()))
		}
		if left > 0 {
			r.Note(words.F("%d more calls", left))
		}
	})
	srv.Stop()
	return nil
}

// TalkTCP connects to addr and holds a conversation: each line is sent, each
// answer printed.
func (s *Session) TalkTCP(ctx context.Context, addr netlab.Addr) error {
	program := newSocketCode("phone", "tcp"+six(addr)) + "\n" + s.patience() + "phone.connect(" + tupleCode(addr) + ")\n" + talkCode("phone", s.lang()) + "\nphone.close()\n"
	return s.talk(ctx, program)
}

// TalkUDP exchanges datagrams with addr: each line is one, each answer printed.
func (s *Session) TalkUDP(ctx context.Context, addr netlab.Addr) error {
	program := newSocketCode("phone", "udp"+six(addr)) + "\n" + s.patience() + `while True:
    msg = input(">>: ").strip()
    if msg == "quit": break
    phone.sendto(msg.encode("utf-8"), ` + tupleCode(addr) + `)
    data, who = phone.recvfrom(65507)
    print(data.decode("utf-8", "backslashreplace"))
`
	return s.talk(ctx, program)
}

// patience limits how long a call of a conversation may wait when nobody is
// there to cancel it.
func (s *Session) patience() string {
	if s.con.Interactive() {
		return ""
	}
	return "phone.settimeout(10)\n"
}

// six is what the kind of a socket ends with for an IPv6 address.
func six(addr netlab.Addr) string {
	if addr.IP.Is6() {
		return "6"
	}
	return ""
}

// talk runs a conversation; the end of the input ends it as quit does.
func (s *Session) talk(ctx context.Context, program string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx, stop := s.con.WithInterrupt(ctx)
	defer stop()
	done := s.noticeWaiting()
	defer done()
	err := s.bench.interp.Run(ctx, code.Source{Text: program})
	var e *code.Error
	if errors.As(err, &e) && (e.Kind == "EOFError" || e.Kind == "KeyboardInterrupt") {
		return nil
	}
	if err != nil {
		s.showError(err, "talk")
		return ErrFailed
	}
	return nil
}
