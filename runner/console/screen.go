package console

import (
	"io"
	"sync"
)

// screen is the writer of a terminal. While a prompt shows it keeps what is
// written for the goroutine of ReadLine, so that all that is drawn around a
// prompt is drawn by one goroutine.
type screen struct {
	mu      sync.Mutex
	w       io.Writer
	wake    func() // makes ReadLine come and print
	showing bool
	midway  bool // the last line has no ending yet
	bare    bool // the line above the cursor is a prompt with nothing behind it
	waiting []byte
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.showing {
		return s.put(b)
	}
	s.waiting = append(s.waiting, b...)
	s.wake()
	return len(b), nil
}

func (s *screen) put(b []byte) (int, error) {
	if len(b) > 0 {
		s.midway, s.bare = leavesMidway(b), false
	}
	return s.w.Write(b)
}

// show marks that a prompt is about to show, after all that was written.
func (s *screen) show(ready func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
	s.freshLine()
	s.showing = true
	ready()
}

// hide marks that the prompt is gone, with the cursor at the left.
func (s *screen) hide() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.showing, s.midway, s.bare = false, false, false
	s.flush()
}

// bareLine notes that nothing but Enter was typed at the prompt.
func (s *screen) bareLine() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bare = !s.midway && len(s.waiting) == 0
}

// overBare puts the cursor where that prompt began, if nothing was printed
// since, so that the next one takes its place (ECMA-48: CUU, CR, EL).
func (s *screen) overBare() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bare && len(s.waiting) == 0 {
		_, _ = s.put([]byte("\x1b[A\r\x1b[K"))
		s.midway = false
	}
	s.bare = false
}

func (s *screen) flush() {
	if len(s.waiting) > 0 {
		_, _ = s.put(s.waiting)
		s.waiting = nil
	}
}

func (s *screen) freshLine() {
	if s.midway {
		_, _ = s.put([]byte("\n"))
	}
}

// line writes a whole line that stands by itself.
func (s *screen) line(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
	s.freshLine()
	_, _ = s.put([]byte(text + "\n"))
}

// leave ends what stands on the line, whatever it is: the program ends or a
// command was interrupted and the terminal has written ^C.
func (s *screen) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.put([]byte("\n"))
	s.flush()
	s.freshLine()
}

// atPrompt reports whether a prompt shows.
func (s *screen) atPrompt() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.showing
}
