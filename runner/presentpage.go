package runner

import (
	"strings"

	"github.com/socklab/socklab/lessons"
)

// A text that is longer than the screen is shown a screen at a time before a
// class: what has scrolled away, a room cannot read.

// showText shows a lesson's text; before a class as much as there is room for,
// and the rest after Enter.
func (s *Session) showText(markdown string) stop {
	if s.present == nil || !s.con.Interactive() || s.walk == nil {
		s.out.Blank()
		s.out.Markdown(markdown)
		return stopNone
	}
	s.walk.rest = paragraphs(markdown)
	return s.showRest()
}

// pageMargin is what stays free for the line that says what to type, which may
// take two, and for the prompt.
const pageMargin = 4

// showRest shows what is left of a text, as far as the screen takes it.
func (s *Session) showRest() stop {
	w := s.walk
	_, rows := s.con.Size()
	for first := true; len(w.rest) > 0; first = false {
		need := s.out.Height(w.rest[0]) + 1
		used := s.out.Lines() - w.page
		if used+need > rows-pageMargin && !(first && used == 0) {
			return stopPause
		}
		s.out.Blank()
		s.out.Markdown(w.rest[0])
		w.rest = w.rest[1:]
	}
	return stopNone
}

// fits reports whether a question, code or a task has room on the screen before a
// class, below what stands there already.
func (s *Session) fits(part lessons.Part) bool {
	if s.present == nil || !s.con.Interactive() {
		return true
	}
	_, rows := s.con.Size()
	used, need := s.out.Lines()-s.walk.page, s.out.Rows(func() { s.outline(part) })
	return need == 0 || used == 0 || used+need <= rows-pageMargin
}

// outline prints a part that is no text, and asks for nothing.
func (s *Session) outline(part lessons.Part) {
	switch p := part.(type) {
	case *lessons.Question:
		s.ask(p)
	case *lessons.Block:
		switch p.Role {
		case lessons.RoleRun:
			s.out.Blank()
			s.out.Code(p.Code)
		case lessons.RoleTask:
			s.out.Blank()
			s.showTask(nil)
		}
	}
}

// flushRest shows the rest of a text whatever room there is.
func (s *Session) flushRest() {
	for _, markdown := range s.walk.rest {
		s.out.Blank()
		s.out.Markdown(markdown)
	}
	s.walk.rest = nil
}

// paragraphs cuts Markdown at the blank lines outside of fences, comments and
// lists. A comment belongs to what stands above it: it may say a fence in words.
func paragraphs(markdown string) []string {
	var list []string
	until := "" // what ends a fence or a comment
	begun := false
	for _, line := range strings.Split(strings.Trim(markdown, "\n"), "\n") {
		bare := strings.TrimSpace(line)
		comment := until == "" && strings.HasPrefix(bare, "<!--")
		switch {
		case until == "-->" || comment:
			if until = "-->"; strings.Contains(bare, until) {
				until = ""
			}
		case until != "":
			if strings.HasPrefix(bare, until) && strings.Trim(bare, until[:1]) == "" {
				until = ""
			}
		case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
			until = bare[:len(bare)-len(strings.TrimLeft(bare, bare[:1]))]
		case bare == "":
			begun = false
			continue
		}
		inside := begun || len(list) > 0 && (comment || bare != "" && strings.ContainsAny(line[:1], " \t"))
		switch {
		case inside && begun:
			list[len(list)-1] += "\n" + line
		case inside: // it goes on with an item of a list
			list[len(list)-1] += "\n\n" + line
		default:
			list = append(list, line)
		}
		begun = true
	}
	return list
}
