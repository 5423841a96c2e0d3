//go:build linux || darwin

package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	prompt "github.com/c-bata/go-prompt"
	"github.com/mattn/go-runewidth"
	"golang.org/x/sys/unix"
)

// tty reads lines with go-prompt. Its Run hangs when the window changes at the
// wrong moment, installs signal handlers that exit and runs commands with the
// terminal raw; so there is one Prompt, and its Input is called for each line,
// between a parser and a writer of our own.
//
//	keys ─▶ parser ─▶ Input ─▶ writer ─▶ terminal
//	           ▲        │ returns at Enter, Ctrl-C, Ctrl-D, or a wake
//	  wake ────┘        ▼
//	Out() ─▶ screen ◀─ ReadLine prints what waits, then Input draws the line again
type tty struct {
	opts    Options
	p       *prompt.Prompt
	par     *parser
	w       *writer
	screen  *screen
	history *history
	signals *signalWatch
	ctrlC   interrupts

	turn     chan struct{} // held by the one ReadLine, Type or Pending
	closed   chan struct{}
	closing  sync.Once
	fallback atomic.Pointer[plain] // after go-prompt has failed

	// The rest belongs to the holder of turn.
	prefix  string
	woke    bool // Input returned for a wake
	broken  bool // Input returned for Ctrl-C
	edited  bool // go-prompt keeps a line begun
	filled  bool // the text of which complete was asked last was not empty
	begun   bool // nor was the one before it, which at Ctrl-C is the line
	memo    suggested
	silence *silence // while a line types itself
}

// openTTY fails if there is no terminal that both input and output are, or
// go-prompt cannot be had.
func openTTY(opts Options) (Console, error) {
	// go-prompt writes to descriptor 1, whatever it is told.
	if !isTerminal(opts.In) || !isTerminal(opts.Out) || opts.Out.Fd() != uintptr(unix.Stdout) {
		return nil, errors.New("console: not a terminal")
	}
	par, err := openParser(opts.Out)
	if err != nil {
		return nil, err
	}
	c := &tty{
		opts:    opts,
		par:     par,
		screen:  &screen{w: opts.Out, wake: par.wake},
		w:       &writer{ConsoleWriter: prompt.NewStdoutWriter(), color: opts.Color, onDrawing: par.drew},
		history: loadHistory(opts.History),
		turn:    make(chan struct{}, 1),
		closed:  make(chan struct{}),
	}
	// In a Chinese locale runewidth would take arrows and quotes for two cells
	// wide; terminals draw them in one.
	runewidth.DefaultCondition.EastAsianWidth = false
	if err := c.newPrompt(); err != nil {
		_ = par.close()
		return nil, err
	}
	c.signals = watchSignals(signalHandlers{
		interrupt: c.interrupt,
		redraw:    par.wake,
		redrawOn:  []os.Signal{unix.SIGWINCH, unix.SIGCONT},
		restore:   c.restore,
		cleanup:   opts.Cleanup,
	})
	return c, nil
}

// newPrompt makes the Prompt. New opens /dev/tty once more, panics where it
// cannot, and leaves it open for child processes; that is put right here.
func (c *tty) newPrompt() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("console: %v", r)
		}
	}()
	spare, spareErr := unix.Open("/dev/tty", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if spareErr == nil {
		_ = unix.Close(spare) // the number the next open gets
	}
	c.p = prompt.New(func(string) {}, c.complete,
		prompt.OptionParser(c.par),
		prompt.OptionWriter(c.w),
		prompt.OptionHistory(slices.Clone(c.history.lines)),
		prompt.OptionLivePrefix(func() (string, bool) { return c.prefix, true }),
		prompt.OptionCompletionWordSeparator(Separators),
		prompt.OptionShowCompletionAtStart(), // a wake redraws the suggestions too
		prompt.OptionMaxSuggestion(maxSuggestions),
		prompt.OptionAddKeyBind(
			prompt.KeyBind{Key: prompt.F24, Fn: c.onWake},
			prompt.KeyBind{Key: prompt.Tab, Fn: c.onWake},
			prompt.KeyBind{Key: prompt.ControlC, Fn: func(*prompt.Buffer) { c.broken, c.w.mute = true, true }},
		),
		prompt.OptionSetExitCheckerOnInput(func(string, bool) bool { return c.woke || c.broken }),
	)
	if spareErr == nil {
		_, _ = unix.FcntlInt(uintptr(spare), unix.F_SETFD, unix.FD_CLOEXEC)
	}
	return nil
}

func (c *tty) onWake(*prompt.Buffer) {
	if c.par.takeWaking() {
		c.woke, c.w.mute = true, true
	}
}

func (c *tty) ReadLine(ctx context.Context, ps string) (string, error) {
	if err := c.takeTurn(ctx); err != nil {
		return "", err
	}
	defer func() { <-c.turn }()
	stop := context.AfterFunc(ctx, c.par.wake)
	defer stop()
	c.setPrefix(ps)
	for {
		if p := c.fallback.Load(); p != nil {
			return p.ReadLine(ctx, c.prefix)
		}
		line, again, err := c.read(ctx)
		if again {
			continue
		}
		if err == nil {
			c.remember(ctx, line)
		}
		if err == nil && line == "" {
			c.screen.bareLine()
		}
		if errors.Is(err, ErrInterrupted) {
			c.ctrlC.cancelAll()
		}
		return line, err
	}
}

// setPrefix takes the last line of a prompt for go-prompt, which knows no
// other, and prints the others above it.
func (c *tty) setPrefix(ps string) {
	if i := strings.LastIndexByte(ps, '\n'); i >= 0 {
		c.screen.line(ps[:i])
		ps = ps[i+1:]
	}
	c.prefix = ps
}

// read takes a line that was pasted, or has one edited. It is to be called
// again after a wake.
func (c *tty) read(ctx context.Context) (line string, again bool, err error) {
	// A wake is forgotten before its reasons are looked at, never after.
	c.screen.show(c.par.ready)
	if ctx.Err() != nil {
		c.screen.hide()
		return "", false, context.Cause(ctx)
	}
	if !c.edited {
		c.memo = suggested{}
		if line, ok := c.par.takeLine(); ok {
			c.screen.hide()
			c.screen.line(c.prefix + line)
			return line, false, nil
		}
	}
	return c.edit()
}

// edit calls Input once. The screen is to be shown before.
func (c *tty) edit() (line string, again bool, err error) {
	c.woke, c.broken = false, false
	line, failure := c.input()
	c.w.mute = false
	c.screen.hide()
	if failure != nil {
		c.fallBack(failure)
		return "", true, nil
	}
	last, gone, closed := c.par.state()
	c.edited = c.woke
	switch {
	case closed:
		return "", false, ErrClosed
	case gone:
		return "", false, io.EOF
	case c.woke:
		return "", true, nil
	case c.broken && c.begun:
		return "", false, ErrLineDropped
	case c.broken:
		return "", false, ErrInterrupted
	case line == "" && last == keyCtrlD:
		return "", false, io.EOF
	}
	return line, false, nil
}

func (c *tty) input() (line string, failure any) {
	defer func() { failure = recover() }()
	return c.p.Input(), nil
}

// fallBack goes on with plain lines: go-prompt has panicked and its state is
// not to be trusted any more.
func (c *tty) fallBack(failure any) {
	c.par.retire()
	c.screen.line(c.opts.Lang.T("the line editor failed (%v); going on without it", failure))
	c.fallback.Store(newPlain(c.opts.In, c.screen))
}

func (c *tty) Pending() (string, bool) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-c.closed:
		return "", false
	}
	if p := c.fallback.Load(); p != nil {
		return p.Pending()
	}
	return c.par.peek(pasteWait)
}

// interrupt is a SIGINT: Ctrl-C while the terminal is not raw, or kill(1).
func (c *tty) interrupt() {
	if p := c.fallback.Load(); p != nil {
		p.interrupt()
		c.ctrlC.cancelAll()
		return
	}
	atPrompt := c.screen.atPrompt()
	c.par.interrupt(atPrompt)
	if !atPrompt {
		c.screen.leave() // after the ^C that the terminal has written
		c.ctrlC.cancelAll()
	}
}

func (c *tty) WithInterrupt(ctx context.Context) (context.Context, context.CancelFunc) {
	return c.ctrlC.with(ctx)
}

func (c *tty) Out() io.Writer         { return c.screen }
func (c *tty) Interactive() bool      { return true }
func (c *tty) Size() (cols, rows int) { return sizeOf(c.opts.Out) }

// restore gives the terminal back before a signal ends the program.
func (c *tty) restore() {
	_ = c.par.close()
	if c.screen.atPrompt() {
		c.screen.leave()
	}
}

func (c *tty) Close() error {
	var err error
	c.closing.Do(func() {
		close(c.closed)
		err = c.par.close()
		if p := c.fallback.Load(); p != nil {
			_ = p.Close()
		}
		c.signals.close()
	})
	return err
}
