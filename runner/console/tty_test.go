//go:build linux || darwin

package console

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTTYReadsALine(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	assert.True(t, s.isRaw())
	s.send("phone.send('你好')")
	s.ends("lab> phone.send('你好')")
	s.send("\r")
	s.sees(`got "phone.send('你好')"`)
	s.ends("lab>")
	s.send("text and Enter in one read\r")
	s.sees(`got "text and Enter in one read"`)
	s.send("edited\x01un\x05!\x7f?\r")
	s.sees(`got "unedited?"`)
	s.send("quit\r")
	s.exits(0)
	assert.NotContains(t, s.output(), "\x1b]2;", "the window keeps its title")
	assert.NotRegexp(t, `\x1b\[[0-9;]*m`, s.output(), "no colour unless asked for")
}

func TestTTYRunsAPasteLineByLine(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	var paste, want strings.Builder
	for i := range 60 {
		fmt.Fprintf(&paste, "\tline(%d)  # 第 %d 行\r", i, i)
		fmt.Fprintf(&want, "got %q\n", fmt.Sprintf("\tline(%d)  # 第 %d 行", i, i))
	}
	s.send(paste.String())
	s.sees("line(59)")
	s.ends("lab>")
	var got strings.Builder
	for _, line := range strings.Split(s.output(), "\n") {
		if i := strings.Index(line, `got "`); i >= 0 {
			got.WriteString(strings.TrimRight(line[i:], "\r") + "\n")
		}
	}
	assert.Equal(t, want.String(), got.String())
}

func TestTTYCtrlCAtThePromptDropsTheLine(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("half a line")
	s.sees("half a line")
	s.send("\x03")
	s.sees("interrupted")
	s.ends("lab>")
	s.send("next\r")
	s.sees(`got "next"`)
	assert.NotContains(t, s.text(), "^C")

	require.NoError(t, s.cmd.Process.Signal(os.Interrupt))
	s.until("interrupted twice", func() bool { return strings.Count(s.text(), "interrupted") == 2 })
	s.ends("lab>")
	s.send("\x04")
	s.sees("end of input")
	s.exits(0)
}

func TestTTYCtrlCEndsACommand(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("block\rtyped ahead\r")
	s.sees("blocking")
	s.until("cooked", func() bool { return !s.isRaw() })
	s.send("\x03")
	s.sees("over: console: interrupted")
	s.ends("lab>")
	s.send("next\r")
	s.sees(`got "next"`)
	assert.NotContains(t, s.text(), `got "typed ahead"`, "what was typed ahead went with it")
	s.send("quit\r")
	s.exits(0)
}

func TestTTYTypeAheadIsKept(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	for i := range 10 {
		s.send(fmt.Sprintf("line %d\r", i))
	}
	for i := range 10 {
		s.sees(fmt.Sprintf(`got "line %d"`, i))
	}
}

func TestTTYCtrlDEndsAnEmptyLineOnly(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("abc\x01\x04\r")
	s.sees(`got "bc"`)
	s.ends("lab>")
	s.send("\x04")
	s.sees("end of input")
	s.exits(0)
}

func TestTTYOutputAppearsAboveTheLine(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("send('hel")
	s.ends("lab> send('hel")
	s.event("somebody connected")
	s.sees("[server] somebody connected")
	s.ends("lab> send('hel")
	assert.Equal(t, 1, strings.Count(s.text(), "send('hel"), "no copy is left")
	s.send("lo 你好')\r")
	s.sees(`got "send('hello 你好')"`)
}

func TestTTYFloodOfOutputLeavesTheLineAlone(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	var flood sync.WaitGroup
	flood.Go(func() {
		for i := range 300 {
			fmt.Fprintf(s.events, "event %d\n", i)
		}
	})
	want := ""
	for _, r := range "一边打字一边看着事件 and typing on" {
		s.send(string(r))
		want += string(r)
	}
	flood.Wait()
	s.ends("lab> " + want)
	s.send("\r")
	s.sees(fmt.Sprintf("got %q", want))
	for i := range 300 {
		assert.Contains(t, s.output(), fmt.Sprintf("[server] event %d\r\n", i))
	}
}

func TestTTYSuggestions(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("phone.x(se")
	s.sees("发送前设置选项")
	s.send("\t")
	s.sees(">send ")
	s.event("an event")
	s.sees("[server] an event")
	s.sees(">send ")
	s.send("\t")
	s.sees(">sendto ")
	s.send(" 1)\r")
	s.sees(`got "phone.x(sendto 1)"`)
	s.until("the list is gone", func() bool { return !strings.Contains(s.text(), "setsockopt") })
}

func TestTTYEventsDoNotChooseASuggestion(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("se\t\t")
	s.sees(">sendto ")
	for i := range 5 {
		s.event(fmt.Sprint("event ", i))
		s.sees(fmt.Sprint("[server] event ", i))
		s.sees(">sendto ")
	}
	s.send("\t\t")
	s.until("nothing is chosen", func() bool { return !strings.Contains(s.text(), ">se") })
	s.event("last")
	s.sees("[server] last")
	s.send("\r")
	s.sees(`got "se"`)
}

func TestTTYHistoryOfTwoRuns(t *testing.T) {
	t.Parallel()
	history := "CHILD_HISTORY=" + filepath.Join(t.TempDir(), "history")
	s := start(t, 80, 24, history)
	s.send("first\rsecond\r secret\rsecond\ranswer\rmine\r")
	s.sees(`answered "mine"`)
	s.send("\x1b[A")
	s.ends("lab> answer")
	s.send("\x03quit\r")
	s.exits(0)

	s = start(t, 80, 24, history)
	for _, want := range []string{"quit", "answer", "second", "first", "first"} {
		s.send("\x1b[A")
		s.ends("lab> " + want)
	}
	s.send("\r")
	s.sees(`got "first"`)
}

func TestTTYReadLineThatIsEndedKeepsTheLine(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("brief\r")
	s.ends("brief>")
	s.send("for the next")
	s.ends("brief> for the next")
	_, err := s.end.WriteString("x")
	require.NoError(t, err)
	s.sees("brief: too late")
	s.ends("lab> for the next")
	s.send(" one\r")
	s.sees(`got "for the next one"`)
}

func TestTTYPendingKnowsAPaste(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("pending\r")
	s.sees(`pending "" false`)
	s.ends("lab>")
	s.send("pending\r  indented\r")
	s.sees(`pending "  indented" true`)
	s.sees(`got "  indented"`)
}

func TestTTYMegabyteLine(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send(strings.Repeat("0123456789abcdef", 1<<16) + "\r")
	s.sees(`got "1048576 bytes"`)
	s.ends("lab>")
	s.send("quit\r")
	s.exits(0)
}

func TestTTYPromptOfManyLinesAndOutputWithoutNewline(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("half\r")
	s.sees("no newline here\nlab>")
	s.send("ps above|第 3 课>\r")
	s.sees("above\n第 3 课>")
	s.send("x\r")
	s.sees("第 3 课> x\ngot \"x\"\nabove\n第 3 课>")
}

func TestTTYChildProcessesInheritNoTerminal(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("there is no /proc/self/fd here: run it on Linux")
	}
	s := start(t, 80, 24)
	s.send("inherited\r")
	s.sees("inherited terminals: 0 <nil>")
}

func TestTTYColour(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, "CHILD_COLOR=1")
	assert.Regexp(t, `\x1b\[[0-9;]+mlab> `, s.output())
}

func TestPlainOnATerminal(t *testing.T) {
	t.Parallel()
	for _, env := range []string{"TERM=dumb", "CHILD_PLAIN=1"} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			s := start(t, 80, 24, env)
			assert.False(t, s.isRaw())
			s.send("hello 你好\r")
			s.sees(`got "hello 你好"`)
			s.ends("lab>") // what is typed before the prompt shows is dropped by the terminal alone
			s.send("dropped")
			s.sees("lab> dropped")
			s.send("\x03")
			s.sees("interrupted")
			s.send("block\r")
			s.sees("blocking")
			s.send("\x03")
			s.sees("over: console: interrupted")
			s.send("pending\r")
			s.sees("pending \"\" false\nlab>") // the event must come to a prompt that shows
			s.event("an event")
			s.sees("lab>\n[server] an event\nlab>")
			s.send("\x04")
			s.sees("lab>\nend of input")
			s.exits(0)
			assert.NotContains(t, s.output(), "\x1b", "no escape sequences")
		})
	}
}
