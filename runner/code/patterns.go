package code

import (
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// runtimePatterns are what Starlark says while code runs. The pinned version
// of the library guards them, and a test provokes each.
var runtimePatterns = compilePatterns("TypeError", []pattern{
	{re: `predeclared variable (\S+) is uninitialized`, kind: "NameError", msg: "name '$1' is not defined"},
	{re: `^(?:local|global) variable (\S+) referenced before assignment`, kind: "UnboundLocalError",
		msg: "cannot access local variable '$1' where it is not associated with a value"},
	{re: `^unknown binary op: (list|tuple) \+ (\S+)$`, msg: `can only concatenate $1 (not "$2") to $1`},
	{re: `^unknown binary op: (\S+) (?:not )?in (\S+)$`, msg: "argument of type '$2' is not iterable"},
	{re: `^unknown binary op: (\S+) (\S+) (\S+)$`, msg: "unsupported operand type(s) for $2: '$1' and '$3'"},
	{re: `^unknown unary op: (\S+) (\S+)`, msg: "bad operand type for unary $1: '$2'"},
	{re: `^(\S+) (<|>|<=|>=) (\S+) not implemented`, msg: "'$2' not supported between instances of '$1' and '$3'"},
	{re: `^(\S+) has no \.(\S+) field or method`, kind: "AttributeError", msg: "'$1' object has no attribute '$2'"},
	{re: `^can't assign to \.(\S+) field of (\S+)`, kind: "AttributeError", msg: "'$2' object has no attribute '$1'"},
	{re: `^key (.+) not in \S+$`, kind: "KeyError", msg: "$1"},
	{re: `^(?:popitem: )?empty dict`, kind: "KeyError", msg: "'popitem(): dictionary is empty'"},
	{re: `^(?:\w+: )?(?:unhashable type|unhashable): (\S+)`, msg: "unhashable type: '$1'"},
	{re: `^pop: index .* out of range: empty list`, kind: "IndexError", msg: "pop from empty list"},
	{re: `^pop: .*out of range`, kind: "IndexError", msg: "pop index out of range"},
	{re: `^index -?\d+ out of range: empty (\S+)`, kind: "IndexError", msg: "$1 index out of range"},
	{re: `^str index -?\d+ out of range`, kind: "IndexError", msg: "string index out of range"},
	{re: `^bytes index -?\d+ out of range`, kind: "IndexError", msg: "index out of range"},
	{re: `^(\S+) index -?\d+ out of range`, kind: "IndexError", msg: "$1 index out of range"},
	{re: `^str index: got (\S+), want int`, msg: "string indices must be integers, not '$1'"},
	{re: `^bytes index: got (\S+), want int`, msg: "byte indices must be integers or slices, not $1"},
	{re: `^(\S+) index: got (\S+), want int`, msg: "$1 indices must be integers or slices, not $2"},
	{re: `^got (\S+), want int$`, msg: "list indices must be integers or slices, not $1"},
	{re: `^invalid (?:start|end) index: |^invalid slice step: `, msg: "slice indices must be integers or None or have an __index__ method"},
	{re: `^zero is not a valid slice step`, kind: "ValueError", msg: "slice step cannot be zero"},
	{re: `^unhandled index operation (\S+)\[`, msg: "'$1' object is not subscriptable"},
	{re: `^invalid slice operand (\S+)`, msg: "'$1' object is not subscriptable"},
	{re: `^(\S+) value does not support item assignment`, msg: "'$1' object does not support item assignment"},
	{re: `^invalid call of non-function \((\S+)\)`, msg: "'$1' object is not callable"},
	{re: `^(?:zip: argument #\d+ is not iterable: |\w+: )?(\S+) value is not iterable`, msg: "'$1' object is not iterable"},
	{re: `^zip: argument #(\d+) is not iterable: (\S+)`, msg: "'$2' object is not iterable"},
	{re: `for parameter \w+: got (\S+), want iterable`, msg: "'$1' object is not iterable"},
	{re: `^argument after \* must be iterable, not (\S+)`, msg: "argument after * must be an iterable, not $1"},
	{re: `^got (\S+) in sequence assignment`, msg: "cannot unpack non-iterable $1 object"},
	{re: `^too many values to unpack \(got \d+, want (\d+)\)`, kind: "ValueError", msg: "too many values to unpack (expected $1)"},
	{re: `^too few values to unpack \(got (\d+), want (\d+)\)`, kind: "ValueError", msg: "not enough values to unpack (expected $2, got $1)"},
	{re: `^(?:\w+: )?cannot [\w |=+]+ hash table during iteration`, kind: "RuntimeError", msg: "dictionary changed size during iteration",
		hint: words.F("loop over a copy: for x in list(l):")},
	{re: `^(?:\w+: )?cannot [\w |=+]+ list during iteration`, kind: "RuntimeError", msg: "list changed during iteration",
		hint: words.F("loop over a copy: for x in list(l):")},
	{re: `^(?:floating-point division|floored division|division) by zero`, kind: "ZeroDivisionError", msg: "division by zero"},
	{re: `modulo by zero`, kind: "ZeroDivisionError", msg: "integer modulo by zero"},
	{re: `^negative shift count`, kind: "ValueError", msg: "negative shift count"},
	{re: `^shift count too large`, kind: "OverflowError", msg: "too many digits in integer"},
	{re: `^int too large to convert to float`, kind: "OverflowError", msg: "int too large to convert to float"},
	{re: `^repeat count .* too large|^excessive repeat`, kind: "MemoryError", msg: ""},
	{re: `^comparison exceeded maximum recursion`, kind: "RecursionError", msg: "maximum recursion depth exceeded in comparison"},
	{re: `^function (\S+) accepts no arguments \((\d+) given\)`, say: tooManyGiven, caller: true},
	{re: `^function (\S+) accepts (?:at most )?(\d+) positional arguments? \((\d+) given\)`, say: tooManyGiven, caller: true},
	{re: `^function (\S+) missing (\d+) arguments? \((.*)\)`, say: notGiven, caller: true},
	{re: `^function (\S+) got multiple values for parameter "?(\w+)"?`, msg: "$1() got multiple values for argument '$2'", caller: true},
	{re: `^function (\S+) got an unexpected keyword argument "?(\w+)"?`, msg: "$1() got an unexpected keyword argument '$2'", caller: true},
	{re: `^remove: element not found`, kind: "ValueError", msg: "list.remove(x): x not in list"},
	{re: `^remove: missing key`, kind: "KeyError", msg: "the set has no such element"},
	{re: `^pop: (?:missing key|empty set|set is empty)`, kind: "KeyError", msg: "nothing there to pop"},
	{re: `^(min|max): argument is an empty sequence`, kind: "ValueError", msg: "$1() arg is an empty sequence"},
	{re: `^len: value of type (\S+) has no len`, msg: "object of type '$1' has no len()"},
	{re: `^got (\S+), want int or float`, msg: "bad operand type for abs(): '$1'"},
	{re: `^(\w+): got (\d+) arguments?, want (at least |at most |exactly )?(\d+)`, say: countWrong},
	{re: `^(\w+): for parameter "?(\w+)"?: got (\S+), want (\S+)`, msg: "$1() argument $2 must be $4, not $3"},
	{re: `^(\w+): missing argument for (\w+)`, msg: "$1() missing required argument: '$2'"},
	{re: `^(\w+): unexpected keyword arguments?(?: "?(\w+)"?)?`, msg: "'$2' is an invalid keyword argument for $1()"},
	{re: `^(\w+) requires at least one positional argument`, msg: "$1 expected at least 1 argument, got 0"},
	{re: `^'in <range>' requires integer`, msg: "an integer is needed to look in a range"},
	{re: `^\S+ index: \d+ out of range$`, kind: "IndexError", msg: "cannot fit 'int' into an index-sized integer"},
})

// tooManyGiven is "f() takes 1 positional argument but 2 were given".
func tooManyGiven(m []string) string {
	takes, given := "0", m[len(m)-1]
	if len(m) == 4 {
		takes = m[2]
	}
	most := ""
	if strings.Contains(m[0], "at most") {
		most = "at most "
	}
	were := "were"
	if given == "1" {
		were = "was"
	}
	s := "s"
	if takes == "1" {
		s = ""
	}
	return m[1] + "() takes " + most + takes + " positional argument" + s + " but " + given + " " + were + " given"
}

// notGiven is "f() missing 2 required positional arguments: 'a' and 'b'".
func notGiven(m []string) string {
	names := strings.Split(m[3], ", ")
	for i, name := range names {
		names[i] = "'" + name + "'"
	}
	list := names[0]
	switch n := len(names); {
	case n == 2:
		list = names[0] + " and " + names[1]
	case n > 2:
		list = strings.Join(names[:n-1], ", ") + ", and " + names[n-1]
	}
	return m[1] + "() missing " + m[2] + " required positional argument" + plural(len(names)) + ": " + list
}

// countWrong is "insert expected 2 arguments, got 1".
func countWrong(m []string) string {
	if m[4] == "1" && m[3] == "" {
		return m[1] + "() takes exactly one argument (" + m[2] + " given)"
	}
	s := "s"
	if m[4] == "1" {
		s = ""
	}
	return m[1] + " expected " + strings.TrimPrefix(m[3], "exactly ") + m[4] + " argument" + s + ", got " + m[2]
}
