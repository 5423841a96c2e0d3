package runner

import (
	"context"
	"errors"
	"fmt"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/words"
)

// walkCommands are the commands that walk through a lesson.
func walkCommands() []*Command {
	return []*Command{
		{Name: "next", Aliases: []string{"n"}, Group: Walking, Usage: "next",
			Summary: words.F("goes on: with the text, or to the next step when the task is done"), run: inLesson(cmdNext)},
		{Name: "back", Group: Walking, Usage: "back",
			Summary: words.F("goes back to the step before"), run: inLesson(cmdBack)},
		{Name: "goto", Group: Walking, Usage: "goto STEP",
			Summary: words.F("goes to a step, by number or name"), complete: completeStep, run: inLesson(cmdGoto)},
		{Name: "task", Group: Walking, Usage: "task",
			Summary: words.F("shows the task again, and what is missing"), run: inLesson(cmdTask)},
		{Name: "check", Group: Walking, Usage: "check [--json]",
			Summary: words.F("looks at the task now: fact by fact, what was seen and what to try"), run: inLesson(cmdCheck)},
		{Name: "hint", Group: Walking, Usage: "hint",
			Summary: words.F("one hint more; the last is nearly the answer"), run: inLesson(cmdHint)},
		{Name: "solution", Group: Walking, Usage: "solution",
			Summary: words.F("shows the answer; Enter runs it"), run: inLesson(cmdSolution)},
		{Name: "answer", Group: Walking, Usage: "answer TEXT",
			Summary: words.F("answers the question; mostly the bare answer will do"), run: inLesson(cmdAnswer)},
		{Name: "skip", Group: Walking, Usage: "skip",
			Summary: words.F("goes to the next step without the task"), run: inLesson(cmdSkip)},
		{Name: "reset", Group: Walking, Usage: "reset",
			Summary: words.F("begins the step anew, on a fresh lab"), run: cmdReset},
		{Name: "lessons", Group: Walking, Usage: "lessons",
			Summary: words.F("lists the lessons and what you have done of them"), run: cmdLessons},
		{Name: "lesson", Group: Walking, Usage: "lesson NUMBER|NAME",
			Summary: words.F("opens a lesson"), complete: completeLesson, run: cmdLesson},
		{Name: "progress", Group: Walking, Usage: "progress",
			Summary: words.F("what you have done, step by step"), run: cmdProgress},
		{Name: "notes", Group: Walking, Usage: "notes",
			Summary: words.F("the notes for an instructor on this step"), run: inLesson(cmdNotes)},
	}
}

// inLesson refuses a command that makes no sense without a lesson.
func inLesson(run func(context.Context, *Session, Args) error) func(context.Context, *Session, Args) error {
	return func(ctx context.Context, s *Session, a Args) error {
		if s.walk == nil {
			return &UsageError{Text: words.F("no lesson is open: `lessons` lists them, `lesson 1` opens the first")}
		}
		return run(ctx, s, a)
	}
}

func cmdNext(ctx context.Context, s *Session, _ Args) error { return s.goOn(ctx) }

func cmdBack(ctx context.Context, s *Session, _ Args) error {
	if s.present != nil && s.present.ended {
		return s.goTo(ctx, s.walk.index)
	}
	if s.walk.index == 0 {
		s.out.Note(words.F("This is the first step."))
		return nil
	}
	return s.goTo(ctx, s.walk.index-1)
}

func cmdGoto(ctx context.Context, s *Session, a Args) error {
	if len(a.Words) != 1 {
		return commands["goto"].usage()
	}
	index, err := findStep(s.walk.lesson, a.Words[0])
	if err != nil {
		return err
	}
	s.walk.from = min(s.walk.from, index)
	return s.goTo(ctx, index)
}

func cmdTask(_ context.Context, s *Session, _ Args) error {
	if len(s.walk.facts) == 0 {
		s.out.Note(words.F("This step has no task."))
		s.sayNext()
		return nil
	}
	s.showTask(s.verdicts())
	s.sayNext()
	return nil
}

func cmdCheck(ctx context.Context, s *Session, a Args) error {
	if len(s.walk.facts) == 0 {
		s.out.Note(words.F("This step has no task."))
		return nil
	}
	s.awaitTask(ctx)
	if a.JSON {
		for _, v := range s.verdicts() {
			s.printJSON(s.factJSON(v))
		}
		return nil
	}
	if s.walk.done {
		s.out.Note(words.F("The task is passed."))
		return nil
	}
	s.showTask(s.verdicts())
	s.sayNext()
	return nil
}

func cmdHint(_ context.Context, s *Session, _ Args) error {
	w := s.walk
	hints := w.step.Hints()
	if len(hints) == 0 {
		s.out.Note(words.F("This step has no hints."))
		return nil
	}
	i := min(w.hints, len(hints)-1)
	w.hints++
	s.out.Label(words.F("Hint %d of %d", i+1, len(hints)))
	s.out.Markdown(hints[i].Code)
	if i == len(hints)-1 {
		s.out.Next(s.lang().T("type your line"), "solution")
		return nil
	}
	s.out.Next(s.lang().T("type your line"), "hint", "solution")
	return nil
}

func cmdSolution(_ context.Context, s *Session, _ Args) error {
	w := s.walk
	solution := w.step.Solution()
	if solution == nil {
		s.out.Note(words.F("This step has no task."))
		return nil
	}
	w.shown = w.shown || !w.done && s.present == nil
	w.solve = true
	s.out.Code(solution.Code)
	s.out.Next(s.lang().T("Enter (runs it)"), s.lang().T("type your line"))
	return nil
}

func cmdAnswer(_ context.Context, s *Session, a Args) error {
	if s.walk.question == nil {
		s.out.Note(words.F("No question is open."))
		return nil
	}
	if a.Text == "" {
		return commands["answer"].usage()
	}
	s.answer(s.walk.question, a.Text)
	return nil
}

func cmdSkip(ctx context.Context, s *Session, _ Args) error {
	w := s.walk
	if s.book != nil && !w.done && len(w.facts) > 0 {
		s.saved(s.book.Mark(w.lesson.ID, w.step.ID, progress.Skipped))
	}
	return s.leaveStep(ctx)
}

func cmdReset(ctx context.Context, s *Session, _ Args) error {
	if s.walk != nil {
		return s.goTo(ctx, s.walk.index)
	}
	old := s.renewBench()
	s.out.Note(words.F("A fresh lab: every socket is closed, every name forgotten."))
	return old.close()
}

func cmdLessons(_ context.Context, s *Session, _ Args) error {
	s.ListLessons()
	s.out.Next(fmt.Sprintf("lesson %d", s.cfg.Course.List(string(s.lang()))[0].Number))
	return nil
}

// ListLessons prints the lessons with minutes and what was done of each.
func (s *Session) ListLessons() {
	for _, l := range s.cfg.Course.List(string(s.lang())) {
		passed, tasks := s.tally(l)
		s.out.Item(fmt.Sprint(l.Number), l.Title, s.lang().T("%d min · %d of %d tasks", l.Minutes, passed, tasks))
	}
}

// tally counts the tasks of a lesson and those that are passed.
func (s *Session) tally(l *lessons.Lesson) (passed, tasks int) {
	for _, st := range l.Steps {
		if len(st.Facts()) == 0 {
			continue
		}
		tasks++
		if st := s.status(l, st); st == progress.Passed || st == progress.Shown {
			passed++
		}
	}
	return passed, tasks
}

func cmdLesson(ctx context.Context, s *Session, a Args) error {
	if len(a.Words) != 1 {
		return commands["lesson"].usage()
	}
	l, err := s.FindLesson(a.Words[0])
	if err != nil {
		return err
	}
	return s.OpenLesson(ctx, l, "")
}

// FindLesson finds a lesson by number or name; the error lists what there is.
func (s *Session) FindLesson(name string) (*lessons.Lesson, error) {
	l, err := s.cfg.Course.Find(name, string(s.lang()))
	if err == nil {
		return l, nil
	}
	var find *lessons.FindError
	if errors.As(err, &find) && len(find.Faults) > 0 {
		s.sayFaults(find.Faults)
		return nil, &UsageError{Text: words.F("the lesson %s has faults and was left out; `socklab lint` lists them", name)}
	}
	return nil, &UsageError{Text: NoLesson(s.cfg.Course, name, s.lang())}
}

func cmdProgress(_ context.Context, s *Session, _ Args) error {
	s.ShowProgress()
	return nil
}

// ShowProgress prints every step that has a task with what became of it.
func (s *Session) ShowProgress() {
	for _, l := range s.cfg.Course.List(string(s.lang())) {
		passed, tasks := s.tally(l)
		s.out.Item(fmt.Sprint(l.Number), l.Title, s.lang().T("%d of %d tasks", passed, tasks))
		for i, st := range l.Steps {
			if len(st.Facts()) > 0 {
				s.out.SubItem(fmt.Sprint(i+1), st.Title, s.statusWord(s.status(l, st)))
			}
		}
	}
}

func (s *Session) statusWord(st progress.Status) string {
	switch st {
	case progress.Passed:
		return s.lang().T("passed")
	case progress.Shown:
		return s.lang().T("passed with the solution")
	case progress.Skipped:
		return s.lang().T("skipped")
	}
	return s.lang().T("open")
}

func cmdNotes(_ context.Context, s *Session, _ Args) error {
	notes := s.walk.step.Notes()
	if s.walk.stop == stopIntro {
		notes = s.walk.lesson.Notes()
	}
	if len(notes) == 0 {
		s.out.Note(words.F("There are no notes on this step."))
	}
	for _, n := range notes {
		s.out.Markdown(n)
	}
	return nil
}

func completeStep(s *Session, _ string) []string {
	if s.walk == nil {
		return nil
	}
	var list []string
	for _, st := range s.walk.lesson.Steps {
		list = append(list, st.ID)
	}
	return list
}

func completeLesson(s *Session, _ string) []string {
	var list []string
	for _, l := range s.cfg.Course.List(string(s.lang())) {
		list = append(list, l.ID)
	}
	return list
}
