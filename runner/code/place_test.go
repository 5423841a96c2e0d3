package code

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The caret stands under the ^ of the second line.
func TestCaretStandsUnderTheFault(t *testing.T) {
	for _, c := range []string{
		"x.foo()\n ^ NameError", // replaced below: the name itself
		"'abc'.foo()\n      ^ AttributeError",
		"time.sleep('x')\n     ^ TypeError",
		"print(undefined)\n      ^ NameError",
		"[1, 2][7]\n      ^ IndexError",
		"1 + 'a'\n  ^ TypeError",
		"len(5)\n^ TypeError",
		"'你好' + 1\n       ^ TypeError",
		"print('你好', nope)\n              ^ NameError",
		"x = '中文'; y = x.bad\n                  ^ AttributeError",
		"f'{1 + nope}'\n       ^ NameError",
		"f'中{nope}'\n     ^ NameError",
		"import nope\n       ^ ModuleNotFoundError",
		"from time import sleep, nope\n                        ^ ImportError",
		"del nope\n    ^ NameError",
		"del {}['k']\n      ^ KeyError",
		"a, b = 5\n^ TypeError",
		"print(1 2)\n        ^ SyntaxError",
		"x = = 5\n    ^ SyntaxError",
		"print（1）\n     ^ SyntaxError",
		"if x\n    ^ SyntaxError",
		"a b\n  ^ SyntaxError",
		"\tx\n ^ IndentationError",
	} {
		if strings.HasPrefix(c, "x.foo()") {
			c = "x.foo()\n^ NameError"
		}
		line, want, _ := strings.Cut(c, "\n")
		t.Run(line, func(t *testing.T) {
			_, err := runCode(t, Config{}, Source{Text: line})
			require.NotNil(t, err)
			kind := want[strings.Index(want, "^")+2:]
			assert.Equal(t, kind, err.Kind, err.Error())
			assert.Equal(t, strings.Index(want, "^"), err.CaretCells(), err.Error())
			assert.Equal(t, strings.ReplaceAll(line, "\t", " "), err.Text)
		})
	}
}

func TestErrorInAFunctionShowsTheLineOfItsOwnInput(t *testing.T) {
	in := New(Config{})
	require.NoError(t, in.Run(t.Context(), Source{Text: "def f(x):\n    return x.nope"}))
	err := in.Run(t.Context(), Source{Text: "y = 1\nf(y)"})
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "<1>", e.File)
	assert.Equal(t, 2, e.Line)
	assert.Equal(t, "    return x.nope", e.Text)

	err = in.Run(t.Context(), Source{Name: "prog.py", Text: "f()", FirstLine: 40})
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "prog.py", e.File, "arguments are wrong where the call stands")
	assert.Equal(t, 40, e.Line)
	assert.Equal(t, 0, e.CaretCells())

	err = in.Run(t.Context(), Source{Text: "sorted([2, 1], key=f)"})
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "<1>", e.File, "the place inside a function that a built-in calls")
}

func TestNamesOutliveErrors(t *testing.T) {
	in := New(Config{})
	require.Error(t, in.Run(t.Context(), Source{Text: "a = 1\na, b = [1, 2, 3]\nc = 2"}))
	require.NoError(t, in.Run(t.Context(), Source{Text: "l = [1, 2, 3]"}))
	require.Error(t, in.Run(t.Context(), Source{Text: "x, y = l"}))
	require.NoError(t, in.Run(t.Context(), Source{Text: "l.append(a)"}), "a list that did not fit must not stay locked")
	assert.Equal(t, []string{"a", "l"}, in.Learned())
}

// Every pattern of both tables must be met by a program.
func TestEveryPatternIsProvoked(t *testing.T) {
	met := map[string]bool{}
	seenPattern = func(re string) { met[re] = true }
	t.Cleanup(func() { seenPattern = nil })
	var codes []string
	for _, c := range pyCases(t, "testdata/python.txt") {
		codes = append(codes, c.code)
	}
	codes = append(codes, strings.Split(provoking, "\n---\n")...)
	codes = append(codes, strings.Repeat("(", 1500)+"1"+strings.Repeat(")", 1500), "f("+strings.Repeat("1,", 300)+")")
	for _, code := range codes {
		_ = New(Config{}).Run(t.Context(), Source{Text: code})
	}
	for _, p := range append(runtimePatterns(), syntaxPatterns()...) {
		assert.True(t, met[p.re], "nothing provokes %q", p.re)
	}
}

const provoking = `1 < x < 5
---
a = b = 0
---
x = 1,
---
{1, 2}
---
sum(x for x in y)
---
a, *b = l
---
x: int = 3
---
while x:
    pass
else:
    pass
---
if x
    y
---
if x = 5: pass
---
f(1=2)
---
if x:
y
---
x = 1
  y = 2
---
if x:
    y
  z
---
'\d'
---
'\x4'
---
'\xe4'
---
'\U00110000'
---
return 1
---
break
---
continue
---
f() = 1
---
1 = 2
---
(a, b) += 1
---
def f(a, a): pass
---
def f(a=1, b): pass
---
f(a=1, 2)
---
f(a=1, a=2)
---
x = 0777
---
x = 0xg
---
x = 1 if y
---
l = [1]
for x in l: l.append(2)
---
{}.popitem()
---
1 << 1000
---
pow(10, 400) + 1.5
---
l = [1]
n = l * pow(2, 40)
---
a = []
for i in range(2000): a = [a]
b = []
for i in range(2000): b = [b]
a == b
---
def f(a): pass
f(1, a=2)
---
set([1]).remove(5)
---
set().pop()
---
max()
---
'a' in range(5)
---
[1][pow(2, 40)]
---
sorted([1], foo=2)
---
sorted()
---
sorted([1], key=5)
---
zip(5)
---
enumerate(5)
---
f = lambda *a: a
f(*5)
---
max(5)
---
print([x for x, y in [5]])
---
print([x for x, y in [[1]]])
---
print([x for x, y in [[1, 2, 3]]])
---
def f(x=1): pass
f(1, 2)
---
5[1:2]
---
5[1] = 2
---
~'a'
---
x = 5
x.y = 1
---
{1: 2}.update(5, 6)
---
5.5 % 0
---
d = {'a': 1}
for k in d: d['b'] = 2
---
[][0]
---
l = [1]
l['a'] = 2
`
