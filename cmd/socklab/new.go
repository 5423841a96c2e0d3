package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
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
		RunE: func(cmd *cobra.Command, args []string) error {
			draft.Dir = args[0]
			if cmd.Flags().Changed("from") && strings.TrimSpace(draft.From) == "" {
				return usageError{saidError{words.F("--from needs the number, the name or the title of a lesson")}}
			}
			return a.newLesson(draft)
		},
	}
	cmd.Flags().StringVar(&draft.ID, "id", "", "its name: lower-case letters, digits and dashes (my-lesson)")
	cmd.Flags().StringVar(&draft.From, "from", "", "begin with a copy of a lesson of the program, named by number, name or title")
	_ = cmd.RegisterFlagCompletionFunc("from", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return lessonNames(course()), cobra.ShellCompDirectiveNoFileComp
	})
	cmd.Flags().StringVar(&draft.Title, "title", "", "its title")
	return cmd
}

// newLesson makes the lesson and says what may be typed next.
func (a *app) newLesson(d lessons.Draft) error {
	lang := a.language(nil)
	made, err := lessons.Create(d)
	if err != nil {
		text, usage := newTrouble(d, err)
		if usage {
			return usageError{errors.New(text.In(lang))}
		}
		return errors.New(text.In(lang))
	}
	dir := shellWord(d.Dir)
	out := a.print(a.std.out)
	verify, proves := "socklab verify "+dir, words.F("proves the tasks: answers pass, mistakes do not")
	if made.From == nil {
		out.Good(words.F("%s is written: a small lesson that plays as it is. Change it as you like.", made.Files[0]))
	} else {
		a.sayCopied(out, made)
		verify, proves = verify+" --trusted", words.F("proves the tasks; --trusted: the lessons are yours and may start programs and touch files")
	}
	for _, next := range []struct {
		command string
		what    words.Text
	}{
		{"socklab lint " + dir, words.F("finds the faults of the text, each with its line")},
		{verify, proves},
		{fmt.Sprintf("socklab lesson %s --lessons %s --watch", made.ID, dir), words.F("plays it, and reads it anew whenever you save it")},
		{fmt.Sprintf("socklab present %s --lessons %s", made.ID, dir), words.F("shows it to a class")},
		{fmt.Sprintf("socklab print %s --lessons %s", made.ID, dir), words.F("makes a handout of it")},
	} {
		fmt.Fprintf(a.std.out, "\n  %s\n      %s\n", view.Clean(next.command), next.what.In(lang))
	}
	fmt.Fprintf(a.std.out, "\n%s\n", lang.T("docs/authoring.md has every block and every fact. SOCKLAB_LESSONS=%s in your shell's profile spares --lessons.", view.Clean(dir)))
	return nil
}

// sayCopied says what was copied, and what its id means for the original.
func (a *app) sayCopied(out *view.Renderer, made lessons.Created) {
	of := made.From
	out.Good(words.F("%s is written: lesson %d in all its languages. Change it as you like.", filepath.Dir(made.Files[0]), of.Number))
	if made.ID == of.ID {
		out.Note(words.F("Its id is %s, as that of lesson %d: with this folder it takes the place of that lesson, and what was passed in the one is passed in the other.", made.ID, of.Number))
		return
	}
	out.Note(words.F("Its id is %s, so it stands beside lesson %d and has a progress of its own. With --id %s it would take the place of that lesson.", made.ID, of.Number, of.ID))
	if len(made.Files) > 1 {
		out.Note(words.F("A change of the code belongs into each of these files; `socklab lint` compares them."))
	}
}

// newTrouble says why a lesson could not be made, and whether the command line
// is to blame.
func newTrouble(d lessons.Draft, err error) (text words.Text, usage bool) {
	var find *lessons.FindError
	switch {
	case errors.As(err, &find):
		return words.F("--from %s: only a lesson that comes with the program can be copied; there are: %s", d.From, numbersOf(course())), true
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

// numbersOf lists lessons by number and id.
func numbersOf(c *lessons.Course) string {
	var list []string
	for _, l := range c.List("en") {
		list = append(list, fmt.Sprintf("%d %s", l.Number, l.ID))
	}
	return strings.Join(list, ", ")
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
