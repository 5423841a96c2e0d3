package pack

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
)

func (o Order) binary() binary.ByteOrder {
	if o == BigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// getBits reads the bytes of a number.
func (o Order) getBits(p []byte) uint64 {
	switch b := o.binary(); len(p) {
	case 1:
		return uint64(p[0])
	case 2:
		return uint64(b.Uint16(p))
	case 4:
		return uint64(b.Uint32(p))
	default:
		return b.Uint64(p)
	}
}

// putBits writes the bytes of a number.
func (o Order) putBits(p []byte, v uint64) {
	switch b := o.binary(); len(p) {
	case 1:
		p[0] = byte(v)
	case 2:
		b.PutUint16(p, uint16(v))
	case 4:
		b.PutUint32(p, uint32(v))
	default:
		b.PutUint64(p, v)
	}
}

// asInteger is a value as an integer; false is one of a number too.
func asInteger(v any) (*big.Int, bool) {
	switch v := v.(type) {
	case int64:
		return big.NewInt(v), true
	case int:
		return big.NewInt(int64(v)), true
	case uint64:
		return new(big.Int).SetUint64(v), true
	case *big.Int:
		return v, v != nil
	case bool:
		if v {
			return big.NewInt(1), true
		}
		return new(big.Int), true
	}
	return nil, false
}

// integerBits is the two's complement of a value in the size of a code.
func (c code) integerBits(v any, prefix byte) (uint64, error) {
	if n, ok := v.(int64); ok && n >= 0 && n <= math.MaxInt8 {
		return uint64(n), nil // fits all of them
	}
	n, ok := asInteger(v)
	if !ok {
		return 0, fail("required argument is not an integer")
	}
	bits := uint(c.size) * 8
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), bits)
	switch c.class {
	case classSigned:
		high.Rsh(high, 1)
		low.Neg(high)
	case classPointer: // PyLong_AsVoidPtr takes both
		low.Neg(new(big.Int).Rsh(high, 1))
	}
	high.Sub(high, big.NewInt(1))
	if n.Cmp(low) < 0 || n.Cmp(high) > 0 {
		return 0, c.outOfRange(n, low, high, prefix)
	}
	if n.Sign() < 0 {
		return uint64(n.Int64()), nil
	}
	return n.Uint64(), nil
}

// outOfRange says what CPython says of a number that does not fit, which
// depends on how Modules/_struct.c reads it: by PyLong_AsLong, whose own limits
// come first; by PyLong_AsUnsignedLong; or byte by byte. A little-endian
// machine reads its own order by the same functions as native numbers.
func (c code) outOfRange(n, low, high *big.Int, prefix byte) *Error {
	foreign := prefix == '>' || prefix == '!'
	if c.class == classPointer || foreign && c.size == 8 {
		return fail("int too large to convert")
	}
	name := fmt.Sprintf("'%c'", c.char)
	signed := c.class == classSigned
	switch {
	case c.size == 1 && signed:
		name = "byte"
	case c.size == 1:
		name, signed = "ubyte", true
	case c.size == 2 && !foreign && signed:
		name = "short"
	case c.size == 2 && !foreign:
		name, signed = "ushort", true
	}
	if c.size == 8 || signed && !n.IsInt64() || !signed && !n.IsUint64() {
		return fail("argument out of range")
	}
	return fail("%s format requires %d <= number <= %d", name, low, high)
}
