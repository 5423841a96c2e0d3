package code

import (
	"math"
	"math/big"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

func chrFn(c *call) (starlark.Value, error) {
	n := 0
	if err := c.unpack("*i", &n); err != nil {
		return nil, err
	}
	if n < 0 || n > utf8.MaxRune {
		return nil, valueError("chr() arg not in range(0x110000)")
	}
	if n >= 0xd800 && n < 0xe000 {
		return nil, valueError("chr() of half a surrogate pair is not here")
	}
	return newStr(string(rune(n))), nil
}

func ordFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*c", &v); err != nil {
		return nil, err
	}
	switch x := v.(type) {
	case Str:
		if x.n == 1 {
			r, _ := utf8.DecodeRuneInString(x.s)
			return starlark.MakeInt(int(r)), nil
		}
	case Bytes, *ByteArray:
		if b, _ := content(x); len(b) == 1 {
			return starlark.MakeInt(int(b[0])), nil
		}
	default:
		return nil, typeError("ord() expected string of length 1, but %s found", typeName(v))
	}
	return nil, typeError("ord() expected a character, but string of length %d found", starlark.Len(v))
}

func bigOf(v starlark.Value) (*big.Int, error) {
	if n, ok := v.(starlark.Int); ok {
		return n.BigInt(), nil
	}
	n, err := asInt(v)
	return big.NewInt(int64(n)), err
}

func based(prefix string, base int) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		var v starlark.Value
		if err := c.unpack("*number", &v); err != nil {
			return nil, err
		}
		n, err := bigOf(v)
		if err != nil {
			return nil, err
		}
		s := n.Text(base)
		if strings.HasPrefix(s, "-") {
			return newStr("-" + prefix + s[1:]), nil
		}
		return newStr(prefix + s), nil
	}
}

// maxBits bounds pow, which would otherwise run without end.
const maxBits = 1 << 20

func powFn(c *call) (starlark.Value, error) {
	var x, n, m starlark.Value
	if err := c.unpack("base", &x, "exp", &n, "mod?", &m); err != nil {
		return nil, err
	}
	a, aErr := bigOf(x)
	b, bErr := bigOf(n)
	if aErr != nil || bErr != nil || b.Sign() < 0 && (m == nil || m == starlark.None) {
		return powFloat(x, n)
	}
	if m != nil && m != starlark.None {
		mod, err := bigOf(m)
		if err != nil {
			return nil, err
		}
		if mod.Sign() == 0 {
			return nil, valueError("pow() 3rd argument cannot be 0")
		}
		r := new(big.Int).Exp(a, b, mod)
		if r == nil {
			return nil, valueError("base is not invertible for the given modulus")
		}
		return starlark.MakeBigInt(r), nil
	}
	if a.BitLen() > 1 && (!b.IsInt64() || b.Int64() > maxBits/int64(a.BitLen())) {
		return nil, noMemory()
	}
	return starlark.MakeBigInt(new(big.Int).Exp(a, b, nil)), nil
}

func powFloat(x, n starlark.Value) (starlark.Value, error) {
	a, aErr := asFloat(x)
	b, bErr := asFloat(n)
	if aErr != nil || bErr != nil {
		return nil, typeError("unsupported operand type(s) for ** or pow(): '%s' and '%s'", typeName(x), typeName(n))
	}
	if a == 0 && b < 0 {
		return nil, raise("ZeroDivisionError", "", "0.0 cannot be raised to a negative power")
	}
	r := math.Pow(a, b)
	if math.IsInf(r, 0) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
		return nil, raise("OverflowError", "", "(34, 'Numerical result out of range')")
	}
	return starlark.Float(r), nil
}

func divmodFn(c *call) (starlark.Value, error) {
	var a, b starlark.Value
	if err := c.unpack("*x", &a, "*y", &b); err != nil {
		return nil, err
	}
	q, err := starlark.Binary(syntax.SLASHSLASH, a, b)
	if err != nil {
		return nil, err
	}
	r, err := starlark.Binary(syntax.PERCENT, a, b)
	return starlark.Tuple{q, r}, err
}

func roundFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	var digits starlark.Value = starlark.None
	if err := c.unpack("number", &v, "ndigits?", &digits); err != nil {
		return nil, err
	}
	if n, ok := v.(starlark.Int); ok {
		return n, nil
	}
	f, err := asFloat(v)
	if err != nil {
		return nil, typeError("type %s doesn't define __round__ method", typeName(v))
	}
	if digits == starlark.None {
		n, err := starlark.NumberToInt(starlark.Float(math.RoundToEven(f)))
		return n, err
	}
	d, err := asInt(digits)
	if err != nil {
		return nil, err
	}
	return starlark.Float(roundTo(f, d)), nil
}

func idFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*obj", &v); err != nil {
		return nil, err
	}
	h, err := v.Hash()
	if err != nil {
		h, _ = starlark.String(typeName(v)).Hash()
	}
	return starlark.MakeInt64(int64(h)), nil
}

func hashFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*obj", &v); err != nil {
		return nil, err
	}
	h, err := v.Hash()
	return starlark.MakeInt64(int64(h)), err
}
