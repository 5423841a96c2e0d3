package code

import (
	"unicode/utf16"
	"unicode/utf8"
)

var utf8Codec = &codec{name: "utf-8", decodeAt: decodeUTF8, encodeRune: func(out []byte, r rune) ([]byte, string) {
	return utf8.AppendRune(out, r), ""
}}

// decodeUTF8 counts as bad what CPython counts: the longest piece that could
// have begun a character (Unicode, "maximal subpart").
func decodeUTF8(b []byte, i int) (rune, int, string) {
	r, size := utf8.DecodeRune(b[i:])
	if r != utf8.RuneError || size > 1 {
		return r, size, ""
	}
	c := b[i]
	need, low, high := 0, byte(0x80), byte(0xbf)
	switch {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c >= 0xe0 && c <= 0xef:
		need = 2
		switch c {
		case 0xe0:
			low = 0xa0
		case 0xed:
			high = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		need = 3
		switch c {
		case 0xf0:
			low = 0x90
		case 0xf4:
			high = 0x8f
		}
	default:
		return 0, 1, "invalid start byte"
	}
	n := 1
	for ; n <= need; n++ {
		if i+n >= len(b) {
			return 0, n, "unexpected end of data"
		}
		if b[i+n] < low || b[i+n] > high {
			break
		}
		low, high = 0x80, 0xbf
	}
	return 0, n, "invalid continuation byte"
}

// isHalfSurrogate reports whether two bytes, the last ones, begin a surrogate.
// CPython's incremental decoder refuses them when the third has come.
func isHalfSurrogate(b []byte) bool {
	return len(b) == 2 && b[0] == 0xed && b[1] >= 0xa0 && b[1] <= 0xbf
}

var latin1Codec = &codec{name: "latin-1", together: true,
	decodeAt: func(b []byte, i int) (rune, int, string) { return rune(b[i]), 1, "" },
	encodeRune: func(out []byte, r rune) ([]byte, string) {
		if r > 0xff {
			return out, "ordinal not in range(256)"
		}
		return append(out, byte(r)), ""
	}}

var asciiCodec = &codec{name: "ascii", together: true,
	decodeAt: func(b []byte, i int) (rune, int, string) {
		if b[i] >= 0x80 {
			return 0, 1, "ordinal not in range(128)"
		}
		return rune(b[i]), 1, ""
	},
	encodeRune: func(out []byte, r rune) ([]byte, string) {
		if r >= 0x80 {
			return out, "ordinal not in range(128)"
		}
		return append(out, byte(r)), ""
	}}

var (
	utf16LE = utf16Codec("utf-16-le", func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 },
		func(out []byte, u uint16) []byte { return append(out, byte(u), byte(u>>8)) })
	utf16BE = utf16Codec("utf-16-be", func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 },
		func(out []byte, u uint16) []byte { return append(out, byte(u>>8), byte(u)) })

	// utf16Marked begins with a byte order mark: the mark decides, and little
	// endian is written.
	utf16Marked = &codec{name: "utf-16", decodeAt: utf16LE.decodeAt, encodeRune: utf16LE.encodeRune}
)

func utf16Codec(name string, get func(b []byte) uint16, put func(out []byte, u uint16) []byte) *codec {
	return &codec{name: name,
		decodeAt: func(b []byte, i int) (rune, int, string) {
			if i+1 >= len(b) {
				return 0, 1, "truncated data"
			}
			r := rune(get(b[i:]))
			switch {
			case !utf16.IsSurrogate(r):
				return r, 2, ""
			case r >= 0xdc00:
				return 0, 2, "illegal encoding"
			case i+3 >= len(b):
				return 0, len(b) - i, "unexpected end of data"
			}
			pair := utf16.DecodeRune(r, rune(get(b[i+2:])))
			if pair == utf8.RuneError {
				return 0, 2, "illegal UTF-16 surrogate"
			}
			return pair, 4, ""
		},
		encodeRune: func(out []byte, r rune) ([]byte, string) {
			if r >= 0x10000 {
				hi, lo := utf16.EncodeRune(r)
				return put(put(out, uint16(hi)), uint16(lo)), ""
			}
			return put(out, uint16(r)), ""
		}}
}
