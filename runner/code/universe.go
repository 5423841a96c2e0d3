package code

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/socklab/socklab/runner/words"
)

const starToken = syntax.STAR

// functions are the built-in functions.
var functions = []method{
	{"print", "print(*values, sep=' ', end='\\n', file=None)", words.F("show the values"), printFn},
	{"input", "input(prompt='')", words.F("ask for a line and return it as text"), inputFn},
	{"len", "len(x)", words.F("how many are in x"), lend("len")},
	{"repr", "repr(x)", words.F("x as the prompt shows it"), reprFn},
	{"ascii", "ascii(x)", words.F("as repr, with ASCII only"), asciiFn},
	{"isinstance", "isinstance(x, type)", words.F("is x of the type, or of one of a tuple of types?"), isinstanceFn},
	{"callable", "callable(x)", words.F("can x be called?"), callableFn},
	{"dir", "dir(x)", words.F("the names behind a dot on x"), dirFn},
	{"getattr", "getattr(x, name, default)", words.F("x.name, with the name as text"), getattrFn},
	{"hasattr", "hasattr(x, name)", words.F("is there x.name?"), hasattrFn},
	{"id", "id(x)", words.F("a number for x"), idFn},
	{"hash", "hash(x)", words.F("the hash of x"), hashFn},
	{"abs", "abs(x)", words.F("x without its sign"), lend("abs")},
	{"all", "all(iterable)", words.F("is each of them true?"), lend("all")},
	{"any", "any(iterable)", words.F("is one of them true?"), lend("any")},
	{"enumerate", "enumerate(iterable, start=0)", words.F("pairs of a number and a value"), lend("enumerate")},
	{"max", "max(iterable, key=None)", words.F("the greatest"), minMax("max")},
	{"min", "min(iterable, key=None)", words.F("the least"), minMax("min")},
	{"reversed", "reversed(iterable)", words.F("a list in the other order"), lend("reversed")},
	{"sorted", "sorted(iterable, key=None, reverse=False)", words.F("a new list in order"), lend("sorted")},
	{"zip", "zip(a, b, …)", words.F("tuples of the first of each, the second of each, …"), lend("zip")},
	{"map", "map(function, iterable)", words.F("a list of what function returns for each"), mapFn},
	{"filter", "filter(function, iterable)", words.F("a list of those for which function is true"), filterFn},
	{"sum", "sum(iterable, start=0)", words.F("all of them added up"), sumFn},
	{"chr", "chr(n)", words.F("the character with the number n"), chrFn},
	{"ord", "ord(c)", words.F("the number of a character or a byte"), ordFn},
	{"bin", "bin(n)", words.F("n in binary, as text"), based("0b", 2)},
	{"oct", "oct(n)", words.F("n in octal, as text"), based("0o", 8)},
	{"hex", "hex(n)", words.F("n in hexadecimal, as text"), based("0x", 16)},
	{"pow", "pow(x, n, mod=None)", words.F("x to the power of n"), powFn},
	{"divmod", "divmod(a, b)", words.F("(a // b, a %% b)"), divmodFn},
	{"round", "round(x, digits=None)", words.F("x rounded"), roundFn},
	{"format", "format(x, spec='')", words.F("x as text by a format such as '>5'"), formatFn},
	{"fail", "fail(text)", words.F("end the program with an error"), failFn},
	{"exit", "exit()", words.F("leave"), exitFn},
	{"quit", "quit()", words.F("leave"), exitFn},
}

// universe are the names that are always there.
func universe() starlark.StringDict {
	d := starlark.StringDict{"None": starlark.None, "True": starlark.True, "False": starlark.False}
	for i := range functions {
		d[functions[i].name] = &builtin{m: &functions[i]}
	}
	return d
}

func universal(name string) *starlark.Builtin {
	return starlark.Universe[name].(*starlark.Builtin)
}

// lend lends one of Starlark's functions that knows nothing of text.
// CallInternal, because Call would add a frame to the stack.
func lend(name string) func(c *call) (starlark.Value, error) {
	b := universal(name)
	return func(c *call) (starlark.Value, error) {
		if name != "len" {
			for _, a := range c.args {
				if err := guard(a); err != nil {
					return nil, err
				}
			}
		}
		kwargs := c.kwargs
		if len(kwargs) > 0 {
			kwargs = withoutNone(kwargs)
		}
		return b.CallInternal(c.thread, c.args, kwargs)
	}
}

// withoutNone drops key=None, which Starlark does not take.
func withoutNone(kwargs []starlark.Tuple) []starlark.Tuple {
	var out []starlark.Tuple
	for _, kw := range kwargs {
		if kw[1] != starlark.None {
			out = append(out, kw)
		}
	}
	return out
}

// maxElems is the longest list a built-in function makes or walks: no Ctrl-C
// reaches a loop inside one.
const maxElems = 10_000_000

func guard(v starlark.Value) error {
	if starlark.Len(v) > maxElems {
		return noMemory()
	}
	return nil
}

func printFn(c *call) (starlark.Value, error) {
	sep, end := kindArg{k: strKind, s: " "}, kindArg{k: strKind, s: "\n"}
	flush := false
	var file starlark.Value = starlark.None
	names := &call{thread: c.thread, name: "print", kwargs: c.kwargs}
	if err := names.unpack("sep?", &sep, "end?", &end, "file?", &file, "flush?", &flush); err != nil {
		return nil, err
	}
	var b strings.Builder
	for i, v := range c.args {
		if i > 0 {
			b.WriteString(sep.s)
		}
		b.WriteString(strOf(v))
	}
	b.WriteString(end.s)
	if file != starlark.None {
		return starlark.None, printTo(c, file, b.String(), flush)
	}
	c.interp().print(b.String())
	return starlark.None, nil
}

// printTo writes what print shows to a file, by its methods.
func printTo(c *call, file starlark.Value, text string, flush bool) error {
	has, _ := file.(starlark.HasAttrs)
	if has == nil {
		return raise("AttributeError", "", "'%s' object has no attribute 'write'", typeName(file))
	}
	write, err := has.Attr("write")
	if err != nil || write == nil {
		return raise("AttributeError", "", "'%s' object has no attribute 'write'", typeName(file))
	}
	if _, err = starlark.Call(c.thread, write, starlark.Tuple{newStr(text)}, nil); err != nil || !flush {
		return err
	}
	out, err := has.Attr("flush")
	if err == nil && out != nil {
		_, err = starlark.Call(c.thread, out, nil, nil)
	}
	return err
}

func reprFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*obj", &v); err != nil {
		return nil, err
	}
	return newStr(reprOf(v)), nil
}

func asciiFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*obj", &v); err != nil {
		return nil, err
	}
	return newStr(asciiOf(v)), nil
}

// asciiOf is the repr with escapes for what is not ASCII.
func asciiOf(v starlark.Value) string {
	var b strings.Builder
	for _, r := range reprOf(v) {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			b.WriteString(escapeRune(r))
		}
	}
	return b.String()
}

func isinstanceFn(c *call) (starlark.Value, error) {
	var v, want starlark.Value
	if err := c.unpack("*obj", &v, "*class_or_tuple", &want); err != nil {
		return nil, err
	}
	list, ok := want.(starlark.Tuple)
	if !ok {
		list = starlark.Tuple{want}
	}
	have := typeObjectOf(c.interp(), v)
	for _, w := range list {
		t, ok := w.(*typeObject)
		if !ok {
			if m, isModule := w.(*callableModule); isModule && m.instance != "" {
				if typeName(v) == m.instance {
					return starlark.True, nil
				}
				continue
			}
			return nil, typeError("isinstance() arg 2 must be a type, a tuple of types, or a union")
		}
		// In Python a bool is an int.
		if t == have || t.name == "int" && have.name == "bool" {
			return starlark.True, nil
		}
	}
	return starlark.False, nil
}

func callableFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("*obj", &v); err != nil {
		return nil, err
	}
	_, ok := v.(starlark.Callable)
	return starlark.Bool(ok), nil
}

func dirFn(c *call) (starlark.Value, error) {
	names := c.interp().names()
	var v starlark.Value
	if err := c.unpack("*object?", &v); err != nil {
		return nil, err
	}
	if v != nil {
		names = attrNames(v)
	}
	return strKind.list(names), nil
}

// getAttr is v.name with the attributes that Starlark's own types lack.
func getAttr(v starlark.Value, name string) (starlark.Value, error) {
	if s := extras[v.Type()]; s != nil {
		if a, _ := s.attr(v, name); a != nil {
			return a, nil
		}
	}
	if h, ok := v.(starlark.HasAttrs); ok {
		if a, err := h.Attr(name); a != nil || err != nil {
			return a, err
		}
	}
	return nil, noAttr(v, name)
}

func getattrFn(c *call) (starlark.Value, error) {
	var v, dflt starlark.Value
	name := ""
	if err := c.unpack("*object", &v, "*name", &name, "*default?", &dflt); err != nil {
		return nil, err
	}
	a, err := getAttr(v, name)
	if err != nil && dflt != nil {
		return dflt, nil
	}
	return a, err
}

func hasattrFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	name := ""
	if err := c.unpack("*obj", &v, "*name", &name); err != nil {
		return nil, err
	}
	_, err := getAttr(v, name)
	return starlark.Bool(err == nil), nil
}

func failFn(c *call) (starlark.Value, error) {
	var parts []string
	for _, v := range c.args {
		parts = append(parts, strOf(v))
	}
	return nil, raise("RuntimeError", "", "%s", strings.Join(parts, " "))
}

// passed is an error of Config.Command on its way through Starlark.
type passed struct{ err error }

func (p passed) Error() string { return p.err.Error() }
func (p passed) Unwrap() error { return p.err }

// Exit is what exit(), quit() and sys.exit() end a source with.
type Exit struct {
	Code int
	Text string // what sys.exit was given instead of a number
}

func (e *Exit) Error() string { return fmt.Sprintf("exit %d", e.Code) }

// exitFn ends the source and, at a prompt, the session.
func exitFn(c *call) (starlark.Value, error) {
	var code starlark.Value = starlark.None
	if err := c.unpack("*code?", &code); err != nil {
		return nil, err
	}
	if c.interp().cfg.Command == nil {
		return nil, raise("SystemExit", "", "")
	}
	e := &Exit{}
	switch v := code.(type) {
	case starlark.NoneType:
	case Str:
		e.Code, e.Text = 1, v.s
	default:
		n, err := asInt(code)
		if err != nil {
			return nil, err
		}
		e.Code = n & 0xff
	}
	return nil, passed{e}
}
