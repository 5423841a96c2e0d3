//go:build unix && !linux

package process

import (
	"errors"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// inputQueue is FIONREAD of sys/filio.h, the same on every BSD.
const inputQueue = 0x4004667f

// newPipe sets the flags afterwards: there is no pipe2 here, so the fork lock
// keeps a child from inheriting the descriptors.
func newPipe() (r, w int, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	var fds [2]int
	if err := unix.Pipe(fds[:]); err != nil {
		return 0, 0, err
	}
	unix.CloseOnExec(fds[0])
	unix.CloseOnExec(fds[1])
	return fds[0], fds[1], nil
}

func pipeSize(int) (int, error) { return 0, errors.ErrUnsupported }

func reopen(int) (*os.File, error) { return nil, errors.ErrUnsupported }

func becomeSubreaper() {}

func closeOnExec() {
	list, err := os.ReadDir("/dev/fd")
	if err != nil {
		return
	}
	for _, d := range list {
		if fd, err := strconv.Atoi(d.Name()); err == nil && fd > 2 {
			unix.CloseOnExec(fd)
		}
	}
}
