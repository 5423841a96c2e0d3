package netlab

import (
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// final is what a socket was when it was closed. Whether its address can be
// bound again depends on its own SO_REUSEADDR at that moment (socket(7)).
type final struct {
	state  kernel.State
	reuse  bool
	resets bool          // unread bytes or SO_LINGER (1, 0): close(2) sends a RST, not a FIN
	linger time.Duration // how long close(2) may wait, of SO_LINGER
}

// lastLook asks the kernel, beside the journal, just before a close.
func (s *Socket) lastLook() final {
	var f final
	_ = s.rc.Control(func(fd uintptr) {
		if s.Family == unix.AF_UNIX {
			return
		}
		if n, err := unix.GetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEADDR); err == nil {
			f.reuse = n != 0
		}
		if s.Type != unix.SOCK_STREAM {
			return
		}
		if info, err := kernel.ReadTCPInfo(int(fd)); err == nil {
			f.state = info.State
		}
		if l, err := unix.GetsockoptLinger(int(fd), unix.SOL_SOCKET, unix.SO_LINGER); err == nil {
			f.resets = l.Onoff != 0 && l.Linger == 0
			if l.Onoff != 0 {
				f.linger = time.Duration(l.Linger) * time.Second
			}
		}
		// RFC 9293 §3.6.1: closed with data that nobody has read.
		if n, err := unix.IoctlGetInt(int(fd), inputQueue); err == nil && n > 0 {
			f.resets = true
		}
	})
	return f
}

// TCPInfo asks the kernel for the state and the counters of a TCP socket
// (tcp(7), TCP_INFO), beside the journal. Elsewhere than on Linux:
// kernel.ErrUnsupported.
func (s *Socket) TCPInfo() (kernel.TCPInfo, error) {
	var info kernel.TCPInfo
	err := ErrClosed
	if s.closed.Load() {
		return info, err
	}
	if e := s.rc.Control(func(fd uintptr) { info, err = kernel.ReadTCPInfo(int(fd)) }); e != nil {
		return info, ErrClosed
	}
	return info, err
}

// ReuseAddr tells whether the socket has SO_REUSEADDR now (socket(7)), beside
// the journal. Errors: ErrClosed, and what getsockopt(2) says.
func (s *Socket) ReuseAddr() (bool, error) {
	n, err := 0, ErrClosed
	if s.closed.Load() {
		return false, err
	}
	if e := s.rc.Control(func(fd uintptr) {
		n, err = unix.GetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEADDR)
	}); e != nil {
		return false, ErrClosed
	}
	return n != 0, err
}

// rawUnread is Unread, asked while the socket closes.
func (s *Socket) rawUnread() (int, error) {
	n, err := 0, ErrClosed
	_ = s.rc.Control(func(fd uintptr) { n, err = unix.IoctlGetInt(int(fd), inputQueue) })
	return n, err
}

// Unread is the number of bytes that wait in the receive buffer (FIONREAD).
func (s *Socket) Unread() (int, error) {
	n, err := 0, ErrClosed
	if s.closed.Load() {
		return n, err
	}
	if e := s.rc.Control(func(fd uintptr) { n, err = unix.IoctlGetInt(int(fd), inputQueue) }); e != nil {
		return 0, ErrClosed
	}
	return n, err
}
