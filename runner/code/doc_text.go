package code

import "github.com/socklab/socklab/runner/words"

// textDocs are the methods that str, bytes and bytearray share; sub and sep are text for text, bytes for bytes.
var textDocs = map[string]Doc{
	"text.split": {
		Args: []DocLine{
			{"sep", words.F("what stands between the parts; None: runs of blanks")},
			{"maxsplit", words.F("at most so many cuts; -1: all")},
		},
		Result: words.F("a list"),
		Errors: []DocError{
			whyEmptySep, whyOtherKind,
		},
		Source:  "Python",
		Example: `"a b  c".split()`,
	},
	"text.splitlines": {
		Args: []DocLine{
			{"keepends", words.F("True: the line ends stay")},
		},
		Result:  words.F("a list"),
		Source:  "Python",
		Example: `"a\nb".splitlines()`,
	},
	"text.strip": {
		Args: []DocLine{
			{"chars", words.F("characters to take off, in any order; None: blanks")},
		},
		Result: words.F("what is left"),
		Errors: []DocError{
			whyOtherKind,
		},
		Source:  "Python",
		Example: `" hi\n".strip()`,
	},
	"text.startswith": {
		Args: []DocLine{
			{"prefix", words.F("a beginning to ask for, or a tuple of several")},
		},
		Result: words.F("True or False"),
		Errors: []DocError{
			whyOtherKind,
		},
		Source:  "Python",
		Example: `b"GET /".startswith(b"GET")`,
	},
	"text.endswith": {
		Args: []DocLine{
			{"suffix", words.F("an end to ask for, or a tuple of several")},
		},
		Result: words.F("True or False"),
		Errors: []DocError{
			whyOtherKind,
		},
		Source:  "Python",
		Example: `b"hi\n".endswith(b"\n")`,
	},
	"text.removeprefix": {
		Args: []DocLine{
			{"prefix", words.F("the beginning to take off, if it is there")},
		},
		Result: words.F("what is left"),
		Errors: []DocError{
			whyOtherKind,
		},
		Source:  "Python",
		Example: `"to bob".removeprefix("to ")`,
	},
	"text.removesuffix": {
		Args: []DocLine{
			{"suffix", words.F("the end to take off, if it is there")},
		},
		Result: words.F("what is left"),
		Errors: []DocError{
			whyOtherKind,
		},
		Source:  "Python",
		Example: `"hi\n".removesuffix("\n")`,
	},
	"text.find": {
		Args: []DocLine{
			{"sub", words.F("what to look for; in bytes a number too")},
			{"start", words.F("where to begin")},
			{"end", words.F("before which to end")},
		},
		Result: words.F("its place from 0, -1 if it is not there"),
		Errors: []DocError{
			whyOtherKind,
		},
		Source:  "Python",
		Example: `b"a\r\n\r\nb".find(b"\r\n\r\n")`,
	},
	"text.index": {
		Args: []DocLine{
			{"sub", words.F("what to look for; in bytes a number too")},
			{"start", words.F("where to begin")},
			{"end", words.F("before which to end")},
		},
		Result: words.F("its place from 0"),
		Errors: []DocError{
			whyNotThere, whyOtherKind,
		},
		Source:  "Python",
		Example: `"a=1".index("=")`,
	},
	"text.count": {
		Args: []DocLine{
			{"sub", words.F("what to look for; in bytes a number too")},
			{"start", words.F("where to begin")},
			{"end", words.F("before which to end")},
		},
		Result: words.F("how often, without overlaps"),
		Errors: []DocError{
			whyOtherKind,
		},
		Source:  "Python",
		Example: `"a,b,c".count(",")`,
	},
	"text.replace": {
		Args: []DocLine{
			{"old", words.F("what to replace")},
			{"new", words.F("by what")},
			{"count", words.F("at most so often; -1: all")},
		},
		Result: words.F("a new value: the old one stays as it is"),
		Errors: []DocError{
			whyOtherKind, whyHuge,
		},
		Source:  "Python",
		Example: `"a-b".replace("-", "+")`,
	},
	"text.join": {
		Args: []DocLine{
			{"list", words.F("the parts, all text or all bytes")},
		},
		Result: words.F("them all in one"),
		Errors: []DocError{
			raised("TypeError", words.F("a part is of the other kind: numbers need str()")),
			whyHuge,
		},
		Source:  "Python",
		Example: `b"".join([b"he", b"llo"])`,
	},
	"text.partition": {
		Args: []DocLine{
			{"sep", words.F("where to cut")},
		},
		Result: words.F("three parts; if sep is not there, the whole and two empty ones"),
		Errors: []DocError{
			whyEmptySep, whyOtherKind,
		},
		Source:  "Python",
		Example: `"Host: a".partition(": ")`,
	},
	"text.rpartition": {
		Args: []DocLine{
			{"sep", words.F("where to cut")},
		},
		Result: words.F("three parts; if sep is not there, two empty ones and the whole"),
		Errors: []DocError{
			whyEmptySep, whyOtherKind,
		},
		Source:  "Python",
		Example: `"a.b.c".rpartition(".")`,
	},
	"text.ljust": {
		Args: []DocLine{
			{"width", words.F("how long it is to be")},
			{"fill", words.F("one character")},
		},
		Result: words.F("a new value"),
		Errors: []DocError{
			whyFill, whyHuge,
		},
		Source:  "Python",
		Example: `"hi".ljust(5, ".")`,
	},
	"text.zfill": {
		Args: []DocLine{
			{"width", words.F("how long it is to be")},
		},
		Result: words.F("a new value; a sign stays in front"),
		Errors: []DocError{
			whyNotInt, whyHuge,
		},
		Source:  "Python",
		Example: `"7".zfill(3)`,
	},
	"text.expandtabs": {
		Args: []DocLine{
			{"tabsize", words.F("from one tab stop to the next")},
		},
		Result: words.F("a new value"),
		Errors: []DocError{
			whyNotInt,
		},
		Source:  "Python",
		Example: `"a\tb".expandtabs(4)`,
	},
	"text.upper": {
		Result:  words.F("a new value; in bytes only ASCII letters change"),
		Source:  "Python",
		Example: `"hi".upper()`,
	},
	"text.isdigit": {
		Result:  words.F("True or False; False for an empty one"),
		Source:  "Python",
		Example: `"8080".isdigit()`,
	},
	"text.isascii": {
		Result:  words.F("True or False; True for an empty one"),
		Source:  "Python",
		Example: `"hi".isascii()`,
	},
}
