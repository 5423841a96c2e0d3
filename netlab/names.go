package netlab

import (
	"context"

	"golang.org/x/sys/unix"
)

// Bind is bind(2): gives the socket a local address; port 0 lets the kernel
// choose one. Errors: EADDRINUSE, EADDRNOTAVAIL, EACCES (a privileged port),
// EINVAL (it has an address already).
func (s *Socket) Bind(ctx context.Context, addr Addr) error {
	if err := s.lab.permits(s, OpBind, addr); err != nil {
		return err
	}
	sa, err := addr.sockaddr()
	if err != nil {
		return &OpError{Op: OpBind, Socket: s, Addr: addr, Err: unix.EAFNOSUPPORT}
	}
	s.lab.asked(addr)
	c := call{op: OpBind, addr: addr, sa: sa}
	return s.do(ctx, &c, func(c *call) {
		if c.outcome == OK {
			s.lab.made(addr)
			s.learnLocal()
		}
	})
}

// Listen is listen(2). On Linux the accept queue admits backlog+1 connections
// (sk_acceptq_is_full compares with >), at most net.core.somaxconn+1.
// A socket that was never bound gets 0.0.0.0 and a port of the kernel's choice.
func (s *Socket) Listen(ctx context.Context, backlog int) error {
	s.mu.Lock()
	local := s.local
	s.mu.Unlock()
	if s.Family != unix.AF_UNIX {
		if err := s.lab.permits(s, OpListen, local); err != nil { // never bound: the wildcard
			return err
		}
	}
	c := call{op: OpListen, a: backlog}
	return s.do(ctx, &c, func(c *call) {
		if c.outcome == OK {
			s.mu.Lock()
			s.backlog = backlog
			s.mu.Unlock()
			s.learnLocal()
		}
	})
}

// Accept is accept(2): takes the next connection from the accept queue, on a
// new descriptor in blocking mode with the same local port. Errors: EINVAL
// (not listening), EMFILE, EAGAIN.
func (s *Socket) Accept(ctx context.Context) (*Socket, Addr, error) {
	var conn *Socket
	var failed error
	c := s.waiting(call{op: OpAccept})
	err := s.do(ctx, &c, func(c *call) {
		if c.outcome != OK {
			return
		}
		conn, failed = newSocket(s.lab, c.other, s.Family, s.Type, s.Proto, s.by)
		if failed != nil {
			return
		}
		conn.remote = c.addr
		conn.learnLocal()
		if failed = s.lab.adopt(conn); failed == nil {
			s.lab.index.put(conn)
		}
		c.other = conn.id
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, Addr{}, err
	}
	return conn, c.addr, nil
}

// Connect is connect(2): on a stream socket the three-way handshake (RFC 9293
// §3.5), on a datagram socket it sets the one peer. Errors: ECONNREFUSED,
// ETIMEDOUT, EINPROGRESS (non-blocking), EALREADY, EISCONN.
func (s *Socket) Connect(ctx context.Context, addr Addr) error {
	if err := s.lab.permits(s, OpConnect, addr); err != nil {
		return err
	}
	sa, err := addr.sockaddr()
	if err != nil {
		return &OpError{Op: OpConnect, Socket: s, Addr: addr, Err: unix.EAFNOSUPPORT}
	}
	c := s.waiting(call{op: OpConnect, addr: addr, sa: sa})
	return s.do(ctx, &c, func(c *call) {
		// A connect that gave up waiting goes on in the kernel.
		pending := c.errno == unix.EINPROGRESS || c.outcome == TimedOut || c.outcome == Cancelled
		switch {
		case c.outcome == OK || pending:
			s.learnEnds(addr)
		case c.outcome == Failed && c.tries > 1 && s.isTCP(): // see arm
			s.learnEnds(Addr{})
		}
	})
}

// Getsockname is getsockname(2): the local address.
func (s *Socket) Getsockname(ctx context.Context) (Addr, error) {
	c := call{op: OpGetsockname}
	err := s.do(ctx, &c, nil)
	return c.addr, err
}

// Getpeername is getpeername(2): the other end's address; ENOTCONN without one.
func (s *Socket) Getpeername(ctx context.Context) (Addr, error) {
	c := call{op: OpGetpeername}
	err := s.do(ctx, &c, nil)
	return c.addr, err
}

// Shutdown is shutdown(2) with SHUT_RD, SHUT_WR or SHUT_RDWR.
func (s *Socket) Shutdown(ctx context.Context, how int) error {
	c := call{op: OpShutdown, a: how}
	return s.do(ctx, &c, nil)
}

// Setsockopt is setsockopt(2) with a number. Linux doubles SO_RCVBUF (socket(7)).
func (s *Socket) Setsockopt(ctx context.Context, level, name, value int) error {
	c := call{op: OpSetsockopt, a: level, b: name, flags: value}
	return s.do(ctx, &c, nil)
}

// SetsockoptBytes is setsockopt(2) with a structure, such as SO_LINGER's.
func (s *Socket) SetsockoptBytes(ctx context.Context, level, name int, value []byte) error {
	if value == nil {
		value = []byte{}
	}
	c := call{op: OpSetsockopt, a: level, b: name, buf: value}
	return s.do(ctx, &c, nil)
}

// Getsockopt is getsockopt(2) for an option that is a number.
func (s *Socket) Getsockopt(ctx context.Context, level, name int) (int, error) {
	c := call{op: OpGetsockopt, a: level, b: name}
	err := s.do(ctx, &c, nil)
	return c.n, err
}

// GetsockoptBytes is getsockopt(2) into at most size bytes.
func (s *Socket) GetsockoptBytes(ctx context.Context, level, name, size int) ([]byte, error) {
	c := call{op: OpGetsockopt, a: level, b: name, buf: make([]byte, size)}
	err := s.do(ctx, &c, nil)
	return c.buf[:min(c.n, size)], err
}

// learnLocal remembers the local address. It asks beside the journal: nobody
// made this call.
func (s *Socket) learnLocal() {
	_ = s.rc.Control(func(fd uintptr) {
		if sa, err := unix.Getsockname(int(fd)); err == nil {
			s.mu.Lock()
			s.local = addrOf(sa)
			s.mu.Unlock()
		}
	})
	s.lab.changes.Add(1)
	if s.id != 0 { // else adopt comes first
		s.lab.index.put(s)
	}
}

// learnEnds remembers whom the socket is connected with, or is about to be.
func (s *Socket) learnEnds(remote Addr) {
	s.mu.Lock()
	s.remote = remote
	s.mu.Unlock()
	s.learnLocal()
}
