package lessons

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// whole is a lesson without a fault, with a block of every role. Tests change a
// line of it.
const whole = `---
format: 1
id: whole
title: A whole lesson
minutes: 5
---
Hello.

## One {#one}

Text.

` + "```python lab\nshop = serve(\"tcp-upper\", port=9000)\n```\n\n" +
	"```yaml predict\nask: What?\nchoices:\n  - text: this\n    when: called(\"x\")\n  - text: that\n    when: otherwise\nexplain: So.\n```\n\n" +
	"```python run\nconnect shop\n```\n\n" +
	"```python task\ncalled(\"y\")   # you did y\n```\n\n" +
	"```text hint\nDo y.\n```\n\n" +
	"```python solution\ny()\n```\n\n" +
	"```python wrong\n# fails: 1\nz()\n```\n\n" +
	"```yaml quiz\nask: Why?\nanswer: so\nwrong:\n  not: No.\nexplain: Because.\n```\n\n" +
	"<!-- notes: say it -->\n"

// TestEveryFaultSaysWhatToDo has every kind of fault that a file can have: each
// is found at its line, alone, and says what is wrong and what to do.
func TestEveryFaultSaysWhatToDo(t *testing.T) {
	require.Empty(t, faultsOf(whole))
	for name, c := range map[string]struct {
		old, with  string // "" replaces the whole file
		at         string // a line of the changed file, or its beginning
		what, todo string
	}{
		"an empty file":         {"", "", "", "the file is empty", "socklab new"},
		"no front matter":       {"---\nformat: 1\n", "format: 1\n", "format: 1", "begins with front matter", `between two lines "---"`},
		"open front matter":     {"minutes: 5\n---\n", "minutes: 5\n", "---", "never closed", `write a line "---"`},
		"no format":             {"format: 1\n", "", "---", `has no "format"`, "format: 1"},
		"no title":              {"title: A whole lesson\n", "", "---", `has no "title"`, "title: What"},
		"another format":        {"format: 1", "format: 2", "format", "format \"2\"", "reads format 1"},
		"an unknown key":        {"minutes: 5", "minute: 5", "minute:", `unknown key "minute"`, "did you mean minutes?"},
		"a key twice":           {"minutes: 5", "minutes: 5\nminutes: 6", "minutes: 6", "stands twice", "keep one"},
		"a list for a title":    {"title: A whole lesson", "title: [A]", "title", "one text, not a list", "put it in quotes"},
		"an empty title":        {"title: A whole lesson", "title:", "title", "title is empty", "write a text"},
		"a bad id":              {"id: whole", "id: The_Whole", "id:", `id "The_Whole"`, "such as time-wait"},
		"bad minutes":           {"minutes: 5", "minutes: 1.5", "minutes", `minutes "1.5"`, "a whole number above 0"},
		"needs no list":         {"minutes: 5", "minutes: 5\nneeds: tcp-phone", "needs", "needs is a list", "needs: [tcp-phone]"},
		"a tab in YAML":         {"minutes: 5", "minutes: 5\nneeds:\n\t- x", "\t- x", "yaml: ", "not with tabs"},
		"a colon in YAML":       {"title: A whole lesson", "title: A: b", "title", "mapping values", "stands in quotes"},
		"an open quote":         {"title: A whole lesson", "title: 'A", "---", "", ""},
		"a hidden control":      {"title: A whole lesson", `title: "A\e[31m"`, "title", "control character (U+001B)", "take it out"},
		"no step id":            {"## One {#one}", "## One", "## One", "the step has no id", "## Title {#step-id}"},
		"a bad step id":         {"{#one}", "{#One}", "## One", `id "One"`, "lower-case letters"},
		"a step id twice":       {"<!-- notes: say it -->", "## Two {#one}\n\nText.", "## Two", "stands already at line 9", "give this step another"},
		"no step title":         {"## One {#one}", "## {#one}", "## {#one}", "no title", "## Title {#step-id}"},
		"a step without text":   {"<!-- notes: say it -->", "## Two {#two}", "## Two", "no text", "write below its heading"},
		"a # heading":           {"Hello.", "# Hello", "# Hello", "the title stands in the front matter", "a step begins with ##"},
		"a deep id":             {"Text.", "### Text {#deep}\n\nText.", "### Text", "only a ## heading has an id", "{#deep}"},
		"no steps":              {"", "---\nformat: 1\nid: x\ntitle: X\nminutes: 1\n---\nHello.", "Hello.", "no step", "## Title {#step-id}"},
		"an unknown role":       {"python run", "python rnu", "```python rnu", `unknown role "rnu"`, "did you mean run?"},
		"a role's language":     {"text hint", "python hint", "```python hint", "", `"text hint"`},
		"no language":           {"python run", "run", "```run", "a language word stands before the role", "python run"},
		"three words":           {"python run", "python run now", "```python run now", "nothing else", "python run"},
		"an indented block":     {"```python run\nconnect shop\n```", "  ```python run\n  connect shop\n  ```", "  ```python run", "at the left margin", "take away the blanks"},
		"an empty block":        {"connect shop\n", "", "```python run", "the run block is empty", "write into it"},
		"an open fence":         {"connect shop\n```", "connect shop", "```python run", "never closed", "write ``` below it"},
		"a wide line":           {"connect shop", "connect shop # " + strings.Repeat("x", 60), "connect shop #", "75 cells wide", "break it"},
		"a block too early":     {"Hello.", "```python run\nx\n```", "```python run", "stands in a step", "move it below"},
		"two tasks":             {"<!-- notes: say it -->", "```python task\ncalled(\"q\")  # q\n```", "called(\"q\")", "one task at most", "into the first"},
		"two solutions":         {"<!-- notes: say it -->", "```python solution\nq()\n```", "q()", "one solution at most", "python also"},
		"no solution":           {"```python solution\ny()\n```\n", "", "called(\"y\")", "no solution", "python solution"},
		"no hint":               {"```text hint\nDo y.\n```\n", "", "called(\"y\")", "no hint", "text hint"},
		"no words":              {"   # you did y", "", "called(\"y\")", "no comment", "after #"},
		"no fact":               {"called(\"y\")   # you did y", "# later", "# later", "states no fact", "write one a line"},
		"two facts in a line":   {"called(\"y\")  ", "called(\"y\"); called(\"w\")  ", "called(\"y\");", "one fact a line", "begin a new line"},
		"an open bracket":       {"called(\"y\")   # you did y", "called(\"y\"   # you did y", "called(\"y\"", "a bracket is never closed", "write the one"},
		"an open string":        {"called(\"y\")   # you did y", "called(y)   # y\n'x", "'x", "", ""},
		"a hint too many":       {"<!-- notes: say it -->", "## Two {#two}\n\nText.\n\n```text hint\nHm.\n```", "Hm.", "no task that this hint is for", "python task"},
		"fails nothing":         {"# fails: 1\n", "", "z()", "a wrong block needs a line", `"# fails: …"`},
		"fails a number":        {"# fails: 1", "# fails: 7", "# fails: 7", "names no fact: the task has 1", "by its number"},
		"fails a word":          {"# fails: 1", "# fails: no", "# fails: no", "names no fact", "its number from 1"},
		"a quiz without ask":    {"ask: Why?\n", "", "answer: so", `no "ask"`, `write a line "ask: …"`},
		"a quiz without answer": {"answer: so\nwrong:\n  not: No.\n", "", "ask: Why?", `no "choices" and no "answer"`, "write one of them"},
		"answer and choices":    {"answer: so\nwrong:\n  not: No.", "answer: so\nchoices: [{text: a, right: true}, {text: b}]", "ask: Why?", "choices or an answer, not both", "take one"},
		"no right choice":       {"answer: so\nwrong:\n  not: No.", "choices: [{text: a}, {text: b}]", "choices: [", "no choice is right", "right: true"},
		"no wrong choice":       {"answer: so\nwrong:\n  not: No.", "choices: [{text: a, right: true}, {text: b, right: true}]", "choices: [", "every choice is right", "one that is not"},
		"a choice alone":        {"answer: so\nwrong:\n  not: No.", "choices: [{text: a, right: true}, {text: a}]", "choices: [", "stands twice", "change it"},
		"right is yes":          {"answer: so\nwrong:\n  not: No.", "choices: [{text: a, right: yes}, {text: b, right: true}]", "choices: [", "", "right is true or false"},
		"wrong is right":        {"  not: No.", "  so: No.", "  so: No.", `"so" is wrong and right`, "take one"},
		"a key of a quiz":       {"answer: so", "anwser: so\nanswer: so", "anwser", `unknown key "anwser"`, "did you mean answer?"},
		"a choice's key":        {"    when: called(\"x\")", "    when: called(\"x\")\n    rigth: true", "    rigth", `unknown key "rigth"`, "it knows text, when"},
		"no when":               {"    when: called(\"x\")\n", "", "  - text: this", `no "when"`, "write the fact"},
		"otherwise first":       {"when: called(\"x\")", "when: otherwise", "  - text: this", "at the last choice", "move this choice"},
		"a choice without text": {"- text: this\n    when", "- when", "  - when", `no "text"`, "- text: …"},
		"a key: without colon":  {"explain: Because.", "explain Because.", "explain Because.", "yaml: ", "key: value"},
		"an open comment":       {"<!-- notes: say it -->", "<!-- hm", "<!-- hm", "the comment is never closed", "write -->"},
		"a word misspelt":       {"<!-- notes: say it -->", "<!-- note: say it -->", "<!-- note:", "", "<!-- notes: … -->"},
		"a pause in a line":     {"Text.", "Text. <!-- pause -->", "Text. <!--", "on lines of their own", "move this one"},
		"notes in a fence":      {"Text.", "```\n<!-- notes: hm -->\n```\nText.", "<!-- notes: hm", "shown to everybody", "move them out"},
		"not UTF-8":             {"Text.", "Te\xffxt.", "Te", "not UTF-8", "save the file"},
		"a NUL":                 {"Text.", "Te\x00xt.", "Te", "control character (U+0000)", "take it out"},
		"a port and a size":     {"\ny()\n", "\nphone.recv(9000)\n", "phone.recv(9000)", "9000 is a port of this step", "another number"},
	} {
		t.Run(name, func(t *testing.T) {
			src := c.with
			if c.old != "" {
				require.Contains(t, whole, c.old)
				src = strings.Replace(whole, c.old, c.with, 1)
			}
			if name == "an open quote" || name == "an open string" {
				assert.NotEmpty(t, faultsOf(src)) // several faults; TestFaultsOf… have them
				return
			}
			line := 0
			for i, l := range strings.Split(src, "\n") {
				if strings.HasPrefix(l, c.at) {
					line = i + 1
					break
				}
			}
			require.Positive(t, line)
			_, found := Parse("l.md", []byte(src))
			for _, f := range found {
				if f.Line == line && strings.Contains(f.Text, c.what) && strings.Contains(f.Text, c.todo) {
					return
				}
			}
			assert.Fail(t, "not found", "%d: %s … %s in\n%v", line, c.what, c.todo, found)
		})
	}
}

// Files that are no lesson files: each is a fault, and the other lessons are
// read.
func TestOddFilesAreFaults(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		at := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
		require.NoError(t, os.WriteFile(at, []byte(text), 0o644))
	}
	put("01-good/lesson.md", whole)
	put("02-long/lesson.md", whole+strings.Repeat("x", 5<<20))
	put("03-pipe/lesson.zh.md", "x")
	require.NoError(t, unix.Mkfifo(filepath.Join(dir, "03-pipe/lesson.md"), 0o644))
	put("04-folder/lesson.md/x", "")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "05-loop"), 0o755))
	require.NoError(t, os.Symlink("lesson.md", filepath.Join(dir, "05-loop/lesson.md")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "06-away"), 0o755))
	require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "06-away/lesson.md")))
	require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "07-gone")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "08-bare"), 0o755))
	put("odd/lesson.md", whole)
	put("other/readme.md", "not a lesson")
	put(".git/config", "")
	faults := texts(Lint(os.DirFS(dir), Options{}))
	assertFaults(t, []string{
		"02-long/lesson.md: it is longer than 4 MiB: make several lessons of it",
		"03-pipe/lesson.md: it is no regular file",
		"04-folder/lesson.md: it is a folder: a lesson is a text file",
		"05-loop/lesson.md: its links lead in a circle: remove them",
		"06-away/lesson.md: it leads to a file that does not exist: put it there",
		"07-gone: it leads to a file that does not exist",
		"08-bare: there is no lesson.md: write the lesson in English there",
		"odd: a lesson's folder is named NN-slug: rename it, to 09-odd perhaps",
	}, faults)
	course, err := Load(os.DirFS(dir))
	require.Error(t, err)
	assert.Equal(t, []string{"whole"}, course.IDs())
}

// locked refuses to read one file, as the kernel refuses those who are not root.
type locked struct {
	fstest.MapFS
	name string
}

func (l locked) ReadFile(name string) ([]byte, error) {
	if name == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: unix.EACCES}
	}
	return l.MapFS.ReadFile(name)
}

func TestAFileThatMayNotBeRead(t *testing.T) {
	fsys := locked{fstest.MapFS{"01-a/lesson.md": lesson("a", ""), "02-b/lesson.md": lesson("b", "")}, "01-a/lesson.md"}
	assert.Equal(t, []string{"01-a/lesson.md: it cannot be read: permission denied (chmod u+rX gives the right)"}, texts(Lint(fsys, Options{})))
	assert.Equal(t, "it cannot be read: i/o error", unreadable(&fs.PathError{Err: errors.New("i/o error")}))
}

func TestNearestNames(t *testing.T) {
	for word, want := range map[string]string{"soluton": "solution", "Task": "task", "hnt": "hint", "x": "", "everything": "", "": ""} {
		assert.Equal(t, want, nearest(word, roleWords()), word)
	}
}
