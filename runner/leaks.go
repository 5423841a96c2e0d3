package runner

import (
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/socklab/socklab/netlab"
	"golang.org/x/sys/unix"
)

// leaks compares what this process holds with what it held at first.
type leaks struct{ goroutines, descriptors int }

// newLeaks takes the measure. A socket is made and closed before, because the
// runtime's poller keeps two descriptors from the first one on.
func newLeaks() *leaks {
	lab := netlab.New()
	_, _ = lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Lesson)
	_ = lab.Close()
	return &leaks{runtime.NumGoroutine(), descriptors()}
}

func descriptors() int {
	list, err := os.ReadDir("/dev/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// leakTime is how long what is about to end may take to do so.
const leakTime = time.Second

// look says what is left, "" if nothing is.
func (l *leaks) look() string {
	var goroutines, fds int
	for end := time.Now().Add(leakTime); time.Now().Before(end); runtime.Gosched() {
		goroutines, fds = runtime.NumGoroutine(), descriptors()
		if goroutines <= l.goroutines && fds <= l.descriptors {
			return ""
		}
	}
	return fmt.Sprintf("left behind: %d goroutines and %d descriptors more than at the beginning",
		goroutines-l.goroutines, fds-l.descriptors)
}
