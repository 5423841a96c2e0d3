package netlab

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// DeferAccept is TCP_DEFER_ACCEPT (tcp(7)): a listener with it completes a
// handshake only when bytes arrive, and stays in SYN_RECV until then.
const DeferAccept = unix.TCP_DEFER_ACCEPT

// PeerCred is SO_PEERCRED (unix(7)): process, user and group of whoever
// connected, as the kernel noted them, three numbers of four bytes.
const PeerCred = unix.SO_PEERCRED

// rawOption is getsockopt(2) into buf; the answer is the length that was used.
func rawOption(fd, level, name int, buf []byte) (int, syscall.Errno) {
	size := uint32(len(buf))
	var base unsafe.Pointer
	if size > 0 {
		base = unsafe.Pointer(&buf[0])
	}
	_, _, errno := unix.Syscall6(unix.SYS_GETSOCKOPT, uintptr(fd), uintptr(level), uintptr(name),
		uintptr(base), uintptr(unsafe.Pointer(&size)), 0)
	if errno != 0 {
		return 0, errno
	}
	return int(size), 0
}
