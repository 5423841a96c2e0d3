package code

import "github.com/socklab/socklab/runner/words"

// listDocs are the methods of lists and tuples.
var listDocs = map[string]Doc{
	"list.append": {
		Sig:  "append(x)",
		Help: words.F("put x at the end"),
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result:  words.F("None"),
		Source:  "Python",
		Example: "[1].append(2)",
	},
	"list.clear": {
		Sig:     "clear()",
		Help:    words.F("take everything out"),
		Result:  words.F("None"),
		Source:  "Python",
		Example: "[1].clear()",
	},
	"list.copy": {
		Result:  words.F("a new list with the same values"),
		Source:  "Python",
		Example: "[1].copy()",
	},
	"list.count": {
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result:  words.F("how often"),
		Source:  "Python",
		Example: "[1, 1].count(1)",
	},
	"list.extend": {
		Args: []DocLine{
			{"iterable", words.F("anything to walk through")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNoIter,
		},
		Source:  "Python",
		Example: "[1].extend([2, 3])",
	},
	"list.index": {
		Args: []DocLine{
			{"x", words.F("what to look for")},
			{"start", words.F("where to begin")},
			{"end", words.F("before which to end")},
		},
		Result: words.F("its place, from 0"),
		Errors: []DocError{
			whyNotThere,
		},
		Source:  "Python",
		Example: "[5, 6].index(6)",
	},
	"list.insert": {
		Sig:  "insert(index, x)",
		Help: words.F("put x in front of the one at index"),
		Args: []DocLine{
			{"index", words.F("a place, from 0; negative from the end")},
			{"x", words.F("anything")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNotInt,
		},
		Source:  "Python",
		Example: "[1].insert(0, 9)",
	},
	"list.pop": {
		Sig:  "pop(index=-1)",
		Help: words.F("take one out and return it"),
		Args: []DocLine{
			{"index", words.F("which one; the last if left out")},
		},
		Result: words.F("the value that was taken out"),
		Errors: []DocError{
			raised("IndexError", words.F("the list is empty, or has no such place")),
		},
		Source:  "Python",
		Example: "[1, 2].pop()",
	},
	"list.remove": {
		Sig:  "remove(x)",
		Help: words.F("take the first x out"),
		Args: []DocLine{
			{"x", words.F("anything")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			whyNotThere,
		},
		Source:  "Python",
		Example: "[1, 2].remove(1)",
	},
	"list.reverse": {
		Result:  words.F("None"),
		Source:  "Python",
		Example: "[1, 2].reverse()",
	},
	"list.sort": {
		Args: []DocLine{
			{"key", words.F("a function that gives what to compare")},
			{"reverse", words.F("True: the greatest first")},
		},
		Result: words.F("None: the list itself is changed"),
		Errors: []DocError{
			whyNoCompare,
		},
		Source:  "Python",
		Example: "[2, 1].sort()",
	},
	"tuple.index": {
		Args: []DocLine{
			{"x", words.F("what to look for")},
		},
		Result: words.F("its place, from 0"),
		Errors: []DocError{
			whyNotThere,
		},
		Source:  "Python",
		Example: "(5, 6).index(6)",
	},
}
