package pack

import (
	"math"
	"math/big"
)

// asFloat is a value as a float: of an integer the nearest one.
func asFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	}
	n, ok := asInteger(v)
	if !ok {
		return 0, false
	}
	f, _ := new(big.Float).SetInt(n).Float64()
	return f, !math.IsInf(f, 0)
}

// floatBits is a value as the bits of e, f or d. A native f is a C cast, which
// makes infinity of what is too large; all others refuse it.
func (c code) floatBits(v any, prefix byte) (uint64, error) {
	x, ok := asFloat(v)
	if !ok {
		return 0, fail("required argument is not a float")
	}
	fits := true
	var bits uint64
	switch c.size {
	case 2:
		var half uint16
		half, fits = halfBits(x)
		bits = uint64(half)
	case 4:
		y := float32(x)
		fits = prefix == '@' || !math.IsInf(float64(y), 0) || math.IsInf(x, 0)
		bits = uint64(math.Float32bits(y))
	default:
		bits = math.Float64bits(x)
	}
	if fits {
		return bits, nil
	}
	if _, isFloat := v.(float64); !isFloat {
		return 0, fail("int too large to convert")
	}
	e := fail("float too large to pack with %c format", c.char)
	e.Kind = OverflowError
	return 0, e
}

// The layout of IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction.
const (
	halfFraction = 10
	halfBias     = 15
	halfInf      = 0x1f << halfFraction
	halfNaN      = halfInf | 1<<(halfFraction-1)
)

// halfBits rounds to the nearest half, to the even one of two; false if that
// would be infinity.
func halfBits(x float64) (uint16, bool) {
	sign := uint16(0)
	if math.Signbit(x) {
		sign = 1 << 15
	}
	switch {
	case math.IsNaN(x):
		return sign | halfNaN, true
	case math.IsInf(x, 0):
		return sign | halfInf, true
	case x == 0:
		return sign, true
	}
	// The step between two neighbours: that of the smallest normal number
	// serves for all below it too. Scaling by it is exact.
	_, exp := math.Frexp(x)
	exp = max(exp-1, 1-halfBias)
	steps := math.RoundToEven(math.Ldexp(math.Abs(x), halfFraction-exp))
	// Steps count on from the exponent, so that a carry raises it.
	bits := uint32(exp+halfBias-1)<<halfFraction + uint32(min(steps, 1<<12))
	if bits >= halfInf {
		return 0, false
	}
	return sign | uint16(bits), true
}

// fromHalf is the value of a half; the payload of a NaN is lost, as in CPython.
func fromHalf(bits uint16) float64 {
	sign := 1.0
	if bits>>15 != 0 {
		sign = -1
	}
	exp := int(bits >> halfFraction & 0x1f)
	fraction := float64(bits & (1<<halfFraction - 1))
	switch {
	case exp == 0x1f && fraction == 0:
		return math.Inf(int(sign))
	case exp == 0x1f:
		return math.Copysign(math.Float64frombits(0x7ff8<<48), sign)
	case exp == 0:
		return math.Copysign(math.Ldexp(fraction, 1-halfBias-halfFraction), sign)
	}
	return sign * math.Ldexp(fraction+1<<halfFraction, exp-halfBias-halfFraction)
}

func (c code) readFloat(bits uint64) float64 {
	switch c.size {
	case 2:
		return fromHalf(uint16(bits))
	case 4:
		return float64(math.Float32frombits(uint32(bits)))
	}
	return math.Float64frombits(bits)
}
