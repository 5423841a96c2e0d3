package pack

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever a format is, it is read or refused, and its fields lie side by side.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "ci", "=ci", "ic0i", "!4sI", " 2h 3x", "99999999999999999999i", "9999999999999b", "4", "z", "<n", "i\x00", "0p1p", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		format, err := Parse(text)
		if err != nil {
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.NotEmpty(t, e.Msg)
			return
		}
		end, values := 0, 0
		for _, field := range format.Fields() {
			assert.Equal(t, end, field.Offset, "%q", text)
			end += field.Size
			values += field.Values()
		}
		assert.Equal(t, format.Size(), end)
		assert.Equal(t, format.Values(), values)
		end, n := 0, 0
		for it := range format.Items() {
			assert.Equal(t, end, it.Offset, "%q", text)
			end += it.Size
			if n++; n > 1000 {
				return
			}
		}
		assert.Equal(t, format.Size(), end)
	})
}

// What any bytes are read as packs to bytes that are read as the same.
func FuzzPackUnpack(f *testing.F) {
	for _, s := range [][2]string{
		{"ci", "a\x00\x00\x00\x05\x00\x00\x00"}, {">hHe", "\xff\xfe\x01\x02\x7c\x01"}, {"4p2?", "\xffabc\x02\x00"},
		{"<fd", "\x00\x00\xa0\x7f\x00\x00\x00\x00\x00\x00\xf4\x7f"}, {"nNP", "\xff\xff\xff\xff\xff\xff\xff\xff\x80\x80\x80\x80\x80\x80\x80\x80abcdefgh"},
	} {
		f.Add(s[0], []byte(s[1]))
	}
	f.Fuzz(func(t *testing.T, text string, data []byte) {
		format, err := Parse(text)
		if err != nil || format.Size() > 1<<16 || len(text) > 1<<12 {
			t.Skip()
		}
		data = append(data, make([]byte, format.Size())...)[:format.Size()]
		values, err := format.Unpack(data)
		require.NoError(t, err)
		require.Len(t, values, format.Values())
		packed, err := format.Pack(values)
		require.NoError(t, err, "%q %v", text, values)
		again, err := format.Unpack(packed)
		require.NoError(t, err)
		repacked, err := format.Pack(again)
		require.NoError(t, err)
		assert.Equal(t, packed, repacked, "%q %x", text, data)

		buf := append([]byte("<<"), append(make([]byte, format.Size()), ">>"...)...)
		require.NoError(t, format.PackInto(buf, 2, values))
		assert.Equal(t, "<<"+string(packed)+">>", string(buf))
	})
}
