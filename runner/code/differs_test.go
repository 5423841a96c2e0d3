package code

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/runner/words"
)

// What Python has and the language has not: the error says what to write.
func TestWhatIsNotHereSaysWhatToWrite(t *testing.T) {
	for _, c := range []struct{ code, err, hint string }{
		{"try:\n    x = 1\nexcept: pass", "there is no try here", "connect_ex gives the number instead"},
		{"x = 1\nexcept OSError:\n    pass", "there is no except here", "the prompt goes on"},
		{"finally:\n    pass", "there is no finally here", "the prompt goes on"},
		{"with a as b:\n    pass", "there is no with here", "close() at the end"},
		{"class A:\n    pass", "there is no class here", "def, a dict or a tuple"},
		{"raise ValueError('x')", "there is no raise here", `fail("text")`},
		{"assert x == 1", "there is no assert here", "if not …: fail(…)"},
		{"assert(x)", "there is no assert here", "if not …: fail(…)"},
		{"def f():\n    yield 1", "there is no yield here", "return a list"},
		{"async def f(): pass", "there is no async here", "serve(…)"},
		{"@x\ndef f(): pass", "there is no @ here", "serve(…)"},
		{"import threading", "No module named 'threading' here; there are: json, os, stat, sys, time", "serve(…) runs a server beside you"},
		{"from struct import *", "No module named 'struct' here; there are: json, os, stat, sys, time", ""},
		{"import tme", "No module named 'tme' here", "did you mean time?"},
		{"from time import slep", "cannot import name 'slep' from 'time'", "did you mean sleep?"},
		{"2 ** 10", "invalid syntax", "pow(2, 10)"},
		{"x.y ** f(2)", "invalid syntax", "pow(x, n)"},
		{"1 < x < 5", "invalid syntax", "1 < x and x < 5"},
		{"a = b = 0", "invalid syntax", "one = on a line"},
		{"x = 1,", "invalid syntax", "(1,)"},
		{"'a' 'b'", "invalid syntax", "put + between two strings"},
		{"{1, 2}", "invalid syntax", "set([1, 2])"},
		{"{1}", "invalid syntax", "set([1, 2])"},
		{"sum(x for x in y)", "invalid syntax", "put [ ] around it"},
		{"a, *b = l", "invalid syntax", "no * here"},
		{"l = [1]\nl[1:2] = [2]", "cannot assign to a slice here", "x[:i] + new + x[j:]"},
		{"x: int = 3", "invalid syntax", "no type hints"},
		{"def f(x: int): pass", "invalid syntax", "no type hints"},
		{"def f(x) -> int: pass", "invalid syntax", "no type hints"},
		{"if (n := 5): pass", "invalid syntax", "no := here"},
		{"1_000", "invalid syntax", "no _ in numbers here: 1000"},
		{"while x:\n    pass\nelse:\n    pass", "invalid syntax", "a loop has no else here"},
		{"a is b", "invalid syntax", "to compare use =="},
		{`print "x"`, "", ""},
		{"if x = 5: pass", "invalid syntax", "to compare use =="},
		{`'\d'`, `invalid escape sequence '\d'`, `write \\ or r'…'`},
		{`'\xe4'`, `the escape \xe4 stands for a byte`, `\u00e4`},
		{`b'中'`, "bytes can only contain ASCII literal characters", "'中'.encode('utf-8')"},
		{"True + 1", "unsupported operand type(s) for +: 'bool' and 'int'", ""},
		{"l = [1]\nfor x in l:\n    l.append(x)", "list changed during iteration", "loop over a copy"},
		{"'x'.decode()", "'str' object has no attribute 'decode'", "this is text already"},
		{"b'x'.encode()", "'bytes' object has no attribute 'encode'", "these are bytes already"},
		{"b'a' + 'b'", "can't concat str to bytes", ".encode('utf-8')"},
		{"'abc'.uper()", "'str' object has no attribute 'uper'", "did you mean .upper?"},
		{"pritn(1)", "name 'pritn' is not defined", "did you mean print?"},
		{"f'{f\"x\"}'", "f-string: invalid syntax", "give it a name first"},
	} {
		t.Run(c.code, func(t *testing.T) {
			_, err := runCode(t, Config{}, Source{Text: c.code})
			require.NotNil(t, err)
			if c.err == "" {
				assert.Equal(t, `SyntaxError: print needs brackets: print("x")`, err.Error())
				return
			}
			assert.Contains(t, err.Error(), c.err)
			assert.Contains(t, err.Hint.String(), c.hint)
			assert.NotContains(t, err.In(words.Chinese)+err.Hint.In(words.Chinese), "%!")
		})
	}
}

func TestFullWidthPunctuationIsNamed(t *testing.T) {
	_, err := runCode(t, Config{}, Source{Text: "print（“x”）"})
	require.NotNil(t, err)
	assert.Equal(t, "SyntaxError: this （ is a full-width character (U+FF08): type (", err.Error())
	assert.Equal(t, "SyntaxError: 这个 （ 是全角字符（U+FF08）：请输入 (", err.In(words.Chinese))
	assert.Equal(t, 6, err.Col)
}

func TestInputIsRepaired(t *testing.T) {
	for name, c := range map[string]struct{ code, want string }{
		"CRLF":                    {"if 1:\r\n    print('a')\r\nprint('''x\r\ny''')\r\n", "a\nx\ny\n"},
		"byte order mark":         {"\uFEFFprint(1)", "1\n"},
		"wide and no-break space": {"x\u3000=\u00a01\nprint(x,\u3000'a\u3000b')", "1 a\u3000b\n"},
		"pasted prompts":          {">>> x = 5\n>>> for i in range(1):\n...     print(x)\n...\n>>> print('>>> y')", "5\n>>> y\n"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := runCode(t, Config{}, Source{Text: c.code})
			require.Nil(t, err, "%v", err)
			assert.Equal(t, c.want, out)
		})
	}
}

func TestTextThatIsNoSourceIsAnError(t *testing.T) {
	for _, c := range []struct{ code, err string }{
		{"x = 1\n\x00", "source code string cannot contain null bytes"},
		{"x = 1\ny = '\xff'", "can't decode byte 0xff in position 24"},
		{"print((1)", "'(' was never closed"},
		{"print(1))", "unmatched ')'"},
		{"print(1]", "closing parenthesis ']' does not match opening parenthesis '('"},
		{"x = 'abc", "unterminated string literal (detected at line 2)"},
		{"x = '''abc", "unterminated triple-quoted string literal"},
		{"if x:\nprint(1)", "expected an indented block"},
		{"x = 1\n  y = 2", "unexpected indent"},
		{"if x:\n    y\n  z", "unindent does not match"},
		{"x = $", "invalid syntax"},
		{"x = 1 \\ 2", "unexpected character after line continuation"},
		{"return 1", "'return' outside function"},
		{"break", "'break' outside loop"},
		{"continue", "'continue' not properly in loop"},
		{"f() = 1", "cannot assign to call"},
		{"def f(a, a): pass", "duplicate argument 'a'"},
		{"def f(a=1, b): pass", "non-default argument follows default argument"},
		{"f(a=1, 2)", "positional argument follows keyword argument"},
		{"f(a=1, a=2)", "keyword argument repeated: a"},
		{"x = 0777", "leading zeros"},
		{"(" + strings.Repeat("(", 2000) + strings.Repeat(")", 2001), "too many nested parentheses"},
		{"import", "invalid syntax"},
		{"from x import", "invalid syntax"},
		{"del", "invalid syntax"},
		{"if x\n    y", "expected ':'"},
		{"f'{'", "expecting '}'"},
		{"f'}'", "single '}' is not allowed"},
		{"f'{}'", "empty expression not allowed"},
		{"f'{x!z}'", "invalid conversion character"},
	} {
		t.Run(c.code[:min(len(c.code), 20)], func(t *testing.T) {
			out, err := runCode(t, Config{}, Source{Text: "print('ran')\n" + c.code})
			require.NotNil(t, err)
			assert.Contains(t, err.Error(), c.err)
			assert.Empty(t, out, "a syntax error must run nothing")
		})
	}
}
