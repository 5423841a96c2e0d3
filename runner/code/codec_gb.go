package code

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// The tables are x/text's, which follow the web: they never fail, and they
// know more than CPython's codecs. What CPython refuses is refused here.
var (
	gbkCodec     = gbCodec("gbk", simplifiedchinese.GBK, gbkHas)
	gb2312Codec  = gbCodec("gb2312", simplifiedchinese.GBK, gb2312Has)
	gb18030Codec = gbCodec("gb18030", simplifiedchinese.GB18030, func(_, _ byte, _ rune) bool { return true })
)

// gbCodec makes a codec of characters of one, two, and for gb18030 four bytes.
func gbCodec(name string, table encoding.Encoding, has func(hi, lo byte, r rune) bool) *codec {
	one := func(b []byte) (rune, bool) {
		out, err := table.NewDecoder().Bytes(b)
		if err != nil {
			return 0, false
		}
		r, n := utf8.DecodeRune(out)
		return r, n == len(out) && r != utf8.RuneError
	}
	return &codec{name: name,
		decodeAt: func(b []byte, i int) (rune, int, string) {
			c := b[i]
			switch {
			case c < 0x80:
				return rune(c), 1, ""
			case i+1 >= len(b):
				return 0, 1, "incomplete multibyte sequence"
			case c == 0x80 || c == 0xff:
				return 0, 1, "illegal multibyte sequence"
			}
			if lo := b[i+1]; name == "gb18030" && lo >= '0' && lo <= '9' {
				return decodeFour(b, i, one)
			}
			r, ok := one(b[i : i+2])
			if !ok || !has(c, b[i+1], r) {
				return 0, 1, "illegal multibyte sequence"
			}
			return r, 2, ""
		},
		encodeRune: func(out []byte, r rune) ([]byte, string) {
			if r < 0x80 {
				return append(out, byte(r)), ""
			}
			b, err := table.NewEncoder().Bytes([]byte(string(r)))
			if err != nil || len(b) < 2 || len(b) == 2 && !has(b[0], b[1], r) {
				return out, "illegal multibyte sequence"
			}
			return append(out, b...), ""
		}}
}

func decodeFour(b []byte, i int, one func([]byte) (rune, bool)) (rune, int, string) {
	if i+3 >= len(b) {
		return 0, len(b) - i, "incomplete multibyte sequence"
	}
	r, ok := one(b[i : i+4])
	if !ok {
		return 0, 1, "illegal multibyte sequence"
	}
	return r, 4, ""
}

// gbkHas leaves out what the web's table has beyond CPython's gbk: the euro,
// and characters that came with GB 18030.
func gbkHas(hi, lo byte, _ rune) bool {
	switch hi {
	case 0xa2:
		return lo != 0xe3
	case 0xa3:
		return lo != 0xa0
	case 0xa8:
		return lo != 0xbf
	case 0xa9:
		return lo < 0x89 || lo > 0x95
	}
	return hi != 0xfe
}

// gb2312Has is the plane of GB 2312: both bytes high, and the rows it filled.
func gb2312Has(hi, lo byte, r rune) bool {
	return hi >= 0xa1 && hi <= 0xf7 && lo >= 0xa1 && gbkHas(hi, lo, r)
}
