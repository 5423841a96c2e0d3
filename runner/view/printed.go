package view

import (
	"regexp"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// sgr matches the escape sequences that set colours, ECMA-48 §8.3.117. They
// are the only ones that a program's own output may contain.
var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

const sgrReset = "\x1b[0m"

// Printed shows what a program of the learner prints, line ends included. Its
// colours stay if this renderer has any, and are left out otherwise; every
// other control character is made visible, since part of the text may have
// come from the network.
func (r *Renderer) Printed(text string) {
	var b strings.Builder
	colored := false
	rest := text
	for {
		at := sgr.FindStringIndex(rest)
		if at == nil {
			break
		}
		b.WriteString(printable(rest[:at[0]]))
		if r.opts.Color {
			b.WriteString(rest[at[0]:at[1]])
			colored = rest[at[0]:at[1]] != sgrReset && rest[at[0]:at[1]] != "\x1b[m"
		}
		rest = rest[at[1]:]
	}
	b.WriteString(printable(rest))
	if colored {
		b.WriteString(sgrReset)
	}
	r.write(b.String())
}

// printable keeps tabs and line ends.
func printable(s string) string {
	parts := strings.Split(s, "\t")
	for i, p := range parts {
		parts[i] = CleanLines(p)
	}
	return strings.Join(parts, "\t")
}

// Try prints what to try after an error.
func (r *Renderer) Try(t words.Text) { r.labelled(Heading, r.Lang().T("Try"), r.Inline(r.Say(t))) }
