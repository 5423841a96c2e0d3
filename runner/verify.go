package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// A Proof is the outcome of one trial of [Verify].
type Proof struct {
	Lesson  string  `json:"lesson"`
	Lang    string  `json:"lang"`
	Step    string  `json:"step"`
	Trial   string  `json:"trial"` // nothing, solution, also, wrong, run; or lab, which failed
	File    string  `json:"file"`
	Line    int     `json:"line"`
	Fault   string  `json:"fault,omitempty"` // why it does not hold; "" if it does
	Seconds float64 `json:"seconds"`
	Unseen  bool    `json:"unseen,omitempty"` // this system does not show all that is to be proved
	Notes   []Note  `json:"notes,omitempty"`  // what may be meant, and may be a mistake
}

// A Note is something that an author should look at.
type Note struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// OK reports whether the trial came out as it must.
func (p Proof) OK() bool { return p.Fault == "" }

// A trial is one thing to prove: run it on a fresh lab and look.
type trial struct {
	lesson *lessons.Lesson
	step   int
	name   string
	block  func(*lessons.Step) *lessons.Block // nil: nothing is done
	judge  func(*verifier, *lessons.Step) string
	line   int
}

const (
	// passTime is how long a solution may take to pass.
	passTime = 5 * time.Second
	// failTime is how long a mistake is given to pass after all.
	failTime = 40 * time.Millisecond
)

// trials lists what is to be proved of a step.
func trials(l *lessons.Lesson, index int, step *lessons.Step) []trial {
	var list []trial
	add := func(name string, line int, block func(*lessons.Step) *lessons.Block, judge func(*verifier, *lessons.Step) string) {
		list = append(list, trial{l, index, name, block, judge, line})
	}
	if runs := step.Runs(); len(runs) > 0 {
		add("run", runs[0].Line, nil, (*verifier).judgeRuns)
	}
	task := step.Task()
	if task == nil {
		return list
	}
	add("nothing", task.Line, nil, (*verifier).judgeNothing)
	add("solution", step.Solution().Line, (*lessons.Step).Solution, (*verifier).judgeSolution)
	for i, b := range step.Also() {
		add(fmt.Sprintf("also %d", i+1), b.Line, func(s *lessons.Step) *lessons.Block { return s.Also()[i] }, (*verifier).judgeRight)
	}
	for i, b := range step.Wrong() {
		add(fmt.Sprintf("wrong %d", i+1), b.Line, func(s *lessons.Step) *lessons.Block { return s.Wrong()[i] },
			func(v *verifier, s *lessons.Step) string { return v.judgeWrong(s, s.Wrong()[i]) })
	}
	return list
}

// labTrial is what a proof is called that says that the lab of the step fails.
const labTrial = "lab"

// A verifier is a session that nobody watches.
type verifier struct {
	*Session
	ctx    context.Context
	fault  string
	notes  []Note
	unseen bool // something could not be judged
	lab    int  // the line at which the lab fails; 0: it does not
}

func (t trial) prove(ctx context.Context) Proof {
	start := time.Now()
	p := Proof{
		Lesson: t.lesson.ID, Lang: t.lesson.Lang, Step: t.lesson.Steps[t.step].ID, Trial: t.name,
		File: t.lesson.File, Line: t.line,
	}
	v := t.run(ctx)
	p.Fault, p.Unseen, p.Notes = v.fault, v.unseen, v.notes
	if v.lab > 0 {
		p.Trial, p.Line = labTrial, v.lab
	}
	p.Seconds = time.Since(start).Seconds()
	return p
}

func (t trial) run(ctx context.Context) *verifier {
	con := console.NewPlain(strings.NewReader(""), io.Discard)
	v := &verifier{ctx: ctx, Session: NewSession(Config{
		Console: con, View: view.New(io.Discard, view.Options{Lang: words.Lang(t.lesson.Lang)}), Quiet: true, Foreign: t.lesson.Foreign,
		Timeout: passTime, ShellAllowed: !t.lesson.Foreign,
	})}
	v.moveAll = true
	v.walk = &walk{lesson: t.lesson, passed: map[string]bool{}, index: t.step}
	v.fault = v.try(t)
	if err := v.Close(); err != nil && v.fault == "" {
		v.fault = "the lab did not close: " + err.Error()
	}
	return v
}

func (v *verifier) try(t trial) string {
	if err := v.prepare(v.ctx); err != nil {
		return err.Error()
	}
	if v.labFault != nil {
		v.lab = labLine(v.walk.step, v.labFault)
		return "the lab block of this step fails: " + v.labFault.Error()
	}
	step := v.walk.step
	if t.block != nil {
		if fault := v.typeBlock(netlab.Learner, t.block(step)); fault != "" {
			return fault
		}
	}
	return t.judge(v, step)
}

// labLine is the line at which the lab of a step fails.
func labLine(step *lessons.Step, err error) int {
	var e *code.Error
	if errors.As(err, &e) && e.Line > 0 {
		return e.Line
	}
	if lab := step.Lab(); len(lab) > 0 {
		return lab[0].Line
	}
	return step.Line
}

// typeBlock runs a block as a learner would. Errors of calls belong to a
// lesson; an error of the language is a fault of the author.
func (v *verifier) typeBlock(by netlab.Actor, block *lessons.Block) string {
	v.bench.lab.SetHand(by)
	defer v.bench.lab.SetHand(netlab.Learner)
	for _, text := range inputs(block.Code) {
		ctx, cancel := context.WithTimeoutCause(v.ctx, passTime, context.DeadlineExceeded)
		err := v.bench.interp.Run(ctx, code.Source{Text: text})
		cancel()
		if fault := authorsFault(err, block.Role == lessons.RoleWrong); fault != "" {
			return fmt.Sprintf("%q: %s", firstLine(text), fault)
		}
	}
	return ""
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// provoked are the errors without an errno that a lesson may be about: an
// address that the socket module refuses, bytes that are no text or no number.
var provoked = map[string]bool{
	"OverflowError": true, "socket.gaierror": true, "struct.error": true,
	"subprocess.TimeoutExpired": true, "UnicodeDecodeError": true, "UnicodeEncodeError": true,
}

// authorsFault is an error that no kernel answered: a typing mistake, a name
// that does not exist, a wait without end.
func authorsFault(err error, mistake bool) string {
	var e *code.Error
	var usage *UsageError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &usage):
		return usage.Error()
	case !errors.As(err, &e):
		return err.Error()
	case e.Kind == "TimeoutError" && errors.Is(err, context.DeadlineExceeded):
		return "it waits without end: " + e.Error()
	case errors.Is(err, netlab.ErrNotLoopback):
		return "a lesson from elsewhere reaches loopback alone: " + e.Error()
	case e.Tag != "" || e.Kind == "TimeoutError" || provoked[e.Kind] || mistake && e.Kind == "TypeError":
		return "" // what the kernel or the socket module answered
	}
	return e.Error()
}

func (v *verifier) judgeRight(step *lessons.Step) string {
	for i, verdict := range v.wait(passTime) {
		v.unseen = v.unseen || verdict.Unseen
		if !verdict.Held && !verdict.Unseen {
			return fmt.Sprintf("fact %d does not hold: %s (%s)", i+1, step.Facts()[i].Expr, verdict.Seen)
		}
	}
	return ""
}

func (v *verifier) judgeWrong(step *lessons.Step, wrong *lessons.Block) string {
	index, err := step.FailsOn(wrong)
	if err != nil {
		return err.Error()
	}
	verdict := v.wait(failTime)[index]
	v.unseen = verdict.Unseen
	if verdict.Held {
		return fmt.Sprintf("the mistake holds fact %d all the same: %s", index+1, step.Facts()[index].Expr)
	}
	return ""
}

// wait asks the task until it passes or the time is over.
func (v *verifier) wait(d time.Duration) []check.Verdict {
	ctx, stop := context.WithTimeout(v.ctx, d)
	defer stop()
	if v.walk.task == nil {
		return v.verdicts()
	}
	return v.walk.task.Await(ctx, v.world())
}
