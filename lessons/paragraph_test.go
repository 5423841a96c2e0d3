package lessons

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// stars is a paragraph of lines, 20 KiB in all, that Markdown is slow to read.
var stars = strings.TrimSuffix(strings.Repeat(strings.Repeat("*a_", 1000)+"\n", 7), "\n")

// A text that would take a reader of Markdown long is refused, at its line, wherever
// it stands.
func TestAParagraphIsBounded(t *testing.T) {
	const long = "the paragraph is longer than 8 KiB: divide it by empty lines"
	for name, c := range map[string]struct {
		text string
		line int
		want string
	}{
		"prose":             {"One.\n\n" + stars + "\n\nTwo.", 13, long},
		"a fence in a list": {"- a\n  ```sh\n" + stars + "\n  ```", 12, long},
		"a quote":           {"> " + strings.ReplaceAll(stars, "\n", "\n> "), 11, long},
		"plain words":       {"```text\na\n```\n<!-- plain: " + stars + " -->", 14, long},
		"notes":             {"<!-- notes:\n" + stars + "\n-->", 12, long},
		"a hint":            {"```python task\na()  # a\n```\n```python solution\na\n```\n```text hint\nHm.\n\n" + stars + "\n```", 20, long},
		"a question":        {"```yaml quiz\nask: x\nanswer: y\nexplain: >-\n  " + strings.ReplaceAll(stars, "\n", "\n  ") + "\n```", 14, "explain is longer than 8 KiB: shorten it"},
		"words of a fact":   {"```python task\na(  # " + strings.ReplaceAll(stars, "\n", "\n  # ") + "\n)\n```\n```python solution\na\n```\n```text hint\nh\n```", 12, "the words of the fact are longer than 8 KiB: shorten them"},
		"a line":            {strings.ReplaceAll(stars, "\n", ""), 11, "the line is longer than 8 KiB: break it"},
		"quotes":            {strings.Repeat(">", 13) + " a", 11, "the line opens more than 12 quotes or lists in one another"},
		"lists":             {strings.Repeat("1. - > ", 5) + "a", 11, "the line opens more than 12 quotes or lists in one another"},
	} {
		t.Run(name, func(t *testing.T) {
			_, found := Parse("l.md", []byte(head+"## One {#one}\n\nText.\n\n"+c.text+"\n"))
			if assert.NotEmpty(t, found) {
				assert.Equal(t, c.line, found[0].Line)
				assert.True(t, strings.HasPrefix(found[0].Text, c.want), found[0].Text)
			}
		})
	}
}

func TestALongTextInShortParagraphsIsFine(t *testing.T) {
	paragraph := strings.Repeat("word ", 1600)
	for name, text := range map[string]string{
		"paragraphs": strings.Repeat(paragraph+"\n\n", 40),
		"a fence":    "```sh\n" + strings.Repeat("echo *a_ **b\n", 2000) + "```\n",
		"a rule":     strings.TrimSpace(strings.Repeat("- ", 20)) + "\n\n" + strings.TrimSpace(strings.Repeat("* ", 20)),
		"a list":     "- a\n  - b\n    1. c\n       > d\n",
	} {
		assert.Empty(t, faultsOf(head+"## One {#one}\n\nText.\n\n"+text), name)
	}
}
