package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
)

// The lab without a lesson: a file, one server, one client.

// RunFile runs a file of lab code as one program. Its output is its own; an
// error is shown on errs with its line and returned as ErrFailed.
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
	s.showFileError(err, name)
	return ErrFailed
}

// ErrFailed is a program that ended with an error that has been shown.
var ErrFailed = errors.New("runner: failed")

func (s *Session) showFileError(err error, name string) {
	var e *code.Error
	if !errors.As(err, &e) {
		s.showError(err, "")
		return
	}
	s.out.Error(view.Trouble{Line: e.Line, File: name, Source: e.Text, Col: e.Col, Kind: e.Kind, Tag: e.Tag, Text: e.Msg})
	if !e.Hint.Empty() {
		s.out.Try(e.Hint)
	}
}

// Serve runs one server in a lab of its own until ctx ends or SIGINT or
// SIGTERM comes, and closes it politely. Its first line on out is
// "listening on ADDR", once that is true; then come its calls.
func Serve(ctx context.Context, out io.Writer, r *view.Renderer, kind string, values server.Values) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	lab := netlab.New()
	defer lab.Close()
	mark := lab.Journal().Mark()
	srv, err := server.Start(lab, kind, values)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "listening on %s\n", srv.Addr()); err != nil {
		return err
	}
	lab.Journal().Subscribe(ctx, mark, func(events []netlab.Event, _ int) {
		var shown []netlab.Event
		for _, e := range events {
			if tells(e) {
				shown = append(shown, e)
			}
		}
		if len(shown) > maxServerCalls*2 {
			shown = shown[:maxServerCalls*2]
		}
		if len(shown) > 0 {
			r.Calls(shown, view.SocketsOf(lab.Sockets()))
		}
	})
	srv.Stop()
	return nil
}

// TalkTCP connects to addr and holds a conversation: each line is sent, each
// answer printed.
func (s *Session) TalkTCP(ctx context.Context, addr netlab.Addr) error {
	program := newSocketCode("phone", "tcp") + "\nphone.connect(" + tupleCode(addr) + ")\n" + talkCode("phone", s.lang()) + "\nphone.close()\n"
	return s.talk(ctx, program)
}

// TalkUDP exchanges datagrams with addr: each line is one, each answer printed.
func (s *Session) TalkUDP(ctx context.Context, addr netlab.Addr) error {
	program := newSocketCode("phone", "udp") + "\n" + `while True:
    msg = input(">>: ").strip()
    if msg == "quit": break
    phone.sendto(msg.encode("utf-8"), ` + tupleCode(addr) + `)
    data, who = phone.recvfrom(65507)
    print(data.decode("utf-8", "backslashreplace"))
`
	return s.talk(ctx, program)
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
