package netlab

import (
	"context"

	"golang.org/x/sys/unix"
)

// Send is send(2): one call, which in timeout or non-blocking mode may take
// fewer bytes than it was given; in blocking mode the kernel waits until it
// has taken all of a stream's. Errors: EPIPE, ECONNRESET, EAGAIN, EMSGSIZE.
func (s *Socket) Send(ctx context.Context, p []byte, flags int) (int, error) {
	c := s.waiting(call{op: OpSend, a: len(p), buf: p, flags: flags})
	c.dgram = s.Type == unix.SOCK_DGRAM
	c.whole = !c.dgram && c.wait && c.limit == 0
	err := s.do(ctx, &c, nil)
	return c.n, err
}

// SendAll sends until all of p is out (Python's sendall). The time of timeout
// mode is for the whole; after an error OpError.Sent bytes had gone.
func (s *Socket) SendAll(ctx context.Context, p []byte, flags int) error {
	c := s.waiting(call{op: OpSend, a: len(p), buf: p, flags: flags, all: true})
	c.dgram = s.Type == unix.SOCK_DGRAM
	c.whole = !c.dgram
	return s.do(ctx, &c, nil)
}

// Recv is recv(2) into p: from 1 to len(p) bytes, or 0 at the end of the
// stream. MSG_WAITALL waits for all of p in blocking mode.
func (s *Socket) Recv(ctx context.Context, p []byte, flags int) (int, error) {
	c := s.waiting(call{op: OpRecv, a: len(p), buf: p, flags: flags})
	c.dgram = s.Type == unix.SOCK_DGRAM
	// A peek takes nothing, so asking again would give the same bytes again.
	c.whole = flags&unix.MSG_WAITALL != 0 && flags&unix.MSG_PEEK == 0 && c.wait && c.limit == 0 && s.Type == unix.SOCK_STREAM
	err := s.do(ctx, &c, nil)
	return c.n, err
}

// SendTo is sendto(2): one datagram to addr. The first one binds the socket to
// a port of the kernel's choice.
func (s *Socket) SendTo(ctx context.Context, p []byte, flags int, addr Addr) (int, error) {
	if err := s.lab.permits(s, OpSendto, addr); err != nil {
		return 0, err
	}
	s.stayLocal()
	sa, err := addr.sockaddr()
	if err != nil {
		return 0, &OpError{Op: OpSendto, Socket: s, Addr: addr, Err: unix.EAFNOSUPPORT}
	}
	c := s.waiting(call{op: OpSendto, a: len(p), buf: p, flags: flags, addr: addr, sa: sa})
	c.dgram = s.Type == unix.SOCK_DGRAM
	err = s.do(ctx, &c, func(c *call) {
		if c.outcome == OK {
			s.learnLocal()
		}
	})
	return c.n, err
}

// stayLocal binds a socket that has no address yet to the loopback if its lab is
// to stay there: sendto would bind it to the wildcard, where everybody reaches it.
func (s *Socket) stayLocal() {
	if s.lab.local.Load() && s.Family == unix.AF_INET && s.Info().Local.Port == 0 {
		here := &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}
		_ = s.rc.Control(func(fd uintptr) { _ = unix.Bind(int(fd), here) })
	}
}

// RecvFrom is recvfrom(2): one datagram and its sender. What does not fit into
// p is thrown away, and then MSG_TRUNC is set in the flags that come back
// (udp(7)). On a stream socket the address is empty.
func (s *Socket) RecvFrom(ctx context.Context, p []byte, flags int) (n int, from Addr, msgFlags int, err error) {
	c := s.waiting(call{op: OpRecvfrom, a: len(p), buf: p, flags: flags})
	c.dgram = s.Type == unix.SOCK_DGRAM
	err = s.do(ctx, &c, nil)
	return min(c.n, len(p)), c.addr, c.b, err
}
