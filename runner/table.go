package runner

import (
	"context"
	"sort"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// A Group is a heading of the command table.
type Group int

// The groups, in the order in which help lists them.
const (
	Calls Group = iota
	Looking
	Walking
	Other
)

// Heading is the group's heading.
func (g Group) Heading() words.Text {
	return [...]words.Text{
		words.F("Calls: short for the code they show"),
		words.F("Looking"),
		words.F("Walking through a lesson"),
		words.F("And"),
	}[g]
}

// Groups lists the groups.
func Groups() []Group { return []Group{Calls, Looking, Walking, Other} }

// A Command is a word of the prompt that is no code. Exactly one of expand and
// run is set: expand gives the code that the command stands for, which is
// shown and run; run does it itself.
type Command struct {
	Name    string
	Aliases []string
	Group   Group
	Usage   string     // "send TEXT"
	Summary words.Text // one line
	Help    words.Text // more, or empty

	complete func(s *Session, before string) []string
	expand   func(s *Session, a Args) (string, error)
	run      func(ctx context.Context, s *Session, a Args) error
	after    func(s *Session) // shows more once the code has run; may be nil
	readers  bool             // not for what a lesson runs by itself, as those that walk are not
}

// Args are a command's arguments.
type Args struct {
	Verb   string
	Target string   // NAME of NAME.verb
	Text   string   // what followed the verb, as it stood
	Words  []string // Text cut at blanks, without --json
	JSON   bool     // --json was given
}

// A UsageError is a command used wrongly: what was wrong, and the usage line.
type UsageError struct {
	Text  words.Text
	Usage string
}

func (e *UsageError) Error() string { return e.Text.String() }

// usage makes the error for a command that was given the wrong arguments.
func (c *Command) usage() error {
	return &UsageError{Text: words.F("%s is used like this:", c.Name), Usage: c.Usage}
}

// Commands lists every command, by group and in the order of each group's table.
func Commands() []*Command {
	var all []*Command
	for _, group := range [][]*Command{callCommands(), childCommands(), structCommands(), lookCommands(), childLookCommands(), streamCommands(), turnCommands(), layoutCommands(), stateCommands(), tankCommands(), chatCommands(), chatLookCommands(), walkCommands(), presentCommands(), otherCommands()} {
		all = append(all, group...)
	}
	return all
}

// commands is the table by name and alias.
var commands = map[string]*Command{}

func init() { // not a composite literal: the table's functions refer to the table
	for _, c := range Commands() {
		commands[c.Name] = c
		for _, alias := range c.Aliases {
			commands[alias] = c
		}
	}
}

func isVerb(word string) bool { return commands[word] != nil }

// verbs lists the names of all commands.
func verbs() []string {
	names := make([]string, 0, len(commands))
	for name := range commands {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// commandArgs reads a command line. ` #` starts a comment; everything else is
// taken as it stands.
func commandArgs(line string) (*Command, Args) {
	line = strings.TrimSpace(line)
	end := strings.IndexAny(line, " \t\u3000")
	if end < 0 {
		end = len(line)
	}
	head, text := line[:end], strings.TrimLeft(line[end:], " \t\u3000")
	a := Args{Verb: head}
	if target, verb, ok := strings.Cut(head, "."); ok {
		a.Target, a.Verb = target, verb
	}
	a.Text = strings.TrimSpace(stripComment(" " + text))
	for _, w := range strings.Fields(a.Text) {
		if w == "--json" {
			a.JSON = true
			continue
		}
		a.Words = append(a.Words, w)
	}
	return commands[a.Verb], a
}

// stripComment takes off ` #…` outside quotes.
func stripComment(text string) string {
	quote := rune(0)
	before := ' '
	for i, r := range text {
		switch {
		case quote != 0:
			if r == quote && before != '\\' {
				quote = 0
			}
		case (r == '\'' || r == '"') && startsLiteral(text[:i]):
			quote = r
		case r == '#' && (before == ' ' || before == '\t'):
			return text[:i]
		}
		before = r
	}
	return text
}

// startsLiteral reports whether a quote after before opens a literal: only at
// the beginning of the text or of a word, since "it's" is text.
func startsLiteral(before string) bool {
	word := before[strings.LastIndexAny(before, " \t")+1:]
	switch word {
	case "", "b", "B", "r", "R", "f", "F":
		return true
	}
	return false
}

// nearestVerb is the command that the first word of a line may have meant.
func nearestVerb(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	if len(word) < 3 || isVerb(word) {
		return ""
	}
	return words.Nearest(word, verbs())
}
