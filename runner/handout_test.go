package runner

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/runner/words"
)

// A printed handout is one that a Markdown reader has read again.
type printed struct {
	headings []string // "## Title", as source
	fences   []string // the code of the fences, with the language before it
	items    []string // task list items
}

func read(t *testing.T, src string) printed {
	t.Helper()
	data := []byte(src)
	doc := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(data))
	var p printed
	level := 0
	lines := func(n ast.Node) string { return string(n.Lines().Value(data)) }
	require.NoError(t, ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			p.headings = append(p.headings, strings.Repeat("#", n.Level)+" "+lines(n))
			assert.LessOrEqual(t, n.Level, level+1, "the heading %q passes over a level", lines(n))
			assert.True(t, n.Level > 1 || level == 0, "a second title: %q", lines(n))
			level = n.Level
		case *ast.FencedCodeBlock:
			p.fences = append(p.fences, string(n.Language(data))+"\n"+strings.TrimSuffix(lines(n), "\n"))
		case *ast.TextBlock:
			if words, ok := strings.CutPrefix(lines(n), "[ ] "); ok {
				p.items = append(p.items, words)
			}
		}
		return ast.WalkContinue, nil
	}))
	return p
}

func everyLesson(t *testing.T, each func(t *testing.T, l *lessons.Lesson, lang words.Lang)) {
	t.Helper()
	c, err := embedded()
	require.NoError(t, err)
	for _, lang := range words.Langs {
		for _, l := range c.List(string(lang)) {
			t.Run(l.ID+" "+string(lang), func(t *testing.T) { each(t, l, lang) })
		}
	}
}

// halves cuts a handout at the heading of its solutions.
func halves(t *testing.T, src string, lang words.Lang) (above, below string) {
	t.Helper()
	above, below, ok := strings.Cut(src, "\n## "+lang.T("Solutions")+"\n")
	require.True(t, ok, "no heading for the solutions")
	return above, below
}

func TestEveryLessonIsAWholeHandout(t *testing.T) {
	everyLesson(t, func(t *testing.T, l *lessons.Lesson, lang words.Lang) {
		t.Helper()
		p := read(t, Handout{Lesson: l, Lang: lang, Notes: true}.Markdown())
		require.Contains(t, p.headings[0], l.Title)
		var code, facts []string
		add := func(list ...*lessons.Block) {
			for _, b := range list {
				if b != nil {
					code = append(code, "python\n"+b.Code)
				}
			}
		}
		add(l.Lab()...)
		for i, st := range l.Steps {
			add(st.Lab()[len(l.Lab()):]...)
			add(st.Runs()...)
			add(st.Solution())
			add(st.Also()...)
			for _, f := range st.Facts() {
				facts = append(facts, f.Words)
			}
			h := Handout{Lesson: l}.heading(i)
			assert.Contains(t, p.headings, "## "+h+" · `"+st.ID+"`")
			if st.Task() != nil || len(st.Questions()) > 0 {
				assert.Contains(t, p.headings, "### "+h)
			}
		}
		assert.Subset(t, p.fences, code, "each block is in a fence of its own, and each fence is closed")
		assert.Equal(t, facts, p.items)
	})
}

func TestNoAnswerStandsAboveTheSolutions(t *testing.T) {
	everyLesson(t, func(t *testing.T, l *lessons.Lesson, lang words.Lang) {
		t.Helper()
		h := Handout{Lesson: l, Lang: lang, NoHints: true, Came: map[*lessons.Question]int{}}
		for _, st := range l.Steps {
			for _, q := range st.Questions() {
				if q.Kind == lessons.RolePredict {
					h.Came[q] = 0
				}
			}
		}
		above, below := halves(t, h.Markdown(), lang)
		code, shown := 0, len(l.Lab())
		for _, f := range read(t, above).fences {
			if strings.HasPrefix(f, "python\n") && !inTexts(l, f) {
				code++
			}
		}
		for i, st := range l.Steps {
			shown += len(st.Lab()) - len(l.Lab()) + len(st.Runs())
			for n, q := range st.Questions() {
				label := "**" + h.label(q, i, n+1) + "**"
				assert.Equal(t, 1, strings.Count(above, label), "%s is asked once", label)
				assert.Equal(t, 1, strings.Count(below, label), "%s is answered once", label)
				answers(t, above, below, q)
			}
		}
		assert.Equal(t, shown, code, "above stands what is shown, and no answer")
		h.NoSolutions = true
		assert.Equal(t, strings.TrimSpace(above), strings.TrimSpace(h.Markdown()))
	})
}

// inTexts reports whether a fence is one of the lesson's texts.
func inTexts(l *lessons.Lesson, fence string) bool {
	for _, st := range append([]*lessons.Step{{Parts: l.Intro}}, l.Steps...) {
		for _, p := range st.Parts {
			if text, ok := p.(*lessons.Text); ok && strings.Contains(text.Markdown, "```"+fence+"\n```") {
				return true
			}
		}
	}
	return false
}

// answers asks that what is said of a question is in the solutions alone, and
// its right answers there too.
func answers(t *testing.T, above, below string, q *lessons.Question) {
	t.Helper()
	right, said := []string{}, []string{q.Explain}
	for _, a := range q.Answers {
		right = append(right, codeSpan(a))
	}
	for i, c := range q.Choices {
		said = append(said, c.Say)
		if c.Right || q.Kind == lessons.RolePredict && i == 0 {
			said = append(said, c.Then)
			right = append(right, choice(i, c))
		}
	}
	for _, w := range q.Wrong {
		said = append(said, w.Say)
	}
	for _, s := range said {
		if s != "" && stands(above, s) {
			t.Errorf("above the solutions stands: %s", s)
		}
	}
	for _, s := range append(right, said...) {
		if !stands(below, s) {
			t.Errorf("not among the solutions: %s", s)
		}
	}
}

// stands reports whether a text is in another, wherever their lines end.
func stands(in, text string) bool { return strings.Contains(oneLine(in), oneLine(text)) }

// awkward is a lesson whose text tries what Markdown can do to its neighbours.
const awkward = "---\nformat: 1\nid: awkward\ntitle: C# *and* a_b `_`\nminutes: 3\n---\n" + `Intro

Setext
------

#### Deep

- a list at the end

## A [b] {#one}

1. a list
2. at the end

<!-- pause -->

3. and another one

~~~python lab
s = """
~~
` + "````" + `
"""
~~~

~~~yaml quiz
ask: |
  Look:

  - here
  - there
choices:
  - text: "# a heading?"
    right: true
    say: |
      Yes:

      ### Because
  - text: "- a list?"
    say: "` + "```" + `"
explain: e
~~~

- another list
` + "\n```python task\ncalled(\"bind\") # a *word* | more\n```\n~~~text hint\n1. first\n\n   ```\n   code\n   ```\n~~~\n```text hint\n# no\n```\n```python solution\nbind :8080\n```\n"

func TestTextThatIsAwkwardStaysWhereItIs(t *testing.T) {
	l, _ := lessons.Parse("awkward.md", []byte(awkward))
	src := Handout{Lesson: l, Lang: words.English}.Markdown()
	p := read(t, src)
	assert.Equal(t, []string{
		`# Lesson 0 · C\# \*and\* a_b ` + "\\`\\_\\`", "## Introduction", "### Setext", "#### Deep",
		"## 1. A \\[b\\] · `one`", "## Hints", "### 1. A \\[b\\]", "#### no", "## Solutions", "### 1. A \\[b\\]", "#### Because",
	}, p.headings)
	assert.Contains(t, p.fences, "python\ns = \"\"\"\n~~\n````\n\"\"\"")
	assert.Contains(t, p.fences, "\ncode", "a fence in a hint keeps its place in the list")
	assert.Contains(t, p.fences, "python\nbind :8080")
	assert.Equal(t, []string{"a *word* | more"}, p.items)
	assert.Contains(t, src, "2. at the end\n\n<!-- -->\n\n3. and another one", "two lists are not one")
	assert.Contains(t, src, "**Question 1.1**\n\nLook:\n\n- here\n- there\n\n<!-- -->\n\n- a · # a heading?\n- b · - a list?")
	assert.Contains(t, src, "**Question 1.1** a · # a heading?\n\nYes:\n\n#### Because\n\ne\n\n- b: ```")
}

const seen = `---
format: 1
id: seen
title: Seen
minutes: 5
---
## Look {#look}

Look.

~~~yaml predict
ask: Does the call succeed?
choices:
  - {text: it is refused, when: 'failed("connect", "ECONNREFUSED")'}
  - {text: it succeeds, when: 'called("connect")'}
explain: The server listens.
~~~

~~~python lab
echo = serve("tcp-upper", port=8080)
~~~

~~~python run
phone = socket.create_connection(("127.0.0.1", 8080))
~~~

~~~yaml predict
ask: And a program?
choices:
  - {text: it ran, when: 'ran()'}
  - {text: it did not, when: 'failed("bind")'}
explain: It depends.
~~~

~~~python run
other = socket.socket()
other.connect_ex(("127.0.0.1", 8089))
import subprocess
res = subprocess.Popen(["true"])
res.wait()
~~~
`

func TestPredictionsAreDecidedByWhatHappens(t *testing.T) {
	c, err := lessons.Load(fstest.MapFS{"01-seen/lesson.md": {Data: []byte(seen)}})
	require.NoError(t, err)
	l := c.Original("seen")
	q := l.Steps[0].Questions()
	assert.Equal(t, map[*lessons.Question]int{q[0]: 1, q[1]: 0}, Foresee(context.Background(), l))
	l.Foreign = true
	foreign := Foresee(context.Background(), l)
	assert.Equal(t, map[*lessons.Question]int{q[0]: 1}, foreign, "a lesson from elsewhere starts no program")
	below := Handout{Lesson: l, Lang: words.English, Came: foreign}.Markdown()
	assert.Contains(t, below, "**Predict 1.1** b · it succeeds\n\nThe server listens.")
	assert.Contains(t, below, "**Predict 1.2** run it and see\n\nIt depends.")
	gone, stop := context.WithCancel(context.Background())
	stop()
	assert.Empty(t, Foresee(gone, l))
}
