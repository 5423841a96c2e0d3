package runner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
)

const oneConnection = "phone = socket.socket()\nphone.bind(('127.0.0.1', 0))\nphone.listen(5)\n" +
	"caller = socket.socket()\ncaller.connect(phone.getsockname())\nconn, addr = phone.accept()"

// flat is text on one line with single spaces.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// arrive waits until a socket has so many bytes to read.
func arrive(t *testing.T, s *Session, name string, n int) {
	t.Helper()
	sock := s.bench.interp.SocketNamed(name)
	require.NotNil(t, sock)
	netlabtest.Eventually(t, s.bench.lab, "the bytes are there", func() bool { return sock.Info().Unread == n })
}

func TestStreamShowsWhatARecvHolds(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, oneConnection, "caller.send(b'hello')", "caller.send(b'world')")
	arrive(t, s, "conn", 10)
	exec(t, s, "conn.recv(4, socket.MSG_PEEK)", "conn.recv(7)")
	list := objects(t, s, out, "stream --json")
	require.Len(t, list, 5)
	var ports string
	for _, o := range list {
		o["direction"], ports = "", o["direction"].(string)
	}
	assert.Regexp(t, `^caller \d+ to conn \d+$`, ports)
	assert.Equal(t, map[string]any{"direction": "", "kind": "send", "number": 1.0, "start": 0.0, "end": 5.0, "data": "68656c6c6f"}, list[0])
	assert.Equal(t, map[string]any{"direction": "", "kind": "recv", "number": 1.0, "start": 0.0, "end": 7.0, "data": "68656c6c6f776f", "sends": []any{1.0, 2.0}}, list[2])
	assert.Equal(t, "peek", list[3]["kind"])
	assert.Equal(t, map[string]any{"direction": "", "kind": "waiting", "start": 7.0, "end": 10.0, "data": ""}, list[4])
	for _, command := range []string{"stream", "stream conn", "stream caller"} {
		out.take()
		exec(t, s, command)
		text := out.take()
		assert.Contains(t, text, "recv 1: bytes 0-6 (7) = send 1 and the first 2 of 5 bytes of send 2 glued", command)
		assert.Contains(t, flat(text), "waiting in the kernel of conn", command)
		assert.Contains(t, text, "the kernel sent 2 segments with data", command)
	}
}

func TestStreamOfAServersConnection(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "serve tcp-upper name=echo", "connect echo", "send hi", "recv")
	out.take()
	exec(t, s, "stream")
	text := out.take()
	assert.Regexp(t, `(?m)^  phone \d+ ──▶ echo \d+  sends: 1 \(2 bytes\), recvs: 1 \(2 bytes\)$`, text)
	assert.Regexp(t, `(?m)^  echo \d+ ──▶ phone \d+  sends: 1 \(2 bytes\), recvs: 1 \(2 bytes\)$`, text)
	assert.Contains(t, text, "HI\n")
}

func TestStreamBeforeAccept(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "phone = socket.socket()", "phone.bind(('127.0.0.1', 0))", "phone.listen(5)", "caller = socket.socket()", "caller.connect(phone.getsockname())", "caller.send(b'early')")
	out.take()
	exec(t, s, "stream")
	assert.Contains(t, flat(out.take()), "nobody has accepted the connection yet: the bytes wait in the kernel of the other end")
}

func TestStreamOfDatagrams(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "box = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "box.bind(('127.0.0.1', 0))", "me = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)")
	out.take()
	exec(t, s, "stream me")
	assert.Contains(t, out.take(), "no bytes cross me itself")
	exec(t, s, "me.sendto(b'hello', box.getsockname())", "me.sendto(b'world', box.getsockname())", "box.recv(64)", "box.recvfrom(2)")
	for _, command := range []string{"stream me", "stream box", "stream"} {
		out.take()
		exec(t, s, command)
		text := flat(out.take())
		assert.Contains(t, text, "recv 1: 5 bytes = send 1, whole", command)
		assert.Contains(t, text, "recv 2: 2 bytes = the first 2 of 5 bytes of send 2: the rest did not fit and was thrown away", command)
	}
	list := objects(t, s, out, "stream --json")
	assert.Len(t, with(list, map[string]any{"kind": "recv", "truncated": true, "start": 0.0, "end": 2.0}), 1)
}

func TestStreamUsedWrongly(t *testing.T) {
	s, out := session(t, "")
	for line, want := range map[string]string{
		"stream":          "there was no connection yet",
		"stream nobody":   "nobody is no socket here",
		"stream a b":      "stream is used like this:",
		"decoders":        "nothing was received yet; give an expression",
		"decoders nobody": "NameError",
	} {
		out.take()
		exec(t, s, line)
		assert.Contains(t, flat(out.take()), want, line)
	}
	exec(t, s, "phone = socket.socket()", "phone.bind(('127.0.0.1', 0))", "phone.listen(5)")
	out.take()
	exec(t, s, "stream phone")
	assert.Contains(t, out.take(), "no bytes cross phone itself; name a connection: phone")
}

func TestDecodersOfWhatWasReceivedLast(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, oneConnection, "conn.send('目录'.encode('gbk'))")
	arrive(t, s, "caller", 4)
	exec(t, s, "caller.recv(64)")
	out.take()
	exec(t, s, "decoders")
	text := out.take()
	assert.Contains(t, text, "0000  c4 bf c2 bc\nutf-8 └─Ŀ─┘ └─¼─┘\ngbk   └目─┘ └录─┘\n")
	assert.Contains(t, flat(text), "2 different texts, each without an error")
	exec(t, s, "decoders latin-1 ascii '中'.encode()")
	text = out.take()
	assert.Contains(t, text, "latin-1 ä    ¸    \\xad\n")
	assert.Contains(t, text, "ascii   ✗ byte 0xe4 in position 0: ordinal not in range(128)\n")
	list := objects(t, s, out, "decoders --json '中'.encode()")
	assert.Equal(t, []map[string]any{
		{"encoding": "utf-8", "start": 0.0, "end": 3.0, "data": "e4b8ad", "text": "中"},
		{"encoding": "gbk", "start": 0.0, "end": 2.0, "data": "e4b8", "text": "涓"},
		{"encoding": "gbk", "start": 2.0, "end": 3.0, "data": "ad", "error": "incomplete multibyte sequence"},
	}, list)
}

func TestAnIncrementalDecoderAtThePrompt(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "import codecs", "d = codecs.getincrementaldecoder('utf-8')()", "d.decode(b'\\xe4\\xbd')", "d.decode(b'\\xa0')")
	assert.Contains(t, out.take(), "'你'")
}
