package runner

import (
	"context"
	"fmt"
	"strings"

	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// allowProcess tells whether code may start programs and touch files. The code
// of a lesson from elsewhere may if the learner says so, who is asked once for
// each such lesson and sees the call; if nobody is there to ask, it may not. origin is that of the
// bench on which the code runs, not that of the lesson which is open now: code
// that leaves its lesson takes no right along.
func (s *Session) allowProcess(origin string, doing fmt.Stringer) bool {
	said := s.processes[origin]
	if !s.cfg.Foreign && origin == "" || said == yes {
		return true
	}
	if said == no || !s.con.Interactive() {
		return false
	}
	s.report()
	what := []rune(view.Clean(doing.String()))
	if len(what) > maxDoing {
		what = append(what[:maxDoing], '…')
	}
	s.out.Warn(words.F("This lesson comes from elsewhere and wants to start a program or to touch a file. If you allow it, it can read, change and delete your files until socklab ends. It begins with: %s", string(what)))
	line, err := s.con.ReadLine(console.NoHistory(context.Background()), s.lang().T("Type yes to allow it: "))
	s.processes[origin] = no
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "yes", "y", "是":
		if err == nil {
			s.processes[origin] = yes
		}
	}
	return s.processes[origin] == yes
}

// maxDoing is how many characters of a call somebody who is asked will read.
const maxDoing = 200

// An allowance is what the learner has said to a question of safety.
type allowance uint8

const (
	unasked allowance = iota
	yes
	no
)
