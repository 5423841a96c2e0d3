package code

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"go.starlark.net/starlark"
)

// reprOf is Python's repr of v. Starlark's own containers are walked here,
// because floats and sets look otherwise in Python, and to bound depth and
// size: a list nested a million deep must not end the program.
func reprOf(v starlark.Value) string {
	p := printer{}
	p.value(v, 0)
	if p.b.Len() > maxReprBytes {
		p.b.WriteString("...")
	}
	return strings.ReplaceAll(p.b.String(), "\x00", "")
}

// strOf is Python's str of v: text as it stands, all else as repr.
func strOf(v starlark.Value) string {
	if s, ok := v.(Str); ok {
		return s.s
	}
	return reprOf(v)
}

// The limits of a repr: Python's own is the recursion limit; longer output
// than this helps nobody.
const (
	maxReprDepth = 200
	maxReprBytes = 16 << 20
)

type printer struct {
	b    strings.Builder
	path []starlark.Value // the containers that v is inside of
}

func (p *printer) value(v starlark.Value, depth int) {
	if p.b.Len() > maxReprBytes {
		return
	}
	switch v := v.(type) {
	case starlark.Float:
		p.b.WriteString(floatRepr(float64(v)))
	case *starlark.List:
		p.seq("[", v, v.Len(), "]", depth)
	case starlark.Tuple:
		if len(v) == 1 {
			p.seq("(", v, 1, ",)", depth)
			return
		}
		p.seq("(", v, len(v), ")", depth)
	case *starlark.Set:
		if v.Len() == 0 {
			p.b.WriteString("set()")
			return
		}
		p.seq("{", v, v.Len(), "}", depth)
	case *starlark.Dict:
		p.dict(v, depth)
	default:
		p.b.WriteString(v.String())
	}
}

// enter notes a container, or writes what Python writes for one that is inside
// itself.
func (p *printer) enter(v starlark.Value, hidden string, depth int) bool {
	if depth > maxReprDepth {
		p.b.WriteString(hidden)
		return false
	}
	if _, ok := v.(starlark.Tuple); !ok {
		for _, outer := range p.path {
			if outer == v {
				p.b.WriteString(hidden)
				return false
			}
		}
		p.path = append(p.path, v)
	}
	return true
}

func (p *printer) leave(v starlark.Value) {
	if _, ok := v.(starlark.Tuple); !ok {
		p.path = p.path[:len(p.path)-1]
	}
}

func (p *printer) seq(open string, v starlark.Iterable, n int, end string, depth int) {
	if !p.enter(v, open+"..."+end, depth) {
		return
	}
	defer p.leave(v)
	p.b.WriteString(open)
	// By index where there is one: an iterator would lock a list.
	if x, ok := v.(starlark.Indexable); ok {
		for i := 0; i < n && p.b.Len() <= maxReprBytes; i++ {
			p.comma(i)
			p.value(x.Index(i), depth+1)
		}
	} else {
		i := 0
		for x := range starlark.Elements(v) {
			p.comma(i)
			p.value(x, depth+1)
			i++
		}
	}
	p.b.WriteString(end)
}

func (p *printer) comma(i int) {
	if i > 0 {
		p.b.WriteString(", ")
	}
}

func (p *printer) dict(d *starlark.Dict, depth int) {
	if !p.enter(d, "{...}", depth) {
		return
	}
	defer p.leave(d)
	p.b.WriteByte('{')
	for i, item := range d.Items() {
		p.comma(i)
		p.value(item[0], depth+1)
		p.b.WriteString(": ")
		p.value(item[1], depth+1)
	}
	p.b.WriteByte('}')
}

// floatRepr is the shortest text that reads back as f, with an exponent where
// CPython has one (float_repr_style "short": below 1e-4, from 1e16).
func floatRepr(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	abs := math.Abs(f)
	if abs != 0 && (abs < 1e-4 || abs >= 1e16) {
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// quoteStr is Python's repr of text.
func quoteStr(s string) string {
	q := quoteFor(s)
	var b strings.Builder
	b.WriteByte(q)
	for _, r := range s {
		switch {
		case r == rune(q) || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f || r >= 0x80 && r <= 0xff && !printable(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x7f || printable(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte(q)
	return b.String()
}

// printable is str.isprintable: no control, format, surrogate, private or
// unassigned character, and of the spaces only U+0020.
func printable(r rune) bool { return unicode.IsPrint(r) }

// quoteBytes is Python's repr of bytes.
func quoteBytes(s string) string {
	q := quoteFor(s)
	var b strings.Builder
	b.WriteByte('b')
	b.WriteByte(q)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == q || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(q)
	return b.String()
}

// quoteFor is the quote Python chooses: ' unless there is a ' and no ".
func quoteFor(s string) byte {
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return '"'
	}
	return '\''
}
