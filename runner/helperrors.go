package runner

import (
	"strconv"

	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// helpErrnos lists the errors of the kernel.
func (s *Session) helpErrnos() {
	s.out.Paragraph(words.F("When a call fails the kernel gives an errno, a number with a symbol; Python makes an exception of it."))
	var lines []view.HelpLine
	for _, e := range code.Errnos() {
		lines = append(lines, view.HelpLine{Name: e.Symbol + " " + strconv.Itoa(e.Number), About: e.Means})
	}
	s.out.HelpPart(view.HelpPart{Label: words.F("Errors"), Lines: lines})
	s.out.Next("help ECONNREFUSED", "help 111")
}

// helpError shows what an error means and which calls give it: an errno by
// symbol or number, or an exception. It is false if nothing gives it.
func (s *Session) helpError(name string) bool {
	page := view.HelpPage{Head: name}
	if e, ok := code.FindErrno(name); ok {
		page.Head, name = e.Kind+" ["+e.Symbol+" "+strconv.Itoa(e.Number)+"]", e.Symbol
		page.About = e.Means
	}
	givers := code.Givers(name)
	if len(givers) == 0 {
		return false
	}
	page.Parts = []view.HelpPart{
		{Label: words.F("Symbols"), Names: symbolsOf(name)},
		{Label: words.F("Calls that give it"), Lines: giverLines(givers)},
	}
	s.out.Help(page)
	return true
}

// giverLines puts the calls together that give an error for the same reason.
func giverLines(givers []code.ErrorGiver) []view.HelpLine {
	var lines []view.HelpLine
	at := map[string]int{}
	for _, g := range givers {
		why := g.Why.String()
		if i, ok := at[why]; ok {
			lines[i].Name += ", " + g.Call
			continue
		}
		at[why] = len(lines)
		lines = append(lines, view.HelpLine{Name: g.Call, About: g.Why})
	}
	return lines
}

// symbolsOf lists the errnos that become an exception.
func symbolsOf(kind string) []string {
	var list []string
	for _, e := range code.Errnos() {
		if e.Kind == kind {
			list = append(list, e.Symbol)
		}
	}
	return list
}
