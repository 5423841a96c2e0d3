package runner

import (
	"context"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/words"
)

// commandOn runs a command line for code of a bench. The rest of a text that
// has walked away from its lab is not run in the next one, which has other
// names, and perhaps other rights. What a lesson runs by itself walks nowhere
// and changes nothing of the reader's.
func (s *Session) commandOn(ctx context.Context, b *bench, line string) error {
	if s.bench != b {
		return &UsageError{Text: words.F("this lab is closed: type `%s` in the new one", line)}
	}
	if cmd, _ := commandArgs(line); cmd != nil && (cmd.Group == Walking || cmd.readers) && b.lab.Hand() == netlab.Lesson {
		return &UsageError{Text: words.F("%s is for whoever reads the lesson; what a lesson shows or prepares cannot do that", cmd.Name)}
	}
	return s.command(ctx, line)
}

// command runs a command line that the language met. Code that a command
// stands for is shown, then run like any other.
func (s *Session) command(ctx context.Context, line string) error {
	s.report()
	cmd, args := commandArgs(line)
	if cmd == nil {
		return nil
	}
	if cmd.run != nil {
		return cmd.run(ctx, s, args)
	}
	text, err := cmd.expand(s, args)
	if err != nil {
		return err
	}
	s.out.Expands(text)
	if err := s.bench.interp.Run(ctx, code.Source{Text: text, Echo: true}); err != nil || cmd.after == nil {
		return err
	}
	cmd.after(s)
	return nil
}

// expansion is the code that a command line stands for, "" if it stands for none.
func (s *Session) expansion(b *bench, line string) string {
	cmd, args := commandArgs(line)
	if cmd == nil || cmd.expand == nil || s.bench != b {
		return ""
	}
	text, err := cmd.expand(s, args)
	if err != nil {
		return ""
	}
	return text
}

// runAs runs the inputs of a block as if typed by the actor. An error is shown
// and the next input goes on, as at the prompt; the first one is returned.
func (s *Session) runAs(ctx context.Context, by netlab.Actor, block string) error {
	s.bench.lab.SetHand(by)
	defer s.bench.lab.SetHand(netlab.Learner)
	var first error
	bench := s.bench
	for _, text := range inputs(block) {
		if s.bench != bench { // it has walked to another step
			break
		}
		if err := s.runInput(ctx, text); err != nil && first == nil {
			first = err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return first
}
