package code

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var fuzzedCodecs = []string{"utf-8", "gbk", "gb18030", "gb2312", "latin-1", "ascii", "utf-16-le", "utf-16-be"}

// FuzzDecoders: a decoder never panics, accounts for every byte, gives back
// what it was made of, and does not care in which pieces bytes arrive.
func FuzzDecoders(f *testing.F) {
	f.Add([]byte("粘包 \xd5\xb3\xb0\xfc \xff"), uint8(1), uint8(3))
	f.Fuzz(func(t *testing.T, b []byte, which, step uint8) {
		name := fuzzedCodecs[int(which)%len(fuzzedCodecs)]
		spans, err := Spans(b, name)
		require.NoError(t, err)
		at, broken := 0, false
		for _, s := range spans {
			assert.Equal(t, at, s.From)
			assert.Greater(t, s.To, s.From)
			at, broken = s.To, broken || s.Err != ""
		}
		assert.Equal(t, len(b), at)
		whole, err := decode(b, name, "strict")
		assert.Equal(t, broken, err != nil)
		for _, errs := range []string{"replace", "ignore", "backslashreplace"} {
			s, err := decode(b, name, errs)
			require.NoError(t, err)
			assert.True(t, utf8.ValidString(s) || strings.Contains(name, "16"))
		}
		if broken {
			return
		}
		back, err := encode(whole, name, "strict")
		require.NoError(t, err)
		again, err := decode(back, name, "strict")
		require.NoError(t, err)
		assert.Equal(t, whole, again)
		c, err := findCodec(name)
		require.NoError(t, err)
		d := &incrementalDecoder{codec: c, now: c, errs: "strict"}
		var pieces strings.Builder
		for rest := b; len(rest) > 0; {
			n := min(1+int(step)%7, len(rest))
			s, err := d.decode(rest[:n], n == len(rest))
			require.NoError(t, err)
			pieces.WriteString(s)
			rest = rest[n:]
		}
		assert.Equal(t, whole, pieces.String())
	})
}
