package netlab

import "golang.org/x/sys/unix"

// Inode is the number by which the kernel's table knows the socket
// ([kernel.Row.Inode]), 0 after close. It is no call of the learner's and is
// not recorded.
func (s *Socket) Inode() uint64 {
	var inode uint64
	_ = s.rc.Control(func(fd uintptr) {
		var st unix.Stat_t
		if unix.Fstat(int(fd), &st) == nil {
			inode = uint64(st.Ino) //nolint:unconvert // narrower on some systems
		}
	})
	return inode
}
