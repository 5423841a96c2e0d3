package netlab

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// sys makes the system call of c once. Bytes are counted from where an earlier
// try of the same call stopped.
func (s *Socket) sys(fd int, c *call) (int, syscall.Errno) {
	switch c.op {
	case OpSend:
		return sysSend(fd, c.buf[c.n:], c.flags)
	case OpRecv:
		if c.dgram { // recvmsg tells what recv does not: whether the datagram was cut
			n, _, flags, sa, err := unix.Recvmsg(fd, c.buf, nil, c.flags)
			if err == nil {
				c.addr, c.b = addrOf(sa), flags
			}
			return max(n, 0), number(err)
		}
		return sysRecv(fd, c.buf[c.n:], c.flags)
	case OpAccept:
		conn, sa, err := sysAccept(fd)
		return accepted(c, conn, sa, err)
	case OpConnect:
		return 0, number(unix.Connect(fd, c.sa))
	case OpSendto:
		n, err := unix.SendmsgN(fd, c.buf, nil, c.sa, c.flags)
		return n, number(err)
	case OpRecvfrom:
		n, _, flags, sa, err := unix.Recvmsg(fd, c.buf, nil, c.flags)
		if err == nil {
			c.addr, c.b = addrOf(sa), flags
		}
		return max(n, 0), number(err)
	}
	return s.sysControl(fd, c)
}

// sysControl makes the calls that never wait.
func (s *Socket) sysControl(fd int, c *call) (int, syscall.Errno) {
	switch c.op {
	case OpBind:
		return 0, number(unix.Bind(fd, c.sa))
	case OpListen:
		return 0, number(unix.Listen(fd, c.a))
	case OpShutdown:
		return 0, number(unix.Shutdown(fd, c.a))
	case OpGetsockname:
		sa, err := unix.Getsockname(fd)
		c.addr = addrOf(sa)
		return 0, number(err)
	case OpGetpeername:
		sa, err := unix.Getpeername(fd)
		c.addr = addrOf(sa)
		return 0, number(err)
	case OpSetsockopt:
		return 0, setOption(fd, c)
	case OpGetsockopt:
		return getOption(fd, c)
	case OpFcntl:
		n, err := sysDup(fd)
		return n, number(err)
	}
	return 0, unix.ENOSYS
}

func accepted(c *call, conn int, sa unix.Sockaddr, err error) (int, syscall.Errno) {
	if err != nil {
		return 0, number(err)
	}
	c.other, c.addr = conn, addrOf(sa)
	return conn, 0
}

func setOption(fd int, c *call) syscall.Errno {
	if c.buf != nil {
		return number(unix.SetsockoptString(fd, c.a, c.b, string(c.buf)))
	}
	return number(unix.SetsockoptInt(fd, c.a, c.b, c.flags))
}

func getOption(fd int, c *call) (int, syscall.Errno) {
	if c.buf == nil {
		n, err := unix.GetsockoptInt(fd, c.a, c.b)
		return n, number(err)
	}
	return rawOption(fd, c.a, c.b, c.buf)
}

// number is the errno in what x/sys/unix returns: it refuses an address that
// does not fit (EINVAL) without asking the kernel.
func number(err error) syscall.Errno {
	if err == nil {
		return 0
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno
	}
	return unix.EINVAL
}
