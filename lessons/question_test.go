package lessons

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ask reads one question; the first line of its YAML is line 11.
func ask(t *testing.T, role string, yaml ...string) (*Question, []string) {
	t.Helper()
	src := head + good + block("yaml "+role, yaml...) + block("python run", "r()")
	l, _ := Parse("l.md", []byte(src))
	require.Len(t, l.Steps[0].Questions(), 1)
	return l.Steps[0].Questions()[0], faultsOf(src)
}

func TestFaultsOfQuestions(t *testing.T) {
	for name, c := range map[string]struct {
		role string
		yaml []string
		want []string
	}{
		"fine quiz":    {"quiz", []string{"ask: x", "choices:", "- text: a", "  right: true", "- text: b", "explain: z"}, nil},
		"fine predict": {"predict", []string{"ask: x", "choices:", "- {text: a, when: f()}", "- {text: b, when: otherwise}", "explain: z"}, nil},
		"fine answer":  {"quiz", []string{"ask: x", "answer: y", "explain: z"}, nil},
		"bare":         {"quiz", []string{"ask: x"}, []string{`l.md:11: a quiz block has no "explain"`, `l.md:11: a quiz block has no "choices" and no "answer"`}},
		"both": {"quiz", []string{"ask: x", "explain: z", "answer: a", "choices: [{text: a}, {text: b}]"}, []string{
			"l.md:11: a quiz block has choices or an answer, not both",
		}},
		"unknown keys": {"quiz", []string{"ask: x", "explain: z", "choices:", "- text: a", "  right: true", "- text: b", "  when: f()", "hint: h"}, []string{
			`l.md:17: unknown key "when" in a choice of a quiz block: it knows text, right, say`,
			`l.md:18: unknown key "hint" in a quiz block: it knows ask, choices, answer, wrong, explain`,
		}},
		"answer in predict": {"predict", []string{"ask: x", "explain: z", "answer: a"}, []string{
			`l.md:11: a predict block has no "choices"`,
			`l.md:13: unknown key "answer" in a predict block: it knows ask, choices, explain`,
		}},
		"none right":   {"quiz", []string{"ask: x", "explain: z", "choices:", "- text: a", "- text: b"}, []string{"l.md:14: no choice is right"}},
		"all right":    {"quiz", []string{"ask: x", "explain: z", "choices:", "- {text: a, right: true}", "- {text: b, right: true}"}, []string{"l.md:14: every choice is right"}},
		"one choice":   {"quiz", []string{"ask: x", "explain: z", "choices:", "- {text: a, right: true}"}, []string{"l.md:14: a question has 2 to 26 choices, not 1", "l.md:14: every choice is right"}},
		"right is yes": {"quiz", []string{"ask: x", "explain: z", "choices:", "- {text: a, right: yes}", "- {text: b, right: true}"}, []string{`l.md:14: right is true or false, not "yes"`}},
		"same choices": {"quiz", []string{"ask: x", "explain: z", "choices:", "- {text: A, right: true}", "- {text: a}"}, []string{`l.md:15: the choice "a" stands twice`}},
		"no when":      {"predict", []string{"ask: x", "explain: z", "choices:", "- {text: a, when: otherwise}", "- {text: b}"}, []string{"l.md:14: \"when: otherwise\" stands at the last choice", `l.md:15: a choice of a predict block has no "when"`}},
		"no text":      {"quiz", []string{"ask: x", "explain: z", "choices:", "- right: true", "- text: b"}, []string{`l.md:14: a choice has no "text"`}},
		"empty answer": {"quiz", []string{"ask: x", "explain: z", "answer: []"}, []string{"l.md:13: an answer is empty"}},
		"null answer":  {"quiz", []string{"ask: x", "explain: z", "answer: ~"}, []string{"l.md:13: an answer is empty"}},
		"wrong and right": {"quiz", []string{"ask: x", "explain: z", "answer: [a, 0x10]", "wrong:", "  b: no", "  16: hm"}, []string{
			`l.md:16: "16" is wrong and right`,
		}},
		"wrong with choices": {"quiz", []string{"ask: x", "explain: z", "choices: [{text: a, right: true}, {text: b}]", "wrong: {b: no}"}, []string{
			`l.md:14: "wrong" goes with "answer"; a choice has its own "say"`,
		}},
		"bad scalar":  {"quiz", []string{"ask: x", "explain: a: b", "answer: y"}, []string{"l.md:12: yaml: mapping values are not allowed in this context"}},
		"open quote":  {"quiz", []string{"ask: x", "", "explain: 'a", "answer: y"}, []string{"l.md:13: yaml: found unexpected end of stream"}},
		"open brace":  {"quiz", []string{"ask: {x", "explain: a", "answer: y"}, []string{"l.md:11: yaml: did not find expected ',' or '}'"}},
		"a control":   {"quiz", []string{"ask: x", "explain: \x01"}, []string{`l.md:11: a quiz block has no "choices" and no "answer"`, "l.md:12: the line has a control character", "l.md:12: explain is empty"}},
		"no anchor":   {"quiz", []string{"ask: x", "explain: *x"}, []string{"l.md:12: yaml: unknown anchor 'x' referenced"}},
		"not YAML":    {"quiz", []string{"ask: x", "explain: [", "answer: y"}, []string{"l.md:12: yaml: did not find expected ',' or ']'"}},
		"not a map":   {"quiz", []string{"hello"}, []string{`l.md:11: a quiz block is a list of "key: value" lines`}},
		"two of them": {"quiz", []string{"ask: x", "answer: y", "explain: z", "---", "ask: x"}, []string{"l.md:11: yaml: there is more after the first document"}},
		"only remark": {"quiz", []string{"# later"}, []string{`l.md:11: a quiz block is a list of "key: value" lines`}},
		"an alias":    {"quiz", []string{"ask: &a x", "answer: *a", "explain: z"}, []string{"l.md:12: an answer is one text, not a list"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, found := ask(t, c.role, c.yaml...)
			assertFaults(t, c.want, found)
		})
	}
}

func TestJudgeComparesAsPeopleDo(t *testing.T) {
	for answer, cases := range map[string]struct{ right, wrong []string }{
		"[y, no]":        {[]string{"y", "Y", "no", " NO. "}, []string{"true", "false", "n", ""}},
		"0x1F90":         {[]string{"0x1f90", "8080", "８０８０", "8,080", "8_080", "0X1F90"}, []string{"1f90", "808", "-8080"}},
		"-1":             {[]string{"-1", "－1", "−1", "-0x1"}, []string{"1", "--1"}},
		"010":            {[]string{"10", "010"}, []string{"8"}},
		"three-way":      {[]string{"Three-Way", "ｔｈｒｅｅ－ｗａｙ"}, []string{"three way"}},
		`"b''"`:          {[]string{"b''", `b""`, "b’’", "`b''`"}, []string{"b"}},
		"全连接队列":          {[]string{"全连接队列", "全连接队列。"}, []string{"半连接队列"}},
		"Time   Wait":    {[]string{"time wait", "TIME　WAIT"}, []string{"timewait"}},
		"[ECONNREFUSED]": {[]string{"econnrefused"}, []string{"refused"}},
	} {
		t.Run(answer, func(t *testing.T) {
			q, found := ask(t, "quiz", "ask: x", "explain: z", "answer: "+answer)
			require.Empty(t, found)
			for _, a := range cases.right {
				right, _, known := q.Judge(a)
				assert.True(t, right && known, "%q is right", a)
			}
			for _, a := range cases.wrong {
				right, _, known := q.Judge(a)
				assert.False(t, right || known, "%q is not right", a)
			}
		})
	}
}

func TestAChoiceIsNamedInManyWays(t *testing.T) {
	q, found := ask(t, "quiz", "ask: x", "explain: z", "choices:",
		"- {text: 2 segments, say: too few}", "- {text: 3 segments, right: true, say: yes}", "- {text: 1, say: hm}")
	require.Empty(t, found)
	for _, a := range []string{"b", "B", "b)", "(b)", "2", "２", "ｂ", "3  SEGMENTS", "b、"} {
		right, reply, known := q.Judge(a)
		assert.True(t, right && known, a)
		assert.Equal(t, "yes", reply, a)
	}
	for a, want := range map[string]int{"a": 0, "2 segments": 0, "1": 2, "3": 2, "c": 2} {
		i, ok := q.Pick(a)
		require.True(t, ok, a)
		assert.Equal(t, want, i, "%q: a text that is a number goes before the number of a choice", a)
	}
	for _, a := range []string{"", "d", "4", "0", "-1", "bb", "segments"} {
		_, ok := q.Pick(a)
		assert.False(t, ok, a)
	}
}
