package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/words"
)

// presentFlags are what `present` may be told.
type presentFlags struct {
	step    string
	speed   float64
	notes   bool
	timeout time.Duration
}

func (a *app) presentCmd() *cobra.Command {
	var f presentFlags
	cmd := &cobra.Command{
		Use:   "present [N|ID]",
		Short: "a lesson before a class: nothing gated, demo, clock, notes in a second terminal",
		Args:  argsBetween(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := strings.Join(args, "")
			switch {
			case f.notes && (name != "" || f.step != ""):
				return usageError{errors.New("--notes follows whatever is presented: leave out the lesson and the step")}
			case f.notes:
				return a.followNotes(cmd.Context())
			case !(f.speed >= 0 && f.speed <= runner.MaxSpeed): // NaN is neither
				return usageError{fmt.Errorf("--speed is a number of characters in a second, 0 (all at once) to %d", runner.MaxSpeed)}
			}
			return a.present(cmd.Context(), name, f)
		},
		ValidArgsFunction: completeLessons,
	}
	flags := cmd.Flags()
	flags.BoolVar(&a.own.watch, "watch", false, "read a lesson of your own anew whenever you change its file")
	flags.StringVar(&f.step, "step", "", "begin at this step, a number or its name")
	flags.Float64Var(&f.speed, "speed", runner.DemoSpeed, "how many characters a demo types in a second; 0: all at once")
	flags.BoolVar(&a.big, "big", false, "generous spacing, for a projector")
	flags.BoolVar(&f.notes, "notes", false, "in a second terminal: the notes of what is presented, its solution, the clock")
	flags.DurationVar(&f.timeout, "timeout", 0, "how long one input may wait (10s without a terminal)")
	return cmd
}

func (a *app) present(ctx context.Context, name string, f presentFlags) error {
	if err := a.awaitLesson(ctx, name); err != nil {
		return err
	}
	a.contrast = true
	v := newVoice()
	defer v.close()
	p := &runner.Presenting{PerChar: runner.PerChar(f.speed), Tell: v.tell}
	last, goesOn := v.last()
	if goesOn = goesOn && name == "" && !last.Ended; goesOn {
		name, p.Began = last.ID, last.Began
		if f.step == "" {
			f.step = last.StepID
		}
	}
	o, err := a.open(runner.Config{Timeout: f.timeout, Present: p})
	if err != nil {
		return err
	}
	defer o.close()
	if !o.con.Interactive() && f.timeout == 0 {
		o.SetTimeout(defaultTimeout)
	}
	if err := o.openLesson(ctx, name, f.step); err != nil {
		return err
	}
	if goesOn {
		o.view.Note(words.F("A presentation broke off here: it goes on, and so does its clock. `clock 0` starts it anew."))
	}
	if trouble := v.trouble(); !trouble.Empty() {
		o.view.Warn(trouble)
	}
	return o.Run(ctx)
}

// many256 reports whether the terminal knows the 256 colours of xterm.
func many256() bool {
	return strings.Contains(os.Getenv("TERM"), "256color") || os.Getenv("COLORTERM") != ""
}
