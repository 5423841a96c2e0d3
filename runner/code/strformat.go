package code

import (
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

func strFormatMethod(c *call) (starlark.Value, error) {
	f := &formatter{args: c.args, kwargs: c.kwargs}
	s, err := f.format(c.self.(Str).s, 2)
	if err != nil {
		return nil, err
	}
	return newStr(s), nil
}

// formatter fills the {} of str.format.
type formatter struct {
	args   starlark.Tuple
	kwargs []starlark.Tuple
	auto   int  // the next {} without a number
	manual bool // there was one with a number
}

func (f *formatter) format(s string, depth int) (string, error) {
	if depth < 0 {
		return "", valueError("Max string recursion exceeded")
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] != '{' && s[i] != '}':
			b.WriteByte(s[i])
		case i+1 < len(s) && s[i+1] == s[i]:
			b.WriteByte(s[i])
			i++
		case s[i] == '}':
			return "", valueError("Single '}' encountered in format string")
		default:
			end := fieldEnd(s, i+1)
			if end < 0 {
				if i+1 == len(s) {
					return "", valueError("Single '{' encountered in format string")
				}
				return "", valueError("expected '}' before end of string")
			}
			out, err := f.field(s[i+1:end], depth)
			if err != nil {
				return "", err
			}
			b.WriteString(out)
			i = end
		}
		if b.Len() > maxBytes {
			return "", noMemory()
		}
	}
	return b.String(), nil
}

// fieldEnd is where the } of a field is; braces nest in its spec.
func fieldEnd(s string, i int) int {
	depth := 1
	for ; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// field is name!conversion:spec.
func (f *formatter) field(s string, depth int) (string, error) {
	name, specText, _ := strings.Cut(s, ":")
	conv := ""
	if i := strings.IndexByte(name, '!'); i >= 0 {
		name, conv = name[:i], name[i+1:]
	}
	v, err := f.lookup(name)
	if err != nil {
		return "", err
	}
	if specText, err = f.format(specText, depth-1); err != nil {
		return "", err
	}
	return formatField(v, conv, specText)
}

// formatField converts and formats one value, for str.format and f-strings.
func formatField(v starlark.Value, conv, specText string) (string, error) {
	switch conv {
	case "":
	case "r":
		v = newStr(reprOf(v))
	case "s":
		v = newStr(strOf(v))
	case "a":
		v = newStr(asciiOf(v))
	default:
		return "", valueError("Unknown conversion specifier %s", conv)
	}
	return formatValue(v, specText)
}

// lookup is the value of a field name such as 0, name, a.b or a[0].
func (f *formatter) lookup(name string) (starlark.Value, error) {
	end := strings.IndexAny(name, ".[")
	if end < 0 {
		end = len(name)
	}
	v, err := f.first(name[:end])
	for rest := name[end:]; rest != "" && err == nil; {
		if rest[0] == '.' {
			attr := rest[1:]
			if i := strings.IndexAny(attr, ".["); i >= 0 {
				attr = attr[:i]
			}
			rest = rest[1+len(attr):]
			v, err = getAttr(v, attr)
			continue
		}
		end := strings.IndexByte(rest, ']')
		if end < 0 || rest[0] != '[' {
			return nil, valueError("Missing ']' in format string")
		}
		v, err = indexField(v, rest[1:end])
		rest = rest[end+1:]
	}
	return v, err
}

func (f *formatter) first(name string) (starlark.Value, error) {
	if name == "" {
		if f.manual {
			return nil, valueError("cannot switch from manual field specification to automatic field numbering")
		}
		f.auto++
		name = strconv.Itoa(f.auto - 1)
	} else if n, err := strconv.Atoi(name); err == nil && n >= 0 {
		if f.auto > 0 {
			return nil, valueError("cannot switch from automatic field numbering to manual field specification")
		}
		f.manual = true
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 0 {
		if n >= len(f.args) {
			return nil, raise("IndexError", "", "Replacement index %d out of range for positional args tuple", n)
		}
		return f.args[n], nil
	}
	for _, kw := range f.kwargs {
		if textOf(kw[0]) == name {
			return kw[1], nil
		}
	}
	return nil, keyError(newStr(name))
}

func indexField(v starlark.Value, key string) (starlark.Value, error) {
	n, err := strconv.Atoi(key)
	if m, ok := v.(starlark.Mapping); ok {
		var k starlark.Value = newStr(key)
		if err == nil {
			k = starlark.MakeInt(n)
		}
		x, found, err := m.Get(k)
		if err == nil && !found {
			err = keyError(k)
		}
		return x, err
	}
	x, ok := v.(starlark.Indexable)
	if !ok || err != nil {
		return nil, typeError("'%s' object is not subscriptable", typeName(v))
	}
	if n < 0 || n >= x.Len() {
		return nil, raise("IndexError", "", "%s index out of range", typeName(v))
	}
	return x.Index(n), nil
}

func formatFn(c *call) (starlark.Value, error) {
	var v starlark.Value
	specText := ""
	if err := c.unpack("*value", &v, "*format_spec?", &specText); err != nil {
		return nil, err
	}
	s, err := formatValue(v, specText)
	return newStr(s), err
}

// hiddenField is a field of an f-string: value, conversion, spec.
func hiddenField(c *call) (starlark.Value, error) {
	s, err := formatField(c.args[0], textOf(c.args[1]), textOf(c.args[2]))
	return newStr(s), err
}

// hiddenJoin puts the parts of an f-string together.
func hiddenJoin(c *call) (starlark.Value, error) {
	var b strings.Builder
	for v := range starlark.Elements(c.args[0].(*starlark.List)) {
		b.WriteString(textOf(v))
	}
	return newStr(b.String()), nil
}
