package view

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// what UTF-8 and GBK make of 中文a in UTF-8, as CPython reads it.
var (
	zhongwen = []byte("中文a")
	twoWays  = []Decoding{
		{Name: "utf-8", Pieces: []Decoded{{From: 0, To: 3, Text: "中"}, {From: 3, To: 6, Text: "文"}, {From: 6, To: 7, Text: "a"}}},
		{Name: "gbk", Pieces: []Decoded{
			{From: 0, To: 2, Text: "涓"}, {From: 2, To: 3, Err: "illegal multibyte sequence"}, {From: 3, To: 5, Text: "鏂"}, {From: 5, To: 7, Text: "嘺"},
		}},
	}
)

func TestDecodersSetCharactersUnderTheirBytes(t *testing.T) {
	show := func(r *Renderer) { r.Decoders(zhongwen, twoWays) }
	golden(t, 80, Options{}, `
0000  e4 b8 ad e6 96 87 61
utf-8 └──中──┘ └──文──┘ a
gbk   └涓─┘ ✗  └鏂─┘ └嘺─┘
utf-8 ✓ 3 characters
gbk   ✗ byte 0xad in position 2: illegal multibyte sequence
`, show)
	golden(t, 80, Options{ASCII: true}, `
0000  e4 b8 ad e6 96 87 61
utf-8 +--中--+ +--文--+ a
gbk   +涓-+ !  +鏂-+ +嘺-+
utf-8 [x] 3 characters
gbk   ! byte 0xad in position 2: illegal multibyte sequence
`, show)
	golden(t, 20, chinese, `
0000  e4 b8 ad e6 96
utf-8 └──中──┘ └文──
gbk   └涓─┘ ✗  └鏂─┘
0005  87 61
utf-8 ─┘ a
gbk   └嘺─┘
utf-8 ✓ 3 个字符
gbk ✗ 位置 2 的字节
    0xad：illegal
    multibyte
    sequence
`, show)
}

func TestDecodersMakeRoomForWhatCannotBePrinted(t *testing.T) {
	header := []byte("\x17_\xbc\x00")
	latin := Decoding{Name: "latin-1"}
	for i, c := range header {
		latin.Pieces = append(latin.Pieces, Decoded{From: i, To: i + 1, Text: string(rune(c))})
	}
	golden(t, 40, Options{}, `
0000    17   5f   bc   00
latin-1 \x17 _    ¼    \x00
latin-1 ✓ 4 characters
`, func(r *Renderer) { r.Decoders(header, []Decoding{latin}) })
}

func TestDecodersSayWhatTheBytesDoNot(t *testing.T) {
	data := []byte("\xc4\xbf")
	show := func(texts ...string) string {
		var list []Decoding
		for _, text := range texts {
			list = append(list, Decoding{Name: "some", Pieces: []Decoded{{To: 2, Text: text}}})
		}
		return shown(80, Options{}, func(r *Renderer) { r.Decoders(data, list) })
	}
	assert.Contains(t, show("Ŀ", "目"), "2 different texts, each without an error")
	assert.NotContains(t, show("目", "目"), "different texts")
	assert.Contains(t, shown(80, Options{}, func(r *Renderer) { r.Decoders(nil, twoWays[:0]) }), "there are no bytes")
}

func TestDecodersOfStrangeThings(t *testing.T) {
	data := []byte(hostile + hostile + hostile)
	for len(data) < 500 {
		data = append(data, data...)
	}
	latin, bad, wide := Decoding{Name: "latin-1"}, Decoding{Name: "ascii"}, Decoding{Name: "odd"}
	odd := []string{"\u0301", "\u202e", "\x1b", "…", "\n", "中", "\U000e0001"}
	for i := range data {
		latin.Pieces = append(latin.Pieces, Decoded{From: i, To: i + 1, Text: string(rune(data[i]))})
		bad.Pieces = append(bad.Pieces, Decoded{From: i, To: i + 1, Err: hostile})
		wide.Pieces = append(wide.Pieces, Decoded{From: i, To: i + 1, Text: odd[i%len(odd)]})
	}
	everywhere(t, func(r *Renderer) { r.Decoders(data, []Decoding{latin, bad, wide}) })
	everywhere(t, func(r *Renderer) { r.Decoders(zhongwen, twoWays) })
	text := shown(80, Options{}, func(r *Renderer) { r.Decoders(data, []Decoding{bad}) })
	assert.Contains(t, text, "bytes more are not drawn")
	assert.Contains(t, text, "more\n", "not all of the reasons")
}
