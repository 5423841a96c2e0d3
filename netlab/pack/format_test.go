package pack

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSizesAreThoseOf64BitLinux(t *testing.T) {
	for format, want := range map[string]int{
		"": 0, "ci": 8, "=ci": 5, "ic": 5, "ic0i": 8, "l": 8, "=l": 4, "<l": 4, "Qi": 12, "iQ": 16,
		"!4sI": 8, "cP": 16, "ch": 4, "c0h": 2, "2h3x": 7, "bd": 16, "nN": 16, "e": 2, "?f": 8, "10s": 10, "5p": 5,
		" i \t\n 2h ": 8, "x": 1, "0s": 0, "0i": 0, "c0q0h": 8, "hhl": 16, "1099511627776x": 1 << 40,
	} {
		f, err := Parse(format)
		if assert.NoError(t, err, format) {
			assert.Equal(t, want, f.Size(), format)
		}
	}
}

func TestFormatsThatAreWrong(t *testing.T) {
	for format, want := range map[string]string{
		"z": "bad char in struct format", " <i": "bad char in struct format", "i<": "bad char in struct format",
		"4 i": "bad char in struct format", "<n": "bad char in struct format", "!P": "bad char in struct format",
		"\xff": "bad char in struct format", "é": "bad char in struct format", "-1i": "bad char in struct format",
		"4": "repeat count given without format specifier", "i12": "repeat count given without format specifier",
		"i\x00": "embedded null character", "z\x00": "embedded null character",
		"9999999999999i":        "total struct size too long",
		"99999999999999999999i": "total struct size too long", "9223372036854775807i": "total struct size too long",
		"9223372036854775807x": "total struct size too long", "1099511627776xx": "total struct size too long",
		"1099511627775xq": "total struct size too long", "9223372036854775808z": "total struct size too long",
	} {
		_, err := Parse(format)
		var e *Error
		require.ErrorAs(t, err, &e, format)
		assert.Equal(t, want, e.Error(), format)
		assert.Equal(t, StructError, e.Kind, format)
	}
}

func TestFieldsShowWherePaddingIs(t *testing.T) {
	type row struct {
		code                     byte
		count, offset, size, val int
		pad                      bool
	}
	for format, want := range map[string][]row{
		"ci":      {{'c', 1, 0, 1, 1, false}, {0, 3, 1, 3, 0, true}, {'i', 1, 4, 4, 1, false}},
		"=ci":     {{'c', 1, 0, 1, 1, false}, {'i', 1, 1, 4, 1, false}},
		"3s2xh":   {{'s', 3, 0, 3, 1, false}, {'x', 2, 3, 2, 0, true}, {0, 1, 5, 1, 0, true}, {'h', 1, 6, 2, 1, false}},
		"ic0i":    {{'i', 1, 0, 4, 1, false}, {'c', 1, 4, 1, 1, false}, {0, 3, 5, 3, 0, true}, {'i', 0, 8, 0, 0, false}},
		"<3H4p0s": {{'H', 3, 0, 6, 3, false}, {'p', 4, 6, 4, 1, false}, {'s', 0, 10, 0, 1, false}},
	} {
		f, err := Parse(format)
		require.NoError(t, err, format)
		var got []row
		for _, x := range f.Fields() {
			got = append(got, row{x.Code, x.Count, x.Offset, x.Size, x.Values(), x.Pad})
		}
		assert.Equal(t, want, got, format)
	}
}

func TestItemsAreOnePerValue(t *testing.T) {
	f, err := Parse("c2i0h3s0s2x")
	require.NoError(t, err)
	type row struct {
		code                byte
		offset, size, value int
		pad, ordered, text  bool
	}
	var got []row
	for it := range f.Items() {
		got = append(got, row{it.Code, it.Offset, it.Size, it.Value, it.Pad, it.Ordered(), it.IsText()})
	}
	assert.Equal(t, []row{
		{'c', 0, 1, 0, false, false, true}, {0, 1, 3, -1, true, false, false},
		{'i', 4, 4, 1, false, true, false}, {'i', 8, 4, 2, false, true, false},
		{'s', 12, 3, 3, false, false, true}, {'s', 15, 0, 4, false, false, true}, {'x', 15, 2, -1, true, false, false},
	}, got)
	assert.Equal(t, 5, f.Values())
}

func TestAHugeFormatCostsNothing(t *testing.T) {
	f, err := Parse("99999999999b99999999999x")
	require.NoError(t, err)
	assert.Equal(t, 99999999999, f.Values())
	n := 0
	for range f.Items() {
		if n++; n == 10 {
			break
		}
	}
	_, err = f.Pack([]any{int64(1)})
	assert.EqualError(t, err, "pack expected 99999999999 items for packing (got 1)")
	_, err = f.Unpack(nil)
	assert.EqualError(t, err, "unpack requires a buffer of 199999999998 bytes")

	f, err = Parse("99999999999s")
	require.NoError(t, err)
	_, err = f.Pack([]any{[]byte("x")})
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, MemoryError, e.Kind)
	assert.Equal(t, 99999999999, e.Size)
}

func TestPrefixesAndOrders(t *testing.T) {
	for format, want := range map[string]struct {
		prefix byte
		order  Order
		native bool
	}{
		"i": {'@', LittleEndian, true}, "@i": {'@', LittleEndian, true}, "=i": {'=', LittleEndian, false},
		"<i": {'<', LittleEndian, false}, ">i": {'>', BigEndian, false}, "!i": {'!', BigEndian, false},
	} {
		f, err := Parse(format)
		require.NoError(t, err)
		assert.Equal(t, want.prefix, f.Prefix(), format)
		assert.Equal(t, want.order, f.Order(), format)
		assert.Equal(t, want.native, f.Native(), format)
		assert.Equal(t, format, f.String())
	}
	assert.Equal(t, BigEndian, LittleEndian.Other())
	assert.Equal(t, LittleEndian, BigEndian.Other())
	assert.Equal(t, "big-endian little-endian", BigEndian.String()+" "+LittleEndian.String())
}
