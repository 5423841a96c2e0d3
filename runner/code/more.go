package code

import "strings"

// More tells whether a text wants another line: a bracket or a ”' is open, it
// ends with a backslash, or its last line belongs to a block and is not blank.
// One-line "if x: y" does not, and a line at the left margin ends a block. Lines
// are joined by \n; a text that ends in \n has a blank last line.
func More(text string, isVerb func(word string) bool) bool {
	prepared, _, err := prepare(Source{Text: text})
	if err != nil {
		return false
	}
	s := scan([]rune(prepared), pos{1, 1}, isVerb, nil)
	for _, e := range s.errs {
		if !strings.Contains(e.Error.Error(), "never closed") && !strings.Contains(e.Error.Error(), "triple-quoted") {
			return false
		}
	}
	return s.more
}

// inBlock tells whether the text ends in the middle of a block: its last line
// is not blank, and its last code is indented or opens a block.
func inBlock(t *tokenizer) bool {
	text := string(t.src)
	if last := text[strings.LastIndexByte(text, '\n')+1:]; strings.TrimSpace(last) == "" {
		return false
	}
	i := len(t.toks) - 1
	for i >= 0 && t.toks[i].kind == tokNewline {
		i--
	}
	if i < 0 || t.toks[i].kind == tokCommand {
		return false
	}
	if last := t.toks[i]; last.kind == tokOp && t.text(last) == ":" && last.depth == 0 {
		return true
	}
	for i > 0 && t.toks[i-1].kind != tokNewline {
		i--
	}
	return t.toks[i].at.col > 1 && t.toks[i].kind != tokNewline && indented(t, t.toks[i])
}

// indented tells whether a token is the first of an indented line.
func indented(t *tokenizer, k token) bool {
	for i := k.from - 1; i >= 0 && t.src[i] != '\n'; i-- {
		if !strings.ContainsRune(" \t\u00a0\u3000\f", t.src[i]) {
			return false
		}
	}
	return true
}
