package runner

import (
	"context"
	"errors"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// errChanged ends a wait for a line because the lesson was edited.
var errChanged = errors.New("runner: the lesson has changed")

// firstLine reads the first line of an input. A lesson that is edited meanwhile
// is read anew, here, on the session's own goroutine: its lab may have to ask
// the learner something. What was typed so far stays for the next reader.
//
// Without a person at the prompt the files are looked at before each line and
// once more when it has come, so that it meets what was written before it.
func (s *Session) firstLine(ctx context.Context) (string, error) {
	if s.cfg.Watch == nil || s.walk == nil {
		return s.con.ReadLine(ctx, s.prompt())
	}
	if !s.con.Interactive() {
		s.reloadIfChanged(ctx)
		line, err := s.con.ReadLine(ctx, s.prompt())
		if err == nil {
			s.reloadIfChanged(ctx)
		}
		return line, err
	}
	for {
		s.cfg.Watch.Follow(s.cfg.Course, s.walk.lesson.ID)
		line, err := s.lineOrChange(ctx)
		if !errors.Is(err, errChanged) {
			return line, err
		}
		s.reload(ctx)
	}
}

// lineOrChange reads a line; the error is errChanged if the lesson's files
// change first.
func (s *Session) lineOrChange(ctx context.Context) (string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	looked := make(chan struct{})
	console.Go(s.con, func() {
		defer close(looked)
		tick := time.NewTicker(lessons.WatchPause)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if s.cfg.Watch.Changed() {
				cancel(errChanged)
				return
			}
		}
	})
	line, err := s.con.ReadLine(ctx, s.prompt())
	cancel(nil)
	<-looked
	return line, err
}

func (s *Session) reloadIfChanged(ctx context.Context) {
	s.cfg.Watch.Follow(s.cfg.Course, s.walk.lesson.ID)
	if s.cfg.Watch.ChangedNow() {
		s.reload(ctx)
	}
}

// reload reads the lesson anew. With faults the version of before goes on.
func (s *Session) reload(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.tellNotes()
	change := s.cfg.Watch.Read(string(s.lang()))
	switch {
	case change.None:
	case change.Gone:
		s.out.Warn(words.F("%s is gone; the lesson goes on as it was read before", s.walk.lesson.File))
	case change.Course == nil:
		s.sayFaults(change.Faults)
		s.out.Note(words.F("The lesson goes on as it was before these faults."))
		s.sayNext()
	default:
		s.replaceLesson(ctx, change)
	}
}

// maxFaults is how many are shown at a time.
const maxFaults = 20

// sayFaults prints each fault on a line of its own, not wrapped: a terminal and
// an editor know a place by its whole path.
func (s *Session) sayFaults(faults []lessons.Fault) {
	for i, f := range faults {
		if i == maxFaults {
			s.out.Note(words.F("and %d more; `socklab lint` lists them all", len(faults)-i))
			break
		}
		s.out.Print(view.S(view.Bad, f.Error()))
	}
}

// replaceLesson shows the new version where the old one stood: the step of the
// same id, else of the same number, else the last.
func (s *Session) replaceLesson(ctx context.Context, change lessons.Change) {
	w := s.walk
	inIntro := w.stop == stopIntro
	s.cfg.Course = change.Course
	lesson := change.Course.In(change.ID, string(s.lang()))
	w.from = samePlace(w.lesson, lesson, w.from)
	index := samePlace(w.lesson, lesson, w.index)
	w.lesson = lesson
	say := func() {
		s.sayFaults(change.Faults) // of a translation that was left out
		s.out.Note(words.F("%s was read anew.", lesson.File))
	}
	if s.present == nil {
		say()
	} else {
		defer say() // a class begins on an empty screen
	}
	if !inIntro {
		if err := s.goTo(ctx, index); err != nil {
			s.showError(err, "")
		}
		return
	}
	s.showIntro()
	if err := s.enterStep(ctx, 0); err != nil {
		s.showError(err, "")
		return
	}
	w.stop = stopIntro
	s.sayNext()
}

// samePlace is where a step of one version of a lesson stands in another.
func samePlace(old, now *lessons.Lesson, index int) int {
	id := old.Steps[index].ID
	for i, st := range now.Steps {
		if st.ID == id {
			return i
		}
	}
	return min(index, len(now.Steps)-1)
}
