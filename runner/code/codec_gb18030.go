package code

import (
	"sync"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// table18030 is GB 18030: every pair is a character, and those of the first
// 64K which have no pair have four bytes, in their order.
type table18030 struct {
	pairTable
	fours  []uint16        // characters by their number among the four-byte ones
	number [1 << 16]uint16 // and back, plus one; 0: it has a pair
}

var gb18030Table = sync.OnceValue(func() *table18030 {
	t := &table18030{pairTable: *pairsOf(simplifiedchinese.GB18030)}
	// Pairs without a character have one of the private use area, by area.
	private := uint16(0xe000)
	for _, area := range [][4]uint16{{0xaa, 0xaf, 0xa1, 0xfe}, {0xf8, 0xfe, 0xa1, 0xfe}, {0xa1, 0xa7, 0x40, 0xa0}} {
		for hi := area[0]; hi <= area[1]; hi++ {
			private = t.fill(hi<<8|area[2], hi<<8|area[3], private, true)
		}
	}
	for _, gap := range gaps18030 {
		private = t.fill(gap[0], gap[1], private, false)
	}
	for r := 0x80; r < 1<<16; r++ {
		if t.pairs[r] == 0 && !utf16.IsSurrogate(rune(r)) {
			t.fours = append(t.fours, uint16(r))
			t.number[r] = uint16(len(t.fours))
		}
	}
	return t
})

// gaps18030 are the pairs that GBK left free between its characters. Some of
// them have got a character since; the private one that they had has four
// bytes now.
var gaps18030 = [][2]uint16{
	{0xa2ab, 0xa2b0}, {0xa2e3, 0xa2e4}, {0xa2ef, 0xa2f0}, {0xa2fd, 0xa2fe}, {0xa4f4, 0xa4fe}, {0xa5f7, 0xa5fe},
	{0xa6b9, 0xa6c0}, {0xa6d9, 0xa6df}, {0xa6ec, 0xa6ed}, {0xa6f3, 0xa6f3}, {0xa6f6, 0xa6fe}, {0xa7c2, 0xa7d0},
	{0xa7f2, 0xa7fe}, {0xa896, 0xa8a0}, {0xa8bc, 0xa8bc}, {0xa8bf, 0xa8bf}, {0xa8c1, 0xa8c4}, {0xa8ea, 0xa8fe},
	{0xa958, 0xa958}, {0xa95b, 0xa95b}, {0xa95d, 0xa95f}, {0xa989, 0xa995}, {0xa997, 0xa9a3}, {0xa9f0, 0xa9fe},
	{0xd7fa, 0xd7fe}, {0xfe50, 0xfea0},
}

// fill gives pairs of one row the private characters from r on, and returns
// the next one. A pair never ends in 7f.
func (t *table18030) fill(from, to, r uint16, always bool) uint16 {
	for pair := from; pair <= to; pair++ {
		if pair&0xff == 0x7f {
			continue
		}
		if always || t.runes[pair] == 0 {
			t.set(pair, r)
		}
		r++
	}
	return r
}

// planes18030 is the number of the first four-byte character beyond the first
// 64K: those begin with the byte 0x90.
const planes18030 = (0x90 - 0x81) * 10 * 126 * 10

func decode18030(b []byte, i int) (rune, int, string) {
	if i+1 >= len(b) || b[i] < 0x80 || b[i+1] < '0' || b[i+1] > '9' {
		return gbPairs(func() *pairTable { return &gb18030Table().pairTable })(b, i)
	}
	if i+3 >= len(b) {
		return 0, len(b) - i, incompleteBytes
	}
	c, c3, c4 := b[i], b[i+2], b[i+3]
	if c < 0x81 || c > 0xfe || c3 < 0x81 || c3 > 0xfe || c4 < '0' || c4 > '9' {
		return 0, 1, illegalBytes
	}
	n := ((int(c-0x81)*10+int(b[i+1]-'0'))*126+int(c3-0x81))*10 + int(c4-'0')
	fours := gb18030Table().fours
	switch {
	case n < len(fours):
		return rune(fours[n]), 4, ""
	case n >= planes18030 && n-planes18030 < 0x100000:
		return rune(n - planes18030 + 0x10000), 4, ""
	}
	return 0, 1, illegalBytes
}

func encode18030(out []byte, r rune) ([]byte, string) {
	n := int(r) - 0x10000 + planes18030
	switch t := gb18030Table(); {
	case r < 0x80:
		return append(out, byte(r)), ""
	case r < 1<<16 && t.pairs[r] != 0:
		return append(out, byte(t.pairs[r]>>8), byte(t.pairs[r])), ""
	case r < 1<<16 && t.number[r] == 0:
		return out, illegalBytes
	case r < 1<<16:
		n = int(t.number[r]) - 1
	}
	return append(out, byte(0x81+n/12600), byte('0'+n/1260%10), byte(0x81+n/10%126), byte('0'+n%10)), ""
}
