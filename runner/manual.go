package runner

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/words"
)

// Manual is docs/commands.md: every command of the prompt, every kind of
// server and every fact, from the tables that the program itself uses.
func Manual() string {
	var b strings.Builder
	b.WriteString("# Commands, servers, facts\n\nMade from the program's own tables: `go test ./runner -run Manual -update`. What the calls take, return\nand refuse is in [calls.md](calls.md); `help NAME` at the prompt says the same.\n")
	for _, g := range Groups() {
		fmt.Fprintf(&b, "\n## %s\n\n| command | |\n|---|---|\n", g.Heading())
		for _, c := range Commands() {
			if c.Group == g {
				manualCommand(&b, c)
			}
		}
	}
	b.WriteString("\n## Servers\n\nIn code `serve(\"tcp-upper\", port=8080)`, as a command `serve tcp-upper port=8080`, on the command line\n" +
		"`socklab serve tcp-upper --addr :8080`. A kind that listens takes the options of this table; the others\nlist all of theirs.\n\n")
	shared := sharedOptions()
	manualOptions(&b, shared)
	for _, k := range server.Kinds() {
		fmt.Fprintf(&b, "\n### %s\n\n%s.\n", k.Name, capital(k.Summary))
		options := k.Options
		if k.Datagrams || k.Calls {
			options = k.AllOptions()
		}
		if len(options) > 0 {
			b.WriteString("\n")
			manualOptions(&b, options)
		}
	}
	b.WriteString("\n## Facts\n\nWhat a task may state. `by` is \"learner\", \"lesson\" or \"server\"; `on` is a socket's name; `port` is\n" +
		"a port at either end; `times` is how often at least.\n\n| fact | holds when |\n|---|---|\n")
	for _, w := range check.Vocabulary() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", w.Signature, w.Help)
	}
	return b.String()
}

// sharedOptions are those of every kind that listens.
func sharedOptions() []server.Option {
	k, _ := server.Find("tcp-upper")
	all := k.AllOptions()
	return all[:len(all)-len(k.Options)]
}

func manualCommand(b *strings.Builder, c *Command) {
	text := c.Summary.In(words.English)
	if !c.Help.Empty() {
		text += ". " + c.Help.In(words.English)
	}
	if len(c.Aliases) > 0 {
		text += " (also `" + strings.Join(c.Aliases, "`, `") + "`)"
	}
	fmt.Fprintf(b, "| `%s` | %s |\n", strings.ReplaceAll(c.Usage, "|", `\|`), strings.ReplaceAll(text, "|", `\|`))
}

func manualOptions(b *strings.Builder, options []server.Option) {
	b.WriteString("| option | default | |\n|---|---|---|\n")
	for _, o := range options {
		fmt.Fprintf(b, "| `%s` | `%s` | %s |\n", o.Name, optionDefault(o.Default), o.Help)
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
