package notes

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/sys/unix"
)

// How long it takes whoever has just taken the lock to write his pid, at most,
// and how often it is looked for.
const (
	lockTime  = 200 * time.Millisecond
	lockPause = 5 * time.Millisecond
)

// takeLock makes this process the presentation. While another living process
// is, the error is a [*Busy].
func takeLock(dir string) (*flock.Flock, error) {
	path := filepath.Join(dir, lockName)
	lock := flock.New(path, flock.SetPermissions(0o600), flock.SetFlag(os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW|unix.O_NONBLOCK))
	for until := time.Now().Add(lockTime); ; {
		held, err := lock.TryLock()
		if err != nil {
			return nil, systemFault(err)
		}
		if held {
			break
		}
		pid := readPID(path)
		if alive(pid) || time.Now().After(until) {
			return nil, &Busy{PID: pid}
		}
		time.Sleep(lockPause)
	}
	if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		_ = lock.Close()
		return nil, systemFault(err)
	}
	return lock, nil
}

// giveLock gives the lock back. The file stays: were it removed, two could hold
// locks on two files of that name.
func giveLock(lock *flock.Flock) {
	_ = os.Truncate(lock.Path(), 0)
	_ = lock.Close()
}

// readPID is the process that wrote the lock, 0 if none has.
func readPID(path string) int {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	var b [20]byte
	n, _ := f.Read(b[:])
	pid, err := strconv.Atoi(strings.TrimSpace(string(b[:n])))
	if err != nil || pid < 0 {
		return 0
	}
	return pid
}

// alive reports whether there is such a process: one that was killed leaves its
// pid in the lock until the next writes its own.
func alive(pid int) bool {
	return pid > 0 && unix.Kill(pid, 0) != unix.ESRCH
}
