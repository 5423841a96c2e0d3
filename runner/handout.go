package runner

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// A Handout is a lesson on paper: all of its text in one Markdown document
// (CommonMark, with tables and task lists), what gives the answers at its end.
type Handout struct {
	Lesson *lessons.Lesson
	Lang   words.Lang // of what is said around the lesson's own text
	Needs  []string   // the titles of the lessons that come before
	// Came is which choice of a prediction came true, by [Foresee]. One that is
	// not in it is left to whoever runs the step.
	Came map[*lessons.Question]int

	NoHints     bool
	NoSolutions bool
	Notes       bool // an appendix with the instructor's notes
}

// Markdown writes the document. The lesson's text stands as its author wrote
// it, but for the level of headings, which nest below those of the document.
func (h Handout) Markdown() string {
	s := &sheet{}
	h.top(s)
	for i, step := range h.Lesson.Steps {
		s.add("## " + h.heading(i) + " · " + codeSpan(step.ID))
		h.step(s, i, step)
	}
	if !h.NoHints {
		h.hints(s)
	}
	if !h.NoSolutions {
		h.solutions(s)
	}
	if h.Notes {
		h.notes(s)
	}
	return s.String()
}

// heading is the number and the title of the step with an index from 0.
func (h Handout) heading(i int) string {
	return fmt.Sprintf("%d. %s", i+1, verbatim(h.Lesson.Steps[i].Title))
}

// top is the title, what one needs, and the introduction.
func (h Handout) top(s *sheet) {
	l := h.Lesson
	s.add("# " + h.Lang.T("Lesson %d · %s", l.Number, verbatim(l.Title)))
	s.add(h.Lang.T("%d steps, about %d minutes", len(l.Steps), l.Minutes))
	if len(h.Needs) > 0 {
		titles := make([]string, len(h.Needs))
		for i, t := range h.Needs {
			titles[i] = verbatim(t)
		}
		s.add(h.Lang.T("Comes after: %s", strings.Join(titles, "; ")))
	}
	if len(l.Intro) > 0 {
		s.add("## " + h.Lang.T("Introduction"))
	}
	for _, p := range l.Intro {
		if t, ok := p.(*lessons.Text); ok {
			s.add(view.Nested(t.Markdown, 3))
		}
	}
	h.lab(s, h.Lang.T("The lab, before every step"), l.Intro)
}

// lab shows what runs before a step: without it the text cannot be followed.
func (h Handout) lab(s *sheet, label string, parts []lessons.Part) {
	for _, p := range parts {
		if b, ok := p.(*lessons.Block); ok && b.Role == lessons.RoleLab {
			s.labelled(label, fenced("python", b.Code))
		}
	}
}

// step is what a learner sees of a step, without any answer.
func (h Handout) step(s *sheet, index int, step *lessons.Step) {
	h.lab(s, h.Lang.T("The lab"), step.Parts)
	asked := 0
	for _, p := range step.Parts {
		switch p := p.(type) {
		case *lessons.Text:
			s.add(view.Nested(p.Markdown, 3))
		case *lessons.Question:
			asked++
			h.question(s, h.label(p, index, asked), p)
		case *lessons.Block:
			switch p.Role {
			case lessons.RoleRun:
				s.labelled(h.Lang.T("Run it"), fenced("python", p.Code))
			case lessons.RoleTask:
				h.task(s, p)
			}
		}
	}
}

// label names a question, so that its answer can be found: "Predict 2.1".
func (h Handout) label(q *lessons.Question, step, number int) string {
	kind := h.Lang.T("Predict")
	if q.Kind == lessons.RoleQuiz {
		kind = h.Lang.T("Question")
	}
	return fmt.Sprintf("%s %d.%d", kind, step+1, number)
}

func (h Handout) question(s *sheet, label string, q *lessons.Question) {
	s.labelled(label, view.Nested(q.Ask, 4))
	list := make([]string, len(q.Choices))
	for i, c := range q.Choices {
		list[i] = choice(i, c)
	}
	s.list(list)
}

// choice is a choice with its letter; it is one line, as on the screen.
func choice(i int, c lessons.Choice) string { return view.Letter(i) + " · " + oneLine(c.Text) }

func (h Handout) task(s *sheet, task *lessons.Block) {
	list := make([]string, len(task.Facts))
	for i, f := range task.Facts {
		list[i] = "[ ] " + oneLine(f.Words)
	}
	s.add("**" + h.Lang.T("Task") + "**")
	s.list(list)
}

// hints stand together behind the steps, where nobody reads them by chance.
func (h Handout) hints(s *sheet) {
	first := true
	for i, step := range h.Lesson.Steps {
		hints := step.Hints()
		if len(hints) == 0 {
			continue
		}
		if first {
			s.add("## " + h.Lang.T("Hints"))
			first = false
		}
		s.add("### " + h.heading(i))
		var list []string
		for n, b := range hints {
			list = append(list, item(fmt.Sprintf("%d. ", n+1), view.Nested(b.Code, 4)))
		}
		s.add(strings.Join(list, "\n\n"))
	}
}

// notes is the instructor's appendix.
func (h Handout) notes(s *sheet) {
	s.add("## " + h.Lang.T("Notes for the instructor"))
	add := func(heading string, notes []string) {
		if len(notes) == 0 {
			return
		}
		s.add("### " + heading)
		for _, n := range notes {
			s.add(view.Nested(n, 4))
		}
	}
	add(h.Lang.T("Introduction"), h.Lesson.Notes())
	for i, step := range h.Lesson.Steps {
		add(h.heading(i), step.Notes())
	}
}
