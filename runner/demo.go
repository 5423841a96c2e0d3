package runner

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/words"
)

// A demo types a step on the real lab. What the network does is not foreseen.
type demo struct {
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

// newDemo is the script of a step: its solution, which stands by itself, or in a
// step without a task what it shows.
func newDemo(step *lessons.Step) demo {
	var d demo
	if solution := step.Solution(); solution != nil {
		for _, text := range inputs(solution.Code) {
			d.lines = append(d.lines, demoLine{text: text, part: taskIndex(step)})
		}
		return d
	}
	for i, p := range step.Parts {
		if b, ok := p.(*lessons.Block); ok && b.Role == lessons.RoleRun {
			list := inputs(b.Code)
			for n, text := range list {
				d.lines = append(d.lines, demoLine{text: text, part: i, run: b, last: n == len(list)-1})
			}
		}
	}
	return d
}

func cmdDemo(ctx context.Context, s *Session, a Args) error {
	w := s.walk
	if w.step == nil || s.demo {
		return nil
	}
	switch {
	case len(a.Words) == 1 && a.Words[0] == "stop":
		if d := w.demo; d.waits() && d.lines[d.done].run != nil { // Enter runs the block that is left
			w.run, w.stop = d.lines[d.done].run, stopRun
		}
		w.demo = demo{}
		s.sayNext()
		return nil
	case len(a.Words) == 2 && a.Words[0] == "speed":
		return s.setSpeed(a.Words[1])
	case len(a.Words) > 0:
		return commands["demo"].usage()
	}
	if !newDemo(w.step).waits() {
		s.out.Note(words.F("There is nothing to type in this step."))
		s.sayNext()
		return nil
	}
	if w.stop == stopIntro {
		s.showStep()
	}
	if err := s.clearBench(ctx); err != nil {
		return err
	}
	w.demo = newDemo(w.step) // with the ports of this lab
	w.shown = w.shown || !w.done && s.present == nil
	s.showUpTo(w.demo.lines[0])
	s.sayNext()
	return nil
}

// clearBench gives a demo a fresh lab if something was done on this one: what
// it types must not meet the leftovers of what was shown.
func (s *Session) clearBench(ctx context.Context) error {
	w := s.walk
	if typed, _ := s.bench.lab.Journal().Typed(s.bench.begun); len(typed) == 0 {
		return nil
	}
	next, stop, rest, ports := w.next, w.stop, w.rest, w.ports
	if err := s.prepare(ctx); err != nil {
		return err
	}
	w.next, w.stop, w.rest = next, stop, rest
	s.out.Note(words.F("A fresh lab: the demo begins where the step does."))
	if !maps.Equal(ports, w.ports) {
		s.sayPorts()
	}
	return nil
}

// typeDemo types the next line and runs it.
func (s *Session) typeDemo(ctx context.Context) {
	w := s.walk
	line := w.demo.lines[w.demo.done]
	s.showUpTo(line)
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
	before := w.done
	_ = s.runInput(ctx, line.text)
	s.afterInput(ctx)
	if s.walk != w {
		return
	}
	if !w.demo.waits() && !w.done {
		s.awaitTask(ctx)
	}
	if w.done == before { // a task that has just been passed has said it
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

// showUpTo shows what stands before a line of the demo and has not been shown,
// the task included. What is to be run is shown and left alone.
func (s *Session) showUpTo(line demoLine) {
	w := s.walk
	s.flushRest()
	before := line.part
	if line.run == nil {
		before++
	}
	for w.next < before {
		part := w.step.Parts[w.next]
		w.next++
		if st := s.showPart(part); st != stopNone {
			w.stop = st
		}
		s.flushRest()
	}
	w.question, w.run = nil, nil
	if line.run == nil {
		w.guesses = nil
	}
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

// setSpeed is `demo speed N`.
func (s *Session) setSpeed(text string) error {
	speed, err := strconv.ParseFloat(text, 64)
	if s.present == nil || err != nil || !(speed >= 0 && speed <= MaxSpeed) {
		return commands["demo"].usage()
	}
	s.present.PerChar = PerChar(speed)
	s.out.Note(words.F("A demo types %s characters in a second.", text))
	return nil
}

// perChar is the pause between two characters of a demo.
func (s *Session) perChar() time.Duration {
	if s.present != nil {
		return s.present.PerChar
	}
	return PerChar(DemoSpeed)
}

// DemoSpeed is how many characters a demo types in a second, unless it is told,
// and MaxSpeed the most that it may be told.
const (
	DemoSpeed = 16
	MaxSpeed  = 1000
)

// PerChar is the pause after each of so many characters in a second; 0 for as
// fast as can be.
func PerChar(speed float64) time.Duration {
	if speed <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / speed)
}
