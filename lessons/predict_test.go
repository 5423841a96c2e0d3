package lessons

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Parts of a step, by letter; each is a block of some lines.
var stepParts = map[rune]string{
	'p': block("yaml predict", "ask: x", "choices:", "- {text: a, when: f(), then: so}", "- {text: b, when: otherwise}", "explain: z"),
	'b': block("yaml predict", "ask: x", "choices: [{text: yes, when: f()}, {text: no, when: not f()}]", "explain: z"),
	'q': block("yaml quiz", "ask: x", "answer: y", "explain: z"),
	'r': block("python run", "r()"),
	'l': block("python lab", "x = 1"),
	't': block("python task", "a()  # a"),
	's': block("python solution", "a()") + block("text hint", "h"),
	'.': "\n<!-- pause -->\n\nMore.\n\n",
	'n': "<!-- notes: say it -->\n",
}

func stepOf(letters string) string {
	var b strings.Builder
	b.WriteString(head + good)
	for _, c := range letters {
		b.WriteString(stepParts[c])
	}
	return b.String()
}

func TestAPredictionHasSomethingThatDecidesIt(t *testing.T) {
	for _, fine := range []string{
		"pr", "ppppr", "bpr", "p.r", "plr", "pnqr", "prpr", "pr.pr", "prts", "rpr", "tspr", // the next run
		"pts", "ppts", "p.qts", "psqt", // the task of a step that shows nothing
	} {
		assert.Empty(t, faultsOf(stepOf(fine)), fine)
	}
	const (
		none  = `nothing decides this prediction: write a "python run" block below it, or make it a "yaml quiz"`
		above = `nothing decides this prediction: move it above the task, or write a "python run" block below it`
		below = `the task comes before the run block that decides this prediction: move the prediction below the task`
	)
	for letters, want := range map[string]string{
		"p": none, "pp": none, "pq": none, "pl": none, "rp": none, "r.p": none, "rpts": none, "rtsp": none,
		"tsp": above, "ptsr": below,
	} {
		found := faultsOf(stepOf(letters))
		if assert.NotEmpty(t, found, letters) {
			line := 1 + strings.Count(stepOf(letters)[:strings.Index(stepOf(letters), "```yaml predict\n")], "\n") + 1
			assert.Contains(t, found[0], want, letters)
			assert.Contains(t, found[0], "l.md:"+strconv.Itoa(line)+": ", letters)
			assert.Len(t, found, strings.Count(letters, "p"), letters)
		}
	}
}

// A run of another step decides nothing.
func TestAPredictionIsDecidedInItsOwnStep(t *testing.T) {
	found := faultsOf(stepOf("p") + "## Two {#two}\n\nText.\n" + stepParts['r'])
	assert.Len(t, found, 1)
}
