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

// judgeNothing asks that the task does not pass by itself. One of several facts
// may hold already, if it is to go on holding: that is noted, unless it begins
// with not, which says so.
func (v *verifier) judgeNothing(*lessons.Step) string {
	verdicts := v.wait(failTime)
	var lines []string
	for i, f := range v.walk.lesson.Steps[v.walk.index].Facts() { // with the ports of the text
		if !verdicts[i].Held {
			continue
		}
		lines = append(lines, strconv.Itoa(f.Line))
		if !denies(f.Expr) {
			v.note(f.Line, "true before anything was done: %s; good only if it is to go on holding", f.Expr)
		}
	}
	if !check.AllHeld(verdicts) {
		return ""
	}
	v.notes = nil
	return "the task passes although nothing was done; true before anything was done: " + linesText(lines)
}

// denies reports whether a fact holds as long as nothing happens.
func denies(expr string) bool { return strings.HasPrefix(expr, "not ") }

func (v *verifier) note(line int, format string, args ...any) {
	v.notes = append(v.notes, Note{Line: line, Text: fmt.Sprintf(format, args...)})
}

func linesText(lines []string) string {
	if len(lines) == 1 {
		return "line " + lines[0]
	}
	return "lines " + strings.Join(lines, ", ")
}

// judgeRuns runs what the step shows, as a learner would meet it; exactly one
// choice of each prediction must come true. That it was true before is noted.
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
		came, unseen := v.awaitChoice(q)
		if fault := v.decided(q, came, unseen); fault != "" {
			return fault
		}
	}
	if step.Task() != nil && check.AllHeld(v.wait(failTime)) {
		return "the task passes by what the step shows, with nothing done"
	}
	return ""
}

// judgeSolution asks that the task passes; in a step that shows nothing it
// decides the predictions too.
func (v *verifier) judgeSolution(step *lessons.Step) string {
	if fault := v.judgeRight(step); fault != "" || len(step.Runs()) > 0 {
		return fault
	}
	for _, q := range step.Questions() {
		if q.Kind != lessons.RolePredict {
			continue
		}
		came, unseen := v.awaitChoice(q)
		if fault := v.decided(q, came, unseen); fault != "" {
			return fault
		}
	}
	return ""
}

// judgeRun runs one block and holds the predictions against it. What is not
// decided yet waits for the next run.
func (v *verifier) judgeRun(run *lessons.Block, open []*lessons.Question) (still []*lessons.Question, fault string) {
	before := map[*lessons.Question][]lessons.Choice{}
	for _, q := range open {
		before[q], _ = v.cameTrue(q)
	}
	if fault := v.typeBlock(netlab.Lesson, run); fault != "" {
		return nil, fault
	}
	for _, q := range open {
		came, unseen := v.awaitChoice(q)
		if len(came) == 0 && !unseen && !hasOtherwise(q) {
			still = append(still, q)
			continue
		}
		if fault := v.decided(q, came, unseen); fault != "" {
			return nil, fault
		}
		for _, c := range before[q] {
			if len(came) > 0 && came[0].Line == c.Line && !denies(c.When) {
				v.note(c.Line, "the choice %q is true before the run that is to decide it; good only if the run is to leave it so", c.Text)
			}
		}
	}
	return still, ""
}

// decided asks that exactly one choice has come true.
func (v *verifier) decided(q *lessons.Question, came []lessons.Choice, unseen bool) string {
	v.unseen = v.unseen || unseen
	if len(came) == 1 || len(came) == 0 && (hasOtherwise(q) || unseen) {
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
func (v *verifier) awaitChoice(q *lessons.Question) (came []lessons.Choice, unseen bool) {
	ctx, stop := context.WithTimeout(v.ctx, failTime)
	defer stop()
	_ = v.bench.lab.Journal().Wait(ctx, func() bool {
		came, unseen = v.cameTrue(q)
		return len(came) > 0
	})
	return v.cameTrue(q)
}

// cameTrue lists the choices whose facts hold now. unseen says that this system
// does not show all of them.
func (v *verifier) cameTrue(q *lessons.Question) (came []lessons.Choice, unseen bool) {
	for _, c := range q.Choices {
		if c.When == lessons.Otherwise {
			continue
		}
		held, err := check.Holds(v.world(), c.When)
		unseen = unseen || errors.Is(err, check.ErrUnseen)
		if held {
			came = append(came, c)
		}
	}
	return came, unseen
}
