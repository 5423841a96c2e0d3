package kernel

import (
	"fmt"
	"sync/atomic"
)

// Observers says which of the kernel's views are used.
type Observers int32

// The choices: whatever there is; /proc/net in place of sock_diag; nothing at
// all, as on a system that shows nothing.
const (
	AllObservers Observers = iota
	ProcObservers
	NoObservers
)

var observerNames = [...]string{"all", "proc", "none"}

// String is all, proc or none.
func (o Observers) String() string { return observerNames[o] }

var observers atomic.Int32

// Use chooses the observers for the whole process. It is for tests of what is
// said and done where a system shows less.
func Use(o Observers) { observers.Store(int32(o)) }

// ParseObservers reads all, proc or none.
func ParseObservers(name string) (Observers, error) {
	for i, n := range observerNames {
		if n == name {
			return Observers(i), nil
		}
	}
	return 0, fmt.Errorf("observers are all, proc or none, not %q", name)
}
