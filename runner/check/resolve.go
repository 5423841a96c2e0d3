package check

import (
	"errors"

	"go.starlark.net/resolve"
	"go.starlark.net/syntax"
)

// A place is where a fault is, in the expression with the bracket that compile
// puts in front of it.
type place struct {
	line, col int
	msg       string
}

// syntaxError moves a fault from the expression to the file it stands in.
func syntaxError(st Statement, err error) error {
	var fault syntax.Error
	var names resolve.ErrorList
	switch {
	case errors.As(err, &fault):
		return placed(st, place{int(fault.Pos.Line), int(fault.Pos.Col), fault.Msg})
	case errors.As(err, &names) && len(names) > 0: // words outside the vocabulary
		return placed(st, place{int(names[0].Pos.Line), int(names[0].Pos.Col), names[0].Msg})
	}
	return placed(st, place{1, 2, err.Error()})
}

func placed(st Statement, p place) *SyntaxError {
	if p.line == 1 {
		p.col-- // the bracket in front
	}
	return &SyntaxError{File: st.File, Line: st.Line + p.line - 1, Col: max(p.col, 1), Text: p.msg}
}
