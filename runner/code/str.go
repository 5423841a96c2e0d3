package code

import (
	"math"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// Str is Python's str: text counted, indexed and sliced by characters.
// It is immutable.
type Str struct {
	s string
	n int // characters; equal to len(s) if all are ASCII
}

// NewStr makes a Str. Bytes of s that are no UTF-8 become U+FFFD.
func NewStr(s string) Str {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return Str{s, utf8.RuneCountInString(s)}
}

func newStr(s string) Str { return NewStr(s) }

// GoString is the text itself; String is Python's repr of it.
func (s Str) GoString() string { return s.s }

func (s Str) String() string        { return quoteStr(s.s) }
func (s Str) Type() string          { return "str" }
func (s Str) Freeze()               {}
func (s Str) Truth() starlark.Bool  { return s.s != "" }
func (s Str) Hash() (uint32, error) { return starlark.String(s.s).Hash() }
func (s Str) Len() int              { return s.n }

func (s Str) ascii() bool { return s.n == len(s.s) }

// Index is the i-th character; 0 <= i < Len().
func (s Str) Index(i int) starlark.Value {
	if s.ascii() {
		return Str{s.s[i : i+1], 1}
	}
	for _, r := range s.s {
		if i == 0 {
			return Str{string(r), 1}
		}
		i--
	}
	return Str{}
}

// Slice is the characters from start to end by step.
func (s Str) Slice(start, end, step int) starlark.Value {
	if s.ascii() && step == 1 {
		return Str{s.s[start:end], end - start}
	}
	runes := []rune(s.s)
	var b strings.Builder
	n := 0
	for i := start; step > 0 && i < end || step < 0 && i > end; i += step {
		b.WriteRune(runes[i])
		n++
	}
	return Str{b.String(), n}
}

// Iterate yields the characters.
func (s Str) Iterate() starlark.Iterator { return &strIterator{s.s} }

type strIterator struct{ rest string }

func (it *strIterator) Next(p *starlark.Value) bool {
	if it.rest == "" {
		return false
	}
	_, n := utf8.DecodeRuneInString(it.rest)
	*p = Str{it.rest[:n], 1}
	it.rest = it.rest[n:]
	return true
}

func (it *strIterator) Done() {}

// Has is "y in s".
func (s Str) Has(y starlark.Value) (bool, error) {
	t, ok := y.(Str)
	if !ok {
		return false, typeError("'in <string>' requires string as left operand, not %s", typeName(y))
	}
	return strings.Contains(s.s, t.s), nil
}

// CompareSameType orders by code points, as Python does.
func (s Str) CompareSameType(op syntax.Token, y starlark.Value, _ int) (bool, error) {
	return threeway(op, strings.Compare(s.s, y.(Str).s)), nil
}

// Binary is s + t, s * n and s % x.
func (s Str) Binary(op syntax.Token, y starlark.Value, side starlark.Side) (starlark.Value, error) {
	switch op {
	case syntax.PLUS:
		if t, ok := y.(Str); ok {
			if len(s.s)+len(t.s) > maxBytes {
				return nil, noMemory()
			}
			return Str{s.s + t.s, s.n + t.n}, nil
		}
		if side == starlark.Left {
			return nil, typeError(`can only concatenate str (not "%s") to str`, typeName(y))
		}
	case syntax.STAR:
		if isIntLike(y) {
			n, err := repeatCount(len(s.s), y)
			if err != nil {
				return nil, err
			}
			return Str{strings.Repeat(s.s, n), s.n * n}, nil
		}
		return nil, typeError("can't multiply sequence by non-int of type '%s'", typeName(y))
	case syntax.PERCENT:
		if side == starlark.Left {
			out, err := percent(s.s, y, strKind)
			return newStr(out), err
		}
	}
	return nil, nil
}

// maxBytes is the longest text or bytes that an operator makes.
const maxBytes = 256 << 20

// repeatCount is n of "x * n" for an x of size bytes, at least 0.
func repeatCount(size int, n starlark.Value) (int, error) {
	k, err := asInt(n)
	if err != nil {
		return 0, err
	}
	if k <= 0 || size == 0 {
		return 0, nil
	}
	if k > maxBytes/size {
		return 0, noMemory()
	}
	return k, nil
}

func isIntLike(v starlark.Value) bool {
	switch v.(type) {
	case starlark.Int, starlark.Bool:
		return true
	}
	return false
}

// threeway turns a comparison's sign into the answer of the operator.
func threeway(op syntax.Token, cmp int) bool {
	switch op {
	case syntax.EQL:
		return cmp == 0
	case syntax.NEQ:
		return cmp != 0
	case syntax.LE:
		return cmp <= 0
	case syntax.LT:
		return cmp < 0
	case syntax.GE:
		return cmp >= 0
	}
	return cmp > 0
}

// Attr is a method of str.
func (s Str) Attr(name string) (starlark.Value, error) {
	if v, _ := strMethods.attr(s, name); v != nil {
		return v, nil
	}
	if name == "decode" {
		e := noAttr(s, name)
		e.Hint = textHasNoDecode()
		return nil, e
	}
	return nil, noAttr(s, name)
}

// AttrNames lists the methods of str.
func (s Str) AttrNames() []string { return strMethods.names }

// textOf is the text of a Str or of a name that Starlark made; else "".
func textOf(v starlark.Value) string {
	switch v := v.(type) {
	case Str:
		return v.s
	case starlark.String:
		return string(v)
	}
	return ""
}

// runeIndex is the number of characters in the first i bytes of s.
func (s Str) runeIndex(i int) int {
	if s.ascii() {
		return i
	}
	return utf8.RuneCountInString(s.s[:i])
}

// byteIndex is where the i-th character of s begins; i may be Len().
func (s Str) byteIndex(i int) int {
	if s.ascii() || i <= 0 {
		return max(i, 0)
	}
	for at := range s.s {
		if i == 0 {
			return at
		}
		i--
	}
	return len(s.s)
}

var (
	_ starlark.HasAttrs   = Str{}
	_ starlark.Sliceable  = Str{}
	_ starlark.Sequence   = Str{}
	_ starlark.Container  = Str{}
	_ starlark.HasBinary  = Str{}
	_ starlark.Comparable = Str{}
)

// maxIndex stands for "to the end" where a position may be left out.
const maxIndex = math.MaxInt32
