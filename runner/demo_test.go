package runner

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
)

// Before a class what a step shows is run first, and its demo passes all the
// same, by Enter alone.
func TestTheDemoOfEveryStepPassesItsTask(t *testing.T) {
	course, err := embedded()
	require.NoError(t, err)
	for _, lesson := range course.List("en") {
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			out := &output{}
			con := console.NewPlain(strings.NewReader(""), out)
			s := NewSession(Config{
				Console: con, View: view.New(con.Out(), view.Options{}), Course: course, Timeout: netlabtest.Patience,
				Present: &Presenting{}, ShellAllowed: true,
			})
			s.moveAll = true
			defer func() {
				assert.NoError(t, s.Close())
				assert.NoError(t, con.Close())
			}()
			require.NoError(t, s.OpenLesson(ctx, lesson, "1"))
			for i, step := range lesson.Steps {
				text := presentWithDemo(ctx, t, s, i, out)
				if strings.Contains(text, "a program outside this lab") { // it has taken a port meanwhile
					text = presentWithDemo(ctx, t, s, i, out)
				}
				assert.Equal(t, step.Solution() != nil, s.walk.done, "step %s: %s", step.ID, text)
			}
		})
	}
}

// presentWithDemo shows a step by Enter alone up to its task, then its demo.
func presentWithDemo(ctx context.Context, t *testing.T, s *Session, step int, out *output) string {
	t.Helper()
	out.take()
	require.NoError(t, s.goTo(ctx, step))
	for s.walk.stop != stopTask && s.walk.stop != stopEnd {
		exec(t, s, "")
	}
	exec(t, s, "demo")
	for s.walk.demo.waits() {
		exec(t, s, "")
	}
	return out.take()
}
