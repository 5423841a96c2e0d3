package netlab

import (
	"context"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// release closes the descriptor, after the time of SO_LINGER if that is set.
// A release that is cancelled has closed it all the same.
func (s *Socket) release(ctx context.Context) error {
	final := s.lastLook()
	if !s.closed.CompareAndSwap(false, true) {
		return nil
	}
	s.lab.changes.Add(1)
	start := s.lab.now()
	c := call{op: OpClose, tries: 1}
	// With a second descriptor close(2) ends nothing, so it does not linger.
	stayed := final.linger == 0 || s.shared.Load() || s.lingers(ctx, final.linger)
	if err := s.f.Close(); err != nil {
		c.outcome, c.errno = Failed, number(err)
	}
	if !stayed {
		c.outcome = Cancelled
	}
	s.mu.Lock()
	s.closedAt, s.final = s.lab.now(), final
	s.mu.Unlock()
	close(s.gone)
	s.lab.record(s, &c, start)
	s.lab.retire(s)
	return c.failure(ctx, s)
}

// lingers acts out what close(2) does with SO_LINGER (1, n): the FIN goes out,
// and for n seconds at most it waits until the other side has acknowledged it
// (tcp_close, sk_stream_wait_close). The kernel would do that deaf to
// everything, O_NONBLOCK or not. It is false if ctx ended the wait.
func (s *Socket) lingers(ctx context.Context, limit time.Duration) bool {
	if n, err := s.rawUnread(); err != nil || n > 0 {
		return true // close(2) sends a reset at once and does not wait
	}
	_ = s.rc.Control(func(fd uintptr) { _ = unix.Shutdown(int(fd), unix.SHUT_RDWR) })
	over := time.NewTimer(limit)
	defer over.Stop()
	stayed := true
	for pause := time.Millisecond; stayed && s.finUnderWay(); pause = min(2*pause, 20*time.Millisecond) {
		tick := time.NewTimer(pause)
		select {
		case <-tick.C:
			continue
		case <-over.C:
		case <-s.lab.Done():
		case <-ctx.Done():
			stayed = false
		}
		tick.Stop()
		break
	}
	_ = s.rc.Control(func(fd uintptr) {
		_ = unix.SetsockoptLinger(int(fd), unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{})
	})
	return stayed
}

// finUnderWay reports whether the own FIN waits for its acknowledgement.
func (s *Socket) finUnderWay() bool {
	var info kernel.TCPInfo
	err := kernel.ErrUnsupported
	_ = s.rc.Control(func(fd uintptr) { info, err = kernel.ReadTCPInfo(int(fd)) })
	if err != nil {
		return false
	}
	switch info.State {
	case kernel.FinWait1, kernel.Closing, kernel.LastAck:
		return true
	}
	return false
}
