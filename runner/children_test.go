package runner

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
)

func TestCommandsForPrograms(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, `popen printf 'a"b\n'; exit 3`)
	assert.Contains(t, strings.Join(strings.Fields(out.take()), " "),
		`res = subprocess.Popen("printf 'a\"b\\n'; exit 3", shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)`)
	exec(t, s, "res.communicate")
	text := out.take()
	assert.Contains(t, text, "res.communicate()")
	assert.Contains(t, text, `(b'a"b\n', b'')`)
	exec(t, s, "wait")
	assert.Contains(t, out.take(), "res.wait()\n3")
	exec(t, s, "popen sleep 60", "kill", "res.wait")
	text = out.take()
	assert.Contains(t, text, "SIGKILL) = 0")
	assert.Contains(t, text, "killed by SIGKILL")
	assert.Contains(t, text, "-9")
	exec(t, s, "phone = socket.socket()", "phone.kill", "res.send hi", "popen", "kill now")
	text = out.take()
	assert.Contains(t, text, "phone is no program here")
	assert.Contains(t, text, "res is no socket here")
	assert.Contains(t, text, "popen is used like this:")
	assert.Contains(t, text, "kill is used like this:")
}

func TestProcessesAreShown(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "processes", "wait")
	text := out.take()
	assert.Contains(t, text, "No program was started.")
	assert.Contains(t, text, "no program was started yet")
	exec(t, s, "popen exit 3", "wait", "stuck = subprocess.Popen('cat', stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)")
	out.take()
	require.Eventually(t, func() bool {
		exec(t, s, "processes")
		return strings.Contains(out.take(), "sleeps in read")
	}, netlabtest.Patience, patience/100)
	exec(t, s, "processes")
	text = out.take()
	assert.Contains(t, text, "exit 3")
	assert.Contains(t, text, "res")
	assert.Contains(t, text, "stdin  ▕          ▏ 0 of ")
	exec(t, s, "processes --json")
	var found childObject
	require.NoError(t, json.Unmarshal([]byte(strings.SplitN(out.take(), "\n", 2)[0]), &found))
	assert.Equal(t, "ended", found.State)
	require.NotNil(t, found.Status)
	assert.Equal(t, 3, *found.Status)
}

func TestTraceOfPrograms(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "popen echo hi; exit 300", "res.stdout.read()", "res.wait()")
	out.take()
	exec(t, s, "trace")
	text := strings.Join(strings.Fields(out.take()), " ")
	assert.Contains(t, text, `execve("/bin/sh", ["/bin/sh", "-c", "echo hi; exit 300"], 0x... /* vars */) =`)
	assert.Contains(t, text, `, "hi\n", 65536) = 3`)
	assert.Contains(t, text, `, "", 65536) = 0`)
	assert.Contains(t, text, `[{WIFEXITED(s) && WEXITSTATUS(s) == 44}], 0, NULL) =`)
}

// What the note says when a program fills one pipe while the other is read.
func TestTheNoteNamesTheDeadlock(t *testing.T) {
	s, out := session(t, "")
	s.SetTimeout(patience + patience/2)
	exec(t, s, "popen head -c 10000000 /dev/zero >&2", "res.stdout.read()")
	text := strings.Join(strings.Fields(out.take()), " ")
	assert.Regexp(t, `res.stdout.read\(\) is waiting; .*\(pid \d+\) sleeps in write on its stderr, which is full \((\d+) of \d+ bytes\)`, text)
	exec(t, s, "processes")
	assert.Contains(t, out.take(), "bytes: full; the child sleeps in write")
}

func TestOutputOfProgramsIsMadeHarmless(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, `subprocess.run(["printf", r"\033]0;title\007\033[2Jtext\n"])`)
	text := out.take()
	assert.Contains(t, text, `text`)
	assert.NotContains(t, text, "\x1b")
	assert.NotContains(t, text, "\a")
}

func TestALessonFromElsewhereStartsNothing(t *testing.T) {
	s, out := session(t, "yes\n")
	s.cfg.Foreign = true
	exec(t, s, "subprocess.run(['true'])", "popen ls", "import os", "os.unlink('/nosuch')")
	assert.Equal(t, 3, strings.Count(out.take(), "PermissionError"))
	assert.Empty(t, s.bench.lab.Children())
}
