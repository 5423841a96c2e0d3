package view

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/socklab/socklab/runner/words"
)

// spokenFence begins the comment behind a fence that says it in words:
// <!-- plain: … -->.
const spokenFence = "plain:"

// codeBlock lays out a fence, which is code, or a drawing with its words.
func (m *layout) codeBlock(n ast.Node, width int) []Line {
	src := strings.TrimRight(string(raw(n, m.src)), "\n")
	if !m.opts.Plain {
		return m.codeLines("", src, width)
	}
	if said, ok := m.saidOf(n); ok {
		return m.sayMarkdown(said, width)
	}
	label := m.Lang().T("Code")
	if f, ok := n.(*ast.FencedCodeBlock); ok && string(f.Language(m.src)) == "text" {
		label = m.Lang().T("Text")
	}
	return m.codeLines(label, src, width)
}

// saidOf is what the comment behind a node says in its place.
func (m *layout) saidOf(n ast.Node) (string, bool) {
	next, ok := n.NextSibling().(*ast.HTMLBlock)
	if !ok {
		return "", false
	}
	src := string(raw(next, m.src))
	if next.HasClosure() {
		src += string(next.ClosureLine.Value(m.src))
	}
	said, ok := strings.CutPrefix(strings.TrimSpace(src), "<!--")
	if !ok {
		return "", false
	}
	said, _, _ = strings.Cut(said, "-->")
	said, ok = strings.CutPrefix(strings.TrimSpace(said), spokenFence)
	return strings.TrimSpace(said), ok && strings.TrimSpace(said) != ""
}

// sayMarkdown lays out Markdown that stands within a document. Its lines after
// the first may be indented together.
func (m *layout) sayMarkdown(src string, width int) []Line {
	lines := strings.Split(src, "\n")
	indent := len(src)
	for _, l := range lines[1:] {
		if rest := strings.TrimLeft(l, " "); rest != "" {
			indent = min(indent, len(l)-len(rest))
		}
	}
	for i, l := range lines[1:] {
		lines[i+1] = l[min(indent, len(l)):]
	}
	return m.MarkdownLines(strings.Join(lines, "\n"), width)
}

// codeLines lays out code: indented, never broken at spaces. A line that is too
// long goes on after a mark.
func (r *Renderer) codeLines(label, src string, width int) []Line {
	if r.opts.Plain {
		return r.codePlain(label, src, width)
	}
	lead := "    "
	if width < 40 {
		lead = spaces(min(2, width/10))
	}
	mark := r.Sym(SymEllipsis) + " "
	var out []Line
	for _, l := range strings.Split(r.ready(L(src)).Text(), "\n") {
		room := width - len(lead)
		if Width(l) <= room {
			out = append(out, trimRight(Join(L(lead), S(Code, l))))
			continue
		}
		if room-Width(mark) < leastRoom {
			out = append(out, chopped(nil, S(Code, l), width)...)
			continue
		}
		head := Cut(l, room, "")
		out = append(out, trimRight(Join(L(lead), S(Code, head))))
		out = append(out, chopped(Join(L(lead), S(Dim, mark)), S(Code, l[len(head):]), room-Width(mark))...)
	}
	return out
}

// codePlain lays code out for a screen reader: with a word in front that it is
// code, its own indents kept, and nothing in it but the code.
func (r *Renderer) codePlain(label, src string, width int) []Line {
	if label == "" {
		label = r.Lang().T("Code")
	}
	out := []Line{L(strings.TrimSpace(label + r.Say(words.F(": "))))}
	for _, l := range strings.Split(r.ready(L(src)).Text(), "\n") {
		out = append(out, r.wrap(nil, nil, trimRight(S(Code, l)), width)...)
	}
	return out
}
