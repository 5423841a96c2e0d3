package code

import (
	"strings"
	"unicode/utf8"

	"go.starlark.net/syntax"

	"github.com/socklab/socklab/runner/words"
)

// fstring turns f"…{x!r:>5}…" into a call that joins its parts.
func (rw *rewriter) fstring(e *syntax.Literal, raw bool) syntax.Expr {
	body := strings.TrimLeft(e.Raw, "rbfRBF")
	quote := body[:1]
	if len(body) >= 6 && strings.HasPrefix(body, strings.Repeat(quote, 3)) {
		quote = body[:3]
	}
	f := &fparser{rw: rw, quote: quote, raw: raw, lit: e.TokenPos,
		text: []rune(body[len(quote) : len(body)-len(quote)])}
	start := len(e.Raw) - len(body) + len(quote)
	f.at = pos{e.TokenPos.Line, e.TokenPos.Col + int32(start)}
	parts := f.parts(false)
	return callOf(e.TokenPos, hidJoin, &syntax.ListExpr{Lbrack: e.TokenPos, List: parts, Rbrack: e.TokenPos})
}

// fparser reads the inside of an f-string.
type fparser struct {
	rw    *rewriter
	quote string
	raw   bool
	lit   syntax.Position
	text  []rune
	i     int
	at    pos
}

func (f *fparser) peek() rune {
	if f.i < len(f.text) {
		return f.text[f.i]
	}
	return 0
}

func (f *fparser) next() rune {
	if f.i >= len(f.text) {
		return 0 // behind an error
	}
	r := f.text[f.i]
	f.i++
	if r == '\n' {
		f.at = pos{f.at.line + 1, 1}
	} else {
		f.at.col++
	}
	return r
}

func (f *fparser) fail(msg string) {
	f.rw.fail(f.at, raise("SyntaxError", "", "f-string: %s", msg))
	f.i = len(f.text)
}

// parts reads text and fields; inside a format spec up to the closing brace.
func (f *fparser) parts(inSpec bool) []syntax.Expr {
	var parts []syntax.Expr
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			parts = append(parts, f.literal(text.String()))
			text.Reset()
		}
	}
	for f.i < len(f.text) {
		r := f.peek()
		switch {
		case r == '}' && inSpec:
			flush()
			return parts
		case (r == '{' || r == '}') && f.i+1 < len(f.text) && f.text[f.i+1] == r && !inSpec:
			f.next()
			text.WriteRune(f.next())
		case r == '}':
			f.fail("single '}' is not allowed")
		case r == '{':
			flush()
			parts = append(parts, f.field()...)
		case r == '\\' && f.i+1 < len(f.text):
			text.WriteRune(f.next())
			text.WriteRune(f.next())
		default:
			text.WriteRune(f.next())
		}
	}
	flush()
	return parts
}

// literal is a piece of text, its escapes read.
func (f *fparser) literal(s string) syntax.Expr {
	if !f.raw {
		// A \ in front of the closing quote cannot be: the scan saw to it.
		out, ok := f.rw.unquote(f.quote+s+f.quote, posOf(f.lit))
		if !ok {
			f.i = len(f.text)
		}
		s = out
	}
	return f.rw.constant(f.lit, newStr(s))
}

// field reads {expr=!conv:spec}.
func (f *fparser) field() []syntax.Expr {
	f.next()
	start, from := f.at, f.i
	if !f.skipExpr() {
		f.fail("expecting '}'")
		return nil
	}
	src := string(f.text[from:f.i])
	var parts []syntax.Expr
	conv, spec := "", []syntax.Expr(nil)
	if f.peek() == '=' {
		f.next()
		for f.peek() == ' ' {
			f.next()
		}
		parts = append(parts, f.rw.constant(f.lit, newStr(string(f.text[from:f.i]))))
		conv = "r"
	}
	if f.peek() == '!' {
		f.next()
		if f.i < len(f.text) {
			conv = string(f.next())
		}
		if conv != "r" && conv != "s" && conv != "a" {
			f.fail("invalid conversion character: expected 's', 'r', or 'a'")
			return nil
		}
	}
	if f.peek() == ':' {
		f.next()
		spec = f.parts(true)
		if len(parts) > 0 && conv == "r" {
			conv = "" // {x=:5} formats x itself
		}
	}
	if f.peek() != '}' {
		f.fail("expecting '}'")
		return nil
	}
	f.next()
	if strings.TrimSpace(src) == "" {
		f.fail("empty expression not allowed")
		return nil
	}
	x := f.expr(src, start)
	if x == nil {
		return nil
	}
	at := syntax.Start(x)
	join := callOf(at, hidJoin, &syntax.ListExpr{Lbrack: at, List: spec, Rbrack: at})
	return append(parts, callOf(at, hidField, x, f.rw.constant(at, newStr(conv)), join))
}

// skipExpr goes to the = ! : or } that ends an expression.
func (f *fparser) skipExpr() bool {
	depth := 0
	var quote rune
	for f.i < len(f.text) {
		r := f.peek()
		var after rune
		if f.i+1 < len(f.text) {
			after = f.text[f.i+1]
		}
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == '\\':
			f.fail("expression part cannot include a backslash")
			return true
		case r == '#':
			f.fail("expression part cannot include '#'")
			return true
		case strings.ContainsRune("([{", r):
			depth++
		case depth > 0 && strings.ContainsRune(")]}", r):
			depth--
		case depth > 0:
		case r == '}' || r == ':':
			return true
		case r == '!' && after != '=':
			return true
		case strings.ContainsRune("=!<>", r) && after == '=':
			f.next()
		case r == '=':
			return true
		}
		f.next()
	}
	return false
}

// expr parses and rewrites the expression of a field.
func (f *fparser) expr(src string, at pos) syntax.Expr {
	e := f.rw.parse(src, at)
	if e == nil {
		return nil
	}
	return f.rw.expr(e)
}

// parse scans and parses an expression that begins at a place of the source.
// It stands in brackets, so that blanks in front and new lines mean nothing;
// the ( takes the column in front.
func (rw *rewriter) parse(src string, at pos) syntax.Expr {
	s := scan([]rune("("+src+")"), pos{at.line, at.col - 1}, nil, nil)
	if len(s.errs) > 0 {
		rw.fail(s.errs[0].at, s.errs[0].Error)
		return nil
	}
	for p, prefix := range s.strs {
		if prefix != prefixU {
			e := raise("SyntaxError", "", "f-string: invalid syntax")
			rw.fail(p, e.hint(words.F("an f-string inside { }: give it a name first")))
			return nil
		}
		rw.strs[p] = prefix
	}
	portion := syntax.FilePortion{Content: []byte(string(s.text)), FirstLine: at.line, FirstCol: at.col - 1}
	e, err := options.ParseExpr(rw.name, portion, 0)
	if err != nil {
		x := rw.in.parseError(err, s, &sourceText{name: rw.name})
		rw.fail(pos{int32(x.Line), int32(x.Col)}, &Error{Kind: x.Kind, Msg: x.Msg, Hint: x.Hint})
		return nil
	}
	if p, ok := e.(*syntax.ParenExpr); ok {
		return p.X
	}
	if utf8.RuneCountInString(strings.TrimSpace(src)) > 0 {
		rw.fail(at, raise("SyntaxError", "", "invalid syntax"))
	}
	return nil
}
