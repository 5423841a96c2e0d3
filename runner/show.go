package runner

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/words"
)

// The framing of a lesson: where one is, what there is to talk to, what to
// type next.

func (s *Session) showIntro() {
	l := s.walk.lesson
	s.newScreen()
	s.out.Title(s.lang().T("Lesson %d · %s", l.Number, l.Title), s.lang().T("%d steps, about %d minutes", len(l.Steps), l.Minutes))
	for _, p := range l.Intro {
		if t, ok := p.(*lessons.Text); ok {
			s.out.Blank()
			s.out.Markdown(t.Markdown)
		}
	}
}

func (s *Session) showStepTitle() {
	w := s.walk
	s.out.Blank()
	s.out.Title(
		s.lang().T("Lesson %d · %s", w.lesson.Number, w.step.Title),
		s.withClock(s.lang().T("step %d of %d · %s", w.index+1, len(w.lesson.Steps), w.step.ID)))
}

// showServers lists the servers of the lab, which is what one can connect to.
func (s *Session) showServers() {
	for _, srv := range s.bench.net.Servers() {
		at := srv.Addr().String()
		if isDatagramKind(srv.Kind) {
			at = s.lang().T("takes datagrams on %s", at)
		}
		s.out.Server(srv.Name(), at, srv.Kind, s.kindSummary(srv.Kind))
	}
}

// kindSummaries are what the server kinds do, in words that can be translated.
var kindSummaries = map[string]words.Text{
	"tcp-upper":   words.F("answers every message in capitals"),
	"http":        words.F("serves one web page"),
	"silent":      words.F("accepts and reads, never answers"),
	"deaf":        words.F("listens, never accepts"),
	"chunky":      words.F("answers in capitals, in pieces"),
	"room":        words.F("a chat room: what one says goes to all the others"),
	"crowd":       words.F("callers, all at once, who check the answers they get"),
	"udp-upper":   words.F("answers every datagram in capitals, an empty one with an empty one"),
	"chat-friend": words.F("a friend in the chat who answers in a manner of their own"),
	"exec":        words.F("runs each command it receives and sends back what it printed, without framing"),
	"exec-framed": words.F("runs commands; commands and answers are framed: four bytes of length in front, an answer has a JSON header and then the output"),
}

func (s *Session) kindSummary(kind string) string {
	if t, ok := kindSummaries[kind]; ok {
		return s.out.Say(t)
	}
	k, _ := server.Find(kind)
	return k.Summary
}

// sayNext tells what may be typed now.
func (s *Session) sayNext() {
	w := s.walk
	if w == nil {
		return
	}
	if s.present != nil {
		s.sayNextPresenting()
		return
	}
	lang := s.lang()
	if w.demo.waits() {
		s.out.Next(lang.T("Enter (types line %d of %d)", w.demo.done+1, len(w.demo.lines)), lang.T("type your line"))
		return
	}
	switch w.stop {
	case stopIntro:
		s.out.Next(lang.T("Enter (begins step 1)"), "quit")
	case stopPause:
		s.out.Next(lang.T("Enter (goes on)"))
	case stopQuestion:
		if w.question == nil {
			return
		}
		if len(w.question.Choices) > 0 {
			s.out.Next(strings.ReplaceAll(s.letters(w.question), " ", " / "), lang.T("next (goes on)"))
			return
		}
		s.out.Next(lang.T("type the answer"), lang.T("next (goes on)"))
	case stopRun:
		s.out.Next(lang.T("Enter (runs it)"), lang.T("next (goes on)"))
	case stopTask:
		s.out.Next(lang.T("type your line"), "hint", "solution", "skip")
	case stopEnd:
		s.sayNextAtEnd()
	}
}

func (s *Session) sayNextAtEnd() {
	w := s.walk
	switch {
	case len(w.facts) > 0 && !w.done:
		s.out.Next(s.lang().T("type your line"), "hint", "solution", "skip")
	case w.index+1 < len(w.lesson.Steps):
		s.out.Next("next", s.lang().T("or play on here: sockets, ladder, trace"))
	default:
		s.out.Next(s.lang().T("next (ends the lesson)"), s.lang().T("or play on here: sockets, ladder, trace"))
	}
}

// showEnd sums up a lesson that was walked to its end.
func (s *Session) showEnd() {
	if s.present != nil {
		s.showEndPresenting()
		return
	}
	w := s.walk
	s.out.Blank()
	s.out.Title(s.lang().T("End of lesson %d · %s", w.lesson.Number, w.lesson.Title), "")
	var open []string
	passed, tasks := 0, 0
	for i, st := range w.lesson.Steps {
		if len(st.Facts()) == 0 {
			continue
		}
		tasks++
		switch s.status(w.lesson, st) {
		case progress.Passed, progress.Shown:
			passed++
		default:
			open = append(open, fmt.Sprintf("%d %s", i+1, st.ID))
		}
	}
	s.out.Paragraph(words.F("%d of %d tasks are passed.", passed, tasks))
	if len(open) > 0 {
		s.out.Paragraph(words.F("Open: %s. `goto STEP` goes there.", strings.Join(open, ", ")))
	}
	if next := s.lessonAfter(w.lesson); next != nil {
		if s.book != nil {
			s.saved(s.book.SetPlace(next.ID, ""))
		}
		s.out.Next(fmt.Sprintf("lesson %d", next.Number), "lessons", "quit")
		return
	}
	s.out.Next("lessons", "quit")
}

func (s *Session) lessonAfter(l *lessons.Lesson) *lessons.Lesson {
	for _, other := range s.cfg.Course.List(string(s.lang())) {
		if other.Number > l.Number {
			return other
		}
	}
	return nil
}

// status is what is known of a step: from this walk, or from earlier ones.
func (s *Session) status(l *lessons.Lesson, st *lessons.Step) progress.Status {
	if s.book != nil {
		if known := s.book.Status(l.ID, st.ID); known != "" {
			return known
		}
	}
	if w := s.walk; w != nil && w.lesson.ID == l.ID && w.passed[st.ID] {
		return progress.Passed
	}
	return ""
}

// Unpassed counts the tasks of the lesson, from the step where the walk began,
// that were not passed on it.
func (s *Session) Unpassed() int {
	if s.walk == nil {
		return 0
	}
	n := 0
	for _, st := range s.walk.lesson.Steps[s.walk.from:] {
		if len(st.Facts()) > 0 && !s.walk.passed[st.ID] {
			n++
		}
	}
	return n
}
