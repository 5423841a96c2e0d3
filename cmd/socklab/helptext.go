package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// The help of the command line, in the language of the interface. cobra knows
// English alone: Short and the usages of flags are looked up in cmdTexts, Long
// and the examples stand in cmdHelps.

// cmdHelp is what help says of a command beside its flags.
type cmdHelp struct {
	long     []words.Text // paragraphs
	examples []string
}

// helpLang is the language of help: also the one chosen last counts.
func (a *app) helpLang() words.Lang {
	book, _ := a.openBook()
	return a.language(book)
}

// showHelp is cobra's help function.
func (a *app) showHelp(cmd *cobra.Command, _ []string) {
	out := a.print(a.std.out)
	if lang := a.helpLang(); lang.Valid() {
		out.SetLang(lang)
	}
	h := helpPage{out: out, cmd: cmd, of: cmdHelps[commandName(cmd)]}
	h.long()
	h.label(words.F("Usage:"))
	h.lines("  ", h.usage())
	h.commands()
	if len(h.of.examples) > 0 {
		h.label(words.F("Examples:"))
		h.lines("  ", h.of.examples)
	}
	h.flags(words.F("Flags:"), cmd.LocalFlags().FlagUsages())
	if cmd.HasParent() {
		h.flags(words.F("Flags of every command:"), cmd.InheritedFlags().FlagUsages())
	}
	if cmd.HasAvailableSubCommands() {
		out.Blank()
		h.text(words.F("`%s COMMAND --help` says more of a command.", cmd.CommandPath()))
	}
}

// commandName is the path of a command without the program's name.
func commandName(cmd *cobra.Command) string {
	_, name, _ := strings.Cut(cmd.CommandPath(), " ")
	return name
}

// helpPage prints the help of one command.
type helpPage struct {
	out *view.Renderer
	cmd *cobra.Command
	of  cmdHelp
}

func (h helpPage) usage() []string {
	lines := []string{strings.Replace(h.cmd.UseLine(), "[flags]", h.out.Lang().T("[flags]"), 1)}
	if h.cmd.HasAvailableSubCommands() {
		lines = append(lines, h.cmd.CommandPath()+" COMMAND")
	}
	return lines
}

func (h helpPage) text(t words.Text) { h.out.Print(h.out.WrapText(h.out.Say(t))...) }

func (h helpPage) label(t words.Text) {
	h.out.Blank()
	h.text(t)
}

// lines prints lines as they stand, a long one wrapped behind its lead.
func (h helpPage) lines(lead string, list []string) {
	for _, l := range list {
		h.out.Print(h.out.Wrap(view.L(lead), view.L(l), h.out.Width())...)
	}
}

// long prints what the command does.
func (h helpPage) long() {
	if len(h.of.long) == 0 {
		h.text(said(h.cmd.Short))
	}
	for i, t := range h.of.long {
		if i > 0 {
			h.out.Blank()
		}
		h.text(t)
	}
	if h.cmd.Name() == "serve" {
		h.out.Blank()
		h.kinds()
	}
}

func (h helpPage) commands() {
	var rows [][2]string
	for _, c := range h.cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			rows = append(rows, [2]string{c.Name(), h.out.Say(said(c.Short))})
		}
	}
	if len(rows) > 0 {
		h.label(words.F("Commands:"))
		h.table(rows)
	}
}

// flagLine is one line of pflag's FlagUsages.
var flagLine = regexp.MustCompile(`^\s+((?:-\w, )?--[\w-]+(?: \w+)?)\s{2,}(.*?)(?: \(default (.*)\))?$`)

func (h helpPage) flags(label words.Text, usages string) {
	var rows [][2]string
	for _, line := range strings.Split(usages, "\n") {
		m := flagLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		about := h.out.Say(said(m[2]))
		if m[3] != "" {
			about = h.out.Say(words.F("%s (at first %s)", about, m[3]))
		}
		rows = append(rows, [2]string{valueNames.Replace(m[1]), about})
	}
	if len(rows) > 0 {
		h.label(label)
		h.table(rows)
	}
}

// valueNames are the values of flags as usage lines write them.
var valueNames = strings.NewReplacer(" stringArray", " DIR", " string", " TEXT", " duration", " TIME", " int", " N", " float", " N")

// table prints names with what they are in a column beside them, or below them
// where there is no room.
func (h helpPage) table(rows [][2]string) {
	column := 0
	for _, r := range rows {
		column = max(column, view.Width(r[0]))
	}
	width := h.out.Width()
	for _, r := range rows {
		if width-column < 40 {
			h.lines("  ", []string{r[0]})
			h.lines("      ", []string{r[1]})
			continue
		}
		lead := fmt.Sprintf("  %s%*s  ", r[0], column-view.Width(r[0]), "")
		h.out.Print(h.out.Wrap(view.L(lead), view.L(r[1]), width)...)
	}
}

// said is a sentence of cobra's that cmdTexts knows, else it as it stands.
func said(english string) words.Text {
	if strings.HasPrefix(english, "help for ") {
		return words.F("this help")
	}
	if t, ok := cmdTexts[english]; ok {
		return t
	}
	return words.Raw(english)
}
