//go:build unix && !linux

package process

import "time"

// killAll kills the group. Here nothing tells of descendants that have left
// it, and of a group whose leader was waited for the number may be another's.
func (p *Process) killAll(whole bool) error {
	if p.Waited() {
		return nil
	}
	p.killGroup()
	if !whole {
		return nil
	}
	for end := time.Now().Add(killTime); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if _, done := p.Poll(); done {
			return nil
		}
	}
	return ErrSurvived
}

// State tells what can be told here.
func (p *Process) State() State {
	if p.Waited() {
		return Ended
	}
	return Running
}

// SleepsIn is not known here.
func (p *Process) SleepsIn() Sleep { return awake(0) }
