package view

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads CommonMark with tables. Its parser may be used from any
// goroutine.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

// MarkdownLines lays Markdown out in lines of at most width cells, one empty
// line between blocks.
func (r *Renderer) MarkdownLines(src string, width int) []Line {
	source := []byte(strings.ToValidUTF8(src, "\uFFFD"))
	doc := markdown.Parser().Parse(text.NewReader(source))
	m := &layout{Renderer: r, src: source}
	return m.blocks(doc, max(width, 1), true)
}

// prose reads inline Markdown alone: a number at the start is no list.
var prose = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
	parser.WithInlineParsers(parser.DefaultInlineParsers()...),
)

// Inline is inline Markdown as one line of text to be wrapped.
func (r *Renderer) Inline(src string) Line {
	source := []byte(strings.ToValidUTF8(src, "\uFFFD"))
	m := &layout{Renderer: r, src: source}
	var out Line
	doc := prose.Parse(text.NewReader(source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if len(out) > 0 {
			out = Join(out, L(" "))
		}
		out = Join(out, m.inline(n))
	}
	return out
}

// layout lays out one document.
type layout struct {
	*Renderer
	src []byte
}

// blocks lays out the children of a node; loose puts an empty line between
// them.
func (m *layout) blocks(parent ast.Node, width int, loose bool) []Line {
	var out []Line
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		lines := m.block(n, width)
		if len(lines) == 0 {
			continue
		}
		if loose && len(out) > 0 {
			out = append(out, nil)
		}
		out = append(out, lines...)
	}
	return out
}

func (m *layout) block(n ast.Node, width int) []Line {
	switch n := n.(type) {
	case *ast.Heading:
		return m.heading(n, width)
	case *ast.Paragraph, *ast.TextBlock:
		return m.paragraph(m.inline(n), width)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return m.codeBlock(n, width)
	case *ast.List:
		return m.list(n, width)
	case *ast.Blockquote:
		if m.opts.Plain {
			return m.quotePlain(m.blocks(n, width, true))
		}
		return prefixed(m.quoteBar(width), m.blocks(n, max(width-2, 1), true))
	case *ast.ThematicBreak:
		if m.opts.Plain {
			return nil
		}
		rule := m.ready(L(SymRule))
		return []Line{S(Dim, strings.Repeat(rule.Text(), min(width, 40)))}
	case *ast.HTMLBlock:
		return m.html(n, width)
	case *east.Table:
		return m.table(n, width)
	case *ast.LinkReferenceDefinition:
		return nil
	}
	return m.blocks(n, width, true)
}

func (m *layout) paragraph(l Line, width int) []Line {
	if strings.TrimSpace(l.Text()) == "" {
		return nil
	}
	return m.Wrap(nil, l, width)
}

// heading is set off by a rule where there is no bold to do so.
func (m *layout) heading(n *ast.Heading, width int) []Line {
	l := m.inline(n)
	for i := range l {
		if l[i].Style != Code {
			l[i].Style = Heading
		}
	}
	lines := m.paragraph(l, width)
	if m.Color() || m.opts.Plain || n.Level > 3 || len(lines) == 0 {
		return lines
	}
	longest := 0
	for _, l := range lines {
		longest = max(longest, l.Width())
	}
	return append(lines, L(strings.Repeat(m.Sym(SymRule), min(longest, width))))
}

func (m *layout) list(n *ast.List, width int) []Line {
	var out []Line
	number := n.Start
	loose := !n.IsTight || m.big()
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := m.Sym(m.bullet())
		if n.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		inner := width - Width(mark)
		if inner < leastRoom || m.opts.Plain {
			inner = width
		}
		lines := m.blocks(item, inner, loose)
		if len(lines) == 0 {
			lines = []Line{nil}
		}
		if loose && len(out) > 0 {
			out = append(out, nil)
		}
		if m.opts.Plain {
			out = append(out, m.entryPlain(n, mark, item, width)...)
		} else {
			out = append(out, hang(mark, lines, width)...)
		}
	}
	return out
}

// hang puts a mark before the first line and space before the others; where
// there is no room for that the mark has a line of its own.
func hang(mark string, lines []Line, width int) []Line {
	if width-Width(mark) < leastRoom {
		return append(chop(L(strings.TrimRight(mark, " ")), width), lines...)
	}
	for i, l := range lines {
		switch {
		case i == 0:
			lines[i] = Join(L(mark), l)
		case len(l) > 0:
			lines[i] = Join(L(spaces(Width(mark))), l)
		}
	}
	return lines
}

func (m *layout) quoteBar(width int) Line {
	if width < 3 {
		return nil
	}
	return S(Dim, m.Sym(SymBar)+" ")
}

func prefixed(prefix Line, lines []Line) []Line {
	for i, l := range lines {
		lines[i] = trimRight(Join(prefix, l))
	}
	return lines
}

// html shows HTML as it stands, without its comments.
func (m *layout) html(n *ast.HTMLBlock, width int) []Line {
	src := string(raw(n, m.src))
	if n.HasClosure() {
		src += string(n.ClosureLine.Value(m.src))
	}
	return m.paragraph(L(strings.TrimSpace(dropComments(src))), width)
}

// raw is the source of a block's lines.
func raw(n ast.Node, src []byte) []byte {
	var out []byte
	if n.Type() != ast.TypeBlock {
		return nil
	}
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		out = append(out, seg.Value(src)...)
	}
	return out
}
