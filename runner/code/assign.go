package code

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"
)

// assign puts one argument into its variable, by the variable's type: string
// takes a str, []byte any bytes, int and int64 an int, float64 a number, bool
// the truth of anything, starlark.Value anything, *starlark.Value that may be
// None nothing special; a starlark.Unpacker decides itself, and any other type
// must be the argument's own.
func (c *call) assign(p param, i int, v starlark.Value) error {
	switch ptr := p.ptr.(type) {
	case *starlark.Value:
		*ptr = v
		return nil
	case *string:
		s, ok := v.(Str)
		if !ok {
			return c.mustBe(p, i, "str", v)
		}
		*ptr = s.s
		return nil
	case *[]byte:
		b, err := asBytes(v)
		*ptr = b
		return err
	case *int:
		n, err := asInt(v)
		*ptr = n
		return err
	case *int64:
		n, err := asInt(v)
		*ptr = int64(n)
		return err
	case *float64:
		f, err := asFloat(v)
		*ptr = f
		return err
	case *bool:
		*ptr = bool(v.Truth())
		return nil
	case starlark.Unpacker:
		return ptr.Unpack(v)
	}
	return c.assignValue(p, i, v)
}

// assignValue is assign for the Starlark types a builtin may ask for.
func (c *call) assignValue(p param, i int, v starlark.Value) error {
	want := ""
	switch ptr := p.ptr.(type) {
	case *starlark.Iterable:
		it, ok := v.(starlark.Iterable)
		if !ok {
			return typeError("'%s' object is not iterable", typeName(v))
		}
		*ptr = it
		return nil
	case *starlark.Callable:
		if v == starlark.None {
			return nil
		}
		f, ok := v.(starlark.Callable)
		if !ok {
			return typeError("'%s' object is not callable", typeName(v))
		}
		*ptr = f
		return nil
	case **starlark.List:
		l, ok := v.(*starlark.List)
		if ok {
			*ptr = l
			return nil
		}
		want = "list"
	case **starlark.Dict:
		d, ok := v.(*starlark.Dict)
		if ok {
			*ptr = d
			return nil
		}
		want = "dict"
	case *starlark.Tuple:
		t, ok := v.(starlark.Tuple)
		if ok {
			*ptr = t
			return nil
		}
		want = "tuple"
	default:
		return fmt.Errorf("%s: no rule for an argument of type %T", c.name, p.ptr)
	}
	return c.mustBe(p, i, want, v)
}

// mustBe names an argument by its name if it has one, as CPython does.
func (c *call) mustBe(p param, i int, want string, v starlark.Value) error {
	which := fmt.Sprintf("'%s'", p.name)
	if p.unnamed {
		which = fmt.Sprint(i + 1)
	}
	return typeError("%s() argument %s must be %s, not %s", c.name, which, want, typeName(v))
}

// asInt is the int of v, as operator.index has it, within 64 bits.
func asInt(v starlark.Value) (int, error) {
	switch v := v.(type) {
	case starlark.Int:
		if n, ok := v.Int64(); ok {
			return int(n), nil
		}
		return 0, raise("OverflowError", "", "Python int too large to convert to C long")
	case starlark.Bool:
		if v {
			return 1, nil
		}
		return 0, nil
	}
	return 0, typeError("'%s' object cannot be interpreted as an integer", typeName(v))
}

// asFloat is the number v as a float.
func asFloat(v starlark.Value) (float64, error) {
	switch v := v.(type) {
	case starlark.Float:
		return float64(v), nil
	case starlark.Int:
		f := float64(v.Float())
		if math.IsInf(f, 0) {
			return 0, raise("OverflowError", "", "int too large to convert to float")
		}
		return f, nil
	case starlark.Bool:
		if v {
			return 1, nil
		}
		return 0, nil
	}
	return 0, typeError("must be real number, not %s", typeName(v))
}
