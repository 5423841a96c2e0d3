package code

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// typeObject is a type as Python has it: it is called to make a value, printed
// as <class 'bytes'>, and compared with type(x).
type typeObject struct {
	name string
	row  method
	own  *methodSet // functions of the type itself, such as bytes.fromhex
	set  *methodSet // methods of its values
}

func (t *typeObject) String() string        { return "<class '" + t.name + "'>" }
func (t *typeObject) Type() string          { return "type" }
func (t *typeObject) Freeze()               {}
func (t *typeObject) Truth() starlark.Bool  { return true }
func (t *typeObject) Hash() (uint32, error) { return starlark.String(t.name).Hash() }
func (t *typeObject) Name() string          { return t.name }

// CallInternal implements starlark.Callable.
func (t *typeObject) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if t.row.fn == nil {
		return nil, typeError("cannot create '%s' instances", t.name)
	}
	return t.row.fn(&call{thread: thread, name: t.name, args: args, kwargs: kwargs})
}

// Attr is a function of the type, or a method that takes its value first.
func (t *typeObject) Attr(name string) (starlark.Value, error) {
	if name == "__name__" {
		return newStr(t.name), nil
	}
	if t.own != nil {
		if m := t.own.rows[name]; m != nil {
			return &builtin{m: m}, nil
		}
	}
	if t.set != nil {
		if m := t.set.rows[name]; m != nil {
			return &builtin{m: t.unbound(m)}, nil
		}
	}
	return nil, raise("AttributeError", "", "type object '%s' has no attribute '%s'", t.name, name)
}

func (t *typeObject) unbound(m *method) *method {
	return &method{name: m.name, sig: m.sig, help: m.help, fn: func(c *call) (starlark.Value, error) {
		if len(c.args) == 0 || typeName(c.args[0]) != t.name {
			return nil, typeError("descriptor '%s' for '%s' objects needs one", m.name, t.name)
		}
		return m.fn(&call{thread: c.thread, self: c.args[0], name: m.name, args: c.args[1:], kwargs: c.kwargs})
	}}
}

// AttrNames lists the functions of the type.
func (t *typeObject) AttrNames() []string {
	if t.own != nil {
		return t.own.names
	}
	return nil
}

var _ starlark.Callable = (*typeObject)(nil)

// typeObjects makes the types; each interpreter has its own.
func typeObjects() []*typeObject {
	return []*typeObject{
		{name: "str", set: strMethods, row: method{"str", "str(x='', encoding='utf-8', errors='strict')", words.F("x as text"), newStrValue}},
		{name: "bytes", set: bytesMethods, own: bytesOwn, row: method{"bytes", "bytes(x=b'', encoding, errors='strict')", words.F("bytes from numbers, from text and an encoding, or n zeros"), newBytesValue}},
		{name: "bytearray", set: bytearrayMethods, own: bytearrayOwn, row: method{"bytearray", "bytearray(x=b'', encoding, errors='strict')", words.F("as bytes(), but they can be changed"), newByteArrayValue}},
		{name: "int", set: intMethods, own: intOwn, row: method{"int", "int(x=0, base=10)", words.F("x as a whole number"), newIntValue}},
		{name: "float", row: method{"float", "float(x=0.0)", words.F("x as a number with a fraction"), newFloatValue}},
		{name: "bool", row: method{"bool", "bool(x=False)", words.F("the truth of x"), newBoolValue}},
		{name: "list", set: listMethods, row: method{"list", "list(iterable=())", words.F("a new list of what is in iterable"), lend("list")}},
		{name: "tuple", row: method{"tuple", "tuple(iterable=())", words.F("a tuple of what is in iterable"), lend("tuple")}},
		{name: "set", row: method{"set", "set(iterable=())", words.F("a set of what is in iterable"), lend("set")}},
		{name: "dict", set: dictMethods, row: method{"dict", "dict(pairs=(), **names)", words.F("a new dictionary"), newDictValue}},
		{name: "range", row: method{"range", "range(start=0, stop, step=1)", words.F("the numbers from start to before stop"), newRange}},
		{name: "type", row: method{"type", "type(x)", words.F("the type of x"), typeOf}},
		{name: "NoneType"}, {name: "function"}, {name: "builtin_function_or_method"}, {name: "module"},
	}
}

func isType(name string) bool {
	switch name {
	case "str", "bytes", "bytearray", "int", "float", "bool", "list", "tuple", "set", "dict", "range", "type":
		return true
	}
	return false
}

// typeName is the name of v's type as Python's messages have it.
func typeName(v starlark.Value) string {
	if n, ok := v.(interface{ TypeName() string }); ok {
		return n.TypeName()
	}
	if t := v.Type(); t != "string" {
		return t
	}
	return "str"
}

func typeOf(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*object", &v); err != nil {
		return nil, err
	}
	return typeObjectOf(c.interp(), v), nil
}

// typeObjectOf is the type of v. A type nobody has met yet gets an object that
// stays the same, so that type(a) == type(b) holds.
func typeObjectOf(in *Interp, v starlark.Value) *typeObject {
	name := typeName(v)
	if t := in.types[name]; t != nil {
		return t
	}
	t := &typeObject{name: name}
	in.types[name] = t
	return t
}

func newStrValue(c *call) (starlark.Value, error) {
	var v starlark.Value
	encoding, errs := "utf-8", "strict"
	if err := c.unpack("object?", &v, "encoding?", &encoding, "errors?", &errs); err != nil {
		return nil, err
	}
	switch {
	case v == nil:
		return newStr(""), nil
	case len(c.args)+len(c.kwargs) == 1:
		return newStr(strOf(v)), nil
	}
	b, ok := content(v)
	if !ok {
		return nil, typeError("decoding to str: need a bytes-like object, %s found", typeName(v))
	}
	s, err := decode([]byte(b), encoding, errs)
	return newStr(s), err
}

func newBytesValue(c *call) (starlark.Value, error) { return makeBytes(c, "bytes", asByte) }

// makeBytes is bytes(…) and bytearray(…); of reads one number.
func makeBytes(c *call, name string, of func(starlark.Value) (byte, error)) (starlark.Value, error) {
	var v starlark.Value
	encoding, errs := "", "strict"
	if err := c.unpack("source?", &v, "encoding?", &encoding, "errors?", &errs); err != nil {
		return nil, err
	}
	switch x := v.(type) {
	case nil:
		return Bytes{}, nil
	case Bytes:
		return x, nil
	case *ByteArray:
		return newBytes(x.b), nil
	case Str:
		if encoding == "" {
			return nil, typeError("string argument without an encoding").hint(words.F("text becomes bytes with .encode('utf-8')"))
		}
		b, err := encode(x.s, encoding, errs)
		return newBytes(b), err
	case starlark.Int:
		n, err := asInt(x)
		if err == nil && n < 0 {
			err = valueError("negative count")
		}
		if err == nil && n > maxBytes {
			err = noMemory()
		}
		if err != nil {
			return nil, err
		}
		return Bytes{strings.Repeat("\x00", n)}, nil
	case starlark.Iterable:
		out, err := byteList(x, of)
		return newBytes(out), err
	}
	return nil, typeError("cannot convert '%s' object to %s", typeName(v), name)
}
