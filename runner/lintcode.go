package runner

import (
	"errors"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/code"
)

// LintOptions are the checks of facts and code for [lessons.Lint].
func LintOptions() lessons.Options {
	return lessons.Options{CheckFact: check.Lint, CheckCode: checkCode}
}

// lintError is a fault of code with its line.
type lintError struct {
	line int
	text string
}

func (e *lintError) Error() string { return e.text }

// Line is counted from 1 within the block.
func (e *lintError) Line() int { return e.line }

// checkCode parses the inputs of a block; nothing runs.
func checkCode(block string) error {
	var faults []error
	line := 1
	rest := block
	for _, text := range inputs(block) {
		at := strings.Index(rest, text)
		line += strings.Count(rest[:max(at, 0)], "\n")
		rest = rest[max(at, 0):]
		if err := code.Check(code.Source{Text: text}, isVerb); err != nil {
			faults = append(faults, &lintError{line: line + max(err.Line, 1) - 1, text: err.Error()})
		}
	}
	return errors.Join(faults...)
}
