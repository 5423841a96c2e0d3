package runner

import (
	"context"
	"fmt"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/words"
)

// prepare makes the lab of the current step: a fresh one, on free ports, with
// the step's lab blocks run in it.
func (s *Session) prepare(ctx context.Context) error {
	w := s.walk
	step := w.lesson.Steps[w.index]
	w.next, w.stop, w.question, w.guess, w.run, w.solve = 0, stopNone, nil, nil, nil, false
	w.done, w.hints = false, 0
	w.shown = s.book != nil && s.book.Status(w.lesson.ID, step.ID) == progress.Shown
	old := s.bench
	s.bench = s.newBench()
	if err := old.close(); err != nil {
		return err
	}
	w.ports = movedPorts(ctx, w.lesson.Ports(step), step.Lab())
	w.step = lessons.WithPorts(step, w.ports)
	w.facts = w.step.Facts()
	w.held = make([]bool, len(w.facts))
	if err := s.compileTask(); err != nil {
		return err
	}
	if err := s.runLab(ctx); err != nil {
		return err
	}
	w.guard = make([]bool, len(w.facts))
	for i, v := range s.verdicts() {
		w.guard[i], w.held[i] = v.Held, v.Held
	}
	return nil
}

func (s *Session) runLab(ctx context.Context) error {
	for _, b := range s.walk.step.Lab() {
		if err := s.runAs(ctx, netlab.Lesson, b.Code); err != nil {
			s.out.Warn(words.F("the lab of this step could not be prepared (%s, line %d); `reset` tries again", s.walk.lesson.File, b.Line))
		}
	}
	s.bench.told = s.bench.lab.Journal().Mark()
	return nil
}

// movedPorts finds a free port for each of those that are taken.
func movedPorts(ctx context.Context, ports []int, lab []*lessons.Block) map[int]int {
	moved := map[int]int{}
	for _, p := range ports {
		// A server of the lab may take over what an earlier step left in
		// TIME_WAIT, because it sets SO_REUSEADDR; the learner may not.
		if netlab.TryBind(netlab.Loopback(p), servedIn(lab, p)) == 0 {
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
