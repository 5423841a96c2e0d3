package runner

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// ErrQuit is returned by a command that ends the session.
var ErrQuit = errors.New("runner: quit")

// Config is what a session works with. The caller closes the console.
type Config struct {
	Console  console.Console
	View     *view.Renderer // prints on Console.Out()
	Course   *lessons.Course
	Progress *progress.Store // nil: nothing is remembered
	// Timeout is how long one input may take; 0: as long as it takes.
	Timeout time.Duration
	// Foreign is for lessons from elsewhere: they reach loopback alone, and start
	// programs only if the learner allows it. A lesson that is foreign itself is
	// treated so in any session.
	Foreign bool
	// ShellAllowed answers yes for the person who would be asked whether a
	// server may hand what it receives to a shell.
	ShellAllowed bool
	// Program makes the prompts of input() part of the output, as Python does
	// when nobody types.
	Program bool
	// Watch looks whether the lesson's files are being edited; nil: nobody does.
	Watch *lessons.Watcher
	// Present makes it an instructor's session; nil: a learner's.
	Present *Presenting
	// Quiet leaves out the calls behind each line, so that the output is the
	// program's own.
	Quiet bool
}

// A Session is one learner at one console. Exec and Run are for one goroutine;
// what servers do meanwhile is shown by the session itself.
type Session struct {
	cfg  Config
	con  console.Console
	out  *view.Renderer
	book *progress.Store

	mu      sync.Mutex // held while an input runs; the watcher waits for it
	benches sync.Mutex // guards the next three against a signal that ends the program
	ended   bool
	leaving *bench // the one before, which may be closing still
	bench   *bench
	walk    *walk         // nil without a lesson
	present *presentation // nil for a learner
	watch   watcher
	wrong   bool // an input failed

	labFault error // why the lab of the step could not be prepared

	unsaved bool // progress could not be saved, which has been said
	// moveAll: a step never uses the ports of its text, so that several
	// verifications do not meet on them.
	moveAll   bool
	processes map[string]allowance // whether code from elsewhere may start programs, by its origin
	demo      bool                 // the lesson's hand is shown: it demonstrates

	shellWord map[string]bool // a person has allowed servers with shell=True, by the code's origin

	chatting atomic.Bool // a chat waits for messages, which is not worth a word

	typed, served int // calls shown since the last input: the learner's, those of servers
	looks         int // closes of this input that were looked at before they happened
	unshown       int // calls left out since then
}

// NewSession makes a session with an empty lab. Close ends it.
func NewSession(cfg Config) *Session {
	s := &Session{cfg: cfg, con: cfg.Console, out: cfg.View, book: cfg.Progress, present: newPresentation(cfg.Present),
		processes: map[string]allowance{}, shellWord: map[string]bool{}}
	s.bench = s.newBench()
	return s
}

// Close ends the lab: every socket and every server.
func (s *Session) Close() error {
	s.watch.stop()
	s.present.end()
	s.benches.Lock()
	s.ended = true
	last, leaving := s.bench, s.leaving
	s.benches.Unlock()
	var err error
	if leaving != nil {
		err = leaving.close()
	}
	return errors.Join(err, last.close())
}

// renewBench puts a fresh bench in the place of the old one, which the caller
// closes. A signal may close the session meanwhile, from another goroutine: then
// the fresh one is closed too, and all that is begun on it fails.
func (s *Session) renewBench() (old *bench) {
	fresh := s.newBench()
	s.benches.Lock()
	defer s.benches.Unlock()
	old, s.bench = s.bench, fresh
	s.leaving = old
	if s.ended {
		_ = fresh.close()
	}
	return old
}

// Failed reports whether an input ended with an error.
func (s *Session) Failed() bool { return s.wrong }

// Run reads and runs lines until `quit` or the end of the input.
func (s *Session) Run(ctx context.Context) error {
	s.startWatching()
	for {
		text, err := s.read(ctx)
		switch {
		case errors.Is(err, console.ErrInterrupted):
			continue
		case errors.Is(err, console.ErrTooLong):
			s.wrong = true
			s.out.Warn(words.F("that line is longer than 64 MiB; it was dropped"))
			continue
		case errors.Is(err, io.EOF):
			s.settleTask(ctx)
			return nil
		case err != nil:
			return err
		}
		if err := s.Exec(ctx, text); errors.Is(err, ErrQuit) {
			return nil
		}
	}
}

// lang is the language the session speaks.
func (s *Session) lang() words.Lang { return s.out.Lang() }

// prompt is "lesson 2> ", or "socklab> " without a lesson.
func (s *Session) prompt() string {
	if s.walk == nil {
		return "socklab> "
	}
	return s.lang().T("lesson %d> ", s.walk.lesson.Number)
}
