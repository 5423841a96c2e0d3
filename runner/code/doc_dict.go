package code

import "github.com/socklab/socklab/runner/words"

// dictDocs are the methods of dictionaries and sets.
var dictDocs = map[string]Doc{
	"dict.copy": {
		Result:  words.F("a new dictionary with the same pairs"),
		Source:  "Python",
		Example: `{"a": 1}.copy()`,
	},
	"dict.get": {
		Sig:  "get(key, default=None)",
		Help: words.F("the value of key"),
		Args: []DocLine{
			{"key", words.F("what to look up")},
			{"default", words.F("what to return if it is not there")},
		},
		Result: words.F("the value, or default"),
		Errors: []DocError{
			whyNoHash,
		},
		Source:  "Python",
		Example: `{"amy": 8081}.get("bob")`,
	},
	"dict.items": {
		Sig:     "items()",
		Help:    words.F("its pairs"),
		Result:  words.F("a list of (key, value)"),
		Source:  "Python",
		Example: `{"a": 1}.items()`,
	},
	"dict.keys": {
		Sig:     "keys()",
		Help:    words.F("its keys"),
		Result:  words.F("a list"),
		Source:  "Python",
		Example: `{"a": 1}.keys()`,
	},
	"dict.values": {
		Sig:     "values()",
		Help:    words.F("its values"),
		Result:  words.F("a list"),
		Source:  "Python",
		Example: `{"a": 1}.values()`,
	},
	"dict.pop": {
		Args: []DocLine{
			{"key", words.F("which one")},
			{"default", words.F("what to return if it is not there")},
		},
		Result: words.F("the value, which is taken out"),
		Errors: []DocError{
			whyNoKey, whyNoHash,
		},
		Source:  "Python",
		Example: `{"a": 1}.pop("a")`,
	},
	"dict.popitem": {
		Sig:    "popitem()",
		Help:   words.F("take one pair out"),
		Result: words.F("(key, value): the first here, the last in Python"),
		Errors: []DocError{
			raised("KeyError", words.F("the dictionary is empty")),
		},
		Source:  "Python",
		Example: `{"a": 1}.popitem()`,
	},
	"dict.setdefault": {
		Sig:  "setdefault(key, default=None)",
		Help: words.F("the value of key, which gets default if it has none"),
		Args: []DocLine{
			{"key", words.F("which one")},
			{"default", words.F("what to put in")},
		},
		Result: words.F("the value"),
		Errors: []DocError{
			whyNoHash,
		},
		Source:  "Python",
		Example: `{"a": 1}.setdefault("b", [])`,
	},
	"dict.update": {
		Args: []DocLine{
			{"pairs", words.F("a dictionary, or a list of pairs")},
			{"names", words.F("update(a=1) sets the key 'a'")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("TypeError", words.F("what is in it is no pair")),
			raised("ValueError", words.F("a piece has not exactly two parts")),
		},
		Source:  "Python",
		Example: `{"a": 1}.update({"b": 2})`,
	},
	"set.add": {
		Sig:  "add(x)",
		Help: words.F("put x in"),
		Args: []DocLine{
			{"x", words.F("anything that can be a key")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNoHash,
		},
		Source:  "Python",
		Example: "set([1]).add(2)",
	},
	"set.copy": {
		Result:  words.F("a new set with the same values"),
		Source:  "Python",
		Example: "set([1]).copy()",
	},
	"set.discard": {
		Sig:  "discard(x)",
		Help: words.F("take x out, if it is there"),
		Args: []DocLine{
			{"x", words.F("anything that can be a key")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNoHash,
		},
		Source:  "Python",
		Example: "set([1]).discard(2)",
	},
	"set.remove": {
		Sig:  "remove(x)",
		Help: words.F("take x out"),
		Args: []DocLine{
			{"x", words.F("anything that can be a key")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("KeyError", words.F("it is not there")),
		},
		Source:  "Python",
		Example: "set([1]).remove(1)",
	},
	"set.pop": {
		Sig:    "pop()",
		Help:   words.F("take one out and return it"),
		Result: words.F("a value"),
		Errors: []DocError{
			raised("KeyError", words.F("the set is empty")),
		},
		Source:  "Python",
		Example: "set([1]).pop()",
	},
	"set.union": {
		Sig:  "union(iterable)",
		Help: words.F("what is in one or the other"),
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("a new set"),
		Errors: []DocError{
			raised("RuntimeError", words.F("that is nothing to walk through (in Python TypeError)")),
		},
		Source:  "Python",
		Example: "set([1]).union([2])",
	},
	"set.intersection": {
		Sig:  "intersection(iterable)",
		Help: words.F("what is in both"),
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("a new set"),
		Errors: []DocError{
			raised("RuntimeError", words.F("that is nothing to walk through (in Python TypeError)")),
		},
		Source:  "Python",
		Example: "set([1, 2]).intersection([2])",
	},
	"set.difference": {
		Sig:  "difference(iterable)",
		Help: words.F("what is in this one alone"),
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("a new set"),
		Errors: []DocError{
			raised("RuntimeError", words.F("that is nothing to walk through (in Python TypeError)")),
		},
		Source:  "Python",
		Example: "set([1, 2]).difference([2])",
	},
	"set.symmetric_difference": {
		Sig:  "symmetric_difference(iterable)",
		Help: words.F("what is in one of both, not in both"),
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("a new set"),
		Errors: []DocError{
			raised("RuntimeError", words.F("that is nothing to walk through (in Python TypeError)")),
		},
		Source:  "Python",
		Example: "set([1, 2]).symmetric_difference([2])",
	},
	"set.issubset": {
		Sig:  "issubset(iterable)",
		Help: words.F("is all of it in the other?"),
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("True or False"),
		Errors: []DocError{
			raised("RuntimeError", words.F("that is nothing to walk through (in Python TypeError)")),
		},
		Source:  "Python",
		Example: "set([1]).issubset([1, 2])",
	},
	"set.issuperset": {
		Sig:  "issuperset(iterable)",
		Help: words.F("is all of the other in it?"),
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("True or False"),
		Errors: []DocError{
			raised("RuntimeError", words.F("that is nothing to walk through (in Python TypeError)")),
		},
		Source:  "Python",
		Example: "set([1, 2]).issuperset([1])",
	},
	"set.update": {
		Sig:  "update(iterable)",
		Help: words.F("put all of it in"),
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("RuntimeError", words.F("that is nothing to walk through (in Python TypeError)")),
		},
		Source:  "Python",
		Example: "set([1]).update([2])",
	},
}
