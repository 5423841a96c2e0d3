package console

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

const (
	maxPlainLine = 64 << 20
	// pasteWait is how long Pending waits on a terminal: a paste arrives in
	// several writes.
	pasteWait = 20 * time.Millisecond
)

// NewPlain returns a console that reads plain lines from in and writes to out.
// It shows no prompt unless in is a terminal. Nothing is done about signals.
// Close does not close in or out; a read of in that has begun goes on.
func NewPlain(in io.Reader, out io.Writer) Console { return newPlain(in, out) }

type plain struct {
	in          *bufio.Reader
	interactive bool
	window      *os.File // nil if out is not a file
	out         *plainWriter
	signals     *signalWatch // nil if nobody watches them
	ctrlC       interrupts   // of the commands
	asking      interrupts   // of the one that waits for a line

	turn    chan struct{} // held by the one ReadLine, Type or Pending
	closed  chan struct{}
	closing sync.Once

	broke   bool          // the last ReadLine ended with Ctrl-C
	reading chan lineRead // of the read that has begun; nil if none
	next    *lineRead     // read and not yet taken
}

type lineRead struct {
	line string
	err  error
}

func newPlain(in io.Reader, out io.Writer) *plain {
	p := &plain{
		in:     bufio.NewReaderSize(in, 64<<10),
		out:    &plainWriter{w: out},
		turn:   make(chan struct{}, 1),
		closed: make(chan struct{}),
	}
	if f, ok := in.(*os.File); ok {
		p.interactive = isTerminal(f)
	}
	p.window, _ = out.(*os.File)
	return p
}

func (p *plain) ReadLine(ctx context.Context, prompt string) (string, error) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case <-p.closed:
		return "", ErrClosed
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	ctx, over := p.asking.with(ctx) // before the prompt shows: from then on Ctrl-C is for it
	defer over()
	if p.interactive {
		p.out.showPrompt(prompt)
		defer p.out.hidePrompt()
	}
	err := p.fetch(ctx, nil)
	again := p.broke
	p.broke = errors.Is(err, ErrInterrupted)
	if p.broke && p.interactive && !again {
		err = ErrLineDropped
	}
	if err == nil {
		r := *p.next
		p.next = nil
		if r.err != nil {
			p.next = &r // an end stays an end
		}
		if r.err == nil {
			return r.line, nil
		}
		err = r.err
	}
	if p.interactive {
		p.out.endLine() // nobody pressed Enter after this prompt
	}
	return "", err
}

func (p *plain) Pending() (string, bool) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-p.closed:
		return "", false
	}
	var patience <-chan time.Time
	if p.interactive {
		timer := time.NewTimer(pasteWait)
		defer timer.Stop()
		patience = timer.C
	}
	ctx, over := p.asking.with(context.Background())
	defer over()
	if err := p.fetch(ctx, patience); err != nil || p.next.err != nil {
		return "", false
	}
	return p.next.line, true
}

var errNotYet = errors.New("console: no line yet")

// fetch waits until p.next is there. The read itself cannot be stopped: when
// fetch gives up, its line is for the next one who asks.
func (p *plain) fetch(ctx context.Context, patience <-chan time.Time) error {
	if p.next != nil {
		return nil
	}
	if p.reading == nil {
		ch := make(chan lineRead, 1)
		p.reading = ch
		go func() {
			line, err := readLine(p.in)
			ch <- lineRead{line, err}
		}()
	}
	select {
	case r := <-p.reading:
		p.next, p.reading = &r, nil
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-p.closed:
		return ErrClosed
	case <-patience:
		return errNotYet
	}
}

// readLine reads up to the next newline and takes it off, with a carriage
// return before it. All other bytes stay as they are. A last line without a
// newline is a line.
func readLine(in *bufio.Reader) (string, error) {
	var long []byte
	for {
		part, err := in.ReadSlice('\n')
		long = append(long, part...)
		switch {
		case err == nil:
			long = bytes.TrimSuffix(long, []byte("\n"))
			return string(bytes.TrimSuffix(long, []byte("\r"))), nil
		case errors.Is(err, bufio.ErrBufferFull) && len(long) <= maxPlainLine:
		case errors.Is(err, bufio.ErrBufferFull):
			return "", ErrTooLong
		case len(long) > 0:
			return string(bytes.TrimSuffix(long, []byte("\r"))), nil
		default:
			return "", err
		}
	}
}

// interrupt is Ctrl-C: it reaches the command that runs and the ReadLine that
// waits.
func (p *plain) interrupt() {
	p.ctrlC.cancelAll()
	if !p.asking.cancelAll() && p.interactive {
		p.out.endLine() // after the ^C that the terminal has shown
	}
}

func (p *plain) WithInterrupt(ctx context.Context) (context.Context, context.CancelFunc) {
	return p.ctrlC.with(ctx)
}

func (p *plain) Out() io.Writer         { return p.out }
func (p *plain) Interactive() bool      { return p.interactive }
func (p *plain) Size() (cols, rows int) { return sizeOf(p.window) }

func (p *plain) Close() error {
	p.closing.Do(func() {
		close(p.closed)
		if p.signals != nil {
			p.signals.close()
		}
	})
	return nil
}

// plainWriter writes to w. While a prompt shows, output goes to lines of its
// own and the prompt is shown again below them.
type plainWriter struct {
	mu     sync.Mutex
	w      io.Writer
	prompt string // the one showing
	midway bool   // the last line has no ending yet
}

func (o *plainWriter) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.prompt == "" {
		return o.put(b)
	}
	if _, err := o.put([]byte("\n")); err != nil {
		return 0, err
	}
	n, err := o.put(b)
	if err != nil {
		return n, err
	}
	o.freshLine()
	_, err = o.put([]byte(o.prompt))
	return n, err
}

func (o *plainWriter) put(b []byte) (int, error) {
	if len(b) > 0 {
		o.midway = leavesMidway(b)
	}
	return o.w.Write(b)
}

func (o *plainWriter) freshLine() {
	if o.midway {
		_, _ = o.put([]byte("\n"))
	}
}

func (o *plainWriter) showPrompt(prompt string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.freshLine()
	o.prompt = prompt
	_, _ = o.put([]byte(prompt))
}

// hidePrompt is called after Enter, which the terminal has shown itself.
func (o *plainWriter) hidePrompt() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.prompt, o.midway = "", false
}

// line writes a line that stands by itself.
func (o *plainWriter) line(text string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.freshLine()
	_, err := o.put([]byte(text + "\n"))
	return err
}

func (o *plainWriter) endLine() {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, _ = o.put([]byte("\n"))
}
