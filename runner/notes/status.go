package notes

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"
)

// maxLine is how many bytes a line may have. A status has some kilobytes.
const maxLine = 1 << 20

// Status is where a presentation stands: everything that the second terminal
// shows. Its text is as it came from the lesson, not yet made harmless.
type Status struct {
	PID       int       `json:"pid"`
	Lesson    int       `json:"lesson"`    // number
	ID        string    `json:"id"`        // of the lesson
	Lang      string    `json:"lang"`      // that of the presentation
	Title     string    `json:"title"`     // of the lesson
	Steps     int       `json:"steps"`     // how many there are
	Step      int       `json:"step"`      // from 1; 0 in the introduction
	StepID    string    `json:"stepId"`    //
	StepTitle string    `json:"stepTitle"` //
	Notes     []string  `json:"notes"`     // Markdown
	Task      []string  `json:"task"`      // the words of the facts, Markdown
	Held      []bool    `json:"held"`      // which of them hold; as many as Task when it arrives
	Solution  string    `json:"solution"`  // code, "" if the step has no task
	Demo      int       `json:"demo"`      // how many inputs of the demo were typed; -1: none runs
	Answers   []string  `json:"answers"`   // the questions with their answers, Markdown
	Next      string    `json:"next"`      // the next step's title, "" at the last
	Minutes   int       `json:"minutes"`   // of the lesson
	Began     time.Time `json:"began"`     // when the clock was started; `clock` moves it
	Ended     bool      `json:"ended"`     // the lesson is over
}

// message is one line: a status, or goodbye.
type message struct {
	Status *Status `json:"status,omitempty"`
	Bye    bool    `json:"bye,omitempty"`
}

var errStrange = errors.New("notes: neither a status nor goodbye")

// bye is the last line of a presentation that ends by itself.
var bye = []byte(`{"bye":true}` + "\n")

// encode makes a line, its end included. A status that is too long for one goes
// without its long texts; nil if that does not help either.
func encode(st Status) []byte {
	line := marshal(st)
	if len(line) >= maxLine {
		st.Notes, st.Task, st.Held, st.Answers, st.Solution = nil, nil, nil, nil, ""
		line = marshal(st)
	}
	if len(line) >= maxLine {
		return nil
	}
	return line
}

func marshal(st Status) []byte {
	data, err := json.Marshal(message{Status: &st})
	if err != nil {
		return nil // a year beyond 9999, the one thing in a Status that JSON has no words for
	}
	return append(data, '\n')
}

// decode reads a line.
func decode(line []byte) (message, error) {
	var m message
	if err := json.Unmarshal(bytes.TrimSpace(line), &m); err != nil {
		return message{}, err
	}
	if m.Status == nil && !m.Bye {
		return message{}, errStrange
	}
	if st := m.Status; st != nil {
		held := make([]bool, len(st.Task))
		copy(held, st.Held)
		st.Held = held
	}
	return m, nil
}

// Used is how long the lesson has run, 0 at least.
func (s Status) Used(now time.Time) time.Duration { return max(now.Sub(s.Began), 0) }

// Total is how long the lesson is to take.
func (s Status) Total() time.Duration { return time.Duration(s.Minutes) * time.Minute }
