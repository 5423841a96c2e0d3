package code

import (
	"sort"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// method is a row of a table of functions or methods. Attributes, completion
// and help all come from it.
type method struct {
	name string
	sig  string     // as it is written in a call: "recv(bufsize)"
	help words.Text // one sentence
	fn   func(c *call) (starlark.Value, error)
}

// methodSet is a table of methods of one type. It is immutable.
type methodSet struct {
	rows  map[string]*method
	names []string
}

func methods(list []method) *methodSet {
	s := &methodSet{rows: make(map[string]*method, len(list))}
	for i := range list {
		m := &list[i]
		s.rows[m.name] = m
		s.names = append(s.names, m.name)
	}
	sort.Strings(s.names)
	return s
}

// attr is the method bound to self, or nil if there is none of that name.
func (s *methodSet) attr(self starlark.Value, name string) (starlark.Value, error) {
	if m := s.rows[name]; m != nil {
		return &builtin{m: m, self: self}, nil
	}
	return nil, nil
}

// builtin is a function of a table, bound to its receiver if it has one.
type builtin struct {
	m    *method
	self starlark.Value
}

var _ starlark.Callable = (*builtin)(nil)

func (b *builtin) String() string {
	if b.self == nil {
		return "<built-in function " + b.m.name + ">"
	}
	return "<built-in method " + b.m.name + " of " + typeName(b.self) + " object>"
}

func (b *builtin) Type() string         { return "builtin_function_or_method" }
func (b *builtin) Freeze()              {}
func (b *builtin) Truth() starlark.Bool { return true }
func (b *builtin) Name() string         { return b.m.name }

// Hash is the hash of the name: equal builtins have equal names.
func (b *builtin) Hash() (uint32, error) { return starlark.String(b.m.name).Hash() }

// CallInternal implements starlark.Callable; use starlark.Call.
func (b *builtin) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return b.m.fn(&call{thread: thread, self: b.self, name: b.m.name, args: args, kwargs: kwargs})
}

// function makes a builtin that has no receiver.
func function(name, sig string, help words.Text, fn func(c *call) (starlark.Value, error)) *builtin {
	return &builtin{m: &method{name: name, sig: sig, help: help, fn: fn}}
}

// noAttr is CPython's error for a name that v does not have.
func noAttr(v starlark.Value, name string) *Error {
	e := raise("AttributeError", "", "'%s' object has no attribute '%s'", typeName(v), name)
	if n := words.Nearest(name, attrNames(v)); n != "" {
		e.Hint = words.F("did you mean .%s?", n)
	}
	return e
}

// attrNames lists what stands behind a dot on v: its own attributes and those
// that Starlark's types lack.
func attrNames(v starlark.Value) []string {
	var names []string
	if h, ok := v.(starlark.HasAttrs); ok {
		names = append(names, h.AttrNames()...)
	}
	if s := extras[v.Type()]; s != nil {
		for _, name := range s.names {
			if !contains(names, name) {
				names = append(names, name)
			}
		}
	}
	kept := names[:0]
	for _, name := range names {
		if !strings.HasPrefix(name, "_") && !strings.HasPrefix(name, "\x00") {
			kept = append(kept, name)
		}
	}
	sort.Strings(kept)
	return kept
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
