package runner

import (
	"context"
	"fmt"
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

// typed is a console at which somebody types, as far as the session knows.
type typed struct{ console.Console }

func (typed) Interactive() bool { return true }

// ownLesson is the text of a small lesson of one's own.
func ownLesson(id, lab, more string) string {
	return fmt.Sprintf("---\nformat: 1\nid: %s\ntitle: The %s\nminutes: 5\n---\nHello.\n\n## One {#one}\n\nText one.\n\n"+
		"```python lab\n%s\n```\n%s\n", id, id, lab, more)
}

// ownCourse puts lessons of one's own beside the others.
func ownCourse(t *testing.T, texts map[string]string) (dir string, c *lessons.Course) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range texts {
		file := filepath.Join(dir, name, "lesson.md")
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	f, err := lessons.OpenFolder(dir)
	require.NoError(t, err)
	own, err := f.Own(LintOptions())
	require.NoError(t, err)
	require.Empty(t, own.Faults())
	return dir, lessons.Merge(lessons.Open(lessons.Embedded()), own)
}

// onCourse is a session with a course; somebody types the script if asked.
func onCourse(t *testing.T, c *lessons.Course, person bool, script string) (*Session, *output) {
	t.Helper()
	out := &output{}
	con := console.NewPlain(strings.NewReader(script), out)
	if person {
		con = typed{con}
	}
	s := NewSession(Config{Console: con, View: view.New(con.Out(), view.Options{}), Course: c, Timeout: netlabtest.Patience})
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		require.NoError(t, con.Close())
	})
	return s, out
}

func openAt(t *testing.T, s *Session, id string) {
	t.Helper()
	l, err := s.FindLesson(id)
	require.NoError(t, err)
	require.NoError(t, s.OpenLesson(context.Background(), l, "one"))
}

const asks = "This lesson comes from elsewhere"

func TestALessonFromElsewhereAsksForItself(t *testing.T) {
	const file = "precious"
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	_, c := ownCourse(t, map[string]string{
		"20-first":  ownLesson("first", "import subprocess\nprint(subprocess.run(['echo', 'ran'], stdout=subprocess.PIPE).stdout)", ""),
		"21-second": ownLesson("second", fmt.Sprintf("import os\nos.unlink(%q)", file), ""),
	})
	s, out := onCourse(t, c, true, "yes\nno\nyes\n")

	openAt(t, s, "first")
	text := out.take()
	assert.Equal(t, 1, strings.Count(text, asks), text)
	assert.Contains(t, text, "b'ran\\n'")
	assert.Contains(t, strings.Join(strings.Fields(text), " "), "It begins with: run(['echo', 'ran'], stdout=-1)")
	exec(t, s, "reset", "subprocess.run(['true'])")
	assert.NotContains(t, out.take(), asks, "it is asked once")

	openAt(t, s, "second")
	text = strings.Join(strings.Fields(out.take()), " ")
	assert.Contains(t, text, asks, "a yes to one lesson is none to another")
	assert.Contains(t, text, "PermissionError: a lesson from elsewhere may not start programs or touch files unless you allow it")
	assert.FileExists(t, file)
	exec(t, s, "reset", fmt.Sprintf("import os\nos.unlink(%q)", file), "popen rm "+file)
	text = out.take()
	assert.NotContains(t, text, asks, "a no is kept as well")
	assert.Equal(t, 3, strings.Count(text, "PermissionError: a lesson"), text)
	assert.FileExists(t, file)

	require.NoError(t, s.Exec(context.Background(), "lesson osi-intro"))
	out.take()
	exec(t, s, "subprocess.run(['true'])")
	assert.NotContains(t, out.take(), "PermissionError", "what comes with the program is not asked")
}

func TestALessonFromElsewhereNeverLeavesLoopback(t *testing.T) {
	_, c := ownCourse(t, map[string]string{"20-first": ownLesson("first", "import subprocess\nsubprocess.run(['true'])", "")})
	s, out := onCourse(t, c, true, "yes\n")
	openAt(t, s, "first")
	out.take()
	dir := t.TempDir()
	for _, code := range []string{
		`socket.socket().connect(("192.0.2.1", 9))`,
		`socket.socket().connect_ex(("192.0.2.1", 9))`,
		`socket.socket().bind(("0.0.0.0", 0))`,
		`socket.socket().bind(("", 0))`,
		`socket.socket().listen(1)`,
		`socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 9))`,
		`socket.create_connection(("192.0.2.1", 9))`,
		`serve("tcp-upper", host="0.0.0.0")`,
		`socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).connect("/run/docker.sock")`,
		`connect 192.0.2.1:9`,
	} {
		exec(t, s, code)
		assert.Contains(t, strings.Join(strings.Fields(out.take()), " "), "lesson from elsewhere", code)
	}
	exec(t, s, `home = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)`, fmt.Sprintf(`home.bind(%q)`, filepath.Join(dir, "s")))
	assert.NotContains(t, out.take(), "Error", "its own names it may use")
	exec(t, s, "lesson 1", "use nobody")
	out.take()
	exec(t, s, `socket.socket().bind(("0.0.0.0", 0))`)
	assert.NotContains(t, out.take(), "Error", "what comes with the program may")
}

// Code that walks to another lesson takes neither its lab nor that lesson's
// rights along.
func TestCodeThatLeavesItsLessonRunsNoFurther(t *testing.T) {
	const file = "precious"
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	escape := "import os\nlesson osi-intro\npopen rm " + file + "\nos.unlink(" + fmt.Sprintf("%q", file) + ")"
	_, c := ownCourse(t, map[string]string{
		"20-first": ownLesson("first", escape, ""),
		"21-second": ownLesson("second", "x = 1", "\n```python task\ncalled(\"bind\")   # you bound\n```\n\n```text hint\nbind\n```\n\n"+
			"```python solution\n"+escape+"\n```\n"),
	})
	s, out := onCourse(t, c, false, "")
	openAt(t, s, "first")
	assert.FileExists(t, file)
	assert.Contains(t, out.take(), "lesson is for whoever reads the lesson")
	assert.Equal(t, "first", s.walk.lesson.ID)
	openAt(t, s, "second")
	exec(t, s, "solution", "")
	assert.FileExists(t, file, out.take())

	for _, line := range []string{"lang zh", "quit"} {
		_, c := ownCourse(t, map[string]string{"20-first": ownLesson("first", line, "")})
		s, out := onCourse(t, c, false, "")
		openAt(t, s, "first")
		assert.Contains(t, out.take(), "is for whoever reads the lesson")
		assert.Equal(t, words.English, s.lang())
	}
}

// A lab block that goes round for ever is ended by Ctrl-C, long before its time.
func TestCtrlCEndsTheLabOfAStep(t *testing.T) {
	_, c := ownCourse(t, map[string]string{"20-first": ownLesson("first", "print('round')\nwhile True: pass", "")})
	s, out := onCourse(t, c, false, "")
	l, err := s.FindLesson("first")
	require.NoError(t, err)
	s.con = pressing{s.con}
	begun := time.Now()
	require.NoError(t, s.OpenLesson(t.Context(), l, "one"))
	assert.Less(t, time.Since(begun), prepareTime)
	assert.Contains(t, strings.Join(strings.Fields(out.take()), " "), "KeyboardInterrupt Warning the lab of this step could not be prepared")
}

// pressing is a console at which Ctrl-C is pressed as soon as it ends something.
type pressing struct{ console.Console }

func (pressing) WithInterrupt(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	cancel(console.ErrInterrupted)
	return ctx, func() { cancel(context.Canceled) }
}

// What was not to happen and has happened cannot be undone: the learner is told
// at once, and again by check, how to begin anew.
func TestAFactThatIsBrokenForGoodSaysReset(t *testing.T) {
	_, c := ownCourse(t, map[string]string{"20-first": ownLesson("first", "x = 1",
		"\n```python task\ncalled(\"bind\")   # you bound\nnot called(\"getsockname\")   # and did not ask\n```\n\n```text hint\nbind\n```\n\n"+
			"```python solution\nsocket.socket().bind((\"127.0.0.1\", 0))\n```\n")})
	s, out := onCourse(t, c, false, "")
	openAt(t, s, "first")
	exec(t, s, "phone = socket.socket()", "phone.getsockname()")
	assert.Equal(t, 1, strings.Count(out.take(), "No longer so: and did not ask. `reset` begins the step anew."))
	exec(t, s, "phone.close()", "check")
	text := out.take()
	assert.NotContains(t, text, "No longer so")
	assert.Contains(t, strings.Join(strings.Fields(text), " "), "what has happened stays so: `reset` begins the step anew")
	exec(t, s, "reset", "socket.socket().bind(('127.0.0.1', 0))")
	assert.Contains(t, out.take(), "Task passed")
}
