package console

import (
	"bytes"
	"context"
	"os"
	"strings"
	"time"
	"unicode"
)

// clearScreen is ECMA-48: cursor home, erase in display. What has scrolled off
// stays.
const clearScreen = "\x1b[H\x1b[2J"

// leavesMidway reports whether the cursor is not at the left after b.
func leavesMidway(b []byte) bool {
	return b[len(b)-1] != '\n' && !bytes.HasSuffix(b, []byte(clearScreen))
}

// oneLine makes text fit for a line that is typed: an end of a line becomes a
// space, other control characters but tabs are left out.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r == '\n':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// asDrawn is a line of oneLine without its tabs: a line editor has no place to
// jump to, and takes the character for its key.
func asDrawn(line string) string { return strings.ReplaceAll(line, "\t", "    ") }

// Type writes the whole line at once: a line that grows is a torment to a
// screen reader and nothing in a file.
func (p *plain) Type(ctx context.Context, prompt, text string, _ time.Duration) error {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-p.closed:
		return ErrClosed
	}
	select {
	case <-p.closed:
		return ErrClosed
	default:
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	p.broke = false
	return p.out.line(prompt + asDrawn(oneLine(text)))
}

func (p *plain) Clear() {
	if isTerminal(p.window) && os.Getenv("TERM") != "dumb" {
		_, _ = p.out.Write([]byte(clearScreen))
	}
}
