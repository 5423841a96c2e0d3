package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTextIsSaidInTheLanguageAskedFor(t *testing.T) {
	old := zh
	t.Cleanup(func() { zh = old })
	zh = map[string]string{"%s has %d": "%[2]d 个 %[1]s", "a port": "端口"}
	text := F("%s has %d", F("a port"), 3)
	assert.Equal(t, "a port has 3", text.In(English))
	assert.Equal(t, "3 个 端口", text.In(Chinese))
	assert.Equal(t, "no translation", F("no translation").In(Chinese), "an untranslated sentence is said in English")
}

// verbs matches a formatting verb with its flags and an explicit index.
var verbs = regexp.MustCompile(`%[-+# 0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(\[\d+\])?[-+# 0]*(?:\d+)?(?:\.\d+)?([a-zA-Z%])`)

func verbsOf(s string) []string {
	var list []string
	for _, m := range verbs.FindAllStringSubmatch(s, -1) {
		if m[2] != "%" {
			list = append(list, m[2])
		}
	}
	sort.Strings(list)
	return list
}

// TestEverySentenceHasItsChinese reads the source of the whole project for
// words.F("…") and x.T("…") and asks for a translation with the same verbs.
func TestEverySentenceHasItsChinese(t *testing.T) {
	found := map[string]string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && path != "../.." {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		for format, where := range sentences(t, path) {
			found[format] = where
		}
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, found)
	for format, where := range found {
		s, ok := zh[format]
		if assert.True(t, ok, "%s: no Chinese for %q", where, format) {
			assert.Equal(t, verbsOf(format), verbsOf(s), "%s: verbs of %q", where, format)
		}
	}
	for format := range zh {
		_, said := found[format]
		assert.True(t, said, "nothing says this any more: %q", format)
	}
}

func sentences(t *testing.T, path string) map[string]string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	require.NoError(t, err)
	found := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		if !isSentence(call.Fun) {
			return true
		}
		if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			require.NoError(t, err)
			found[s] = set.Position(lit.Pos()).String()
		}
		return true
	})
	return found
}

func isSentence(fun ast.Expr) bool {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if sel.Sel.Name == "T" {
		return true
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == "words" && sel.Sel.Name == "F"
}
