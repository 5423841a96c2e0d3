package notes

import (
	"net"
	"sync/atomic"
	"time"
)

const (
	// maxFollowers bounds how many may follow. One is enough.
	maxFollowers = 32
	// patience is how long a follower may leave a line unread once the kernel
	// has no more room for it.
	patience = 2 * time.Second
	// farewell is how long a goodbye may take.
	farewell = 500 * time.Millisecond
)

// follower is one second terminal, as the presentation sees it.
type follower struct {
	conn   *net.UnixConn
	lines  *newest
	polite atomic.Bool // say goodbye at the end
}

// welcome takes in a follower and gives it what was told last.
func (s *Speaker) welcome(conn *net.UnixConn) {
	f := &follower{conn: conn, lines: newNewest()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.followers) >= maxFollowers {
		_ = conn.Close()
		return
	}
	s.followers[f] = true
	if s.passed != nil {
		f.lines.put(s.passed)
	}
	s.running.Add(2)
	go s.serve(f)
	go s.listenTo(f)
}

// serve sends lines until the end.
func (s *Speaker) serve(f *follower) {
	defer s.running.Done()
	defer s.leave(f)
	for {
		line, ok := f.lines.take()
		if !ok {
			break
		}
		_ = f.conn.SetWriteDeadline(time.Now().Add(patience))
		if f.polite.Load() {
			_ = f.conn.SetWriteDeadline(time.Now().Add(farewell))
		}
		if _, err := f.conn.Write(line); err != nil {
			return
		}
	}
	if f.polite.Load() {
		_, _ = f.conn.Write(bye)
	}
}

// listenTo waits for the end of a follower, who has nothing to say.
func (s *Speaker) listenTo(f *follower) {
	defer s.running.Done()
	_, _ = f.conn.Read(make([]byte, 1))
	f.lines.end()
}

// leave forgets a follower. Closing wakes listenTo.
func (s *Speaker) leave(f *follower) {
	_ = f.conn.Close()
	s.mu.Lock()
	delete(s.followers, f)
	s.mu.Unlock()
}

// dismiss lets a follower have what was told last, and goodbye.
func (f *follower) dismiss() {
	f.polite.Store(true)
	_ = f.conn.SetWriteDeadline(time.Now().Add(farewell))
	f.lines.end()
}
