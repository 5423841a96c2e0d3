package runner

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/words"
)

// CallsManual is docs/calls.md: every call of the language with its arguments,
// its result and its errors, and what the errors of the kernel mean.
func CallsManual() string {
	var b strings.Builder
	b.WriteString("# Calls\n\nWhat the calls of the prompt's language take, return and refuse, as `help NAME` says it there.\n" +
		"Made from the program's own tables: `go test ./runner -run Manual -update`.\n")
	section := ""
	known := map[string]bool{}
	for _, d := range code.CallDocs() {
		known[d.Path] = true
		owner, name, _ := cutLastDot(d.Path)
		if (owner == "bytes" || owner == "bytearray") && (known["str."+name] || owner == "bytearray" && known["bytes."+name]) {
			continue // what they share stands once
		}
		if s := callSection(d.Path); s != section {
			section = s
			fmt.Fprintf(&b, "\n## %s\n", s)
		}
		manualCall(&b, d)
	}
	b.WriteString("\n## Errors of the kernel\n\nThe numbers are Linux's.\n\n| symbol | number | exception | means |\n|---|---|---|---|\n")
	for _, e := range code.Errnos() {
		fmt.Fprintf(&b, "| %s | %d | %s | %s |\n", e.Symbol, e.Number, e.Kind, e.Means)
	}
	return b.String()
}

// callSections are the headings, by what stands before the dot.
var callSections = map[string]string{
	"": "Built-in functions and types", "file": "Files of makefile", "server": "Servers of the lab", "Popen": "Programs", "poll": "Poll objects",
	"pipe": "The pipes of a program", "str": "Text, bytes and bytearray", "bytes": "Bytes alone", "bytearray": "What only a bytearray has", "list": "Lists", "tuple": "Tuples", "dict": "Dictionaries", "set": "Sets",
	"int": "Numbers", "float": "Numbers", "os.path": "os",
}

func callSection(path string) string {
	owner, _, ok := cutLastDot(path)
	if !ok {
		owner = ""
	}
	if s, ok := callSections[owner]; ok {
		return s
	}
	return owner
}

func manualCall(b *strings.Builder, d code.Doc) {
	fmt.Fprintf(b, "\n### %s\n\n`%s`: %s.\n\n", d.Path, callHead(d), strings.TrimSuffix(d.Help.In(words.English), "."))
	for _, a := range d.Args {
		fmt.Fprintf(b, "- `%s`: %s\n", a.Name, marked(a.Words))
	}
	fmt.Fprintf(b, "- result: %s\n", marked(d.Result))
	for _, e := range d.Errors {
		name := e.Kind
		if e.Symbol != "" {
			name += " [" + e.Symbol + "]"
		}
		fmt.Fprintf(b, "- `%s`: %s\n", name, marked(e.Why))
	}
	fmt.Fprintf(b, "- example: `%s`\n", d.Example)
	if strings.Contains(d.Source, "(") {
		fmt.Fprintf(b, "- see %s\n", d.Source)
	}
	if !d.Notes.Empty() {
		fmt.Fprintf(b, "\n%s\n", marked(d.Notes))
	}
}

// marked is a sentence as Markdown: what would be markup there is none here.
func marked(t words.Text) string {
	parts := strings.Split(t.In(words.English), "`")
	for i := range parts {
		if i%2 == 0 {
			parts[i] = strings.NewReplacer("*", `\*`, "<", `\<`, "|", `\|`).Replace(parts[i])
		}
	}
	return strings.Join(parts, "`")
}
