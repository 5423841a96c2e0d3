package runner

import (
	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/words"
)

// SetLang changes the language. A lesson that is open goes on in its
// translation, where it stands.
func (s *Session) SetLang(lang words.Lang) {
	s.out.SetLang(lang)
	w := s.walk
	if w == nil {
		return
	}
	w.lesson = s.cfg.Course.In(w.lesson.ID, string(lang))
	guessed := make([]int, len(w.guesses))
	for i, g := range w.guesses {
		guessed[i] = questionIndex(w.step, g.question)
	}
	asked := questionIndex(w.step, w.question)
	w.step = lessons.WithPorts(w.lesson.Steps[w.index], w.ports)
	w.facts = w.step.Facts()
	old := w.task
	if err := s.compileTask(); err != nil { // the facts are the same; only their words differ
		w.task = old
	} else {
		if old != nil {
			w.task.Remember(old)
		}
	}
	w.rest = nil
	if w.demo.waits() { // the lines are the same; only their texts differ
		done := w.demo.done
		w.demo = newDemo(w.step)
		w.demo.done = min(done, len(w.demo.lines))
	}
	if asked >= 0 {
		w.question = w.step.Questions()[asked]
	}
	for i, at := range guessed {
		w.guesses[i].question = w.step.Questions()[at]
	}
	if w.run != nil && w.next > 0 {
		w.run, _ = w.step.Parts[w.next-1].(*lessons.Block)
	}
}

func questionIndex(step *lessons.Step, q *lessons.Question) int {
	for i, other := range step.Questions() {
		if other == q {
			return i
		}
	}
	return -1
}

// showShownParts prints again what has been shown of the step.
func (s *Session) showShownParts() {
	w := s.walk
	for _, part := range w.step.Parts[:w.next] {
		if text, ok := part.(*lessons.Text); ok {
			s.out.Blank()
			s.out.Markdown(text.Markdown)
			continue
		}
		s.outline(part)
	}
	s.sayNext()
}
