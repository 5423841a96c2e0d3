package main

import (
	"errors"
	"fmt"

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
			folders, err := a.folders(args)
			if err != nil {
				return err
			}
			list, err := lessonsIn(folders, only)
			if err != nil {
				return err
			}
			foreign := !trusted && foreign(folders)
			proofs, faults, unseen := 0, 0, 0
			for range max(count, 1) {
				runner.Verify(cmd.Context(), list, foreign, func(p runner.Proof) {
					proofs++
					if !p.OK() {
						faults++
					} else if p.Unseen {
						unseen++
					}
					a.proof(p, asJSON)
				})
			}
			if !asJSON {
				fmt.Fprintf(a.std.out, "%d passed, %d failed\n", proofs-faults, faults)
			}
			if !asJSON && unseen > 0 {
				fmt.Fprintf(a.std.out, "of those passed, %d rest on states that this system does not show\n", unseen)
			}
			if !asJSON && foreign && faults > 0 {
				fmt.Fprintln(a.std.out, "lessons from elsewhere start no programs and touch no files; if these are your own, say --trusted")
			}
			if faults > 0 || proofs == 0 {
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

// proof prints one trial: every one as JSON, only the faults for people.
func (a *app) proof(p runner.Proof, asJSON bool) {
	if asJSON {
		_ = a.json(p)
		return
	}
	if !p.OK() {
		fmt.Fprintln(a.std.out, view.Clean(fmt.Sprintf("%s:%d: step %s, %s: %s", p.File, p.Line, p.Step, p.Trial, p.Fault)))
	}
}

// lessonsIn lists the lessons of folders, or those that come with the program,
// in all their languages. Faults of other lessons do not matter for the only
// one that is asked for.
func lessonsIn(folders []*lessons.Folder, only string) ([]*lessons.Lesson, error) {
	if len(folders) == 0 {
		return allOf(course(), nil, only)
	}
	var list []*lessons.Lesson
	var missing error
	for _, f := range folders {
		c, faults := f.Load()
		found, err := allOf(c, faults, only)
		if errors.As(err, new(usageError)) {
			missing = err // it may be in the next folder
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	if len(list) == 0 && missing != nil {
		return nil, missing
	}
	return list, nil
}

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

// folders are those that were named, as an argument or by --lessons. None: the
// lessons that come with the program are meant.
func (a *app) folders(args []string) ([]*lessons.Folder, error) {
	if len(args) == 0 {
		args = a.own.dirs
	}
	var list []*lessons.Folder
	for _, dir := range args {
		f, err := lessons.OpenFolder(dir)
		if err != nil {
			return nil, usageError{errors.New(folderTrouble(dir, err).In(a.language(nil)))}
		}
		list = append(list, f)
	}
	return list, nil
}

// foreign reports whether a folder has other lessons than the program.
func foreign(folders []*lessons.Folder) bool {
	for _, f := range folders {
		if !lessons.IsEmbedded(f.FS()) {
			return true
		}
	}
	return false
}

func (a *app) lintCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "lint [DIR]",
		Short: "look for faults in lesson files, all at once",
		Args:  argsBetween(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			folders, err := a.folders(args)
			if err != nil {
				return err
			}
			return a.lint(folders)
		},
	}
}

// lint prints all faults, and their number on standard error, so that standard
// output is nothing but file:line: text.
func (a *app) lint(folders []*lessons.Folder) error {
	lang, read := a.language(nil), 0
	var faults []lessons.Fault
	if len(folders) == 0 {
		faults, read = lessons.Lint(lessons.Embedded(), runner.LintOptions()), len(course().IDs())
	}
	for i, f := range folders {
		faults = append(faults, f.Lint(lintOptions(folders, i))...)
		read += len(f.IDs())
	}
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
