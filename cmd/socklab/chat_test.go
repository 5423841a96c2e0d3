//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// freePorts are ports of 127.0.0.1 on which no datagrams are taken now.
func freePorts(t *testing.T, n int) []string {
	t.Helper()
	var list []string
	for range n {
		c, err := net.ListenPacket("udp4", "127.0.0.1:0")
		require.NoError(t, err)
		defer c.Close()
		list = append(list, c.LocalAddr().String())
	}
	return list
}

// directory writes a directory file of names on free ports.
func directory(t *testing.T, names ...string) (file string, addrs []string) {
	t.Helper()
	addrs = freePorts(t, len(names))
	file = filepath.Join(t.TempDir(), "friends")
	var b strings.Builder
	for i, name := range names {
		fmt.Fprintf(&b, "%s\t%s\n", name, addrs[i])
	}
	require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o600))
	return file, addrs
}

// seesRaw waits until the program has written what may not be seen.
func (m *terminal) seesRaw(text, why string) {
	m.t.Helper()
	require.Eventually(m.t, func() bool { return strings.Contains(m.printed(), text) }, patience, 10*time.Millisecond, why)
}

func TestTwoPeopleChatInTwoTerminals(t *testing.T) {
	file, _ := directory(t, "amy", "bob")
	amy := onTerminal(t, "talk", "chat", "--as", "amy", "--directory", file)
	bob := onTerminal(t, "serve", "chat", "--name", "bob", "--directory", file)
	amy.sees("friend:")
	bob.sees("nobody has written yet")
	amy.types("bob\r")
	amy.sees("to bob:")
	amy.types("hello bob\r")
	bob.sees("): hello bob")
	bob.seesRaw("\x1b[44m", "what is received stands on blue")
	bob.sees("to amy:")
	bob.types("a half typed l")
	bob.sees("a half typed l")
	for i := range 5 { // while bob types
		amy.types(fmt.Sprintf("message %d\r", i))
		bob.sees(fmt.Sprintf("): message %d", i))
	}
	bob.sees("\nto amy: a half typed l")
	bob.types("ine\r")
	amy.sees("from bob (")
	amy.sees("): a half typed line")
	amy.types("你好\r")
	bob.sees("): 你好")
	for _, m := range []*terminal{amy, bob} {
		for _, line := range strings.Split(m.text(), "\n") {
			assert.LessOrEqual(t, strings.Count(line, "message"), 1, "a line is torn: %q", line)
		}
	}
	amy.types("quit\r")
	amy.sees("friend:")
	amy.types("nobody\r")
	amy.sees("there is nobody called nobody; there are: amy, bob")
	bob.types("half")
	bob.sees("to amy: half")
	bob.types("\x03whole\r") // clears the line
	amy.sees("): whole")
	bob.rests("to amy:")
	bob.types("gone")
	bob.rests("to amy: gone")
	bob.types("\x7f\x7f\x7f\x7f")
	bob.rests("to amy:")
	bob.types("\x03") // the line is empty: ends
	bob.ends()
	amy.types("quit\r")
	amy.ends()
}

func TestAnAnswerGoesToWhoWroteBeforeItWasBegun(t *testing.T) {
	file, addrs := directory(t, "me", "amy", "bob")
	m := onTerminal(t, "serve", "chat", "--name", "me", "--directory", file)
	m.sees("listening on " + addrs[0])
	amy, bob := speaker(t, addrs[1], addrs[0]), speaker(t, addrs[2], addrs[0])
	amy.say("from amy's")
	m.sees("to amy:")
	bob.say("from bob's")
	m.sees("to bob:")
	m.types("begun for bob")
	m.sees("to bob: begun for bob")
	amy.say("again")
	m.sees("): again")
	m.sees("\nto bob: begun for bob")
	m.types("\r")
	assert.Equal(t, "begun for bob", bob.hears())
	m.sees("to amy:")
	m.types("bob: by name\r")
	assert.Equal(t, "by name", bob.hears())
	m.types("@amy and so\r")
	assert.Equal(t, "and so", amy.hears())
	m.types("@nobody lost\r")
	m.sees("there is nobody called nobody")
	m.rests("to amy:")
	m.types("\x04")
	m.ends()
}

// A peer is another program with a UDP socket.
type peer struct {
	t    *testing.T
	conn net.Conn
}

func speaker(t *testing.T, at, to string) *peer {
	t.Helper()
	local, err := net.ResolveUDPAddr("udp4", at)
	require.NoError(t, err)
	remote, err := net.ResolveUDPAddr("udp4", to)
	require.NoError(t, err)
	c, err := net.DialUDP("udp4", local, remote)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return &peer{t, c}
}

func (p *peer) say(text string) {
	p.t.Helper()
	_, err := p.conn.Write([]byte(text))
	require.NoError(p.t, err)
}

func (p *peer) hears() string {
	p.t.Helper()
	buf := make([]byte, 1<<16)
	require.NoError(p.t, p.conn.SetReadDeadline(time.Now().Add(patience)))
	n, err := p.conn.Read(buf)
	require.NoError(p.t, err)
	return string(buf[:n])
}

func TestAnImpostorReachesNoTerminal(t *testing.T) {
	file, addrs := directory(t, "me", "陈凤琴")
	m := onTerminal(t, "serve", "chat", "--name", "me", "--directory", file)
	m.sees("listening on")
	eve := speaker(t, "127.0.0.1:0", addrs[0])
	from := eve.conn.LocalAddr().String()
	eve.say("陈凤琴: \x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u200b\r\n\x00end")
	m.sees("unknown " + from)
	m.sees(`\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u200b\r\n\x00end`)
	m.sees("(not UTF-8)")
	eve.say("")
	m.sees("(empty message)")
	// Blanks up to the edge, so that the next row looks like a friend's line.
	eve.say("hi" + strings.Repeat(" ", 200) + "from 陈凤琴 (" + addrs[1] + "): pay me")
	m.sees("pay me")
	for _, line := range strings.Split(m.text(), "\n") {
		assert.False(t, strings.HasPrefix(line, "from 陈凤琴"), "%q", line)
	}
	raw := m.printed()
	for _, bad := range []string{"\x1b]0;owned", "\x1b[2J", "\x9b31m", "\u202e", "\u200b", "\x07"} {
		assert.NotContains(t, raw, bad)
	}
	m.rests("to " + from + ":")
	m.types("\x04")
	m.ends()
}

func TestABurstLeavesTheTerminalInUse(t *testing.T) {
	file, addrs := directory(t, "me", "amy")
	m := onTerminal(t, "serve", "chat", "--name", "me", "--directory", file)
	m.sees("listening on")
	amy := speaker(t, addrs[1], addrs[0])
	amy.say("first")
	m.sees("to amy:")
	m.types("half a li")
	m.sees("half a li")
	for i := range 10000 {
		amy.say(fmt.Sprintf("flood %d", i))
	}
	m.sees("more from amy (" + addrs[1] + ")")
	m.types("ne\r")
	assert.Equal(t, "half a line", amy.hears())
	assert.Less(t, strings.Count(m.printed(), "flood"), 1000)
	m.rests("to amy:")
	m.types("\x04")
	m.ends()
}

func TestCtrlCInTheChatOfALesson(t *testing.T) {
	m := onTerminal(t, "play")
	m.sees("socklab>")
	m.types("serve chat-friend name=amy manner=bursts\r")
	m.sees("⇒ amy = serve")
	m.types("chat amy\r")
	m.sees("to amy:")
	m.types("wrong")
	m.sees("to amy: wrong")
	m.types("\x03right\r")
	m.sees("amy: right! (3/3)")
	m.seesRaw("\x1b[41m", "what a server says stands on red")
	m.rests("to amy:")
	m.types("\x04") // back to the directory
	m.rests("friend:")
	m.types("\x03") // an empty line: out
	m.rests("socklab>")
	m.types("print('alive', 6 * 7)\r")
	m.sees("alive 42")
	assert.NotContains(t, m.text(), "KeyboardInterrupt")
	m.types("quit\r")
	m.ends()
}

func TestNoColourInAChat(t *testing.T) {
	file, addrs := directory(t, "me", "amy")
	t.Setenv("NO_COLOR", "1")
	m := onTerminal(t, "serve", "chat", "--name", "me", "--directory", file)
	m.sees("listening on")
	speaker(t, addrs[1], addrs[0]).say("hello")
	m.sees("from amy (" + addrs[1] + "): hello")
	assert.NotContains(t, m.printed(), "\x1b[44m")
	require.NoError(t, m.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case <-m.exited:
	case <-time.After(patience):
		assert.Fail(t, "SIGTERM did not end it")
	}
}

// A piped is the program without a terminal.
type piped struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	mu  sync.Mutex
	out strings.Builder
	end chan struct{}
}

func onPipes(t *testing.T, name string, args ...string) *piped {
	t.Helper()
	p := &piped{t: t, cmd: exec.Command(name, args...), end: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "LANG=en_US.UTF-8", "LC_ALL=", "PYTHONUNBUFFERED=1", "PYTHONIOENCODING=utf-8")
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	p.cmd.Stderr = os.Stderr
	p.in, err = p.cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	go func() {
		defer close(p.end)
		lines := bufio.NewReader(out)
		for {
			line, err := lines.ReadString('\n')
			p.mu.Lock()
			p.out.WriteString(line)
			p.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

func (p *piped) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

func (p *piped) sees(text string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return strings.Contains(p.text(), text) }, patience, 5*time.Millisecond, "never printed %q:\n%s", text, lazily(p.text))
}

func (p *piped) types(text string) {
	p.t.Helper()
	_, err := io.WriteString(p.in, text)
	require.NoError(p.t, err)
}

func (p *piped) endsWell() {
	p.t.Helper()
	select {
	case <-p.end:
		assert.NoError(p.t, p.cmd.Wait())
	case <-time.After(patience):
		assert.Fail(p.t, "it did not end", p.text())
	}
}

// Of the kind that the tutorial writes: lock-step, UTF-8, no framing.
const pythonServer = `
from socket import *
s = socket(AF_INET, SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
print("at", s.getsockname()[1])
while True:
    msg, addr = s.recvfrom(1024)
    print("got", msg.decode("utf-8"))
    s.sendto(("回答 " + msg.decode("utf-8").upper()).encode("utf-8"), addr)
`

const pythonClient = `
from socket import *
import sys
c = socket(AF_INET, SOCK_DGRAM)
for line in sys.stdin:
    c.sendto(line.strip().encode("utf-8"), ("127.0.0.1", int(sys.argv[1])))
    back, addr = c.recvfrom(1024)
    print("back", back.decode("utf-8"))
`

func needsPython(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		if required("python3") {
			t.Fatal("SOCKLAB_REQUIRE names python3, which is not installed")
		}
		t.Skip("needs python3: apt-get install python3")
	}
}

func TestThePythonServerOfTheTutorialIsAFriend(t *testing.T) {
	needsPython(t)
	py := onPipes(t, "python3", "-c", pythonServer)
	py.sees("at ")
	py.sees("\n")
	port := strings.TrimSpace(strings.TrimPrefix(py.text(), "at "))
	file := filepath.Join(t.TempDir(), "friends")
	require.NoError(t, os.WriteFile(file, []byte("蟒蛇 127.0.0.1:"+port+"\n"), 0o600))
	talk := onPipes(t, "socklab", "talk", "chat", "--directory", file)
	talk.types("蟒蛇\n你好 abc\n")
	py.sees("got 你好 abc\n")
	talk.sees("from 蟒蛇 (127.0.0.1:" + port + "): 回答 你好 ABC\n")
	talk.types("quit\nquit\n")
	talk.endsWell()
}

func TestThePythonClientOfTheTutorialIsAnswered(t *testing.T) {
	needsPython(t)
	serve := onPipes(t, "socklab", "serve", "chat", "--name", "me", "--addr", "127.0.0.1:0")
	serve.types("回答 1\n回答 2\n") // before anybody has written
	serve.sees("listening on 127.0.0.1:")
	serve.sees("\n")
	first, _, _ := strings.Cut(serve.text(), "\n")
	py := onPipes(t, "python3", "-c", pythonClient, strings.TrimPrefix(first, "listening on 127.0.0.1:"))
	py.types("你好\n")
	serve.sees("from unknown 127.0.0.1:")
	serve.sees(": 你好\n")
	py.sees("back 回答 1\n")
	require.NoError(t, serve.in.Close())
	py.types("again\n")
	serve.sees("again\n")
	py.sees("back 回答 2\n")
	require.NoError(t, serve.cmd.Process.Signal(syscall.SIGTERM))
	serve.endsWell()
	assert.NotContains(t, serve.text(), "No answer", "who has written has been heard of")
}
