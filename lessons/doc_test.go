package lessons

import (
	doccomment "go/doc/comment"
	goparser "go/parser"
	"go/token"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// example is the lesson that the package comment shows.
func example(t *testing.T) string {
	t.Helper()
	file, err := goparser.ParseFile(token.NewFileSet(), "doc.go", nil, goparser.ParseComments|goparser.PackageClauseOnly)
	require.NoError(t, err)
	var p doccomment.Parser
	for _, block := range p.Parse(file.Doc.Text()).Content {
		if c, ok := block.(*doccomment.Code); ok && strings.HasPrefix(c.Text, "---") {
			return c.Text
		}
	}
	require.Fail(t, "there is no example in doc.go")
	return ""
}

func TestTheExampleOfTheFormatIsALesson(t *testing.T) {
	src := example(t)
	l, found := Parse("lesson.md", []byte(src))
	require.Empty(t, found)
	assert.Equal(t, "time-wait", l.ID)
	assert.Equal(t, "TIME_WAIT and SO_REUSEADDR", l.Title)
	assert.Equal(t, 25, l.Minutes)
	require.Len(t, l.Steps, 1)

	s := l.Steps[0]
	assert.Equal(t, "hang-up-first", s.ID)
	assert.Equal(t, "Hang up first", s.Title)
	require.Len(t, s.Lab(), 1, "the introduction's lab is the step's too")
	assert.Equal(t, `shop = serve("tcp-upper", port=8080, reuseaddr=False)`, s.Lab()[0].Code)
	assert.Len(t, s.Runs(), 1)
	assert.Equal(t, "phone.close()", s.Solution().Code)
	assert.Equal(t, []string{"run `states watch` beside it"}, s.Notes())

	facts := s.Facts()
	require.Len(t, facts, 2)
	assert.Equal(t, `called("close", by="learner")`, facts[0].Expr)
	assert.Equal(t, "you hung up first", facts[0].Words)
	i, err := s.FailsOn(s.Wrong()[0])
	require.NoError(t, err)
	assert.Equal(t, 0, i)

	questions := s.Questions()
	require.Len(t, questions, 2)
	assert.Equal(t, `kernel("ESTABLISHED", port=8080)`, questions[0].Choices[0].When)
	assert.Equal(t, Otherwise, questions[0].Choices[1].When)
	right, _, known := questions[1].Judge("One  Minute")
	assert.True(t, right)
	assert.True(t, known)
	right, reply, known := questions[1].Judge("120")
	assert.False(t, right)
	assert.True(t, known)
	assert.Contains(t, reply, "old books")

	var shapes []string
	for _, part := range s.Parts {
		switch part := part.(type) {
		case *Text:
			shapes = append(shapes, "text")
		case *Block:
			shapes = append(shapes, string(part.Role))
		case *Question:
			shapes = append(shapes, string(part.Kind))
		case *Notes:
			shapes = append(shapes, "notes")
		case *Pause:
			shapes = append(shapes, "pause")
		}
	}
	assert.Equal(t, "text predict run pause text task hint solution wrong quiz notes", strings.Join(shapes, " "))
}

func TestTheExampleOfTheFormatHasNoFaults(t *testing.T) {
	fsys := fstest.MapFS{"03-time-wait/lesson.md": {Data: []byte(example(t))}}
	assert.Empty(t, Lint(fsys, Options{}))
}

func TestLinesAreThoseOfTheFile(t *testing.T) {
	src := example(t)
	l, found := Parse("lesson.md", []byte(src))
	require.Empty(t, found)
	lines := strings.Split(src, "\n")
	s := l.Steps[0]
	assert.Contains(t, lines[s.Line-1], "{#hang-up-first}")
	for _, part := range s.Parts {
		switch part := part.(type) {
		case *Text:
			assert.True(t, strings.HasPrefix(part.Markdown, lines[part.Line-1]))
		case *Block:
			assert.True(t, strings.HasPrefix(part.Code, lines[part.Line-1]))
		case *Question:
			assert.Contains(t, lines[part.Line-1], part.Ask)
			for _, c := range part.Choices {
				assert.Contains(t, lines[c.Line-1], c.Text)
			}
		case *Notes:
			assert.Contains(t, lines[part.Line-1], part.Text)
		}
	}
	for _, f := range s.Facts() {
		assert.Contains(t, lines[f.Line-1], f.Expr)
	}
}

func TestTheEmbeddedCourseLoads(t *testing.T) {
	_, err := Load(Embedded())
	require.NoError(t, err)
}
