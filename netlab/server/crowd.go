package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

var crowd = Kind{
	Name: "crowd",
	Summary: "callers, all at once: each sends framed messages to a server of yours, in awkward pieces, " +
		"and looks whether the answers are its own, backwards",
	Options: []Option{
		{"callers", 50, "how many call"},
		{"messages", 10, "how many messages each of them sends"},
	},
	Calls: true,
	check: func(v Values) error {
		for name, most := range map[string]int{"callers": 500, "messages": 1000} {
			if n := v[name].(int); n < 1 || n > most {
				return &OptionError{Kind: "crowd", Option: name, Problem: fmt.Sprintf("1 to %d, please", most)}
			}
		}
		if n := v["port"].(int); n == 0 {
			return &OptionError{Kind: "crowd", Option: "port", Problem: "the port of your server, please"}
		}
		return nil
	},
	serve: (*Server).call,
}

// call lets everybody call. In every round each sends a message and waits for
// its answer, and nobody goes on before all have theirs: a server that serves
// one after the other never ends the first round.
func (s *Server) call() {
	round := newRound(s.int("callers"))
	var all sync.WaitGroup
	for i := range s.int("callers") {
		conn := s.ln
		if i > 0 {
			var err error
			if conn, err = s.lab.Socket(s.addr.Family, unix.SOCK_STREAM, 0, netlab.Server); err != nil {
				round.leave()
				continue
			}
			conn.SetLabel(s.Name())
			s.mu.Lock()
			s.conns[conn] = true
			s.mu.Unlock()
			if s.stopped.Load() { // Stop has closed the connections it knew
				s.hangUp(conn)
			}
		}
		all.Add(1)
		s.lab.Go(func() {
			defer all.Done()
			defer s.hangUp(conn)
			if err := s.converse(conn, i+1, round); err != nil {
				conn.Refuse(err)
			}
		})
	}
	all.Wait()
}

// converse is one caller's side. With every message goes the beginning of the
// next one, so a server that answers has the rest of a frame left over. The
// caller who got all answers says that it has finished (shutdown) and waits for
// the server to hang up.
func (s *Server) converse(conn *netlab.Socket, number int, round *round) error {
	defer round.leave()
	if err := conn.Connect(bg, s.addr); err != nil {
		return s.quiet(err)
	}
	read := func(p []byte) (int, error) { return conn.Recv(bg, p, 0) }
	messages := s.int("messages")
	var early []byte // what of this message was sent with the one before
	for m := 1; m <= messages; m++ {
		text := crowdText(number, m)
		piece := AppendFrame(nil, text)[len(early):]
		if early = nil; m < messages {
			next := AppendFrame(nil, crowdText(number, m+1))
			early = next[:1+(number+m)%(len(next)-1)]
		}
		if err := conn.SendAll(bg, append(piece, early...), 0); err != nil {
			return s.quiet(err)
		}
		answer, err := ReadFrame(read, maxAnswer)
		if err != nil {
			return s.quiet(err)
		}
		if want := backwards(text); !bytes.Equal(answer, want) {
			return fmt.Errorf("answer %d should be %q, it is %q", m, want, answer)
		}
		if round.wait(); s.stopped.Load() {
			return nil
		}
	}
	if err := conn.Shutdown(bg, unix.SHUT_WR); err != nil {
		return s.quiet(err)
	}
	if n, err := conn.Recv(bg, make([]byte, 1), 0); err == nil && n > 0 {
		return errors.New("more came than there were answers")
	}
	return nil
}

// quiet is why a caller is not content; nil if it is because everything ends.
func (s *Server) quiet(err error) error {
	switch {
	case s.stopped.Load(), errors.Is(err, netlab.ErrClosed), errors.Is(err, netlab.ErrLabClosed):
		return nil
	case errors.Is(err, io.EOF):
		return errors.New("the server hung up before it had answered")
	}
	return err
}

// maxAnswer is the longest answer that a caller takes.
const maxAnswer = 1 << 12

func crowdText(caller, message int) []byte {
	return fmt.Appendf(nil, "caller %d message %d", caller, message)
}

// backwards is an answer that no server can give without having seen the whole
// message, as it could with capitals.
func backwards(p []byte) []byte {
	back := slices.Clone(p)
	slices.Reverse(back)
	return back
}

// A round lets nobody go on before everybody has come.
type round struct {
	mu    sync.Mutex
	here  int // how many take part
	come  int
	ended chan struct{} // closed when all have come
}

func newRound(n int) *round { return &round{here: n, ended: make(chan struct{})} }

// wait returns when all who take part wait.
func (r *round) wait() {
	r.mu.Lock()
	r.come++
	ended := r.ended
	r.check()
	r.mu.Unlock()
	<-ended
}

// leave takes part no more: those who wait do not wait for this one.
func (r *round) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.here--
	r.check()
}

func (r *round) check() {
	if r.come >= r.here {
		close(r.ended)
		r.ended, r.come = make(chan struct{}), 0
	}
}
