package runner

import (
	"context"
	"strings"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// cmdHelp finds out what a word of help is about: a page of its own, a command,
// a kind of server, a call or a name, an error of the kernel or of Python.
func cmdHelp(_ context.Context, s *Session, a Args) error {
	if len(a.Words) == 0 {
		s.showHelp()
		return nil
	}
	name := strings.TrimSuffix(a.Words[0], "()")
	if len(a.Words) > 1 {
		return s.helpTwo(name, a.Words[1])
	}
	switch g, isGroup := groupNamed(name); {
	case isGroup:
		s.helpGroup(g)
		return nil
	case name == "all" || name == "全部":
		s.helpAll()
		return nil
	case name == "errno":
		s.helpErrnos()
		return nil
	case name == "present" && !s.bench.interp.Bound(name):
		s.helpPresent()
		return nil
	case name == "facts" && !s.bench.interp.Bound(name):
		s.helpFacts()
		return nil
	}
	return s.helpName(name)
}

// helpName is help on one word.
func (s *Session) helpName(name string) error {
	cmd, isCommand := commands[name]
	if isCommand {
		s.helpCommand(cmd)
	}
	doc, isCode := s.bench.interp.Describe(name)
	switch {
	case isCommand && s.bench.interp.Bound(name) && (doc.Path == "" || doc.Path != helpTextOf(cmd.Name).call): // the learner's own name
		s.out.Blank()
		s.helpCode(doc)
		return nil
	case isCommand:
		return nil
	case isCode && (doc.Call() || len(code.Givers(name)) == 0):
		s.helpCode(doc)
		return nil
	case s.helpError(name):
		return nil
	}
	if k, ok := server.Find(name); ok {
		s.helpKind(k)
		return nil
	}
	return s.noHelp(name)
}

// helpTwo is for `help serve KIND`, `help errno ECONNREFUSED` and `help socket bind`.
func (s *Session) helpTwo(first, second string) error {
	switch first {
	case "serve":
		if k, ok := server.Find(second); ok {
			s.helpKind(k)
			return nil
		}
		return &UsageError{Text: words.F("there is no server kind %s; there are: %s", second, strings.Join(kindNames(), ", "))}
	case "errno":
		return s.helpName(second)
	}
	if doc, ok := s.bench.interp.Describe(first + "." + second); ok {
		s.helpCode(doc)
		return nil
	}
	return s.noHelp(first + " " + second)
}

// noHelp proposes what may have been meant.
func (s *Session) noHelp(name string) error {
	list := append(verbs(), kindNames()...)
	for _, d := range code.CallDocs() {
		list = append(list, d.Path)
	}
	for _, e := range code.Errnos() {
		list = append(list, e.Symbol)
	}
	near := words.Nearest(name, list)
	if near == "" {
		near = words.Nearest(strings.ToUpper(name), list)
	}
	if near == "" {
		near = "help"
	}
	return &UsageError{Text: words.F("there is no help on %s; did you mean `%s`?", s.out.Cut(name, 60), near)}
}

// helpFacts lists what a task may ask for.
func (s *Session) helpFacts() {
	s.out.Paragraph(words.F("A task of a lesson states facts; each is one of these. docs/authoring.md has examples."))
	var lines []view.HelpLine
	for _, w := range check.Vocabulary() {
		about, ok := factHelps[w.Help]
		if !ok {
			about = words.Raw(w.Help)
		}
		lines = append(lines, view.HelpLine{Name: w.Signature, About: about})
	}
	s.out.HelpPart(view.HelpPart{Label: words.F("Facts"), Lines: lines})
}

func kindNames() []string {
	var list []string
	for _, k := range server.Kinds() {
		list = append(list, k.Name)
	}
	return list
}

// completeHelp offers what help knows.
func completeHelp(s *Session, _ string) []string {
	list := append(verbs(), "all", "errno", "facts", s.groupWord(Calls), s.groupWord(Looking), s.groupWord(Walking), s.groupWord(Other))
	list = append(append(list, s.modules()...), kindNames()...)
	for _, e := range code.Errnos() {
		list = append(list, e.Symbol)
	}
	return list
}
