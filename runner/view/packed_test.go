package view

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/pack"
)

func packed(t *testing.T, format string, values ...any) func(r *Renderer) {
	t.Helper()
	f, err := pack.Parse(format)
	require.NoError(t, err)
	if values == nil {
		return func(r *Renderer) { r.Packed(Packed{Format: f}) }
	}
	data, err := f.Pack(values)
	require.NoError(t, err)
	return func(r *Renderer) { r.Packed(Packed{Format: f, Data: data}) }
}

func TestPackedBytesStandInBoxes(t *testing.T) {
	show := packed(t, "ci", []byte("a"), int64(5))
	golden(t, 80, Options{}, `
 ci: 8 bytes, native order (little-endian), native sizes and alignment
 offset             0       1          4
                  ┌───────┬──────────┬─────────────┐
                  │ 61    │░00░00░00░│ 05 00 00 00 │
                  └───────┴──────────┴─────────────┘
 format             c [0]   padding    i [1]
 value              b'a'               5
 read big-endian                       83886080
`, show)
	golden(t, 80, chinese, `
 ci：8 字节，本机字节序（小端），本机大小，按本机对齐
 偏移        0       1          4
           ┌───────┬──────────┬─────────────┐
           │ 61    │░00░00░00░│ 05 00 00 00 │
           └───────┴──────────┴─────────────┘
 格式        c [0]   填充       i [1]
 值          b'a'               5
 按大端读                       83886080
`, show)
	golden(t, 80, Options{ASCII: true}, `
 ci: 8 bytes, native order (little-endian), native sizes and alignment
  offset 0: c [0], 1 byte: 61 = b'a'
  offset 1: padding, 3 bytes: 00 00 00
  offset 4: i [1], 4 bytes: 05 00 00 00 = 5 (read big-endian: 83886080)
`, show)
	golden(t, 40, Options{}, `
 ci: 8 bytes, native order (little-
 endian), native sizes and alignment
  offset 0: c [0], 1 byte: 61 = b'a'
  offset 1: padding, 3 bytes: 00 00 00
  offset 4: i [1], 4 bytes: 05 00 00 00
    = 5 (read big-endian: 83886080)
`, show)
	golden(t, 80, Options{}, `
 !3sxH: 6 bytes, network order (big-endian), standard sizes, no padding
 offset    0          3           4
         ┌──────────┬───────────┬───────┐
         │ ·· ·· ·· │░··░░░░░░░░│ ·· ·· │
         └──────────┴───────────┴───────┘
 format    3s [0]     x padding   H [1]
`, packed(t, "!3sxH"))
}

func TestLongFormatsAreDrawnInPart(t *testing.T) {
	f, err := pack.Parse("!200sH9000b")
	require.NoError(t, err)
	data := []byte(strings.Repeat("x", f.Size()))
	got := shown(80, Options{}, func(r *Renderer) { r.Packed(Packed{Format: f, Data: data}) })
	assert.Contains(t, got, "│ 78 78 78 78 78 78 78 78 … 78     │")
	assert.Contains(t, got, "b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxx…")
	assert.Contains(t, got, "not drawn: 8978 more bytes, 8978 more values")
	huge, err := pack.Parse("99999999999b")
	require.NoError(t, err)
	assert.Contains(t, shown(80, Options{}, func(r *Renderer) { r.Packed(Packed{Format: huge}) }), "99999999975 more values")
}

func TestPackedFitsEverywhere(t *testing.T) {
	for _, show := range []func(r *Renderer){
		packed(t, ""), packed(t, "0s"), packed(t, "c"),
		packed(t, "<dq40s", -1.5e-300, int64(math.MinInt64), []byte(strings.Repeat(hostile, 3))),
		packed(t, "30p?e", []byte("你好"), true, math.NaN()),
		packed(t, "@b100x3Q", int64(-1), uint64(1), uint64(2), uint64(math.MaxUint64)), packed(t, "\t\n b\v2x\f\r"),
	} {
		everywhere(t, show)
	}
}

func TestValuesAsPythonShowsThem(t *testing.T) {
	for want, v := range map[string]any{
		"True": true, "False": false, "-5": int64(-5), "18446744073709551615": uint64(math.MaxUint64), `b'a\x00'`: []byte("a\x00"),
		"0.1": 0.1, "1.0": 1.0, "-0.0": math.Copysign(0, -1), "1e+16": 1e16, "1000000000000000.0": 1e15, "1e-05": 1e-5, "0.0001": 1e-4,
		"nan": math.NaN(), "inf": math.Inf(1), "-inf": math.Inf(-1), "5e-324": 5e-324, "123456789.5": 123456789.5,
	} {
		assert.Equal(t, want, PythonValue(v))
	}
}
