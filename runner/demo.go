package runner

import (
	"context"
	"strings"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/words"
)

// A demo types a step on the real lab: what the step shows and has not run yet,
// then its solution. What the network does is not foreseen.
type demo struct {
	from  int // the part where it began
	lines []demoLine
	done  int
}

// A demoLine is one input: a line, or a block of lines.
type demoLine struct {
	text string
	part int            // which part of the step it comes from; those before it are shown first
	run  *lessons.Block // the block that the lesson's hand runs; nil for the solution
	last bool           // of its block
}

// waits reports whether Enter types the next line.
func (d demo) waits() bool { return d.done < len(d.lines) }

// newDemo is the script of a step from a part on.
func newDemo(step *lessons.Step, from int) demo {
	d := demo{from: from}
	add := func(text string, part int, run *lessons.Block) {
		list := inputs(text)
		for i, in := range list {
			d.lines = append(d.lines, demoLine{text: in, part: part, run: run, last: i == len(list)-1})
		}
	}
	task := taskIndex(step)
	for i, p := range step.Parts {
		b, ok := p.(*lessons.Block)
		switch {
		case !ok:
		case b.Role == lessons.RoleRun && i >= from && (task < 0 || i < task):
			add(b.Code, i, b)
		case b.Role == lessons.RoleTask && step.Solution() != nil:
			add(step.Solution().Code, i, nil)
		}
	}
	return d
}

func cmdDemo(_ context.Context, s *Session, a Args) error {
	w := s.walk
	switch {
	case len(a.Words) == 1 && a.Words[0] == "stop":
		w.demo = demo{}
		s.sayNext()
		return nil
	case len(a.Words) > 0:
		return commands["demo"].usage()
	}
	if w.stop == stopIntro {
		s.showStep()
	}
	from := w.next
	if w.run != nil {
		from--
	}
	w.demo = newDemo(w.step, from)
	if !w.demo.waits() {
		s.out.Note(words.F("There is nothing to type in this step."))
		s.sayNext()
		return nil
	}
	if w.done {
		s.out.Note(words.F("The task is done on this lab already; `reset` begins on a fresh one."))
	}
	w.shown = w.shown || !w.done && s.present == nil
	s.sayNext()
	return nil
}

// typeDemo types the next line and runs it. What stands before it in the text
// is shown first, and then waits for another Enter.
func (s *Session) typeDemo(ctx context.Context) {
	w := s.walk
	line := w.demo.lines[w.demo.done]
	if s.showUpTo(line) {
		s.sayNext()
		return
	}
	if err := s.typeInput(ctx, line.text); err != nil {
		s.out.Note(words.F("The line was not run. Enter types it again, `demo stop` ends the demo."))
		return
	}
	w.demo.done++
	s.typed, s.served = 0, 0
	if line.run != nil {
		s.demonstrate(ctx, line)
		return
	}
	_ = s.runInput(ctx, line.text)
	s.afterInput(ctx)
	if s.walk != w || w.step.Solution() == nil {
		return
	}
	if !w.demo.waits() && !w.done {
		s.awaitTask(ctx)
	}
	if w.demo.waits() || !w.done {
		s.sayNext()
	}
}

// demonstrate runs a line of what the step shows, as the lesson's hand.
func (s *Session) demonstrate(ctx context.Context, line demoLine) {
	w := s.walk
	w.run, w.question = nil, nil
	s.byLesson(ctx, line.text)
	if !line.last {
		s.sayNext()
		return
	}
	s.score()
	w.next = max(w.next, line.part+1)
	s.advanceOrWait()
}

// showUpTo shows what stands before a line of the demo and has not been shown;
// true if there was something to read.
func (s *Session) showUpTo(line demoLine) bool {
	w := s.walk
	before := line.part
	if line.run == nil {
		before++ // the task itself is shown
	}
	shown := len(w.rest) > 0
	s.flushRest()
	for w.next < before {
		part := w.step.Parts[w.next]
		w.next++
		if b, ok := part.(*lessons.Block); ok && b.Role == lessons.RoleRun {
			continue // it has been typed
		}
		stop := s.showPart(part)
		s.flushRest()
		_, isText := part.(*lessons.Text)
		if shown = shown || isText || stop == stopTask || stop == stopQuestion; stop != stopNone {
			w.stop = stop
		}
		if stop == stopQuestion {
			return true
		}
	}
	return shown
}

// typeInput shows an input as if it were typed at the prompt.
func (s *Session) typeInput(ctx context.Context, text string) error {
	ctx, stop := s.con.WithInterrupt(ctx)
	defer stop()
	lines := strings.Split(strings.TrimRight(text, " \t\n"), "\n")
	if len(lines) > 1 && code.More(strings.Join(lines, "\n"), isVerb) {
		lines = append(lines, "") // the blank line that ends a block
	}
	prompt := s.prompt()
	for _, line := range lines {
		if err := s.con.Type(ctx, prompt, line, s.perChar()); err != nil {
			return err
		}
		prompt = "... "
	}
	return ctx.Err()
}

// byLesson runs code as the lesson's hand, so that showing is not doing.
func (s *Session) byLesson(ctx context.Context, text string) {
	s.demo = true
	before := s.bench.lab.LastID()
	_ = s.runAs(ctx, netlab.Lesson, text)
	s.bench.markShown(before)
	s.settle(ctx)
	s.report()
	s.reportUnshown()
	s.demo = false
}

// perChar is the pause between two characters of a demo.
func (s *Session) perChar() time.Duration {
	if s.present != nil {
		return s.present.PerChar
	}
	return PerChar(DemoSpeed)
}

// DemoSpeed is how many characters a demo types in a second, unless it is told.
const DemoSpeed = 16

// PerChar is the pause after each of so many characters in a second; 0 for as
// fast as can be.
func PerChar(speed float64) time.Duration {
	if speed <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / speed)
}
