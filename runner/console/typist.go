//go:build linux || darwin

package console

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/rivo/uniseg"
)

// stall is how late a character may come and the next still be in time.
// Beyond it the program was stopped, or the machine was busy: what is due is
// then typed on, not thrown out at once.
const stall = 250 * time.Millisecond

// typist presses the keys of a line in place of the one at the keyboard. The
// parser gives them out and go-prompt draws the line as any other: its colour,
// its wrapping, what is written meanwhile above it, a window that changes.
//
// What was typed before is put aside and comes back after the line. What is
// typed meanwhile finishes the line: of it, all up to the first Enter is
// swallowed, the rest is for the next reader.
//
// The lock of the parser guards it.
type typist struct {
	ctx   context.Context
	first []byte // keys to go before the line
	text  string // what is to come of it
	mean  time.Duration
	rand  *rand.Rand

	begun  bool
	due    time.Time // when the next character comes
	hurry  bool      // all the rest at once
	broken bool      // Ctrl-C was pressed
	ahead  []byte    // typed before the line began
}

// The keys that empty the line: to its end, and all before the cursor away.
var emptyLine = []byte{0x05, 0x15}

func newTypist(ctx context.Context, line string, perChar time.Duration) *typist {
	return &typist{
		ctx:   ctx,
		text:  line,
		mean:  perChar,
		hurry: perChar <= 0,
		rand:  rand.New(rand.NewPCG(1, uint64(len(line)))),
	}
}

// key returns the next key if it is time for it. k is what the terminal sends,
// idle says that nothing has come for a while.
func (t *typist) key(k *keys, idle bool, now time.Time) []byte {
	ctrlC := len(k.buf) > 0 && k.buf[0] == keyCtrlC
	if !t.begun {
		t.begin(k, ctrlC, now)
	}
	switch {
	case ctrlC:
		k.drop(1)
		t.broken, t.ahead = true, nil
		return []byte{keyCtrlC}
	case t.ctx.Err() != nil:
		return []byte{keyCtrlC} // go-prompt forgets the line
	case len(t.first) > 0:
		key := t.first[:1]
		t.first = t.first[1:]
		return key
	case !t.hurry && k.pressed(idle):
		t.hurry = true
	}
	if !t.hurry && now.Before(t.due) {
		return nil
	}
	if t.text == "" {
		return []byte{keyEnter}
	}
	return t.characters(now)
}

// begin puts aside what was typed ahead. Only now is the terminal raw, and the
// half of a line that it kept until then to be had.
func (t *typist) begin(k *keys, ctrlC bool, now time.Time) {
	t.begun = true
	t.due = now.Add(t.pause())
	if !ctrlC {
		t.ahead, k.buf = k.buf, nil
	}
}

// characters takes those that are due: one, unless they come faster than
// go-prompt asks.
func (t *typist) characters(now time.Time) []byte {
	if t.hurry {
		key := []byte(t.text)
		t.text = ""
		return key
	}
	if now.Sub(t.due) > stall {
		t.due = now
	}
	var key []byte
	for t.text != "" && !now.Before(t.due) {
		var one string
		one, t.text, _, _ = uniseg.FirstGraphemeClusterInString(t.text, -1)
		key = append(key, one...)
		t.due = t.due.Add(t.pause())
	}
	return key
}

// pause is a person's: between half of the mean and half as much again.
func (t *typist) pause() time.Duration {
	return time.Duration((0.5 + t.rand.Float64()) * float64(t.mean))
}

// seat puts a typist at the keys.
func (p *parser) seat(t *typist) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.typist = t
	p.afterWake = len(t.first) > 0 // they undo the choice of a suggestion
}

// unseat gives the keys back, after what go-prompt held of a line begun and
// what was typed ahead, and reports whether Ctrl-C ended the line.
func (p *parser) unseat(kept string) (broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.typist
	p.typist = nil
	if t.broken {
		kept = "" // as the terminal drops what was typed before
	}
	p.keys.buf = slices.Concat([]byte(kept), t.ahead, p.keys.buf)
	return t.broken
}

// silence is what complete knows while a typist types. A nil one is of no
// effect.
type silence struct {
	asked bool
	kept  string // the line begun that go-prompt held
}

// keeps reports whether there are no suggestions for the text. The first
// question has the usual answer: go-prompt may hold a suggestion chosen.
func (q *silence) keeps(text string) bool {
	if q == nil || q.asked {
		return q != nil
	}
	q.asked, q.kept = true, text
	return false
}
