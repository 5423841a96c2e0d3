package view

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// columnGap is the space between two columns.
const columnGap = 2

// table lays a table out in columns, or, where they do not fit, as a list of
// its rows.
func (m *layout) table(n *east.Table, width int) []Line {
	var rows [][]Line
	columns := 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Line
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, m.cell(c, len(rows) == 0))
		}
		rows = append(rows, cells)
		columns = max(columns, len(cells))
	}
	if columns == 0 {
		return nil
	}
	if m.opts.Plain {
		return m.tablePlain(rows, width)
	}
	widths := make([]int, columns)
	total := columnGap * (columns - 1)
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], c.Width())
		}
	}
	for _, w := range widths {
		total += w
	}
	if total <= width {
		return m.columns(rows, widths, n.Alignments)
	}
	return m.records(rows, width)
}

func (m *layout) cell(n ast.Node, head bool) Line {
	l := m.ready(m.inline(n)).mapText(func(s string) string { return strings.ReplaceAll(s, "\n", " ") })
	if head {
		for i := range l {
			l[i].Style = Heading
		}
	}
	return l
}

func (m *layout) columns(rows [][]Line, widths []int, align []east.Alignment) []Line {
	var out []Line
	for i, row := range rows {
		var line Line
		for j, w := range widths {
			var c Line
			if j < len(row) {
				c = row[j]
			}
			if j > 0 {
				line = Join(line, L(spaces(columnGap)))
			}
			line = Join(line, aligned(c, w, alignment(align, j)))
		}
		out = append(out, trimRight(line))
		if i == 0 {
			out = append(out, m.underline(widths))
		}
	}
	return out
}

func (m *layout) underline(widths []int) Line {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat(m.Sym(SymRule), w)
	}
	return S(Dim, strings.Join(parts, spaces(columnGap)))
}

func alignment(align []east.Alignment, i int) east.Alignment {
	if i < len(align) {
		return align[i]
	}
	return east.AlignNone
}

func aligned(l Line, n int, a east.Alignment) Line {
	gap := n - l.Width()
	switch a {
	case east.AlignRight:
		return Join(L(spaces(gap)), l)
	case east.AlignCenter:
		return Join(L(spaces(gap/2)), l, L(spaces(gap-gap/2)))
	}
	return l.pad(n)
}

// records shows each row as its first cell with the others below, named by
// their columns.
func (m *layout) records(rows [][]Line, width int) []Line {
	if len(rows) == 1 {
		return m.Wrap(nil, join(rows[0], L(", ")), width)
	}
	var out []Line
	head := rows[0]
	for _, row := range rows[1:] {
		for i, c := range row {
			switch {
			case i == 0:
				out = append(out, m.Wrap(L(SymDot+" "), c, width)...)
			case len(c) > 0:
				name := Line(nil)
				if i < len(head) && len(head[i]) > 0 {
					name = Join(head[i], L(": "))
				}
				out = append(out, m.wrap(L("  "), L("    "), Join(name, c), width)...)
			}
		}
	}
	return out
}
