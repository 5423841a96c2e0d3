package code

import (
	"bytes"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// bytearrayMethods are those of bytes, and those that change the bytes.
var bytearrayMethods = methods(append(byteMethods(bytearrayKind), []method{
	{"append", "append(n)", words.F("put a byte at the end"), arrayAppend},
	{"extend", "extend(iterable)", words.F("put all of iterable at the end"), arrayExtend},
	{"insert", "insert(index, n)", words.F("put a byte in front of the one at index"), arrayInsert},
	{"pop", "pop(index=-1)", words.F("take a byte out and return it"), arrayPop},
	{"remove", "remove(n)", words.F("take the first byte n out"), arrayRemove},
	{"reverse", "reverse()", words.F("turn the bytes round"), func(c *call) (starlark.Value, error) {
		reverseBytes(c.self.(*ByteArray).b)
		return starlark.None, c.unpack()
	}},
	{"clear", "clear()", words.F("take all bytes out"), func(c *call) (starlark.Value, error) {
		a := c.self.(*ByteArray)
		return starlark.None, a.replace(0, len(a.b), nil)
	}},
	{"copy", "copy()", words.F("a new bytearray of the same bytes"), func(c *call) (starlark.Value, error) {
		return &ByteArray{bytes.Clone(c.self.(*ByteArray).b)}, c.unpack()
	}},
}...))

var bytearrayOwn = methods([]method{
	{"fromhex", "fromhex(text)", words.F("the bytes that hexadecimal digits stand for"), func(c *call) (starlark.Value, error) {
		return asArray(bytesFromHex(c))
	}},
})

// asArray makes a bytearray of bytes that were just made.
func asArray(v starlark.Value, err error) (starlark.Value, error) {
	if err != nil {
		return nil, err
	}
	s, _ := content(v)
	return &ByteArray{[]byte(s)}, nil
}

func newByteArrayValue(c *call) (starlark.Value, error) {
	return asArray(makeBytes(c, "bytearray", arrayByte))
}

func arrayAppend(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*item", &v); err != nil {
		return nil, err
	}
	n, err := arrayByte(v)
	if err != nil {
		return nil, err
	}
	a := c.self.(*ByteArray)
	if len(a.b) >= maxBytes {
		return nil, noMemory()
	}
	a.b = append(a.b, n)
	return starlark.None, nil
}

func arrayExtend(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*iterable_of_ints", &v); err != nil {
		return nil, err
	}
	if _, ok := v.(Str); ok {
		return nil, typeError("'str' object cannot be interpreted as an integer").hint(encodeHint(v))
	}
	p, ok, err := bytesIn(v)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, typeError("can't extend bytearray with %s", typeName(v))
	}
	a := c.self.(*ByteArray)
	return starlark.None, a.replace(len(a.b), len(a.b), p)
}

// bytesIn is what a bytes-like value or an iterable of numbers holds; false if
// it is neither.
func bytesIn(v starlark.Value) (p []byte, ok bool, err error) {
	if s, ok := content(v); ok {
		return []byte(s), true, nil
	}
	it, ok := v.(starlark.Iterable)
	if !ok {
		return nil, false, nil
	}
	p, err = byteList(it, arrayByte)
	return p, true, err
}

// byteList is an iterable of numbers as bytes.
func byteList(it starlark.Iterable, of func(starlark.Value) (byte, error)) ([]byte, error) {
	if err := guard(it); err != nil {
		return nil, err
	}
	var out []byte
	for e := range starlark.Elements(it) {
		b, err := of(e)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func arrayInsert(c *call) (starlark.Value, error) {
	var i int
	var v starlark.Value
	if err := c.unpack("*index", &i, "*item", &v); err != nil {
		return nil, err
	}
	n, err := arrayByte(v)
	if err != nil {
		return nil, err
	}
	a := c.self.(*ByteArray)
	i = clampIndex(i, len(a.b))
	return starlark.None, a.replace(i, i, []byte{n})
}

func arrayPop(c *call) (starlark.Value, error) {
	i := -1
	if err := c.unpack("*index?", &i); err != nil {
		return nil, err
	}
	a := c.self.(*ByteArray)
	if len(a.b) == 0 {
		return nil, raise("IndexError", "", "pop from empty bytearray")
	}
	if i < 0 {
		i += len(a.b)
	}
	if i < 0 || i >= len(a.b) {
		return nil, raise("IndexError", "", "pop index out of range")
	}
	v := a.Index(i)
	return v, a.replace(i, i+1, nil)
}

func arrayRemove(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*value", &v); err != nil {
		return nil, err
	}
	n, err := arrayByte(v)
	if err != nil {
		return nil, err
	}
	a := c.self.(*ByteArray)
	i := bytes.IndexByte(a.b, n)
	if i < 0 {
		return nil, valueError("value not found in bytearray")
	}
	return starlark.None, a.replace(i, i+1, nil)
}
