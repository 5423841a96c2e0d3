package code

import (
	"maps"
	"strings"
)

// docs are the tables of this language's calls, by module or type and name:
// "socket.bind", "struct.pack", "text.split" (of text and bytes alike), "print".
// Sig and Help stand in the rows of the calls themselves, apart from those of
// Starlark's own methods, which have no rows.
var docs = merged(
	socketDocs, socketByteDocs, socketModuleDocs, structDocs, subprocessDocs, popenDocs, selectDocs, osDocs, codecDocs,
	builtinDocs, numberDocs, typeDocs, listDocs, dictDocs, textDocs, bytesDocs,
)

func merged(tables ...map[string]Doc) map[string]Doc {
	all := map[string]Doc{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

// docNames are the types and modules whose tables are called otherwise.
var docNames = map[string]string{
	"socket.socket": "socket", popenType: "Popen", completedType: "CompletedProcess", "select.poll": "poll",
	structType: "Struct", "bool": "int",
}

// sharedDocs are the tables that several types have in common.
var sharedDocs = map[string]string{"str": "text", "bytes": "text", "bytearray": "text"}

// docOf finds the facts of a call in the tables; false if there are none.
func docOf(key string) (Doc, bool) {
	if other, ok := docAliases[key]; ok {
		key = other
	}
	if d, ok := docs[key]; ok {
		return d, true
	}
	owner, name := cutLast(key)
	switch {
	case owner == "Struct": // the functions of the module, less their format
		d, ok := docs["struct."+name]
		if ok {
			d.Args = d.Args[1:]
			d.Example = onStruct(d.Example)
		}
		return d, ok
	case sharedDocs[owner] != "":
		return docOf(sharedDocs[owner] + "." + name)
	}
	return Doc{}, false
}

// onStruct is struct.pack("!I", 5) as a method: struct.Struct("!I").pack(5).
func onStruct(example string) string {
	call, rest, _ := strings.Cut(example, `("`)
	format, args, _ := strings.Cut(rest, `"`)
	return `struct.Struct("` + format + `").` + strings.TrimPrefix(call, "struct.") + "(" + strings.TrimPrefix(args, ", ")
}

// cutLast cuts a path at its last dot.
func cutLast(path string) (owner, name string) {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i], path[i+1:]
	}
	return "", path
}
