//go:build unix && !linux

package netlab

import "golang.org/x/sys/unix"

// The ioctls that tell how many bytes wait in a direction.
const (
	inputQueue  = 0x4004667f // FIONREAD of sys/filio.h, the same on every BSD
	outputQueue = unix.TIOCOUTQ
)
