package view

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// inliner gathers the inline content of a block.
type inliner struct {
	*layout
	out     Line
	pending bool // a line of the source ended: a space, unless both sides are wide
}

// inline is the content of a block as text to be wrapped.
func (m *layout) inline(n ast.Node) Line {
	in := &inliner{layout: m}
	in.children(n, Plain)
	return in.out
}

func (in *inliner) children(n ast.Node, style Style) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		in.node(c, style)
	}
}

func (in *inliner) node(n ast.Node, style Style) {
	switch n := n.(type) {
	case *ast.Text:
		in.prose(style, unescape(n.Value(in.src)))
		switch {
		case n.HardLineBreak():
			in.add(style, "\n")
		case n.SoftLineBreak():
			in.pending = true
		}
	case *ast.String:
		in.add(style, string(n.Value))
	case *ast.CodeSpan:
		in.code(n)
	case *ast.Emphasis:
		in.emphasis(n, style)
	case *ast.Link:
		start := len(in.out)
		in.children(n, style)
		in.target(in.out[start:].Text(), string(n.Destination))
	case *ast.Image:
		in.add(style, "[")
		in.children(n, style)
		in.add(style, "]")
		in.target("", string(n.Destination))
	case *ast.AutoLink:
		in.add(Accent, string(n.Label(in.src)))
	case *ast.RawHTML:
		in.html(n, style)
	default:
		in.children(n, style)
	}
}

// code shows inline code; without colour its backticks say what it is.
func (in *inliner) code(n *ast.CodeSpan) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(in.src))
		}
	}
	s := strings.ReplaceAll(b.String(), "\n", " ")
	if name, ok := strings.CutSuffix(s, " "+SymBar); ok && in.opts.Plain {
		s = name + ":" // as the calls of a server are told
	}
	if !in.Color() || in.opts.Plain {
		s = "`" + s + "`"
	}
	in.add(Code, s)
}

// emphasis keeps its marks where there is no look to carry it.
func (in *inliner) emphasis(n *ast.Emphasis, style Style) {
	mark := ""
	if !in.Color() && !in.opts.Plain {
		mark = "*"
	}
	if style == Plain {
		if style = Emph; n.Level > 1 {
			style = Strong
		}
	}
	in.add(style, mark)
	in.children(n, style)
	in.add(style, mark)
}

// target shows where a link leads, unless its text says so.
func (in *inliner) target(label, url string) {
	if url == "" || url == label || "mailto:"+label == url {
		return
	}
	in.add(Dim, " ("+url+")")
}

// html drops comments; whatever else looks like HTML is meant to be read, as
// <name> in a usage line, but for a line break.
func (in *inliner) html(n *ast.RawHTML, style Style) {
	var b strings.Builder
	for i := range n.Segments.Len() {
		seg := n.Segments.At(i)
		b.Write(seg.Value(in.src))
	}
	s := dropComments(b.String())
	switch strings.ToLower(strings.ReplaceAll(s, " ", "")) {
	case "<br>", "<br/>":
		s = "\n"
	default:
		s = oneLine(s)
	}
	in.add(style, s)
}

// add adds text. A line end of the source before it is a space between words,
// but nothing between two characters of a script that has no spaces.
func (in *inliner) add(style Style, s string) {
	if s == "" {
		return
	}
	if in.pending {
		in.pending = false
		before := in.last()
		after, _ := utf8.DecodeRuneInString(s)
		if s != "\n" && !(isWide(before) && isWide(after)) {
			s = " " + s
		}
	}
	in.out = append(in.out, Span{Text: s, Style: style})
}

// last is the last character so far.
func (in *inliner) last() rune {
	if len(in.out) == 0 {
		return utf8.RuneError
	}
	c, _ := utf8.DecodeLastRuneInString(in.out[len(in.out)-1].Text)
	return c
}

// prose adds text in which several spaces are one, as where a comment stood
// between two.
func (in *inliner) prose(style Style, s string) {
	var b strings.Builder
	space := in.last() == ' '
	for _, c := range s {
		if c != ' ' || !space {
			b.WriteRune(c)
		}
		space = c == ' '
	}
	in.add(style, b.String())
}

func unescape(b []byte) string {
	b = util.ResolveNumericReferences(b)
	b = util.ResolveEntityNames(b)
	return string(util.UnescapePunctuations(b))
}

// dropComments drops HTML comments; one that is not closed goes to the end.
func dropComments(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<!--")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		if _, s, ok = strings.Cut(rest, "-->"); !ok {
			return b.String()
		}
	}
}
