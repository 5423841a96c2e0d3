package code

import (
	"sort"
	"strings"

	"go.starlark.net/starlark"
)

// Completion is a word that may stand where one was begun.
type Completion struct {
	Text string // replaces the last word of what was typed
	Note string // the signature or the type
}

// wordEnds are the characters behind which a word begins.
const wordEnds = " \t\n()[]{},=:;'\"+-*/%<>!&|^~"

// Complete lists what may stand in the place of the last word before the
// cursor. It looks names and attributes up and calls nothing.
func (in *Interp) Complete(textBeforeCursor string) []Completion {
	line := textBeforeCursor[strings.LastIndexByte(textBeforeCursor, '\n')+1:]
	if inString(line) {
		return nil
	}
	word := line[strings.LastIndexAny(line, wordEnds)+1:]
	before := strings.Fields(line[:len(line)-len(word)])
	if n := len(before); n > 0 && before[0] == "from" && (n == 1 || before[n-1] != "as") {
		return in.completeFrom(before, word)
	}
	if len(before) > 0 && before[0] == "import" {
		return in.completeModule(word)
	}
	if i := strings.LastIndexByte(word, '.'); i >= 0 {
		return in.completeAttr(word[:i], word[i+1:])
	}
	var out []Completion
	for _, name := range in.names() {
		if begins(name, word) {
			out = append(out, Completion{name, noteOf(name, in.env[name])})
		}
	}
	for _, name := range keywords {
		if begins(name, word) && word != "" {
			out = append(out, Completion{name, ""})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Text < out[j].Text })
	return out
}

func begins(name, word string) bool {
	return strings.HasPrefix(name, word) && (word != "" || !strings.HasPrefix(name, "_"))
}

// inString tells whether the cursor stands inside a string or a comment.
func inString(line string) bool {
	var quote rune
	escaped := false
	for _, r := range line {
		switch {
		case escaped:
			escaped = false
		case quote != 0 && r == '\\':
			escaped = true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote = r
		case quote == 0 && r == '#':
			return true
		}
	}
	return quote != 0
}

func (in *Interp) completeModule(word string) []Completion {
	var out []Completion
	for name, m := range in.modules {
		if begins(name, word) {
			out = append(out, Completion{name, noteOf(name, m)})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Text < out[j].Text })
	return out
}

// completeFrom is for "from X import a, b".
func (in *Interp) completeFrom(before []string, word string) []Completion {
	switch {
	case len(before) == 1:
		return in.completeModule(word)
	case len(before) == 2:
		return []Completion{{"import", ""}}
	}
	m := in.modules[before[1]]
	if m == nil {
		return nil
	}
	var out []Completion
	for _, name := range m.AttrNames() {
		if begins(name, word) {
			out = append(out, Completion{name, noteOf(name, m.members[name])})
		}
	}
	return out
}

func (in *Interp) completeAttr(path, prefix string) []Completion {
	v := in.lookup(path)
	if v == nil {
		return nil
	}
	var out []Completion
	for _, name := range attrNames(v) {
		if strings.HasPrefix(name, prefix) {
			a, _ := peekAttr(v, name)
			out = append(out, Completion{path + "." + name, noteOf(name, a)})
		}
	}
	return out
}

// lookup evaluates names and dots.
func (in *Interp) lookup(path string) starlark.Value {
	parts := strings.Split(path, ".")
	v, ok := in.Get(parts[0])
	if !ok {
		return nil
	}
	for _, name := range parts[1:] {
		a, err := peekAttr(v, name)
		if err != nil || a == nil {
			return nil
		}
		v = a
	}
	return v
}

// peekAttr is getAttr for a look.
func peekAttr(v starlark.Value, name string) (starlark.Value, error) {
	return getAttr(v, name)
}

// noteOf is the signature of what can be called, else the type.
func noteOf(name string, v starlark.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case *builtin:
		return v.m.sig
	case *typeObject:
		return v.row.sig
	case *callableModule:
		return v.call.sig
	case *starlark.Function:
		return name + signature(v)
	case *starlark.Builtin:
		return name + "(…)"
	}
	return typeName(v)
}

// signature is the parameters of a learner's function.
func signature(fn *starlark.Function) string {
	var parts []string
	n := fn.NumParams()
	for i := range n {
		name, _ := fn.Param(i)
		switch {
		case fn.HasKwargs() && i == n-1:
			name = "**" + name
		case fn.HasVarargs() && i == n-1-b2i(fn.HasKwargs()):
			name = "*" + name
		default:
			if d := fn.ParamDefault(i); d != nil {
				name += "=" + reprOf(d)
			}
		}
		parts = append(parts, name)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
