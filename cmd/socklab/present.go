package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
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
			case f.notes && (name != "" || cmd.Flags().NFlag() > pageFlags(cmd)):
				return usageError{errors.New("--notes follows whatever is presented: leave out the lesson and what is said of it")}
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

// pageFlags counts the flags given that concern the notes: --notes itself, and
// those that every command has.
func pageFlags(cmd *cobra.Command) int {
	n := 0
	for _, name := range []string{"notes", "lang", "plain", "no-color", "ascii", "big", "observers", "lessons"} {
		if cmd.Flags().Changed(name) {
			n++
		}
	}
	return n
}

func (a *app) present(ctx context.Context, name string, f presentFlags) error {
	v := newVoice()
	done := false
	defer func() { v.close(done) }()
	a.contrast = true
	p := &runner.Presenting{PerChar: runner.PerChar(f.speed), Tell: v.tell}
	goesOn := false
	if last, ok := v.last(); ok && name == "" && !last.Ended {
		goesOn, name, p.Began = true, last.ID, last.Began
		l := a.course().Original(last.ID)
		switch {
		case f.step != "" || last.Step == 0:
		case l != nil && l.Step(last.StepID) == nil && len(l.Steps) > 0: // it was renamed meanwhile
			f.step = strconv.Itoa(min(last.Step, len(l.Steps)))
		default:
			f.step = last.StepID
		}
	}
	if err := a.awaitLesson(ctx, name); err != nil {
		return err
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
	done = true
	if goesOn {
		o.view.Note(words.F("A presentation broke off here: it goes on, and so does its clock. `clock 0` starts it anew."))
	}
	if trouble := v.trouble(); !trouble.Empty() {
		o.view.Warn(trouble)
	}
	return o.Run(ctx)
}
