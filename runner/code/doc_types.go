package code

import "github.com/socklab/socklab/runner/words"

// typeDocs are the types, as functions that make a value of them, and the methods of numbers.
var typeDocs = map[string]Doc{
	"str": {
		Args: []DocLine{
			{"x", words.F("anything; with an encoding, bytes")},
			{"encoding", words.F(`"utf-8", "gbk", …`)},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("text; of bytes without an encoding their repr"),
		Errors: []DocError{
			whyNoDecode, whyNoEncoding,
			raised("TypeError", words.F("an encoding, but no bytes")),
		},
		Source:  "Python",
		Example: "str(5)",
	},
	"bytes": {
		Args: []DocLine{
			{"x", words.F("a list of numbers from 0 to 255, n for n zeros, or text with an encoding")},
			{"encoding", words.F(`"utf-8", "gbk", …`)},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("bytes, which cannot be changed"),
		Errors: []DocError{
			whyNotByte,
			raised("TypeError", words.F("text without an encoding")),
			whyNoEncode, whyNoEncoding, whyHuge,
		},
		Source:  "Python",
		Example: "bytes([104, 105])",
	},
	"bytearray": {
		Args: []DocLine{
			{"x", words.F("a list of numbers from 0 to 255, n for n zeros, or text with an encoding")},
			{"encoding", words.F(`"utf-8", "gbk", …`)},
			{"errors", words.F(`"strict": an error; "ignore": left out; "replace": a ? or U+FFFD`)},
		},
		Result: words.F("bytes that can be changed: a buffer for recv_into"),
		Errors: []DocError{
			whyNotByte,
			raised("TypeError", words.F("text without an encoding")),
			whyHuge,
		},
		Source:  "Python",
		Example: "bytearray(1024)",
	},
	"int": {
		Args: []DocLine{
			{"x", words.F("a number, or text or bytes with digits")},
			{"base", words.F("2 to 36; 0: by the prefix 0x, 0o or 0b")},
		},
		Result: words.F("a whole number, as large as it has to be"),
		Errors: []DocError{
			raised("ValueError", words.F("these are no digits of that base")),
			raised("TypeError", words.F("neither a number nor text")),
			raised("OverflowError", words.F("an infinite number")),
		},
		Source:  "Python",
		Example: `int("1f90", 16)`,
	},
	"int.from_bytes": {
		Args: []DocLine{
			{"bytes", words.F("bytes")},
			{"byteorder", words.F(`"big" (the network's) or "little"`)},
			{"signed", words.F("True: the first bit is the sign")},
		},
		Result: words.F("the number"),
		Errors: []DocError{
			raised("ValueError", words.F("byteorder is neither")),
			raised("TypeError", words.F("these are no bytes")),
		},
		Source:  "Python",
		Example: `int.from_bytes(b"\x1f\x90", "big")`,
	},
	"int.to_bytes": {
		Args: []DocLine{
			{"length", words.F("how many bytes")},
			{"byteorder", words.F(`"big" (the network's) or "little"`)},
			{"signed", words.F("True: the first bit is the sign")},
		},
		Result: words.F("bytes"),
		Errors: []DocError{
			raised("OverflowError", words.F("the number does not fit into so many bytes, or is negative without signed=True")),
			raised("ValueError", words.F("byteorder is neither")),
		},
		Source:  "Python",
		Example: `(8080).to_bytes(2, "big")`,
	},
	"int.bit_length": {
		Result:  words.F("how many bits, without the sign"),
		Source:  "Python",
		Example: "(8080).bit_length()",
	},
	"float": {
		Args: []DocLine{
			{"x", words.F("a number, or text")},
		},
		Result: words.F("a number with a fraction"),
		Errors: []DocError{
			raised("ValueError", words.F("the text is no number")),
			raised("TypeError", words.F("neither a number nor text")),
		},
		Source:  "Python",
		Example: `float("0.5")`,
	},
	"float.is_integer": {
		Result:  words.F("True or False"),
		Source:  "Python",
		Example: "(2.0).is_integer()",
	},
	"bool": {
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result:  words.F("False for 0, None, False and what is empty, else True"),
		Source:  "Python",
		Example: `bool(b"")`,
	},
	"type": {
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result: words.F("the type, such as <class 'bytes'>"),
		Errors: []DocError{
			raised("TypeError", words.F("not exactly one argument")),
		},
		Source:  "Python",
		Example: `type(b"hi")`,
	},
	"range": {
		Args: []DocLine{
			{"start", words.F("the first number; 0 if there is one argument")},
			{"stop", words.F("the number before which it ends")},
			{"step", words.F("from one to the next; may be negative")},
		},
		Result: words.F("a range; list() makes a list of it"),
		Errors: []DocError{
			raised("ValueError", words.F("step is 0")),
			whyNotInt,
			raised("MemoryError", words.F("more than 50000000 numbers")),
		},
		Source:  "Python",
		Example: "list(range(0, 10, 2))",
	},
	"list": {
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("a new list"),
		Errors: []DocError{
			whyNoIter, whyHuge,
		},
		Source:  "Python",
		Example: `list(b"hi")`,
	},
	"tuple": {
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("a tuple, which cannot be changed"),
		Errors: []DocError{
			whyNoIter, whyHuge,
		},
		Source:  "Python",
		Example: "tuple([1, 2])",
	},
	"set": {
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("a set: each value once"),
		Errors: []DocError{
			whyNoIter, whyNoHash,
		},
		Source:  "Python",
		Example: "set([1, 1, 2])",
	},
	"dict": {
		Args: []DocLine{
			{"pairs", words.F("a dictionary, or a list of pairs")},
			{"names", words.F("dict(a=1) has the key 'a'")},
		},
		Result: words.F("a new dictionary"),
		Errors: []DocError{
			raised("TypeError", words.F("what is in it is no pair")),
			raised("ValueError", words.F("a piece has not exactly two parts")),
		},
		Source:  "Python",
		Example: `dict([("amy", 8081)])`,
	},
}
