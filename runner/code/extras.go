package code

import (
	"math/big"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// extras are the methods that Starlark's own types lack or have otherwise, by
// the type. A name of theirs behind a dot is looked up here first.
var extras = map[string]*methodSet{
	"int":   intMethods,
	"bool":  intMethods,
	"float": floatMethods,
	"list":  listMethods,
	"tuple": tupleMethods,
	"dict":  dictMethods,
	"set":   setMethods,
}

var extraNames = func() map[string]bool {
	names := map[string]bool{}
	for _, s := range extras {
		for _, name := range s.names {
			names[name] = true
		}
	}
	return names
}()

var intMethods = methods([]method{
	{"to_bytes", "to_bytes(length=1, byteorder='big', signed=False)", words.F("the number as so many bytes"), intToBytes},
	{"bit_length", "bit_length()", words.F("how many bits the number needs"), func(c *call) (starlark.Value, error) {
		n, err := bigOf(c.self)
		if err != nil {
			return nil, err
		}
		return starlark.MakeInt(n.BitLen()), c.unpack()
	}},
})

var intOwn = methods([]method{
	{"from_bytes", "from_bytes(bytes, byteorder='big', signed=False)", words.F("the number that the bytes are"), intFromBytes},
})

var bytesOwn = methods([]method{
	{"fromhex", "fromhex(text)", words.F("the bytes that hexadecimal digits stand for"), bytesFromHex},
})

var floatMethods = methods([]method{
	{"is_integer", "is_integer()", words.F("is it a whole number?"), func(c *call) (starlark.Value, error) {
		f, err := asFloat(c.self)
		return starlark.Bool(f == float64(int64(f))), err
	}},
})

var listMethods = methods([]method{
	{"sort", "sort(key=None, reverse=False)", words.F("put the list in order"), listSort},
	{"reverse", "reverse()", words.F("turn the list round"), listReverse},
	{"copy", "copy()", words.F("a new list of the same values"), func(c *call) (starlark.Value, error) {
		return starlark.NewList(listOf(c.self.(*starlark.List))), c.unpack()
	}},
	{"count", "count(x)", words.F("how often x is in it"), seqCount},
	{"index", "index(x, start=0, end=len)", words.F("where x first is; an error if it is not there"), listIndex},
	{"extend", "extend(iterable)", words.F("put all of iterable at the end"), listExtend},
})

var tupleMethods = methods([]method{
	{"count", "count(x)", words.F("how often x is in it"), seqCount},
	{"index", "index(x)", words.F("where x first is; an error if it is not there"), tupleIndex},
})

var dictMethods = methods([]method{
	{"copy", "copy()", words.F("a new dictionary with the same pairs"), func(c *call) (starlark.Value, error) {
		d := new(starlark.Dict)
		return d, copyDict(d, c.self.(*starlark.Dict))
	}},
	{"update", "update(pairs, **names)", words.F("put in all pairs"), func(c *call) (starlark.Value, error) {
		return starlark.None, updateDict(c, c.self.(*starlark.Dict))
	}},
	{"pop", "pop(key, default)", words.F("take out the value of key"), dictPop},
})

var setMethods = methods([]method{
	{"copy", "copy()", words.F("a new set of the same values"), func(c *call) (starlark.Value, error) {
		s := starlark.NewSet(starlark.Len(c.self))
		for v := range starlark.Elements(c.self.(*starlark.Set)) {
			if err := s.Insert(v); err != nil {
				return nil, err
			}
		}
		return s, c.unpack()
	}},
})

func byteOrder(order string) (big bool, err error) {
	switch order {
	case "big":
		return true, nil
	case "little":
		return false, nil
	}
	return false, valueError("byteorder must be either 'little' or 'big'")
}

func intToBytes(c *call) (starlark.Value, error) {
	length, order, signed := 1, "big", false
	if err := c.unpack("length?", &length, "byteorder?", &order, "*", "signed?", &signed); err != nil {
		return nil, err
	}
	bigEndian, err := byteOrder(order)
	if err != nil {
		return nil, err
	}
	n, err := bigOf(c.self)
	if err != nil {
		return nil, err
	}
	switch {
	case length < 0:
		return nil, valueError("length argument must be non-negative")
	case length > maxBytes:
		return nil, noMemory()
	case n.Sign() < 0 && !signed:
		return nil, raise("OverflowError", "", "can't convert negative int to unsigned")
	}
	bits := uint(length) * 8
	limit := new(big.Int).Lsh(big.NewInt(1), bits)
	low, high := big.NewInt(0), limit
	if signed {
		high = new(big.Int).Rsh(limit, 1)
		low = new(big.Int).Neg(high)
	}
	if n.Cmp(low) < 0 || n.Cmp(high) >= 0 {
		return nil, raise("OverflowError", "", "int too big to convert")
	}
	if n.Sign() < 0 {
		n = new(big.Int).Add(n, limit)
	}
	b := n.FillBytes(make([]byte, length))
	if !bigEndian {
		reverseBytes(b)
	}
	return newBytes(b), nil
}

func reverseBytes(b []byte) {
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
}

func intFromBytes(c *call) (starlark.Value, error) {
	var b []byte
	order, signed := "big", false
	if err := c.unpack("bytes", &b, "byteorder?", &order, "*", "signed?", &signed); err != nil {
		return nil, err
	}
	bigEndian, err := byteOrder(order)
	if err != nil {
		return nil, err
	}
	if !bigEndian {
		reverseBytes(b)
	}
	n := new(big.Int).SetBytes(b)
	if signed && len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(b))*8))
	}
	return starlark.MakeBigInt(n), nil
}

func bytesFromHex(c *call) (starlark.Value, error) {
	s := ""
	if err := c.unpack("*string", &s); err != nil {
		return nil, err
	}
	var out []byte
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(" \t\n\r\v\f", s[i]) >= 0 {
			continue
		}
		hi := hexDigit(s[i])
		if hi < 0 {
			return nil, notHex(i)
		}
		if i++; i >= len(s) || hexDigit(s[i]) < 0 {
			return nil, notHex(i)
		}
		out = append(out, byte(hi<<4|hexDigit(s[i])))
	}
	return newBytes(out), nil
}

func notHex(i int) error {
	return valueError("non-hexadecimal number found in fromhex() arg at position %d", i)
}

func hexDigit(c byte) int { return strings.IndexByte("0123456789abcdef", lowerByte(c)) }
