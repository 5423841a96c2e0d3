package runner

import (
	"regexp"
	"strings"
)

// A sheet gathers blocks of Markdown, a blank line between two.
type sheet struct{ blocks []string }

func (s *sheet) String() string { return strings.Join(s.blocks, "\n\n") + "\n" }

// inList matches a line that is in a list, or that would go on with one.
var inList = regexp.MustCompile(`^([ \t]|([-*+]|\d+[.)])[ \t])`)

// add puts a block at the end; white space alone is none. A list that follows a
// list is another one: a comment parts them (CommonMark, §5.3).
func (s *sheet) add(block string) {
	block = strings.Trim(block, "\n")
	if strings.TrimSpace(block) == "" {
		return
	}
	if len(s.blocks) > 0 && inList.MatchString(block) {
		before := s.blocks[len(s.blocks)-1]
		if inList.MatchString(before[strings.LastIndexByte(before, '\n')+1:]) {
			s.blocks = append(s.blocks, "<!-- -->")
		}
	}
	s.blocks = append(s.blocks, block)
}

// labelled adds text with a label before it: on the same line if it is one
// line, since a fence or a list has to begin a line of its own.
func (s *sheet) labelled(label, text string) {
	label = "**" + label + "**"
	if text = strings.Trim(text, "\n"); strings.Contains(text, "\n") {
		s.add(label)
		s.add(text)
		return
	}
	s.add(label + " " + strings.TrimSpace(text))
}

// list adds items, one under the other.
func (s *sheet) list(items []string) {
	for i := range items {
		items[i] = item("- ", items[i])
	}
	s.add(strings.Join(items, "\n"))
}

// item is a list item: the lines after the first stand below its text.
func item(mark, text string) string {
	lines := strings.Split(strings.TrimRight(text, " \n"), "\n")
	for i, l := range lines {
		if i > 0 && l != "" {
			lines[i] = strings.Repeat(" ", len(mark)) + l
		}
	}
	return mark + strings.Join(lines, "\n")
}

// fenced is code between fences that are longer than any in it.
func fenced(lang, code string) string {
	fence := strings.Repeat("`", max(3, longestTicks(code)+1))
	return fence + lang + "\n" + code + "\n" + fence
}

// codeSpan is text as inline code, whatever backticks it has.
func codeSpan(text string) string {
	text = oneLine(text)
	ticks := strings.Repeat("`", longestTicks(text)+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return ticks + text + ticks
}

func longestTicks(text string) int {
	longest, run := 0, 0
	for i := range len(text) {
		if text[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// marks are what Markdown may read as something else than itself, within a
// line: a _ inside a word is nothing.
var marks = regexp.MustCompile("[\\\\`*<>\\[\\]&~#]|\\b_|_\\b")

// verbatim is plain text, such as a title, that shall look so.
func verbatim(text string) string { return marks.ReplaceAllString(oneLine(text), `\$0`) }
