package runner

import (
	"context"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// compileTask reads the facts of the step.
func (s *Session) compileTask() error {
	t, err := check.Compile(statements(s.walk.lesson.File, s.walk.facts))
	s.walk.task = t
	return err
}

func statements(file string, facts []lessons.Fact) []check.Statement {
	list := make([]check.Statement, len(facts))
	for i, f := range facts {
		list[i] = check.Statement{Expr: f.Expr, Words: f.Words, File: file, Line: f.Line}
	}
	return list
}

// world is what the facts look at: the lab of the step from its beginning.
func (s *Session) world() check.World {
	return check.World{Lab: s.bench.lab, Shown: s.bench.shown}
}

func (s *Session) verdicts() []check.Verdict {
	if s.walk.task == nil { // a fact that cannot be read, which has been said, holds never
		list := make([]check.Verdict, len(s.walk.facts))
		for i, f := range s.walk.facts {
			list[i].Words = f.Words
		}
		return list
	}
	return s.walk.task.Ask(s.world())
}

// checkQuietly looks at the task after an input or an event, and says what has
// newly come to hold.
func (s *Session) checkQuietly() {
	w := s.walk
	if w == nil || w.done || len(w.facts) == 0 {
		return
	}
	s.tell(s.verdicts())
}

// maxLooks is how many closes of one input are looked at before they happen.
const maxLooks = 32

// lookBeforeClose asks the facts before the learner closes a socket: a function
// may do the whole of a task and leave nothing of it to be seen at its end. The
// task remembers the states that it has seen.
func (s *Session) lookBeforeClose() {
	w := s.walk
	if w == nil || w.done || w.task == nil || s.looks >= maxLooks || s.bench.lab.Hand() != netlab.Learner {
		return
	}
	s.looks++
	w.task.Ask(s.world())
}

// A long input may make more calls than the journal remembers; so the facts are
// asked meanwhile, each time that so many have come.
const (
	askPause  = 10 * time.Millisecond
	askEvents = 1000
)

// askMeanwhile asks the facts while the learner's input runs. The function that
// it returns ends that.
func (s *Session) askMeanwhile() (stop func()) {
	w := s.walk
	if w == nil || w.done || w.task == nil || s.bench.lab.Hand() != netlab.Learner {
		return func() {}
	}
	task, world := w.task, s.world()
	over, ended := make(chan struct{}), make(chan struct{})
	console.Go(s.con, func() {
		defer close(ended)
		tick := time.NewTicker(askPause)
		defer tick.Stop()
		for seen := world.Lab.Journal().Mark(); ; {
			select {
			case <-over:
				return
			case <-tick.C:
			}
			if now := world.Lab.Journal().Mark(); now.After(seen) >= askEvents {
				task.Ask(world)
				seen = now
			}
		}
	})
	return func() {
		close(over)
		<-ended
	}
}

// Facts that are on their way get this long: until nothing has happened for
// taskQuiet, at most taskPatience.
const (
	taskQuiet    = 150 * time.Millisecond
	taskPatience = 2 * time.Second
)

// awaitTask waits for the task to be passed, as long as facts may still be on
// their way.
func (s *Session) awaitTask(ctx context.Context) {
	w := s.walk
	if w == nil || w.done || len(w.facts) == 0 || w.task == nil {
		return
	}
	ctx, stop := s.con.WithInterrupt(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, taskPatience)
	defer cancel()
	journal := s.bench.lab.Journal()
	verdicts := s.verdicts()
	for before := (netlab.Mark{}); !check.AllHeld(verdicts) && ctx.Err() == nil && journal.Mark() != before; {
		before = journal.Mark()
		quiet, done := context.WithTimeout(ctx, taskQuiet)
		verdicts = w.task.Await(quiet, s.world())
		done()
	}
	s.report()
	s.tell(verdicts)
}

// settleTask is the last look at a task when the input has ended.
func (s *Session) settleTask(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.con.Interactive() {
		s.awaitTask(ctx)
	}
}

// tell shows what changed since the last look, and passes the task if all holds.
func (s *Session) tell(verdicts []check.Verdict) {
	w := s.walk
	news := 0
	for i, v := range verdicts {
		if v.Held && !w.held[i] {
			s.out.Held(v.Words)
			news++
		}
		if w.guard[i] && w.held[i] && !v.Held && !v.Unseen {
			s.out.Note(words.F("No longer so: %s. `reset` begins the step anew.", v.Words))
		}
		w.held[i] = v.Held || w.held[i] && !w.guard[i]
	}
	if check.AllHeld(verdicts) {
		s.pass()
		return
	}
	if news > 0 && s.present == nil {
		s.out.Note(words.F("%d of %d hold. `task` shows what is missing, `hint` helps.", count(w.held), len(w.held)))
	}
}

func count(list []bool) int {
	n := 0
	for _, b := range list {
		if b {
			n++
		}
	}
	return n
}

// pass notes that the task is done and goes on with what stands behind it.
func (s *Session) pass() {
	w := s.walk
	w.done = true
	w.passed[w.step.ID] = true
	w.solve = false
	status := progress.Passed
	if w.shown {
		status = progress.Shown
	}
	if s.book != nil {
		s.saved(s.book.Mark(w.lesson.ID, w.step.ID, status))
	}
	if w.shown {
		s.out.Good(words.F("Task done, with the solution's help."))
	} else {
		s.out.Good(words.F("Task passed."))
	}
	w.next = max(w.next, taskIndex(w.step)+1)
	if len(w.step.Runs()) > 0 {
		w.guesses = nil // they were about what the step shows, not about the task
	}
	w.question, w.run = nil, nil
	s.score()
	s.advanceOrWait()
}

func isTask(p lessons.Part) bool {
	b, ok := p.(*lessons.Block)
	return ok && b.Role == lessons.RoleTask
}

func taskIndex(step *lessons.Step) int {
	for i, p := range step.Parts {
		if isTask(p) {
			return i
		}
	}
	return -1
}

// showTask prints the facts; with verdicts also what was seen and what to try.
func (s *Session) showTask(verdicts []check.Verdict) {
	w := s.walk
	lines := make([]view.FactLine, len(w.facts))
	seen, unseen := verdicts, false
	if seen == nil {
		seen = s.verdicts()
	}
	for i, f := range w.facts {
		lines[i] = view.FactLine{Words: f.Words, Held: w.held[i], Known: w.held[i], Unseen: seen[i].Unseen}
		unseen = unseen || seen[i].Unseen
		if verdicts != nil {
			lines[i].Known, lines[i].Held = true, verdicts[i].Held
			lines[i].Seen, lines[i].Try = s.out.Say(verdicts[i].Seen), s.out.Say(verdicts[i].Try)
			if w.guard[i] && !verdicts[i].Held {
				lines[i].Try = s.lang().T("what has happened stays so: `reset` begins the step anew")
			}
		}
	}
	s.out.Task(lines)
	if unseen {
		s.out.Note(words.F("This system does not show the states of its sockets, so these facts cannot be checked here, and are not asked for. `socklab doctor` says more."))
	}
}
