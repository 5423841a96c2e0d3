package runner

import (
	"slices"
	"strings"

	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// groupWords are what help calls the groups, in English and Chinese.
var groupWords = [...][]string{
	Calls:   {"calls", "调用"},
	Looking: {"looking", "查看"},
	Walking: {"walking", "学习", "课程"},
	Other:   {"other", "其他"},
}

// groupLabels are the groups in one word.
var groupLabels = [...]words.Text{
	Calls: words.F("Calls"), Looking: words.F("Looking"), Walking: words.F("Walking"), Other: words.F("Other"),
}

// groupNamed finds a group by its word.
func groupNamed(name string) (Group, bool) {
	for g, list := range groupWords {
		if slices.Contains(list, strings.ToLower(name)) {
			return Group(g), true
		}
	}
	return 0, false
}

// showHelp is the overview: it fits on a screen of 24 lines.
func (s *Session) showHelp() {
	s.out.Paragraph(words.F("Type Python-like code, `phone = socket.socket()`, or a command: it shows the code that it stands for."))
	for _, g := range Groups() {
		s.out.HelpPart(view.HelpPart{Label: groupLabels[g], Names: namesOf(g)})
	}
	s.out.HelpPart(view.HelpPart{Label: words.F("Modules"), Names: s.modules()})
	s.out.Paragraph(words.F("A command acts on the socket used last; `NAME.send hi` names another. Tab completes. Ctrl-C cancels a call that waits, Ctrl-D leaves."))
	s.out.Next("help recv", "help "+s.groupWord(Calls), "help struct.pack", "help errno", "help serve", "help all")
}

// groupWord is a group's word in the language of the session.
func (s *Session) groupWord(g Group) string {
	if s.lang() == words.Chinese {
		return groupWords[g][1]
	}
	return groupWords[g][0]
}

func (s *Session) modules() []string {
	var list []string
	for _, name := range []string{"socket", "struct", "subprocess", "select", "codecs", "os", "stat", "time", "sys", "json"} {
		if _, ok := s.bench.interp.Describe(name); ok {
			list = append(list, name)
		}
	}
	return list
}

func namesOf(g Group) []string {
	var list []string
	for _, c := range Commands() {
		if c.Group == g {
			list = append(list, c.Name)
		}
	}
	return list
}

// helpGroup lists the commands of a group with what they do.
func (s *Session) helpGroup(g Group) {
	s.out.Label(g.Heading())
	for _, c := range Commands() {
		if c.Group == g {
			s.out.Item("", c.Usage, s.out.Say(c.Summary))
		}
	}
	s.out.Next("help "+namesOf(g)[0], "help all")
}

// helpAll lists every command.
func (s *Session) helpAll() {
	for i, g := range Groups() {
		if i > 0 {
			s.out.Blank()
		}
		s.out.Label(g.Heading())
		for _, c := range Commands() {
			if c.Group == g {
				s.out.Item("", c.Usage, s.out.Say(c.Summary))
			}
		}
	}
	s.out.Next("help recv")
}
