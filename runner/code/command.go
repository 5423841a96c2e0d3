package code

import (
	"strings"
)

// ByLetters tells whether a line is a command as it stands: at the left margin,
// its first word, or the word behind NAME., is a verb; the verb is not followed
// at once by ( [ or ., nor, spaces aside, by = (but ==), a comma or += and its
// like. [Interp.IsCommand] looks at the names there are, too.
func ByLetters(line string, isVerb func(word string) bool) bool {
	_, _, ok := splitCommand([]rune(line), isVerb)
	return ok
}

// splitCommand is ByLetters with the two words: target is "" if the verb comes
// first.
func splitCommand(line []rune, isVerb func(string) bool) (target, verb string, ok bool) {
	if isVerb == nil {
		return "", "", false
	}
	word, rest := leadingWord(line)
	if word == "" {
		return "", "", false
	}
	if len(rest) > 0 && rest[0] == '.' {
		target = word
		word, rest = leadingWord(rest[1:])
	}
	if word == "" || !isVerb(word) || !verbMayStand(rest) {
		return "", "", false
	}
	return target, word, true
}

func leadingWord(line []rune) (string, []rune) {
	n := 0
	for n < len(line) && (isNameStart(line[n]) || n > 0 && isNamePart(line[n])) {
		n++
	}
	return string(line[:n]), line[n:]
}

// verbMayStand looks at what follows a verb.
func verbMayStand(rest []rune) bool {
	if len(rest) == 0 {
		return true
	}
	if strings.ContainsRune("([.（", rest[0]) {
		return false
	}
	after := strings.TrimLeft(string(rest), " \t\u3000")
	for _, op := range operators {
		if strings.HasSuffix(op, "=") && !strings.ContainsAny(op[:1], "=!<>") && strings.HasPrefix(after, op) {
			return false
		}
	}
	for _, op := range []string{"<<=", ">>="} {
		if strings.HasPrefix(after, op) {
			return false
		}
	}
	if strings.HasPrefix(after, ",") {
		return false
	}
	return !strings.HasPrefix(after, "=") || strings.HasPrefix(after, "==")
}

// takesCommands is what a value has if NAME.verb on it is a command: sockets.
type takesCommands interface{ TakesCommands() bool }

// IsCommand tells whether one line typed now is a command. It is if it is one
// by its letters, unless the learner has bound the first word and the line is
// good code, or it is NAME.verb of something that is no socket and good code.
func (in *Interp) IsCommand(line string) bool {
	target, verb, ok := splitCommand([]rune(line), in.cfg.IsVerb)
	return ok && !in.codeInstead(target, verb, line)
}

// codeInstead tells whether a line that is a command by its letters is code by
// the names there are.
func (in *Interp) codeInstead(target, verb, line string) bool {
	if target == "" {
		return in.Bound(verb) && in.parses(line)
	}
	if s, ok := in.env[target].(takesCommands); ok && s.TakesCommands() {
		return false
	}
	return in.parses(line)
}

// parses tells whether a line is good code.
func (in *Interp) parses(line string) bool {
	_, err := in.load(Source{Name: "<line>", Text: line}, nil)
	return err == nil
}
