// Package console reads the lines a learner types and carries what is shown to
// them.
//
// It provides:
//
//   - [Console], a reader of lines with a writer beside it;
//   - [Open], which takes the line editor on a terminal and plain lines
//     everywhere else: pipes, files, TERM=dumb, no controlling terminal;
//   - [NewPlain], plain lines over any reader and writer;
//   - [Go] and [Guard], which give the terminal back before a panic ends the
//     program.
//
// It does not know what a line means, colours no output but its own prompt and
// suggestions, and never decides that the program ends, save on SIGTERM,
// SIGHUP and SIGQUIT.
package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/socklab/socklab/runner/words"
)

var (
	// ErrInterrupted is returned by ReadLine when Ctrl-C was pressed at the
	// prompt, and is the cause of a context of WithInterrupt that Ctrl-C ended.
	ErrInterrupted = errors.New("console: interrupted")
	// ErrLineDropped is the ErrInterrupted of a Ctrl-C that has dropped a line
	// begun. Where the terminal itself edits lines nobody can tell whether one
	// was begun: there it is the first of two in a row.
	ErrLineDropped = fmt.Errorf("%w: the line was dropped", ErrInterrupted)
	// ErrClosed is returned by ReadLine after Close.
	ErrClosed = errors.New("console: closed")
	// ErrTooLong is returned by ReadLine of a plain console for a line of more
	// than 64 MiB. The rest of that line is not read.
	ErrTooLong = errors.New("console: the line is longer than 64 MiB")
)

// Console reads lines and writes output. Out may be used by any goroutine, and
// so may the other methods, but ReadLine, Type and Pending take turns.
type Console interface {
	// ReadLine shows the prompt and returns the next line without its ending.
	// The error is io.EOF on Ctrl-D or at the end of the input, ErrInterrupted
	// or ErrLineDropped on Ctrl-C, and context.Cause(ctx) when ctx ends first; the line, typed or
	// half typed, then goes to the next reader.
	ReadLine(ctx context.Context, prompt string) (string, error)
	// Pending returns the next line without taking it, if there is one: it was
	// pasted, or the input is a pipe or a file, where Pending waits for it.
	Pending() (line string, ok bool)
	// Out takes whole lines, which appear above the prompt if one is showing.
	// A last line without its ending is given one before the next prompt.
	Out() io.Writer
	// Interactive reports whether someone types: the input is a terminal.
	Interactive() bool
	// Size is that of the window, 80x24 if there is none.
	Size() (cols, rows int)
	// Type shows a line as if somebody typed it at the prompt, a character at a
	// time, with a pause of about perChar before each and before Enter. At once,
	// if perChar is 0 and wherever there is no line editor. The line is in the
	// history of this session, not in the file, unless ctx is of NoHistory.
	//
	// Any key finishes the line at once. It is swallowed; of several that come
	// together, as those of a paste, up to the first Enter. What was typed
	// before Type is for the next reader. The error is ErrInterrupted on Ctrl-C
	// and context.Cause(ctx) when ctx ends first; the line is then not one.
	//
	// The text is one line: an end of a line in it becomes a space, other
	// control characters are left out.
	Type(ctx context.Context, prompt, text string, perChar time.Duration) error
	// Clear empties the screen, so that what follows stands at its top; what
	// has scrolled off stays. Without a terminal, or on a dumb one, it does
	// nothing.
	Clear()
	// WithInterrupt returns a context that Ctrl-C cancels with the cause
	// ErrInterrupted. It is for the time a command runs; call the CancelFunc
	// after it.
	WithInterrupt(ctx context.Context) (context.Context, context.CancelFunc)
	// Close gives the terminal back as it was. Closing again does nothing.
	Close() error
}

// Suggestion is offered while a word is typed.
type Suggestion struct {
	Text string // replaces the word before the cursor
	Note string // stands beside it
}

// Separators are the characters that end a word for suggestions.
const Separators = " ()[]{},=:\"'"

// Options say how Open makes a console.
type Options struct {
	In, Out *os.File // standard input and output if nil
	Plain   bool     // no line editor even on a terminal
	Color   bool     // the prompt and the suggestions in colour
	History string   // the file of lines typed before, "" for none

	// Complete returns what the word before the cursor may become. It is not
	// asked for an empty word. It runs while ReadLine does, on its goroutine.
	Complete func(before string) []Suggestion
	// Cleanup runs when SIGTERM or SIGHUP ends the program, after the terminal
	// is given back. It has three seconds.
	Cleanup func()
	// Lang is the language of the few sentences that are the console's own.
	Lang words.Lang
}

// Open returns the line editor if input and output are one terminal that can
// do it, and a plain console otherwise. From then on SIGINT ends nothing but a
// context of WithInterrupt or a ReadLine, until Close.
func Open(opts Options) (Console, error) {
	if opts.In == nil {
		opts.In = os.Stdin
	}
	if opts.Out == nil {
		opts.Out = os.Stdout
	}
	if !opts.Lang.Valid() {
		opts.Lang = words.English
	}
	if !opts.Plain && os.Getenv("TERM") != "dumb" {
		if con, err := openTTY(opts); err == nil {
			return con, nil
		}
	}
	p := newPlain(opts.In, opts.Out)
	p.signals = watchSignals(signalHandlers{
		interrupt: p.interrupt,
		restore:   func() {},
		cleanup:   opts.Cleanup,
	})
	return p, nil
}

// Guard runs f on this goroutine. If f panics, the terminal is given back
// before the panic goes on.
func Guard(con Console, f func()) {
	returned := false
	defer func() {
		if !returned {
			_ = con.Close()
		}
	}()
	f()
	returned = true
}

// Go runs f on a goroutine of its own under [Guard]. A panic in a bare
// goroutine would end the program with the terminal still raw.
func Go(con Console, f func()) { go Guard(con, f) }

type noHistory struct{}

// NoHistory returns a context for a ReadLine whose line is an answer, not a
// command: it is not kept for the arrow keys, nor in the history file.
func NoHistory(ctx context.Context) context.Context {
	return context.WithValue(ctx, noHistory{}, true)
}
