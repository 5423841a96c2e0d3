package pack

import (
	"encoding/hex"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
)

func randomQuestion(rng *rand.Rand) question {
	q := question{Format: randomFormat(rng), Values: [][2]string{}}
	f, err := Parse(q.Format)
	size := rng.IntN(12)
	if err == nil && f.Size() <= 1<<20 && f.Values() < 1000 {
		size = f.Size()
		for it := range f.Items() {
			if !it.Pad {
				q.values = append(q.values, randomValue(rng, it.code))
			}
		}
		if rng.IntN(15) == 0 {
			q.values = append(q.values, int64(1))
		}
		if rng.IntN(5) == 0 {
			size = max(0, size+rng.IntN(9)-4)
		}
	}
	for _, v := range q.values {
		q.Values = append(q.Values, write(v))
	}
	q.data = randomBytes(rng, size)
	q.Data = hex.EncodeToString(q.data)
	if rng.IntN(3) == 0 {
		q.Offset = rng.IntN(2*size+5) - size - 2
	}
	return q
}

func randomFormat(rng *rand.Rand) string {
	var b strings.Builder
	b.WriteString([]string{"", "", "@", "=", "<", ">", "!"}[rng.IntN(7)])
	for range rng.IntN(6) {
		switch rng.IntN(12) {
		case 0, 1, 2:
			b.WriteString(strconv.Itoa(rng.IntN(5)))
		case 3:
			b.WriteString([]string{" ", "\t", "\n", "\v"}[rng.IntN(4)])
		}
		if rng.IntN(60) == 0 {
			b.WriteString([]string{"z", "~", "\x00", "9", "<", "99999999999999999999", "-"}[rng.IntN(7)])
		}
		b.WriteByte("xcbB?hHiIlLqQnNefdspP"[rng.IntN(21)])
	}
	// What CPython does with an empty p is a fault of it: it writes the length
	// behind the field, and reading fails with a SystemError.
	return strings.ReplaceAll(b.String(), "0p", "1p")
}

func randomValue(rng *rand.Rand, c code) any {
	kind := c.class
	if rng.IntN(40) == 0 {
		kind = class(rng.IntN(int(classPascal) + 1))
	}
	switch kind {
	case classChar:
		return randomBytes(rng, 1)
	case classText, classPascal:
		if rng.IntN(8) == 0 {
			return ByteArray(randomBytes(rng, rng.IntN(6)))
		}
		return randomBytes(rng, rng.IntN(6))
	case classFloat:
		return randomFloat(rng)
	case classBool:
		return []any{true, false, Other(true), Other(false), int64(0), int64(7), 0.0, []byte{}, ByteArray{1}}[rng.IntN(9)]
	case classPad:
		return Other(rng.IntN(2) == 0)
	}
	return randomInteger(rng, c.size)
}

func randomFloat(rng *rand.Rand) any {
	switch rng.IntN(8) {
	case 0:
		return []any{0.0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 65504.0, 65519.99, 65520.0, 1e300, -1e39,
			5e-8, 3.4028235e38, 3.4028236e38, 2.98e-8, 6.1e-5, int64(65520), power(128), power(1024), power(2000)}[rng.IntN(19)]
	case 1:
		return math.Float64frombits(rng.Uint64())
	case 2:
		return randomInteger(rng, 8)
	case 3:
		return math.Ldexp(rng.Float64()-0.5, rng.IntN(60)-40)
	}
	return (rng.Float64() - 0.5) * 1000
}

// randomInteger lies near a limit of some size, or anywhere.
func randomInteger(rng *rand.Rand, size int) any {
	n := new(big.Int)
	switch rng.IntN(4) {
	case 0:
		bits := []uint{7, 8, 15, 16, 31, 32, 63, 64, 70}[rng.IntN(9)]
		n = power(bits)
		n.Add(n, big.NewInt(int64(rng.IntN(3)-1)))
	case 1:
		n.SetInt64(int64(rng.IntN(256)))
	default:
		n.SetUint64(rng.Uint64() >> (64 - uint(size)*8 + 1))
	}
	if rng.IntN(3) == 0 {
		n.Neg(n)
	}
	switch {
	case n.IsInt64() && rng.IntN(9) > 0:
		return n.Int64()
	case n.IsUint64() && rng.IntN(2) > 0:
		return n.Uint64()
	case rng.IntN(50) == 0:
		return rng.IntN(2) == 0
	}
	return n
}

func randomBytes(rng *rand.Rand, n int) []byte {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(rng.Uint32())
	}
	return p
}
