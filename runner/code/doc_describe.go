package code

import (
	"fmt"
	"maps"
	"slices"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// Doc is what there is to say about a name: help shows it. Of what is no call
// only Sig, Help and Members are set.
type Doc struct {
	Path    string // "socket.bind"; of the learner's own functions their name
	Sig     string // as it is written in a call
	Help    words.Text
	Args    []DocLine
	Result  words.Text
	Errors  []DocError
	Notes   words.Text
	Source  string // the man pages: "connect(2), tcp(7)"
	Example string // one line of code
	Members []string
}

// Call reports whether it is a call that the tables know.
func (d *Doc) Call() bool { return !d.Result.Empty() }

// DocLine is a name and words about it.
type DocLine struct {
	Name  string
	Words words.Text
}

// DocError is an error that a call can give: Python's exception, the symbol of
// the errno if the kernel gave one, and why.
type DocError struct {
	Kind, Symbol string
	Why          words.Text
}

// errno is an error of the kernel.
func errno(symbol string, why words.Text) DocError { return DocError{Symbol: symbol, Why: why} }

// raised is an error that the kernel knows nothing of.
func raised(kind string, why words.Text) DocError { return DocError{Kind: kind, Why: why} }

// Describe explains what names and dots stand for, such as "str.split",
// "phone.send", or "recv" alone, a method of whatever has one; false if there
// is nothing of that name.
func (in *Interp) Describe(path string) (Doc, bool) {
	owner, name := cutLast(path)
	v := in.lookup(path)
	if v == nil {
		return in.describeMethod(owner, name)
	}
	d := Doc{Sig: noteOf(name, v)}
	switch v := v.(type) {
	case *builtin:
		d.Help = v.m.help
	case *typeObject:
		if v.row.fn == nil { // an exception, or a type that nobody can make
			return Doc{Path: path, Sig: v.String()}, true
		}
		d.Help = v.row.help
		d.Members = methodNames(v.name)
	case *callableModule:
		d.Help, d.Members = v.call.help, v.AttrNames()
	case *module:
		return Doc{Sig: "import " + v.Name, Help: v.Help, Members: v.AttrNames()}, true
	case *starlark.Function:
	case *starlark.Builtin:
	default:
		d.Sig = fmt.Sprintf("%s: %s", name, typeName(v))
		d.Members = attrNames(v)
		return d, true
	}
	return d.with(in.keyOf(owner, name, v)), true
}

// with adds the facts of the tables.
func (d Doc) with(key string) Doc {
	d.Path = key
	facts, ok := docOf(key)
	if !ok {
		return d
	}
	facts.Path, facts.Members = key, d.Members
	if facts.Sig == "" {
		facts.Sig, facts.Help = d.Sig, d.Help
	}
	facts.Errors = withKinds(facts.Errors)
	return facts
}

// withKinds adds the exceptions of the errnos.
func withKinds(list []DocError) []DocError {
	list = slices.Clone(list)
	for i := range list {
		if list[i].Kind == "" {
			list[i].Kind = exceptionOf(list[i].Symbol)
		}
	}
	return list
}

// keyOf is what the tables call the value v that was found behind owner.
func (in *Interp) keyOf(owner, name string, v starlark.Value) string {
	switch v := v.(type) {
	case *builtin:
		if v.self != nil {
			return ownerName(v.self) + "." + v.m.name
		}
		name = v.m.name
	case *typeObject:
		if m := in.memberOf(v); m != "" {
			return m
		}
		return v.name
	case *callableModule:
		return v.Name() + "." + v.call.name
	}
	if owner != "" {
		return ownerName(in.lookup(owner)) + "." + name
	}
	if m := in.memberOf(v); m != "" {
		return m
	}
	return name
}

// memberOf finds the module that has the value: "subprocess.Popen".
func (in *Interp) memberOf(v starlark.Value) string {
	for _, name := range slices.Sorted(maps.Keys(in.modules)) {
		m := in.modules[name]
		for member, x := range m.members {
			if x == v {
				return name + "." + member
			}
		}
	}
	return ""
}

// ownerName is what the tables call the type of a value, or a module.
func ownerName(v starlark.Value) string {
	switch v := v.(type) {
	case *module:
		return v.Name
	case *callableModule:
		return v.Name()
	case *typeObject:
		return docName(v.name)
	case *procFile:
		return "pipe"
	case nil:
		return ""
	}
	return docName(typeName(v))
}

func docName(typ string) string {
	if name, ok := docNames[typ]; ok {
		return name
	}
	return typ
}

// The types whose methods help knows without a value, the most likely first.
var docTypes = []struct {
	name string
	set  *methodSet
}{
	{"socket", sockMethods}, {"Popen", popenMethods}, {"file", fileMethods}, {"pipe", procFileMethods},
	{"poll", pollerMethods}, {"server", serverMethods}, {"str", strMethods}, {"bytes", bytesMethods}, {"bytes", bytesOwn},
	{"list", listMethods}, {"dict", dictMethods}, {"set", setMethods}, {"tuple", tupleMethods},
	{"bytearray", bytearrayMethods}, {"bytearray", bytearrayOwn}, {"int", intMethods}, {"int", intOwn}, {"float", floatMethods},
	{"Struct", structs{}.methods()}, {"CompletedProcess", completedMethods}, {"IncrementalDecoder", incrementalMethods},
}

// describeMethod explains a method without a value that has it: socket.bind,
// phone.bind before there is a phone, or bind alone.
func (in *Interp) describeMethod(owner, name string) (Doc, bool) {
	if owner == "" && strMethods.rows[name] == nil && bytesMethods.rows[name] == nil {
		for _, module := range slices.Sorted(maps.Keys(in.modules)) {
			if _, ok := in.modules[module].members[name].(starlark.Callable); ok {
				return in.Describe(module + "." + name)
			}
		}
	}
	if d, ok := rowDoc(docName(owner), name); ok || in.lookup(owner) != nil {
		return d, ok
	}
	for _, t := range docTypes {
		if d, ok := rowDoc(t.name, name); ok {
			return d, true
		}
	}
	return Doc{}, false
}

// rowDoc describes a method of a type.
func rowDoc(typ, name string) (Doc, bool) {
	for _, t := range docTypes {
		if m := t.set.rows[name]; m != nil && t.name == typ {
			return Doc{Sig: m.sig, Help: m.help}.with(typ + "." + name), true
		}
	}
	key := typ + "." + name
	if d, ok := docOf(key); ok && d.Sig != "" {
		return d.with(key), true
	}
	return Doc{}, false
}

// methodNames are those of a type's values.
func methodNames(typ string) []string {
	var names []string
	for _, t := range docTypes {
		if t.name == docName(typ) || t.name == typ {
			names = append(names, t.set.names...)
		}
	}
	for key, d := range docs {
		if owner, name := cutLast(key); owner == typ && d.Sig != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
