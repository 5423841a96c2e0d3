package server

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// A Server is one running server. Its methods are safe for concurrent use.
type Server struct {
	Kind string

	name atomic.Pointer[string]
	lab  *netlab.Lab
	opts Values
	ln   *netlab.Socket
	addr netlab.Addr
	work sync.WaitGroup

	mu      sync.Mutex
	conns   map[*netlab.Socket]bool
	stopped atomic.Bool
	quit    chan struct{}
}

// bg is the context of everything a server does: closing its sockets is what
// ends it, and a context that can be cancelled would cost on every call.
var bg = context.Background()

// Start runs a server of the kind in the lab. It returns once the server
// listens; the errors are those of bind(2), an *[OptionError] or an
// *[UnknownKindError].
func Start(lab *netlab.Lab, kind string, given Values) (*Server, error) {
	k, ok := Find(kind)
	if !ok {
		return nil, &UnknownKindError{Name: kind}
	}
	opts, err := k.values(given)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Kind: k.Name, lab: lab, opts: opts,
		conns: map[*netlab.Socket]bool{}, quit: make(chan struct{}),
	}
	name := s.text("name")
	if name == "" {
		name = k.Name
	}
	s.name.Store(&name)
	if err := s.open(k); err != nil {
		return nil, err
	}
	s.work.Add(1)
	lab.Go(func() {
		defer s.work.Done()
		k.serve(s)
	})
	return s, nil
}

// open makes the server's socket: one that listens, one for datagrams, or that of
// the first caller.
func (s *Server) open(k Kind) error {
	ip, err := netlab.ParseHost(s.opts["host"].(string))
	if err != nil {
		return &OptionError{Kind: s.Kind, Option: "host", Problem: err.Error()}
	}
	port := s.int("port")
	if port < 0 || port > 65535 {
		return &OptionError{Kind: s.Kind, Option: "port", Problem: fmt.Sprintf("%d is no port: 0 to 65535", port)}
	}
	addr := netlab.InetAddr(ip, port)
	typ := unix.SOCK_STREAM
	if k.Datagrams {
		typ = unix.SOCK_DGRAM
	}
	if s.ln, err = s.lab.Socket(addr.Family, typ, 0, netlab.Server); err != nil {
		return err
	}
	s.ln.SetLabel(s.Name())
	if k.Calls {
		s.addr = addr
		return nil
	}
	if s.bool("reuseaddr") {
		err = s.ln.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
	}
	if n, ok := s.opts["rcvbuf"].(int); ok && n > 0 && err == nil {
		err = s.ln.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_RCVBUF, n)
	}
	if err == nil {
		err = s.ln.Bind(bg, addr)
	}
	if err == nil && !k.Datagrams {
		err = s.ln.Listen(bg, s.int("backlog"))
	}
	if err == nil {
		s.addr, err = s.ln.Getsockname(bg)
	}
	if err != nil {
		_ = s.ln.Close(bg)
	}
	return err
}

// Name is what the lab calls the server.
func (s *Server) Name() string { return *s.name.Load() }

// Rename gives the server and the sockets that it opens from now on another name.
func (s *Server) Rename(name string) {
	s.name.Store(&name)
	s.ln.SetLabel(name)
}

// Addr is where the server listens or takes datagrams, or whom the callers call.
func (s *Server) Addr() netlab.Addr { return s.addr }

// Socket is the listening socket, the one for datagrams, or the first caller's.
func (s *Server) Socket() *netlab.Socket { return s.ln }

// Stopped reports whether Stop was called or the lab has ended.
func (s *Server) Stopped() bool { return s.stopped.Load() || s.ln.Closed() }

// Stop closes the listener and every connection politely and waits until the
// server's goroutines have ended.
func (s *Server) Stop() {
	if s.stopped.CompareAndSwap(false, true) {
		close(s.quit)
		_ = s.ln.Close(bg)
		s.mu.Lock()
		for c := range s.conns {
			_ = c.Close(bg)
		}
		s.mu.Unlock()
	}
	s.work.Wait()
}

// Wait returns when the server has ended.
func (s *Server) Wait() { s.work.Wait() }

// accept takes the next connection; false when the server is to end. A process
// out of descriptors pauses, as accept(2) advises, instead of spinning.
func (s *Server) accept() (*netlab.Socket, bool) {
	for {
		conn, _, err := s.ln.Accept(bg)
		if err == nil {
			conn.SetLabel(s.Name())
			s.mu.Lock()
			s.conns[conn] = true
			s.mu.Unlock()
			if s.stopped.Load() { // Stop has closed the connections it knew
				s.hangUp(conn)
				return nil, false
			}
			return conn, true
		}
		switch netlab.Errno(err) {
		case unix.ECONNABORTED, unix.EPROTO, unix.EPERM:
			continue
		case unix.EMFILE, unix.ENFILE, unix.ENOBUFS, unix.ENOMEM:
			if s.pause(pauseFull) {
				continue
			}
		}
		return nil, false
	}
}

// hangUp closes a connection politely.
func (s *Server) hangUp(conn *netlab.Socket) {
	_ = conn.Close(bg)
	s.mu.Lock()
	delete(s.conns, conn)
	s.mu.Unlock()
}

// each accepts connections and handles each in a goroutine of its own, or one
// after the other.
func (s *Server) each(sequential bool, handle func(*netlab.Socket)) {
	for {
		conn, ok := s.accept()
		if !ok {
			return
		}
		serve := func() {
			defer s.hangUp(conn)
			handle(conn)
		}
		if sequential {
			serve()
			continue
		}
		s.work.Add(1)
		s.lab.Go(func() {
			defer s.work.Done()
			serve()
		})
	}
}

func (s *Server) bool(name string) bool   { return s.opts[name].(bool) }
func (s *Server) int(name string) int     { return s.opts[name].(int) }
func (s *Server) text(name string) string { return s.opts[name].(string) }
