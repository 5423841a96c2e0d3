package runner

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// drawn is what no sentence has: lines, blocks, arrows, ticks and crosses.
var drawn = regexp.MustCompile(`[\x{2190}-\x{21FF}\x{2500}-\x{25FF}\x{2700}-\x{27BF}\x{2800}-\x{28FF}]`)

// aligned is what has been lined up.
var aligned = regexp.MustCompile(`   |[-=_|+*#]{4}`)

// speaking is a session whose output is for a screen reader.
func speaking(t *testing.T, opts view.Options) (*Session, *output) {
	t.Helper()
	out := &output{}
	con := console.NewPlain(strings.NewReader(""), out)
	course, err := embedded()
	require.NoError(t, err)
	opts.Plain = true
	s := NewSession(Config{Console: con, View: view.New(con.Out(), opts), Course: course, Timeout: netlabtest.Patience})
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		require.NoError(t, con.Close())
	})
	return s, out
}

// looks are inputs whose answers are told, each with what must be in them.
var looks = []struct {
	input string
	want  []string
}{
	{"sockets", []string{"phone", "echo", "TCP", "LISTEN", "ESTABLISHED", "127.0.0.1:"}},
	{"sockets phone", []string{"getsockname()", "getpeername()"}},
	{"states", []string{"LISTEN", "ESTABLISHED", "127.0.0.1:"}},
	{"board", []string{"LISTEN", "FIN_WAIT1", "SYN, ACK"}},
	{"board CLOSING", []string{"CLOSING", "c.shutdown(socket.SHUT_WR)"}},
	{"counters", []string{"net.core.somaxconn"}},
	{"ladder", []string{"connect", "SYN", "phone", "echo", " ms"}},
	{"trace", []string{"connect(", "sendto(", " ms"}},
	{"hexdump b'\\x00hello\\x00\\x00\\x00\\x00'", []string{"00 68 65 6c 6c 6f", `"hello"`}},
	{"stream phone", []string{"hello", "HELLO", "0-4"}},
	{`decoders "你好".encode("utf-8")`, []string{"e4 bd a0", "你"}},
	{"layout ci a 5", []string{"05 00 00 00", "83886080"}},
	{"layout ci", []string{"ci", "4"}},
	{"tank", []string{"phone", "TCP"}},
	{"processes", []string{"sleep 60", "stdout"}},
	{"turns", []string{"POLLOUT", "phone"}},
	{"conversations", []string{"friend", "127.0.0.1:"}},
	{"servers", []string{"echo", "tcp-upper", "127.0.0.1:"}},
	{"help", []string{"sockets", "ladder"}},
	{"help serve", []string{"tcp-upper"}},
	{"lessons", []string{"TIME_WAIT"}},
	{"progress", []string{"TIME_WAIT"}},
	{"nonsense", []string{"NameError"}},
	{"phone.close()", []string{"close(", "phone"}},
}

func TestEveryLookIsToldInSentences(t *testing.T) {
	for _, opts := range []view.Options{{}, {ASCII: true}, {Lang: words.Chinese}, {Lang: words.Chinese, ASCII: true, Width: func() int { return 40 }}} {
		s, out := speaking(t, opts)
		out.take()
		exec(t, s, `echo = serve("tcp-upper", port=0, name="echo")`, "connect echo", "send hello", "recv",
			`friend = serve("udp-upper", port=0, name="friend")`, "letter = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
			"letter.sendto(b'hi', friend.addr)", "import select", "r, w, x = select.select([], [phone], [], 1)",
			`child = subprocess.Popen("sleep 60", shell=True, stdout=subprocess.PIPE)`)
		toldInSentences(t, "the calls", out.take())
		for _, look := range looks {
			_ = s.Exec(context.Background(), look.input)
			got := out.take()
			toldInSentences(t, look.input, got)
			for _, want := range look.want {
				assert.Contains(t, oneWord(got), oneWord(want), "%s in %s", look.input, opts.Lang)
			}
		}
	}
}

// oneWord is a text without its blanks, which stand where a line ends too.
func oneWord(s string) string { return strings.Join(strings.Fields(s), "") }

func toldInSentences(t *testing.T, what, text string) {
	t.Helper()
	assert.NotEmpty(t, text, what)
	for _, l := range strings.Split(text, "\n") {
		assert.NotRegexp(t, drawn, l, what)
		assert.NotRegexp(t, aligned, l, what)
	}
}

// The whole text of the course: nothing in it can only be seen.
func TestTheLessonsAreToldInSentences(t *testing.T) {
	course, err := embedded()
	require.NoError(t, err)
	for _, lang := range words.Langs {
		for _, l := range course.List(string(lang)) {
			for _, text := range shownText(l) {
				got := spoken(lang, text)
				for _, line := range strings.Split(got, "\n") {
					assert.NotRegexp(t, drawn, line, "%s", l.File)
				}
				assert.NotRegexp(t, `(?m)^(Text:|文字：)$`, got, "%s: a fence without its words", l.File)
				for _, line := range strings.Split(spoken(lang, withoutFences(text)), "\n") {
					assert.NotRegexp(t, aligned, line, "%s", l.File)
				}
			}
		}
	}
}

func spoken(lang words.Lang, text string) string {
	var b bytes.Buffer
	view.New(&b, view.Options{Plain: true, Lang: lang}).Markdown(text)
	return b.String()
}

var (
	saidFence = regexp.MustCompile("(?ms)^```[^\n]*\n[^`]*?^```\n\\s*<!-- plain: (.*?) -->")
	anyFence  = regexp.MustCompile("(?ms)^(```+)[^\n]*\n.*?^```+$")
)

// withoutFences is the prose of a text, with the words for its drawings.
func withoutFences(text string) string {
	return anyFence.ReplaceAllString(saidFence.ReplaceAllString(text, "$1"), "")
}

// shownText is all Markdown of a lesson that is shown at some time.
func shownText(l *lessons.Lesson) []string {
	parts := append([]lessons.Part(nil), l.Intro...)
	for _, s := range l.Steps {
		parts = append(parts, s.Parts...)
	}
	var list []string
	for _, part := range parts {
		switch p := part.(type) {
		case *lessons.Text:
			list = append(list, p.Markdown)
		case *lessons.Notes:
			list = append(list, p.Text)
		case *lessons.Question:
			list = append(list, p.Ask, p.Explain)
			for _, c := range p.Choices {
				list = append(list, c.Text, c.Say, c.Then)
			}
		case *lessons.Block:
			if p.Role == lessons.RoleHint {
				list = append(list, p.Code)
			}
			for _, f := range p.Facts {
				list = append(list, f.Words)
			}
		}
	}
	return list
}
