package view

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

func TestHeadingsNestBelowOthers(t *testing.T) {
	cases := map[string]string{
		"no heading":                        "no heading",
		"# a\n\n### b\n\n# c":               "### a\n\n#### b\n\n### c",
		"#### a ##\nb":                      "### a ##\nb",
		"a\nb\n===\nc\n---\nd":              "### a b\n#### c\nd",
		"> ## a\n> b":                       "> ### a\n> b",
		"```\n# a\n```":                     "```\n# a\n```",
		"# a\n## b\n### c\n#### d\n##### e": "### a\n#### b\n##### c\n###### d\n###### e",
		"\n\n# a\n\n":                       "### a",
	}
	for src, want := range cases {
		assert.Equal(t, want, Nested(src, 3), src)
	}
}

func FuzzNestedHeadings(f *testing.F) {
	for _, s := range []string{"# a", "a\n=", "> # a\n> b\n> ===\n", "- a\n  -\n  # b\n", "\ta\n#\tb #\n", "###### a\n# b", "#\n\n[a]: b\n===\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if strings.ContainsFunc(src, func(c rune) bool { return c != '\n' && harmful(c) && c != '\t' }) {
			t.Skip("lessons have no control characters")
		}
		out := []byte(Nested(src, 3))
		doc := markdown.Parser().Parse(text.NewReader(out))
		for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
			if h, ok := n.(*ast.Heading); ok && h.Lines().Len() > 0 && h.Level < 3 {
				t.Errorf("%q became %q", src, out)
			}
		}
	})
}
