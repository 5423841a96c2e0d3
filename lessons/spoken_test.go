package lessons

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDrawingsAreSaidInWords(t *testing.T) {
	const head = "---\nformat: 1\nid: a\ntitle: A\nminutes: 5\nneeds: []\n---\nText.\n\n## One {#one}\n\nText.\n\n"
	const missing = "l.md:14: not everybody can see this: say it in words below the fence: <!-- plain: … -->"
	const elsewhere = "l.md:14: plain words stand right behind the fence that they say: move them there"
	cases := map[string]struct {
		src  string
		want []string
	}{
		"said":            {"```text\na ──▶ b\n```\n<!-- plain: From a\nto b. -->\n\nMore.\n", nil},
		"a line between":  {"```\na ──▶ b\n```\n\n<!-- plain: From a to b. -->\n", nil},
		"with code":       {"```text\na  b\n```\n<!-- plain: a is\n\n```python\nb\n```\n-->\n", nil},
		"code needs none": {"```python\nx = 1 # a\n```\n", nil},
		"text":            {"```text\na  b\n```\n\nMore.\n", []string{missing}},
		"drawn as code":   {"```python\n# a → b\n```\n<!-- other -->\n", []string{missing}},
		"at the end":      {"```text\na  b\n```\n", []string{missing}},
		"not behind it":   {"<!-- plain: From a to b. -->\n", []string{elsewhere}},
		"never closed":    {"```text\na\n```\n<!-- plain: x\n", []string{"l.md:17: the comment is never closed: write --> at its end"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			l, found := Parse("l.md", []byte(head+c.src))
			var got []string
			for _, f := range found {
				got = append(got, f.Error())
			}
			assert.Equal(t, c.want, got)
			require.Len(t, l.Steps, 1)
		})
	}
	l, _ := Parse("l.md", []byte(head+cases["said"].src))
	require.Len(t, l.Steps[0].Parts, 1)
	assert.Equal(t, "Text.\n\n```text\na ──▶ b\n```\n<!-- plain: From a\nto b. -->\n\nMore.", l.Steps[0].Parts[0].(*Text).Markdown)
}
