package code

import "github.com/socklab/socklab/runner/words"

// builtinDocs are the built-in functions.
var builtinDocs = map[string]Doc{
	"print": {
		Args: []DocLine{
			{"values", words.F("anything, any number of them")},
			{"sep", words.F("what stands between them")},
			{"end", words.F("what stands behind them")},
			{"file", words.F("a file of makefile or of a program: the text is written there")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("TypeError", words.F("sep or end is no text")),
		},
		Source:  "Python",
		Example: `print("got", 5)`,
	},
	"input": {
		Args: []DocLine{
			{"prompt", words.F("what is shown before the line")},
		},
		Result: words.F("the line as text, without its newline"),
		Errors: []DocError{
			raised("EOFError", words.F("there is no more input")),
			raised("KeyboardInterrupt", words.F("Ctrl-C")),
		},
		Source:  "Python",
		Example: `line = input("> ")`,
	},
	"len": {
		Args: []DocLine{
			{"x", words.F("text (counted in characters), bytes, a list, a tuple, a dictionary, a set, a range")},
		},
		Result: words.F("how many"),
		Errors: []DocError{
			raised("TypeError", words.F("x has no length")),
		},
		Source:  "Python",
		Example: `len("你好".encode())`,
	},
	"repr": {
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result:  words.F("text: bytes and text in quotes, with escapes"),
		Source:  "Python",
		Example: `repr(b"\n")`,
	},
	"ascii": {
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result:  words.F("text in ASCII, other characters as escapes"),
		Source:  "Python",
		Example: `ascii("你")`,
	},
	"isinstance": {
		Args: []DocLine{
			{"x", words.F("anything")},
			{"type", words.F("a type such as bytes, or a tuple of types")},
		},
		Result: words.F("True or False"),
		Errors: []DocError{
			raised("TypeError", words.F("the second is no type")),
		},
		Source:  "Python",
		Example: `isinstance(b"hi", bytes)`,
	},
	"callable": {
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result:  words.F("True or False"),
		Source:  "Python",
		Example: "callable(print)",
	},
	"dir": {
		Args: []DocLine{
			{"x", words.F("anything; left out: all names there are")},
		},
		Result:  words.F("a list of names"),
		Source:  "Python",
		Example: "dir(socket)",
	},
	"getattr": {
		Args: []DocLine{
			{"x", words.F("anything")},
			{"name", words.F("text")},
			{"default", words.F("what to return instead of an error")},
		},
		Result: words.F("x.name"),
		Errors: []DocError{
			raised("AttributeError", words.F("there is no such name, and no default was given")),
		},
		Source:  "Python",
		Example: `getattr(socket, "AF_INET")`,
	},
	"hasattr": {
		Args: []DocLine{
			{"x", words.F("anything")},
			{"name", words.F("text")},
		},
		Result: words.F("True or False"),
		Errors: []DocError{
			raised("TypeError", words.F("name is no text")),
		},
		Source:  "Python",
		Example: `hasattr(b"", "decode")`,
	},
	"id": {
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result:  words.F("a number; here equal values may have equal ones"),
		Source:  "Python",
		Example: "id(5)",
	},
	"hash": {
		Args: []DocLine{
			{"x", words.F("text, bytes, numbers, tuples of these")},
		},
		Result: words.F("a number"),
		Errors: []DocError{
			whyNoHash,
		},
		Source:  "Python",
		Example: `hash("hi")`,
	},
	"abs": {
		Args: []DocLine{
			{"x", words.F("a number")},
		},
		Result: words.F("the number without its sign"),
		Errors: []DocError{
			raised("TypeError", words.F("x is no number")),
		},
		Source:  "Python",
		Example: "abs(-5)",
	},
	"all": {
		Args: []DocLine{
			{"iterable", words.F("a list or the like")},
		},
		Result: words.F("True or False; True for an empty one"),
		Errors: []DocError{
			whyNoIter,
		},
		Source:  "Python",
		Example: "all([True, 1])",
	},
	"any": {
		Args: []DocLine{
			{"iterable", words.F("a list or the like")},
		},
		Result: words.F("True or False; False for an empty one"),
		Errors: []DocError{
			whyNoIter,
		},
		Source:  "Python",
		Example: "any([0, 1])",
	},
	"enumerate": {
		Args: []DocLine{
			{"iterable", words.F("a list or the like")},
			{"start", words.F("the first number")},
		},
		Result: words.F("a list of (number, value)"),
		Errors: []DocError{
			whyNoIter,
		},
		Source:  "Python",
		Example: `enumerate(["a", "b"])`,
	},
	"max": {
		Args: []DocLine{
			{"iterable", words.F("a list or the like, or several values")},
			{"key", words.F("a function that gives what to compare")},
		},
		Result: words.F("the greatest; default= for an empty one"),
		Errors: []DocError{
			raised("ValueError", words.F("there is nothing in it")),
			whyNoCompare,
		},
		Source:  "Python",
		Example: "max([3, 5])",
	},
	"min": {
		Args: []DocLine{
			{"iterable", words.F("a list or the like, or several values")},
			{"key", words.F("a function that gives what to compare")},
		},
		Result: words.F("the least; default= for an empty one"),
		Errors: []DocError{
			raised("ValueError", words.F("there is nothing in it")),
			whyNoCompare,
		},
		Source:  "Python",
		Example: "min([3, 5])",
	},
	"reversed": {
		Args: []DocLine{
			{"iterable", words.F("a list or the like")},
		},
		Result: words.F("a list"),
		Errors: []DocError{
			whyNoIter,
		},
		Source:  "Python",
		Example: "reversed([1, 2])",
	},
	"sorted": {
		Args: []DocLine{
			{"iterable", words.F("a list or the like")},
			{"key", words.F("a function that gives what to compare")},
			{"reverse", words.F("True: the greatest first")},
		},
		Result: words.F("a new list"),
		Errors: []DocError{
			whyNoCompare, whyNoIter,
		},
		Source:  "Python",
		Example: "sorted([3, 1])",
	},
	"zip": {
		Args: []DocLine{
			{"a, b, …", words.F("lists or the like")},
		},
		Result: words.F("a list of tuples, as long as the shortest"),
		Errors: []DocError{
			whyNoIter,
		},
		Source:  "Python",
		Example: `zip([1, 2], ["a", "b"])`,
	},
	"map": {
		Args: []DocLine{
			{"function", words.F("what to call with each")},
			{"iterable", words.F("a list or the like, one here")},
		},
		Result: words.F("a list (in Python an iterator)"),
		Errors: []DocError{
			raised("TypeError", words.F("function cannot be called, or iterable not be walked through")),
		},
		Source:  "Python",
		Example: `map(len, ["a", "bc"])`,
	},
	"filter": {
		Args: []DocLine{
			{"function", words.F("what to ask for each")},
			{"iterable", words.F("a list or the like")},
		},
		Result: words.F("a list (in Python an iterator)"),
		Errors: []DocError{
			raised("TypeError", words.F("function cannot be called, or iterable not be walked through")),
		},
		Source:  "Python",
		Example: "filter(bool, [0, 1])",
	},
	"sum": {
		Args: []DocLine{
			{"iterable", words.F("numbers")},
			{"start", words.F("what to begin with")},
		},
		Result: words.F("the sum"),
		Errors: []DocError{
			raised("TypeError", words.F("text or bytes: join puts those together")),
		},
		Source:  "Python",
		Example: "sum([1, 2])",
	},
}
