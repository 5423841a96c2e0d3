package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/words"
)

func (a *app) progressCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "progress",
		Short: "what you have done, step by step",
		Args:  argsBetween(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return a.progressJSON()
			}
			o, err := a.open(runner.Config{Quiet: true})
			if err != nil {
				return err
			}
			defer o.close()
			o.ShowProgress()
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one object a line")
	cmd.AddCommand(a.exportCmd(), a.importCmd(), a.resetCmd())
	return cmd
}

type stepObject struct {
	Lesson string `json:"lesson"`
	Step   string `json:"step"`
	Title  string `json:"title"`
	Status string `json:"status"` // passed, shown, skipped, open
}

func (a *app) progressJSON() error {
	c := a.course()
	book := a.bookOrWord()
	for _, l := range c.List(string(a.language(book))) {
		for _, st := range l.Steps {
			if st.Task() == nil {
				continue
			}
			o := stepObject{l.ID, st.ID, st.Title, string(book.Status(l.ID, st.ID))}
			if o.Status == "" {
				o.Status = "open"
			}
			if err := a.json(o); err != nil {
				return err
			}
		}
	}
	return nil
}

// bookOrWord opens the progress and says on standard error what is wrong with
// its file.
func (a *app) bookOrWord() *progress.Store {
	book, notes := a.openBook()
	for _, n := range notes {
		a.print(a.std.err).Warn(n)
	}
	return book
}

// writableBook is for changes, which must not be lost.
func (a *app) writableBook() (*progress.Store, error) {
	book := a.bookOrWord()
	if book.Path() == "" {
		return nil, errors.New("nothing was changed: progress cannot be saved here")
	}
	return book, nil
}

func (a *app) exportCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "export [FILE]",
		Short: "write your progress to a file, or to standard output",
		Args:  argsBetween(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			book := a.bookOrWord()
			if len(args) == 0 {
				return book.Export(a.std.out)
			}
			f, err := os.Create(args[0])
			if err != nil {
				return err
			}
			if err := book.Export(f); err != nil {
				_ = f.Close()
				return err
			}
			return f.Close()
		},
	}
}

func (a *app) importCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "import [FILE]",
		Short: "add the progress of a file; the better of both is kept",
		Args:  argsBetween(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			in := a.std.in
			if len(args) > 0 {
				f, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer f.Close()
				in = f
			}
			book, err := a.writableBook()
			if err != nil {
				return err
			}
			return book.Import(in)
		},
	}
}

func (a *app) resetCmd() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "reset [LESSON [STEP]]",
		Short: "forget your progress: all, of a lesson, or of a step",
		Args:  argsBetween(0, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			lesson, step := "", ""
			if len(args) > 0 {
				c := a.course()
				l, err := c.Find(args[0], "en")
				if err != nil {
					return usageError{err}
				}
				lesson = l.ID
			}
			if len(args) > 1 {
				step = args[1]
				if a.course().In(lesson, "en").Step(step) == nil {
					return usageError{fmt.Errorf("lesson %s has no step %q", lesson, step)}
				}
			}
			book, err := a.writableBook()
			if err != nil {
				return err
			}
			if !yes && !a.confirm(a.language(book)) {
				return codeError{exitFail}
			}
			return book.Reset(lesson, step)
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

// confirm asks on the terminal or takes the answer from a pipe.
func (a *app) confirm(lang words.Lang) bool {
	fmt.Fprint(a.std.out, lang.T("Forget this progress? It cannot be undone. yes/no: "))
	line, _ := bufio.NewReader(a.std.in).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes", "是":
		return true
	}
	fmt.Fprintln(a.std.out, lang.T("Nothing was changed."))
	return false
}
