package runner

import (
	"context"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// otherCommands are the rest.
func otherCommands() []*Command {
	return []*Command{
		{Name: "use", Group: Other, Usage: "use NAME",
			Summary: words.F("which socket the commands act on from now on"), complete: completeSocket, run: cmdUse},
		{Name: "lang", Group: Other, readers: true, Usage: "lang en|zh",
			Summary:  words.F("the language of texts and messages"),
			complete: func(*Session, string) []string { return []string{"en", "zh"} }, run: cmdLang},
		{Name: "clear", Group: Other, Usage: "clear", Summary: words.F("clears the screen"), run: cmdClear},
		{Name: "help", Aliases: []string{"?"}, Group: Other, Usage: "help [COMMAND | NAME]",
			Summary:  words.F("this list, or more about one command or name"),
			complete: completeHelp, run: cmdHelp},
		{Name: "quit", Aliases: []string{"exit"}, Group: Other, readers: true, Usage: "quit",
			Summary: words.F("ends socklab; progress is kept"),
			run:     func(context.Context, *Session, Args) error { return ErrQuit }},
	}
}

func cmdUse(_ context.Context, s *Session, a Args) error {
	if len(a.Words) != 1 {
		return commands["use"].usage()
	}
	if s.bench.interp.SocketNamed(a.Words[0]) == nil {
		return &UsageError{Text: words.F("%s is no socket here; there are: %s", a.Words[0], s.socketList())}
	}
	s.bench.current = a.Words[0]
	s.out.Note(words.F("The commands act on %s now.", a.Words[0]))
	return nil
}

// cmdLang changes the language of the interface and of the lesson, at the
// same step and on the same lab.
func cmdLang(_ context.Context, s *Session, a Args) error {
	lang := words.Lang(strings.ToLower(strings.Join(a.Words, "")))
	if !lang.Valid() {
		return commands["lang"].usage()
	}
	s.SetLang(lang)
	if s.book != nil {
		s.saved(s.book.SetLang(lang))
	}
	if s.walk != nil {
		s.showStepTitle()
		s.showShownParts()
	}
	return nil
}

// clearScreen is ECMA-48: cursor home, erase the display and what scrolled off.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

func cmdClear(_ context.Context, s *Session, _ Args) error {
	if s.con.Interactive() {
		_, err := s.con.Out().Write([]byte(clearScreen))
		return err
	}
	return nil
}
