package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/progress"
)

type lessonObject struct {
	Number  int    `json:"number"`
	ID      string `json:"id"`
	Title   string `json:"title"`
	Minutes int    `json:"minutes"`
	Steps   int    `json:"steps"`
	Tasks   int    `json:"tasks"`
	Passed  int    `json:"passed"`
	Foreign bool   `json:"foreign,omitempty"` // it does not come with the program
}

func (a *app) listCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "the lessons, how long they take, and what you have done of them",
		Args:  argsBetween(0, 0),
		RunE: func(*cobra.Command, []string) error {
			c := a.course()
			book, notes := a.openBook()
			out := a.print(a.std.out)
			out.SetLang(a.language(book))
			for _, n := range notes {
				a.print(a.std.err).Warn(n)
			}
			for _, l := range c.List(string(out.Lang())) {
				o := tally(book, l)
				if asJSON {
					if err := a.json(o); err != nil {
						return err
					}
					continue
				}
				out.Item(fmt.Sprint(l.Number), l.Title, out.Lang().T("%d min · %d of %d tasks", o.Minutes, o.Passed, o.Tasks))
			}
			if !asJSON {
				out.Next("socklab lesson 1")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one object a line")
	return cmd
}

func tally(book *progress.Store, l *lessons.Lesson) lessonObject {
	o := lessonObject{Number: l.Number, ID: l.ID, Title: l.Title, Minutes: l.Minutes, Steps: len(l.Steps), Foreign: l.Foreign}
	for _, st := range l.Steps {
		if st.Task() == nil {
			continue
		}
		o.Tasks++
		if s := book.Status(l.ID, st.ID); s == progress.Passed || s == progress.Shown {
			o.Passed++
		}
	}
	return o
}

// json prints one object on one line.
func (a *app) json(v any) error {
	p, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.std.out, "%s\n", p)
	return err
}
