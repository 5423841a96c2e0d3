package runner

import (
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/view"
)

// solutions is the key: of each step the answers of its questions and of its task.
func (h Handout) solutions(s *sheet) {
	s.add("## " + h.Lang.T("Solutions"))
	if len(h.Came) > 0 {
		s.add(h.Lang.T("The answers to the predictions are what came true on the machine that made this handout."))
	}
	for i, step := range h.Lesson.Steps {
		questions := step.Questions()
		if len(questions) == 0 && step.Task() == nil {
			continue
		}
		s.add("### " + h.heading(i))
		for n, q := range questions {
			h.answer(s, h.label(q, i, n+1), q)
		}
		h.solution(s, step)
	}
}

// solution is the answer to a task, and other right ones.
func (h Handout) solution(s *sheet, step *lessons.Step) {
	if b := step.Solution(); b != nil {
		s.labelled(h.Lang.T("Solution"), fenced("python", b.Code))
	}
	for _, b := range step.Also() {
		s.labelled(h.Lang.T("Also right"), fenced("python", b.Code))
	}
}

// answer is the answer to a question, why, and what is said to the others.
func (h Handout) answer(s *sheet, label string, q *lessons.Question) {
	right, replies := h.right(q)
	text := strings.Join(right, "; ")
	if len(right) == 0 {
		text = h.Lang.T("run it and see")
	}
	s.labelled(label, text)
	for i, c := range q.Choices {
		if came, known := h.Came[q]; c.Right || known && came == i {
			s.add(view.Nested(c.Then, 4))
			s.add(view.Nested(c.Say, 4))
		}
	}
	s.add(view.Nested(q.Explain, 4))
	s.list(replies)
}

// right lists the right answers, and the replies to all others.
func (h Handout) right(q *lessons.Question) (right, replies []string) {
	came, known := h.Came[q]
	for i, c := range q.Choices {
		reply := c.Say
		switch {
		case c.Right || known && came == i:
			right = append(right, choice(i, c))
			continue
		case q.Kind == lessons.RolePredict && !known:
			reply = strings.TrimSpace(c.Then + "\n\n" + c.Say)
		}
		if reply != "" {
			replies = append(replies, view.Letter(i)+": "+view.Nested(reply, 4))
		}
	}
	for _, a := range q.Answers {
		right = append(right, codeSpan(a))
	}
	for _, w := range q.Wrong {
		replies = append(replies, codeSpan(w.Answer)+": "+view.Nested(w.Say, 4))
	}
	return right, replies
}
