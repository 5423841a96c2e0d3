package view

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Nested is Markdown with the levels of its headings changed so that the
// highest are of a level from 1 to 6, and none is passed over.
func Nested(src string, level int) string {
	src = strings.Trim(src, "\n")
	doc := markdown.Parser().Parse(text.NewReader([]byte(src)))
	var b strings.Builder
	var outer []int // the levels of the headings around, as they are in src
	at := 0
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		h, ok := n.(*ast.Heading)
		if !ok || !entering || h.Lines().Len() == 0 {
			return ast.WalkContinue, nil
		}
		for len(outer) > 0 && outer[len(outer)-1] >= h.Level {
			outer = outer[:len(outer)-1]
		}
		mark := strings.Repeat("#", min(level+len(outer), 6)) + " "
		outer = append(outer, h.Level)
		begin, title, end := headingAt(src, h)
		b.WriteString(src[at:begin] + mark + title)
		at = end
		return ast.WalkSkipChildren, nil
	})
	return b.String() + src[at:]
}

// headingAt is where a heading stands in its source, and its text on one line.
// A heading is a line that begins with #, or lines with === or --- below them.
func headingAt(src string, h *ast.Heading) (begin int, title string, end int) {
	lines := h.Lines()
	var parts []string
	for i := range lines.Len() {
		seg := lines.At(i)
		parts = append(parts, strings.TrimSpace(src[seg.Start:min(seg.Stop, len(src))]))
	}
	begin, end = lines.At(0).Start, min(lines.At(lines.Len()-1).Stop, len(src))
	before := strings.TrimRight(src[:begin], " \t")
	if hashes := strings.TrimRight(before, "#"); hashes != before {
		return len(hashes), strings.Join(parts, " "), end
	}
	if end > 0 && src[end-1] != '\n' {
		end = lineEnd(src, end) + 1
	}
	return begin, strings.Join(parts, " "), lineEnd(src, min(end, len(src)))
}

// lineEnd is where the line that goes on at a byte ends.
func lineEnd(src string, at int) int {
	if i := strings.IndexByte(src[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(src)
}
