package runner

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
)

const twoPredictions = `---
format: 1
id: guess
title: Guess
minutes: 1
needs: []
---
Hello.

## First {#first}

Text.

~~~yaml predict
ask: Does the first bind work?
choices:
  - text: yes it does
    when: called("bind", by="lesson")
    then: Measured, the bind worked.
  - text: no
    when: failed("bind", by="lesson")
    then: Measured, the bind failed.
explain: A free port can be bound.
~~~

~~~yaml predict
ask: What is its state then?
choices:
  - text: LISTEN
    when: kernel("LISTEN", by="lesson")
  - text: CLOSE
    when: kernel("CLOSE", by="lesson")
    then: Measured, CLOSE.
explain: It does not listen.
~~~

~~~python run
a = socket.socket()
a.bind(("127.0.0.1", 8080))
~~~

~~~python task
called("listen", by="learner")      # it listens
kernel("LISTEN", by="learner")      # says the kernel
~~~

~~~text hint
a.listen(1)
~~~

~~~python solution
a = socket.socket()
a.listen(1)
~~~
`

func guessing(t *testing.T) (*Session, *output) {
	t.Helper()
	text := strings.ReplaceAll(twoPredictions, "~~~", "```")
	files := fstest.MapFS{"01-guess/lesson.md": {Data: []byte(text)}}
	course, err := lessons.Load(files)
	require.NoError(t, err)
	out := &output{}
	con := console.NewPlain(strings.NewReader(""), out)
	s := NewSession(Config{
		Console: con, View: view.New(con.Out(), view.Options{}), Course: course, Timeout: netlabtest.Patience,
	})
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		require.NoError(t, con.Close())
	})
	lesson, err := course.Find("guess", "en")
	require.NoError(t, err)
	require.NoError(t, s.OpenLesson(context.Background(), lesson, ""))
	return s, out
}

func TestSeveralPredictionsForOneRun(t *testing.T) {
	s, out := guessing(t)
	exec(t, s, "b", "b", "")
	got := out.take()
	assert.Contains(t, got, "Prediction 1: You had said: no. It was: yes it does.")
	assert.Contains(t, got, "Measured, the bind worked.")
	assert.NotContains(t, got, "Measured, the bind failed.")
	assert.Contains(t, got, "A free port can be bound.")
	assert.Contains(t, got, "Prediction 2: You had said so.")
	assert.Contains(t, got, "Measured, CLOSE.")
}

func TestWhatWasMeasuredIsToldWithoutAPrediction(t *testing.T) {
	s, out := guessing(t)
	exec(t, s, "next", "next", "")
	got := out.take()
	assert.Contains(t, got, "Prediction 1: it was: yes it does.")
	assert.Contains(t, got, "Measured, the bind worked.")
	assert.Contains(t, got, "Measured, CLOSE.")
	assert.NotContains(t, got, "A free port can be bound.", "nothing was said that needs an explanation")
}

func TestALessonWithoutTheKernelsViews(t *testing.T) {
	kernel.Use(kernel.NoObservers)
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
	s, out := guessing(t)
	exec(t, s, "b", "b", "")
	got := out.take()
	assert.Contains(t, got, "You had said: no. It was: yes it does.")
	assert.Contains(t, got, "This system does not show how it came out.")
	assert.NotContains(t, got, "Measured, CLOSE.")
	assert.Contains(t, got, "not visible here")
	assert.Contains(t, got, "cannot be checked here")
	exec(t, s, "a.listen(1)")
	assert.Contains(t, out.take(), "Task passed.")
}
