package lessons

import "strings"

// The time that Markdown takes to be read grows with the square of a
// paragraph's length and of the depth of its nesting: 300 KiB of "*a_" in one
// paragraph took 55 s, 8 KiB of it take 0.03 s.
const (
	// maxLine is how many bytes a line may have.
	maxLine = maxParagraph
	// maxParagraph is how many bytes a paragraph may have: the lines between two
	// empty ones, whatever they are.
	maxParagraph = 8 << 10
	// maxNesting is how many quotes and lists a line may open.
	maxNesting = 12
)

// paragraph is the length of the paragraph being gathered; the zero value is
// one that has not begun.
type paragraph struct {
	size, line int
	told       bool
}

// add counts a line of prose.
func (a *paragraph) add(out *faults, line int, text string) {
	if nesting(text) > maxNesting {
		out.add(line, "the line opens more than %d quotes or lists in one another: take some of the signs at its beginning away", maxNesting)
	}
	if strings.TrimSpace(text) == "" {
		*a = paragraph{}
		return
	}
	if a.size == 0 {
		a.line = line
	}
	if a.size += len(text); a.size > maxParagraph && !a.told {
		a.told = true
		out.add(a.line, "the paragraph is longer than 8 KiB: divide it by empty lines")
	}
}

// nesting is how many quotes and lists the beginning of a line opens: >, -, +,
// * and numbers.
func nesting(line string) int {
	if strings.Trim(line, "- \t") == "" || strings.Trim(line, "* \t") == "" {
		return 0 // a rule
	}
	n := 0
	for {
		line = strings.TrimLeft(line, " \t")
		number := strings.TrimLeft(line, "0123456789")
		switch {
		case strings.HasPrefix(line, ">"):
			line = line[1:]
		case opensItem(line):
			line = line[2:]
		case number != line && len(number) > 1 && (number[0] == '.' || number[0] == ')') && blank(number[1]):
			line = number[2:]
		default:
			return n
		}
		n++
	}
}

func opensItem(line string) bool {
	return len(line) > 1 && strings.IndexByte("-+*", line[0]) >= 0 && blank(line[1])
}

func blank(c byte) bool { return c == ' ' || c == '\t' }

// checkProse looks at the paragraphs of a text that begins at a line of the file.
func (p *parser) checkProse(line int, text string) {
	var a paragraph
	for i, l := range strings.Split(text, "\n") {
		a.add(&p.faults, line+i, l)
	}
}
