package runner

import (
	"context"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/check"
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
	rest  []string      // of a text that the screen had no room for
	page  int           // the lines printed when this screen began
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
	demo     demo              // Enter types its next line
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
	defer s.tellNotes()
	s.walk = &walk{lesson: lesson, from: index, passed: map[string]bool{}}
	if s.present != nil {
		s.present.opens(lesson)
	}
	if step != "" {
		return s.goTo(ctx, index)
	}
	s.showIntro()
	if !s.con.Interactive() && s.present == nil {
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
	if s.present != nil {
		s.present.work.Wait() // what it calls would be counted as the class's own
		s.present.ended = false
	}
	if s.book != nil {
		s.saved(s.book.SetPlace(w.lesson.ID, w.lesson.Steps[index].ID))
	}
	return s.prepare(ctx)
}

// showStep shows the step from its title on.
func (s *Session) showStep() {
	s.walk.next = 0
	s.walk.stop = stopNone
	s.newScreen()
	s.showStepTitle()
	s.sayPorts()
	s.showServers()
	s.advance()
}

// advance shows the parts of the step up to the next one that asks for something.
func (s *Session) advance() {
	w := s.walk
	if st := s.showRest(); st != stopNone {
		w.stop = st
		s.sayNext()
		return
	}
	for w.next < len(w.step.Parts) {
		part := w.step.Parts[w.next]
		if !s.fits(part) {
			w.stop = stopPause
			s.sayNext()
			return
		}
		w.next++
		st := s.showPart(part)
		if st == stopQuestion && s.present != nil && w.question.Kind == lessons.RolePredict && w.runFollows() {
			continue
		}
		if st != stopNone {
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
		return s.showText(p.Markdown)
	case *lessons.Question:
		w.question = p
		if p.Kind == lessons.RolePredict {
			w.guesses = append(w.guesses, &guess{p, -1})
		}
		s.ask(p)
		return stopQuestion
	case *lessons.Pause:
		if (s.con.Interactive() || s.present != nil) && !w.done {
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
	if w != nil && w.solve {
		w.solve = false
		_ = s.runAs(ctx, netlab.Learner, w.step.Solution().Code)
		s.afterInput(ctx)
		return nil
	}
	if s.present != nil {
		return s.enterPresenting(ctx)
	}
	switch {
	case w == nil:
	case w.demo.waits():
		s.typeDemo(ctx)
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
	w.run, w.question = nil, nil
	s.byLesson(ctx, block.Code)
	s.score()
	if w.stop == stopRun {
		s.advanceOrWait()
	}
}

// goOn is `next`: on with the text, or to the next step when the task is done.
func (s *Session) goOn(ctx context.Context) error {
	w := s.walk
	if s.present != nil {
		return s.goOnPresenting(ctx)
	}
	w.demo = demo{}
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
