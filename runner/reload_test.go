package runner

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

const twoSteps = "\n## Two {#two}\n\nText two.\n"

// A reader walks through a lesson while its author writes on it.
type reader struct {
	t    *testing.T
	s    *Session
	out  *output
	all  strings.Builder
	keys *io.PipeWriter
	file string
	done chan error
}

// reads begins a session in the second step of an own lesson that is watched.
func reads(t *testing.T, person bool, step string) *reader {
	t.Helper()
	dir, c := ownCourse(t, map[string]string{"20-first": ownLesson("first", "x = 1", twoSteps)})
	in, keys := io.Pipe()
	r := &reader{t: t, out: &output{}, keys: keys, file: filepath.Join(dir, "20-first/lesson.md"), done: make(chan error, 1)}
	con := console.NewPlain(in, r.out)
	if person {
		con = typed{con}
	}
	r.s = NewSession(Config{
		Console: con, View: view.New(con.Out(), view.Options{}), Course: c, Timeout: netlabtest.Patience,
		Watch: lessons.NewWatcher(LintOptions()),
	})
	l, err := r.s.FindLesson("first")
	require.NoError(t, err)
	require.NoError(t, r.s.OpenLesson(context.Background(), l, step))
	go func() { r.done <- r.s.Run(context.Background()) }()
	t.Cleanup(func() {
		_ = keys.Close()
		require.NoError(t, <-r.done)
		require.NoError(t, r.s.Close())
		require.NoError(t, con.Close())
	})
	return r
}

// sees waits until all of the texts were printed since the last call, in that order.
func (r *reader) sees(texts ...string) string {
	r.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), netlabtest.Patience)
	defer stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	seen := ""
	for found := false; !found; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			require.Fail(r.t, "never seen", "%q in\n%s", texts, seen)
		}
		r.all.WriteString(r.out.take())
		seen = strings.Join(strings.Fields(r.all.String()), " ")
		found = inOrder(seen, texts)
	}
	r.all.Reset()
	return seen
}

func inOrder(all string, texts []string) bool {
	for _, text := range texts {
		_, after, found := strings.Cut(all, text)
		if !found {
			return false
		}
		all = after
	}
	return true
}

func (r *reader) writes(text string) {
	r.t.Helper()
	require.NoError(r.t, os.WriteFile(r.file, []byte(text), 0o644))
}

func (r *reader) types(line string) {
	r.t.Helper()
	_, err := io.WriteString(r.keys, line+"\n")
	require.NoError(r.t, err)
}

func TestAnEditedLessonIsReadAnewWhereItStands(t *testing.T) {
	r := reads(t, true, "two")
	r.sees("step 2 of 2 · two", "Text two.")
	r.types("y = 2")

	r.writes(ownLesson("first", "x = 10", "\n## New {#new}\n\nText.\n"+strings.Replace(twoSteps, "Text two.", "Text two, edited.", 1)))
	r.sees("was read anew", "step 3 of 3 · two", "Text two, edited.")
	r.types("print('x is', x)")
	r.sees("is not defined") // x is of step 1; the lab is fresh
	r.types("back")
	r.sees("step 2 of 3 · new")
	r.types("goto two")
	r.sees("step 3 of 3 · two")

	r.writes(ownLesson("first", "x = = 1", twoSteps))
	text := r.sees(filepath.Base(filepath.Dir(r.file))+"/lesson.md:14: SyntaxError", "The lesson goes on as it was before these faults.")
	assert.NotContains(t, text, "Traceback")
	r.types("task")
	r.sees("This step has no task.")
	r.types("print(6 * 7)")
	r.sees("42")

	require.NoError(t, os.Remove(r.file))
	r.sees("is gone; the lesson goes on")
	r.writes(ownLesson("first", "x = 1", ""))
	r.sees("was read anew", "step 1 of 1 · one")

	r.writes(ownLesson("other", "x = 7", twoSteps))
	r.sees("was read anew", "step 1 of 2 · one")
	r.types("print('x is', x)")
	r.sees("x is 7")
	r.types("lesson first")
	r.sees("there is no lesson first")
}

func TestTheIntroductionIsShownAgain(t *testing.T) {
	r := reads(t, true, "")
	r.sees("Hello.", "begins step 1")
	r.writes(strings.Replace(ownLesson("first", "x = 1", twoSteps), "Hello.", "Good morning.", 1))
	r.sees("was read anew", "Good morning.", "begins step 1")
	r.types("")
	r.sees("step 1 of 2")
}

// Without a terminal the files are looked at before each line and when it has
// come.
func TestAScriptMeetsWhatWasWrittenBeforeItsLine(t *testing.T) {
	r := reads(t, false, "one")
	r.sees("Text one.")
	r.writes(ownLesson("first", "x = 100 + 11", twoSteps))
	r.types("print('x is', x)")
	r.sees("was read anew", "step 1 of 2", "x is 111")
	r.writes("")
	r.types("print('x is still', x)")
	assert.NotContains(t, r.sees("x is still 111"), "lesson.md")
}

func TestAFaultyTranslationKeepsWhoReadsIt(t *testing.T) {
	r := reads(t, false, "two")
	chinese := strings.Replace(r.file, ".md", ".zh.md", 1)
	good := strings.Replace(ownLesson("first", "x = 1", twoSteps), "Text two.", "第二步。", 1)
	require.NoError(t, os.WriteFile(chinese, []byte(good), 0o644))
	r.types("lang zh")
	r.sees("was read anew", "第二步。")
	require.NoError(t, os.WriteFile(chinese, []byte(strings.Replace(good, "x = 1", "x = 2", 1)), 0o644))
	r.types("print(1)")
	r.sees("lesson.zh.md:14: the code differs", words.Chinese.T("The lesson goes on as it was before these faults."))
	r.types("lang en")
	r.sees("Text two.")
}

// Without the flag nothing changes under the reader.
func TestNothingIsReadAnewUnlessAskedFor(t *testing.T) {
	dir, c := ownCourse(t, map[string]string{"20-first": ownLesson("first", "x = 1", twoSteps)})
	s, out := onCourse(t, c, false, "goto one\nprint('x is', x)\n")
	openAt(t, s, "first")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "20-first/lesson.md"), []byte(ownLesson("first", "x = 5", twoSteps)), 0o644))
	require.NoError(t, s.Run(context.Background()))
	assert.Contains(t, out.take(), "x is 1")
}
