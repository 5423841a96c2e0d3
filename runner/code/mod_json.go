package code

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"unicode/utf16"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

func jsonModule() *Module {
	return &Module{Name: "json", Help: words.F("data as text and back"), funcs: []method{
		{"dumps", "dumps(x, ensure_ascii=True, indent=None, sort_keys=False)", words.F("x as JSON text"), jsonDumps},
		{"loads", "loads(text)", words.F("the value that JSON text stands for"), jsonLoads},
	}}
}

type jsonWriter struct {
	b        strings.Builder
	ascii    bool
	sortKeys bool
	indent   string
	comma    string
	colon    string
}

func jsonDumps(c *call) (starlark.Value, error) {
	var v, indent, separators starlark.Value
	w := &jsonWriter{ascii: true, comma: ", ", colon: ": "}
	if err := c.unpack("obj", &v, "*", "ensure_ascii?", &w.ascii, "indent?", &indent, "sort_keys?", &w.sortKeys, "separators?", &separators); err != nil {
		return nil, err
	}
	switch x := indent.(type) {
	case starlark.Int:
		n, err := asInt(x)
		if err != nil {
			return nil, err
		}
		w.indent = strings.Repeat(" ", min(max(n, 0), 100))
	case Str:
		w.indent = x.s
	}
	if indent != nil && indent != starlark.None {
		w.comma = ","
	}
	if t, ok := separators.(starlark.Tuple); ok && len(t) == 2 {
		w.comma, w.colon = textOf(t[0]), textOf(t[1])
	}
	if err := w.value(v, 0, indent != nil && indent != starlark.None); err != nil {
		return nil, err
	}
	return newStr(w.b.String()), nil
}

func (w *jsonWriter) value(v starlark.Value, depth int, lines bool) error {
	if depth > maxReprDepth {
		return valueError("Circular reference detected")
	}
	switch x := v.(type) {
	case starlark.NoneType:
		w.b.WriteString("null")
	case starlark.Bool:
		w.b.WriteString(strings.ToLower(x.String()))
	case starlark.Int:
		w.b.WriteString(x.String())
	case starlark.Float:
		w.float(float64(x))
	case Str:
		w.text(x.s)
	case *starlark.Dict:
		return w.dict(x, depth, lines)
	case *starlark.List:
		return w.list(x, depth, lines)
	case starlark.Tuple:
		return w.list(x, depth, lines)
	default:
		return typeError("Object of type %s is not JSON serializable", typeName(v))
	}
	return nil
}

func (w *jsonWriter) float(f float64) {
	switch {
	case math.IsNaN(f):
		w.b.WriteString("NaN")
	case math.IsInf(f, 0):
		w.b.WriteString(map[bool]string{true: "-Infinity", false: "Infinity"}[f < 0])
	default:
		w.b.WriteString(floatRepr(f))
	}
}

func (w *jsonWriter) text(s string) {
	w.b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.b.WriteByte('\\')
			w.b.WriteRune(r)
		case r == '\n':
			w.b.WriteString(`\n`)
		case r == '\r':
			w.b.WriteString(`\r`)
		case r == '\t':
			w.b.WriteString(`\t`)
		case r == '\b':
			w.b.WriteString(`\b`)
		case r == '\f':
			w.b.WriteString(`\f`)
		case r < ' ' || r >= 0x7f && w.ascii && r <= 0xffff:
			fmt.Fprintf(&w.b, `\u%04x`, r)
		case w.ascii && r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&w.b, `\u%04x\u%04x`, hi, lo)
		default:
			w.b.WriteRune(r)
		}
	}
	w.b.WriteByte('"')
}

// between writes what stands between two values, or around all of them.
func (w *jsonWriter) between(i, depth int, lines bool) {
	if i > 0 {
		w.b.WriteString(w.comma)
	}
	if lines {
		w.b.WriteString("\n" + strings.Repeat(w.indent, depth))
	}
}

func (w *jsonWriter) list(l starlark.Indexable, depth int, lines bool) error {
	w.b.WriteByte('[')
	for i := range l.Len() {
		w.between(i, depth+1, lines)
		if err := w.value(l.Index(i), depth+1, lines); err != nil {
			return err
		}
		if w.b.Len() > maxBytes {
			return noMemory()
		}
	}
	if l.Len() > 0 {
		w.between(0, depth, lines)
	}
	w.b.WriteByte(']')
	return nil
}

func (w *jsonWriter) dict(d *starlark.Dict, depth int, lines bool) error {
	items := d.Items()
	if w.sortKeys {
		sort.SliceStable(items, func(i, j int) bool { return strOf(items[i][0]) < strOf(items[j][0]) })
	}
	w.b.WriteByte('{')
	for i, item := range items {
		w.between(i, depth+1, lines)
		key := ""
		switch k := item[0].(type) {
		case Str:
			key = k.s
		case starlark.Int, starlark.Float:
			key = strOf(k)
		case starlark.Bool:
			key = strings.ToLower(k.String())
		case starlark.NoneType:
			key = "null"
		default:
			return typeError("keys must be str, int, float, bool or None, not %s", typeName(k))
		}
		w.text(key)
		w.b.WriteString(w.colon)
		if err := w.value(item[1], depth+1, lines); err != nil {
			return err
		}
		if w.b.Len() > maxBytes {
			return noMemory()
		}
	}
	if len(items) > 0 {
		w.between(0, depth, lines)
	}
	w.b.WriteByte('}')
	return nil
}
