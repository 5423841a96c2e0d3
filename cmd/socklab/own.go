package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// lessonsVariable names the folders of one's own lessons, as $PATH names those
// of programs. The flag --lessons stands in its place.
const lessonsVariable = "SOCKLAB_LESSONS"

// ownLessons are the lessons that do not come with the program.
type ownLessons struct {
	dirs   []string // of the flag
	watch  bool     // read a lesson anew when its file changes
	silent bool     // completion: nothing is said of faults

	course *lessons.Course // with those of the program; nil before it is read
	found  []*lessons.Own  // what the folders have
	told   bool            // what is wrong with them was said
}

// course is the lessons that come with the program. A test has loaded them.
func course() *lessons.Course { return lessons.Open(lessons.Embedded()) }

// course is all lessons there are: those of the program, and one's own. What is
// wrong with one's own is said on standard error, once.
func (a *app) course() *lessons.Course {
	a.needLessons()
	if !a.own.told {
		a.own.told = true
		for _, o := range a.own.found {
			a.sayLeftOut(o)
		}
	}
	return a.own.course
}

// needLessons reads the lessons unless they were read.
func (a *app) needLessons() {
	if a.own.course == nil {
		_ = a.readLessons() // a folder of the flag was looked at before
	}
}

// checkLessons refuses a folder of the flag that has no lessons.
func (a *app) checkLessons() error {
	if len(a.own.dirs) == 0 {
		return nil
	}
	return a.readLessons()
}

// readLessons reads all folders. The error is that of a folder of the flag; one
// of the variable is left out with a word.
func (a *app) readLessons() error {
	a.own.course = course()
	dirs := a.own.dirs
	if len(dirs) == 0 {
		dirs = filepath.SplitList(os.Getenv(lessonsVariable))
	}
	var folders []*lessons.Folder
	for _, dir := range dirs {
		if dir == "" && len(a.own.dirs) == 0 {
			continue
		}
		f, err := openLessons(dir)
		if err == nil {
			folders = append(folders, f)
			continue
		}
		text := folderTrouble(dir, err).In(a.language(nil))
		if len(a.own.dirs) > 0 {
			return usageError{errors.New(text)}
		}
		a.whisper("$" + lessonsVariable + ": " + text)
	}
	a.merge(folders)
	return nil
}

// openLessons opens a folder that has lessons in it.
func openLessons(dir string) (*lessons.Folder, error) {
	f, err := lessons.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	if f.Empty() {
		return nil, lessons.ErrEmpty
	}
	return f, nil
}

// merge puts the lessons of the folders beside those of the program.
func (a *app) merge(folders []*lessons.Folder) {
	a.own.found = nil
	for i, f := range folders {
		if o, err := f.Own(lintOptions(folders, i)); err == nil {
			a.own.found = append(a.own.found, o)
		}
	}
	a.own.course = lessons.Merge(a.own.course, a.own.found...)
}

// lintOptions are those for one of several folders: its lessons may need those
// of the program and of the other folders. -1 is for any.
func lintOptions(folders []*lessons.Folder, which int) lessons.Options {
	opts := runner.LintOptions()
	opts.Known = map[string]bool{}
	for _, id := range course().IDs() {
		opts.Known[id] = true
	}
	for i, f := range folders {
		if i == which {
			continue
		}
		for _, id := range f.IDs() {
			opts.Known[id] = true
		}
	}
	return opts
}

// sayLeftOut says the first fault of each file that is not used.
func (a *app) sayLeftOut(o *lessons.Own) {
	more := map[string]int{}
	for _, f := range o.Faults() {
		more[f.File]++
	}
	if len(more) == 0 {
		return
	}
	lang := a.language(nil)
	for _, f := range o.Faults() {
		switch n := more[f.File]; {
		case n == 1:
			a.whisper(f.Error())
		case n > 1:
			a.whisper(f.Error() + " " + lang.T("(and %d more)", n-1))
		}
		delete(more, f.File)
	}
	a.whisper(lang.T("files with faults are left out; `socklab lint %s` lists every fault", o.Path))
}

// whisper says something on standard error that does not stop the program.
func (a *app) whisper(text string) {
	if !a.own.silent {
		complain(a.std.err, errors.New(text))
	}
}

// folderTrouble says why a folder of lessons cannot be used, and what to do.
func folderTrouble(dir string, err error) words.Text {
	switch {
	case dir == "":
		return words.F("the folder of the lessons has no name: write --lessons DIR")
	case errors.Is(err, lessons.ErrNoFolder):
		return words.F("there is no folder %[1]s; `socklab new %[1]s` makes one with a lesson in it", dir)
	case errors.Is(err, lessons.ErrFile):
		return words.F("%s is no folder: name the folder that holds the lessons", dir)
	case errors.Is(err, lessons.ErrLocked):
		return words.F("%[1]s cannot be read: permission denied; `chmod u+rx %[1]s` gives the right to its owner", dir)
	case errors.Is(err, lessons.ErrEmpty):
		return words.F("there is no lesson in %[1]s: a lesson is a folder NN-slug with a file lesson.md; `socklab new %[1]s` makes one", dir)
	}
	return words.Raw(err.Error())
}

// watcher is nil unless files are to be watched.
func (o *ownLessons) watcher() *lessons.Watcher {
	if !o.watch {
		return nil
	}
	return lessons.NewWatcher(lintOptions(nil, -1))
}

// awaitLesson asks that the lesson that was named can be used. Its faults are
// said; with --watch a person at a terminal may put them right meanwhile.
func (a *app) awaitLesson(ctx context.Context, name string) error {
	lang := a.language(nil)
	a.needLessons()
	c := a.own.course
	if a.own.watch && len(a.own.found) == 0 {
		return usageError{errors.New(lang.T("--watch is for lessons of your own: name their folder with --lessons DIR"))}
	}
	tick := time.NewTicker(lessons.WatchPause)
	defer tick.Stop()
	for said, last := "", ""; ; c = a.own.course {
		_, err := c.Find(name, "en")
		var find *lessons.FindError
		if name == "" || !errors.As(err, &find) || len(find.Faults) == 0 && said == "" {
			return nil
		}
		// While it is written the file is empty or gone for a moment: what is
		// wrong is said once it rests.
		if now := find.Error(); said == "" || now != said && now == last {
			said = now
			if len(find.Faults) > 0 {
				now = faultLines(find.Faults)
			}
			fmt.Fprintln(a.std.err, view.CleanLines(now))
			if !a.own.watch || !term.IsTerminal(int(a.std.in.Fd())) {
				return codeError{exitFail}
			}
			fmt.Fprintln(a.std.err, lang.T("The lesson begins as soon as these faults are gone; Ctrl-C ends."))
		}
		last = find.Error()
		select {
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		a.own.silent = true
		if err := a.readLessons(); err != nil {
			a.own.course = c // the folder is gone for a moment
		}
		a.own.silent = false
	}
}

// maxFaults is how many faults are said at a time.
const maxFaults = 20

func faultLines(faults []lessons.Fault) string {
	text := ""
	for i, f := range faults {
		if i > 0 {
			text += "\n"
		}
		if i == maxFaults {
			return text + fmt.Sprintf("… (%d more)", len(faults)-i)
		}
		text += f.Error()
	}
	return text
}

// ofLesson are the faults of an error of Load that concern one lesson; all if
// it is nil.
func ofLesson(err error, l *lessons.Lesson) error {
	many, ok := err.(interface{ Unwrap() []error }) //nolint:errorlint // it is asked for its parts
	if !ok || l == nil {
		return err
	}
	var list []error
	for _, e := range many.Unwrap() {
		var f lessons.Fault
		if errors.As(e, &f) && path.Dir(f.File) == path.Dir(l.File) {
			list = append(list, e)
		}
	}
	return errors.Join(list...)
}

// countFaults ends the output of lint: to people, not to what reads its lines.
func countFaults(out io.Writer, lang words.Lang, faults []lessons.Fault) {
	files := map[string]bool{}
	for _, f := range faults {
		files[f.File] = true
	}
	switch {
	case len(faults) == 1:
		fmt.Fprintln(out, lang.T("1 fault"))
	case len(files) == 1:
		fmt.Fprintln(out, lang.T("%d faults in 1 file", len(faults)))
	default:
		fmt.Fprintln(out, lang.T("%d faults in %d files", len(faults), len(files)))
	}
}
