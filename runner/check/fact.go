package check

import (
	"errors"
	"time"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// A fact is what a word of the vocabulary returns: its truth is the answer,
// and it carries what was seen.
type fact struct {
	held bool
	at   time.Duration // the moment from which it held, for before()
	last time.Duration // the latest moment at which it came true again
	late bool          // at is when it was noticed: it may have held earlier
	seen words.Text
	try  words.Text
}

// come notes that the fact came true at a moment; it may do so again.
func (f *fact) come(at time.Duration) {
	if !f.held {
		f.held, f.at = true, at
	}
	f.last = max(f.last, at)
}

var errUnhashable = errors.New("a fact is no key")

func (f *fact) String() string        { return "fact" }
func (f *fact) Type() string          { return "fact" }
func (f *fact) Freeze()               {}
func (f *fact) Truth() starlark.Bool  { return starlark.Bool(f.held) }
func (f *fact) Hash() (uint32, error) { return 0, errUnhashable }

var _ starlark.Value = (*fact)(nil)
