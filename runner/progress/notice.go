package progress

import (
	"errors"

	"github.com/socklab/socklab/runner/words"
)

// The reasons of a [Notice], for errors.Is.
var (
	// ErrCorrupt says that the file was not readable as progress. It has been
	// renamed, and the store began with an empty one.
	ErrCorrupt = errors.New("progress: the file is damaged")
	// ErrNewer says that the file has a format this version does not know. It
	// is left alone and the store works in memory.
	ErrNewer = errors.New("progress: the file is of a newer version")
	// ErrMemory says that nothing can be saved and the store works in memory.
	ErrMemory = errors.New("progress: kept in memory only")
)

// Notice is what the learner should be told about the file. The store works.
type Notice struct {
	Text words.Text
	Kept string // where a damaged file was put, "" otherwise
	Err  error  // one of ErrCorrupt, ErrNewer, ErrMemory
}

// Error is the Text in English.
func (n *Notice) Error() string { return n.Text.String() }

// Unwrap returns the reason.
func (n *Notice) Unwrap() error { return n.Err }

func corruptNotice(kept string) *Notice {
	return &Notice{
		Text: words.F("the file of your progress was damaged and is kept as %s; progress starts anew", kept),
		Kept: kept,
		Err:  ErrCorrupt,
	}
}

func stuckNotice(err error) *Notice {
	return &Notice{
		Text: words.F("the file of your progress was damaged and could not be moved aside (%v); progress is kept until you quit", err),
		Err:  ErrMemory,
	}
}

func newerNotice(path string) *Notice {
	return &Notice{
		Text: words.F("%s was written by a newer socklab and is left as it is; progress is kept until you quit", path),
		Err:  ErrNewer,
	}
}

func memoryNotice(err error) *Notice {
	return &Notice{
		Text: words.F("progress cannot be saved (%v) and is kept until you quit", err),
		Err:  ErrMemory,
	}
}

func homelessNotice() *Notice {
	return &Notice{
		Text: words.F("there is no home folder to save progress in; it is kept until you quit"),
		Err:  ErrMemory,
	}
}
