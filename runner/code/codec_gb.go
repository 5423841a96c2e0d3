package code

import (
	"bytes"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var (
	gbkCodec     = &codec{name: "gbk", forgets: true, decodeAt: gbPairs(gbkTable), encodeRune: gbWrites(gbkTable)}
	gb2312Codec  = &codec{name: "gb2312", forgets: true, decodeAt: gbPairs(gb2312Table), encodeRune: gbWrites(gb2312Table)}
	gb18030Codec = &codec{name: "gb18030", forgets: true, decodeAt: decode18030, encodeRune: encode18030}
)

const (
	illegalBytes    = "illegal multibyte sequence"
	incompleteBytes = "incomplete multibyte sequence"
)

// pairTable is the characters of two bytes, both ways; 0: none.
type pairTable struct {
	runes [1 << 16]uint16 // by pair
	pairs [1 << 16]uint16 // by character
}

// set gives a pair a character, or none. A character that has two pairs is
// written as the first.
func (t *pairTable) set(pair, r uint16) {
	if old := t.runes[pair]; old != 0 && t.pairs[old] == pair {
		t.pairs[old] = 0
	}
	t.runes[pair] = r
	if r != 0 && t.pairs[r] == 0 {
		t.pairs[r] = pair
	}
}

// pairsOf reads a table of x/text. Those follow the web, not CPython: the
// tables below mend them. A line end parts the pairs, since a pair that is no
// character may be taken for two.
func pairsOf(e encoding.Encoding) *pairTable {
	t := &pairTable{}
	for hi := 0x81; hi <= 0xfe; hi++ {
		var src []byte
		for lo := 0x40; lo <= 0xfe; lo++ {
			src = append(src, byte(hi), byte(lo), '\n')
		}
		out, err := e.NewDecoder().Bytes(src)
		if err != nil {
			continue
		}
		for i, line := range bytes.Split(out, []byte("\n")) {
			if r, n := utf8.DecodeRune(line); n > 1 && n == len(line) && r != utf8.RuneError {
				t.set(uint16(hi<<8|0x40+i), uint16(r))
			}
		}
	}
	return t
}

// gbkTable leaves out what the web has beyond CPython's gbk: the euro, and
// characters that came with GB 18030.
var gbkTable = sync.OnceValue(func() *pairTable {
	t := pairsOf(simplifiedchinese.GBK)
	for _, pair := range []uint16{0xa2e3, 0xa3a0, 0xa8bf} {
		t.set(pair, 0)
	}
	for lo := uint16(0x89); lo <= 0x95; lo++ {
		t.set(0xa900|lo, 0)
	}
	for pair := uint16(0xfe50); pair <= 0xfefe; pair++ {
		t.set(pair, 0)
	}
	return t
})

// gb2312Table is the plane of GB 2312, both bytes high, without what GBK put
// into its free places. Two characters of it are others than in GBK.
var gb2312Table = sync.OnceValue(func() *pairTable {
	t, gbk := &pairTable{}, gbkTable()
	for hi := uint16(0xa1); hi <= 0xf7; hi++ {
		for lo := uint16(0xa1); lo <= 0xfe; lo++ {
			if pair := hi<<8 | lo; gbk.runes[pair] != 0 && !addedByGBK(pair) {
				t.set(pair, gbk.runes[pair])
			}
		}
	}
	t.set(0xa1a4, 0x30fb)
	t.set(0xa1aa, 0x2015)
	return t
})

func addedByGBK(pair uint16) bool {
	return 0xa2a1 <= pair && pair <= 0xa2aa || 0xa6e0 <= pair && pair <= 0xa6f5 || 0xa8bb <= pair && pair <= 0xa8c0
}

// gbPairs reads characters of one and two bytes.
func gbPairs(table func() *pairTable) func(b []byte, i int) (rune, int, string) {
	return func(b []byte, i int) (rune, int, string) {
		switch {
		case b[i] < 0x80:
			return rune(b[i]), 1, ""
		case i+1 >= len(b):
			return 0, 1, incompleteBytes
		}
		if r := table().runes[uint16(b[i])<<8|uint16(b[i+1])]; r != 0 {
			return rune(r), 2, ""
		}
		return 0, 1, illegalBytes
	}
}

func gbWrites(table func() *pairTable) func(out []byte, r rune) ([]byte, string) {
	return func(out []byte, r rune) ([]byte, string) {
		if r < 0x80 {
			return append(out, byte(r)), ""
		}
		if r < 1<<16 {
			if pair := table().pairs[r]; pair != 0 {
				return append(out, byte(pair>>8), byte(pair)), ""
			}
		}
		return out, illegalBytes
	}
}
