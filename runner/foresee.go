package runner

import (
	"context"
	"sync"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
)

// Foresee finds which choice of each prediction comes true on this machine: it
// runs what the steps show, on a fresh lab each, as [Verify] does. What could
// not be decided is not in the map. A foreign lesson reaches loopback alone and
// starts no program.
func Foresee(ctx context.Context, l *lessons.Lesson) map[*lessons.Question]int {
	came := map[*lessons.Question]int{}
	var mu sync.Mutex
	var work sync.WaitGroup
	room := make(chan struct{}, sideBySide())
	for i, step := range l.Steps {
		if len(step.Runs()) == 0 || len(step.Questions()) == 0 {
			continue
		}
		work.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			see := func(v *verifier, moved *lessons.Step) string {
				for n, choice := range v.foresee(moved) {
					mu.Lock()
					came[step.Questions()[n]] = choice
					mu.Unlock()
				}
				return ""
			}
			trial{lesson: l, step: i, judge: see}.run(ctx)
		})
	}
	work.Wait()
	return came
}

// foresee runs what the step shows, and finds how the predictions before each
// run came out: choices by the number of their question.
func (v *verifier) foresee(step *lessons.Step) map[int]int {
	came := map[int]int{}
	var guesses []*guess
	numbers := map[*guess]int{}
	for _, p := range step.Parts {
		switch p := p.(type) {
		case *lessons.Question:
			g := &guess{p, -1}
			if numbers[g] = len(numbers); p.Kind == lessons.RolePredict {
				guesses = append(guesses, g)
			}
		case *lessons.Block:
			if p.Role != lessons.RoleRun {
				continue
			}
			if v.ctx.Err() != nil || v.typeBlock(netlab.Lesson, p) != "" {
				return came
			}
			v.awaitOutcomes(guesses)
			var open []*guess // what is not decided yet waits for the next run
			for _, g := range guesses {
				if right, err := v.outcome(g.question); err == nil {
					came[numbers[g]] = right
				} else {
					open = append(open, g)
				}
			}
			guesses = open
		}
	}
	return came
}
