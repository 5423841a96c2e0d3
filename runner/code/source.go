package code

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Source is a text to run.
type Source struct {
	Name      string // shown with errors; "" for a number, "<1>", "<2>", …
	Text      string // one line or many
	Echo      bool   // print what a lone expression gives, as a prompt does
	FirstLine int    // the number of the first line; 0 for 1
}

// pos is a place in a source; lines and columns count from 1, columns in runes.
type pos struct{ line, col int32 }

func (p pos) before(q pos) bool {
	return p.line < q.line || p.line == q.line && p.col < q.col
}

// sourceText keeps the lines of a source, so that an error in a function typed
// long ago can still show its line.
type sourceText struct {
	name  string
	first int
	lines []string
}

func (s *sourceText) line(n int) string {
	if i := n - s.first; i >= 0 && i < len(s.lines) {
		return strings.ReplaceAll(s.lines[i], "\t", " ")
	}
	return ""
}

// maxSource is the longest source that is run.
const maxSource = 16 << 20

// prepare makes the text one that can be scanned: \n at the ends of lines, no
// byte order mark, no prompts that were pasted along. What cannot be repaired
// is an error.
func prepare(src Source) (string, *sourceText, *Error) {
	text := strings.TrimPrefix(src.Text, "\uFEFF")
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	st := &sourceText{name: src.Name, first: max(src.FirstLine, 1)}
	if len(text) > maxSource {
		return "", st, noMemory()
	}
	if !utf8.ValidString(text) {
		return "", st, notUTF8(text, st)
	}
	st.lines = strings.Split(text, "\n")
	if dropPrompts(st.lines) {
		text = strings.Join(st.lines, "\n")
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		e := raise("SyntaxError", "", "source code string cannot contain null bytes")
		return "", st, e.at(st, st.posOf(text, i))
	}
	return text, st, nil
}

func notUTF8(text string, st *sourceText) *Error {
	i := 0
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	st.lines = strings.Split(strings.ToValidUTF8(text, "\uFFFD"), "\n")
	msg := fmt.Sprintf("(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %d", text[i], i)
	return raise("SyntaxError", "", "%s", msg).at(st, st.posOf(text, i))
}

// posOf is the place of a byte offset.
func (s *sourceText) posOf(text string, at int) pos {
	line := strings.Count(text[:at], "\n")
	col := utf8.RuneCountInString(text[strings.LastIndexByte(text[:at], '\n')+1 : at])
	return pos{int32(line + s.first), int32(col + 1)}
}

// dropPrompts takes ">>> " and "... " off lines that were copied from a Python
// prompt: the first line that is not blank tells.
func dropPrompts(lines []string) bool {
	first := 0
	for first < len(lines) && strings.TrimSpace(lines[first]) == "" {
		first++
	}
	if first == len(lines) || !isPrompt(lines[first], ">>>") {
		return false
	}
	for i, line := range lines {
		for _, prompt := range []string{">>>", "..."} {
			if isPrompt(line, prompt) {
				lines[i] = strings.TrimPrefix(line[3:], " ")
				break
			}
		}
	}
	return true
}

func isPrompt(line, prompt string) bool {
	return line == prompt || strings.HasPrefix(line, prompt+" ")
}
