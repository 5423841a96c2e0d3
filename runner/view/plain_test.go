package view

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/words"
)

// drawn is what no sentence has: lines and blocks to draw with, arrows,
// geometric marks, crosses and ticks, braille.
var drawn = regexp.MustCompile(`[\x{2190}-\x{21FF}\x{2500}-\x{25FF}\x{2700}-\x{27BF}\x{2800}-\x{28FF}\x{2B00}-\x{2BFF}]`)

// marksInARow finds three of the same mark, the dots of an ellipsis aside.
func marksInARow(line string) bool {
	last, n := rune(0), 0
	for _, c := range strings.ReplaceAll(line, "...", "…") {
		if c != last {
			last, n = c, 0
		}
		if n++; n >= 3 && (c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z') && c < 0x80 && c != ' ' {
			return true
		}
	}
	return false
}

// onlySentences asserts that nothing in a text is drawn or lined up.
func onlySentences(t *testing.T, text string) {
	t.Helper()
	for _, l := range strings.Split(text, "\n") {
		assert.NotRegexp(t, drawn, l)
		assert.NotContains(t, l, "   ", "blanks that line something up")
		assert.Equal(t, strings.TrimLeft(l, " "), l, "an indent")
		assert.False(t, marksInARow(l), "marks in a row: %q", l)
	}
}

// told asserts that a picture is told in sentences everywhere, and that in each
// language all facts are in them.
func told(t *testing.T, show func(r *Renderer), facts ...string) string {
	t.Helper()
	english := ""
	for _, width := range []int{1000, 80, 40, 20} {
		for _, opts := range []Options{{}, {ASCII: true}, chinese, {Lang: words.Chinese, ASCII: true}, {Big: true}} {
			opts.Plain = true
			got := shown(width, opts, show)
			onlySentences(t, got)
			fits(t, width, got)
			if width == 1000 {
				text := strings.ReplaceAll(strings.ReplaceAll(got, "\n", " "), "  ", " ")
				for _, f := range facts {
					assert.Contains(t, text, f, "%s", opts.Lang)
				}
			}
			if width == 1000 && english == "" {
				english = got
			}
			opts.Color = true
			assert.Equal(t, got, sgr.ReplaceAllString(shown(width, opts, show), ""), "colour changes nothing else")
		}
	}
	return english
}

var (
	plainPhone = netlab.SocketInfo{ID: 1, FD: 8, Label: "phone", Family: unix.AF_INET, Type: unix.SOCK_STREAM, State: kernel.Established,
		Local: netlab.Loopback(45568), Remote: netlab.Loopback(8080), Backlog: -1, Unread: 12, Timeout: -1}
	plainEcho = netlab.SocketInfo{ID: 2, FD: 7, Label: "echo", Family: unix.AF_INET, Type: unix.SOCK_STREAM, State: kernel.Listen,
		Local: netlab.Loopback(8080), Backlog: 5, Queued: 2, Timeout: 1500 * time.Millisecond}
	plainConn = netlab.SocketInfo{ID: 3, FD: 9, Family: unix.AF_INET, Type: unix.SOCK_STREAM, State: kernel.CloseWait,
		Local: netlab.Loopback(8080), Remote: netlab.Loopback(45568), Backlog: -1, Timeout: -1}
	plainAll = SocketsOf([]netlab.SocketInfo{plainPhone, plainEcho, plainConn})
)

func TestCallsAreTold(t *testing.T) {
	events := []netlab.Event{
		{Op: netlab.OpConnect, Sock: 1, FD: 8, Addr: netlab.Loopback(8080), Start: time.Millisecond, End: 2 * time.Millisecond, Tries: 2},
		{Op: netlab.OpAccept, Sock: 2, FD: 7, N: 9, Other: 3, Addr: netlab.Loopback(45568), By: netlab.Server, Start: 3 * time.Millisecond, End: 4 * time.Millisecond},
		{Op: netlab.OpRecv, Sock: 1, FD: 8, A: 1024},
		{Op: netlab.OpSend, Sock: 1, FD: 8, A: 1, Outcome: netlab.Failed, Errno: unix.EPIPE},
		{Op: netlab.OpPoll, A: 1, B: 10, N: 1, Data: []byte("8 POLLIN")},
	}
	got := told(t, func(r *Renderer) { r.Calls(events, plainAll) },
		"connect(8, 127.0.0.1:8080) = 0", "phone", "127.0.0.1:45568", "echo: accept(7) = 9 127.0.0.1:45568", "recv(8, 1024) = 0 b''", "send(8, 1 byte) = EPIPE")
	assert.Contains(t, got, "connect(8, 127.0.0.1:8080) = 0, phone, from 127.0.0.1:45568 to 127.0.0.1:8080\n")
	assert.Contains(t, got, "end of the stream")
	got = told(t, func(r *Renderer) { r.Trace(events, 3) }, "0.001000 s", "0.003000 s", "1.000 ms", "accept4(7, ", "-1 EPIPE")
	assert.Contains(t, got, "At 0.001000 s, learner: connect(")
	assert.Contains(t, got, "it took 1.000 ms, 2 tries.\n")
	turns := BuildTurns(append(events, events[2]))
	got = told(t, func(r *Renderer) { r.Turns(turns, 2, false, plainAll) }, "8", "phone", "POLLIN", "recv(8, 1024) = 0 b''")
	assert.Contains(t, got, "Ready: descriptor 8, phone, POLLIN, recv will not wait.\n")
}

func TestSocketsAreTold(t *testing.T) {
	got := told(t, func(r *Renderer) { r.Sockets([]netlab.SocketInfo{plainPhone, plainEcho, plainConn}, 0) },
		"phone", "8", "TCP", "ESTABLISHED", "127.0.0.1:45568", "127.0.0.1:8080", "12", "echo", "LISTEN", "2", "5", "1.5", "CLOSE_WAIT")
	assert.Contains(t, got, "phone: descriptor 8, TCP, ESTABLISHED, from 127.0.0.1:45568 to 127.0.0.1:8080, 12 bytes unread.\n")
	got = told(t, func(r *Renderer) {
		r.Card(plainPhone, nil, false, [2]CardEnd{{State: "ESTABLISHED"}, {State: "CLOSE_WAIT"}})
	}, "getsockname()", "getpeername()", "127.0.0.1:45568", "127.0.0.1:8080", "ESTABLISHED", "CLOSE_WAIT")
	assert.Contains(t, got, "phone: getsockname() is 127.0.0.1:45568, getpeername() is 127.0.0.1:8080, in the kernel ESTABLISHED.\n")
	got = told(t, func(r *Renderer) {
		r.Queues(Queues{Name: "echo", Backlog: 5, Filled: 2, Accept: []string{"127.0.0.1:1", "127.0.0.1:2"}, Syn: []string{"127.0.0.1:3"}, Knocking: []string{"127.0.0.1:4"}, Seen: true})
	}, "SYN_SENT", "127.0.0.1:4", "SYN_RECV", "127.0.0.1:3", "echo", "5", "127.0.0.1:1", "127.0.0.1:2", "4")
	assert.Contains(t, got, "places filled: 2, free: 4; 127.0.0.1:1, 127.0.0.1:2.\n")
	told(t, func(r *Renderer) { r.Queues(Queues{Name: "echo", Backlog: 5, Filled: -1}) }, "echo")
	told(t, func(r *Renderer) { r.Queues(Queues{Name: "echo", Backlog: 500, Filled: 400, Seen: true}) }, "400", "101")
	told(t, func(r *Renderer) { r.Counters("phone", kernel.TCPInfo{SegsOut: 4, SegsIn: 3}) }, "phone", "4", "3")
}

func TestStatesAreTold(t *testing.T) {
	rows := []StateRow{
		{State: "LISTEN", Local: "127.0.0.1:8080", Who: words.Raw("phone"), Mine: true, About: []words.Text{words.F("queue %d of %d (+1)", 0, 2)}},
		{State: "TIME_WAIT", Local: "127.0.0.1:8080", Remote: "127.0.0.1:52644", Who: words.F("no process"), About: []words.Text{words.F("%.1f s left", 59.2)}, Left: 59200 * time.Millisecond, Whole: time.Minute},
		{Word: words.F("bound"), Who: words.Raw(hostile)},
	}
	got := told(t, func(r *Renderer) { r.States(rows) }, "LISTEN", "phone", "127.0.0.1:8080", "127.0.0.1:52644", "59.2", "60")
	assert.Contains(t, got, "TIME_WAIT: from 127.0.0.1:8080 to 127.0.0.1:52644, no process, 59.2 s left, of 60 s.\n")

	board := StateBoard{kernel.Listen: {Seen: true, Now: 2}, kernel.TimeWait: {Seen: true}}
	got = told(t, func(r *Renderer) { r.Board(board) }, "2", "SYN, ACK", "FIN", "listen()", "connect()")
	for _, s := range BoardOrder {
		assert.Regexp(t, `(?m)^`+s.String()+": ", got)
		require.NotEmpty(t, leads[s], "every state leads somewhere")
	}
	assert.Contains(t, got, "LISTEN: now 2; when a SYN comes, it answers SYN, ACK and goes to SYN_RECV.\n")
	told(t, func(r *Renderer) {
		r.CounterRows([]CounterRow{{Name: "ActiveOpens", Value: "+3", About: words.F("connect sent a SYN")}, {Name: "X", Value: "12 (+3)", About: words.Raw("y")}})
	}, "ActiveOpens", "+3", "SYN", "12 (+3)")
}

func TestTheLadderIsTold(t *testing.T) {
	l := Ladder{Left: "phone 45568", Right: "echo 8080", names: [2]string{"phone", "echo"},
		Start: Rung{LeftState: kernel.Close, RightState: kernel.Listen},
		Rungs: []Rung{
			{Left: "connect", Segment: "SYN", ToRight: true, LeftState: kernel.SynSent, RightState: kernel.SynRecv, RightGuess: true},
			{Segment: "SYN, ACK", LeftState: kernel.Established, RightState: kernel.SynRecv},
			{Right: "accept", At: 125 * time.Microsecond, LeftState: kernel.Established, RightState: kernel.Established},
			{Right: "send 5", Segment: "5 bytes", Data: true, Bytes: 5, At: 2 * time.Second, LeftState: kernel.Established, RightState: kernel.Established},
			{Left: "close", Segment: finOrReset, ToRight: true, LeftState: kernel.FinWait1, RightState: kernel.Established},
		}}
	got := told(t, func(r *Renderer) { r.Ladder(l) }, "45568", "8080", "connect", "SYN", "SYN, ACK", "0.125 ms", "2.000 s", "5", "FIN", "RST", "CLOSE", "LISTEN", "SYN_SENT", "SYN_RECV", "FIN_WAIT1")
	assert.Contains(t, got, "1. phone called connect and sent SYN to echo at 0.000 ms; phone is now SYN_SENT; echo is probably SYN_RECV now.\n")
	assert.Contains(t, got, "2. echo sent SYN, ACK to phone; phone is now ESTABLISHED.\n")
	assert.Contains(t, got, "3. echo called accept at 0.125 ms; echo is now ESTABLISHED.\n")
	assert.Contains(t, got, "4. echo called send and sent 5 bytes to phone at 2.000 s.\n")
	assert.Contains(t, got, "The connection between phone on port 45568 and echo on port 8080.\nphone begins in CLOSE.\necho begins in LISTEN.\n")

	l.Start.RightGuess = true
	l.Rungs = append(l.Rungs[:0:0], Rung{Left: "connect EINPROGRESS", Segment: "SYN", ToRight: true, LeftState: kernel.SynSent}, Rung{Right: "recv ECONNRESET", At: time.Second},
		Rung{Left: "recv b''", ToRight: true}, Rung{Right: "close", Segment: "FIN", LeftState: kernel.CloseWait, RightState: kernel.FinWait1})
	got = told(t, func(r *Renderer) { r.Ladder(l) })
	assert.Contains(t, got, "echo probably begins in LISTEN.\n")
	assert.Contains(t, got, "phone called connect, with the result EINPROGRESS, and sent SYN to echo at 0.000 ms; phone is now SYN_SENT.\n")
	assert.Contains(t, got, "echo called recv and got ECONNRESET at 1.000 s.\n3. phone called recv and got b'' at")
	assert.Contains(t, got, "echo is now FIN_WAIT1; phone is now CLOSE_WAIT.\n", "the sender's state comes first")
}

func TestBytesAreTold(t *testing.T) {
	got := told(t, func(r *Renderer) { r.Hexdump([]byte("\x00\x01Hello, wide world.\n\n\n\n")) }, "00 01 48 65 6c", "0a 0a 0a 0a")
	assert.Contains(t, got, "bytes 0 to 15: 00 01 48 65 6c 6c 6f 2c 20 77 69 64 65 20 77 6f; as text: 2 not printable, \"Hello, wide wo\".\n")
	hello := []byte("hi 你\xff")
	list := []Decoding{
		{Name: "utf-8", Pieces: []Decoded{{From: 0, To: 1, Text: "h"}, {From: 1, To: 2, Text: "i"}, {From: 2, To: 3, Text: " "}, {From: 3, To: 6, Text: "你"}, {From: 6, To: 7, Err: "invalid start byte"}}},
		{Name: "latin-1", Pieces: []Decoded{{From: 0, To: 1, Text: "h"}, {From: 1, To: 2, Text: "i"}}},
	}
	got = told(t, func(r *Renderer) { r.Decoders(hello, list) }, "68 69 20", "e4 bd a0", "你", "0xff", "invalid start byte")
	assert.Contains(t, got, "utf-8: bytes 3 to 5, e4 bd a0, are the text 你.\n")
	assert.Contains(t, got, "utf-8: 4 characters, errors: 1.\n")
	format, err := pack.Parse("ci10s")
	require.NoError(t, err)
	data := []byte("a\x00\x00\x00\x05\x00\x00\x00helloworld")
	got = told(t, func(r *Renderer) { r.Packed(Packed{Format: format, Data: data}) }, "18", "61", "05 00 00 00", "83886080", "b'helloworld'")
	assert.Contains(t, got, "offset 1: padding, 3 bytes, in hexadecimal 00 00 00.\n")
	told(t, func(r *Renderer) { r.Packed(Packed{Format: format}) }, "18", "0", "4", "8")

	way := StreamWay{From: "phone", To: "conn", Sent: 11, Received: 7, Waiting: 4, Segments: 2,
		Sends: []StreamSpan{{Kind: SpanSend, Number: 1, To: 5, Data: []byte("hello"), Asked: 5}, {Kind: SpanSend, Number: 2, From: 5, To: 11, Data: []byte("world\n"), Asked: 6}},
		Recvs: []StreamSpan{{Kind: SpanRecv, Number: 1, To: 7, Holds: []Held{{1, 0, 5, 5}, {2, 0, 2, 6}}}}}
	got = told(t, func(r *Renderer) { r.Stream(Stream{Ways: [2]StreamWay{way}, Lost: 3}) }, "phone", "conn", "11", "hello", `world\n`, "0-4", "5-10", "0-6", "7-10", "3")
	assert.Contains(t, got, "From phone to conn: sends: 2 (11 bytes), recvs: 1 (7 bytes).\n")
}

func TestTheRestIsTold(t *testing.T) {
	children := []netlab.ChildInfo{{Pid: 1234, Label: "res", Command: "ls -l", State: process.Zombie, Pipes: []netlab.PipeInfo{{Name: "stdout", Level: 400, Capacity: 65536}, {Name: "stdin", FD: -1}}}}
	got := told(t, func(r *Renderer) { r.Children(children) }, "1234", "res", "ls -l", "stdout", "400", "65536", "stdin")
	assert.Contains(t, got, "process 1234, res: zombie: it has ended, nobody has waited for it; the command is ls -l.\nits stdout: 400 of 65536 bytes.\n")
	tanks := []netlab.Tank{{SocketInfo: plainPhone, Receive: 131072, Send: 4096, Out: 17, Memory: -1, Drops: -1}, {SocketInfo: netlab.SocketInfo{ID: 5, Closed: true}}}
	told(t, func(r *Renderer) { r.Tanks(tanks) }, "phone", "TCP", "127.0.0.1:45568", "127.0.0.1:8080", "12", "131072", "4096", "17")
	talk := []Conversation{{A: Speaker{netlab.Loopback(1), "amy"}, B: Speaker{netlab.Loopback(2), ""}, There: Way{3, 2}, Back: Way{1, 1}, Last: []byte("hi ─── there"), LastSize: 2}}
	got = shown(80, Options{Plain: true}, func(r *Renderer) { r.Conversations(talk, []Loss{{Speaker{netlab.Loopback(1), "amy"}, 7}}) })
	for _, f := range []string{"amy 127.0.0.1:1", "127.0.0.1:2", "3 messages, 1 of them", "1 message", "last, from amy: hi ─── there", "dropped 7"} {
		assert.Contains(t, got, f, "what was said is quoted as it is")
	}
	onlySentences(t, strings.ReplaceAll(got, " ─── ", " "))
	got = shown(40, Options{Plain: true}, func(r *Renderer) {
		r.Chat([]ChatLine{{Name: "amy", Addr: "127.0.0.1:1", Data: []byte("one two three four five from bob (127.0.0.1:2): six")}}, false)
	})
	for _, l := range strings.Split(strings.TrimSpace(got), "\n")[1:] {
		assert.True(t, strings.HasPrefix(l, "  "), "what was said never begins where a line of the chat begins")
	}
}

func TestTheFrameOfALessonIsTold(t *testing.T) {
	got := told(t, func(r *Renderer) {
		r.Title("Lesson 3 · TIME_WAIT", "step 2 of 8 · hang-up")
		r.Server("echo", "127.0.0.1:8080", "tcp-upper", "answers")
		r.Task([]FactLine{{Words: "you hung up"}, {Known: true, Words: "refused", Seen: "nothing", Try: "bind"}, {Known: true, Held: true, Words: "so"}, {Unseen: true, Words: "state"}})
		r.Next("type your line", "hint")
		r.Choices("Which?", []string{"this", "that"})
		r.Right("yes")
		r.NotRight("no")
		r.NotRight("")
		r.Held("it")
		r.Finding(true, "TCP", "")
		r.Finding(false, "root", "sudo")
		r.Item("1", "Sockets", "25 min · 3 of 8 tasks")
		r.SubItem("2", "hang-up", "open")
		r.SubItem("", "port=0", "the port")
		r.Bullets(words.Raw("one"), words.Raw("two"))
		r.Good(words.Raw("passed"))
		r.Error(Trouble{File: "lab.py", Line: 3, Source: "  x = = 3", Col: 7, Kind: "SyntaxError", Text: words.Raw("invalid syntax")})
		r.Expands("phone = socket.socket()\nphone.connect(x)")
		r.Code("a = 1\nb = 2\n")
	}, "TIME_WAIT", "echo", "127.0.0.1:8080", "tcp-upper", "you hung up", "refused", "nothing", "bind", "a) this", "b) that", "sudo", "Sockets", "port=0", "lab.py:3", "x = = 3", "7", "SyntaxError: invalid syntax")
	assert.Contains(t, got, "Lesson 3, TIME_WAIT.\nstep 2 of 8, hang-up.\nServer: echo, 127.0.0.1:8080, tcp-upper: answers.\nTask, fact 1 of 4, to do: you hung up\nTask, fact 2 of 4, not yet: refused\nseen: nothing\ntry: bind\n")
	assert.Contains(t, got, "Next: type your line, hint.\n")
	assert.Contains(t, got, "no: root.\nWhat helps: sudo.\n1. Sockets: 25 min, 3 of 8 tasks\nstep 2, hang-up: open\noption port=0: the port\n")
	assert.Contains(t, got, "The line is: x = = 3\nThe error is at its character 7, from here on: = 3\n")
	assert.Contains(t, got, "In code:\nphone = socket.socket()\nphone.connect(x)\nCode:\na = 1\nb = 2\n")
}

func TestMarkdownIsTold(t *testing.T) {
	text := "### A heading\n\nSome *text* that goes on, with `web │` in it.\n\n| state | who |\n|---|--:|\n| `LISTEN` | phone |\n| CLOSE | |\n\n" +
		"- one\n- two\n\n  more\n  - deep\n\n> quoted\n\n---\n\n```text\n ──▶ drawn ───\n```\n<!-- plain: An arrow\n     to the right. -->\n\n```python\nx = 1\n```\n\nEnd.\n"
	got := told(t, func(r *Renderer) { r.Markdown(text) }, "LISTEN", "phone", "CLOSE", "An arrow to the right.", "x = 1", "End.")
	assert.Contains(t, got, "state: `LISTEN`; who: phone.\nstate: CLOSE.\n")
	assert.Contains(t, got, "with `web:` in it")
	assert.Contains(t, got, "- one\n\n- two\n")
	assert.Contains(t, got, "under it: deep\n")
	assert.Contains(t, got, "Quotation: quoted\n")
	assert.Contains(t, got, "Code:\nx = 1\n")
	for _, opts := range []Options{{}, {Big: true}, {ASCII: true}} {
		assert.NotContains(t, shown(80, opts, func(r *Renderer) { r.Markdown(text) }), "An arrow", "the words stand in place of the drawing only")
	}
	bare := shown(80, Options{Plain: true}, func(r *Renderer) { r.Markdown("```text\nabc\n```\n<!-- note -->\n") })
	assert.Equal(t, "Text:\nabc\n", bare)
}
