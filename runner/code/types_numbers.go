package code

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

func newIntValue(c *call) (starlark.Value, error) {
	var v, base starlark.Value = starlark.MakeInt(0), nil
	if err := c.unpack("*x?", &v, "base?", &base); err != nil {
		return nil, err
	}
	b := 10
	if base != nil {
		n, err := asInt(base)
		if err != nil {
			return nil, err
		}
		if b = n; b != 0 && (b < 2 || b > 36) {
			return nil, valueError("int() base must be >= 2 and <= 36, or 0")
		}
	}
	switch x := v.(type) {
	case Str:
		return parseInt(x.s, b, x)
	case Bytes, *ByteArray:
		s, _ := content(x)
		return parseInt(s, b, x)
	}
	if base != nil {
		return nil, typeError("int() can't convert non-string with explicit base")
	}
	switch x := v.(type) {
	case starlark.Int:
		return x, nil
	case starlark.Bool:
		n, _ := asInt(x)
		return starlark.MakeInt(n), nil
	case starlark.Float:
		if math.IsNaN(float64(x)) {
			return nil, valueError("cannot convert float NaN to integer")
		}
		if math.IsInf(float64(x), 0) {
			return nil, raise("OverflowError", "", "cannot convert float infinity to integer")
		}
		n, err := starlark.NumberToInt(x)
		return n, err
	}
	return nil, typeError("int() argument must be a string, a bytes-like object or a real number, not '%s'", typeName(v))
}

// parseInt reads a number as Python does: blanks around it and single _ inside
// are allowed.
func parseInt(s string, base int, v starlark.Value) (starlark.Value, error) {
	bad := valueError("invalid literal for int() with base %d: %s", base, reprOf(v))
	t := strings.TrimSpace(s)
	digits := strings.TrimLeft(t, "+-")
	if len(t)-len(digits) > 1 || len(t) > 4300 {
		return nil, bad
	}
	lower := strings.ToLower(digits)
	for prefix, b := range map[string]int{"0x": 16, "0o": 8, "0b": 2} {
		if strings.HasPrefix(lower, prefix) && (base == b || base == 0) {
			digits, base = strings.TrimPrefix(digits[2:], "_"), b
			break
		}
	}
	if base == 0 {
		base = 10
		if len(digits) > 1 && digits[0] == '0' && strings.Trim(digits, "0_") != "" {
			return nil, bad
		}
	}
	if strings.HasPrefix(digits, "_") || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__") || strings.ContainsAny(digits, "+-") {
		return nil, bad
	}
	n, ok := new(big.Int).SetString(strings.ReplaceAll(digits, "_", ""), base)
	if !ok {
		return nil, bad
	}
	if strings.HasPrefix(t, "-") {
		n.Neg(n)
	}
	return starlark.MakeBigInt(n), nil
}

func newFloatValue(c *call) (starlark.Value, error) {
	var v starlark.Value = starlark.Float(0)
	if err := c.unpack("*x?", &v); err != nil {
		return nil, err
	}
	text, isText := "", false
	switch x := v.(type) {
	case Str:
		text, isText = x.s, true
	case Bytes, *ByteArray:
		text, isText = content(x)
	}
	if !isText {
		f, err := asFloat(v)
		if err != nil {
			return nil, typeError("float() argument must be a string or a real number, not '%s'", typeName(v))
		}
		return starlark.Float(f), nil
	}
	t := strings.TrimSpace(text)
	f, err := strconv.ParseFloat(strings.ReplaceAll(t, "_", ""), 64)
	if err != nil && !math.IsInf(f, 0) || strings.ContainsAny(t, "xXpP") {
		return nil, valueError("could not convert string to float: %s", reprOf(v))
	}
	return starlark.Float(f), nil
}

func newBoolValue(c *call) (starlark.Value, error) {
	v := false
	err := c.unpack("*x?", &v)
	return starlark.Bool(v), err
}

func newDictValue(c *call) (starlark.Value, error) {
	d := new(starlark.Dict)
	return d, updateDict(c, d)
}

// maxRange is the longest range: anything that copies it stays within memory.
const maxRange = 50_000_000

func newRange(c *call) (starlark.Value, error) {
	for _, a := range c.args {
		if _, err := asInt(a); err != nil {
			return nil, err
		}
	}
	if len(c.args) == 0 || len(c.args) > 3 || len(c.kwargs) > 0 {
		return nil, typeError("range expected 1 to 3 arguments, got %d", len(c.args))
	}
	if len(c.args) == 3 && !bool(c.args[2].Truth()) {
		return nil, valueError("range() arg 3 must not be zero")
	}
	v, err := universal("range").CallInternal(c.thread, c.args, nil)
	if err != nil {
		return nil, err
	}
	if n := starlark.Len(v); n < 0 || n > maxRange {
		return nil, noMemory().hint(words.F("for very long loops use while"))
	}
	return v, nil
}
