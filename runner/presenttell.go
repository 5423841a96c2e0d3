package runner

import (
	"os"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/notes"
	"github.com/socklab/socklab/runner/view"
)

// tellNotes says to the second terminal where the presentation stands.
func (s *Session) tellNotes() {
	if s.present == nil || s.present.Tell == nil || s.walk == nil {
		return
	}
	s.present.Tell(s.standing())
}

// standing is where the presentation stands.
func (s *Session) standing() notes.Status {
	w := s.walk
	st := notes.Status{
		PID: os.Getpid(), Lesson: w.lesson.Number, ID: w.lesson.ID, Lang: string(s.lang()), Title: w.lesson.Title,
		Steps: len(w.lesson.Steps), Minutes: w.lesson.Minutes,
		Began: s.present.Began, Ended: s.present.ended, Demo: -1,
	}
	if w.stop == stopIntro || w.step == nil {
		st.Notes, st.Next = w.lesson.Notes(), w.lesson.Steps[0].Title
		return st
	}
	st.Step, st.StepID, st.StepTitle = w.index+1, w.step.ID, w.step.Title
	st.Notes = w.step.Notes()
	for _, f := range w.facts {
		st.Task = append(st.Task, f.Words)
	}
	st.Held = append(st.Held, w.held...)
	if b := w.step.Solution(); b != nil {
		st.Solution = b.Code
	}
	if w.demo.waits() {
		st.Demo = w.demo.done
	}
	for i, q := range w.step.Questions() {
		st.Answers = append(st.Answers, answerOf(q, s.present.foresees(w.lesson.ID, w.index, i)))
	}
	if w.index+1 < len(w.lesson.Steps) {
		st.Next = w.lesson.Steps[w.index+1].Title
	}
	return st
}

// answerOf is a question with its answer, as Markdown. That of a prediction is
// the choice that was foreseen, if any was.
func answerOf(q *lessons.Question, foreseen int) string {
	text := strings.TrimSpace(q.Ask) + "\n"
	right := rightAnswers(q)
	if q.Kind == lessons.RolePredict && foreseen >= 0 && foreseen < len(q.Choices) {
		right = view.Letter(foreseen) + " · " + strings.TrimSpace(q.Choices[foreseen].Text)
	}
	if right != "" {
		text += "\n- **" + right + "**"
	}
	return text + "\n- " + strings.ReplaceAll(strings.TrimSpace(q.Explain), "\n", "\n  ")
}

// rightAnswers are the right answers to a quiz, as Markdown.
func rightAnswers(q *lessons.Question) string {
	var list []string
	for i, c := range q.Choices {
		if c.Right {
			list = append(list, view.Letter(i)+" · "+strings.TrimSpace(c.Text))
		}
	}
	if len(q.Answers) > 0 {
		list = append(list, q.Answers[0])
	}
	return strings.Join(list, "; ")
}
