//go:build linux || darwin

package console

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// slowly is a line that takes 26 seconds by itself, longer than a test waits:
// when a test sees its end, something finished it.
const (
	beginning = "phone.send('"
	slowly    = beginning + "one two three four five six seven eight nine ten eleven')"
)

// typesSlowly starts a line and waits until it has begun.
func typesSlowly(t *testing.T, command string, env ...string) *session {
	t.Helper()
	s := start(t, 100, 24, env...)
	s.send(command + " 400 " + slowly + "\r")
	s.beginsToType()
	return s
}

func (s *session) beginsToType() {
	s.t.Helper()
	s.sees("\nlab> p")
	require.NotContains(s.t, s.text(), "\nlab> "+beginning, "not at once")
}

// typed waits until the line stands there and what followed it.
func (s *session) typed(line string) {
	s.t.Helper()
	s.sees("\nlab> " + line + "\ntyped: <nil> command: <nil>")
}

func TestTTYTypesByItself(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("type 100 send('你好')\r")
	for _, part := range []string{"s", "send", "send('", "send('你", "send('你好')"} {
		s.sees("\nlab> " + part)
	}
	s.typed("send('你好')")
	s.ends("lab>")
	assert.NotContains(t, s.output(), "send bytes", "no suggestions")
	s.send("se\t")
	s.sees(">send ")
	s.send("x\r")
	s.sees(`got "sendx"`)
}

func TestTTYTypesAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("type 0 " + slowly + "\rnext\r")
	s.typed(slowly)
	s.sees(`got "next"`)
	s.send("type 0 \r")
	s.sees("\nlab>\ntyped: <nil>")
	s.send("type 0 a\x1b[200~|b\r")
	s.sees("\nlab> a b\ntyped: <nil>")
}

func TestTTYAKeyFinishesTheLine(t *testing.T) {
	t.Parallel()
	for _, key := range []string{" ", "\r", "x", "你", "\x1b[A", "\x1b", "\x04", "\t", "\x1a", "\x14"} {
		t.Run(fmt.Sprintf("%q", key), func(t *testing.T) {
			t.Parallel()
			s := typesSlowly(t, "type")
			s.send(key)
			s.typed(slowly)
			s.ends("lab>")
			s.send("next\r")
			s.sees(`got "next"`)
			s.send("quit\r")
			s.exits(0)
		})
	}
}

func TestTTYOfAPasteTheFirstLineFinishes(t *testing.T) {
	t.Parallel()
	s := typesSlowly(t, "type")
	s.send("swallowed\rpending\r  and this\r")
	s.typed(slowly)
	s.sees(`pending "  and this" true`)
	s.sees(`got "  and this"`)
	assert.NotContains(t, s.text(), "swallowed")
}

func TestTTYCtrlCEndsATypedLine(t *testing.T) {
	t.Parallel()
	history := "CHILD_HISTORY=" + filepath.Join(t.TempDir(), "history")
	s := typesSlowly(t, "type", history)
	s.send("\x03")
	s.sees("typed: console: interrupted command: console: interrupted")
	s.ends("lab>")
	assert.NotContains(t, s.text(), "^C")
	assert.NotContains(t, s.text(), "\nlab> "+slowly)
	s.send("\x1b[A")
	s.ends("lab> type 400 " + slowly) // the line that did not come to its end is not kept
	s.send("\x03quit\r")
	s.exits(0)
}

func TestTTYInterruptSignalEndsATypedLine(t *testing.T) {
	t.Parallel()
	s := typesSlowly(t, "type")
	require.NoError(t, s.cmd.Process.Signal(os.Interrupt))
	s.sees("typed: console: interrupted command: console: interrupted")
	s.send("next\r")
	s.sees(`got "next"`)
}

func TestTTYContextEndsATypedLine(t *testing.T) {
	t.Parallel()
	s := typesSlowly(t, "type-until")
	_, err := s.end.WriteString("x")
	require.NoError(t, err)
	s.sees("typed: too late command: <nil>")
	s.ends("lab>") // nothing of it is left at the prompt
	s.send("next\r")
	s.sees(`got "next"`)
}

func TestTTYWhatWasTypedAheadIsForTheNext(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("type 50 abcdefghij\rtype 50 klmnopqrst\rhalf")
	s.typed("abcdefghij")
	s.typed("klmnopqrst")
	s.ends("lab> half")
	assert.NotContains(t, s.text(), "halfa", "not within the line")
	s.send(" done\r")
	s.sees(`got "half done"`)
}

// The terminal keeps half a line to itself until it is raw.
func TestTTYHalfALineTypedAheadFinishesNothing(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("type-later 400 " + slowly + "\r")
	s.sees("waiting")
	s.until("cooked", func() bool { return !s.isRaw() })
	s.send("half")
	s.sees("waiting\nhalf")
	_, err := s.end.WriteString("x")
	require.NoError(t, err)
	s.sees("lab> p")
	s.send("\r")
	s.sees("lab> " + slowly + "\ntyped: <nil>")
	s.ends("lab> half")
	s.send(" done\r")
	s.sees(`got "half done"`)
}

func TestTTYALineBegunIsKeptWhileAnotherTypesItself(t *testing.T) {
	t.Parallel()
	for _, tabs := range []string{"", "\t\t"} {
		t.Run(fmt.Sprintf("%q", tabs), func(t *testing.T) {
			t.Parallel()
			s := start(t, 80, 24)
			s.send("type-after 50 abcdefghij\r")
			s.ends("brief>")
			s.send("se" + tabs)
			if s.sees("send bytes"); tabs != "" {
				s.sees(">sendto ")
			}
			_, err := s.end.WriteString("x")
			require.NoError(t, err)
			s.typed("abcdefghij")
			s.sees("typed: <nil> command: <nil>\nlab> se")
			s.send("rve\r")
			s.sees(`got "serve"`)
			assert.NotContains(t, s.output(), "the line editor failed")
		})
	}
}

func TestTTYOutputAppearsAboveATypedLine(t *testing.T) {
	t.Parallel()
	s := typesSlowly(t, "type")
	for i := range 5 {
		s.event(fmt.Sprint("event ", i))
		s.sees(fmt.Sprintf("[server] event %d\nlab> p", i))
	}
	s.send(" ")
	s.typed(slowly)
	assert.Equal(t, 1, strings.Count(s.text(), "\nlab> p"), "no copy is left")
}

func TestTTYTypedLineIsInTheHistoryOfTheSession(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history")
	s := start(t, 80, 24, "CHILD_HISTORY="+path)
	s.send("type 0 demonstrated\r")
	s.typed("demonstrated")
	s.send("\x1b[A")
	s.ends("lab> demonstrated")
	s.send("\x03type-quietly 0 an answer\r")
	s.typed("an answer")
	s.send("\x1b[A")
	s.ends("lab> type-quietly 0 an answer")
	s.send("\x1b[A")
	s.ends("lab> demonstrated")
	s.send("\x03quit\r")
	s.exits(0)
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "type 0 demonstrated\ntype-quietly 0 an answer\nquit\n", string(kept))

	s = start(t, 80, 24, "CHILD_HISTORY="+path)
	s.send("type 0 mine too\rmine too\rquit\r")
	s.exits(0)
	kept, err = os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(kept), "\nmine too\n", "typed by hand afterwards it is the learner's")
}

func TestTTYTypedLineLooksLikeOneTypedByHand(t *testing.T) {
	t.Parallel()
	for _, env := range []string{"CHILD_COLOR=1", "CHILD_COLOR="} {
		byHand := start(t, 80, 24, env)
		for _, r := range "hello 你好" {
			byHand.send(string(r))
			byHand.sees(string(r))
		}
		byHand.send("\r")
		byHand.sees("got")

		byItself := start(t, 80, 24, env)
		byItself.send("type 30 hello 你好\r")
		byItself.typed("hello 你好")

		// The last two drawings: the line with all its characters, and after Enter.
		drawn := regexp.MustCompile(`[^\r\n]*lab> [0-9;m\x1b\[]*hello 你好[^\r\n]*\r[^\n]*\n`)
		want := drawn.FindString(byHand.output())
		assert.Contains(t, want, "\r\n")
		assert.Equal(t, want, drawn.FindString(byItself.output()), env)
	}
}

func TestTTYClearPutsThePromptAtTheTop(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24)
	s.send("half\r")
	s.sees("no newline here\nlab>")
	s.send("clear\r")
	s.until("the prompt alone", func() bool { return s.text() == "lab>" })
	s.send("next\r")
	s.sees("lab> next\ngot \"next\"\nlab>")
	assert.NotContains(t, s.output(), "\x1b[3J", "what has scrolled off stays")

	s.send("type-clear 400 " + slowly + "\r") // while a line types itself
	s.beginsToType()
	_, err := s.end.WriteString("x")
	require.NoError(t, err)
	s.until("the line at the top", func() bool { return strings.HasPrefix(s.text(), "lab> p") })
	s.send(" ")
	s.sees("lab> " + slowly + "\ntyped: <nil>")
}

func TestPlainOnATerminalTypesAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, "CHILD_PLAIN=1")
	s.send("half\r")
	s.sees("no newline here\nlab>")
	s.send("type 400 " + slowly + "\r")
	s.typed(slowly)
	s.send("clear\r")
	s.until("the prompt alone", func() bool { return s.text() == "lab>" })
	s.send("quit\r")
	s.exits(0)

	s = start(t, 80, 24, "TERM=dumb")
	s.send("type 400 " + slowly + "\rclear\rquit\r")
	s.exits(0)
	assert.NotContains(t, s.output(), "\x1b")
}
