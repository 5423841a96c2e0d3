package lessons

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The original: the numbers of its lines are in its texts' order.
var original = head + good +
	block("python run", `print("you said", input("say: "))  # talk`, `phone.connect(("127.0.0.1", 8080))`) +
	block("python task", "a()  # you did a") + block("text hint", "try a") + block("python solution", "a()") +
	block("yaml quiz", "ask: x", "choices:", "- {text: a, right: true}", "- {text: b}", "explain: z") +
	block("yaml quiz", "ask: x", "answer: [one, 1]", "explain: z") +
	"## Two {#two}\n\ntext\n"

var translated = strings.NewReplacer(
	"# talk", "# 说话\n\n# 再说", "you said", "你说了", "say: ", "说：", "you did a", "你做了 a", "try a", "试试 a",
	"title: A lesson", "title: 一课", "[one, 1]", "[一, one, 1]",
).Replace(original)

func compared(t *testing.T, old, with string) []string {
	t.Helper()
	text := translated
	if old != "" {
		require.Equal(t, 1, strings.Count(text, old), "%q", old)
		text = strings.Replace(text, old, with, 1)
	}
	return texts(Lint(fstest.MapFS{
		"01-a/lesson.md":    {Data: []byte(original)},
		"01-a/lesson.zh.md": {Data: []byte(text)},
	}, Options{}))
}

func TestATranslationMaySayItInItsOwnWords(t *testing.T) {
	assert.Empty(t, compared(t, "", ""))
}

func TestATranslationKeepsToItsOriginal(t *testing.T) {
	const file = "01-a/lesson.zh.md"
	for name, c := range map[string]struct {
		old, with string
		want      []string
	}{
		"code":          {"8080", "8081", []string{file + `:11: the code differs from the original's (its line 11): "phone.connect((\"127.0.0.1\", 8081))", there "phone.connect((\"127.0.0.1\", 8080))"`}},
		"code missing":  {`phone.connect(("127.0.0.1", 8080))` + "\n", "", []string{file + `:11: the code differs from the original's (its line 11): "phone.connect((\"127.0.0.1\", 8080))" is missing`}},
		"minutes":       {"minutes: 5", "minutes: 6", []string{file + ":1: minutes is 6, the original's 5"}},
		"needs":         {"minutes: 5", "minutes: 5\nneeds: [b]", []string{file + ":1: needs is [b], the original's []", file + ":6: needs \"b\": there is no such lesson"}},
		"step renamed":  {"{#two}", "{#three}", []string{file + `:37: the step is "three", the original's "two"`}},
		"step missing":  {"## Two {#two}", "### Two", []string{file + `:1: the original's step "two" is missing`}},
		"step too many": {"## Two {#two}\n\ntext\n", "## Two {#two}\n\ntext\n\n## Three {#three}\n\ntext\n", []string{file + `:41: the original has no step "three"`}},
		"block missing": {block("python run", `print("你说了", input("说："))  # 说话`, "", "# 再说", `phone.connect(("127.0.0.1", 8080))`), "", []string{
			file + ":11: a task block stands where the original has a run block (its line 11)",
		}},
		"hint too many": {"## Two {#two}\n\ntext\n", "## Two {#two}\n\ntext\n" + block("python lab", "x"), []string{file + ":41: the original has no such lab block"}},
		"words missing": {"  # 你做了 a", "", []string{file + ":17: the fact has no comment that says it in words"}},
		"right moved": {"- {text: a, right: true}\n- {text: b}", "- {text: a}\n- {text: b, right: true}", []string{
			file + ":28: choice 1 is right in another case than the original's (its line 26)",
			file + ":29: choice 2 is right in another case than the original's (its line 27)",
		}},
		"choice missing": {"- {text: b}\n", "- {text: b}\n- {text: c}\n", []string{file + ":26: 3 choices, the original (its line 24) has 2"}},
		"answer missing": {"[一, one, 1]", "[一, 1]", []string{file + `:33: the original's answer "one" is not accepted`}},
	} {
		t.Run(name, func(t *testing.T) {
			assertFaults(t, c.want, compared(t, c.old, c.with))
		})
	}
}
