package code

import "github.com/socklab/socklab/runner/words"

// numberDocs are the built-in functions for characters and numbers.
var numberDocs = map[string]Doc{
	"chr": {
		Args: []DocLine{
			{"n", words.F("the number of a character, up to 1114111")},
		},
		Result: words.F("text of one character"),
		Errors: []DocError{
			raised("ValueError", words.F("there is no character of that number")),
		},
		Source:  "Python",
		Example: "chr(20320)",
	},
	"ord": {
		Args: []DocLine{
			{"c", words.F("one character, or one byte")},
		},
		Result: words.F("its number"),
		Errors: []DocError{
			raised("TypeError", words.F("not exactly one")),
		},
		Source:  "Python",
		Example: `ord("你")`,
	},
	"bin": {
		Args: []DocLine{
			{"n", words.F("a whole number")},
		},
		Result: words.F("text such as '0b101'"),
		Errors: []DocError{
			whyNotInt,
		},
		Source:  "Python",
		Example: "bin(5)",
	},
	"oct": {
		Args: []DocLine{
			{"n", words.F("a whole number")},
		},
		Result: words.F("text such as '0o17'"),
		Errors: []DocError{
			whyNotInt,
		},
		Source:  "Python",
		Example: "oct(15)",
	},
	"hex": {
		Args: []DocLine{
			{"n", words.F("a whole number")},
		},
		Result: words.F("text such as '0x1f90'"),
		Errors: []DocError{
			whyNotInt,
		},
		Source:  "Python",
		Example: "hex(8080)",
	},
	"pow": {
		Args: []DocLine{
			{"x", words.F("a number")},
			{"n", words.F("a number")},
			{"mod", words.F("the remainder by it, for whole numbers")},
		},
		Result: words.F("x to the power of n: `**` is not here"),
		Errors: []DocError{
			raised("TypeError", words.F("one is no number")),
			raised("ValueError", words.F("mod is 0")),
			whyHuge,
		},
		Source:  "Python",
		Example: "pow(2, 10)",
	},
	"divmod": {
		Args: []DocLine{
			{"a", words.F("a number")},
			{"b", words.F("a number")},
		},
		Result: words.F("(quotient, remainder)"),
		Errors: []DocError{
			raised("ZeroDivisionError", words.F("b is 0")),
			raised("TypeError", words.F("one is no number")),
		},
		Source:  "Python",
		Example: "divmod(7, 2)",
	},
	"round": {
		Args: []DocLine{
			{"x", words.F("a number")},
			{"digits", words.F("how many behind the point; None: a whole number")},
		},
		Result: words.F("the number; halves go to the even one"),
		Errors: []DocError{
			raised("TypeError", words.F("x is no number")),
		},
		Source:  "Python",
		Example: "round(2.5)",
	},
	"format": {
		Args: []DocLine{
			{"x", words.F("anything")},
			{"spec", words.F("'>5' right in 5 cells, '.2f' two digits behind the point, 'x' hexadecimal")},
		},
		Result: words.F("text"),
		Errors: []DocError{
			raised("ValueError", words.F("the format does not fit")),
		},
		Source:  "Python",
		Example: `format(3.14159, ".2f")`,
	},
	"fail": {
		Args: []DocLine{
			{"text", words.F("what to say")},
		},
		Result: words.F("it does not return"),
		Errors: []DocError{
			raised("RuntimeError", words.F("always: here it stands for raise")),
		},
		Source:  "socklab",
		Example: `fail("no answer")`,
	},
}
