package process

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A Process is a program that was started. It is safe for concurrent use.
type Process struct {
	Pid  int
	Args []string
	// The other ends of what is Piped; nil else. End closes them.
	Stdin, Stdout, Stderr *Pipe

	limits *Limits
	temp   string
	clock  *time.Timer
	output atomic.Int64
	over   atomic.Pointer[string]
	fate   sync.Mutex // held while the process is killed with its descendants

	mu     sync.Mutex // the fields below
	reaped bool
	code   int
	ended  bool
}

// Poll asks whether the process has ended, without waiting: wait4(2) with
// WNOHANG. A zombie is gone then. The code is 0 to 255, or -N if signal N
// ended it.
func (p *Process) Poll() (code int, done bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reaped {
		return p.code, true
	}
	var status unix.WaitStatus
	for {
		pid, err := unix.Wait4(p.Pid, &status, unix.WNOHANG, nil)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err == nil && pid == 0:
			return 0, false
		case err == nil:
			p.code = exitCode(status)
		}
		// ECHILD: SIGCHLD is ignored and the kernel has not kept the status.
		p.reaped = true
		return p.code, true
	}
}

func exitCode(s unix.WaitStatus) int {
	if s.Signaled() {
		return -int(s.Signal())
	}
	return s.ExitStatus()
}

// Wait waits until the process has ended; see [Process.Poll]. When ctx ends
// first the error is its cause, and the process goes on.
func (p *Process) Wait(ctx context.Context) (code int, err error) {
	pause := 200 * time.Microsecond
	for {
		if code, done := p.Poll(); done {
			return code, nil
		}
		tick := time.NewTimer(pause)
		select {
		case <-tick.C:
			pause = min(2*pause, 5*time.Millisecond)
		case <-ctx.Done():
			tick.Stop()
			return 0, context.Cause(ctx)
		}
	}
}

// Signal is kill(2) on the process alone. One that was waited for is
// os.ErrProcessDone: its number may be another's.
func (p *Process) Signal(sig syscall.Signal) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reaped {
		return os.ErrProcessDone
	}
	return os.NewSyscallError("kill", unix.Kill(p.Pid, sig))
}

// Kill is Signal with SIGKILL, which no program can catch.
func (p *Process) Kill() error { return p.Signal(unix.SIGKILL) }

// Terminate is Signal with SIGTERM, which asks a program to end.
func (p *Process) Terminate() error { return p.Signal(unix.SIGTERM) }

// killGroup kills the group at one blow, as long as its number is certain.
func (p *Process) killGroup() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.reaped {
		_ = unix.Kill(-p.Pid, unix.SIGKILL)
	}
}

// Waited reports whether the process has ended and was waited for.
func (p *Process) Waited() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.reaped
}

// Exceeded names the limit because of which the process was killed: "wall
// time" or "output"; "" if none was. What the kernel watches shows as a
// signal: SIGXCPU, SIGXFSZ.
func (p *Process) Exceeded() string {
	if what := p.over.Load(); what != nil {
		return *what
	}
	return ""
}

// exceed kills the process and its descendants; its owner still waits for it.
func (p *Process) exceed(what string) {
	if !p.over.CompareAndSwap(nil, &what) {
		return
	}
	p.fate.Lock()
	defer p.fate.Unlock()
	p.mu.Lock()
	ended := p.ended
	p.mu.Unlock()
	if !ended {
		_ = p.killAll(false)
	}
}

// Release lets go of a process of which nothing is left: it was waited for and
// its group is empty. Otherwise it does nothing and is false; [Process.End] is
// then still to come.
func (p *Process) Release() bool {
	if p.limits != nil || !p.Waited() || unix.Kill(-p.Pid, 0) != unix.ESRCH {
		return false
	}
	p.mu.Lock()
	p.ended = true
	p.mu.Unlock()
	for _, q := range []*Pipe{p.Stdin, p.Stdout, p.Stderr} {
		if q != nil {
			_ = q.Close()
		}
	}
	family.disown(p)
	return true
}

// End kills the process, its group and all its descendants, waits for them,
// closes the pipes and removes the folder of a limited process. Of descendants
// that have left the session and lost their parents it cannot be told whose
// they are: whoever ends first takes them. The error tells what could not be
// ended. A second End does nothing.
func (p *Process) End() error {
	if p.clock != nil {
		p.clock.Stop()
	}
	p.fate.Lock()
	defer p.fate.Unlock()
	p.mu.Lock()
	ended := p.ended
	p.ended = true
	p.mu.Unlock()
	if ended {
		return nil
	}
	errs := []error{p.killAll(true)}
	for _, q := range []*Pipe{p.Stdin, p.Stdout, p.Stderr} {
		if q != nil {
			errs = append(errs, q.Close())
		}
	}
	family.disown(p)
	if p.temp != "" {
		errs = append(errs, removeAll(p.temp))
	}
	return errors.Join(errs...)
}
