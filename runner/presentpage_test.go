package runner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestATextIsCutBetweenItsParagraphs(t *testing.T) {
	for text, want := range map[string][]string{
		"":                           nil,
		"one\ntwo\n\nthree":          {"one\ntwo", "three"},
		"a\n\n```\nx\n\ny\n```\n\nb": {"a", "```\nx\n\ny\n```", "b"},
		"- one\n\n  more\n- two":     {"- one\n\n  more\n- two"},
		"\n\nlast\n\n\n":             {"last"},
	} {
		assert.Equal(t, want, paragraphs(text), "%q", text)
	}
}
