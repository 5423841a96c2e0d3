package runner

import (
	"context"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/code"
)

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
	for _, text := range inputs(block) {
		if err := s.runInput(ctx, text); err != nil && first == nil {
			first = err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return first
}
