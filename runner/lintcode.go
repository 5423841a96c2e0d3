package runner

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/words"
)

// LintOptions are the checks of facts, code and servers for [lessons.Lint].
func LintOptions() lessons.Options {
	return lessons.Options{CheckFact: checkFact, CheckCode: checkCode, CheckServers: checkServers}
}

// lintError is a fault of code with its line.
type lintError struct {
	line int
	text string
}

func (e *lintError) Error() string { return e.text }

// Line is counted from 1 within the block.
func (e *lintError) Line() int { return e.line }

// factPlace matches the place that the language puts before its messages.
var factPlace = regexp.MustCompile(`^[^:\s]*:(\d+):\d+: `)

// undefined matches the message about a name that is no fact.
var undefined = regexp.MustCompile(`^undefined: (\w+)$`)

// checkFact compiles a fact and says what to do about a fault of it.
func checkFact(expr string) error {
	err := check.Lint(expr)
	if err == nil {
		return nil
	}
	e := &lintError{line: 1, text: err.Error()}
	if m := factPlace.FindStringSubmatch(e.text); m != nil {
		e.line, _ = strconv.Atoi(m[1])
		e.line = min(e.line, 1+strings.Count(expr, "\n")) // its end has a line of its own
		e.text = e.text[len(m[0]):]
	}
	switch m := undefined.FindStringSubmatch(e.text); {
	case m != nil:
		e.text += " (" + nearestFact(m[1]) + ")"
	case strings.HasPrefix(e.text, "got "):
		e.text += ": look at the brackets and commas of this fact"
	}
	return e
}

func nearestFact(name string) string {
	var names []string
	for _, w := range check.Vocabulary() {
		names = append(names, w.Name)
	}
	if near := words.Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "the facts are " + strings.Join(names, ", ")
}

// codeRemedy is what to do about a fault of code.
func codeRemedy(err *code.Error) string {
	if !err.Hint.Empty() {
		return ": " + err.Hint.String()
	}
	return ": try the line at the prompt of `socklab play`"
}

// checkCode parses the inputs of a block; nothing runs.
func checkCode(block string) error {
	var faults []error
	eachInput(block, func(line int, text string) {
		if err := code.Check(code.Source{Text: text}, isVerb); err != nil {
			faults = append(faults, &lintError{line: line + max(err.Line, 1) - 1, text: err.Error() + codeRemedy(err)})
		}
	})
	return errors.Join(faults...)
}

// eachInput gives the inputs of a block with their lines, counted from 1.
func eachInput(block string, each func(line int, text string)) {
	line := 1
	rest := block
	for _, text := range inputs(block) {
		at := strings.Index(rest, text)
		line += strings.Count(rest[:max(at, 0)], "\n")
		rest = rest[max(at, 0):]
		each(line, text)
	}
}
