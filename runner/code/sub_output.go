package code

import (
	"context"
	"os"
	"sync"
	"unicode/utf8"

	"github.com/socklab/socklab/netlab/process"
)

// childOutput is what a child prints without a pipe of its own: it goes to the
// console as it comes.
type childOutput struct {
	q     *process.Pipe
	print func(string)

	mu   sync.Mutex // the fields below, and the order on the screen
	tail []byte     // the beginning of a character
	end  bool
}

// collectOutput makes the pipe for a child's output; the caller gives w to the
// child and closes it.
func (n *Net) collectOutput() (o *childOutput, w *os.File, err error) {
	o = &childOutput{print: n.Output}
	if o.q, w, err = process.NewPipe(); err != nil {
		return nil, nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	n.Lab.Go(func() {
		defer stop()
		for !o.over() && o.q.ReadWith(ctx, o.take) == nil {
		}
		_ = o.q.Close()
	})
	n.Lab.Go(func() { // a survivor must not keep the lab from closing
		select {
		case <-n.Lab.Done():
			stop()
		case <-ctx.Done():
		}
	})
	return o, w, nil
}

func (o *childOutput) over() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.end
}

// take reads once and prints what it got, whole characters only.
func (o *childOutput) take(read func([]byte) (int, error)) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	buf := make([]byte, 16<<10)
	n, err := read(buf)
	if err != nil {
		return err
	}
	o.end = n <= 0
	text := append(o.tail, buf[:n]...)
	cut := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text) && !o.end; back++ {
		if b := text[len(text)-back]; utf8.RuneStart(b) {
			if !utf8.FullRune(text[len(text)-back:]) {
				cut -= back
			}
			break
		}
	}
	o.tail = append([]byte(nil), text[cut:]...)
	if cut > 0 {
		o.print(string(text[:cut]))
	}
	return nil
}

// drain prints what is in the pipe now, so that it stands on the screen before
// what comes next. Of a background program that prints on it takes only that.
func (o *childOutput) drain() {
	level, err := o.q.Level()
	for read := 0; err == nil && read <= level && !o.over(); read += 16 << 10 {
		err = o.q.ReadNow(o.take)
	}
	o.mu.Lock() // of the goroutine that reads, if it has just begun
	defer o.mu.Unlock()
}
