package runner

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/notes"
	"github.com/socklab/socklab/runner/words"
)

// Presenting makes a session an instructor's: nothing is gated, Enter goes on,
// questions are for the room, and each step begins on an empty screen.
type Presenting struct {
	// PerChar is the pause between two characters that a demo types; 0: none.
	PerChar time.Duration
	// Began is when the clock was started; zero: with the lesson.
	Began time.Time
	// Tell hears where the presentation stands, whenever that changes. It must
	// not wait. May be nil.
	Tell func(notes.Status)
}

// A presentation is what a session knows of the room it is shown to.
type presentation struct {
	Presenting
	lesson string // the id of the lesson that the clock belongs to
	ended  bool

	mu   sync.Mutex
	came map[[2]int]int // by step and question: the choice that was foreseen
	of   string         // the lesson of came
	stop context.CancelFunc
	work sync.WaitGroup
}

func newPresentation(p *Presenting) *presentation {
	if p == nil {
		return nil
	}
	return &presentation{Presenting: *p}
}

// opens starts the clock, unless it goes on from a presentation that broke off.
func (p *presentation) opens(lesson *lessons.Lesson) {
	if p.lesson != "" && p.lesson != lesson.ID || p.Began.IsZero() {
		p.Began = now()
	}
	if p.lesson != lesson.ID && p.Tell != nil {
		p.foresee(lesson)
	}
	p.lesson, p.ended = lesson.ID, false
}

// foresee finds out, beside the session, how the predictions come out on this
// machine: the notes say it beforehand. The code of a lesson from elsewhere is
// not run for that.
func (p *presentation) foresee(lesson *lessons.Lesson) {
	p.end()
	if lesson.Foreign {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), foreseeTime)
	p.mu.Lock()
	p.stop = stop
	p.mu.Unlock()
	p.work.Go(func() {
		came := map[[2]int]int{}
		found := Foresee(ctx, lesson)
		for i, step := range lesson.Steps {
			for n, q := range step.Questions() {
				if choice, ok := found[q]; ok {
					came[[2]int{i, n}] = choice
				}
			}
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.came, p.of = came, lesson.ID
	})
}

// foreseeTime is how long a class may wait for that at most.
const foreseeTime = 5 * time.Second

// foresees is the choice of a question that was foreseen, -1 if none was.
func (p *presentation) foresees(lesson string, step, question int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if choice, ok := p.came[[2]int{step, question}]; ok && p.of == lesson {
		return choice
	}
	return -1
}

// end ends what runs beside the session.
func (p *presentation) end() {
	if p == nil {
		return
	}
	p.mu.Lock()
	stop := p.stop
	p.mu.Unlock()
	if stop != nil {
		stop()
		p.work.Wait()
	}
}

// enterPresenting is the empty line before a class: always on.
func (s *Session) enterPresenting(ctx context.Context) error {
	w := s.walk
	if w != nil {
		w.page = s.out.Lines()
	}
	switch {
	case w == nil:
		s.out.Next("lessons", "lesson 1", "quit")
	case w.demo.waits():
		s.typeDemo(ctx)
	case w.run != nil:
		s.runBlock(ctx)
	case w.stop == stopIntro:
		s.showStep()
	case w.stop == stopQuestion && w.question != nil && w.question.Kind == lessons.RoleQuiz:
		s.reveal(w.question)
	case w.stop == stopEnd:
		return s.leaveStep(ctx)
	default:
		s.passOver()
	}
	return nil
}

// newScreen gives what follows a screen of its own, before a class.
func (s *Session) newScreen() {
	if s.present != nil {
		s.con.Clear()
		s.walk.page = s.out.Lines()
	}
}

// advanceOrWait goes on with the text after a result; before a class that waits
// for Enter, so that the room can look at the result.
func (s *Session) advanceOrWait() {
	w := s.walk
	if s.present == nil || !w.textFollows() {
		s.advance()
		return
	}
	w.stop = stopPause
	s.sayNext()
}

// textFollows reports whether there is more of the step to be shown.
func (w *walk) textFollows() bool {
	for _, p := range w.step.Parts[w.next:] {
		switch p := p.(type) {
		case *lessons.Text, *lessons.Question:
			return true
		case *lessons.Block:
			if p.Role == lessons.RoleRun || p.Role == lessons.RoleTask {
				return true
			}
		}
	}
	return false
}

// passOver goes on with the text, whatever was asked for.
func (s *Session) passOver() {
	s.walk.question = nil
	s.advance()
}

// reveal tells the room the answer to a quiz.
func (s *Session) reveal(q *lessons.Question) {
	s.out.Good(words.F("The answer: %s", rightAnswers(q)))
	for _, c := range q.Choices {
		if c.Right {
			s.out.More(c.Say)
		}
	}
	s.out.More(q.Explain)
	s.closeQuestion()
}

// goOnPresenting is `next` before a class: on, without running what is shown.
func (s *Session) goOnPresenting(ctx context.Context) error {
	w := s.walk
	w.demo, w.page = demo{}, s.out.Lines()
	if w.run != nil {
		w.guesses, w.run = nil, nil
	}
	if w.stop == stopEnd {
		return s.leaveStep(ctx)
	}
	if w.stop == stopIntro {
		s.showStep()
		return nil
	}
	s.passOver()
	return nil
}

// runFollows reports whether the next part is one that Enter runs: then it is
// shown together with the prediction before it.
func (w *walk) runFollows() bool {
	for _, p := range w.step.Parts[w.next:] {
		switch p := p.(type) {
		case *lessons.Notes:
			continue
		case *lessons.Block:
			if p.Role == lessons.RoleRun {
				return true
			}
			if p.Role == lessons.RoleTask {
				return false
			}
			continue // it is not shown
		}
		return false
	}
	return false
}

// sayNextPresenting tells what the instructor may type now.
func (s *Session) sayNextPresenting() {
	w, lang := s.walk, s.lang()
	own := lang.T("or your own line")
	switch {
	case w.demo.waits():
		s.out.Next(lang.T("Enter (types line %d of %d)", w.demo.done+1, len(w.demo.lines)), own)
	case w.run != nil && w.question != nil:
		s.out.Next(lang.T("Enter (runs it)"), lang.T("%s (what the room says)", s.letters(w.question)))
	case w.run != nil:
		s.out.Next(lang.T("Enter (runs it)"), lang.T("next (goes on)"))
	case w.stop == stopIntro:
		s.out.Next(lang.T("Enter (begins step 1)"), "goto STEP", "help present")
	case w.stop == stopQuestion && w.question != nil && w.question.Kind == lessons.RoleQuiz:
		s.out.Next(lang.T("Enter (shows the answer)"), lang.T("or the answer of the room"))
	case w.stop == stopQuestion && w.question != nil:
		s.out.Next(lang.T("Enter (goes on)"), lang.T("%s (what the room says)", s.letters(w.question)))
	case w.stop == stopQuestion || w.stop == stopPause:
		s.out.Next(lang.T("Enter (goes on)"))
	case w.stop == stopTask && !w.done:
		s.out.Next("demo", lang.T("your own line"), lang.T("Enter (goes on)"))
	case w.stop == stopEnd && w.index+1 < len(w.lesson.Steps):
		s.out.Next(lang.T("Enter (step %d · %s)", w.index+2, w.lesson.Steps[w.index+1].Title), own, lang.T("reset (this step once more)"))
	case w.stop == stopEnd:
		s.out.Next(lang.T("Enter (ends the lesson)"), own)
	default:
		s.out.Next(lang.T("Enter (goes on)"))
	}
}

// showEndPresenting closes the lesson before a class.
func (s *Session) showEndPresenting() {
	w := s.walk
	s.present.ended = true
	s.newScreen()
	s.out.Blank()
	s.out.Title(s.lang().T("End of lesson %d · %s", w.lesson.Number, w.lesson.Title), s.clock())
	list := []string{"back", "quit"}
	if next := s.lessonAfter(w.lesson); next != nil {
		list = append([]string{fmt.Sprintf("lesson %d (%s)", next.Number, next.Title)}, list...)
	}
	s.out.Next(list...)
}
