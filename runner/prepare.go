package runner

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/words"
)

// prepare makes the lab of the current step: a fresh one, on free ports, with
// the step's lab blocks run in it.
func (s *Session) prepare(ctx context.Context) error {
	w := s.walk
	step := w.lesson.Steps[w.index]
	w.next, w.stop, w.question, w.guesses, w.run, w.solve = 0, stopNone, nil, nil, nil, false
	w.done, w.hints, w.demo, w.rest = false, 0, demo{}, nil
	w.shown = s.book != nil && s.book.Status(w.lesson.ID, step.ID) == progress.Shown
	asked := len(s.processes)
	for try := 1; ; try++ {
		err := s.prepareOn(ctx, step, try > 1 || s.moveAll)
		// A port that was free a moment ago may have been taken meanwhile.
		if netlab.Errno(err) == unix.EADDRINUSE && try < maxPrepare {
			continue
		}
		// Whoever was asked for leave may have thought longer than a lab may take.
		if errors.Is(err, context.DeadlineExceeded) && len(s.processes) > asked && try < maxPrepare {
			asked = len(s.processes)
			continue
		}
		if s.labFault = err; err != nil {
			s.showError(err, "")
			s.out.Warn(words.F("the lab of this step could not be prepared (%s); `reset` tries again", w.lesson.File))
			s.wrong = true
		}
		break
	}
	s.bench.begun = s.bench.lab.Journal().Mark()
	s.bench.told = s.bench.begun
	w.held = make([]bool, len(w.facts))
	w.guard = make([]bool, len(w.facts))
	for i, v := range s.verdicts() {
		w.guard[i], w.held[i] = v.Held, v.Held
	}
	return nil
}

// prepareTime is how long the lab blocks of a step may take.
const prepareTime = 10 * time.Second

// maxPrepare is how often a lab is prepared anew because a port was taken.
const maxPrepare = 4

// prepareOn makes a fresh lab on free ports and runs the lab blocks in it,
// without showing anything. moveAll leaves every port of the text alone.
func (s *Session) prepareOn(ctx context.Context, step *lessons.Step, moveAll bool) error {
	w := s.walk
	if err := s.renewBench().close(); err != nil {
		return err
	}
	w.ports = movedPorts(ctx, w.lesson.Ports(step), step.Lab(), moveAll)
	w.step = lessons.WithPorts(step, w.ports)
	w.facts = w.step.Facts()
	if err := s.compileTask(); err != nil {
		return err
	}
	ctx, stop := s.con.WithInterrupt(ctx)
	defer stop()
	ctx, cancel := context.WithTimeoutCause(ctx, prepareTime, context.DeadlineExceeded)
	defer cancel()
	s.bench.lab.SetHand(netlab.Lesson)
	defer s.bench.lab.SetHand(netlab.Learner)
	quiet := s.cfg.Quiet
	s.cfg.Quiet = true
	defer func() { s.cfg.Quiet = quiet }()
	for _, b := range w.step.Lab() {
		if err := s.bench.interp.Run(ctx, code.Source{Name: w.lesson.File, Text: b.Code, FirstLine: b.Line}); err != nil {
			return err
		}
	}
	return nil
}

// movedPorts finds a free port for each of those that are taken, or for all.
func movedPorts(ctx context.Context, ports []int, lab []*lessons.Block, all bool) map[int]int {
	moved := map[int]int{}
	for _, p := range ports {
		// A server of the lab may take over what an earlier step left in
		// TIME_WAIT, because it sets SO_REUSEADDR; the learner may not.
		if !all && netlab.TryBind(netlab.Loopback(p), servedIn(lab, p)) == 0 {
			continue
		}
		if free, err := netlab.FreePort(ctx); err == nil {
			moved[p] = free
		}
	}
	return moved
}

// servedIn reports whether a lab block starts a server on the port with
// SO_REUSEADDR.
func servedIn(lab []*lessons.Block, port int) bool {
	for _, b := range lab {
		for _, line := range strings.Split(b.Code, "\n") {
			if strings.Contains(line, "serve(") && strings.Contains(line, fmt.Sprintf("port=%d", port)) {
				return !strings.Contains(line, "reuseaddr=False")
			}
		}
	}
	return false
}

func (s *Session) sayPorts() {
	for taken, free := range s.walk.ports {
		s.out.Note(words.F("Port %d is taken, by another program or by what an earlier step left in the kernel. This step uses %d; the text and the answers follow.", taken, free))
	}
}
