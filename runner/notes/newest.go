package notes

import "sync"

// newest is a place for one line: a line that was not taken when the next comes
// is forgotten. So whoever is slow is behind, and nobody waits for him.
type newest struct {
	mu    sync.Mutex
	cond  *sync.Cond
	line  []byte
	ended bool
}

func newNewest() *newest {
	n := &newest{}
	n.cond = sync.NewCond(&n.mu)
	return n
}

// put replaces the line. It never waits.
func (n *newest) put(line []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.ended {
		n.line = line
		n.cond.Signal()
	}
}

// end lets take return false once the last line is taken.
func (n *newest) end() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ended = true
	n.cond.Broadcast()
}

// take waits for a line; false: there will be none.
func (n *newest) take() ([]byte, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for n.line == nil && !n.ended {
		n.cond.Wait()
	}
	line := n.line
	n.line = nil
	return line, line != nil
}
