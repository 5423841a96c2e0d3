package code

import (
	"errors"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/runner/words"
)

func (m structs) tell(f *pack.Format, data []byte) {
	if m.seen != nil {
		m.seen(f, data)
	}
}

func (m structs) pack(c *call, f *pack.Format) (starlark.Value, error) {
	if err := noKeywords(c); err != nil {
		return nil, err
	}
	data, err := f.Pack(structValues(c.args))
	if err != nil {
		return nil, textHint(structFailed(err), c.args)
	}
	m.tell(f, data)
	return newBytes(data), nil
}

func noKeywords(c *call) error {
	if len(c.kwargs) > 0 {
		return typeError("%s() takes no keyword arguments", c.name)
	}
	return nil
}

// textHint adds what to do about text among the values.
func textHint(err error, args starlark.Tuple) error {
	var e *Error
	if errors.As(err, &e) && e.Kind == structErrorKind {
		for _, v := range args {
			if _, ok := v.(Str); ok {
				e.Hint = encodeHint(v)
			}
		}
	}
	return err
}

func (m structs) unpack(c *call, f *pack.Format) (starlark.Value, error) {
	var data []byte
	if c.self == nil && len(c.args)+len(c.kwargs) != 1 { // counted with the format
		return nil, typeError("%s expected 2 arguments, got %d", c.name, 1+len(c.args))
	}
	if err := c.unpack("*buffer", &data); err != nil {
		return nil, err
	}
	values, err := f.Unpack(data)
	if err != nil {
		return nil, paddingHint(structFailed(err), f, len(data))
	}
	m.tell(f, data)
	return m.tuple(values)
}

// tuple refuses a tuple that nothing could show or walk.
func (m structs) tuple(values []any) (starlark.Value, error) {
	if len(values) > maxElems {
		return nil, noMemory()
	}
	return structTuple(values), nil
}

// paddingHint adds that the bytes are as many as the format has without its
// padding: what comes of two ends that do not write the same prefix.
func paddingHint(err error, f *pack.Format, have int) error {
	var e *Error
	if !errors.As(err, &e) || !f.Native() {
		return err
	}
	if plain, bad := pack.Parse("=" + f.String()); bad == nil && plain.Size() == have {
		e.Hint = words.F("without padding the format has %d bytes: begin it with = < > or !; `layout %s` shows where the padding is", have, f.String())
	}
	return err
}

func (m structs) calcsize(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*format", &v); err != nil {
		return nil, err
	}
	f, err := structFormat(v)
	if err != nil {
		return nil, err
	}
	return starlark.MakeInt(f.Size()), nil
}

func (m structs) packInto(c *call, f *pack.Format) (starlark.Value, error) {
	if err := noKeywords(c); err != nil {
		return nil, err
	}
	if n := len(c.args); n < 2 {
		return nil, &Error{Kind: structErrorKind, Msg: words.Raw("pack_into expected " + []string{"buffer", "offset"}[n] + " argument")}
	}
	values := structValues(c.args[2:])
	a, ok := c.args[0].(*ByteArray)
	switch {
	case len(values) != f.Values(): // said before the buffer is looked at
		return nil, structFailed(f.PackInto(nil, 0, values))
	case !ok:
		return nil, typeError("argument must be read-write bytes-like object, not %s", typeName(c.args[0])).hint(
			words.F("a buffer is made with bytearray(%d)", max(f.Size(), 1)))
	}
	offset, err := asInt(c.args[1])
	if err != nil {
		return nil, err
	}
	if err := f.PackInto(a.b, offset, values); err != nil {
		return nil, textHint(structFailed(err), c.args[2:])
	}
	return starlark.None, nil
}

func (m structs) unpackFrom(c *call, f *pack.Format) (starlark.Value, error) {
	if c.self == nil && len(c.args)+len(c.kwargs) == 0 {
		return nil, typeError("%s() missing required argument 'buffer' (pos 2)", c.name)
	}
	var data []byte
	offset := 0
	if err := c.unpack("buffer", &data, "offset?", &offset); err != nil {
		return nil, err
	}
	values, err := f.UnpackFrom(data, offset)
	if err != nil {
		return nil, structFailed(err)
	}
	return m.tuple(values)
}

// iterUnpack makes a list, as map and zip do here.
func (m structs) iterUnpack(c *call, f *pack.Format) (starlark.Value, error) {
	var data []byte
	if c.self == nil && len(c.args)+len(c.kwargs) != 1 {
		return nil, typeError("%s expected 2 arguments, got %d", c.name, 1+len(c.args))
	}
	if err := c.unpack("*buffer", &data); err != nil {
		return nil, err
	}
	n, err := f.Times(len(data))
	if err != nil {
		return nil, structFailed(err)
	}
	if n*(f.Values()+1) > maxElems {
		return nil, noMemory()
	}
	list := make([]starlark.Value, n)
	for i := range list {
		values, err := f.UnpackFrom(data, i*f.Size())
		if err != nil {
			return nil, structFailed(err)
		}
		list[i] = structTuple(values)
	}
	return starlark.NewList(list), nil
}

// Struct is struct.Struct: a format that was read once.
type Struct struct {
	f   *pack.Format
	set *methodSet
}

func (m structs) newStruct(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := (&call{thread: c.thread, name: "Struct", args: c.args, kwargs: c.kwargs}).unpack("format", &v); err != nil {
		return nil, err
	}
	f, err := structFormat(v)
	if err != nil {
		return nil, err
	}
	return &Struct{f: f, set: m.methods()}, nil
}

// String names the format, which Python 3.11 does not.
func (s *Struct) String() string        { return "Struct(" + quoteStr(s.f.String()) + ")" }
func (s *Struct) Type() string          { return structType }
func (s *Struct) Freeze()               {}
func (s *Struct) Truth() starlark.Bool  { return true }
func (s *Struct) Hash() (uint32, error) { return starlark.String(s.f.String()).Hash() }

// Attr is a method, or size and format.
func (s *Struct) Attr(name string) (starlark.Value, error) {
	switch name {
	case "size":
		return starlark.MakeInt(s.f.Size()), nil
	case "format":
		return newStr(s.f.String()), nil
	}
	if v, _ := s.set.attr(s, name); v != nil {
		return v, nil
	}
	return nil, noAttr(s, name)
}

// AttrNames lists the methods and attributes.
func (s *Struct) AttrNames() []string { return append([]string{"format", "size"}, s.set.names...) }

var _ starlark.HasAttrs = (*Struct)(nil)
