package server

import "time"

// pauseFull is how long a server without free descriptors waits before it
// tries to accept again.
const pauseFull = 50 * time.Millisecond

// pause waits; false if the server is to end meanwhile.
func (s *Server) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.quit:
	case <-s.lab.Done():
	}
	return false
}
