package runner

import (
	"fmt"
	"strings"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/words"
)

// SetTimeout sets how long one input may take; 0: as long as it takes.
func (s *Session) SetTimeout(d time.Duration) { s.cfg.Timeout = d }

// saved says when progress could not be saved, once until it can be again, and
// what else there is to tell of its file.
func (s *Session) saved(err error) {
	for _, n := range s.book.Notices() {
		s.out.Warn(n.Text)
	}
	if err != nil && !s.unsaved {
		s.out.Warn(words.F("progress could not be saved: %v", err))
	}
	s.unsaved = err != nil
}

// Place is where the learner stopped: a lesson and a step of it. A step that
// was asked for wins. A lesson that is gone, or none yet, is the first one.
func (s *Session) Place(step string) (*lessons.Lesson, string) {
	if s.book != nil {
		id, last := s.book.Place()
		if l := s.cfg.Course.In(id, string(s.lang())); l != nil {
			if step == "" && l.Step(last) != nil {
				step = last
			}
			return l, step
		}
	}
	return s.cfg.Course.List(string(s.lang()))[0], step
}

// Welcome greets at the prompt without a lesson.
func (s *Session) Welcome() {
	if !s.con.Interactive() {
		return
	}
	s.out.Paragraph(words.F("An empty lab: no lesson, no servers."))
	s.out.Next("serve tcp-upper", "connect tcp_upper", "help", "quit")
}

// NoLesson says that a name is no lesson's, and which lessons there are.
func NoLesson(c *lessons.Course, name string, lang words.Lang) words.Text {
	var list []string
	for _, l := range c.List(string(lang)) {
		list = append(list, fmt.Sprintf("%d %s", l.Number, l.ID))
	}
	return words.F("there is no lesson %s; there are: %s", name, strings.Join(list, ", "))
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
