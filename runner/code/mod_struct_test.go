package code

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/pack"
)

func TestStructAndBytearrayAreCPythons(t *testing.T) {
	for _, c := range pyCases(t, "testdata/struct.txt") {
		t.Run(c.code, func(t *testing.T) {
			out, err := runCode(t, Config{Modules: []*Module{StructModule(nil)}}, Source{Text: c.code})
			if c.err == "" {
				require.Nil(t, err, "%v", err)
				assert.Equal(t, strings.TrimRight(c.out, "\n"), strings.TrimRight(out, "\n"))
				return
			}
			require.NotNil(t, err, "no error; CPython: %s", c.err)
			assert.Equal(t, c.err, err.Error())
		})
	}
}

func TestErrorsOfStructSayWhatToDo(t *testing.T) {
	for _, c := range []struct{ code, err, hint string }{
		{"struct.pack('4s', 'x')", "argument for 's' must be a bytes object", ".encode('utf-8')"},
		{"struct.unpack('i', 'abcd')", "a bytes-like object is required", ".encode('utf-8')"},
		{"struct.unpack('ci', bytes(5))", "unpack requires a buffer of 8 bytes", "without padding the format has 5 bytes"},
		{"struct.unpack('ci', bytes(6))", "unpack requires a buffer of 8 bytes", ""},
		{"struct.pack_into('4i', b'', 0, 1, 2, 3, 4)", "argument must be read-write", "bytearray(16)"},
		{"struct.pack('99999999999s', b'')", "MemoryError: a struct of 99999999999 bytes is too large to make here", ""},
		{"struct.calcsize('9999999999999i')", "struct.error: total struct size too long", ""},
		{"struct.iter_unpack('b', bytes(20 << 20))", "MemoryError", ""},
		{"bytearray(b'a').extend('x')", "'str' object cannot be interpreted", ".encode('utf-8')"},
		{"bytearray(b'a').format", "'bytearray' object has no attribute 'format'", "decode the bytes first"},
		{"b = bytearray(2)\nb[0:1], c = 1, 2", "cannot assign to a slice here", "x[:i] + new + x[j:]"},
		{"bytearray(1 << 40)", "MemoryError", ""},
	} {
		_, err := runCode(t, Config{Modules: []*Module{StructModule(nil)}}, Source{Text: c.code})
		if assert.NotNil(t, err, c.code) {
			assert.Contains(t, err.Error(), c.err, c.code)
			assert.Contains(t, err.Hint.String(), c.hint, c.code)
		}
	}
}

func TestWhoListensHearsOfEveryPackAndUnpack(t *testing.T) {
	var heard []string
	m := StructModule(func(f *pack.Format, data []byte) { heard = append(heard, f.String()+" "+string(data)) })
	_, err := runCode(t, Config{Modules: []*Module{m}}, Source{Text: "import struct\n" +
		"struct.unpack('2s', struct.pack('>H', 0x4142))\nstruct.Struct('b').pack(67)\nstruct.calcsize('i')"})
	require.Nil(t, err, "%v", err)
	assert.Equal(t, []string{">H AB", "2s AB", "b C"}, heard)
}

func TestLayoutTakesValuesOrBytes(t *testing.T) {
	in := New(Config{Modules: []*Module{StructModule(nil)}})
	require.NoError(t, in.Run(t.Context(), Source{Text: "data = b'abcd'\nn = 1"}))
	for _, c := range []struct{ format, exprs, want string }{
		{"i", "", ""}, {"<i", "n + 1", "\x02\x00\x00\x00"}, {"i", "data", "abcd"}, {"i", "bytearray(data)", "abcd"},
		{"6s", "data", "abcd\x00\x00"}, {"2sH", "data", "abcd"}, {">HH", "n, 2", "\x00\x01\x00\x02"},
	} {
		f, data, err := in.StructOf(t.Context(), c.format, c.exprs)
		require.NoError(t, err, c.format)
		assert.Equal(t, c.format, f.String())
		assert.Equal(t, c.want, string(data))
		assert.Equal(t, c.exprs == "", data == nil)
	}
	for _, c := range []struct{ format, exprs, want string }{
		{"z", "", "struct.error: bad char in struct format"}, {"i", "b'abc'", "struct.error: unpack requires a buffer of 4 bytes"},
		{"i", "1, 2", "struct.error: pack expected 1 items for packing (got 2)"}, {"i", "nobody", "NameError: name 'nobody' is not defined"},
		{"i", "1 2", "SyntaxError: invalid syntax"},
	} {
		_, _, err := in.StructOf(t.Context(), c.format, c.exprs)
		assert.EqualError(t, err, c.want)
	}
	assert.False(t, in.Bound("__value"))
}
