package progress

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/socklab/socklab/runner/words"
)

// Store is what a learner has done. Its methods may be called by any goroutine,
// and several processes may use one file: each change is made to what is on
// disk at that moment. There is nothing to close.
//
// A method that changes something returns an error if it could not be saved;
// the change holds in memory and is saved with the next one.
type Store struct {
	mu      sync.Mutex
	disk    *disk // nil: in memory only
	state   *state
	unsaved []change
	notices []*Notice
	now     func() time.Time
}

type change func(*state)

// Open reads the file at path and makes its folder. The Store is never nil. The
// error is nil or a *[Notice], which is to be shown; the Store works all the
// same, in memory if need be.
func Open(path string) (*Store, error) {
	s := &Store{state: newState(), now: time.Now}
	if path == "" {
		return s, homelessNotice()
	}
	d, err := openDisk(path)
	if err != nil {
		return s, memoryNotice(err)
	}
	var notice *Notice
	err = d.locked(func() error {
		var st *state
		var err error
		if st, notice, err = d.read(); err != nil {
			return err
		}
		s.state = st
		// Written at once even if nothing changed: this is the moment to say
		// that it cannot be.
		return d.write(st)
	})
	if err != nil {
		if !errors.As(err, &notice) {
			notice = memoryNotice(err)
		}
		return s, notice
	}
	s.disk = &d
	if notice != nil {
		return s, notice
	}
	return s, nil
}

// Path returns the file's path, "" if the store works in memory only.
func (s *Store) Path() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.disk == nil {
		return ""
	}
	return s.disk.path
}

// Notices returns, once, what there is to tell since Open: the file was
// damaged while the program ran.
func (s *Store) Notices() []*Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.notices
	s.notices = nil
	return list
}

// change makes a change to what is on disk now and saves it.
func (s *Store) change(f change) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.disk == nil {
		f(s.state)
		return nil
	}
	s.unsaved = append(s.unsaved, f)
	err := s.disk.locked(func() error {
		st, notice, err := s.disk.read()
		if err != nil {
			return err
		}
		if notice != nil {
			s.notices = append(s.notices, notice)
			st.merge(s.state) // what was known before the damage
		}
		for _, f := range s.unsaved {
			f(st)
		}
		if err := s.disk.write(st); err != nil {
			return err
		}
		s.state, s.unsaved = st, nil
		return nil
	})
	if err != nil {
		f(s.state)
		return fmt.Errorf("progress: not saved: %w", err)
	}
	return nil
}

// Mark records what became of a step. It never takes a better status away.
func (s *Store) Mark(lesson, step string, st Status) error {
	if st.rank() == 0 {
		return fmt.Errorf("progress: no such status: %q", st)
	}
	if lesson == "" || step == "" {
		return errors.New("progress: a status needs a lesson and a step")
	}
	e := Entry{Status: st, At: s.now().UTC().Truncate(time.Second)}
	return s.change(func(st *state) { st.mark(lesson, step, e) })
}

// Status returns what became of a step, "" if it is open.
func (s *Store) Status(lesson, step string) Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Lessons[lesson][step].Status
}

// SetPlace records where the learner is.
func (s *Store) SetPlace(lesson, step string) error {
	return s.change(func(st *state) { st.Place = &place{lesson, step} })
}

// Place returns where the learner was last, "" and "" if nowhere.
func (s *Store) Place() (lesson, step string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.Place == nil {
		return "", ""
	}
	return s.state.Place.Lesson, s.state.Place.Step
}

// SetLang records the language chosen, "" for none.
func (s *Store) SetLang(l words.Lang) error {
	return s.change(func(st *state) { st.Lang = string(l) })
}

// Lang returns the language chosen, "" if none was.
func (s *Store) Lang() words.Lang {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := words.Lang(s.state.Lang); l.Valid() {
		return l
	}
	return ""
}

// Reset forgets a step; with step "" a lesson; with both "" all lessons and
// the place.
func (s *Store) Reset(lesson, step string) error {
	if lesson == "" && step != "" {
		return errors.New("progress: a step needs its lesson")
	}
	return s.change(func(st *state) { st.reset(lesson, step) })
}

// Lessons returns a copy of all entries, by lesson id and step id.
func (s *Store) Lessons() map[string]map[string]Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.clone()
}

// Export writes all there is, in the format of the file.
func (s *Store) Export(w io.Writer) error {
	s.mu.Lock()
	data, err := s.state.encode()
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("progress: %w", err)
	}
	_, err = w.Write(data)
	return err
}

// Import reads what Export wrote, on this machine or another, and keeps the
// better of both for each step. If r holds no progress, nothing is changed.
func (s *Store) Import(r io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return err
	}
	if len(data) > maxFile {
		return errors.New("progress: too large to be a file of progress")
	}
	other, err := decode(data)
	if err != nil {
		return err
	}
	return s.change(func(st *state) { st.merge(other) })
}
