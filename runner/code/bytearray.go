package code

import (
	"bytes"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/socklab/socklab/runner/words"
)

// ByteArray is Python's bytearray: bytes that can be changed, for a buffer that
// recv_into fills and struct.pack_into writes. Whatever takes bytes takes it.
type ByteArray struct{ b []byte }

// content is the content of bytes or of a bytearray.
func content(v starlark.Value) (string, bool) {
	switch v := v.(type) {
	case Bytes:
		return v.s, true
	case *ByteArray:
		return string(v.b), true
	}
	return "", false
}

// String is Python's repr. Unlike that of bytes it escapes ' in "" too.
func (a *ByteArray) String() string {
	s := quoteBytes(string(a.b))
	if s[1] == '"' {
		s = strings.ReplaceAll(s, "'", `\'`)
	}
	return "bytearray(" + s + ")"
}

// Type is that of bytes, since Starlark compares only values of one type:
// bytearray(b'a') == b'a'. TypeName is what messages and type() say.
func (a *ByteArray) Type() string         { return Bytes{}.Type() }
func (a *ByteArray) TypeName() string     { return "bytearray" }
func (a *ByteArray) Freeze()              {}
func (a *ByteArray) Truth() starlark.Bool { return len(a.b) > 0 }
func (a *ByteArray) Len() int             { return len(a.b) }

// Hash fails: what can be changed is no key.
func (a *ByteArray) Hash() (uint32, error) { return 0, typeError("unhashable type: 'bytearray'") }

// Index is the i-th byte as a number; 0 <= i < Len().
func (a *ByteArray) Index(i int) starlark.Value { return starlark.MakeInt(int(a.b[i])) }

// Slice is a new bytearray of the bytes from start to end by step.
func (a *ByteArray) Slice(start, end, step int) starlark.Value {
	s, _ := content(Bytes{string(a.b)}.Slice(start, end, step))
	return &ByteArray{[]byte(s)}
}

// Get is a[key], with Python's words for a key that is wrong.
func (a *ByteArray) Get(key starlark.Value) (starlark.Value, bool, error) {
	i, err := a.place(key)
	if err != nil {
		return nil, false, err
	}
	return a.Index(i), true, nil
}

// SetKey is a[key] = v.
func (a *ByteArray) SetKey(key, v starlark.Value) error {
	i, err := a.place(key)
	if err != nil {
		return err
	}
	c, err := arrayByte(v)
	if err == nil {
		a.b[i] = c
	}
	return err
}

func (a *ByteArray) place(key starlark.Value) (int, error) {
	if !isIntLike(key) {
		return 0, typeError("bytearray indices must be integers or slices, not %s", typeName(key))
	}
	i, err := asInt(key)
	if err == nil && i < 0 {
		i += len(a.b)
	}
	if err != nil || i < 0 || i >= len(a.b) {
		return 0, raise("IndexError", "", "bytearray index out of range")
	}
	return i, nil
}

// arrayByte is a number from 0 to 255; "byte", where bytes() says "bytes".
func arrayByte(v starlark.Value) (byte, error) {
	c, err := asByte(v)
	if err != nil && isIntLike(v) {
		return 0, valueError("byte must be in range(0, 256)")
	}
	return c, err
}

// Iterate yields the bytes as numbers, with the changes made meanwhile.
func (a *ByteArray) Iterate() starlark.Iterator { return &arrayIterator{a: a} }

type arrayIterator struct {
	a *ByteArray
	i int
}

func (it *arrayIterator) Next(p *starlark.Value) bool {
	if it.i >= len(it.a.b) {
		return false
	}
	*p = it.a.Index(it.i)
	it.i++
	return true
}

func (it *arrayIterator) Done() {}

// Has is "y in a" for bytes and for a number.
func (a *ByteArray) Has(y starlark.Value) (bool, error) { return Bytes{string(a.b)}.Has(y) }

// CompareSameType orders by the numbers of the bytes, against bytes too.
func (a *ByteArray) CompareSameType(op syntax.Token, y starlark.Value, depth int) (bool, error) {
	return Bytes{string(a.b)}.CompareSameType(op, y, depth)
}

// Binary is that of bytes, but what it makes is a bytearray.
func (a *ByteArray) Binary(op syntax.Token, y starlark.Value, side starlark.Side) (starlark.Value, error) {
	if _, ok := y.(Bytes); ok && side == starlark.Right {
		return nil, nil // the left one decides
	}
	v, err := Bytes{string(a.b)}.Binary(op, y, side)
	if b, ok := v.(Bytes); ok {
		return &ByteArray{[]byte(b.s)}, err
	}
	if _, ok := content(y); err != nil && op == syntax.PLUS && !ok {
		return nil, typeError("can't concat %s to bytearray", typeName(y)).hint(encodeHint(y))
	}
	return nil, err
}

// encodeHint is what to do about text where bytes are wanted.
func encodeHint(v starlark.Value) words.Text {
	if _, ok := v.(Str); ok {
		return words.F("text becomes bytes with .encode('utf-8')")
	}
	return words.Text{}
}

// Attr is a method of bytearray.
func (a *ByteArray) Attr(name string) (starlark.Value, error) {
	if v, _ := bytearrayMethods.attr(a, name); v != nil {
		return v, nil
	}
	e := noAttr(a, name)
	if b, err := (Bytes{}).Attr(name); b == nil {
		e.Hint = err.(*Error).Hint //nolint:errorlint // Attr returns it bare
	}
	return nil, e
}

// AttrNames lists the methods of bytearray.
func (a *ByteArray) AttrNames() []string { return bytearrayMethods.names }

// replace puts other bytes in the place of those from i to j.
func (a *ByteArray) replace(i, j int, p []byte) error {
	if len(a.b)-(j-i)+len(p) > maxBytes {
		return noMemory()
	}
	tail := bytes.Clone(a.b[j:])
	a.b = append(append(a.b[:i], p...), tail...)
	return nil
}

var (
	_ starlark.HasAttrs   = (*ByteArray)(nil)
	_ starlark.Sliceable  = (*ByteArray)(nil)
	_ starlark.Sequence   = (*ByteArray)(nil)
	_ starlark.Container  = (*ByteArray)(nil)
	_ starlark.HasBinary  = (*ByteArray)(nil)
	_ starlark.HasSetKey  = (*ByteArray)(nil)
	_ starlark.Comparable = (*ByteArray)(nil)
)
