package view

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/socklab/socklab/runner/words"
)

// quotePlain says that a quotation follows.
func (m *layout) quotePlain(lines []Line) []Line {
	if len(lines) == 0 {
		return nil
	}
	lines[0] = Join(L(m.Lang().T("Quotation")+m.Say(words.F(": "))), lines[0])
	return lines
}

// entryPlain lays out an entry of a list without an indent. What stands under
// another entry says so.
func (m *layout) entryPlain(list *ast.List, mark string, item ast.Node, width int) []Line {
	for p := list.Parent(); p != nil; p = p.Parent() {
		if _, ok := p.(*ast.ListItem); ok {
			mark = m.Lang().T("under it") + m.Say(words.F(": ")) + strings.TrimPrefix(mark, m.bullet())
			break
		}
	}
	first := item.FirstChild()
	var out []Line
	for n := first; n != nil; n = n.NextSibling() {
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			if n == first {
				out = append(out, m.Renderer.wrap(L(mark), nil, m.inline(n), width)...)
				continue
			}
		}
		if n == first {
			out = append(out, L(strings.TrimRight(mark, " ")))
		}
		out = append(out, m.block(n, width)...)
	}
	if first == nil {
		out = append(out, L(strings.TrimRight(mark, " ")))
	}
	return out
}

// tablePlain says a table row by row: "Header A: x; Header B: y."
func (m *layout) tablePlain(rows [][]Line, width int) []Line {
	if len(rows) == 1 {
		return m.Wrap(nil, join(rows[0], L(m.Say(words.F(", ")))), width)
	}
	var out []Line
	for _, row := range rows[1:] {
		var parts []Line
		for i, c := range row {
			if strings.TrimSpace(c.Text()) == "" {
				continue
			}
			if i < len(rows[0]) && len(rows[0][i]) > 0 {
				c = Join(rows[0][i], L(m.Say(words.F(": "))), c)
			}
			parts = append(parts, c)
		}
		if len(parts) > 0 {
			line := join(parts, L(m.Say(words.F("; "))))
			out = append(out, m.wrap(nil, nil, Join(line, L(m.stopAfter(line.Text()))), width)...)
		}
	}
	return out
}

// stopAfter is the full stop that a sentence still wants.
func (r *Renderer) stopAfter(s string) string {
	return strings.TrimPrefix(r.stopped(s), s)
}
