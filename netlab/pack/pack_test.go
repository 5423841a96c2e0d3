package pack

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parse(t *testing.T, format string) *Format {
	t.Helper()
	f, err := Parse(format)
	require.NoError(t, err, format)
	return f
}

func power(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }

// The bytes are those that CPython 3.11 gives on x86-64.
func TestPackedBytes(t *testing.T) {
	for _, c := range []struct {
		format string
		values []any
		want   string
	}{
		{"i", []any{int64(12345111)}, "\x17_\xbc\x00"},
		{">i", []any{int64(12345111)}, "\x00\xbc_\x17"},
		{"!i", []any{int64(12345111)}, "\x00\xbc_\x17"},
		{"ci", []any{[]byte("a"), int64(5)}, "a\x00\x00\x00\x05\x00\x00\x00"},
		{"=ci", []any{[]byte("a"), int64(5)}, "a\x05\x00\x00\x00"},
		{"ic0i", []any{int64(-2), []byte("z")}, "\xfe\xff\xff\xffz\x00\x00\x00"},
		{"!4sI", []any{[]byte("GET /"), uint64(1)}, "GET \x00\x00\x00\x01"},
		{"4s", []any{ByteArray("ab")}, "ab\x00\x00"},
		{"4p", []any{[]byte("abcdef")}, "\x03abc"},
		{"5p", []any{ByteArray("ab")}, "\x02ab\x00\x00"},
		{"1p", []any{[]byte("ab")}, "\x00"},
		{"0p", []any{[]byte("ab")}, ""},
		{"0sB", []any{[]byte("ab"), true}, "\x01"},
		{"???????", []any{true, Other(true), 0.0, []byte(""), ByteArray("x"), new(big.Int), nil}, "\x01\x01\x00\x00\x01\x00\x00"},
		{"Q", []any{uint64(math.MaxUint64)}, "\xff\xff\xff\xff\xff\xff\xff\xff"},
		{"P", []any{int64(-1)}, "\xff\xff\xff\xff\xff\xff\xff\xff"},
		{"<q", []any{int64(math.MinInt64)}, "\x00\x00\x00\x00\x00\x00\x00\x80"},
		{">e", []any{1.0 / 3}, "\x35\x55"},
		{"<eee", []any{0.0, 65504, 6e-8}, "\x00\x00\xff\x7b\x01\x00"},
		{"<e", []any{math.Copysign(0, -1)}, "\x00\x80"},
		{"<eee", []any{math.Inf(1), math.Inf(-1), math.NaN()}, "\x00\x7c\x00\xfc\x00\x7e"},
		{">f", []any{0.1}, "\x3d\xcc\xcc\xcd"},
		{">d", []any{int64(1)}, "\x3f\xf0\x00\x00\x00\x00\x00\x00"},
		{"@f", []any{1e300}, "\x00\x00\x80\x7f"},
		{"3x", nil, "\x00\x00\x00"},
		{"", nil, ""},
	} {
		p, err := parse(t, c.format).Pack(c.values)
		if assert.NoError(t, err, "%s %v", c.format, c.values) {
			assert.Equal(t, c.want, string(p), "%s %v", c.format, c.values)
		}
	}
}

func TestValuesThatDoNotFit(t *testing.T) {
	for _, c := range []struct {
		format string
		value  any
		want   string
	}{
		{"i", int64(2147483648), "'i' format requires -2147483648 <= number <= 2147483647"},
		{">i", int64(-2147483649), "'i' format requires -2147483648 <= number <= 2147483647"},
		{"<l", int64(2147483648), "'l' format requires -2147483648 <= number <= 2147483647"},
		{"I", int64(4294967296), "'I' format requires 0 <= number <= 4294967295"},
		{"I", int64(-1), "argument out of range"},
		{"B", int64(-1), "ubyte format requires 0 <= number <= 255"},
		{"b", int64(128), "byte format requires -128 <= number <= 127"},
		{"h", int64(32768), "short format requires -32768 <= number <= 32767"},
		{">h", int64(32768), "'h' format requires -32768 <= number <= 32767"},
		{"H", int64(-1), "ushort format requires 0 <= number <= 65535"},
		{"!H", int64(-1), "argument out of range"},
		{"!H", int64(65536), "'H' format requires 0 <= number <= 65535"},
		{"q", power(70), "argument out of range"}, {"Q", int64(-1), "argument out of range"},
		{">q", power(70), "int too large to convert"}, {">Q", int64(-1), "int too large to convert"},
		{"P", power(70), "int too large to convert"}, {"b", power(70), "argument out of range"},
		{"i", 1.5, "required argument is not an integer"}, {"i", []byte("1"), "required argument is not an integer"},
		{"i", Other(true), "required argument is not an integer"}, {"i", nil, "required argument is not an integer"},
		{"f", []byte("1"), "required argument is not a float"}, {"d", Other(true), "required argument is not a float"},
		{"d", power(2000), "required argument is not a float"},
		{"<f", power(140), "int too large to convert"}, {"e", int64(65520), "int too large to convert"},
		{"c", []byte("ab"), "char format requires a bytes object of length 1"},
		{"c", ByteArray("a"), "char format requires a bytes object of length 1"},
		{"c", int64(1), "char format requires a bytes object of length 1"},
		{"4s", int64(1), "argument for 's' must be a bytes object"},
		{"4p", Other(true), "argument for 'p' must be a bytes object"},
	} {
		_, err := parse(t, c.format).Pack([]any{c.value})
		var e *Error
		if assert.ErrorAs(t, err, &e, "%s %v", c.format, c.value) {
			assert.Equal(t, c.want, e.Msg, "%s %v", c.format, c.value)
			assert.Equal(t, StructError, e.Kind)
		}
	}
	for format, x := range map[string]float64{"<f": 1e300, ">f": -3.5e38, "e": 65520, "@e": -1e6} {
		_, err := parse(t, format).Pack([]any{x})
		var e *Error
		if assert.ErrorAs(t, err, &e, format) {
			assert.Equal(t, OverflowError, e.Kind)
			assert.Equal(t, "float too large to pack with "+format[len(format)-1:]+" format", e.Msg)
		}
	}
}

func TestUnpackedValues(t *testing.T) {
	for _, c := range []struct {
		format, data string
		want         []any
	}{
		{"i", "\x05\x00\x00\x00", []any{int64(5)}}, {">i", "\x05\x00\x00\x00", []any{int64(83886080)}},
		{"!I", "HTTP", []any{uint64(1213486160)}}, {"!I", "GET ", []any{uint64(1195725856)}},
		{"ci", "a\xff\xff\xff\xff\xff\xff\xff", []any{[]byte("a"), int64(-1)}},
		{"b", "\x80", []any{int64(-128)}}, {"<h", "\xfe\xff", []any{int64(-2)}}, {"P", "\xff\xff\xff\xff\xff\xff\xff\xff", []any{uint64(math.MaxUint64)}},
		{"??", "\x00\x02", []any{false, true}}, {"3s", "ab\x00", []any{[]byte("ab\x00")}},
		{"4p", "\x02abc", []any{[]byte("ab")}}, {"3p", "\x09ab", []any{[]byte("ab")}}, {"0p", "", []any{[]byte{}}}, {"1p", "\x05", []any{[]byte{}}},
		{">e", "\x35\x55", []any{0.333251953125}}, {"<ee", "\x00\x7c\x01\x00", []any{math.Inf(1), 5.960464477539063e-08}},
		{">f", "\x3d\xcc\xcc\xcd", []any{0.10000000149011612}}, {"2xB", "abc", []any{uint64('c')}}, {"", "", []any{}},
	} {
		got, err := parse(t, c.format).Unpack([]byte(c.data))
		if assert.NoError(t, err, c.format) {
			assert.Equal(t, c.want, got, "%s %q", c.format, c.data)
		}
	}
	for _, short := range []string{"", "abc", "abcde"} {
		_, err := parse(t, "i").Unpack([]byte(short))
		assert.EqualError(t, err, "unpack requires a buffer of 4 bytes")
	}
}

func TestBuffersAndOffsets(t *testing.T) {
	f := parse(t, "i")
	for _, c := range []struct {
		size, offset int
		pack, unpack string
	}{
		{3, 0, "pack_into requires a buffer of at least 4 bytes for packing 4 bytes at offset 0 (actual buffer size is 3)",
			"unpack_from requires a buffer of at least 4 bytes for unpacking 4 bytes at offset 0 (actual buffer size is 3)"},
		{8, 9, "pack_into requires a buffer of at least 13 bytes for packing 4 bytes at offset 9 (actual buffer size is 8)",
			"unpack_from requires a buffer of at least 13 bytes for unpacking 4 bytes at offset 9 (actual buffer size is 8)"},
		{8, -3, "no space to pack 4 bytes at offset -3", "not enough data to unpack 4 bytes at offset -3"},
		{8, -9, "offset -9 out of range for 8-byte buffer", "offset -9 out of range for 8-byte buffer"},
		{8, math.MinInt, "offset -9223372036854775808 out of range for 8-byte buffer", "offset -9223372036854775808 out of range for 8-byte buffer"},
		{8, math.MaxInt, "pack_into requires a buffer of at least 9223372036854775811 bytes for packing 4 bytes at offset 9223372036854775807 (actual buffer size is 8)",
			"unpack_from requires a buffer of at least 9223372036854775811 bytes for unpacking 4 bytes at offset 9223372036854775807 (actual buffer size is 8)"},
	} {
		assert.EqualError(t, f.PackInto(make([]byte, c.size), c.offset, []any{int64(1)}), c.pack)
		_, err := f.UnpackFrom(make([]byte, c.size), c.offset)
		assert.EqualError(t, err, c.unpack)
	}
	assert.EqualError(t, f.PackInto(nil, 0, nil), "pack_into expected 1 items for packing (got 0)")

	buf := []byte("abcdefgh")
	require.NoError(t, f.PackInto(buf, 1, []any{int64(1)}))
	assert.Equal(t, "a\x01\x00\x00\x00fgh", string(buf))
	require.NoError(t, f.PackInto(buf, -4, []any{int64(2)}))
	assert.Equal(t, "a\x01\x00\x00\x02\x00\x00\x00", string(buf))
	got, err := f.UnpackFrom(buf, -4)
	require.NoError(t, err)
	assert.Equal(t, []any{int64(2)}, got)

	n, err := f.Times(8)
	require.NoError(t, err)
	assert.Equal(t, 2, n)
	_, err = f.Times(7)
	assert.EqualError(t, err, "iterative unpacking requires a buffer of a multiple of 4 bytes")
	_, err = parse(t, "").Times(0)
	assert.EqualError(t, err, "cannot iteratively unpack with a struct of length 0")
}

func TestWhatIsUnpackedIsACopy(t *testing.T) {
	data := []byte("ab")
	got, err := parse(t, "2s").Unpack(data)
	require.NoError(t, err)
	data[0] = 'z'
	assert.Equal(t, []any{[]byte("ab")}, got)
}
