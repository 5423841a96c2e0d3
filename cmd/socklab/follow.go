package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"reflect"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/socklab/socklab/runner/notes"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// followNotes shows the notes of the presentation in another terminal until
// Ctrl-C: on a terminal a page with a clock below it that runs, elsewhere a page
// for each change.
func (a *app) followNotes(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program, whatever it does
	book, _ := a.openBook()
	out := a.print(a.std.out)
	out.SetLang(a.language(book))
	dir, err := notes.Dir()
	if err != nil {
		return inWords(out, err)
	}
	p := &page{app: a, out: out, live: !a.plain && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(a.std.out.Fd())), news: make(chan *notes.Status)}
	ended := make(chan error, 1)
	go func() {
		ended <- notes.Follow(ctx, dir, func(st *notes.Status) {
			select {
			case p.news <- st:
			case <-ctx.Done():
			}
		})
	}()
	err = p.run(ended)
	if p.live {
		fmt.Fprintln(a.std.out)
	}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return inWords(out, err)
}

// inWords is an error in the language of the page.
func inWords(out *view.Renderer, err error) error {
	var fault *notes.Fault
	if errors.As(err, &fault) {
		return errors.New(out.Say(fault.Text))
	}
	return err
}

// A page is the second terminal.
type page struct {
	app  *app
	out  *view.Renderer
	live bool // a terminal that can be written over
	news chan *notes.Status

	at    *notes.Status // as told last; nil: nobody has presented yet
	gone  bool          // nobody presents now
	shown bool
	width int
}

// The control sequences of a page (ECMA-48): an empty screen, the line begun anew.
const (
	emptyScreen = "\x1b[H\x1b[2J"
	sameLine    = "\r\x1b[K"
)

// run shows what comes until following has ended, and returns why.
func (p *page) run(ended <-chan error) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case st := <-p.news:
			p.take(st)
		case <-tick.C:
			if p.live && p.shown && p.width != p.out.Width() {
				p.draw()
			} else if p.live {
				p.clock()
			}
		}
		if err := p.out.Err(); err != nil {
			return err
		}
	}
}

// draw shows the page anew.
func (p *page) draw() {
	p.width, p.shown = p.out.Width(), true
	if p.live {
		fmt.Fprint(p.app.std.out, emptyScreen)
	} else {
		p.out.Blank()
	}
	if p.at == nil {
		p.out.Paragraph(words.F("Nobody presents yet. In another terminal: `socklab present 3`. This page follows by itself; Ctrl-C ends it."))
		return
	}
	if p.app.lang == "" {
		p.out.SetLang(words.Lang(p.at.Lang))
	}
	shown := notesPage(*p.at)
	if p.gone {
		shown.Demo = -1
	}
	if left := p.out.UpTo(p.room(), func() { p.out.Notes(shown) }); left > 0 {
		p.out.Note(words.F("%d lines more: this window is too small for them.", left))
	}
	switch {
	case p.gone:
		p.out.Warn(words.F("Nobody presents any more. This page follows again by itself once `socklab present` runs."))
	case p.live:
		p.clock()
	default:
		p.out.Paragraph(words.Raw(p.time()))
	}
}

// footer is how many lines stand below the notes at most: what is left out, and
// the clock or why there is none.
const footer = 4

// room is how many lines the notes may take; 0: as many as they need.
func (p *page) room() int {
	if !p.live {
		return 0
	}
	_, rows, err := term.GetSize(int(p.app.std.out.Fd()))
	if err != nil || rows <= footer {
		return 0
	}
	return rows - footer
}

// take shows what has come: nil when there is no presentation. The notes of one
// that is gone stay.
func (p *page) take(st *notes.Status) {
	gone := st == nil
	if p.shown && gone == p.gone && (gone || reflect.DeepEqual(st, p.at)) {
		return
	}
	if p.gone = gone; !gone {
		p.at = st
	}
	p.draw()
}

// clock writes the last line over.
func (p *page) clock() {
	if p.live && p.at != nil && !p.gone {
		fmt.Fprint(p.app.std.out, sameLine+p.time())
	}
}

func (p *page) time() string {
	st := p.at
	return p.out.Clock(time.Since(st.Began), time.Duration(st.Minutes)*time.Minute, st.Step, st.Steps, st.Ended)
}

// notesPage is a status as it is shown.
func notesPage(st notes.Status) view.NotesPage {
	return view.NotesPage{
		Lesson: st.Lesson, Title: st.Title, Steps: st.Steps, Step: st.Step, StepID: st.StepID, StepTitle: st.StepTitle,
		Notes: st.Notes, Task: st.Task, Held: st.Held, Solution: st.Solution, Demo: st.Demo,
		Answers: st.Answers, Next: st.Next, Ended: st.Ended,
	}
}
