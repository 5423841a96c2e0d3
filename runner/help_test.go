package runner

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// helpCourse is read once: help does not change it.
var helpCourse = sync.OnceValue(func() *lessons.Course { return lessons.Open(lessons.Embedded()) })

// helper is a session whose view is so wide and speaks a language.
func helper(t *testing.T, opts view.Options) (*Session, *output) {
	t.Helper()
	out := &output{}
	con := console.NewPlain(strings.NewReader(""), out)
	s := NewSession(Config{Console: con, View: view.New(con.Out(), opts), Course: helpCourse(), Timeout: netlabtest.Patience})
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		require.NoError(t, con.Close())
	})
	return s, out
}

func wide(n int) func() int { return func() int { return n } }

func TestEveryCommandHasItsHelp(t *testing.T) {
	docs := map[string]bool{}
	for _, d := range code.CallDocs() {
		docs[d.Path] = true
	}
	names := map[string]bool{}
	for _, c := range Commands() {
		names[c.Name] = true
		text := helpTextOf(c.Name)
		assert.NotEmpty(t, text.example, "%s: no example", c.Name)
		assert.True(t, text.call != "" || !text.shows.Empty(), "%s: neither a call nor what it shows", c.Name)
		if c.expand != nil && c.Name != "talk" {
			assert.True(t, docs[text.call], "%s: no call %q", c.Name, text.call)
			_, call, _ := cutLastDot(text.call)
			assert.Contains(t, text.code, call, c.Name)
		}
		assert.Contains(t, strings.Fields(text.example)[0], c.Name)
		if c.Name == "help" { // whose usage is shorter than what it takes
			continue
		}
		for _, a := range text.args {
			for _, word := range strings.FieldsFunc(a.name, func(r rune) bool { return r == '|' }) {
				assert.Contains(t, strings.ToLower(c.Usage), strings.ToLower(word), "%s: no argument %s in its usage", c.Name, a.name)
			}
		}
	}
	for _, table := range []map[string]helpText{callHelps, lookHelps, walkHelps} {
		for name := range table {
			assert.True(t, names[name], "there is no command %s", name)
		}
	}
}

func TestEveryFactHasItsHelpInChinese(t *testing.T) {
	for _, w := range check.Vocabulary() {
		text, ok := factHelps[w.Help]
		if assert.True(t, ok, "%s: %s", w.Name, w.Help) {
			assert.NotEqual(t, w.Help, text.In(words.Chinese), w.Name)
		}
	}
}

func TestTheOverviewFitsOnASmallScreen(t *testing.T) {
	for _, lang := range words.Langs {
		s, out := helper(t, view.Options{Lang: lang, Width: wide(80)})
		exec(t, s, "help")
		text := out.take()
		assert.Less(t, strings.Count(text, "\n"), 24, "%s\n%s", lang, text)
		for _, c := range Commands() {
			assert.Contains(t, text, c.Name)
		}
		for _, next := range []string{"help recv", "help errno", "help all"} {
			assert.Contains(t, text, next)
		}
	}
}

// topics are everything that help can be asked about.
func topics() []string {
	list := append([]string{"", "all", "calls", "looking", "walking", "other", "调用", "查看", "学习", "其他", "errno", "facts", "111",
		"TimeoutError", "struct.error", "errno ECONNRESET", "serve deaf", "socket", "struct", "bytes", "phone", "phone.recv"}, verbs()...)
	for _, k := range server.Kinds() {
		list = append(list, k.Name)
	}
	for _, d := range code.CallDocs() {
		list = append(list, d.Path)
	}
	for _, e := range code.Errnos() {
		list = append(list, e.Symbol)
	}
	return list
}

func TestHelpKnowsItsTopicsInBothLanguagesAtAnyWidth(t *testing.T) {
	// A sentence or a label of English in a Chinese page.
	english := regexp.MustCompile(`(?m)^ (Arguments|Result|Errors|Example|Note|See|Code|Shows|Type|Options|Kinds|Also|Has)\b|\b(the|whoever|nobody) [a-z]+ [a-z]+`)
	for _, lang := range words.Langs {
		for _, opts := range []view.Options{{Width: wide(80)}, {Width: wide(40)}, {Width: wide(20)}, {Width: wide(80), Plain: true}, {Width: wide(80), Big: true}} {
			opts.Lang = lang
			s, out := helper(t, opts)
			exec(t, s, "phone = socket.socket()")
			out.take()
			for _, topic := range topics() {
				exec(t, s, "help "+topic)
				text := out.take()
				require.NotEmpty(t, strings.TrimSpace(text), "%s: help %s", lang, topic)
				require.NotContains(t, text, "did you mean", topic)
				require.NotContains(t, text, "是不是想写", topic)
				for _, line := range strings.Split(text, "\n") {
					assert.LessOrEqual(t, view.Width(line), opts.Width(), "help %s: %q", topic, line)
					if opts.Plain {
						assert.NotContains(t, line, "   ", "help %s: columns for a screen reader", topic)
					}
				}
				if lang == words.Chinese {
					assert.NotRegexp(t, english, text, "help %s", topic)
				}
			}
		}
	}
}

func TestHelpOfACommandTellsItsCallToo(t *testing.T) {
	cases := []struct {
		topic string
		want  []string
	}{
		{"recv", []string{"[NAME.]recv [SIZE]", "phone.recv(1024)", "socket.recv(bufsize[, flags])", "MSG_PEEK", "ECONNRESET ConnectionResetError:", "recv(2), tcp(7)"}},
		{"phone.recv", []string{"socket.recv(bufsize[, flags])", "b'' is the end of the stream"}},
		{"bind()", []string{"socket.bind((host, port))", "EADDRINUSE OSError:"}},
		{"pack", []string{"pack FORMAT VALUE", "struct.pack(format", "struct.error"}},
		{"serve", []string{"serve KIND", "serve(kind", "tcp-upper answers every message in capitals", "help serve tcp-upper"}},
		{"serve tcp-upper", []string{"hangup=\"client\"", "backlog=5"}},
		{"http", []string{"text=\"Hello from a socket.\""}},
		{"econnrefused", []string{"ConnectionRefusedError [ECONNREFUSED 111]", "socket.connect", "nobody listens there"}},
		{"98", []string{"OSError [EADDRINUSE 98]", "socket.bind"}},
		{"TimeoutError", []string{"ETIMEDOUT", "socket.recv"}},
		{"struct.error", []string{"struct.pack"}},
		{"calls", []string{"[NAME.]bind HOST:PORT", "dials"}},
		{"查看", []string{"sockets [NAME]"}},
		{"facts", []string{"called(op", "the call was made and succeeded"}},
		{"socket bind", []string{"socket.bind((host, port))"}},
		{"str", []string{"str(x=", "removeprefix"}},
	}
	for _, c := range cases {
		t.Run(c.topic, func(t *testing.T) {
			s, out := helper(t, view.Options{Width: wide(80)})
			exec(t, s, "help "+c.topic)
			text := strings.Join(strings.Fields(out.take()), " ")
			for _, want := range c.want {
				assert.Contains(t, text, want)
			}
		})
	}
}

func TestHelpProposesTheNearestName(t *testing.T) {
	cases := map[string]string{
		"help conect": "`connect`", "help struct.pakc": "`struct.pack`", "help econnrefusd": "`ECONNREFUSED`", "help tcp-uper": "`tcp-upper`",
		"help ..": "`help`", "help )(": "`help`", "help 你好": "`help`", "help " + strings.Repeat("x", 100000): "`help`", "help a\x1b[2Jb": "`help`",
		"help serve tcp-uper": "there is no server kind tcp-uper", "help zzzzzz": "`help`", "help a b c": "there is no help on a b",
	}
	s, out := helper(t, view.Options{Width: wide(200)})
	for line, want := range cases {
		exec(t, s, line)
		assert.Contains(t, out.take(), want, line)
	}
}

func TestHelpOnAVariableWithTheNameOfACommand(t *testing.T) {
	s, out := helper(t, view.Options{Width: wide(80)})
	exec(t, s, "stream = 5", "help stream")
	text := out.take()
	assert.Contains(t, text, "stream [NAME]")
	assert.Contains(t, text, "stream: int")
}
