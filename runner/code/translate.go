package code

import (
	"regexp"
	"strings"
	"sync"

	"github.com/socklab/socklab/runner/words"
)

// pattern turns one of Starlark's messages into Python's exception and words.
type pattern struct {
	re     string
	kind   string
	msg    string                       // with $1, $2 for what the pattern caught
	say    func(caught []string) string // in the place of msg
	hint   words.Text                   // what to do
	caller bool                         // the place is that of the call, not of the callee
}

// translate turns a message of Starlark into an error. Syntax errors that no
// pattern knows are "invalid syntax", as in Python.
func translate(msg string, isSyntax bool) *Error {
	e, _ := translateAt(msg, isSyntax)
	return e
}

func translateAt(msg string, isSyntax bool) (e *Error, caller bool) {
	msg = strings.ReplaceAll(msg, hidden, "")
	table := runtimePatterns()
	if isSyntax {
		table = syntaxPatterns()
	}
	for _, p := range table {
		if m := p.match.FindStringSubmatchIndex(msg); m != nil {
			if seenPattern != nil {
				seenPattern(p.re)
			}
			text := string(p.match.ExpandString(nil, p.msg, msg, m))
			if p.say != nil {
				text = p.say(p.match.FindStringSubmatch(msg))
			}
			return raise(p.kind, "", "%s", pythonTypes(text)).hint(p.hint), p.caller
		}
	}
	if isSyntax {
		return raise("SyntaxError", "", "invalid syntax"), false
	}
	return raise("RuntimeError", "", "%s", pythonTypes(msg)), false
}

// seenPattern is told of each pattern that matches; tests set it.
var seenPattern func(re string)

type compiledPattern struct {
	pattern
	match *regexp.Regexp
}

// compilePatterns compiles a table when it is first needed; kind is that of
// the rows that name none.
func compilePatterns(kind string, list []pattern) func() []compiledPattern {
	return sync.OnceValue(func() []compiledPattern {
		out := make([]compiledPattern, len(list))
		for i, p := range list {
			if p.kind == "" {
				p.kind = kind
			}
			out[i] = compiledPattern{p, regexp.MustCompile(p.re)}
		}
		return out
	})
}

// pythonTypes gives Starlark's own names of types Python's names.
func pythonTypes(s string) string {
	return strings.ReplaceAll(s, "'string'", "'str'")
}

var syntaxPatterns = compilePatterns("SyntaxError", []pattern{
	{re: `does not associate with`, msg: "invalid syntax", hint: words.F("no chains of comparisons here: write 1 < x and x < 5")},
	{re: `^got '=', want newline`, msg: "invalid syntax", hint: words.F("one = on a line; to compare use ==")},
	{re: `^unparenthesized tuple`, msg: "invalid syntax", hint: words.F("a tuple of one stands in brackets: (1,)")},
	{re: `^got ('[,}]'|for), want ':'`, msg: "invalid syntax", hint: words.F("a set is written set([1, 2])")},
	{re: `^got for, want '[,)]'`, msg: "invalid syntax", hint: words.F("put [ ] around it: sum([x for x in y])")},
	{re: `^got '\*', want primary`, msg: "invalid syntax", hint: words.F("no * here: take the parts by hand, first = l[0], rest = l[1:]")},
	{re: `^got ':', want ('\)'|newline|',')`, msg: "invalid syntax", hint: words.F("no type hints here: leave them out")},
	{re: `^got (else|elif), want`, msg: "invalid syntax", hint: words.F("else and elif belong to an if; a loop has no else here")},
	{re: `^got (newline|end of file), want ':'`, msg: "expected ':'"},
	{re: `^got '=', want ':'|^got '=', want '\)'`, msg: "invalid syntax", hint: words.F("to compare use ==")},
	{re: `^keyword argument must have form`, msg: `expression cannot contain assignment, perhaps you meant "=="?`},
	{re: `^got (newline|end of file), want indent|^got [^,]+, want indent`, kind: "IndentationError", msg: "expected an indented block"},
	{re: `^got indent, want`, kind: "IndentationError", msg: "unexpected indent"},
	{re: `^unindent does not match`, kind: "IndentationError", msg: "unindent does not match any outer indentation level"},
	{re: `^invalid escape sequence (\\.*)`, msg: "invalid escape sequence '$1'", hint: words.F(`write \\ or r'…'`)},
	{re: `^truncated escape sequence (\\.*)`, msg: "truncated escape sequence '$1'", hint: words.F(`write \\ or r'…'`)},
	{re: `^non-ASCII (?:hex|octal) escape (\S+) \(use (\S+)`, msg: "the escape $1 stands for a byte", hint: words.F(`for a character write \u and four digits, such as \u00e4; for a byte b'…'`)},
	{re: `^(code point out of range.*|invalid Unicode code point.*)`, msg: "$1"},
	{re: `^return statement not within`, msg: "'return' outside function"},
	{re: `^break not in a loop`, msg: "'break' outside loop"},
	{re: `^continue not in a loop`, msg: "'continue' not properly in loop"},
	{re: `^can't assign to (\w+)expr`, msg: "cannot assign to $1 here"},
	{re: `^can't assign to (\w+)`, msg: "cannot assign to $1"},
	{re: `^can't use (tuple|list) expression in augmented`, msg: "'$1' is an illegal expression for augmented assignment"},
	{re: `^duplicate parameter: (\w+)`, msg: "duplicate argument '$1' in function definition"},
	{re: `^required parameter may not follow optional`, msg: "non-default argument follows default argument"},
	{re: `^positional argument may not follow named`, msg: "positional argument follows keyword argument"},
	{re: `^keyword argument "(\w+)" is repeated`, msg: "keyword argument repeated: $1"},
	{re: `^obsolete form of octal literal; use (\w+)`, msg: "leading zeros in decimal integer literals are not permitted", hint: words.F("an octal number begins with 0o")},
	{re: `^invalid (\w+) literal`, msg: "invalid $1 literal"},
	{re: `^excessive nesting`, msg: "too many nested parentheses"},
	{re: `^conditional expression without else`, msg: "expected 'else' after 'if' expression"},
	{re: `limit is 255`, msg: "more than 255 arguments"},
})
