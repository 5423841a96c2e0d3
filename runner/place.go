package runner

import (
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
