package main

import (
	"github.com/spf13/cobra"

	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/progress"
)

func (a *app) doctorCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "what this machine permits, and the remedy for what it does not",
		Args:  argsBetween(0, 0),
		RunE: func(*cobra.Command, []string) error {
			book, notes := a.openBook()
			out := a.print(a.std.out)
			out.SetLang(a.language(book))
			bad := false
			for _, f := range runner.Doctor(progress.DefaultPath(), notes, a.std.in, a.std.out) {
				bad = bad || f.Needed && !f.OK
				if asJSON {
					if err := a.json(f.Object(out.Lang())); err != nil {
						return err
					}
					continue
				}
				out.Finding(f.OK, out.Say(f.What), out.Say(f.Remedy))
			}
			if bad {
				return codeError{exitFail}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one object a line")
	return cmd
}
