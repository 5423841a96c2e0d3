package main

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/socklab/socklab/"

type goPackage struct {
	ImportPath, Name, Doc, Dir string
	Imports                    []string
	GoFiles                    []string
}

// packages lists all packages of the project as the go command sees them.
func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Name,Doc,Dir,Imports,GoFiles", module+"...").Output()
	require.NoError(t, err)
	var list []goPackage
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		list = append(list, p)
	}
	require.Greater(t, len(list), 10)
	return list
}

// room is the folder of a package within the house.
func room(path string) string { return strings.TrimPrefix(path, module) }

// mayImport is the import law: cmd/socklab → runner → runner/* →
// netlab/server → netlab → the rest of netlab/*, never back.
func mayImport(from, to string) bool {
	inRunner := func(r string) bool { return strings.HasPrefix(r, "runner/") }
	inNetlab := func(r string) bool { return r == "netlab" || strings.HasPrefix(r, "netlab/") }
	switch {
	case from == "cmd/socklab":
		return true
	case from == "lessons":
		return false
	case from == "runner":
		return to == "lessons" || inRunner(to) || inNetlab(to)
	case from == "runner/words":
		return false
	case inRunner(from):
		return to == "runner/words" || inNetlab(to)
	case from == "netlab/server":
		return to == "netlab" || strings.HasPrefix(to, "netlab/") && to != "netlab/netlabtest"
	case from == "netlab/netlabtest":
		return to == "netlab"
	case from == "netlab":
		return strings.HasPrefix(to, "netlab/") && to != "netlab/server" && to != "netlab/netlabtest"
	}
	return false
}

// onlyIn are the libraries that one room hides from the rest.
var onlyIn = map[string][]string{
	"github.com/c-bata/go-prompt": {"runner/console"},
	"github.com/fatih/color":      {"runner/view"},
	"go.starlark.net/":            {"runner/code", "runner/check"},
	"github.com/spf13/cobra":      {"cmd/socklab"},
	"github.com/yuin/goldmark":    {"runner/view"},
}

func TestImportLaw(t *testing.T) {
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		for _, path := range p.Imports {
			if strings.HasPrefix(path, module) {
				assert.True(t, mayImport(from, room(path)), "%s must not import %s", from, room(path))
			}
			for library, rooms := range onlyIn {
				if strings.HasPrefix(path, library) {
					assert.Contains(t, rooms, from, "%s belongs to %v alone", library, rooms)
				}
			}
		}
	}
}

// Go's net hides what is taught, so lab sockets do without it.
func TestLabSocketsDoWithoutGosNet(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(room(p.ImportPath), "netlab") {
			continue
		}
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ImportsOnly)
			require.NoError(t, err)
			for _, spec := range file.Imports {
				assert.NotEqual(t, `"net"`, spec.Path.Value, "%s/%s", room(p.ImportPath), name)
			}
		}
	}
}

func TestEveryPackageHasAComment(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) == 0 {
			continue
		}
		want := "Package " + p.Name + " "
		if p.Name == "main" {
			want = "Command "
		}
		assert.True(t, strings.HasPrefix(p.Doc, want), "%s: its comment begins %q", p.ImportPath, p.Doc)
	}
}

func TestTopLevelGoFolders(t *testing.T) {
	for _, p := range packages(t) {
		top, _, _ := strings.Cut(room(p.ImportPath), "/")
		assert.Contains(t, []string{"cmd", "lessons", "netlab", "runner"}, top)
	}
}
