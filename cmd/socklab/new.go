package main

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

func (a *app) newCmd() *cobra.Command {
	var draft lessons.Draft
	cmd := &cobra.Command{
		Use:   "new DIR",
		Short: "a new lesson to write on: small, complete, and it plays",
		Args:  argsBetween(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			draft.Dir = args[0]
			return a.newLesson(draft)
		},
	}
	cmd.Flags().StringVar(&draft.ID, "id", "", "its name: lower-case letters, digits and dashes (my-lesson)")
	cmd.Flags().StringVar(&draft.Title, "title", "", "its title")
	return cmd
}

// newLesson makes the lesson and says what may be typed next.
func (a *app) newLesson(d lessons.Draft) error {
	lang := a.language(nil)
	file, id, err := lessons.Create(d)
	if err != nil {
		text, usage := newTrouble(d, err)
		if usage {
			return usageError{errors.New(text.In(lang))}
		}
		return errors.New(text.In(lang))
	}
	dir := shellWord(d.Dir)
	out := a.print(a.std.out)
	out.Good(words.F("%s is written: a small lesson that plays as it is. Change it as you like.", file))
	for _, next := range []struct {
		command string
		what    words.Text
	}{
		{"socklab lint " + dir, words.F("finds the faults of the text, each with its line")},
		{"socklab verify " + dir, words.F("proves the tasks: answers pass, mistakes do not")},
		{fmt.Sprintf("socklab lesson %s --lessons %s --watch", id, dir), words.F("plays it, and reads it anew whenever you save it")},
		{fmt.Sprintf("socklab present %s --lessons %s", id, dir), words.F("shows it to a class")},
		{fmt.Sprintf("socklab print %s --lessons %s", id, dir), words.F("makes a handout of it")},
	} {
		fmt.Fprintf(a.std.out, "\n  %s\n      %s\n", view.Clean(next.command), next.what.In(lang))
	}
	fmt.Fprintf(a.std.out, "\n%s\n", lang.T("docs/authoring.md has every block and every fact. SOCKLAB_LESSONS=%s in your shell's profile spares --lessons.", view.Clean(dir)))
	return nil
}

// newTrouble says why a lesson could not be made, and whether the command line
// is to blame.
func newTrouble(d lessons.Draft, err error) (text words.Text, usage bool) {
	switch {
	case errors.Is(err, lessons.ErrID):
		return words.F("--id %s: an id is made of lower-case letters, digits and single dashes, such as time-wait", d.ID), true
	case errors.Is(err, lessons.ErrTaken):
		return words.F("--id %s: another lesson has that id; choose another", d.ID), true
	case errors.Is(err, lessons.ErrInside):
		return words.F("%s is a lesson itself: name the folder that is to hold the lessons", d.Dir), true
	case errors.Is(err, lessons.ErrFull):
		return words.F("%s has a lesson 999 already: the numbers end there; choose another folder", d.Dir), true
	case d.Dir == "":
		return words.F("the folder has no name: write `socklab new DIR`"), true
	case errors.Is(err, lessons.ErrFile):
		return words.F("%s is no folder: name a folder, it is made if there is none", d.Dir), true
	case errors.Is(err, fs.ErrPermission), errors.Is(err, lessons.ErrLocked):
		return words.F("%s: permission denied; choose a folder that you may write to", d.Dir), false
	}
	return words.Raw(err.Error()), false
}

// plainShell matches what a shell takes as it stands.
var plainShell = regexp.MustCompile(`^[A-Za-z0-9_./~+,@%-]+$`)

// shellWord quotes a word for the shell, if it has to be.
func shellWord(s string) string {
	if plainShell.MatchString(s) && !strings.HasPrefix(s, "-") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
