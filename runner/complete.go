package runner

import (
	"strings"

	"github.com/socklab/socklab/runner/console"
)

// Complete offers what the word before the cursor may become: commands at the
// left margin, a command's arguments, names and methods with their signatures.
// It waits for no input that runs.
func (s *Session) Complete(before string) []console.Suggestion {
	if !s.mu.TryLock() {
		return nil
	}
	defer s.mu.Unlock()
	word := before[strings.LastIndexAny(before, console.Separators)+1:]
	if s.walk != nil && s.walk.question != nil && len(before) == 1 {
		return nil // most likely the letter of a choice
	}
	var list []console.Suggestion
	if word == before {
		list = s.completeVerb(word)
	} else if cmd, args := commandArgs(before); cmd != nil && args.Target == "" && !strings.Contains(before, "(") {
		return s.completeArgument(cmd, before, word)
	}
	for _, c := range s.bench.interp.Complete(before) {
		list = append(list, console.Suggestion{Text: c.Text, Note: c.Note})
	}
	return list
}

func (s *Session) completeVerb(word string) []console.Suggestion {
	var list []console.Suggestion
	if word == "" {
		return nil
	}
	for _, name := range verbs() {
		if strings.HasPrefix(name, word) {
			list = append(list, console.Suggestion{Text: name, Note: s.out.Say(commands[name].Summary)})
		}
	}
	return list
}

func (s *Session) completeArgument(cmd *Command, before, word string) []console.Suggestion {
	if cmd.complete == nil {
		return nil
	}
	var list []console.Suggestion
	for _, text := range cmd.complete(s, before) {
		if text = afterColon(text, before, word); strings.HasPrefix(text, word) {
			list = append(list, console.Suggestion{Text: text})
		}
	}
	return list
}

// afterColon cuts an address to what follows the colon once its host stands
// there: a colon ends a word.
func afterColon(text, before, word string) string {
	typed := strings.TrimSuffix(before, word)
	host, port, ok := strings.Cut(text, ":")
	if ok && strings.HasSuffix(typed, ":") && (strings.HasSuffix(typed, host+":") || strings.HasSuffix(typed, " :")) {
		return port
	}
	return text
}
