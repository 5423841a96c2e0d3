package code

import (
	"strings"
	"unicode"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// strMethods are the methods of str.
var strMethods = methods(append(textMethods(strKind), []method{
	{"encode", "encode(encoding='utf-8', errors='strict')", words.F("the text as bytes; gbk, gb18030, utf-16, latin-1 and ascii too"), strEncode},
	{"format", "format(*args, **kwargs)", words.F("the text with its {} filled in"), strFormatMethod},
	{"upper", "upper()", words.F("in capitals"), mapped(strings.ToUpper)},
	{"lower", "lower()", words.F("in small letters"), mapped(strings.ToLower)},
	{"casefold", "casefold()", words.F("in small letters, for comparing"), mapped(strings.ToLower)},
	{"title", "title()", words.F("each word with a capital"), mapped(title)},
	{"capitalize", "capitalize()", words.F("the first letter a capital, the others small"), mapped(capitalize)},
	{"swapcase", "swapcase()", words.F("capitals and small letters exchanged"), mapped(swapcase)},
	{"isdigit", "isdigit()", words.F("only digits, and at least one?"), allOf(unicode.IsDigit)},
	{"isdecimal", "isdecimal()", words.F("only digits, and at least one?"), allOf(unicode.IsDigit)},
	{"isnumeric", "isnumeric()", words.F("only digits, and at least one?"), allOf(unicode.IsNumber)},
	{"isalpha", "isalpha()", words.F("only letters, and at least one?"), allOf(unicode.IsLetter)},
	{"isalnum", "isalnum()", words.F("only letters and digits, and at least one?"), allOf(func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })},
	{"isspace", "isspace()", words.F("only blanks, and at least one?"), allOf(unicode.IsSpace)},
	{"isprintable", "isprintable()", words.F("no control characters?"), strIsPrintable},
	{"isascii", "isascii()", words.F("only ASCII?"), func(c *call) (starlark.Value, error) {
		return starlark.Bool(c.self.(Str).ascii()), c.unpack()
	}},
	{"isupper", "isupper()", words.F("are all its letters capitals?"), cased(unicode.IsUpper, unicode.IsLower)},
	{"islower", "islower()", words.F("are all its letters small?"), cased(unicode.IsLower, unicode.IsUpper)},
}...))

func strEncode(c *call) (starlark.Value, error) {
	encoding, errs := "utf-8", "strict"
	if err := c.unpack("encoding?", &encoding, "errors?", &errs); err != nil {
		return nil, err
	}
	b, err := encode(c.self.(Str).s, encoding, errs)
	if err != nil {
		return nil, err
	}
	return newBytes(b), nil
}

// mapped is a method that turns the text into other text.
func mapped(f func(string) string) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		if err := c.unpack(); err != nil {
			return nil, err
		}
		switch v := c.self.(type) {
		case Bytes:
			return Bytes{f(v.s)}, nil
		case *ByteArray:
			return &ByteArray{[]byte(f(string(v.b)))}, nil
		default:
			return newStr(f(textOf(v))), nil
		}
	}
}

func title(s string) string {
	inWord := false
	return strings.Map(func(r rune) rune {
		letter := unicode.IsLetter(r)
		defer func() { inWord = letter }()
		if inWord {
			return unicode.ToLower(r)
		}
		return unicode.ToTitle(r)
	}, s)
}

func capitalize(s string) string {
	first := true
	return strings.Map(func(r rune) rune {
		if first {
			first = false
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func swapcase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

func allOf(is func(rune) bool) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		s := textOf(c.self)
		if b, ok := content(c.self); ok {
			s = b
		}
		all := s != "" && strings.IndexFunc(s, func(r rune) bool { return !is(r) }) < 0
		return starlark.Bool(all), c.unpack()
	}
}

func strIsPrintable(c *call) (starlark.Value, error) {
	none := strings.IndexFunc(c.self.(Str).s, func(r rune) bool { return !printable(r) }) < 0
	return starlark.Bool(none), c.unpack()
}

// cased asks that there be a letter of one case and none of the other.
func cased(want, not func(rune) bool) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		s := textOf(c.self)
		if b, ok := content(c.self); ok {
			s = b
		}
		ok := strings.IndexFunc(s, want) >= 0 && strings.IndexFunc(s, not) < 0
		return starlark.Bool(ok), c.unpack()
	}
}
