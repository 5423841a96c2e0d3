package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/progress"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// language is the one asked for, the one chosen last, or that of the system.
func (a *app) language(book *progress.Store) words.Lang {
	if a.lang != "" {
		return words.Lang(a.lang)
	}
	if book != nil && book.Lang().Valid() {
		return book.Lang()
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				return words.Chinese
			}
			return words.English
		}
	}
	return words.English
}

// colors reports whether f gets colours: a terminal that nobody has asked to
// go without (no-color.org).
func (a *app) colors(f *os.File) bool {
	return !a.noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// many256 reports whether the terminal knows the 256 colours of xterm.
func many256() bool {
	return strings.Contains(os.Getenv("TERM"), "256color") || os.Getenv("COLORTERM") != ""
}

// openBook opens the progress file; what is wrong with it is said, and the
// session goes on without it.
func (a *app) openBook() (*progress.Store, []words.Text) {
	book, err := progress.Open(progress.DefaultPath())
	var notice *progress.Notice
	if errors.As(err, &notice) {
		return book, []words.Text{notice.Text}
	}
	return book, nil
}

// opened is a session with its console.
type opened struct {
	*runner.Session
	con  console.Console
	view *view.Renderer
}

func (o *opened) close() error {
	err := o.Session.Close()
	if e := o.con.Close(); err == nil {
		err = e
	}
	return err
}

// open makes the console and a session on it.
func (a *app) open(cfg runner.Config) (*opened, error) {
	cfg.Course = a.course()
	cfg.Watch = a.own.watcher()
	var notes []words.Text
	cfg.Progress, notes = a.openBook()
	lang := a.language(cfg.Progress)
	if cfg.Present != nil {
		cfg.Progress = nil // a class is shown things; nobody has done them
	}
	o := &opened{}
	history := ""
	if path := progress.DefaultPath(); path != "" {
		history = filepath.Join(filepath.Dir(path), "history")
	}
	var err error
	o.con, err = console.Open(console.Options{
		In: a.std.in, Out: a.std.out, Plain: a.plain, Color: a.colors(a.std.out), History: history, Lang: lang,
		Cleanup: func() { // SIGTERM or SIGHUP: nothing that was started is left
			if o.Session != nil {
				_ = o.Session.Close()
			}
		},
		Complete: func(before string) []console.Suggestion {
			if o.Session == nil {
				return nil
			}
			return o.Complete(before)
		},
	})
	if err != nil {
		return nil, err
	}
	o.view = a.renderer(o.con, lang)
	cfg.Console, cfg.View = o.con, o.view
	o.Session = runner.NewSession(cfg)
	for _, n := range notes {
		o.view.Warn(n)
	}
	return o, nil
}

// renderer prints on the console.
func (a *app) renderer(con console.Console, lang words.Lang) *view.Renderer {
	return a.remember(view.New(con.Out(), view.Options{
		Width: func() int { cols, _ := con.Size(); return cols },
		Color: a.colors(a.std.out), ASCII: a.ascii, Plain: a.plain, Lang: lang,
		Big: a.big, Contrast: a.contrast, Colors256: many256(),
	}))
}

// print is a renderer on a stream without a console.
func (a *app) print(f *os.File) *view.Renderer {
	return a.remember(view.New(f, view.Options{
		Width: func() int {
			if cols, _, err := term.GetSize(int(f.Fd())); err == nil {
				return cols
			}
			return 0
		},
		Color: a.colors(f), ASCII: a.ascii, Plain: a.plain, Lang: a.language(nil), Big: a.big,
	}))
}

func (a *app) remember(r *view.Renderer) *view.Renderer {
	a.printers = append(a.printers, r)
	return r
}

// defaultTimeout is how long an input may wait when nobody is there to cancel it.
const defaultTimeout = 10 * time.Second

// walk runs a session to its end and turns its outcome into an exit code.
func (o *opened) walk(ctx context.Context) error {
	defer o.close()
	if err := o.Run(ctx); err != nil {
		return err
	}
	if !o.con.Interactive() && o.Unpassed() > 0 {
		return codeError{exitUndone}
	}
	return nil
}
