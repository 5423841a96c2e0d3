package runner

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
)

func TestChatAtThePrompt(t *testing.T) {
	s, out := session(t, "陈凤琴\nhello\nquit\n王小明\n喜洋洋\nhi\nquit\nquit\n")
	exec(t, s, `serve chat-friend name=陈凤琴 lines=fine,thanks`, `serve chat-friend name=喜洋洋`)
	out.take()
	exec(t, s, "chat")
	text := out.take()
	for _, want := range []string{
		`friends = {"陈凤琴": ("127.0.0.1", `,
		"phone = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
		`phone.sendto(msg.encode("utf-8"), friends[name])`,
		"to 陈凤琴 (127.0.0.1:", "): hello\n", "from 陈凤琴 (127.0.0.1:", "): fine\n",
		"there is nobody called 王小明; there are: 陈凤琴, 喜洋洋",
		"): hi\n", "): 喜洋洋: hi!\n", "sendto(",
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "is waiting", "receiving is no news")
	events, _ := s.bench.lab.Journal().Typed(netlab.Mark{})
	sent := 0
	for _, e := range events {
		if e.Op == netlab.OpSendto && e.By == netlab.Learner && e.Succeeded() {
			sent++
		}
	}
	assert.Equal(t, 2, sent, "every message is a call of the learner's")
	assert.False(t, s.chatting.Load())
}

func TestChatUsedWrongly(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "chat")
	assert.Contains(t, out.take(), "there is nobody to chat with")
	exec(t, s, "serve chat-friend name=samuel", "friends = 7", "t = socket.socket()")
	out.take()
	exec(t, s, "chat samuell")
	assert.Contains(t, out.take(), "there is nobody called samuell; did you mean samuel?")
	exec(t, s, "t.chat samuel")
	assert.Contains(t, out.take(), "t is no UDP socket")
	exec(t, s, "chat samuel")
	assert.Contains(t, out.take(), "friends2 = {", "the learner's own names stay")
	exec(t, s, "print(friends)")
	assert.Contains(t, out.take(), "7")
}

func TestAMessageTooLongIsToldAndNotLostInSilence(t *testing.T) {
	long := strings.Repeat("x", 70000)
	s, out := session(t, "amy\n"+long+"\nquit\nquit\n")
	exec(t, s, "serve chat-friend name=amy", "chat")
	text := strings.Join(strings.Fields(out.take()), " ")
	assert.Contains(t, text, "[EMSGSIZE 90]")
	assert.Contains(t, text, "70000 bytes do not fit into one datagram")
	assert.Contains(t, text, "Nothing of it was sent. It fits into 2 messages of at most 65507 bytes.")
	assert.True(t, s.Failed())
}

func TestAFriendWhoNeverAnswers(t *testing.T) {
	s, out := session(t, "amy\nfirst\nsecond\nquit\nquit\n")
	exec(t, s, "serve chat-friend name=amy manner=never", "chat")
	text := strings.Join(strings.Fields(out.take()), " ")
	assert.Equal(t, 1, strings.Count(text, "No answer from amy so far. UDP does not tell"), text)
}

// stranger is a socket that nobody knows, as another program would have it.
func stranger(t *testing.T, lab *netlab.Lab) *netlab.Socket {
	t.Helper()
	sock, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Server)
	require.NoError(t, err)
	require.NoError(t, sock.Bind(context.Background(), netlab.Loopback(0)))
	return sock
}

func TestConversations(t *testing.T) {
	s, out := session(t, "amy\nhello\nquit\nquit\n")
	exec(t, s, "conversations")
	assert.Contains(t, out.take(), "No datagram was sent or taken yet.")
	exec(t, s, "serve chat-friend name=amy lines=fine", "chat")
	bg := context.Background()
	outside := netlabtest.New(t)
	impostor := stranger(t, outside)
	phone := s.bench.interp.SocketNamed("phone")
	to := netlab.Loopback(phone.Info().Local.Port)
	_, err := impostor.SendTo(bg, []byte("amy: \x1b[2Jpay me"), 0, to)
	require.NoError(t, err)
	exec(t, s, "phone.recvfrom(100)")
	mute, err := server.Start(s.bench.lab, "udp-upper", server.Values{"mute": true})
	require.NoError(t, err)
	mute.Stop()
	out.take()
	exec(t, s, "conversations")
	text := out.take()
	assert.Contains(t, text, "phone 127.0.0.1:")
	assert.Contains(t, text, "phone to amy: 1 message\n")
	assert.Contains(t, text, "amy to phone: 1 message\n")
	assert.Contains(t, text, "last, from amy: fine")
	assert.Contains(t, text, "unknown "+impostor.Info().Local.String())
	assert.Contains(t, text, `amy: \x1b[2Jpay me`)
	assert.NotContains(t, text, "\x1b")
	assert.NotContains(t, text, "not taken")

	exec(t, s, "conversations --json")
	lines := strings.Split(strings.TrimSpace(out.take()), "\n")
	require.Len(t, lines, 2)
	var first, second conversationObject
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &first))
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &second))
	assert.Equal(t, "amy", first.Between[1].Name)
	assert.Equal(t, 1, *first.Between[1].Taken)
	assert.True(t, second.Between[1].Unknown)
	assert.Nil(t, second.Between[1].Sent, "what is outside the lab is not guessed")
}

func TestConversationsTellWhatWasLost(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", `a.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)`, `a.bind(("127.0.0.1", 0))`,
		"b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "for i in range(50): b.sendto(b'x' * 500, a.getsockname())", "a.recvfrom(1000)")
	out.take()
	exec(t, s, "conversations")
	text := out.take()
	assert.Contains(t, text, "b to a: 50 messages, 49 of them not taken")
	if _, table := s.bench.lab.Observes(); table {
		assert.Contains(t, text, "datagrams at a: its receive buffer was full")
	}
}

func TestVerbsTowardsAServerForDatagrams(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "serve udp-upper name=up", "sendto up hello", "recvfrom")
	text := out.take()
	assert.Contains(t, text, `phone.sendto(b'hello', ("127.0.0.1", `)
	assert.Contains(t, text, "HELLO")
	exec(t, s, "connect up", "phone.send(b'more')", "phone.recv(100)")
	text = out.take()
	assert.Contains(t, text, "phone.connect(")
	assert.Contains(t, text, "b'MORE'")
	exec(t, s, "t = socket.socket()", "connect up")
	assert.Contains(t, out.take(), "phone2 = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)")
	exec(t, s, "servers")
	assert.Contains(t, strings.Join(strings.Fields(out.take()), " "), "takes datagrams on 127.0.0.1:")
}

func TestTheLearnersOwnDirectoryIsUsed(t *testing.T) {
	s, out := session(t, "hello\nquit\nquit\n")
	exec(t, s, `chen = serve("chat-friend", port=0, lines=["fine"])`, "box = {1: 2}",
		`people = {"陈凤琴": chen.addr if hasattr(chen, "addr") else ("127.0.0.1", chen.port)}`,
		"me = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "me.settimeout(0.05)")
	out.take()
	exec(t, s, "chat 陈凤琴")
	text := out.take()
	assert.Contains(t, text, "me.sendto(msg.encode(\"utf-8\"), people[name])")
	assert.NotContains(t, text, "friends = {")
	assert.Contains(t, text, "from 陈凤琴 (127.0.0.1:")
	assert.Contains(t, text, "): fine")
	assert.NotContains(t, text, "cancelled")
	assert.NotContains(t, text, "TimeoutError", "the socket's own patience is for calls")
	exec(t, s, "print(me.gettimeout())", "conversations")
	text = out.take()
	assert.Contains(t, text, "0.05")
	assert.Contains(t, text, "陈凤琴 to me: 1 message\n")
}
