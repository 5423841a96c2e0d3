package notes

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Speaker is the presentation. All methods may be called from any goroutine.
// Close ends it.
type Speaker struct {
	dir      string
	lock     *flock.Flock
	listener *net.UnixListener
	last     *Status // what the one before told last
	told     *newest
	running  sync.WaitGroup
	pumped   chan struct{} // closed when all that was told is passed on
	once     sync.Once
	fault    error // of Close

	mu        sync.Mutex
	latest    []byte // the newest line that was told
	passed    []byte // the newest line that was passed on
	followers map[*follower]bool
	closed    bool
}

// Speak makes this process the presentation of a folder that [Dir] gave. The
// error is a [*Busy] while another living presentation holds the folder, and a
// [*Fault] otherwise. Close the Speaker.
func Speak(dir string) (*Speaker, error) {
	if err := checkDir(dir); err != nil {
		return nil, err
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	listener, err := listen(filepath.Join(dir, socketName))
	if err != nil {
		giveLock(lock)
		return nil, systemFault(err)
	}
	s := &Speaker{
		dir: dir, lock: lock, listener: listener, told: newNewest(),
		pumped: make(chan struct{}), followers: map[*follower]bool{},
	}
	if st, ok := recall(dir); ok {
		s.last = &st
	}
	s.running.Add(1)
	go s.accept()
	go s.pump()
	return s, nil
}

// listen makes the socket, in the place of one whose process was killed. Until
// its mode is set the folder keeps others out.
func listen(path string) (*net.UnixListener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = l.Close()
		return nil, err
	}
	return l, nil
}

// Last is what the presentation before this one told last, if that one was
// killed rather than closed, and not more than half a day ago.
func (s *Speaker) Last() (Status, bool) {
	if s.last == nil {
		return Status{}, false
	}
	return *s.last, true
}

// Tell sends a status to all that follow and to whoever comes later. It never
// waits for them: who reads slowly gets the newest. The same status again is not
// sent again. After Close it does nothing.
func (s *Speaker) Tell(st Status) {
	line := encode(st)
	s.mu.Lock()
	defer s.mu.Unlock()
	if line == nil || bytes.Equal(line, s.latest) {
		return
	}
	s.latest = line
	s.told.put(line)
}

// pump passes on what is told: to the disk first, so that what a follower has
// seen is remembered too. A full disk is no reason to fall silent.
func (s *Speaker) pump() {
	defer close(s.pumped)
	for {
		line, ok := s.told.take()
		if !ok {
			return
		}
		_ = remember(s.dir, line)
		s.mu.Lock()
		s.passed = line
		for f := range s.followers {
			f.lines.put(line)
		}
		s.mu.Unlock()
	}
}

// acceptPause is the rest after an accept that failed, as it does when the
// process has no descriptors left.
const acceptPause = 100 * time.Millisecond

func (s *Speaker) accept() {
	defer s.running.Done()
	for {
		conn, err := s.listener.AcceptUnix()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			time.Sleep(acceptPause)
		default:
			s.welcome(conn)
		}
	}
}

// Close says goodbye to all that follow, removes the socket and what was
// remembered, and lets another presentation begin. It waits half a second at
// most for a follower that does not read. Called again it does nothing.
func (s *Speaker) Close() error { return s.end(true) }

// Leave is Close, but what was remembered stays for the presentation that
// comes next.
func (s *Speaker) Leave() error { return s.end(false) }

func (s *Speaker) end(over bool) error {
	s.once.Do(func() {
		s.told.end()
		<-s.pumped
		s.mu.Lock()
		s.closed = true
		list := s.followers
		s.followers = nil
		s.mu.Unlock()
		s.fault = s.listener.Close() // which removes the socket
		for f := range list {
			f.dismiss()
		}
		s.running.Wait()
		if !over {
			giveLock(s.lock)
			return
		}
		if err := forget(s.dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.fault = errors.Join(s.fault, err)
		}
		giveLock(s.lock)
	})
	return s.fault
}
