package runner

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/notes"
	"github.com/socklab/socklab/runner/view"
)

const presented = `---
format: 1
id: shown
title: Shown
minutes: 10
needs: []
---
Hello, class.

<!-- notes: greet them -->

## First {#first}

One.

<!-- pause -->

Two.

~~~yaml predict
ask: Does the bind work?
choices:
  - text: yes it does
    when: called("bind", by="lesson")
  - text: no
    when: failed("bind", by="lesson")
explain: A free port can be bound.
~~~

~~~python run
a = socket.socket()
a.bind(("127.0.0.1", 8093))
~~~

Now listen.

~~~python task
called("listen", by="learner")      # it listens
~~~

~~~text hint
b.listen(1)
~~~

~~~python solution
b = socket.socket()
b.listen(1)
~~~

It listens indeed.

<!-- notes: say what a backlog is -->

## Second {#second}

Three.

~~~yaml quiz
ask: Which call comes next?
choices:
  - text: accept
    right: true
    say: It waits for a caller.
  - text: connect
explain: The listener accepts.
~~~

Four.
`

// presenting opens the lesson before a class; told has every status.
func presenting(t *testing.T, step string) (*Session, *output, *[]notes.Status) {
	t.Helper()
	text := strings.ReplaceAll(presented, "~~~", "```")
	course, err := lessons.Load(fstest.MapFS{"01-shown/lesson.md": {Data: []byte(text)}})
	require.NoError(t, err)
	out, told := &output{}, &[]notes.Status{}
	con := console.NewPlain(strings.NewReader(""), out)
	s := NewSession(Config{
		Console: con, View: view.New(con.Out(), view.Options{}), Course: course, Timeout: netlabtest.Patience,
		Present: &Presenting{Tell: func(st notes.Status) { *told = append(*told, st) }},
	})
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		require.NoError(t, con.Close())
	})
	lesson, err := course.Find("shown", "en")
	require.NoError(t, err)
	require.NoError(t, s.OpenLesson(context.Background(), lesson, step))
	return s, out, told
}

func TestEnterLeadsThroughAPresentation(t *testing.T) {
	s, out, _ := presenting(t, "")
	for _, enter := range []struct{ shows, hides string }{
		{"Enter (begins step 1)", "One."},
		{"One.", "Two."}, // a pause reveals bit by bit
		{"Does the bind work?", "A free port can be bound."},
		{"A free port can be bound.", "Now listen."}, // the room looks at the result
		{"Now listen.", "It listens indeed."},
		{"Enter (step 2 · Second)", "Three."}, // nothing is gated
		{"Enter (shows the answer)", "It waits for a caller."},
		{"a · accept", "End of lesson"},
		{"End of lesson 1", "passed"},
	} {
		got := out.take()
		assert.Contains(t, got, enter.shows)
		assert.NotContains(t, got, enter.hides)
		exec(t, s, "")
	}
	out.take()
	exec(t, s, "back")
	assert.Contains(t, out.take(), "step 2 of 2")
	exec(t, s, "back")
	assert.Contains(t, out.take(), "step 1 of 2")
}

func TestAPredictionStandsBesideWhatDecidesIt(t *testing.T) {
	s, out, _ := presenting(t, "first")
	exec(t, s, "")
	got := out.take()
	assert.Contains(t, got, "Does the bind work?")
	assert.Contains(t, got, "a.bind(")
	assert.Contains(t, got, "Enter (runs it)")
	exec(t, s, "")
	got = out.take()
	assert.Contains(t, got, "127.0.0.1:8093) = 0")
	assert.Contains(t, got, "It was a: yes it does.")
}

func TestTheRoomsAnswerIsTaken(t *testing.T) {
	s, out, _ := presenting(t, "first")
	exec(t, s, "", "b")
	assert.Contains(t, out.take(), "You say b.")
	exec(t, s, "")
	assert.Contains(t, out.take(), "You had said: no. It was: yes it does.")
}

func TestADemoTypesTheSolutionOnTheRealLab(t *testing.T) {
	s, out, _ := presenting(t, "first")
	out.take()
	exec(t, s, "demo")
	got := out.take()
	assert.Contains(t, got, "Now listen.", "what stands before it is shown")
	assert.Contains(t, got, "Enter (types line 1 of 2)")
	assert.NotContains(t, got, "fresh lab", "nothing was done on this one")

	exec(t, s, "")
	assert.Contains(t, out.take(), "lesson 1> b = socket.socket()")
	exec(t, s, `b.bind(("127.0.0.1", 0))`, "sockets") // leave the script, look, go on
	assert.Contains(t, out.take(), ") = 0")
	exec(t, s, "")
	got = out.take()
	assert.Contains(t, got, "lesson 1> b.listen(1)")
	assert.Contains(t, got, "Task passed.", "the task looks at the real lab")
	assert.Equal(t, 1, strings.Count(got, "Next"), "what to type is said once")
	assert.NotContains(t, got, "It listens indeed.", "the room looks at the result first")
	exec(t, s, "")
	assert.Contains(t, out.take(), "It listens indeed.")
}

func TestADemoDoesNotMeetWhatWasShown(t *testing.T) {
	s, out, _ := presenting(t, "first")
	exec(t, s, "", "", "", "demo")
	got := out.take()
	assert.Contains(t, got, "A fresh lab")
	assert.Contains(t, got, "Enter (types line 1 of 2)")
	exec(t, s, "sockets")
	assert.NotContains(t, out.take(), "8093", "the socket of the run is gone")
	exec(t, s, "demo stop")
	assert.Contains(t, out.take(), "Next   demo")
	exec(t, s, "demo now", "demo speed fast", "demo speed -1", "demo speed NaN")
	assert.Equal(t, 4, strings.Count(out.take(), "demo is used like this"))
	exec(t, s, "demo speed 0")
	assert.Zero(t, s.perChar())
}

func TestADemoGoesOnInAnotherLanguage(t *testing.T) {
	s, out, _ := presenting(t, "first")
	exec(t, s, "demo", "", "lang zh")
	out.take()
	exec(t, s, "")
	assert.Contains(t, out.take(), "b.listen(1)")
	assert.True(t, s.walk.done)
}

func TestWhereAPresentationStandsIsTold(t *testing.T) {
	s, _, told := presenting(t, "")
	last := func() notes.Status { return (*told)[len(*told)-1] }
	assert.Equal(t, []string{"greet them"}, last().Notes)
	assert.Equal(t, "First", last().Next)
	assert.Zero(t, last().Step)

	exec(t, s, "")
	assert.Equal(t, "first", last().StepID)
	assert.Equal(t, []string{"say what a backlog is"}, last().Notes)
	assert.Equal(t, "b = socket.socket()\nb.listen(1)", strings.TrimSpace(last().Solution))
	assert.Equal(t, []bool{false}, last().Held)
	assert.Equal(t, "Second", last().Next)
	assert.Equal(t, -1, last().Demo)

	exec(t, s, "demo", "")
	assert.Equal(t, 1, last().Demo)
	exec(t, s, "")
	assert.Equal(t, []bool{true}, last().Held)

	exec(t, s, "goto 2")
	assert.Equal(t, []string{"Which call comes next?\n\n- **a · accept**\n- The listener accepts."}, last().Answers)
	exec(t, s, "next", "next")
	assert.True(t, last().Ended)
}

func TestTheClockOfAPresentation(t *testing.T) {
	at := time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC)
	now = func() time.Time { return at }
	t.Cleanup(func() { now = time.Now })
	s, out, told := presenting(t, "")
	at = at.Add(4*time.Minute + 10*time.Second)
	exec(t, s, "")
	assert.Contains(t, out.take(), "step 1 of 2 · first · 4:10 of 10 min")
	exec(t, s, "clock 7:30")
	assert.Contains(t, out.take(), "7:30")
	assert.Equal(t, at.Add(-7*time.Minute-30*time.Second), (*told)[len(*told)-1].Began)
	exec(t, s, "clock soon", "clock 1:75", "clock 3 4")
	assert.Equal(t, 3, strings.Count(out.take(), "clock is used like this"))
}

func TestALearnersDemoCountsAsSeen(t *testing.T) {
	s, out := guessing(t)
	exec(t, s, "next", "next", "", "demo", "", "")
	got := out.take()
	assert.Contains(t, got, "lesson 1> a.listen(1)")
	assert.Contains(t, got, "with the solution's help")
}

// What another program does may pass the task while the instructor stands at the
// prompt, and the watcher then goes on with the text.
func TestATaskPassedFromElsewhere(t *testing.T) {
	s, out, _ := presenting(t, "first")
	exec(t, s, "", "", "")
	require.Equal(t, stopTask, s.walk.stop)
	out.take()
	program := code.Source{Text: "z = socket.socket()\nz.listen(1)\n"}
	require.NoError(t, s.bench.interp.Run(context.Background(), program))
	s.out.Together(func() {
		s.report()
		s.checkQuietly()
	})
	assert.Contains(t, out.take(), "Task passed.")
}

func TestADemoOfWhatIsShownCanBeLeft(t *testing.T) {
	s, out := guessing(t)
	s.walk.step.Parts = s.walk.step.Parts[:4] // without its task
	s.walk.facts = nil
	exec(t, s, "a", "b", "demo", "")
	out.take()
	exec(t, s, "demo stop")
	assert.Contains(t, out.take(), "Enter (runs it)")
	exec(t, s, "demo", "next", "")
	assert.NotContains(t, out.take(), "a.bind(", "it is not typed any more")
}
