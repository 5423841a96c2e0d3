package main

import (
	"context"
	"errors"
	"io"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// foreseeTime is how long a handout waits for the outcomes of predictions.
const foreseeTime = 30 * time.Second

func (a *app) printCmd() *cobra.Command {
	var h runner.Handout
	cmd := &cobra.Command{
		Use:   "print N|ID",
		Short: "a lesson as a handout in Markdown, solutions at the end",
		Args:  argsBetween(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.handout(cmd.Context(), args[0], h)
		},
		ValidArgsFunction: completeLessons,
	}
	cmd.Flags().BoolVar(&h.NoSolutions, "no-solutions", false, "leave out the solutions")
	cmd.Flags().BoolVar(&h.NoHints, "no-hints", false, "leave out the hints")
	cmd.Flags().BoolVar(&h.Notes, "notes", false, "add the instructor's notes, at the very end")
	return cmd
}

// handout prints a lesson that is named by its number or its id.
func (a *app) handout(ctx context.Context, name string, h runner.Handout) error {
	if err := a.awaitLesson(ctx, name); err != nil {
		return err
	}
	book, _ := a.openBook()
	lang := a.language(book)
	c := a.course()
	l, err := c.Find(name, string(lang))
	if err != nil {
		return usageError{errors.New(runner.NoLesson(c, name, lang).In(lang))}
	}
	h.Lesson, h.Lang = l, lang
	if own := words.Lang(l.Lang); own.Valid() {
		h.Lang = own // a lesson without a translation is English throughout
	}
	for _, id := range l.Needs {
		if before := c.In(id, string(lang)); before != nil {
			h.Needs = append(h.Needs, before.Title)
		}
	}
	if !h.NoSolutions {
		ctx, stop := context.WithTimeout(ctx, foreseeTime)
		defer stop()
		h.Came = runner.Foresee(ctx, l)
	}
	// A reader that has gone is an error here, not the end by a signal. Not
	// earlier: a program that is started takes over what is ignored.
	signal.Ignore(syscall.SIGPIPE)
	_, err = io.WriteString(a.std.out, cleanMarkdown(h.Markdown()))
	return err
}

// cleanMarkdown keeps the tabs of code, which harm no terminal.
func cleanMarkdown(text string) string {
	pieces := strings.Split(text, "\t")
	for i := range pieces {
		pieces[i] = view.CleanLines(pieces[i])
	}
	return strings.Join(pieces, "\t")
}
