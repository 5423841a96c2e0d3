package runner

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
)

// proofs verifies a lesson whose steps are given, in English and, if it differs, in
// Chinese. The first line of steps is line 7. ~~~ stands for a fence.
func proofs(t *testing.T, steps, chinese string) []Proof {
	t.Helper()
	file := func(text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\nformat: 1\nid: one\ntitle: One\nminutes: 1\n---\n" + strings.ReplaceAll(text, "~~~", "```"))}
	}
	fsys := fstest.MapFS{"01-one/lesson.md": file(steps)}
	if chinese != "" {
		fsys["01-one/lesson.zh.md"] = file(chinese)
	}
	c, err := lessons.Load(fsys)
	require.NoError(t, err)
	var list []Proof
	Verify(context.Background(), c.All("one"), false, func(p Proof) { list = append(list, p) })
	return list
}

// faultsIn are the faults as "line trial: text".
func faultsIn(list []Proof) []string {
	var out []string
	for _, p := range list {
		if !p.OK() {
			out = append(out, fmt.Sprintf("%d %s: %s", p.Line, p.Trial, p.Fault))
		}
	}
	return out
}

func notesIn(list []Proof) []string {
	var out []string
	for _, p := range list {
		for _, n := range p.Notes {
			out = append(out, fmt.Sprintf("%d %s", n.Line, n.Text))
		}
	}
	return out
}

const taskOnAccept = `
~~~python task
called("accept", by="server")   # the server picked up
~~~

~~~text hint
h
~~~

~~~python solution
connect echo
~~~

~~~python also
phone = socket.create_connection(echo.addr)
~~~

~~~python wrong
# fails: 1
socket phone
~~~
`

// A lab that fails is one fault of the step, at its line, however many trials
// and languages the step has.
func TestAFaultOfALabIsToldOnce(t *testing.T) {
	step := "## One {#one}\n\nText.\n\n~~~python lab\nx = 1\necho = serve(\"tcp-uper\")\n~~~\n" + taskOnAccept
	found := proofs(t, step+"\n~~~python run\nprint(1)\n~~~\n", step+"\n~~~python run\nprint(1)\n~~~\n")
	require.Len(t, found, 1)
	assert.Equal(t, "lab", found[0].Trial)
	assert.Equal(t, 13, found[0].Line)
	assert.Contains(t, found[0].Fault, `the lab block of this step fails: `)

	good := strings.NewReplacer("tcp-uper", "tcp-upper", "{#one}", "{#two}").Replace(step)
	all := proofs(t, step+good, "")
	assert.Len(t, faultsIn(all), 1)
	assert.Len(t, all, 5, "the other step is proved whole")
	assert.Empty(t, faultsIn(proofs(t, good, good)))
}

func TestATaskThatIsTrueFromTheStartIsNamedByItsLines(t *testing.T) {
	step := "## One {#one}\n\nText.\n\n~~~python lab\necho = serve(\"tcp-upper\", port=8099)\n~~~\n\n~~~python task\n" +
		"called(\"listen\", by=\"server\")   # it listens\nnot called(\"close\")   # nobody hung up\n~~~\n\n~~~text hint\nh\n~~~\n\n~~~python solution\nconnect echo\n~~~\n"
	found := proofs(t, step, "")
	assert.Equal(t, []string{"16 nothing: the task passes although nothing was done; true before anything was done: lines 16, 17"}, faultsIn(found))
	assert.Empty(t, notesIn(found))

	// Beside a fact that is to be done, one that holds already may be meant: a note.
	step = strings.Replace(step, "not called(", "called(\"accept\", port=8099)   # somebody came\nnot called(", 1)
	found = proofs(t, step, "")
	assert.Empty(t, faultsIn(found))
	assert.Equal(t, []string{`16 true before anything was done: called("listen", by="server"); good only if it is to go on holding`}, notesIn(found))
}

const predictions = `## One {#one}

Text.

~~~python lab
echo = serve("tcp-upper", port=8099)
phone = socket.socket()
~~~

~~~yaml predict
ask: Does it listen?
choices:
  - {text: it does, when: 'FIRST'}
  - {text: it does not, when: otherwise}
explain: z
~~~

~~~python run
phone.connect(("127.0.0.1", 8099))
~~~

~~~yaml predict
ask: Is it closed?
choices:
  - {text: it is, when: 'SECOND'}
  - {text: it is not, when: otherwise}
explain: z
~~~

~~~python run
phone.close()
~~~
`

func TestAPredictionIsHeldAgainstItsOwnRun(t *testing.T) {
	with := func(first, second string) []Proof {
		return proofs(t, strings.NewReplacer("FIRST", first, "SECOND", second).Replace(predictions), "")
	}
	const connected, closed = `called("connect")`, `called("close", by="lesson")`
	found := with(connected, closed)
	assert.Empty(t, faultsIn(found))
	assert.Empty(t, notesIn(found))

	found = with(`called("listen")`, closed)
	assert.Empty(t, faultsIn(found))
	assert.Equal(t, []string{`19 the choice "it does" is true before the run that is to decide it; good only if the run is to leave it so`}, notesIn(found))
	assert.Len(t, notesIn(with(connected, connected)), 1, "it is the run before that made it true")
	assert.Empty(t, notesIn(with(`not called("close")`, closed)), "not says that nothing is to happen")

	// The state after the first run decides the first, though the second ends it.
	const between = `called("connect") and not called("close", by="lesson")`
	assert.Empty(t, faultsIn(with(between, closed)))
	both := strings.Replace(predictions, "when: otherwise", "when: '"+between+"'", 1)
	found = proofs(t, strings.NewReplacer("FIRST", connected, "SECOND", closed).Replace(both), "")
	require.Len(t, faultsIn(found), 1, "two came true after the first run; after the second it would be one")
	assert.Contains(t, faultsIn(found)[0], "line 17: of the predictions 2 came true, not one: it does; it does not")
}

// What no run has decided yet waits for the next, as for a learner.
func TestAPredictionMayWaitForALaterRun(t *testing.T) {
	step := strings.NewReplacer("FIRST", `called("close", by="lesson")`, "when: otherwise", `when: 'called("shutdown")'`, "SECOND", `called("close")`).Replace(predictions)
	assert.Empty(t, faultsIn(proofs(t, step, "")))
}

// In a step that shows nothing the solution decides the predictions.
func TestASolutionDecidesPredictions(t *testing.T) {
	step := func(when string) string {
		return "## One {#one}\n\nText.\n\n~~~python lab\necho = serve(\"tcp-upper\", port=8099)\n~~~\n\n" +
			"~~~yaml predict\nask: x\nchoices:\n  - {text: a, when: '" + when + "'}\n  - {text: b, when: 'called(\"bind\", by=\"learner\")'}\nexplain: z\n~~~\n" + taskOnAccept
	}
	assert.Empty(t, faultsIn(proofs(t, step(`called("connect")`), "")))
	found := faultsIn(proofs(t, step(`called("shutdown")`), ""))
	require.Len(t, found, 1)
	assert.Contains(t, found[0], "solution: line 16: of the predictions 0 came true, not one")
}
