package progress

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
)

// format is the version of the file this package writes.
const format = 1

// place is where the learner was last.
type place struct {
	Lesson string `json:"lesson"`
	Step   string `json:"step,omitempty"`
}

// state is all that the file holds.
type state struct {
	Format  int                         `json:"format"`
	Lang    string                      `json:"lang,omitempty"`
	Place   *place                      `json:"place,omitempty"`
	Lessons map[string]map[string]Entry `json:"lessons"`

	// others are the members this version does not know: a later one of the
	// same format may have added them, and finds them again.
	others map[string]json.RawMessage
}

func newState() *state {
	return &state{Format: format, Lessons: map[string]map[string]Entry{}}
}

// decode reads a file. The error is ErrNewer or says what is wrong.
func decode(data []byte) (*state, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	var members map[string]json.RawMessage
	if err := dec.Decode(&members); err != nil {
		return nil, fmt.Errorf("progress: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("progress: something follows the end")
	}
	var version int
	if err := json.Unmarshal(members["format"], &version); err != nil || version < 1 {
		return nil, errors.New("progress: no format number")
	}
	if version > format {
		return nil, ErrNewer
	}
	s := newState()
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("progress: %w", err)
	}
	if s.Lessons == nil {
		s.Lessons = map[string]map[string]Entry{}
	}
	for _, known := range []string{"format", "lang", "place", "lessons"} {
		delete(members, known)
	}
	s.others = members
	return s, nil
}

// encode writes the file, indented and in order, so that a teacher can read it
// and two of them can be compared.
func (s *state) encode() ([]byte, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	if len(s.others) > 0 {
		all := maps.Clone(s.others)
		known := map[string]json.RawMessage{}
		if err := json.Unmarshal(body, &known); err != nil {
			return nil, err
		}
		maps.Copy(all, known)
		if body, err = json.Marshal(all); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// mark keeps the better of what is known and e.
func (s *state) mark(lesson, step string, e Entry) {
	steps := s.Lessons[lesson]
	if steps == nil {
		steps = map[string]Entry{}
		s.Lessons[lesson] = steps
	}
	if old, ok := steps[step]; ok {
		e = better(old, e)
	}
	steps[step] = e
}

// merge takes the better of both for each step, and the place and the language
// of o where s has none.
func (s *state) merge(o *state) {
	for lesson, steps := range o.Lessons {
		for step, e := range steps {
			if e.Status.rank() > 0 {
				s.mark(lesson, step, e)
			}
		}
	}
	if s.Place == nil {
		s.Place = o.Place
	}
	if s.Lang == "" {
		s.Lang = o.Lang
	}
}

// reset forgets a step, a lesson, or all. The language stays.
func (s *state) reset(lesson, step string) {
	switch {
	case lesson == "":
		s.Lessons, s.Place = map[string]map[string]Entry{}, nil
	case step == "":
		delete(s.Lessons, lesson)
		if s.Place != nil && s.Place.Lesson == lesson {
			s.Place = nil
		}
	default:
		delete(s.Lessons[lesson], step)
		if len(s.Lessons[lesson]) == 0 {
			delete(s.Lessons, lesson)
		}
	}
}

func (s *state) clone() map[string]map[string]Entry {
	all := make(map[string]map[string]Entry, len(s.Lessons))
	for lesson, steps := range s.Lessons {
		all[lesson] = maps.Clone(steps)
	}
	return all
}
