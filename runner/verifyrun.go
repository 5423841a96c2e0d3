package runner

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/check"
)

// judgeNothing asks that the task does not pass by itself. One of its facts
// may: what is to go on holding holds from the start.
func (v *verifier) judgeNothing(step *lessons.Step) string {
	if !check.AllHeld(v.wait(failTime)) {
		return ""
	}
	var lines []string
	for _, f := range step.Facts() {
		lines = append(lines, strconv.Itoa(f.Line))
	}
	return "the task passes although nothing was done; true before anything was done: " + linesText(lines)
}

func linesText(lines []string) string {
	if len(lines) == 1 {
		return "line " + lines[0]
	}
	return "lines " + strings.Join(lines, ", ")
}

// judgeRuns runs what the step shows, as a learner would meet it; exactly one
// choice of each prediction must come true, and not before its run.
func (v *verifier) judgeRuns(step *lessons.Step) string {
	var open []*lessons.Question
	for _, part := range step.Parts {
		switch part := part.(type) {
		case *lessons.Question:
			if part.Kind == lessons.RolePredict {
				open = append(open, part)
			}
		case *lessons.Block:
			if part.Role != lessons.RoleRun {
				continue
			}
			fault := ""
			if open, fault = v.judgeRun(part, open); fault != "" {
				return fault
			}
		}
	}
	for _, q := range open {
		if fault := v.judgePrediction(q); fault != "" {
			return fault
		}
	}
	if step.Task() != nil && check.AllHeld(v.wait(failTime)) {
		return "the task passes by what the step shows, with nothing done"
	}
	return ""
}

// judgeRun runs one block and holds the predictions against it. What is not
// decided yet waits for the next run.
func (v *verifier) judgeRun(run *lessons.Block, open []*lessons.Question) (still []*lessons.Question, fault string) {
	before := map[*lessons.Question][]lessons.Choice{}
	for _, q := range open {
		before[q] = v.cameTrue(q)
	}
	if fault := v.typeBlock(netlab.Lesson, run); fault != "" {
		return nil, fault
	}
	for _, q := range open {
		came := v.awaitChoice(q)
		if len(came) == 0 && !v.unseen && !hasOtherwise(q) {
			still = append(still, q)
			continue
		}
		if fault := v.judgePrediction(q); fault != "" {
			return nil, fault
		}
		for _, c := range before[q] {
			if len(came) > 0 && came[0].Line == c.Line {
				return nil, fmt.Sprintf("line %d: the choice %q is true before the run that is to decide it: write a fact that the run makes true", c.Line, c.Text)
			}
		}
	}
	return still, ""
}

// judgePrediction asks that exactly one choice has come true.
func (v *verifier) judgePrediction(q *lessons.Question) string {
	came := v.awaitChoice(q)
	if len(came) == 1 || len(came) == 0 && (hasOtherwise(q) || v.unseen) {
		return ""
	}
	var names []string
	for _, c := range came {
		names = append(names, c.Text)
	}
	return fmt.Sprintf("line %d: of the predictions %d came true, not one: %s", q.Line, len(came), strings.Join(names, "; "))
}

func hasOtherwise(q *lessons.Question) bool {
	return q.Choices[len(q.Choices)-1].When == lessons.Otherwise
}

// awaitChoice waits until a choice comes true or the time is over.
func (v *verifier) awaitChoice(q *lessons.Question) []lessons.Choice {
	ctx, stop := context.WithTimeout(v.ctx, failTime)
	defer stop()
	_ = v.bench.lab.Journal().Wait(ctx, func() bool { return len(v.cameTrue(q)) > 0 })
	return v.cameTrue(q)
}

// cameTrue lists the choices whose facts hold now.
func (v *verifier) cameTrue(q *lessons.Question) []lessons.Choice {
	var came []lessons.Choice
	v.unseen = false
	for _, c := range q.Choices {
		if c.When == lessons.Otherwise {
			continue
		}
		held, err := check.Holds(v.world(), c.When)
		v.unseen = v.unseen || errors.Is(err, check.ErrUnseen)
		if held {
			came = append(came, c)
		}
	}
	return came
}
