package runner

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/check"
)

const authoring = "../docs/authoring.md"

func authoringPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(authoring)
	require.NoError(t, err)
	return string(page)
}

func TestManualForAuthorsIsTheCommittedOne(t *testing.T) {
	page := authoringPage(t)
	want := generated(Authoring(page), "faults", lintMessages(t))
	for _, name := range []string{"facts", "servers", "faults"} {
		require.Contains(t, page, "<!-- generated: "+name+" -->\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(authoring, []byte(want), 0o600))
		page = want
	}
	if page != want {
		t.Error("docs/authoring.md is not up to date; run: go test ./runner -run Manual -update")
	}
}

// concerns are the files of package lessons, by what their faults are about.
var concerns = []struct{ heading, files string }{
	{"Folders and files", "load lint library own watch nearest new create copy"},
	{"The front matter", "frontmatter yaml"},
	{"Steps", "parse check paragraph"},
	{"Blocks", "fence block comment"},
	{"Tasks", "facts"},
	{"Questions", "question choices"},
	{"Translations", "translation prose"},
}

// lintMessages lists what package lessons says of a faulty file: the formats of
// its faults, from its source.
func lintMessages(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("../lessons/*.go")
	require.NoError(t, err)
	said := map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		heading := concern(strings.TrimSuffix(filepath.Base(name), ".go"))
		ast.Inspect(file, func(n ast.Node) bool {
			if line := "- " + faultText(n) + "\n"; len(line) > 3 && !strings.Contains(said[heading], line) {
				said[heading] += line
			}
			return true
		})
	}
	var b strings.Builder
	for _, c := range append(concerns, struct{ heading, files string }{heading: concern("")}) {
		if said[c.heading] != "" {
			fmt.Fprintf(&b, "#### %s\n\n%s\n", c.heading, said[c.heading])
		}
	}
	return b.String()
}

func concern(file string) string {
	for _, c := range concerns {
		if file != "" && slices.Contains(strings.Fields(c.files), file) {
			return c.heading
		}
	}
	return "Others"
}

// faultText is what p.add(line, "…") or Fault{Text: "…"} says, "" for another node.
func faultText(n ast.Node) string {
	var said ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		fun, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || len(n.Args) == 0 {
			return ""
		}
		switch x, _ := fun.X.(*ast.Ident); {
		case fun.Sel.Name == "add" && len(n.Args) > 1:
			said = n.Args[1]
		case x != nil && (x.Name == "fmt" && fun.Sel.Name == "Errorf" || x.Name == "errors" && fun.Sel.Name == "New"):
			said = n.Args[0]
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Text" {
			said = n.Value
		}
	}
	var b strings.Builder
	for _, s := range literals(said) {
		b.WriteString(s)
	}
	text := holes.ReplaceAllString(b.String(), "…")
	if !strings.Contains(text, " ") || strings.Contains(text, "\n") || strings.HasPrefix(text, "lessons: ") {
		return ""
	}
	return codeSpan(text)
}

var holes = regexp.MustCompile(`(%[a-zA-Z])+`)

// literals are the texts of an expression, "…" for what is not one.
func literals(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return []string{s}
		}
	case *ast.BinaryExpr:
		return append(literals(e.X), literals(e.Y)...)
	case nil:
		return nil
	}
	return []string{"…"}
}

// blocksOf are the fences of a page with this info string, not those inside
// another fence.
func blocksOf(page, info string) []string {
	var list, code []string
	open, wanted := "", false
	for _, line := range strings.Split(page, "\n") {
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case open == "" && len(ticks) >= 3:
			open, wanted, code = ticks, line == ticks+info, nil
		case open != "" && line == open:
			if wanted {
				list = append(list, strings.Join(code, "\n"))
			}
			open = ""
		default:
			code = append(code, line)
		}
	}
	return list
}

// sound asks that a lesson has no faults, and that its trials come out as they must.
func sound(t *testing.T, source string) []*lessons.Lesson {
	t.Helper()
	fsys := fstest.MapFS{"50-lesson/lesson.md": {Data: []byte(source)}}
	require.Empty(t, lessons.Lint(fsys, LintOptions()))
	c, err := lessons.Load(fsys)
	require.NoError(t, err)
	list := c.List("en")
	for _, l := range list {
		l.Needs = nil
	}
	proofs := 0
	Verify(context.Background(), list, false, func(p Proof) {
		proofs++
		assert.True(t, p.OK(), "%d: %s, %s: %s", p.Line, p.Step, p.Trial, p.Fault)
	})
	assert.Positive(t, proofs)
	return list
}

func TestTheManualsLessonIsALesson(t *testing.T) {
	whole := blocksOf(authoringPage(t), "markdown")
	require.NotEmpty(t, whole)
	list := sound(t, whole[0])
	for _, st := range list[0].Steps {
		if st.Task() != nil {
			assert.GreaterOrEqual(t, len(st.Hints()), 2)
			assert.GreaterOrEqual(t, len(st.Wrong()), 2)
			assert.NotEmpty(t, st.Also())
		}
	}
}

func TestEveryFactsExampleHolds(t *testing.T) {
	var b strings.Builder
	b.WriteString("---\nformat: 1\nid: facts\ntitle: Facts\nminutes: 1\n---\nAll of them.\n\n" +
		"```python lab\necho = serve(\"tcp-upper\", name=\"echo\", port=8080)\nbox = serve(\"udp-upper\", name=\"box\", port=8081)\n```\n")
	for _, w := range check.Vocabulary() {
		require.NotEmpty(t, w.Trap, w.Name)
		require.Contains(t, w.Example, w.Name+"(")
		fmt.Fprintf(&b, "\n## %s {#%s}\n\nText.\n\n```python task\n%s   # words\n```\n", w.Name, w.Name, w.Example)
		fmt.Fprintf(&b, "\n```text hint\nh\n```\n\n```python solution\n%s\n```\n", w.After)
	}
	sound(t, b.String())
}

func TestTheManualsBlocksAreGood(t *testing.T) {
	page := authoringPage(t)
	const top = "---\nformat: 1\nid: one\ntitle: One\nminutes: 1\n---\n## Step {#step}\n\nText.\n\n"
	lint := func(step string) {
		fsys := fstest.MapFS{"50-one/lesson.md": {Data: []byte(top + step)}}
		assert.Empty(t, lessons.Lint(fsys, LintOptions()), step)
	}
	for _, code := range blocksOf(page, "python task") {
		lint("```python task\n" + code + "\n```\n\n```text hint\nh\n```\n\n```python solution\nclose\n```\n")
	}
	for _, info := range []string{"yaml predict", "yaml quiz", "python lab", "python run"} {
		list := blocksOf(page, info)
		assert.NotEmpty(t, list, info)
		run := ""
		if info == "yaml predict" {
			run = "\n```python run\nprint(1)\n```\n"
		}
		for _, code := range list {
			lint("```" + info + "\n" + code + "\n```\n" + run)
		}
	}
}

func TestTheManualNamesEveryRoleAndKind(t *testing.T) {
	page := authoringPage(t)
	_, faults := lessons.Parse("x", []byte("---\n---\n## A {#a}\n```python nothing\n```\n"))
	var roles string
	for _, f := range faults {
		if _, list, ok := strings.Cut(f.Text, "the roles are "); ok {
			roles = list
		}
	}
	names := regexp.MustCompile(`[a-z]+`).FindAllString(strings.ReplaceAll(roles, " and ", ", "), -1)
	require.Greater(t, len(names), 5)
	for _, name := range names {
		assert.Regexp(t, "(?m)^### .*`(python|text|yaml) "+name+"`", page)
	}
	for _, k := range server.Kinds() {
		assert.Contains(t, page, "\n#### "+k.Name+"\n")
	}
}
