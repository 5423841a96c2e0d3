package console

import "golang.org/x/sys/unix"

// The requests of ioctl(2) that read and set a terminal: see ioctl_tty(2).
const (
	ioctlGet = unix.TCGETS
	ioctlSet = unix.TCSETS
)
