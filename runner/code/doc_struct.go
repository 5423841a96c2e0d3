package code

import "github.com/socklab/socklab/runner/words"

// structDocs are the functions of the module struct.
var structDocs = map[string]Doc{
	"struct.pack": {
		Args: []DocLine{
			{"format", words.F("the order, then a letter for each value: < little-endian, > or ! big-endian, = native without padding, @ or nothing native with padding; b h i q are 1, 2, 4, 8 bytes (capitals: unsigned), f d floats, 5s five bytes, x a padding byte")},
			{"v1, v2, …", words.F("as many values as the format has")},
		},
		Result: words.F("bytes, calcsize(format) of them"),
		Errors: []DocError{
			whyStructValue, whyStructFormat,
			raised("OverflowError", words.F("a float that is too large for f or e")),
			whyStructBig,
		},
		Notes:   words.F("On the wire use ! (network order): both sides must write the same format. `layout !IH` draws it."),
		Source:  "Python struct, byteorder(3)",
		Example: `struct.pack("!I", 12345)`,
	},
	"struct.unpack": {
		Args: []DocLine{
			{"format", words.F("as for pack")},
			{"bytes", words.F("exactly calcsize(format) bytes")},
		},
		Result: words.F("a tuple of the values, also if there is one: `n, = struct.unpack(\"!I\", head)`"),
		Errors: []DocError{
			raised("struct.error", words.F("the bytes are not as many as the format has; often the other side packed with another order or padding")),
			whyStructFormat,
			raised("TypeError", words.F("text instead of bytes")),
		},
		Source:  "Python struct",
		Example: `struct.unpack("!I", b"\x00\x00\x30\x39")`,
	},
	"struct.calcsize": {
		Args: []DocLine{
			{"format", words.F("as for pack")},
		},
		Result: words.F("how many bytes it has, padding included"),
		Errors: []DocError{
			whyStructFormat,
		},
		Source:  "Python struct",
		Example: `struct.calcsize("!4sI")`,
	},
	"struct.pack_into": {
		Args: []DocLine{
			{"format", words.F("as for pack")},
			{"buffer", words.F("a bytearray")},
			{"offset", words.F("where in it; negative counts from its end")},
			{"v1, v2, …", words.F("as many values as the format has")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("struct.error", words.F("the values do not fit, or there is no room behind offset")),
			raised("TypeError", words.F("the buffer is no bytearray")),
		},
		Source:  "Python struct",
		Example: `struct.pack_into("!H", bytearray(4), 2, 8080)`,
	},
	"struct.unpack_from": {
		Args: []DocLine{
			{"format", words.F("as for pack")},
			{"buffer", words.F("bytes, or a bytearray")},
			{"offset", words.F("where in it; negative counts from its end")},
		},
		Result: words.F("a tuple of the values; what lies behind them is left alone"),
		Errors: []DocError{
			raised("struct.error", words.F("there are not enough bytes behind offset")),
			whyStructFormat,
		},
		Source:  "Python struct",
		Example: `struct.unpack_from("!H", b"\x00\x00\x1f\x90", 2)`,
	},
	"struct.iter_unpack": {
		Args: []DocLine{
			{"format", words.F("as for pack")},
			{"bytes", words.F("a multiple of calcsize(format)")},
		},
		Result: words.F("a list of tuples (in Python an iterator)"),
		Errors: []DocError{
			raised("struct.error", words.F("the length is no multiple, or the format has no bytes")),
			whyStructFormat,
		},
		Source:  "Python struct",
		Example: `struct.iter_unpack("!H", b"\x00\x01\x00\x02")`,
	},
	"struct.Struct": {
		Args: []DocLine{
			{"format", words.F("as for pack")},
		},
		Result: words.F("an object with pack, unpack, pack_into, unpack_from, iter_unpack, size and format"),
		Errors: []DocError{
			whyStructFormat,
		},
		Source:  "Python struct",
		Example: `struct.Struct("!I").pack(5)`,
	},
}
