package runner

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/check"
)

// Authoring is docs/authoring.md with what the program itself knows written
// anew: the facts and the servers, each between a line
// "<!-- generated: NAME -->" and a line "<!-- end -->".
func Authoring(old string) string {
	return generated(generated(old, "facts", manualFacts()), "servers", manualServers())
}

// generated replaces the part of a page between the markers of a name; without
// them the page is as it was.
func generated(page, name, part string) string {
	const end = "\n<!-- end -->"
	begin := "<!-- generated: " + name + " -->\n"
	before, rest, ok := strings.Cut(page, begin)
	if !ok {
		return page
	}
	_, after, ok := strings.Cut("\n"+rest, end)
	if !ok {
		return page
	}
	return before + begin + "\n" + strings.TrimSpace(part) + "\n" + end + after
}

// manualFacts is every word of the vocabulary with an example that holds.
func manualFacts() string {
	var b strings.Builder
	for _, w := range check.Vocabulary() {
		fmt.Fprintf(&b, "#### %s\n\n`%s`: %s.\n\n", w.Name, w.Signature, w.Help)
		fmt.Fprintf(&b, "```python\n%s\n\n# holds after\n%s\n```\n\n%s.\n\n", w.Example, w.After, capital(w.Trap))
	}
	return b.String()
}

// manualServers is every kind of server with a line that starts it.
func manualServers() string {
	var b strings.Builder
	for _, k := range server.Kinds() {
		fmt.Fprintf(&b, "#### %s\n\n%s.", k.Name, capital(k.Summary))
		switch {
		case k.Calls:
			b.WriteString(" It has `name`, and `host` and `port`: whom they call.")
		case k.Datagrams:
			b.WriteString(" It is a UDP server: without `backlog`, and `reuseaddr` is `False` at first.")
		}
		if k.Spawns {
			b.WriteString(" It runs programs, so a lesson from elsewhere cannot start it without being allowed to.")
		}
		b.WriteString("\n\n")
		if len(k.Options) > 0 {
			manualOptions(&b, k.Options)
			b.WriteString("\n")
		}
	}
	return b.String()
}
