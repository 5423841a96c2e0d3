package lessons

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func lesson(id, more string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(fmt.Sprintf(
		"---\nformat: 1\nid: %s\ntitle: %s\nminutes: 5\n%s---\n%s", id, strings.ToUpper(id), more, good))}
}

func TestLessonsAreFound(t *testing.T) {
	course, err := Load(fstest.MapFS{
		"10-many/lesson.md":         lesson("many", ""),
		"02-tcp-phone/lesson.md":    lesson("tcp-phone", ""),
		"02-tcp-phone/lesson.zh.md": lesson("tcp-phone", ""),
		"03-tcp-wait/lesson.md":     lesson("tcp-wait", ""),
		"03-tcp-wait/picture.txt":   {},
		"notes/readme.md":           {},
		".keep":                     {},
	})
	require.NoError(t, err)
	var ids []string
	for _, l := range course.List("zh") {
		ids = append(ids, fmt.Sprint(l.Number, l.ID, l.Lang))
	}
	assert.Equal(t, []string{"2tcp-phonezh", "3tcp-waiten", "10manyen"}, ids)
	assert.Equal(t, []string{"en", "zh"}, course.Langs())
	assert.Equal(t, "en", course.Original("tcp-phone").Lang)
	assert.Equal(t, "zh", course.In("tcp-phone", "zh").Lang)
	assert.Nil(t, course.Original("nothing"))
	assert.Len(t, course.All("tcp-phone"), 2)

	for name, want := range map[string]string{"2": "tcp-phone", "02": "tcp-phone", "tcp-wait": "tcp-wait", "MANY": "many", " m ": "many", "tcp-p": "tcp-phone", "TCP-Wait": "tcp-wait"} {
		l, err := course.Find(name, "en")
		if assert.NoError(t, err, name) {
			assert.Equal(t, want, l.ID, name)
		}
	}
	for name, want := range map[string]string{
		"": `there is no lesson ""`, "4": `there is no lesson "4"`, "x": `there is no lesson "x"`,
		"tcp": `"tcp" may be any of tcp-phone, tcp-wait`,
	} {
		_, err := course.Find(name, "en")
		var find *FindError
		require.ErrorAs(t, err, &find)
		require.EqualError(t, err, want)
	}
}

func TestLoadReportsAllFaults(t *testing.T) {
	course, err := Load(fstest.MapFS{
		"01-a/lesson.md":    lesson("a", "needs: a\n"),
		"01-b/lesson.md":    lesson("a", ""),
		"02-c/lesson.zh.md": lesson("c", ""),
		"03-d/lesson.md":    lesson("d", ""),
		"03-d/lesson.zh.md": lesson("e", ""),
		"Odd/lesson.md":     lesson("odd", ""),
	})
	assertFaults(t, []string{
		"01-a/lesson.md:6: needs is a list of lesson ids: needs: [tcp-phone]",
		"01-b: the number 1 is that of 01-a already",
		`01-b/lesson.md:1: the id "a" is that of 01-a/lesson.md already`,
		"02-c: there is no lesson.md",
		`03-d/lesson.zh.md:1: the id is "e", the original's "d"`,
		"Odd: a lesson's folder is named NN-slug: rename it, to 09-odd perhaps",
	}, strings.Split(err.Error(), "\n"))
	assert.Len(t, course.List("en"), 3, "what can be read is read")
	var fault Fault
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, 6, fault.Line)
}

func TestLintKnowsTheWholeCourse(t *testing.T) {
	assert.Equal(t, []Fault{{File: ".", Text: "there is no lesson here: a lesson is a folder NN-slug with a file lesson.md"}},
		Lint(fstest.MapFS{"x/y": {}}, Options{}))
	course := fstest.MapFS{
		"01-a/lesson.md": lesson("a", "needs: [b]\n"),
		"02-b/lesson.md": lesson("b", "needs: [a, tcp-fone]\n"),
	}
	assertFaults(t, []string{
		`01-a/lesson.md:6: needs "b": it does not come before this lesson`,
		`02-b/lesson.md:6: needs "tcp-fone": there is no such lesson; name one by its id; did you mean tcp-phone?`,
	}, texts(Lint(course, Options{Known: map[string]bool{"tcp-phone": true}})))
	assert.Len(t, Lint(course, Options{Known: map[string]bool{"tcp-fone": true}}), 1, "what stands elsewhere may be needed")
}

// lineError is an error of a language, at a line.
type lineError struct{ line int }

func (e lineError) Error() string { return "bad" }
func (e lineError) Line() int     { return e.line }

func TestLintAsksAboutCodeAndFacts(t *testing.T) {
	body := block("python run", "one", "two") + block("python task", "a()  # a", "b()  # b") + block("text hint", "two") +
		block("python solution", "s") + block("yaml predict", "ask: x", "choices:", "- {text: a, when: b()}", "- {text: b, when: otherwise}", "explain: z") +
		block("python run", "r")
	fsys := fstest.MapFS{"01-a/lesson.md": {Data: []byte(head + good + body)}}
	got := Lint(fsys, Options{
		CheckFact: func(expr string) error {
			if expr == "b()" {
				return errors.New("unknown fact b")
			}
			return nil
		},
		CheckCode: func(code string) error {
			if strings.Contains(code, "two") {
				return errors.Join(lineError{2}, lineError{1})
			}
			return nil
		},
	})
	assert.Equal(t, []string{
		"01-a/lesson.md:11: bad", "01-a/lesson.md:12: bad",
		"01-a/lesson.md:16: unknown fact b", "01-a/lesson.md:27: unknown fact b",
	}, texts(got))
}

func texts(list []Fault) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Error())
	}
	return out
}

func TestALessonIsFoundByItsTitle(t *testing.T) {
	titled := func(id, title string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Replace(text(id, ""), "title: "+strings.ToUpper(id), "title: "+title, 1))}
	}
	course, err := Load(fstest.MapFS{
		"01-a/lesson.md": titled("a", "Hang up first"), "01-a/lesson.zh.md": titled("a", "先挂断"),
		"02-b/lesson.md": titled("b", "C"), "03-c/lesson.md": titled("c", "Twice"), "04-d/lesson.md": titled("d", "twice"),
	})
	require.NoError(t, err)
	for name, want := range map[string]string{"hang up FIRST": "a", "先挂断": "a", "c": "c"} {
		l, err := course.Find(name, "en")
		if assert.NoError(t, err, name) {
			assert.Equal(t, want, l.ID, name)
		}
	}
	_, err = course.Find("Twice", "en")
	assert.EqualError(t, err, `"twice" may be any of c, d`)
	_, err = course.Find("Hang up", "en")
	assert.EqualError(t, err, `there is no lesson "hang up"`)
}

func TestLintAsksAboutServersButNotInMistakes(t *testing.T) {
	lint := func(more string) []string {
		body := block("python lab", `serve("x")`) + block("python task", "a()  # a") + block("text hint", `serve("x")`) +
			block("python solution", "s", `serve("x")`) + block("python wrong", "# fails: 1", `serve("x")`) + more
		return texts(Lint(fstest.MapFS{"01-a/lesson.md": {Data: []byte(head + good + body)}}, Options{
			CheckServers: func(code string) error {
				if i := strings.Index(code, `serve("x")`); i >= 0 {
					return lineError{1 + strings.Count(code[:i], "\n")}
				}
				return nil
			},
		}))
	}
	want := []string{"01-a/lesson.md:11: bad", "01-a/lesson.md:21: bad"}
	assert.Equal(t, want, lint(""))
	assert.Equal(t, want, lint(block("python run", "x = f(serve=1)", "# def serve")))
	for _, own := range []string{"def serve(c):\n    c.recv(1)", "serve = 1", "from mine import serve"} {
		assert.Empty(t, lint(block("python run", own)), own)
	}
}
