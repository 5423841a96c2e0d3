package netlab

import (
	"context"
	"syscall"

	"golang.org/x/sys/unix"
)

// TryBind asks the kernel a counter-question: what would bind(2) say to a new
// socket on addr, with or without SO_REUSEADDR? It returns 0 for yes. Nothing
// is recorded and nothing is kept.
func TryBind(addr Addr, reuse bool) syscall.Errno { return Errno(tryBind(addr, reuse)) }

func tryBind(addr Addr, reuse bool) error {
	sa, err := addr.sockaddr()
	if err != nil {
		return err
	}
	fd, err := sysSocket(addr.Family, unix.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if reuse {
		_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
	}
	return unix.Bind(fd, sa)
}

// FreePort asks the kernel for a port of 127.0.0.1 that can be bound now.
func FreePort(ctx context.Context) (int, error) {
	fd, err := sysSocket(unix.AF_INET, unix.SOCK_STREAM, 0)
	if err != nil {
		return 0, err
	}
	defer unix.Close(fd)
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if err := unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return 0, err
	}
	sa, err := unix.Getsockname(fd)
	if err != nil {
		return 0, err
	}
	return addrOf(sa).Port, nil
}
