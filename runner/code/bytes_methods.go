package code

import (
	"encoding/hex"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// bytesMethods are the methods of bytes. Those that know letters know the
// ASCII ones only, as in Python: anything else would change binary data.
var bytesMethods = methods(byteMethods(bytesKind))

// byteMethods are the methods that bytes and bytearray share.
func byteMethods(k *kind) []method {
	return append(textMethods(k), []method{
		{"decode", "decode(encoding='utf-8', errors='strict')", words.F("the bytes as text; gbk, gb18030, utf-16, latin-1 and ascii too"), bytesDecode},
		{"hex", "hex(sep='', bytes_per_sep=1)", words.F("two hexadecimal digits for each byte"), bytesHex},
		{"upper", "upper()", words.F("in capitals"), mapped(asciiMap(upperByte))},
		{"lower", "lower()", words.F("in small letters"), mapped(asciiMap(lowerByte))},
		{"title", "title()", words.F("each word with a capital"), mapped(asciiTitle)},
		{"capitalize", "capitalize()", words.F("the first letter a capital, the others small"), mapped(asciiCapitalize)},
		{"swapcase", "swapcase()", words.F("capitals and small letters exchanged"), mapped(asciiMap(swapByte))},
		{"isdigit", "isdigit()", words.F("only digits, and at least one?"), allOf(asciiDigit)},
		{"isalpha", "isalpha()", words.F("only letters, and at least one?"), allOf(asciiLetter)},
		{"isalnum", "isalnum()", words.F("only letters and digits, and at least one?"), allOf(func(r rune) bool { return asciiDigit(r) || asciiLetter(r) })},
		{"isspace", "isspace()", words.F("only blanks, and at least one?"), allOf(k.space)},
		{"isascii", "isascii()", words.F("only ASCII?"), bytesIsASCII},
		{"isupper", "isupper()", words.F("are all its letters capitals?"), cased(asciiUpper, asciiLower)},
		{"islower", "islower()", words.F("are all its letters small?"), cased(asciiLower, asciiUpper)},
	}...)
}

func bytesDecode(c *call) (starlark.Value, error) {
	encoding, errs := "utf-8", "strict"
	if err := c.unpack("encoding?", &encoding, "errors?", &errs); err != nil {
		return nil, err
	}
	b, _ := content(c.self)
	s, err := decode([]byte(b), encoding, errs)
	if err != nil {
		return nil, err
	}
	return newStr(s), nil
}

// bytesHex counts groups from the right for a positive bytes_per_sep, from the
// left for a negative one (bytes.hex).
func bytesHex(c *call) (starlark.Value, error) {
	var sep starlark.Value = newStr("")
	per := 1
	if err := c.unpack("sep?", &sep, "bytes_per_sep?", &per); err != nil {
		return nil, err
	}
	b, _ := content(c.self)
	mid := textOf(sep)
	if s, ok := content(sep); ok {
		mid = s
	}
	given := len(c.args)+len(c.kwargs) > 0
	if given && len(mid) != 1 {
		return nil, valueError("sep must be length 1.")
	}
	if !given || per == 0 {
		return newStr(hex.EncodeToString([]byte(b))), nil
	}
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		border := per > 0 && (len(b)-i)%per == 0 || per < 0 && i%-per == 0
		if i > 0 && border {
			out.WriteString(mid)
		}
		out.WriteString(hex.EncodeToString([]byte{b[i]}))
	}
	return newStr(out.String()), nil
}

func bytesIsASCII(c *call) (starlark.Value, error) {
	s, _ := content(c.self)
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return starlark.False, c.unpack()
		}
	}
	return starlark.True, c.unpack()
}

func asciiDigit(r rune) bool  { return '0' <= r && r <= '9' }
func asciiUpper(r rune) bool  { return 'A' <= r && r <= 'Z' }
func asciiLower(r rune) bool  { return 'a' <= r && r <= 'z' }
func asciiLetter(r rune) bool { return asciiUpper(r) || asciiLower(r) }

func upperByte(c byte) byte {
	if asciiLower(rune(c)) {
		return c - 'a' + 'A'
	}
	return c
}

func lowerByte(c byte) byte {
	if asciiUpper(rune(c)) {
		return c - 'A' + 'a'
	}
	return c
}

func swapByte(c byte) byte {
	if asciiUpper(rune(c)) {
		return lowerByte(c)
	}
	return upperByte(c)
}

func asciiMap(f func(byte) byte) func(string) string {
	return func(s string) string {
		b := []byte(s)
		for i, c := range b {
			b[i] = f(c)
		}
		return string(b)
	}
}

func asciiTitle(s string) string {
	b := []byte(s)
	inWord := false
	for i, c := range b {
		if inWord {
			b[i] = lowerByte(c)
		} else {
			b[i] = upperByte(c)
		}
		inWord = asciiLetter(rune(c))
	}
	return string(b)
}

func asciiCapitalize(s string) string {
	b := []byte(asciiMap(lowerByte)(s))
	if len(b) > 0 {
		b[0] = upperByte(b[0])
	}
	return string(b)
}
