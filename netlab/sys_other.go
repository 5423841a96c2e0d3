//go:build unix && !linux

package netlab

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

func sysSend(fd int, p []byte, flags int) (int, syscall.Errno) {
	n, err := unix.SendmsgN(fd, p, nil, nil, flags)
	return n, errnoOf(err)
}

func sysRecv(fd int, p []byte, flags int) (int, syscall.Errno) {
	n, _, err := unix.Recvfrom(fd, p, flags)
	return max(n, 0), errnoOf(err)
}

// sysAccept and sysSocket set the flags one after the other: there is no
// accept4 here, so the fork lock keeps a child from inheriting the descriptor.
func sysAccept(fd int) (int, unix.Sockaddr, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	conn, sa, err := unix.Accept(fd)
	if err != nil {
		return -1, nil, err
	}
	unix.CloseOnExec(conn)
	return conn, sa, unix.SetNonblock(conn, true)
}

func sysSocket(family, typ, proto int) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := unix.Socket(family, typ, proto)
	if err != nil {
		return -1, err
	}
	unix.CloseOnExec(fd)
	return fd, unix.SetNonblock(fd, true)
}

func sysSocketpair(family, typ, proto int) ([2]int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fds, err := unix.Socketpair(family, typ, proto)
	if err != nil {
		return fds, err
	}
	for _, fd := range fds {
		unix.CloseOnExec(fd)
		err = errors.Join(err, unix.SetNonblock(fd, true))
	}
	return fds, err
}

func sysDup(fd int) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	dup, err := unix.Dup(fd)
	if err == nil {
		unix.CloseOnExec(dup)
	}
	return dup, err
}

func errnoOf(err error) syscall.Errno {
	var errno syscall.Errno
	errors.As(err, &errno)
	return errno
}
