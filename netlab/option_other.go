//go:build unix && !linux

package netlab

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// DeferAccept is Linux's own; no option has this number.
const DeferAccept = -1

// PeerCred is Linux's own; no option has this number.
const PeerCred = -2

// rawOption reads an option of unknown shape. Here x/sys/unix offers no more
// than a number.
func rawOption(fd, level, name int, buf []byte) (int, syscall.Errno) {
	n, err := unix.GetsockoptInt(fd, level, name)
	if err != nil {
		return 0, number(err)
	}
	for i := range min(4, len(buf)) {
		buf[i] = byte(n >> (8 * i))
	}
	return min(4, len(buf)), 0
}
