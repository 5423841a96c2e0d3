// Package progress keeps on disk what a learner has done.
//
// It provides:
//
//   - [Store], the statuses of steps by lesson id and step id, the place to go
//     on from and the language chosen;
//   - [Open], which always returns a Store that works, and a [Notice] if it
//     cannot work as it should;
//   - [Status] and [Entry], what is known of one step.
//
// It does not know which lessons and steps there are: ids that no lesson has
// (any more, or yet) are kept. It says nothing to the learner itself.
package progress

import (
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
)

// Status is what became of a step. The empty Status says that it is open.
type Status string

// The statuses, best first. A better one is never replaced by another.
const (
	Passed  Status = "passed"
	Shown   Status = "shown"   // passed after seeing the solution
	Skipped Status = "skipped" // left without an answer
)

// rank orders statuses; one unknown to this version is below all others.
func (s Status) rank() int {
	switch s {
	case Passed:
		return 3
	case Shown:
		return 2
	case Skipped:
		return 1
	default:
		return 0
	}
}

// Entry is what is known of one step.
type Entry struct {
	Status Status    `json:"status"`
	At     time.Time `json:"at,omitzero"` // when the step first had this status
}

// better returns the one with the better status, the earlier one of equals.
func better(a, b Entry) Entry {
	switch {
	case a.Status.rank() != b.Status.rank():
		if a.Status.rank() > b.Status.rank() {
			return a
		}
		return b
	case b.At.Before(a.At) && !b.At.IsZero():
		return b
	default:
		return a
	}
}

// DefaultPath returns $XDG_STATE_HOME/socklab/progress.json, "" if there is no
// home folder. It reads the environment when it is called.
func DefaultPath() string {
	if os.Getenv("HOME") == "" && !filepath.IsAbs(os.Getenv("XDG_STATE_HOME")) {
		return ""
	}
	xdg.Reload()
	return filepath.Join(xdg.StateHome, "socklab", "progress.json")
}
