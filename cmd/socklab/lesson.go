package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/view"
)

func (a *app) lessonCmd() *cobra.Command {
	var step string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "lesson [N|ID]",
		Short: "walk through a lesson; without a number, where you stopped",
		Args:  argsBetween(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.lesson(cmd.Context(), "", step, timeout)
			}
			return a.lesson(cmd.Context(), args[0], step, timeout)
		},
		ValidArgsFunction: completeLessons,
	}
	cmd.Flags().BoolVar(&a.own.watch, "watch", false, "read a lesson of your own anew whenever you change its file")
	cmd.Flags().StringVar(&step, "step", "", "begin at this step, a number or its name")
	cmd.Flags().DurationVar(&timeout, "timeout", 0, "how long one input may wait (10s without a terminal)")
	return cmd
}

// resume goes on where the learner stopped, or begins with the first lesson.
func (a *app) resume(ctx context.Context) error { return a.lesson(ctx, "", "", 0) }

func (a *app) lesson(ctx context.Context, name, step string, timeout time.Duration) error {
	if err := a.awaitLesson(ctx, name); err != nil {
		return err
	}
	o, err := a.open(runner.Config{Timeout: timeout})
	if err != nil {
		return err
	}
	if !o.con.Interactive() && timeout == 0 {
		o.SetTimeout(defaultTimeout)
	}
	if err := o.openLesson(ctx, name, step); err != nil {
		_ = o.close()
		return err
	}
	return o.walk(ctx)
}

// openLesson opens the lesson that was named, or the one where the learner
// stopped.
func (o *opened) openLesson(ctx context.Context, name, step string) error {
	var l *lessons.Lesson
	var err error
	if name == "" {
		l, step = o.Place(step)
	} else {
		l, err = o.FindLesson(name)
	}
	if err == nil {
		err = o.OpenLesson(ctx, l, step)
	}
	var usage *runner.UsageError
	if errors.As(err, &usage) {
		return usageError{errors.New(o.view.Say(usage.Text))}
	}
	return err
}

func completeLessons(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	a := &app{own: ownLessons{silent: true}}
	a.own.dirs, _ = cmd.Flags().GetStringArray("lessons")
	return lessonNames(a.course()), cobra.ShellCompDirectiveNoFileComp
}

// lessonNames are ids with their titles, as completion takes them.
func lessonNames(c *lessons.Course) []string {
	var ids []string
	for _, l := range c.List("en") {
		ids = append(ids, l.ID+"\t"+view.Clean(l.Title))
	}
	return ids
}

func (a *app) playCmd() *cobra.Command {
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "play",
		Short: "the lab without a lesson",
		Args:  argsBetween(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := a.open(runner.Config{Timeout: timeout})
			if err != nil {
				return err
			}
			defer o.close()
			o.Welcome()
			if err := o.Run(cmd.Context()); err != nil {
				return err
			}
			if !o.con.Interactive() && o.Failed() {
				return codeError{exitFail}
			}
			return nil
		},
	}
	cmd.Flags().DurationVar(&timeout, "timeout", 0, "how long one input may wait")
	return cmd
}
