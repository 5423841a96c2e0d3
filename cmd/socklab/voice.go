package main

import (
	"errors"
	"sync"
	"time"

	"github.com/socklab/socklab/runner/notes"
	"github.com/socklab/socklab/runner/words"
)

// A voice tells the second terminal what is presented. While another
// presentation runs it is silent, and speaks up when that has ended. close ends
// it.
type voice struct {
	mu      sync.Mutex
	speaker *notes.Speaker
	latest  *notes.Status
	fault   words.Text

	stop chan struct{}
	done sync.WaitGroup
}

// voicePause is how often a silent voice tries again.
const voicePause = time.Second

func newVoice() *voice {
	v := &voice{stop: make(chan struct{})}
	dir, err := notes.Dir()
	if err == nil {
		v.speaker, err = notes.Speak(dir)
	}
	var busy *notes.Busy
	var fault *notes.Fault
	switch {
	case err == nil:
	case errors.As(err, &busy) && busy.PID == 0:
		v.fault = words.F("Another presentation runs: `socklab present --notes` follows that one, and this one once it has ended.")
		v.done.Add(1)
		go v.wait(dir)
	case errors.As(err, &busy):
		v.fault = words.F("Another presentation runs, as process %d: `socklab present --notes` follows that one, and this one once it has ended.", busy.PID)
		v.done.Add(1)
		go v.wait(dir)
	case errors.As(err, &fault):
		v.fault = words.F("`socklab present --notes` cannot follow: %v", fault.Text)
	default:
		v.fault = words.F("`socklab present --notes` cannot follow: %v", err)
	}
	return v
}

// wait takes over when the other presentation has ended.
func (v *voice) wait(dir string) {
	defer v.done.Done()
	tick := time.NewTicker(voicePause)
	defer tick.Stop()
	for {
		select {
		case <-v.stop:
			return
		case <-tick.C:
		}
		speaker, err := notes.Speak(dir)
		if err != nil {
			continue
		}
		v.mu.Lock()
		v.speaker = speaker
		if v.latest != nil {
			speaker.Tell(*v.latest)
		}
		v.mu.Unlock()
		return
	}
}

func (v *voice) tell(st notes.Status) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.latest = &st
	if v.speaker != nil {
		v.speaker.Tell(st)
	}
}

// last is where a presentation stood that broke off.
func (v *voice) last() (notes.Status, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.speaker == nil {
		return notes.Status{}, false
	}
	return v.speaker.Last()
}

// trouble is why nobody can follow, or empty.
func (v *voice) trouble() words.Text { return v.fault }

func (v *voice) close(presented bool) {
	close(v.stop)
	v.done.Wait()
	switch {
	case v.speaker == nil:
	case presented:
		_ = v.speaker.Close()
	default:
		_ = v.speaker.Leave()
	}
}
