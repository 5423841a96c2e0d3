package code

import (
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/socklab/socklab/runner/words"
)

// Bytes is Python's bytes: b[0] is a number, b[1:] are bytes. It is immutable.
type Bytes struct{ s string }

// NewBytes makes Bytes of a copy of b.
func NewBytes(b []byte) Bytes { return Bytes{string(b)} }

func newBytes(b []byte) Bytes { return NewBytes(b) }

// asBytes is a copy of the content of bytes or of a bytearray, for whatever takes a bytes-like object.
func asBytes(v starlark.Value) ([]byte, error) {
	if s, ok := content(v); ok {
		return []byte(s), nil
	}
	e := typeError("a bytes-like object is required, not '%s'", typeName(v))
	if _, ok := v.(Str); ok {
		e.Hint = words.F("text becomes bytes with .encode('utf-8')")
	}
	return nil, e
}

// GoString is the bytes themselves; String is Python's repr of them.
func (b Bytes) GoString() string { return b.s }

func (b Bytes) String() string        { return quoteBytes(b.s) }
func (b Bytes) Type() string          { return "bytes" }
func (b Bytes) Freeze()               {}
func (b Bytes) Truth() starlark.Bool  { return b.s != "" }
func (b Bytes) Hash() (uint32, error) { return starlark.String(b.s).Hash() }
func (b Bytes) Len() int              { return len(b.s) }

// Index is the i-th byte as a number; 0 <= i < Len().
func (b Bytes) Index(i int) starlark.Value { return starlark.MakeInt(int(b.s[i])) }

// Slice is the bytes from start to end by step.
func (b Bytes) Slice(start, end, step int) starlark.Value {
	if step == 1 {
		return Bytes{b.s[start:end]}
	}
	var out []byte
	for i := start; step > 0 && i < end || step < 0 && i > end; i += step {
		out = append(out, b.s[i])
	}
	return newBytes(out)
}

// Iterate yields the bytes as numbers.
func (b Bytes) Iterate() starlark.Iterator { return &bytesIterator{b.s} }

type bytesIterator struct{ rest string }

func (it *bytesIterator) Next(p *starlark.Value) bool {
	if it.rest == "" {
		return false
	}
	*p = starlark.MakeInt(int(it.rest[0]))
	it.rest = it.rest[1:]
	return true
}

func (it *bytesIterator) Done() {}

// Has is "y in b" for bytes and for a number.
func (b Bytes) Has(y starlark.Value) (bool, error) {
	if isIntLike(y) {
		n, err := asByte(y)
		if err != nil {
			return false, valueError("byte must be in range(0, 256)")
		}
		return strings.IndexByte(b.s, n) >= 0, nil
	}
	t, err := asBytes(y)
	if err != nil {
		return false, err
	}
	return strings.Contains(b.s, string(t)), nil
}

// CompareSameType orders by the numbers of the bytes, also those of a bytearray.
func (b Bytes) CompareSameType(op syntax.Token, y starlark.Value, _ int) (bool, error) {
	other, _ := content(y)
	return threeway(op, strings.Compare(b.s, other)), nil
}

// Binary is b + c, b * n and b % x.
func (b Bytes) Binary(op syntax.Token, y starlark.Value, side starlark.Side) (starlark.Value, error) {
	switch op {
	case syntax.PLUS:
		if c, ok := content(y); ok {
			if len(b.s)+len(c) > maxBytes {
				return nil, noMemory()
			}
			return Bytes{b.s + c}, nil
		}
		if side == starlark.Left {
			return nil, typeError("can't concat %s to bytes", typeName(y)).hint(encodeHint(y))
		}
	case syntax.STAR:
		if isIntLike(y) {
			n, err := repeatCount(len(b.s), y)
			if err != nil {
				return nil, err
			}
			return Bytes{strings.Repeat(b.s, n)}, nil
		}
		return nil, typeError("can't multiply sequence by non-int of type '%s'", typeName(y))
	case syntax.PERCENT:
		if side == starlark.Left {
			out, err := percent(b.s, y, bytesKind)
			return Bytes{out}, err
		}
	}
	return nil, nil
}

// Attr is a method of bytes.
func (b Bytes) Attr(name string) (starlark.Value, error) {
	if v, _ := bytesMethods.attr(b, name); v != nil {
		return v, nil
	}
	e := noAttr(b, name)
	switch name {
	case "encode":
		e.Hint = words.F("these are bytes already; bytes become text with .decode('utf-8')")
	case "format":
		e.Hint = words.F("decode the bytes first: data.decode('utf-8')")
	}
	return nil, e
}

func textHasNoDecode() words.Text {
	return words.F("this is text already; text becomes bytes with .encode('utf-8')")
}

// AttrNames lists the methods of bytes.
func (b Bytes) AttrNames() []string { return bytesMethods.names }

// asByte is a number from 0 to 255.
func asByte(v starlark.Value) (byte, error) {
	n, err := asInt(v)
	if err != nil {
		return 0, err
	}
	if n < 0 || n > 255 {
		return 0, valueError("bytes must be in range(0, 256)")
	}
	return byte(n), nil
}

var (
	_ starlark.HasAttrs   = Bytes{}
	_ starlark.Sliceable  = Bytes{}
	_ starlark.Sequence   = Bytes{}
	_ starlark.Container  = Bytes{}
	_ starlark.HasBinary  = Bytes{}
	_ starlark.Comparable = Bytes{}
)
