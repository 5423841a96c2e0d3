package runner

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/socklab/socklab/runner/code"
)

// read reads one input: a line, or a block of lines with the prompt "... ".
func (s *Session) read(ctx context.Context) (string, error) {
	text, err := s.firstLine(ctx)
	if err != nil {
		return "", err
	}
	for more := s.wantsMore(text); more; {
		line, err := s.con.ReadLine(ctx, "... ")
		if errors.Is(err, io.EOF) {
			break // what there is may be complete; if not, running it says so
		}
		if err != nil {
			return "", err
		}
		text += "\n" + line
		more = plainlyMore(text, line) || s.wantsMore(text)
	}
	return text, nil
}

// plainlyMore spares reading a long text again for each of its lines: a line
// within a block goes on with it, and an open bracket is closed by no line
// without a closing one.
func plainlyMore(text, line string) bool {
	if strings.TrimSpace(line) == "" {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	switch strings.TrimRight(first, ":") {
	case "while", "for", "if", "def":
		return strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
	}
	return !strings.ContainsAny(line, ")]}'\"\\") && strings.ContainsAny(text[:strings.IndexByte(text, '\n')], "([{")
}

// wantsMore tells whether a block goes on. A blank line ends it when a person
// types; in pasted or piped text it does not if the next line is indented.
func (s *Session) wantsMore(text string) bool {
	if code.More(text, isVerb) {
		return true
	}
	before, last, isBlock := cutLastLine(text)
	if !isBlock || strings.TrimSpace(last) != "" || !code.More(strings.TrimRight(before, " \t\n"), isVerb) {
		return false
	}
	next, ok := s.con.Pending()
	return ok && (strings.HasPrefix(next, " ") || strings.HasPrefix(next, "\t") || strings.HasPrefix(next, "#"))
}

func cutLastLine(text string) (before, last string, found bool) {
	i := strings.LastIndexByte(text, '\n')
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+1:], true
}

// inputs cuts the lines of a block of a lesson into the inputs that a person
// would type, so that an error ends one of them and not the rest.
func inputs(block string) []string {
	var list []string
	lines := strings.Split(block, "\n")
	for i := 0; i < len(lines); i++ {
		text := lines[i]
		for i+1 < len(lines) && (code.More(text, isVerb) || continues(text, lines[i+1])) {
			i++
			text += "\n" + lines[i]
		}
		if bare := strings.TrimSpace(text); bare != "" && !isComment(bare) {
			list = append(list, text)
		}
	}
	return list
}

// continues is the rule of [Session.wantsMore] for the lines of a block.
func continues(text, next string) bool {
	before, last, isBlock := cutLastLine(text)
	return isBlock && strings.TrimSpace(last) == "" && strings.HasPrefix(next, " ") &&
		code.More(strings.TrimRight(before, " \t\n"), isVerb)
}

func isComment(text string) bool {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return false
		}
	}
	return true
}
