package code

import (
	"sort"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// Module is something that import finds. Its functions and values stand in
// this package, so a module is made by a function of this package.
type Module struct {
	Name string
	Help words.Text

	funcs    []method            // functions, each a row
	values   starlark.StringDict // constants and types
	call     *method             // what calling the module does; nil: it is no function
	bare     bool                // its members are names without an import too
	instance string              // the type that calling it makes, for isinstance
}

// module is a Module as a value.
type module struct {
	*Module
	members starlark.StringDict
	val     starlark.Value // what code meets: the module, or it as a function
}

func newModule(m *Module) *module {
	v := &module{Module: m, members: starlark.StringDict{}}
	for name, x := range m.values {
		v.members[name] = x
	}
	for i := range m.funcs {
		v.members[m.funcs[i].name] = &builtin{m: &m.funcs[i]}
	}
	v.val = v
	// "from socket import *" brings the function socket, which here is the
	// module itself.
	if m.call != nil {
		v.val = &callableModule{v}
		v.members[m.Name] = v.val
	}
	return v
}

func (m *module) String() string        { return "<module '" + m.Name + "'>" }
func (m *module) Type() string          { return "module" }
func (m *module) Freeze()               {}
func (m *module) Truth() starlark.Bool  { return true }
func (m *module) Hash() (uint32, error) { return starlark.String(m.Name).Hash() }

// Attr is a member.
func (m *module) Attr(name string) (starlark.Value, error) {
	if v := m.members[name]; v != nil {
		return v, nil
	}
	e := raise("AttributeError", "", "module '%s' has no attribute '%s'", m.Name, name)
	if n := words.Nearest(name, m.AttrNames()); n != "" {
		e.Hint = words.F("did you mean %s?", m.Name+"."+n)
	}
	return nil, e
}

// AttrNames lists the members.
func (m *module) AttrNames() []string { return m.members.Keys() }

// callableModule is a module that is a function too.
type callableModule struct{ *module }

// Name is the module's name, for messages.
func (m *callableModule) Name() string { return m.module.Name }

// CallInternal implements starlark.Callable.
func (m *callableModule) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return m.call.fn(&call{thread: thread, name: m.call.name, args: args, kwargs: kwargs})
}

// String is that of the type, for a module that is one.
func (m *callableModule) String() string {
	if m.instance != "" {
		return "<class '" + m.instance + "'>"
	}
	return m.module.String()
}

var _ starlark.Callable = (*callableModule)(nil)

func (in *Interp) addModule(m *Module) {
	mod := newModule(m)
	in.modules[m.Name] = mod
	for _, v := range mod.members {
		if t, ok := v.(*typeObject); ok {
			in.types[t.name] = t
		}
	}
	in.Set(m.Name, mod.val)
	if m.bare {
		for name, v := range mod.members {
			in.Set(name, v)
		}
	}
}

// find looks a module up for an import.
func (in *Interp) find(name string) (*module, error) {
	if m := in.modules[name]; m != nil {
		return m, nil
	}
	var there []string
	for n := range in.modules {
		there = append(there, n)
	}
	sort.Strings(there)
	e := raiseText("ModuleNotFoundError", "", words.F("No module named '%s' here; there are: %s", name, strings.Join(there, ", ")))
	first, _, _ := strings.Cut(name, ".")
	if h, ok := notModules[first]; ok {
		e.Hint = h
	} else if n := words.Nearest(name, there); n != "" {
		e.Hint = words.F("did you mean %s?", n)
	}
	return nil, e
}

func hiddenImport(c *call) (starlark.Value, error) {
	m, err := c.interp().find(textOf(c.args[0]))
	if err != nil {
		return nil, err
	}
	return m.val, nil
}

func hiddenFrom(c *call) (starlark.Value, error) {
	m, err := c.interp().find(textOf(c.args[0]))
	if err != nil {
		return nil, err
	}
	name := textOf(c.args[1])
	if v := m.members[name]; v != nil {
		return v, nil
	}
	e := raise("ImportError", "", "cannot import name '%s' from '%s'", name, m.Name)
	if n := words.Nearest(name, m.AttrNames()); n != "" {
		e.Hint = words.F("did you mean %s?", n)
	}
	return nil, e
}

func hiddenStar(c *call) (starlark.Value, error) {
	in := c.interp()
	m, err := in.find(textOf(c.args[0]))
	if err != nil {
		return nil, err
	}
	for name, v := range m.members {
		if !strings.HasPrefix(name, "_") {
			in.bind(name, v, byImport)
		}
	}
	return starlark.None, nil
}
