package code

import (
	"maps"
	"slices"

	"go.starlark.net/starlark"
)

// CallDocs describes every call that code can reach, each once, in an order for
// reading: the modules, the built-in functions, the methods of the types.
func CallDocs() []Doc {
	in := describer()
	var all []Doc
	seen := map[string]bool{}
	add := func(d Doc, ok bool) {
		if ok && !seen[d.Path] && !d.Help.Empty() {
			seen[d.Path] = true
			all = append(all, d)
		}
	}
	for _, name := range []string{
		"socket", "file", "server", "struct", "subprocess", "Popen", "pipe", "select", "poll", "codecs",
		"os", "os.path", "stat", "time", "sys", "json",
	} {
		in.describeType(name, add)
		in.describeMembers(name, add)
	}
	for _, name := range slices.Sorted(maps.Keys(in.env)) {
		if _, ok := in.env[name].(starlark.Callable); ok && name[0] != '\x00' {
			add(in.Describe(name))
		}
	}
	for _, t := range docTypes {
		in.describeType(t.name, add)
	}
	for _, key := range slices.Sorted(maps.Keys(docs)) {
		if d, ok := docOf(key); ok && !seen[key] && d.Sig != "" {
			add(d.with(key), true)
		}
	}
	return all
}

// describer is an interpreter that knows every module and runs nothing.
func describer() *Interp {
	n := &Net{}
	in := New(Config{Modules: []*Module{n.Module(), StructModule(nil), n.Subprocess(), n.SelectModule(), CodecsModule()}})
	in.Set("serve", n.Serve())
	return in
}

func (in *Interp) describeMembers(module string, add func(Doc, bool)) {
	v, ok := in.lookup(module).(starlark.HasAttrs)
	if !ok {
		return
	}
	for _, name := range v.AttrNames() {
		if x, err := v.Attr(name); err == nil {
			if _, ok := x.(starlark.Callable); ok {
				add(in.Describe(module + "." + name))
			}
		}
	}
}

func (in *Interp) describeType(typ string, add func(Doc, bool)) {
	for _, name := range methodNames(typ) {
		add(rowDoc(typ, name))
	}
}
