package runner

import (
	"context"
	"fmt"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/words"
)

// A walk is the way through one lesson, and where the learner stands on it.
type walk struct {
	lesson *lessons.Lesson
	from   int             // the step in which this walk began
	passed map[string]bool // the steps whose task was passed on this walk

	index int
	step  *lessons.Step // with the ports of this lab
	ports map[int]int   // ports of the text that were taken → those used instead
	next  int           // the next part to show
	stop  stop          // what the learner is asked for now
	task  *check.Task
	facts []lessons.Fact
	held  []bool // as last shown
	guard []bool // holds from the start, and is to go on holding
	done  bool   // the task is passed
	shown bool   // its solution was seen first
	hints int    // how many were given

	question *lessons.Question // waiting for an answer
	guesses  []*guess          // predictions waiting for their run
	run      *lessons.Block    // Enter runs it
	solve    bool              // Enter runs the solution
}

// A stop is why the text of a step does not go on by itself.
type stop int

const (
	stopNone stop = iota
	stopIntro
	stopQuestion
	stopRun
	stopPause
	stopTask
	stopEnd
)

// A guess is a predict question and the answer to it.
type guess struct {
	question *lessons.Question
	choice   int // -1: none was given
}

// OpenLesson begins to walk through a lesson at a step: "" is the first, else
// an id or a number.
func (s *Session) OpenLesson(ctx context.Context, lesson *lessons.Lesson, step string) error {
	index := 0
	if step != "" {
		i, err := findStep(lesson, step)
		if err != nil {
			return err
		}
		index = i
	}
	s.walk = &walk{lesson: lesson, from: index, passed: map[string]bool{}}
	if step != "" {
		return s.goTo(ctx, index)
	}
	s.showIntro()
	if !s.con.Interactive() {
		return s.goTo(ctx, 0)
	}
	// The lab is there already, for whoever does not wait.
	if err := s.enterStep(ctx, 0); err != nil {
		return err
	}
	s.walk.stop = stopIntro
	s.sayNext()
	return nil
}

// findStep finds a step by its number or its id, or the beginning of it.
func findStep(lesson *lessons.Lesson, name string) (int, error) {
	for i, st := range lesson.Steps {
		if st.ID == name || fmt.Sprint(i+1) == name {
			return i, nil
		}
	}
	found := -1
	var ids []string
	for i, st := range lesson.Steps {
		ids = append(ids, fmt.Sprintf("%d %s", i+1, st.ID))
		if strings.HasPrefix(st.ID, name) && found == -1 {
			found = i
		} else if strings.HasPrefix(st.ID, name) {
			found = -2
		}
	}
	if found >= 0 {
		return found, nil
	}
	return 0, &UsageError{Text: words.F("lesson %d has no step %s; there are: %s", lesson.Number, name, strings.Join(ids, ", "))}
}

// goTo begins a step on a fresh lab.
func (s *Session) goTo(ctx context.Context, index int) error {
	if err := s.enterStep(ctx, index); err != nil {
		return err
	}
	s.showStep()
	return nil
}

func (s *Session) enterStep(ctx context.Context, index int) error {
	w := s.walk
	w.index = index
	if s.book != nil {
		s.saved(s.book.SetPlace(w.lesson.ID, w.lesson.Steps[index].ID))
	}
	return s.prepare(ctx)
}

// showStep shows the step from its title on.
func (s *Session) showStep() {
	s.walk.next = 0
	s.showStepTitle()
	s.sayPorts()
	s.showServers()
	s.advance()
}

// advance shows the parts of the step up to the next one that asks for something.
func (s *Session) advance() {
	w := s.walk
	for w.next < len(w.step.Parts) {
		part := w.step.Parts[w.next]
		w.next++
		if st := s.showPart(part); st != stopNone {
			w.stop = st
			s.sayNext()
			return
		}
	}
	w.stop = stopEnd
	s.sayNext()
}

// showPart shows one part; the answer says what it asks for.
func (s *Session) showPart(part lessons.Part) stop {
	w := s.walk
	switch p := part.(type) {
	case *lessons.Text:
		s.out.Blank()
		s.out.Markdown(p.Markdown)
	case *lessons.Question:
		w.question = p
		if p.Kind == lessons.RolePredict {
			w.guesses = append(w.guesses, &guess{p, -1})
		}
		s.ask(p)
		return stopQuestion
	case *lessons.Pause:
		if s.con.Interactive() && !w.done {
			return stopPause
		}
	case *lessons.Block:
		switch p.Role {
		case lessons.RoleRun:
			s.out.Blank()
			s.out.Code(p.Code)
			w.run = p
			return stopRun
		case lessons.RoleTask:
			s.out.Blank()
			s.showTask(nil)
			if !w.done {
				return stopTask
			}
		}
	}
	return stopNone
}

// enter is the empty line: it runs what was shown to be run, or says what
// there is to type.
func (s *Session) enter(ctx context.Context) error {
	w := s.walk
	switch {
	case w == nil:
	case w.solve:
		w.solve = false
		_ = s.runAs(ctx, netlab.Learner, w.step.Solution().Code)
		s.afterInput(ctx)
	case w.run != nil:
		s.runBlock(ctx)
	case w.stop == stopIntro:
		s.showStep()
	case w.stop == stopPause:
		s.advance()
	case s.con.Interactive():
		s.sayNext()
	}
	return nil
}

// runBlock runs what the step shows. It is the lesson's hand, so that showing
// is not doing.
func (s *Session) runBlock(ctx context.Context) {
	w := s.walk
	block := w.run
	w.run = nil
	s.demo = true
	before := s.bench.lab.LastID()
	_ = s.runAs(ctx, netlab.Lesson, block.Code)
	s.bench.markShown(before)
	s.settle(ctx)
	s.report()
	s.reportUnshown()
	s.demo = false
	s.score()
	if w.stop == stopRun {
		s.advance()
	}
}

// goOn is `next`: on with the text, or to the next step when the task is done.
func (s *Session) goOn(ctx context.Context) error {
	w := s.walk
	if len(w.facts) > 0 && !w.done {
		s.awaitTask(ctx)
		if w.done && s.con.Interactive() {
			return nil // what stands behind the task has just been shown, and is to be read
		}
	}
	if w.done || len(w.facts) == 0 && w.stop == stopEnd {
		return s.leaveStep(ctx)
	}
	if w.stop == stopIntro {
		s.showStep()
		return nil
	}
	if w.stop != stopTask && w.stop != stopEnd {
		if w.run != nil {
			w.guesses = nil // without the run there is nothing to hold it against
		}
		w.question, w.run = nil, nil
		s.advance()
		return nil
	}
	verdicts := s.verdicts()
	if allUnseen(verdicts) { // nothing that could be asked for
		return s.leaveStep(ctx)
	}
	s.showTask(verdicts)
	s.out.Next("task", "hint", "solution", s.lang().T("skip (goes on without it)"))
	return nil
}

func allUnseen(verdicts []check.Verdict) bool {
	for _, v := range verdicts {
		if !v.Unseen {
			return false
		}
	}
	return len(verdicts) > 0
}

// leaveStep goes to the next step, or ends the lesson.
func (s *Session) leaveStep(ctx context.Context) error {
	w := s.walk
	if w.index+1 < len(w.lesson.Steps) {
		return s.goTo(ctx, w.index+1)
	}
	s.showEnd()
	return nil
}
