package code

import (
	"strings"
	"unicode"

	"go.starlark.net/starlark"
)

// kind is what str and bytes differ in, so that a method is written once for
// both.
type kind struct {
	name  string
	make  func(s string) starlark.Value
	arg   func(v starlark.Value) (string, error)
	space func(r rune) bool
	index func(self starlark.Value, at int) int // bytes to units
	at    func(self starlark.Value, i int) int  // units to bytes
}

var strKind = &kind{
	name: "str",
	make: func(s string) starlark.Value { return newStr(s) },
	arg: func(v starlark.Value) (string, error) {
		if s, ok := v.(Str); ok {
			return s.s, nil
		}
		return "", typeError("must be str, not %s", typeName(v))
	},
	space: unicode.IsSpace,
	index: func(self starlark.Value, at int) int { return self.(Str).runeIndex(at) },
	at:    func(self starlark.Value, i int) int { return self.(Str).byteIndex(i) },
}

var bytesKind = &kind{
	name: "bytes",
	make: func(s string) starlark.Value { return Bytes{s} },
	arg: func(v starlark.Value) (string, error) {
		b, err := asBytes(v)
		return string(b), err
	},
	space: func(r rune) bool { return strings.ContainsRune(" \t\n\r\v\f", r) },
	index: func(_ starlark.Value, at int) int { return at },
	at:    func(_ starlark.Value, i int) int { return i },
}

// bytearrayKind is bytesKind but for what it makes. Messages say bytes, as
// CPython's do.
var bytearrayKind = &kind{
	name:  bytesKind.name,
	make:  func(s string) starlark.Value { return &ByteArray{[]byte(s)} },
	arg:   bytesKind.arg,
	space: bytesKind.space,
	index: bytesKind.index,
	at:    bytesKind.at,
}

// self is the text or the bytes of the receiver as a Go string.
func (k *kind) self(c *call) string {
	switch v := c.self.(type) {
	case Str:
		return v.s
	case Bytes:
		return v.s
	case *ByteArray:
		return string(v.b)
	}
	return ""
}

// kindArg is an argument that must be of the kind; given tells None and "left
// out" from empty.
type kindArg struct {
	k     *kind
	s     string
	given bool
}

// Unpack implements starlark.Unpacker.
func (a *kindArg) Unpack(v starlark.Value) error {
	if v == starlark.None {
		return nil
	}
	s, err := a.k.arg(v)
	a.s, a.given = s, true
	return err
}

// optInt is an int that may be None.
type optInt struct{ n int }

// Unpack implements starlark.Unpacker.
func (o *optInt) Unpack(v starlark.Value) error {
	if v == starlark.None {
		return nil
	}
	n, err := asInt(v)
	o.n = n
	return err
}
