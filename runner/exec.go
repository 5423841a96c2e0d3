package runner

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// Exec runs one input as if it had been typed: the answer to a question, the
// Enter that runs what is shown, a command, code. Errors are shown; the only
// error that is returned is [ErrQuit].
func (s *Session) Exec(ctx context.Context, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.tellNotes()
	if strings.TrimSpace(text) == "" {
		return s.enter(ctx)
	}
	s.typed, s.served = 0, 0
	if s.walk != nil && s.answers(text) {
		return nil
	}
	if s.walk != nil {
		s.walk.solve = false // Enter runs the solution only right after it was shown
	}
	err := s.runInput(ctx, text)
	if errors.Is(err, ErrQuit) {
		return err
	}
	s.afterInput(ctx)
	return nil
}

// runInput runs code and commands, with Ctrl-C, the time limit and the notice
// about a call that waits.
func (s *Session) runInput(ctx context.Context, text string) error {
	ctx, stop := s.con.WithInterrupt(ctx)
	defer stop()
	if s.cfg.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, s.cfg.Timeout, context.DeadlineExceeded)
		defer cancel()
	}
	s.looks = 0
	defer s.askMeanwhile()()
	done := s.noticeWaiting()
	err := s.bench.interp.Run(ctx, code.Source{Text: text, Echo: true})
	done()
	s.report()
	var exit *code.Exit
	if errors.As(err, &exit) {
		return ErrQuit
	}
	if err != nil && !errors.Is(err, ErrQuit) {
		s.wrong = true
		s.showError(err, text)
	}
	return err
}

// afterInput lets the servers answer, shows what they did, and looks at the task.
func (s *Session) afterInput(ctx context.Context) {
	s.settle(ctx)
	s.report()
	s.reportUnshown()
	_, _, _ = s.bench.lab.Table(false) // the lab remembers what states it shows: they pass
	if w := s.walk; w != nil && w.stop == stopIntro && s.typedSomething() {
		s.showStep() // whoever does not wait for Enter still gets to read it
	}
	s.checkQuietly()
}

// typedSomething reports whether the learner has made a call in this lab.
func (s *Session) typedSomething() bool {
	events, _ := s.bench.lab.Journal().Typed(netlab.Mark{})
	for _, e := range events {
		if e.By == netlab.Learner {
			return true
		}
	}
	return false
}

// patience is how long a call may wait before a word is said about it.
const patience = time.Second

// noticeWaiting says, after a while, in which call the input waits and for
// what. The function that it returns ends that.
func (s *Session) noticeWaiting() (done func()) {
	lab := s.bench.lab
	timer := time.AfterFunc(patience, func() {
		if s.chatting.Load() {
			return
		}
		for _, sock := range lab.WaitingSockets() {
			if info := sock.Info(); info.By != netlab.Server && info.Waiting != netlab.OpNone {
				s.out.Note(s.waitingFor(info))
				return
			}
		}
		if _, waits := lab.Polling(); waits {
			s.out.Note(s.cancellable(words.F("poll is waiting: none of the sockets is ready.")))
			return
		}
		for _, child := range lab.WaitingChildren() {
			if child.By != netlab.Server {
				s.out.Note(s.waitingForChild(child))
				return
			}
		}
	})
	return func() { timer.Stop() }
}

func (s *Session) waitingFor(info netlab.SocketInfo) words.Text {
	name := info.Label
	if name == "" {
		name = "socket"
	}
	var t words.Text
	switch info.Waiting {
	case netlab.OpAccept:
		t = words.F("%s.accept() is waiting: nobody has called %s yet.", name, info.Local.String())
	case netlab.OpConnect:
		t = words.F("%s.connect() is waiting: no answer to the SYN yet.", name)
	case netlab.OpRecv:
		t = words.F("%s.recv() is waiting: nothing has arrived, and the other side has not hung up.", name)
	case netlab.OpRecvfrom:
		t = words.F("%s.recvfrom() is waiting: no datagram has arrived.", name)
	default:
		t = words.F("%s.%s() is waiting: the other side does not read.", name, info.Waiting.String())
	}
	return s.cancellable(t)
}

// cancellable adds how a wait is ended, if somebody is there to end it.
func (s *Session) cancellable(t words.Text) words.Text {
	if s.con.Interactive() {
		return words.F("%s Ctrl-C cancels.", t)
	}
	return t
}

// showError prints an error of an input.
func (s *Session) showError(err error, text string) {
	var e *code.Error
	if !errors.As(err, &e) {
		var usage *UsageError
		if errors.As(err, &usage) {
			s.out.Error(view.Trouble{Text: usage.Text})
			if usage.Usage != "" {
				s.out.Next(usage.Usage)
			}
			return
		}
		s.out.Error(view.Trouble{Text: words.Raw(err.Error())})
		return
	}
	t := view.Trouble{Kind: e.Kind, Tag: e.Tag, Text: e.Msg}
	several := strings.Contains(strings.TrimSpace(text), "\n")
	if several {
		t.Line = e.Line
	}
	// A command has just shown its code, and the kernel's refusal has no column.
	if isCommand := code.ByLetters(text, isVerb); !isCommand && (several || e.Tag == "" && e.Kind != "KeyboardInterrupt") {
		t.Source, t.Col = e.Text, e.Col
	}
	s.out.Error(t)
	if !e.Hint.Empty() {
		s.out.Try(e.Hint)
	} else if format := equalsFormat(text); format != "" && e.Kind == "SyntaxError" {
		s.out.Try(words.F("a format that begins with = stands in quotes: %s", format))
	} else if verb := nearestVerb(text); verb != "" && (e.Kind == "SyntaxError" || e.Kind == "NameError") {
		s.out.Try(words.F("did you mean the command `%s`?", verb))
	}
}
