package code

import "github.com/socklab/socklab/runner/words"

// codecDocs are what there is for encodings, and for bytes that come in pieces.
var codecDocs = map[string]Doc{
	"codecs.decode": {
		Args: []DocLine{
			{"data", words.F("bytes")},
			{"encoding", words.F(`"utf-8", "gbk", "gb18030", "gb2312", "utf-16", "latin-1", "ascii"`)},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("text"),
		Errors: []DocError{
			whyNoDecode, whyNoEncoding,
			raised("TypeError", words.F("data is text already")),
		},
		Source:  "Python codecs",
		Example: `codecs.decode(b"hi", "utf-8")`,
	},
	"codecs.encode": {
		Args: []DocLine{
			{"text", words.F("text")},
			{"encoding", words.F(`"utf-8", "gbk", "gb18030", "gb2312", "utf-16", "latin-1", "ascii"`)},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("bytes"),
		Errors: []DocError{
			whyNoEncode, whyNoEncoding,
			raised("TypeError", words.F("text is no text")),
		},
		Source:  "Python codecs",
		Example: `codecs.encode("hi", "gbk")`,
	},
	"codecs.lookup": {
		Args: []DocLine{
			{"encoding", words.F(`"utf-8", "gbk", "gb18030", "gb2312", "utf-16", "latin-1", "ascii"`)},
		},
		Result: words.F("an object with name, encode, decode and incrementaldecoder"),
		Errors: []DocError{
			raised("LookupError", words.F("there is no such encoding")),
		},
		Source:  "Python codecs",
		Example: `codecs.lookup("gbk").name`,
	},
	"codecs.getincrementaldecoder": {
		Args: []DocLine{
			{"encoding", words.F(`"utf-8", "gbk", "gb18030", "gb2312", "utf-16", "latin-1", "ascii"`)},
		},
		Result: words.F("what makes a decoder when it is called"),
		Errors: []DocError{
			raised("LookupError", words.F("there is no such encoding")),
		},
		Notes:   words.F("recv may cut a character in two: this decoder keeps the first half for the next piece."),
		Source:  "Python codecs",
		Example: `d = codecs.getincrementaldecoder("utf-8")()`,
	},
	"CodecInfo.incrementaldecoder": {
		Args: []DocLine{
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("a decoder with decode, reset and errors"),
		Errors: []DocError{
			raised("LookupError", words.F("there is no such way of errors; said when it is needed")),
		},
		Source:  "Python codecs",
		Example: `d = codecs.getincrementaldecoder("gbk")()`,
	},
	"IncrementalDecoder.decode": {
		Args: []DocLine{
			{"data", words.F("the next piece")},
			{"final", words.F("True: nothing more comes, so a character that is not whole is an error")},
		},
		Result: words.F("the text that is whole by now"),
		Errors: []DocError{
			whyNoDecode,
			raised("UnicodeError", words.F("utf-16 without a byte order mark at the beginning")),
		},
		Source:  "Python codecs",
		Example: `d.decode(b"\xe4\xbd")`,
	},
	"IncrementalDecoder.reset": {
		Result:  words.F("None; what was kept is forgotten"),
		Source:  "Python codecs",
		Example: "d.reset()",
	},
	"CodecInfo.decode": {
		Args: []DocLine{
			{"data", words.F("bytes")},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("(text, how many bytes it took)"),
		Errors: []DocError{
			whyNoDecode,
		},
		Source:  "Python codecs",
		Example: `codecs.lookup("gbk").decode(b"hi")`,
	},
	"CodecInfo.encode": {
		Args: []DocLine{
			{"text", words.F("text")},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("(bytes, how many characters it took)"),
		Errors: []DocError{
			whyNoEncode,
		},
		Source:  "Python codecs",
		Example: `codecs.lookup("gbk").encode("hi")`,
	},
}
