package runner

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/socklab/socklab/runner/words"
)

// now is the clock of a presentation, which tests replace.
var now = time.Now

// presentCommands are those for an instructor.
func presentCommands() []*Command {
	return []*Command{
		{Name: "demo", Group: Walking, Usage: "demo [stop | speed N]",
			Summary:  words.F("types the solution for you, on a fresh lab: Enter starts each line, a key finishes it"),
			complete: func(*Session, string) []string { return []string{"stop", "speed"} }, run: inLesson(cmdDemo)},
		{Name: "clock", Group: Walking, Usage: "clock [MINUTES | MINUTES:SECONDS]",
			Summary: words.F("the time used and left of a presentation; with a time it is set"), run: inLesson(cmdClock)},
	}
}

// clock is "4:10 of 25 min", "" without a presentation.
func (s *Session) clock() string {
	if s.present == nil || s.walk == nil {
		return ""
	}
	return s.lang().T("%s of %d min", minutesAndSeconds(now().Sub(s.present.Began)), s.walk.lesson.Minutes)
}

// withClock puts the clock behind where one is.
func (s *Session) withClock(where string) string {
	if clock := s.clock(); clock != "" {
		return where + " · " + clock
	}
	return where
}

// minutesAndSeconds is "4:10".
func minutesAndSeconds(d time.Duration) string {
	seconds := int(max(d, 0) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

func cmdClock(_ context.Context, s *Session, a Args) error {
	if s.present == nil {
		return &UsageError{Text: words.F("the clock belongs to a presentation: `socklab present %d`", s.walk.lesson.Number)}
	}
	if len(a.Words) > 1 {
		return commands["clock"].usage()
	}
	if len(a.Words) == 1 {
		used, ok := parseClock(a.Words[0])
		if !ok {
			return commands["clock"].usage()
		}
		s.present.Began = now().Add(-used)
	}
	s.out.Paragraph(words.Raw(s.out.Clock(now().Sub(s.present.Began), time.Duration(s.walk.lesson.Minutes)*time.Minute,
		s.walk.index+1, len(s.walk.lesson.Steps), s.present.ended)))
	return nil
}

// parseClock reads "12" and "12:30".
func parseClock(text string) (time.Duration, bool) {
	m, sec, colon := strings.Cut(text, ":")
	minutes, err := strconv.ParseUint(m, 10, 16)
	if err != nil {
		return 0, false
	}
	seconds := uint64(0)
	if colon {
		if seconds, err = strconv.ParseUint(sec, 10, 16); err != nil || seconds > 59 {
			return 0, false
		}
	}
	return time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second, true
}
