package code

import (
	"fmt"
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
}

// codecs by the name without - _ and blanks, in small letters.
var codecs = map[string]*codec{
	"utf8": utf8Codec, "u8": utf8Codec,
	"gbk": gbkCodec, "cp936": gbkCodec, "936": gbkCodec, "ms936": gbkCodec,
	"gb2312": gb2312Codec, "euccn": gb2312Codec,
	"gb18030": gb18030Codec,
	"latin1":  latin1Codec, "iso88591": latin1Codec, "l1": latin1Codec, "latin": latin1Codec,
	"ascii": asciiCodec, "usascii": asciiCodec, "646": asciiCodec,
	"utf16le": utf16LE, "utf16be": utf16BE,
}

func codecName(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
}

// findCodec looks an encoding up; utf-16 writes and reads a byte order mark.
func findCodec(name string) (c *codec, mark bool, err error) {
	short := codecName(name)
	if short == "utf16" || short == "u16" {
		return utf16LE, true, nil
	}
	if c = codecs[short]; c == nil {
		e := raise("LookupError", "", "unknown encoding: %s", name)
		return nil, false, e.hint(words.F("there are utf-8, gbk, gb18030, gb2312, latin-1, ascii, utf-16"))
	}
	return c, false, nil
}

// errorHandler is what errors= says about a bad piece.
func errorHandler(name string) (string, error) {
	switch name {
	case "strict", "ignore", "replace", "backslashreplace":
		return name, nil
	}
	return "", raise("LookupError", "", "unknown error handler name '%s'", name)
}

func encode(s, encoding, errs string) ([]byte, error) {
	c, mark, err := findCodec(encoding)
	if err != nil {
		return nil, err
	}
	if c == utf8Codec {
		return []byte(s), nil
	}
	out := make([]byte, 0, len(s))
	if mark {
		out = append(out, 0xff, 0xfe)
	}
	n := 0
	for _, r := range s {
		var reason string
		if out, reason = c.encodeRune(out, r); reason != "" {
			handler, err := errorHandler(errs)
			if err != nil {
				return nil, err
			}
			switch handler {
			case "strict":
				return nil, raise("UnicodeEncodeError", "", "'%s' codec can't encode character '%s' in position %d: %s",
					c.name, escapeRune(r), n, reason)
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
	c, mark, err := findCodec(encoding)
	if err != nil {
		return "", err
	}
	start := 0
	if mark && len(b) >= 2 {
		switch {
		case b[0] == 0xff && b[1] == 0xfe:
			start = 2
		case b[0] == 0xfe && b[1] == 0xff:
			c, start = utf16BE, 2
		}
	}
	var out strings.Builder
	out.Grow(len(b))
	for i := start; i < len(b); {
		r, size, reason := c.decodeAt(b, i)
		if reason == "" {
			out.WriteRune(r)
			i += size
			continue
		}
		handler, err := errorHandler(errs)
		if err != nil {
			return "", err
		}
		switch handler {
		case "strict":
			return "", decodeError(c, b, i, size, reason)
		case "replace":
			out.WriteRune('\uFFFD')
		case "backslashreplace":
			for _, x := range b[i : i+size] {
				fmt.Fprintf(&out, `\x%02x`, x)
			}
		}
		i += size
	}
	return out.String(), nil
}

// decodeError is in CPython's words: one byte by its value, several by range.
func decodeError(c *codec, b []byte, i, size int, reason string) *Error {
	e := raise("UnicodeDecodeError", "", "'%s' codec can't decode byte 0x%02x in position %d: %s", c.name, b[i], i, reason)
	if size > 1 {
		e = raise("UnicodeDecodeError", "", "'%s' codec can't decode bytes in position %d-%d: %s", c.name, i, i+size-1, reason)
	}
	if reason == "unexpected end of data" || reason == "incomplete multibyte sequence" {
		return e.hint(words.F("a character is cut off at the end: receive the rest before decoding"))
	}
	return e.hint(words.F("these bytes were written in another encoding"))
}
