package netlab

import "golang.org/x/sys/unix"

// inputQueue is the ioctl that tells how many bytes wait to be read (tcp(7)).
const inputQueue = unix.TIOCINQ
