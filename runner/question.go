package runner

import (
	"strconv"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// ask shows a question.
func (s *Session) ask(q *lessons.Question) {
	s.out.Blank()
	choices := make([]string, len(q.Choices))
	for i, c := range q.Choices {
		choices[i] = c.Text
	}
	label := words.F("Predict")
	if q.Kind == lessons.RoleQuiz {
		label = words.F("Question")
	}
	s.out.Label(label)
	s.out.Choices(q.Ask, choices)
}

// answers takes a line as the answer to the question that waits, if it can be
// one; otherwise the line is a command or code.
func (s *Session) answers(line string) bool {
	q := s.walk.question
	if q == nil || !s.isAnswer(q, line) {
		return false
	}
	s.answer(q, line)
	return true
}

// isAnswer: a letter or a number for a choice, its words, a foreseen answer, a
// number, or what is neither a command nor code. A name that the learner has
// given to something is not.
func (s *Session) isAnswer(q *lessons.Question, line string) bool {
	line = strings.TrimSpace(line)
	if s.bench.interp.Bound(line) || strings.Contains(line, "\n") {
		return false
	}
	if _, _, known := q.Judge(line); known {
		return true
	}
	if _, err := strconv.ParseInt(line, 0, 64); err == nil {
		return true
	}
	if isVerb(line) || code.ByLetters(line, isVerb) {
		return false
	}
	if isName(line) {
		_, known := s.bench.interp.Get(line)
		return !known
	}
	// What is neither a command nor code can only be meant as an answer.
	return code.Check(code.Source{Text: line}, isVerb) != nil && nearestVerb(line) == ""
}

// answer judges an answer to a quiz, or keeps it if it is a prediction.
func (s *Session) answer(q *lessons.Question, line string) {
	if q.Kind == lessons.RolePredict {
		i, ok := q.Pick(line)
		if !ok {
			s.out.Note(words.F("Please choose one: %s.", s.letters(q)))
			return
		}
		s.walk.guess = &guess{question: q, choice: i}
		s.out.Note(words.F("You say %s. Now let us see.", view.Letter(i)))
		s.closeQuestion()
		return
	}
	right, reply, _ := q.Judge(line)
	if !right {
		if s.unclear(q, line) {
			return
		}
		s.out.NotRight(reply)
		s.out.Note(words.F("Try again, or `next` to go on."))
		return
	}
	if reply == "" {
		s.out.Right(q.Explain)
	} else {
		s.out.Right(reply)
		s.out.More(q.Explain)
	}
	s.closeQuestion()
}

// unclear says so when a question with choices was answered with none of them.
func (s *Session) unclear(q *lessons.Question, line string) bool {
	if _, ok := q.Pick(line); ok || len(q.Choices) == 0 {
		return false
	}
	s.out.Note(words.F("Please choose one: %s.", s.letters(q)))
	return true
}

func (s *Session) closeQuestion() {
	s.walk.question = nil
	if s.walk.stop == stopQuestion {
		s.advance()
	}
}

// letters are the answers that a question with choices takes.
func (s *Session) letters(q *lessons.Question) string {
	list := make([]string, len(q.Choices))
	for i := range q.Choices {
		list[i] = view.Letter(i)
	}
	return strings.Join(list, " ")
}

// score holds a prediction against what has happened.
func (s *Session) score() {
	g := s.walk.guess
	if g == nil {
		return
	}
	right, ok := s.outcome(g.question)
	if !ok {
		return
	}
	s.walk.guess = nil
	said := g.question.Choices[g.choice]
	if g.choice == right {
		s.out.Right(s.lang().T("You had said so."))
	} else {
		s.out.NotRight(s.lang().T("You had said: %s. It was: %s.", bare(said.Text), bare(g.question.Choices[right].Text)))
	}
	s.out.More(said.Say)
	s.out.More(g.question.Explain)
}

// bare is a choice's text without the mark at its end.
func bare(text string) string { return strings.TrimRight(strings.TrimSpace(text), ".。") }

// outcome is the choice that came true.
func (s *Session) outcome(q *lessons.Question) (int, bool) {
	for i, c := range q.Choices {
		if c.When == lessons.Otherwise {
			return i, true
		}
		if held, err := check.Holds(s.world(), c.When); err == nil && held {
			return i, true
		}
	}
	return 0, false
}
