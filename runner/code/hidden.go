package code

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// globals is the interpreter's names as an object with fields.
type globals struct{ in *Interp }

func (g globals) String() string        { return "globals" }
func (g globals) Type() string          { return "globals" }
func (g globals) Freeze()               {}
func (g globals) Truth() starlark.Bool  { return true }
func (g globals) Hash() (uint32, error) { return 0, typeError("unhashable type") }
func (g globals) AttrNames() []string   { return g.in.names() }

// Attr reads a name, for x += 1 and for names declared global.
func (g globals) Attr(name string) (starlark.Value, error) {
	if v := g.in.env[name]; v != nil {
		return v, nil
	}
	return nil, nameError(name)
}

// SetField binds a name; the name of the echo shows the value instead.
func (g globals) SetField(name string, v starlark.Value) error {
	if imported, ok := strings.CutPrefix(name, hidImported); ok {
		g.in.bind(imported, v, byImport)
		return nil
	}
	if name != hidEcho {
		g.in.bind(name, v, byCode)
		return nil
	}
	if v != starlark.None {
		g.in.print(reprOf(v) + "\n")
	}
	return nil
}

func (in *Interp) print(text string) {
	if in.cfg.Print != nil {
		in.cfg.Print(text)
	}
}

func nameError(name string) *Error {
	return raise("NameError", "", "name '%s' is not defined", name)
}

// hiddenNames are what rewritten code calls.
func (in *Interp) hiddenNames() starlark.StringDict {
	d := starlark.StringDict{hidGlobals: globals{in}}
	for name, fn := range map[string]func(c *call) (starlark.Value, error){
		hidSeq:      hiddenSeq,
		hidLower:    hiddenLower,
		hidLift:     hiddenLift,
		hidImport:   hiddenImport,
		hidFrom:     hiddenFrom,
		hidStar:     hiddenStar,
		hidDel:      hiddenDel,
		hidDelItem:  hiddenDelItem,
		hidDelSlice: hiddenDelSlice,
		hidSetSlice: hiddenSetSlice,
		hidRepeat:   hiddenRepeat,
		hidField:    hiddenField,
		hidJoin:     hiddenJoin,
	} {
		d[name] = function(name[1:], "", words.Text{}, fn)
	}
	for name := range extraNames {
		d[hidAttr+name] = function(name, "", words.Text{}, hiddenAttr)
	}
	return d
}

// hiddenSeq is a copy of what is unpacked, as a tuple.
func hiddenSeq(c *call) (starlark.Value, error) {
	if t, ok := c.args[0].(starlark.Tuple); ok {
		return t, nil
	}
	it, ok := c.args[0].(starlark.Iterable)
	if !ok {
		return nil, typeError("cannot unpack non-iterable %s object", typeName(c.args[0]))
	}
	if err := guard(it); err != nil {
		return nil, err
	}
	var t starlark.Tuple
	for v := range starlark.Elements(it) {
		t = append(t, v)
	}
	return t, nil
}

// hiddenLower makes the keys of **X names as Starlark wants them.
func hiddenLower(c *call) (starlark.Value, error) {
	m, ok := c.args[0].(starlark.IterableMapping)
	if !ok {
		return nil, typeError("argument after ** must be a mapping, not %s", typeName(c.args[0]))
	}
	d := new(starlark.Dict)
	for _, item := range m.Items() {
		s, ok := item[0].(Str)
		if !ok {
			return nil, typeError("keywords must be strings")
		}
		if err := d.SetKey(starlark.String(s.s), item[1]); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// hiddenLift makes the keys of a **kw parameter text of ours.
func hiddenLift(c *call) (starlark.Value, error) {
	d := new(starlark.Dict)
	m, _ := c.args[0].(*starlark.Dict)
	if m == nil {
		return d, nil
	}
	for _, item := range m.Items() {
		if err := d.SetKey(newStr(textOf(item[0])), item[1]); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func hiddenDel(c *call) (starlark.Value, error) {
	name := textOf(c.args[0])
	in := c.interp()
	if !in.Delete(name) {
		if _, ok := in.env[name]; ok {
			e := raiseText("NameError", "", words.F("'%s' belongs to the lab: there is nothing of yours to delete", name))
			return nil, e
		}
		return nil, nameError(name)
	}
	return starlark.None, nil
}

func hiddenDelItem(c *call) (starlark.Value, error) {
	switch x := c.args[0].(type) {
	case *starlark.Dict:
		_, found, err := x.Delete(c.args[1])
		if err == nil && !found {
			err = keyError(c.args[1])
		}
		return starlark.None, err
	case *starlark.List:
		i, err := asInt(c.args[1])
		if err != nil {
			return nil, typeError("list indices must be integers or slices, not %s", typeName(c.args[1]))
		}
		if i < 0 {
			i += x.Len()
		}
		if i < 0 || i >= x.Len() {
			return nil, raise("IndexError", "", "list assignment index out of range")
		}
		return starlark.None, setList(x, append(listOf(x)[:i], listOf(x)[i+1:]...))
	case *ByteArray:
		i, err := x.place(c.args[1])
		if err != nil {
			return nil, err
		}
		return starlark.None, x.replace(i, i+1, nil)
	}
	return nil, typeError("'%s' object doesn't support item deletion", typeName(c.args[0]))
}

// hiddenDelSlice is del x[i:j]; steps are left to a loop.
func hiddenDelSlice(c *call) (starlark.Value, error) {
	l, ok := c.args[0].(*starlark.List)
	a, isArray := c.args[0].(*ByteArray)
	if !ok && !isArray {
		return nil, typeError("'%s' object does not support item deletion", typeName(c.args[0]))
	}
	n := starlark.Len(c.args[0])
	from, to, step := optInt{0}, optInt{n}, optInt{1}
	for i, o := range []*optInt{&from, &to, &step} {
		if err := o.Unpack(c.args[i+1]); err != nil {
			return nil, err
		}
	}
	if step.n != 1 {
		return nil, valueError("del with a step is not here")
	}
	i, j := clampIndex(from.n, n), clampIndex(to.n, n)
	switch {
	case i >= j:
		return starlark.None, nil
	case isArray:
		return starlark.None, a.replace(i, j, nil)
	}
	elems := listOf(l)
	return starlark.None, setList(l, append(elems[:i:i], elems[j:]...))
}

func clampIndex(i, n int) int {
	if i < 0 {
		i += n
	}
	return min(max(i, 0), n)
}

func keyError(key starlark.Value) *Error { return raise("KeyError", "", "%s", reprOf(key)) }

// listOf is a copy of a list's elements.
func listOf(l *starlark.List) []starlark.Value {
	out := make([]starlark.Value, l.Len())
	for i := range out {
		out[i] = l.Index(i)
	}
	return out
}

// setList replaces a list's elements; an error if a loop is going over it.
func setList(l *starlark.List, elems []starlark.Value) error {
	if err := l.Clear(); err != nil {
		return err
	}
	for _, v := range elems {
		if err := l.Append(v); err != nil {
			return err
		}
	}
	return nil
}

// hiddenRepeat is [0] * n with a limit.
func hiddenRepeat(c *call) (starlark.Value, error) {
	x, y := c.args[0], c.args[1]
	for _, p := range [][2]starlark.Value{{x, y}, {y, x}} {
		n, ok := p[1].(starlark.Int)
		if !ok {
			continue
		}
		if k, ok := n.Int64(); !ok || k > 0 && int64(max(starlark.Len(p[0]), 1)) > maxElems/k {
			switch p[0].(type) {
			case *starlark.List, starlark.Tuple:
				if n.Sign() > 0 {
					return nil, noMemory()
				}
			}
		}
	}
	return starlark.Binary(starToken, x, y)
}

// hiddenAttr is x.name where Starlark's own type lacks the name.
func hiddenAttr(c *call) (starlark.Value, error) {
	return getAttr(c.args[0], c.name)
}
