package code

import "github.com/socklab/socklab/runner/words"

// bytesDocs are what only text has, what only bytes have, and what only a bytearray has.
var bytesDocs = map[string]Doc{
	"str.encode": {
		Args: []DocLine{
			{"encoding", words.F(`"utf-8", "gbk", "gb18030", "gb2312", "utf-16", "latin-1", "ascii"`)},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("bytes: what send takes"),
		Errors: []DocError{
			whyNoEncode, whyNoEncoding,
		},
		Source:  "Python codecs",
		Example: `"你好".encode("utf-8")`,
	},
	"str.format": {
		Args: []DocLine{
			{"args", words.F("for {} and {0}")},
			{"kwargs", words.F("for {name}")},
		},
		Result: words.F("text"),
		Errors: []DocError{
			raised("IndexError", words.F("there are fewer args than {}")),
			raised("KeyError", words.F("{name}, and no name=")),
			raised("ValueError", words.F("the format does not fit")),
		},
		Source:  "Python",
		Example: `"{} bytes".format(5)`,
	},
	"text.decode": {
		Args: []DocLine{
			{"encoding", words.F(`"utf-8", "gbk", "gb18030", "gb2312", "utf-16", "latin-1", "ascii"`)},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("text"),
		Errors: []DocError{
			whyNoDecode, whyNoEncoding,
		},
		Notes:   words.F("recv may cut a character in two: collect the whole message first, or take codecs.getincrementaldecoder."),
		Source:  "Python codecs",
		Example: `b"hi".decode("utf-8")`,
	},
	"text.hex": {
		Args: []DocLine{
			{"sep", words.F("one character between the groups")},
			{"bytes_per_sep", words.F("how many bytes a group has")},
		},
		Result: words.F("text"),
		Errors: []DocError{
			raised("ValueError", words.F("sep is not exactly one character")),
		},
		Source:  "Python",
		Example: `b"\x1f\x90".hex(" ")`,
	},
	"text.fromhex": {
		Args: []DocLine{
			{"text", words.F("two digits for each byte; blanks between them do not matter")},
		},
		Result: words.F("the bytes"),
		Errors: []DocError{
			raised("ValueError", words.F("something else than such digits")),
			raised("TypeError", words.F("that is no text")),
		},
		Source:  "Python",
		Example: `bytes.fromhex("1f 90")`,
	},
	"bytearray.append": {
		Args: []DocLine{
			{"n", words.F("a number from 0 to 255")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNotByte, whyNotInt,
		},
		Source:  "Python",
		Example: `bytearray(b"a").append(98)`,
	},
	"bytearray.extend": {
		Args: []DocLine{
			{"iterable", words.F("bytes, or numbers from 0 to 255")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNotByte,
			raised("TypeError", words.F("text: .encode() makes bytes of it")),
		},
		Source:  "Python",
		Example: `bytearray(b"a").extend(b"bc")`,
	},
	"bytearray.insert": {
		Args: []DocLine{
			{"index", words.F("a place, from 0; negative from the end")},
			{"n", words.F("a number from 0 to 255")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNotByte, whyNotInt,
		},
		Source:  "Python",
		Example: `bytearray(b"a").insert(0, 98)`,
	},
	"bytearray.pop": {
		Args: []DocLine{
			{"index", words.F("which one; the last if left out")},
		},
		Result: words.F("the byte as a number"),
		Errors: []DocError{
			raised("IndexError", words.F("it is empty, or has no such place")),
		},
		Source:  "Python",
		Example: `bytearray(b"ab").pop()`,
	},
	"bytearray.remove": {
		Args: []DocLine{
			{"n", words.F("a number from 0 to 255")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNotThere, whyNotInt,
		},
		Source:  "Python",
		Example: `bytearray(b"ab").remove(97)`,
	},
	"bytearray.reverse": {
		Result:  words.F("None"),
		Source:  "Python",
		Example: `bytearray(b"ab").reverse()`,
	},
	"bytearray.clear": {
		Result:  words.F("None"),
		Source:  "Python",
		Example: `bytearray(b"ab").clear()`,
	},
	"bytearray.copy": {
		Result:  words.F("a new bytearray of the same bytes"),
		Source:  "Python",
		Example: `bytearray(b"ab").copy()`,
	},
}
