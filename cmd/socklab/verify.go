package main

import (
	"fmt"
	"io/fs"
	"os"

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
			list, err := a.lessonsIn(args, only)
			if err != nil {
				return err
			}
			foreign := len(args) > 0 && !trusted && !lessons.IsEmbedded(folder(args))
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

// lessonsIn lists the lessons of a folder, or those that come with the
// program, in all their languages.
func (a *app) lessonsIn(args []string, only string) ([]*lessons.Lesson, error) {
	if err := isFolder(args); err != nil {
		return nil, err
	}
	c, err := lessons.Load(folder(args))
	if err != nil {
		return nil, err
	}
	var list []*lessons.Lesson
	for _, l := range c.List("en") {
		if only != "" {
			if found, err := c.Find(only, "en"); err != nil {
				return nil, usageError{err}
			} else if found.ID != l.ID {
				continue
			}
		}
		list = append(list, c.All(l.ID)...)
	}
	return list, nil
}

// isFolder asks that what was named is a folder of lessons.
func isFolder(args []string) error {
	if len(args) == 0 {
		return nil
	}
	info, err := os.Stat(args[0])
	if err == nil && !info.IsDir() {
		err = usageError{fmt.Errorf("%s is no folder: name the folder that holds the lessons", args[0])}
	}
	return err
}

func folder(args []string) fs.FS {
	if len(args) > 0 {
		return os.DirFS(args[0])
	}
	return lessons.Embedded()
}

func (a *app) lintCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "lint [DIR]",
		Short: "look for faults in lesson files, all at once",
		Args:  argsBetween(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := isFolder(args); err != nil {
				return err
			}
			faults := lessons.Lint(folder(args), runner.LintOptions())
			for _, f := range faults {
				fmt.Fprintln(a.std.out, view.Clean(f.Error()))
			}
			if len(faults) > 0 {
				return codeError{exitFail}
			}
			return nil
		},
	}
}
