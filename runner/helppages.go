package runner

import (
	"strings"

	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// helpText is what there is to say about a command beside its row.
type helpText struct {
	call    string     // the call it stands for, whose facts are shown too
	code    string     // an example of the code it shows
	args    []helpArg  // what may be typed behind it
	shows   words.Text // what it prints
	wrong   []helpTrouble
	note    words.Text
	example string
}

// helpArg is an argument of a command.
type helpArg struct {
	name string
	what words.Text
}

// helpTrouble is something that can go wrong: what is seen, and why it is so or
// what to do.
type helpTrouble struct{ what, why words.Text }

// helpTextOf finds the text of a command, empty if there is none.
func helpTextOf(name string) helpText {
	for _, table := range []map[string]helpText{callHelps, lookHelps, walkHelps} {
		if t, ok := table[name]; ok {
			return t
		}
	}
	return helpText{}
}

// helpCommand shows a command: how it is used, what it stands for or shows, and
// what can go wrong. Of a command for a call the facts of the call follow.
func (s *Session) helpCommand(c *Command) {
	t := helpTextOf(c.Name)
	page := view.HelpPage{Head: c.Usage, About: c.Summary}
	add := func(p view.HelpPart) { page.Parts = append(page.Parts, p) }
	add(view.HelpPart{Text: c.Help})
	if t.code != "" {
		add(view.HelpPart{Label: words.F("Code"), Code: t.code})
	}
	add(view.HelpPart{Label: words.F("Type"), Lines: argLines(t.args)})
	add(view.HelpPart{Label: words.F("Shows"), Text: t.shows})
	add(view.HelpPart{Label: words.F("Note"), Text: t.note})
	add(view.HelpPart{Label: words.F("What can go wrong"), Lines: s.troubles(t)})
	add(view.HelpPart{Label: words.F("Example"), Code: t.example})
	if len(c.Aliases) > 0 {
		add(view.HelpPart{Label: words.F("Also"), Names: c.Aliases})
	}
	s.out.Help(page)
	if doc, ok := s.bench.interp.Describe(t.call); ok && doc.Call() {
		s.out.Blank()
		if t.code != "" {
			doc.Example = "" // which stands above
		}
		s.out.Help(callPage(doc))
	}
	if c.Name == "serve" {
		s.out.Blank()
		s.helpServe()
	}
}

func (s *Session) troubles(t helpText) []view.HelpLine {
	lines := make([]view.HelpLine, 0, len(t.wrong))
	for _, w := range t.wrong {
		lines = append(lines, view.HelpLine{Name: s.out.Say(w.what), About: w.why})
	}
	return lines
}

// helpCode shows a call, a module, a type or a value.
func (s *Session) helpCode(doc code.Doc) {
	s.out.Help(callPage(doc))
	if next := s.memberOf(doc); next != "" {
		s.out.Next("help " + next)
	}
}

// memberOf is a function of a module to ask help about.
func (s *Session) memberOf(doc code.Doc) string {
	module, ok := strings.CutPrefix(doc.Sig, "import ")
	if !ok {
		return ""
	}
	for _, name := range doc.Members {
		if d, found := s.bench.interp.Describe(module + "." + name); found && d.Call() && name == strings.ToLower(name) {
			return d.Path
		}
	}
	return ""
}

// callPage is the page of a call.
func callPage(doc code.Doc) view.HelpPage {
	page := view.HelpPage{Head: callHead(doc), About: doc.Help}
	errors := make([]view.HelpLine, 0, len(doc.Errors))
	for _, e := range doc.Errors {
		errors = append(errors, errorLine(e))
	}
	page.Parts = []view.HelpPart{
		{Label: words.F("Arguments"), Lines: docLines(doc.Args)},
		{Label: words.F("Result"), Text: doc.Result},
		{Label: words.F("Errors"), Lines: errors},
		{Label: words.F("Note"), Text: doc.Notes},
		{Label: words.F("Example"), Code: doc.Example},
		{Label: words.F("See"), Code: doc.Source},
		{Label: words.F("Has"), Names: doc.Members},
	}
	return page
}

// callHead is a signature with what it belongs to: "socket.bind((host, port))".
func callHead(doc code.Doc) string {
	owner, _, ok := cutLastDot(doc.Path)
	if !ok || strings.HasPrefix(doc.Sig, owner+".") {
		return doc.Sig
	}
	return owner + "." + doc.Sig
}

func cutLastDot(path string) (before, after string, ok bool) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return path, "", false
	}
	return path[:i], path[i+1:], true
}

func argLines(list []helpArg) []view.HelpLine {
	lines := make([]view.HelpLine, 0, len(list))
	for _, a := range list {
		lines = append(lines, view.HelpLine{Name: a.name, About: a.what})
	}
	return lines
}

func docLines(list []code.DocLine) []view.HelpLine {
	lines := make([]view.HelpLine, 0, len(list))
	for _, l := range list {
		lines = append(lines, view.HelpLine{Name: l.Name, About: l.Words})
	}
	return lines
}

// errorLine is "ECONNREFUSED  ConnectionRefusedError: nobody listens there".
func errorLine(e code.DocError) view.HelpLine {
	if e.Symbol == "" {
		return view.HelpLine{Name: e.Kind, About: e.Why}
	}
	return view.HelpLine{Name: e.Symbol, About: words.F("%s: %s", words.Raw(e.Kind), e.Why)}
}
