package runner

import (
	"context"
	"errors"
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
	if _, ok := q.Pick(line); ok && len(q.Choices) > 0 && len(line) == 1 {
		return true // the letter that was offered, also if it is a name by now
	}
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
		for _, g := range s.walk.guesses {
			if g.question == q {
				g.choice = i
			}
		}
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
	switch {
	case s.walk.stop == stopQuestion:
		s.advance()
	case s.present != nil:
		s.sayNext()
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

// score holds the predictions against what has happened.
func (s *Session) score() {
	guesses := s.walk.guesses
	s.walk.guesses = nil
	s.awaitOutcomes(guesses)
	for i, g := range guesses {
		right, err := s.outcome(g.question)
		switch {
		case errors.Is(err, check.ErrUnseen):
			s.out.Note(words.F("This system does not show how it came out."))
			s.out.More(g.question.Explain)
		case err != nil:
			s.walk.guesses = append(s.walk.guesses, g)
		default:
			s.scoreOne(g, right, len(guesses) > 1, i+1)
		}
	}
}

// awaitOutcomes gives what is still on its way, such as the acknowledgement of
// a FIN, the time to arrive.
func (s *Session) awaitOutcomes(guesses []*guess) {
	if len(guesses) == 0 {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), failTime)
	defer stop()
	_ = s.bench.lab.Journal().Wait(ctx, func() bool {
		for _, g := range guesses {
			i, err := s.outcome(g.question)
			if err != nil || g.question.Choices[i].When == lessons.Otherwise {
				return false
			}
		}
		return true
	})
}

// scoreOne says how one prediction came out. What was not predicted has its
// outcome told all the same, if the lesson has a word on it.
func (s *Session) scoreOne(g *guess, right int, several bool, number int) {
	came := g.question.Choices[right]
	mark := ""
	if several {
		mark = s.lang().T("Prediction %d: ", number)
	}
	switch {
	case g.choice < 0 && s.present != nil: // the room has answered aloud
		s.out.Good(words.F("%sIt was %s: %s.", mark, view.Letter(right), bare(came.Text)))
	case g.choice < 0 && came.Then == "":
		return
	case g.choice < 0:
		s.out.More(mark + s.lang().T("it was: %s.", bare(came.Text)))
	case g.choice == right:
		s.out.Right(mark + s.lang().T("You had said so."))
	default:
		said := g.question.Choices[g.choice]
		s.out.NotRight(mark + s.lang().T("You had said: %s. It was: %s.", bare(said.Text), bare(came.Text)))
	}
	if g.choice >= 0 {
		s.out.More(g.question.Choices[g.choice].Say)
	}
	s.out.More(came.Then)
	if g.choice >= 0 || s.present != nil {
		s.out.More(g.question.Explain)
	}
}

// bare is a choice's text without the mark at its end.
func bare(text string) string { return strings.TrimRight(strings.TrimSpace(text), ".。") }

var errUndecided = errors.New("no choice came true")

// outcome is the choice that came true. Errors: check.ErrUnseen.
func (s *Session) outcome(q *lessons.Question) (int, error) {
	unseen := false
	for i, c := range q.Choices {
		if c.When == lessons.Otherwise && !unseen {
			return i, nil
		}
		if c.When == lessons.Otherwise {
			break
		}
		held, err := check.Holds(s.world(), c.When)
		if held {
			return i, nil
		}
		unseen = unseen || errors.Is(err, check.ErrUnseen)
	}
	if unseen {
		return 0, check.ErrUnseen
	}
	return 0, errUndecided
}
