package pack

import "fmt"

// Kind tells which exception an error is in Python.
type Kind uint8

// The kinds of errors.
const (
	StructError   Kind = iota // struct.error
	OverflowError             // OverflowError: a float that is too large for its format
	MemoryError               // MemoryError: larger than [MaxSize]
)

// Error is what is wrong with a format, a value or a buffer. The words are
// CPython 3.11's, apart from those of a MemoryError, which has none there.
type Error struct {
	Kind Kind
	Msg  string
	Size int // of a MemoryError: how many bytes were asked for
}

func (e *Error) Error() string { return e.Msg }

func fail(format string, args ...any) *Error {
	return &Error{Msg: fmt.Sprintf(format, args...)}
}

// MaxSize is the largest struct that is packed; larger ones can only be
// measured.
const MaxSize = 64 << 20

func tooLarge(size int) *Error {
	return &Error{
		Kind: MemoryError, Size: size,
		Msg: fmt.Sprintf("a struct of %d bytes is not packed here: the limit is %d", size, MaxSize),
	}
}
