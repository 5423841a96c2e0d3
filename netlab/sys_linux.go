package netlab

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// transfer is send(2) or recv(2) on a connected socket, without an address.
// unix.Sendto has no count and unix.Recvfrom allocates, so it is made here.
func transfer(fd int, trap uintptr, p []byte, flags int) (int, syscall.Errno) {
	var base unsafe.Pointer
	if len(p) > 0 {
		base = unsafe.Pointer(&p[0])
	}
	n, _, errno := unix.Syscall6(trap, uintptr(fd), uintptr(base), uintptr(len(p)), uintptr(flags), 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

func sysSend(fd int, p []byte, flags int) (int, syscall.Errno) {
	return transfer(fd, unix.SYS_SENDTO, p, flags|unix.MSG_NOSIGNAL)
}

func sysRecv(fd int, p []byte, flags int) (int, syscall.Errno) {
	return transfer(fd, unix.SYS_RECVFROM, p, flags)
}

func sysAccept(fd int) (int, unix.Sockaddr, error) {
	return unix.Accept4(fd, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC)
}

func sysSocket(family, typ, proto int) (int, error) {
	return unix.Socket(family, typ|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, proto)
}

func sysSocketpair(family, typ, proto int) ([2]int, error) {
	return unix.Socketpair(family, typ|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, proto)
}

func sysDup(fd int) (int, error) {
	return unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
}
