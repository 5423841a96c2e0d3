package netlab

import "golang.org/x/sys/unix"

// The ioctls that tell how many bytes wait in a direction (tcp(7)).
const (
	inputQueue  = unix.TIOCINQ
	outputQueue = unix.TIOCOUTQ
)
