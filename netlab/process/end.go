package process

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// family is the processes that were started and not yet ended.
var family = &relatives{members: map[*Process]bool{}}

type relatives struct {
	sync.Mutex // also held while processes are started and looked for
	members    map[*Process]bool
}

// own and disown enter and strike out a process; own is called under the lock.
func (r *relatives) own(p *Process) { r.members[p] = true }

func (r *relatives) disown(p *Process) {
	r.Lock()
	defer r.Unlock()
	delete(r.members, p)
}

// ErrSurvived is a process that could not be ended in time: the kernel holds
// it in a call that cannot be interrupted, or it runs as another user.
var ErrSurvived = errors.New("process: a child could not be ended")

// killTime is how long what was killed may take to be gone.
const killTime = 5 * time.Second

// removeAll removes the folder of a process, which may have taken away its own
// right to enter what it made. Nobody works in it any more.
func removeAll(dir string) error {
	err := os.RemoveAll(dir)
	if err == nil {
		return nil
	}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, _ error) error {
		if d != nil && d.IsDir() {
			_ = os.Chmod(path, 0o700) //nolint:gosec // its owner must enter it to empty it
		}
		return nil
	})
	return os.RemoveAll(dir)
}
