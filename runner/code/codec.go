package code

import (
	"fmt"
	"slices"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// codec is an encoding. decodeAt reads one character at b[i:]: its size, and
// if it is no good, why and how many bytes CPython counts as bad. encodeRune
// appends a character, or tells why it cannot.
type codec struct {
	name       string
	decodeAt   func(b []byte, i int) (r rune, size int, reason string)
	encodeRune func(out []byte, r rune) ([]byte, string)
	together   bool // characters that cannot be written are reported together
	forgets    bool // an incremental decoder forgets its bytes at an error
}

// codecs by their normal names (encodings.aliases of CPython).
var codecs = map[string]*codec{
	"utf_8": utf8Codec, "utf8": utf8Codec, "u8": utf8Codec, "utf": utf8Codec, "cp65001": utf8Codec,
	"gbk": gbkCodec, "cp936": gbkCodec, "936": gbkCodec, "ms936": gbkCodec,
	"gb2312": gb2312Codec, "euc_cn": gb2312Codec, "euccn": gb2312Codec, "chinese": gb2312Codec,
	"gb2312_80": gb2312Codec, "gb2312_1980": gb2312Codec,
	"gb18030": gb18030Codec, "gb18030_2000": gb18030Codec,
	"latin_1": latin1Codec, "latin1": latin1Codec, "latin": latin1Codec, "l1": latin1Codec, "iso_8859_1": latin1Codec,
	"iso8859_1": latin1Codec, "iso8859": latin1Codec, "8859": latin1Codec, "cp819": latin1Codec,
	"ascii": asciiCodec, "us_ascii": asciiCodec, "us": asciiCodec, "646": asciiCodec,
	"utf_16_le": utf16LE, "utf_16le": utf16LE, "utf_16_be": utf16BE, "utf_16be": utf16BE,
	"utf_16": utf16Marked, "utf16": utf16Marked, "u16": utf16Marked,
}

// codecName makes the normal name: small letters and digits, with one _ for
// what stands between (encodings.normalize_encoding).
func codecName(name string) string {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.'
	})
	return strings.Join(parts, "_")
}

func findCodec(name string) (*codec, error) {
	if c := codecs[codecName(name)]; c != nil {
		return c, nil
	}
	e := raise("LookupError", "", "unknown encoding: %s", name)
	return nil, e.hint(words.F("there are utf-8, gbk, gb18030, gb2312, latin-1, ascii, utf-16"))
}

// errorHandlers are what errors= may say about a bad piece.
var errorHandlers = []string{"strict", "replace", "ignore", "backslashreplace"}

// errorHandler is asked only when there is a bad piece, as in CPython.
func errorHandler(name string) (string, error) {
	if slices.Contains(errorHandlers, name) {
		return name, nil
	}
	e := raise("LookupError", "", "unknown error handler name '%s'", name)
	return "", e.hint(words.F("errors= may be 'strict', 'replace', 'ignore' or 'backslashreplace' here"))
}

func encode(s, encoding, errs string) ([]byte, error) {
	c, err := findCodec(encoding)
	if err != nil {
		return nil, err
	}
	if c == utf8Codec {
		return []byte(s), nil
	}
	out := make([]byte, 0, len(s))
	if c == utf16Marked {
		out, c = append(out, 0xff, 0xfe), utf16LE
	}
	n := 0
	for i, r := range s {
		var reason string
		if out, reason = c.encodeRune(out, r); reason != "" {
			handler, err := errorHandler(errs)
			if err != nil {
				return nil, err
			}
			switch handler {
			case "strict":
				return nil, encodeError(c, s[i:], n, reason)
			case "replace":
				out, _ = c.encodeRune(out, '?')
			case "backslashreplace":
				for _, e := range escapeRune(r) {
					out, _ = c.encodeRune(out, e)
				}
			}
		}
		n++
	}
	return out, nil
}

// encodeError is in CPython's words; rest begins with what cannot be written.
func encodeError(c *codec, rest string, n int, reason string) *Error {
	bad, first := 0, rune(0)
	for _, r := range rest {
		if _, reason := c.encodeRune(nil, r); reason == "" || bad > 0 && !c.together {
			break
		}
		if bad == 0 {
			first = r
		}
		bad++
	}
	if bad > 1 {
		return raise("UnicodeEncodeError", "", "'%s' codec can't encode characters in position %d-%d: %s", c.name, n, n+bad-1, reason)
	}
	return raise("UnicodeEncodeError", "", "'%s' codec can't encode character '%s' in position %d: %s", c.name, escapeRune(first), n, reason)
}

// escapeRune is how Python writes a character in ASCII.
func escapeRune(r rune) string {
	switch {
	case r <= 0xff:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

func decode(b []byte, encoding, errs string) (string, error) {
	c, err := findCodec(encoding)
	if err != nil {
		return "", err
	}
	start := 0
	if c == utf16Marked {
		c, start, _ = byteOrderMark(b)
	}
	text, _, err := c.decode(b, start, errs, true)
	return text, err
}

// byteOrderMark tells which UTF-16 bytes are in, and where the text begins.
// Without a mark it is that of this machine, which CPython takes as well.
func byteOrderMark(b []byte) (c *codec, start int, marked bool) {
	switch {
	case len(b) >= 2 && b[0] == 0xff && b[1] == 0xfe:
		return utf16LE, 2, true
	case len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff:
		return utf16BE, 2, true
	}
	return utf16LE, 0, false
}

// decode reads b from a place on. If more is to come, which final denies, a
// character that is not whole at the end stays: used is how far it got.
func (c *codec) decode(b []byte, from int, errs string, final bool) (text string, used int, err error) {
	var out strings.Builder
	out.Grow(len(b) - from)
	i := from
	for i < len(b) {
		r, size, reason := c.decodeAt(b, i)
		if reason == "" {
			out.WriteRune(r)
			i += size
			continue
		}
		if !final && (isCutOff(reason) || c == utf8Codec && isHalfSurrogate(b[i:])) {
			break
		}
		handler, err := errorHandler(errs)
		if err != nil {
			return "", i, err
		}
		switch handler {
		case "strict":
			return "", i, decodeError(c, b, i, size, reason)
		case "replace":
			out.WriteRune('\uFFFD')
		case "backslashreplace":
			for _, x := range b[i : i+size] {
				fmt.Fprintf(&out, `\x%02x`, x)
			}
		}
		i += size
	}
	return out.String(), i, nil
}

// isCutOff reports whether a reason is that the bytes end too early.
func isCutOff(reason string) bool {
	return reason == "unexpected end of data" || reason == incompleteBytes || reason == "truncated data"
}

// decodeError is in CPython's words: one byte by its value, several by range.
func decodeError(c *codec, b []byte, i, size int, reason string) *Error {
	e := raise("UnicodeDecodeError", "", "'%s' codec can't decode byte 0x%02x in position %d: %s", c.name, b[i], i, reason)
	if size > 1 {
		e = raise("UnicodeDecodeError", "", "'%s' codec can't decode bytes in position %d-%d: %s", c.name, i, i+size-1, reason)
	}
	if isCutOff(reason) {
		return e.hint(words.F("a character is cut off at the end: receive the rest before decoding"))
	}
	return e.hint(words.F("these bytes were written in another encoding"))
}
