package code

import (
	"errors"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/runner/words"
)

// StructModule is Python's struct module. seen, which may be nil, is told of
// each pack and unpack that succeeds: the format and the bytes, which it must
// not change.
func StructModule(seen func(f *pack.Format, data []byte)) *Module {
	m := structs{seen}
	return &Module{Name: "struct", Help: words.F("numbers as bytes and back"), funcs: []method{
		{"pack", "pack(format, v1, v2, …)", words.F("the values as bytes"), m.function(m.pack)},
		{"unpack", "unpack(format, bytes)", words.F("the values in the bytes, always a tuple; there must be calcsize(format) of them"), m.function(m.unpack)},
		{"calcsize", "calcsize(format)", words.F("how many bytes the format has, padding included"), m.calcsize},
		{"pack_into", "pack_into(format, buffer, offset, v1, v2, …)", words.F("writes the values into a bytearray"), m.function(m.packInto)},
		{"unpack_from", "unpack_from(format, buffer, offset=0)", words.F("the values in the bytes from an offset on"), m.function(m.unpackFrom)},
		{"iter_unpack", "iter_unpack(format, bytes)", words.F("a list of a tuple for each piece of calcsize(format) bytes"), m.function(m.iterUnpack)},
	}, values: starlark.StringDict{
		"Struct": &typeObject{name: structType, set: m.methods(), row: method{
			"Struct", "Struct(format)", words.F("a format that was read once: it has pack, unpack, size"), m.newStruct}},
		"error": &typeObject{name: structErrorKind},
	}}
}

const (
	structType      = "_struct.Struct"
	structErrorKind = "struct.error"
)

type structs struct {
	seen func(*pack.Format, []byte)
}

// structFunc is a function once its format is known; c.args are the rest.
type structFunc func(c *call, f *pack.Format) (starlark.Value, error)

// function is a function of the module, whose first argument is the format.
func (m structs) function(fn structFunc) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		if len(c.args) == 0 {
			return nil, typeError("missing format argument")
		}
		f, err := structFormat(c.args[0])
		if err != nil {
			return nil, err
		}
		return fn(&call{thread: c.thread, name: c.name, args: c.args[1:], kwargs: c.kwargs}, f)
	}
}

// methods are the same functions on a Struct.
func (m structs) methods() *methodSet {
	of := func(fn structFunc) func(c *call) (starlark.Value, error) {
		return func(c *call) (starlark.Value, error) { return fn(c, c.self.(*Struct).f) }
	}
	return methods([]method{
		{"pack", "pack(v1, v2, …)", words.F("the values as bytes"), of(m.pack)},
		{"unpack", "unpack(bytes)", words.F("the values in the bytes, always a tuple; there must be calcsize(format) of them"), of(m.unpack)},
		{"pack_into", "pack_into(buffer, offset, v1, v2, …)", words.F("writes the values into a bytearray"), of(m.packInto)},
		{"unpack_from", "unpack_from(buffer, offset=0)", words.F("the values in the bytes from an offset on"), of(m.unpackFrom)},
		{"iter_unpack", "iter_unpack(bytes)", words.F("a list of a tuple for each piece of calcsize(format) bytes"), of(m.iterUnpack)},
	})
}

// structFormat reads a format, which is text or bytes.
func structFormat(v starlark.Value) (*pack.Format, error) {
	var text string
	switch v := v.(type) {
	case Str:
		ascii, err := encode(v.s, "ascii", "strict")
		if err != nil {
			return nil, err
		}
		text = string(ascii)
	case Bytes:
		text = v.s
	default:
		return nil, typeError("Struct() argument 1 must be a str or bytes object, not %s", typeName(v))
	}
	f, err := pack.Parse(text)
	if err != nil {
		return nil, structFailed(err)
	}
	return f, nil
}

// structFailed turns an error of pack into Python's.
func structFailed(err error) error {
	var e *pack.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Kind {
	case pack.OverflowError:
		return raise("OverflowError", "", "%s", e.Msg)
	case pack.MemoryError:
		return raiseText("MemoryError", "", words.F("a struct of %d bytes is too large to make here: at most %d", e.Size, pack.MaxSize))
	}
	return &Error{Kind: structErrorKind, Msg: words.Raw(e.Msg), Err: err}
}

// structValue is a value as pack takes it.
func structValue(v starlark.Value) any {
	switch v := v.(type) {
	case starlark.Int:
		if n, ok := v.Int64(); ok {
			return n
		}
		return v.BigInt()
	case starlark.Bool:
		return bool(v)
	case starlark.Float:
		return float64(v)
	case Bytes:
		return []byte(v.s)
	case *ByteArray:
		return pack.ByteArray(v.b)
	}
	return pack.Other(v.Truth())
}

func structValues(args starlark.Tuple) []any {
	values := make([]any, len(args))
	for i, v := range args {
		values[i] = structValue(v)
	}
	return values
}

// structTuple is unpacked values as the tuple that Python makes of them.
func structTuple(values []any) starlark.Tuple {
	t := make(starlark.Tuple, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case int64:
			t[i] = starlark.MakeInt64(v)
		case uint64:
			t[i] = starlark.MakeUint64(v)
		case float64:
			t[i] = starlark.Float(v)
		case bool:
			t[i] = starlark.Bool(v)
		case []byte:
			t[i] = newBytes(v)
		}
	}
	return t
}
