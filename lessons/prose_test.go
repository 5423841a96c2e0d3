package lessons

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
)

// english is a lesson with words of every kind.
var english = head + "Hello to everybody.\n\n## One {#one}\n\nType these words:\n\n```sh\nnc here\n```\n\n" +
	block("python run", "x()  # a comment") +
	block("python task", "a()  # you did it") + block("text hint", "try it twice") + block("python solution", "a()") +
	block("yaml quiz", "ask: Why?", "choices:", "- {text: a, right: true}", "- {text: b, say: not that one}", "explain: z") +
	"<!-- notes: Ask the room. -->\n"

func translatedFaults(name, text string) []string {
	return texts(Lint(fstest.MapFS{"01-a/lesson.md": {Data: []byte(english)}, "01-a/" + name: {Data: []byte(text)}}, Options{}))
}

func TestATranslationIsNotTheOriginalUnchanged(t *testing.T) {
	want := []string{"01-a/lesson.zh.md:1: the text is the original's, word for word: translate it, or remove the file; without it the original is read"}
	assert.Equal(t, want, translatedFaults("lesson.zh.md", english), "byte for byte")
	for old, with := range map[string]string{
		"title: A lesson": "title: 一课", "## One {": "## 一 {", "# a comment": "# 说明", "Hello": "\nHello", "ask: Why?": "ask: 'Why?'",
	} {
		assert.Equal(t, want, translatedFaults("lesson.zh.md", strings.Replace(english, old, with, 1)), with)
	}
	for old, with := range map[string]string{
		"Hello to everybody.": "大家好。", "Type these words:": "输入：", "you did it": "做到了", "try it twice": "试两次",
		"not that one": "不是这个", "Ask the room.": "问问大家。", "Why?": "为什么？",
	} {
		assert.Empty(t, translatedFaults("lesson.zh.md", strings.Replace(english, old, with, 1)), with)
	}
	assert.Empty(t, translatedFaults("lesson.en-GB.md", english), "an English of its own")
}

// What has nothing to translate is no fault: the same code is the same code.
func TestCodeAloneNeedsNoTranslation(t *testing.T) {
	text := head + "## One {#one}\n\n`nc here now`\n\n```sh\nsome words here\n```\n\n" + block("python run", "x()")
	fsys := fstest.MapFS{"01-a/lesson.md": {Data: []byte(text)}, "01-a/lesson.zh.md": {Data: []byte(text)}}
	assert.Empty(t, texts(Lint(fsys, Options{})))
}

// A translation that is none is left out, and the English is read.
func TestAnUnchangedTranslationIsLeftOut(t *testing.T) {
	dir := shelf(t, map[string]string{"03-x/lesson.md": english, "03-x/lesson.zh.md": english})
	c := Merge(small(t), own(t, dir, Options{}))
	assert.Equal(t, "en", c.In("a-lesson", "zh").Lang)
}
