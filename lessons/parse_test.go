package lessons

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const head = `---
format: 1
id: a-lesson
title: A lesson
minutes: 5
---
`

// good is a step without a fault; head has six lines.
const good = "## One {#one}\n\nText.\n"

func faultsOf(src string) []string {
	_, found := Parse("l.md", []byte(src))
	var list []string
	for _, f := range found {
		list = append(list, f.Error())
	}
	return list
}

// assertFaults compares faults with how they begin: behind that stands what to
// do about them, which TestEveryFaultSaysWhatToDo looks at.
func assertFaults(t *testing.T, want, got []string) {
	t.Helper()
	if !assert.Len(t, got, len(want), strings.Join(got, "\n")) {
		return
	}
	for i := range want {
		assert.True(t, strings.HasPrefix(got[i], want[i]), "wanted %s\ngot    %s", want[i], got[i])
	}
}

func block(info string, lines ...string) string {
	return "```" + info + "\n" + strings.Join(lines, "\n") + "\n```\n"
}

func TestFaultsOfTheFrontMatter(t *testing.T) {
	for name, c := range map[string]struct {
		front string
		want  []string
	}{
		"none":     {"", []string{"l.md:1: the file begins with front matter: format, id, title and minutes, between two lines \"---\""}},
		"unclosed": {"---\nid: x\n", []string{"l.md:1: the front matter is never closed: write a line \"---\" below it", "l.md:8: the lesson has no step: write a line ## Title {#step-id}"}},
		"empty": {"---\n---\n", []string{
			`l.md:1: the front matter has no "format"`, `l.md:1: the front matter has no "id"`,
			`l.md:1: the front matter has no "title"`, `l.md:1: the front matter has no "minutes"`,
		}},
		"unknown key": {"---\nformat: 1\nid: x\ntitle: X\nminutes: 1\nauthor: me\n---\n", []string{
			`l.md:6: unknown key "author" in the front matter: it knows format, id, title, minutes, needs`,
		}},
		"bad values": {"---\nformat: 2\nid: Bad_ID\ntitle:\nminutes: soon\nneeds: a\n---\n", []string{
			`l.md:2: format "2": this program reads format 1`,
			`l.md:3: id "Bad_ID": an id is made of lower-case letters, digits and single dashes`,
			`l.md:4: title is empty`,
			`l.md:5: minutes "soon": it is a whole number above 0`,
			`l.md:6: needs is a list of lesson ids: needs: [tcp-phone]`,
		}},
		"no minutes": {"---\nformat: 1\nid: x\ntitle: X\nminutes: 0\n---\n", []string{`l.md:5: minutes "0": it is a whole number above 0`}},
		"twice":      {"---\nformat: 1\nid: x\nid: y\ntitle: X\nminutes: 1\n---\n", []string{`l.md:4: "id" stands twice in the front matter`}},
		"no mapping": {"---\n- 1\n---\n", []string{
			`l.md:1: the front matter has no "format"`, `l.md:1: the front matter has no "id"`,
			`l.md:1: the front matter has no "title"`, `l.md:1: the front matter has no "minutes"`,
			`l.md:2: the front matter is a list of "key: value" lines`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			assertFaults(t, c.want, faultsOf(c.front+"\n"+good+"\n"))
		})
	}
}

func TestFaultsOfSteps(t *testing.T) {
	task := block("python task", `called("x")  # words`)
	hint, solution := block("text hint", "h"), block("python solution", "x()")
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"fine":         {good, nil},
		"no step":      {"text", []string{"l.md:7: the lesson has no step: write a line ## Title {#step-id}"}},
		"no id":        {"## One\n\ntext", []string{"l.md:7: the step has no id: ## Title {#step-id}"}},
		"bad id":       {"## One {#One}\n\ntext", []string{`l.md:7: id "One": an id is made of lower-case letters, digits and single dashes`}},
		"id twice":     {good + good, []string{`l.md:10: step id "one" stands already at line 7`}},
		"no title":     {"## {#one}\n\ntext", []string{"l.md:7: the step has no title"}},
		"no text":      {"## One {#one}\n\n<!-- hm -->\n", []string{"l.md:7: the step has no text"}},
		"top heading":  {"# Title\n" + good, []string{"l.md:7: the title stands in the front matter, a step begins with ##"}},
		"deep id":      {good + "### Deep {#deep}\n", []string{"l.md:10: only a ## heading has an id"}},
		"unknown role": {good + block("python labs", "x"), []string{`l.md:10: unknown role "labs": the roles are lab, run, task, hint, solution, also, wrong, predict and quiz`}},
		"no language":  {good + block("hint", "x"), []string{"l.md:10: a language word stands before the role: text hint"}},
		"wrong language": {good + block("python hint", "x") + task + solution, []string{
			`l.md:10: a hint block is "text hint", not "python hint"`,
		}},
		"three words":  {good + block("python lab now", "x"), []string{"l.md:10: after the fence stand a language and a role and nothing else: python lab"}},
		"indented":     {good + "- list\n\n  ```python lab\n  x\n  ```\n", []string{"l.md:12: a block with a role stands at the left margin"}},
		"empty block":  {good + "```python lab\n```\n", []string{"l.md:10: the lab block is empty"}},
		"never closed": {good + "```python lab\nx\n", []string{"l.md:10: the fence is never closed"}},
		"never closed before a block": {good + "```python lab\nx\n\n" + task + hint + solution, []string{
			"l.md:10: the fence is never closed",
		}},
		"never closed before a step": {good + "```\nx\n\n## Two {#two}\n", []string{
			"l.md:10: the fence is never closed", "l.md:13: the step has no text",
		}},
		"never closed comment": {good + "<!-- hm\n\n## Two {#two}\n", []string{"l.md:10: the comment is never closed"}},
		"misspelt comment":     {good + "<!-- note: x -->\n", []string{`l.md:10: a comment is "<!-- notes: … -->" or "<!-- pause -->" or begins with another word`}},
		"comment in a line":    {good + "So <!-- pause --> it is\n", []string{"l.md:10: notes and pauses stand on lines of their own"}},
		"wide": {good + block("python run", strings.Repeat("x", 72), strings.Repeat("x", 73)) + block("", strings.Repeat("你", 37)), []string{
			"l.md:12: the line of code is 73 cells wide, more than 72",
			"l.md:15: the line of code is 74 cells wide, more than 72",
		}},
		"in the introduction": {block("python run", "x") + good, []string{"l.md:7: a run block stands in a step: move it below a ## heading"}},
		"a control":           {good + "a\x1b[31m\rb\n", []string{"l.md:10: the line has a control character"}},
		"not UTF-8":           {good + "\xff\n", []string{"l.md:10: the line is not UTF-8"}},
	} {
		t.Run(name, func(t *testing.T) {
			assertFaults(t, c.want, faultsOf(head+c.body))
		})
	}
}

func TestFaultsOfTasks(t *testing.T) {
	task := block("python task", `called("x")  # you called x`, "", `called("y", port=80)  # and y`)
	hint, solution := block("text hint", "h"), block("python solution", "x()")
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"fine":           {task + hint + hint + solution + block("python also", "y()") + block("python also", "z()"), nil},
		"bare":           {task, []string{"l.md:11: the task has no solution", "l.md:11: the task has no hint"}},
		"no task":        {hint + solution, []string{"l.md:11: the step has no task that this hint is for", "l.md:14: the step has no task that this solution is for"}},
		"two":            {task + task + hint + solution + solution, []string{"l.md:16: a step has one task at most", "l.md:27: a step has one solution at most: another right answer is \"python also\""}},
		"no words":       {block("python task", "a(", "  1)", "b()  # words") + hint + solution, []string{"l.md:11: the fact has no comment that says it in words"}},
		"no fact":        {block("python task", "# later") + hint + solution, []string{"l.md:11: the task states no fact"}},
		"semicolon":      {block("python task", "a(); b()  # both") + hint + solution, []string{"l.md:11: one fact a line: ';' does not part them"}},
		"open bracket":   {block("python task", "", "a(  # words", "b") + hint + solution, []string{"l.md:12: a bracket is never closed"}},
		"open string":    {block("python task", "a('x)  # words", "b()  # b") + hint + solution, []string{"l.md:11: a string is never closed", "l.md:11: a bracket is never closed"}},
		"fails by words": {task + hint + solution + block("python wrong", "# fails: you  called x", "q()"), nil},
		"fails by fact":  {task + hint + solution + block("python wrong", "# fails: called('x')", "q()"), []string{`l.md:22: "# fails: called('x')" names no fact of the task`}},
		"fails by number": {task + hint + solution + block("python wrong", "# fails: 2", "q()") + block("python wrong", "q()", "# fails: 3"), []string{
			`l.md:26: "# fails: 3" names no fact: the task has 2`,
		}},
		"fails on none": {task + hint + solution + block("python wrong", "q()"), []string{
			`l.md:22: a wrong block needs a line "# fails: …" that names a fact of the task`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			assertFaults(t, c.want, faultsOf(head+good+c.body))
		})
	}
}

func TestWhatIsShownHasNoCommentsAndKeepsItsFences(t *testing.T) {
	src := head + `Hello<!-- quietly --> there, ` + "`<!-- code -->`" + `.
<!-- a long
## not a step {#x}
one -->
More.

` + "````markdown\n```python task\n<!-- kept -->\n## kept {#kept}\n```\n````" + `

<!-- notes: say
  this -->
` + good
	l, found := Parse("l.md", []byte(src))
	require.Empty(t, found)
	require.Len(t, l.Intro, 2)
	text := l.Intro[0].(*Text)
	assert.Equal(t, 7, text.Line)
	assert.Equal(t, "Hello there, `<!-- code -->`.\nMore.\n\n"+
		"````markdown\n```python task\n<!-- kept -->\n## kept {#kept}\n```\n````", text.Markdown)
	assert.Equal(t, []string{"say\nthis"}, l.Notes())
	assert.Len(t, l.Steps, 1)
}

func TestFilesFromOtherSystemsAreRead(t *testing.T) {
	src := "\uFEFF" + strings.ReplaceAll(head+good, "\n", "\r\n")
	l, found := Parse("l.md", []byte(src))
	assert.Empty(t, found)
	assert.Equal(t, "One", l.Steps[0].Title)
}

func TestFactsAreCutAtTheirEnds(t *testing.T) {
	out := &faults{}
	got := splitFacts(strings.Join([]string{
		"# an author's remark",
		`sent("# no comment")   # a '#' in a "string"`,
		`called("connect",`,
		`       port=8080)   # over two lines`,
		`said("""long`,
		`# text""")  # a long string`,
		`a() and \`,
		`b()  # continued`,
	}, "\n"), 10, out)
	assert.Empty(t, out.list)
	assert.Equal(t, []Fact{
		{Expr: `sent("# no comment")`, Words: `a '#' in a "string"`, Line: 11},
		{Expr: "called(\"connect\",\n       port=8080)", Words: "over two lines", Line: 12},
		{Expr: "said(\"\"\"long\n# text\"\"\")", Words: "a long string", Line: 14},
		{Expr: "a() and \\\nb()", Words: "continued", Line: 16},
	}, got)
}

func FuzzParse(f *testing.F) {
	f.Add(head + good + block("python task", "a(  # x"))
	f.Add(head + good + block("yaml quiz", "ask: x", "choices:", "- {text: a, right: true}"))
	f.Add("---\n&a [*a]\n---\n```\n<!--")
	f.Add("```0 quiz\n\n\r\r0")
	f.Fuzz(func(t *testing.T, src string) {
		l, found := Parse("l.md", []byte(src))
		lines := strings.Count(src, "\n") + 1
		for _, fault := range found {
			assert.NotEmpty(t, fault.Text)
			assert.LessOrEqual(t, fault.Line, lines+1, fault.Text)
			assert.Positive(t, fault.Line, fault.Text)
		}
		for _, s := range l.Steps {
			l.Ports(s)
			WithPorts(s, map[int]int{8080: 8081})
			for _, q := range s.Questions() {
				q.Judge(src)
			}
		}
	})
}
