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
		"```\na --> b\n```\n\n<!-- plain: in\n\nwords -->\n\nb": {"```\na --> b\n```\n\n<!-- plain: in\n\nwords -->", "b"},
		"````\n```\n\nx\n````\n\nb":                             {"````\n```\n\nx\n````", "b"},
		"```\n``` text\n\nx\n```":                               {"```\n``` text\n\nx\n```"},
		"- one\n\n\tmore":                                       {"- one\n\n\tmore"},
		"\n\nlast\n\n\n":                                        {"last"},
	} {
		assert.Equal(t, want, paragraphs(text), "%q", text)
	}
}
