package runner

import (
	"context"
	"sync"
	"time"

	"github.com/socklab/socklab/runner/console"
)

// A watcher shows what servers do while the learner sits at the prompt, and
// notices a task that is done from another terminal.
type watcher struct {
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// watchPause keeps the watcher from looking at every single event.
const watchPause = 30 * time.Millisecond

// startWatching begins to watch the bench; it does nothing without a person
// at the prompt.
func (s *Session) startWatching() {
	if !s.con.Interactive() || s.cfg.Quiet {
		return
	}
	s.watch.stop()
	ctx, cancel := context.WithCancel(context.Background())
	s.watch.cancel = cancel
	s.watch.done.Add(1)
	console.Go(s.con, func() {
		defer s.watch.done.Done()
		s.watchBench(ctx)
	})
}

func (w *watcher) stop() {
	if w.cancel != nil {
		w.cancel()
		w.done.Wait()
		w.cancel = nil
	}
}

func (s *Session) watchBench(ctx context.Context) {
	tick := time.NewTicker(watchPause)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if !s.mu.TryLock() {
			continue
		}
		if s.bench.told != s.bench.lab.Journal().Mark() {
			s.out.Together(func() {
				s.report()
				s.checkQuietly()
			})
			s.tellNotes()
		}
		s.mu.Unlock()
	}
}
