package console

import "golang.org/x/sys/unix"

// The requests of ioctl(2) that read and set a terminal: see termios(4).
const (
	ioctlGet = unix.TIOCGETA
	ioctlSet = unix.TIOCSETA
)
