package notes

import (
	"fmt"
	"io/fs"

	"github.com/socklab/socklab/runner/words"
)

// Fault is why the two terminals cannot meet, with the remedy.
type Fault struct {
	Text words.Text
	Err  error // what the system said; may be nil
}

// Error is the Text in English.
func (f *Fault) Error() string { return f.Text.String() }

// Unwrap returns what the system said.
func (f *Fault) Unwrap() error { return f.Err }

// Busy says that another presentation runs.
type Busy struct {
	PID int // its process; 0 if that is not known
}

// Error is the Text in English.
func (b *Busy) Error() string { return b.Text().String() }

// Text says so, and what to do.
func (b *Busy) Text() words.Text {
	if b.PID == 0 {
		return words.F("another presentation runs; end it first")
	}
	return words.F("another presentation runs, as process %d; end it first", b.PID)
}

func linkFault(dir string) error {
	return &Fault{Text: words.F("%s is not a folder, or is a link; remove it, socklab makes it anew", dir)}
}

func ownerFault(dir string, uid int) error {
	return &Fault{Text: words.F("%s belongs to another user (uid %d) and is not used; choose a folder of your own in both terminals: mkdir -m 700 ~/.socklab-run; export XDG_RUNTIME_DIR=~/.socklab-run", dir, uid)}
}

func modeFault(dir string, mode fs.FileMode) error {
	return &Fault{Text: words.F("others may enter %s (mode %s), so it is not used; close it: chmod 700 %s", dir, fmt.Sprintf("%#o", mode.Perm()), dir)}
}

func baseFault(dir string) error {
	return &Fault{Text: words.F("others may change what is in %s, so no folder is made there; choose one of your own in both terminals: mkdir -m 700 ~/.socklab-run; export XDG_RUNTIME_DIR=~/.socklab-run", dir)}
}

func longFault(path string) error {
	return &Fault{Text: words.F("%s is too long for the address of a Unix socket (%d bytes at most); choose a shorter folder in both terminals: mkdir -m 700 /tmp/x; export XDG_RUNTIME_DIR=/tmp/x", path, maxPath)}
}

func systemFault(err error) error {
	return &Fault{
		Text: words.F("%v; choose a folder that you can write to in both terminals: mkdir -m 700 /tmp/x; export XDG_RUNTIME_DIR=/tmp/x", err),
		Err:  err,
	}
}
