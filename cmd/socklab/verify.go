package main

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/view"
)

func (a *app) verifyCmd() *cobra.Command {
	var asJSON bool
	var count int
	var only string
	var trusted bool
	cmd := &cobra.Command{
		Use:   "verify [DIR]",
		Short: "prove every task: its answers pass, its mistakes do not, nothing leaks",
		Args:  argsBetween(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			list, leftOut, err := a.toProve(args, only)
			if err != nil {
				return err
			}
			proofs, faults, unseen := 0, 0, 0
			own := map[string]bool{}
			for _, l := range list {
				own[l.File] = l.Foreign
			}
			for range max(count, 1) {
				runner.Verify(cmd.Context(), list, trusted, func(p runner.Proof) {
					proofs++
					if !p.OK() {
						faults++
					} else if p.Unseen {
						unseen++
					}
					a.proof(p, asJSON, own[p.File])
				})
			}
			if !asJSON {
				fmt.Fprintf(a.std.out, "%d passed, %d failed\n", proofs-faults, faults)
			}
			if !asJSON && unseen > 0 {
				fmt.Fprintf(a.std.out, "of those passed, %d rest on states that this system does not show\n", unseen)
			}
			if !asJSON && !trusted && faults > 0 && slices.ContainsFunc(list, isForeign) {
				fmt.Fprintln(a.std.out, "lessons from elsewhere start no programs and touch no files; if these are your own, say --trusted")
			}
			if faults > 0 || proofs == 0 || leftOut {
				return codeError{exitFail}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one object a line")
	cmd.Flags().IntVar(&count, "count", 1, "how often")
	cmd.Flags().BoolVar(&trusted, "trusted", false, "the lessons of DIR are your own: they may start programs and touch files")
	cmd.Flags().StringVar(&only, "only", "", "one lesson, by number or name")
	return cmd
}

// proof prints one trial: every one as JSON; for people only the faults, and
// the notes on lessons of their own.
func (a *app) proof(p runner.Proof, asJSON, own bool) {
	if asJSON {
		_ = a.json(p)
		return
	}
	if !p.OK() {
		fmt.Fprintln(a.std.out, view.Clean(fmt.Sprintf("%s:%d: step %s, %s: %s", p.File, p.Line, p.Step, p.Trial, p.Fault)))
	}
	for _, n := range p.Notes {
		if own {
			fmt.Fprintln(a.std.out, view.Clean(fmt.Sprintf("%s:%d: step %s: note: %s", p.File, n.Line, p.Step, n.Text)))
		}
	}
}

func isForeign(l *lessons.Lesson) bool { return l.Foreign }

// toProve lists what is to be proved, in all languages: the lessons of the
// folder that was named, or all there are, those of the program and one's own.
// leftOut says that some of them have faults, which have been said.
func (a *app) toProve(args []string, only string) (list []*lessons.Lesson, leftOut bool, err error) {
	if len(args) > 0 {
		f, err := a.folder(args[0])
		if err != nil {
			return nil, false, err
		}
		c, faults := f.Load()
		list, err := allOf(c, faults, only)
		return list, false, err
	}
	c := a.course()
	list, err = allOf(c, nil, only)
	var find *lessons.FindError
	if errors.As(err, &find) && len(find.Faults) > 0 {
		return nil, true, codeError{exitFail} // they have just been said
	}
	for _, o := range a.own.found {
		for _, f := range o.Faults() {
			leftOut = leftOut || only == "" || len(list) > 0 && path.Dir(f.File) == path.Dir(list[0].File)
		}
	}
	return list, leftOut, err
}

// allOf lists the lessons of a course, or the one that is asked for; faults of
// others do not matter for that one.
func allOf(c *lessons.Course, faults error, only string) ([]*lessons.Lesson, error) {
	ids := c.IDs()
	if only != "" {
		l, err := c.Find(only, "en")
		if err != nil && faults != nil {
			return nil, faults
		}
		if err != nil {
			return nil, usageError{err}
		}
		ids, faults = []string{l.ID}, ofLesson(faults, l)
	}
	if faults != nil {
		return nil, faults
	}
	var list []*lessons.Lesson
	for _, id := range ids {
		list = append(list, c.All(id)...)
	}
	return list, nil
}

// folder opens the folder that was named.
func (a *app) folder(dir string) (*lessons.Folder, error) {
	f, err := lessons.OpenFolder(dir)
	if err != nil {
		return nil, usageError{errors.New(folderTrouble(dir, err).In(a.language(nil)))}
	}
	return f, nil
}

func (a *app) lintCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "lint [DIR]",
		Short: "look for faults in lesson files, all at once",
		Args:  argsBetween(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.sayLint(a.lintAll())
			}
			f, err := a.folder(args[0])
			if err != nil {
				return err
			}
			return a.sayLint(f.Lint(lintOptions(nil, -1)), len(f.IDs()))
		},
	}
}

// lintAll finds the faults of all lessons there are, those of the program and
// one's own; read is how many lessons were looked at.
func (a *app) lintAll() (faults []lessons.Fault, read int) {
	a.needLessons()
	faults, read = lessons.Lint(lessons.Embedded(), runner.LintOptions()), len(course().IDs())
	for _, o := range a.own.found {
		faults = append(faults, o.Faults()...)
		read += o.Len()
	}
	return faults, read
}

// sayLint prints all faults, and their number on standard error, so that
// standard output is nothing but file:line: text.
func (a *app) sayLint(faults []lessons.Fault, read int) error {
	lang := a.language(nil)
	for _, f := range faults {
		fmt.Fprintln(a.std.out, view.Clean(f.Error()))
	}
	if len(faults) > 0 {
		countFaults(a.std.err, lang, faults)
		return codeError{exitFail}
	}
	if read == 1 {
		_, err := fmt.Fprintln(a.std.out, lang.T("no faults in 1 lesson"))
		return err
	}
	_, err := fmt.Fprintln(a.std.out, lang.T("no faults in %d lessons", read))
	return err
}
