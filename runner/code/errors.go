package code

import (
	"errors"
	"fmt"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/socklab/socklab/runner/words"
)

// ErrInterrupted is what Config.ReadLine returns when the person pressed
// Ctrl-C while a line was asked for.
var ErrInterrupted = errors.New("interrupted")

// Error is everything that can go wrong in a source: Python's exception, the
// symbol and number of a system call if one failed, the words, and the place.
type Error struct {
	Kind string     // Python's exception, such as "ConnectionRefusedError"
	Tag  string     // symbol and number, such as "ECONNREFUSED 111", or ""
	Msg  words.Text // what happened
	Hint words.Text // what to do about it; may be empty
	Err  error      // the cause, for errors.Is and errors.As; may be nil

	File string // the source's name
	Line int    // 1-based; 0 if there is no place
	Col  int    // 1-based, in runes; 0 if only the line is known
	Text string // the line of the source, tabs as single spaces
}

// Error says the kind, the tag and the words in one line of English.
func (e *Error) Error() string { return e.In(words.English) }

// In says the kind, the tag and the words in one line of the language l. Place
// and hint are not in it.
func (e *Error) In(l words.Lang) string {
	msg := e.Msg.In(l)
	switch {
	case e.Tag != "":
		return strings.TrimSpace(e.Kind + " [" + e.Tag + "] " + msg)
	case msg == "":
		return e.Kind
	}
	return e.Kind + ": " + msg
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CaretCells is the number of terminal cells in front of the caret that marks
// the place in Text, or -1 if there is no column.
func (e *Error) CaretCells() int {
	if e.Col <= 0 {
		return -1
	}
	runes := []rune(e.Text)
	n := min(e.Col-1, len(runes))
	return uniseg.StringWidth(string(runes[:n]))
}

// at gives the error its place, if it has none yet.
func (e *Error) at(src *sourceText, p pos) *Error {
	if e.Line != 0 {
		return e
	}
	e.File, e.Line, e.Col = src.name, int(p.line), int(p.col)
	e.Text = src.line(int(p.line))
	return e
}

// hint adds what to do about the error.
func (e *Error) hint(t words.Text) *Error {
	e.Hint = t
	return e
}

// raise makes an error in CPython's words, which stay English.
func raise(kind, tag, format string, args ...any) *Error {
	return &Error{Kind: kind, Tag: tag, Msg: words.Raw(fmt.Sprintf(format, args...))}
}

// raiseText makes an error in our own words.
func raiseText(kind, tag string, msg words.Text) *Error {
	return &Error{Kind: kind, Tag: tag, Msg: msg}
}

func typeError(format string, args ...any) *Error {
	return raise("TypeError", "", format, args...)
}

func valueError(format string, args ...any) *Error {
	return raise("ValueError", "", format, args...)
}

// noMemory refuses to make something that would end the whole program.
func noMemory() *Error {
	return raiseText("MemoryError", "", words.F("that would be too large to make here"))
}
