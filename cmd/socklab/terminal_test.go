//go:build unix

package main

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A terminal is the program on a real terminal, with its screen.
type terminal struct {
	t      *testing.T
	tty    *os.File
	cmd    *exec.Cmd
	screen vt10x.Terminal
	mu     sync.Mutex
	all    strings.Builder
	exited chan error
}

// patience is how long a test waits for the screen. Only a failing one does.
const patience = 20 * time.Second

func onTerminal(t *testing.T, args ...string) *terminal {
	t.Helper()
	return onScreen(t, t.TempDir(), 80, 200, args...)
}

// onScreen is onTerminal with a home folder and a size.
func onScreen(t *testing.T, home string, cols, rows int, args ...string) *terminal {
	t.Helper()
	cmd := exec.Command("socklab", args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_STATE_HOME="+home, "XDG_RUNTIME_DIR="+home,
		"TERM=xterm-256color", "LANG=en_US.UTF-8", "LC_ALL=")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(rows), Cols: uint16(cols)})
	require.NoError(t, err)
	term := &terminal{t: t, tty: tty, cmd: cmd, screen: vt10x.New(vt10x.WithSize(cols, rows)), exited: make(chan error, 1)}
	go term.read()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = tty.Close()
	})
	return term
}

func (m *terminal) read() {
	buf := make([]byte, 4096)
	for {
		n, err := m.tty.Read(buf)
		m.mu.Lock()
		_, _ = m.screen.Write(buf[:n])
		m.all.Write(buf[:n])
		m.mu.Unlock()
		if err != nil {
			m.exited <- m.cmd.Wait()
			return
		}
	}
}

func (m *terminal) text() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	lines := strings.Split(m.screen.String(), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// printed is all that was ever written to the screen.
func (m *terminal) printed() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.all.String()
}

// sees waits until the screen shows the text.
func (m *terminal) sees(text string) {
	m.t.Helper()
	require.Eventually(m.t, func() bool { return strings.Contains(m.text(), text) }, patience, 10*time.Millisecond,
		"the screen never showed %q:\n%s", text, lazily(m.text))
}

// lazily is printed when a message is, not before.
type lazily func() string

func (f lazily) String() string { return f() }

func (m *terminal) types(keys string) {
	m.t.Helper()
	_, err := m.tty.WriteString(keys)
	require.NoError(m.t, err)
}

// rests waits until the last line is the prompt, with what stands behind it:
// a key that comes before is for whatever was there before.
func (m *terminal) rests(prompt string) {
	m.t.Helper()
	require.Eventually(m.t, func() bool {
		lines := strings.Split(strings.TrimRight(m.text(), " \n"), "\n")
		return strings.TrimSpace(lines[len(lines)-1]) == prompt
	}, patience, 10*time.Millisecond, "the last line is not %q:\n%s", prompt, m.text())
}

// ends waits for the program to end with success.
func (m *terminal) ends() {
	m.t.Helper()
	select {
	case err := <-m.exited:
		assert.NoError(m.t, err)
	case <-time.After(patience):
		assert.Fail(m.t, "the program did not end", m.text())
	}
}

func TestAStepOnATerminal(t *testing.T) {
	m := onTerminal(t, "lesson", "2", "--step", "dial")
	m.sees("lesson 2>")
	m.types("connect echo\r")
	m.sees("held  somebody called")
	m.types("send hello\r")
	m.sees("held  the server answered")
	m.types("recv\r")
	m.sees("b'HELLO'")
	m.types("close\r")
	m.sees("Task passed.")
	m.types("b\r")
	m.sees("Right No byte goes out")
	m.types("next\r")
	m.sees("step 2 of 10")
	m.types("quit\r")
	m.ends()
	assert.NotContains(t, m.printed(), "panic")
}

func TestCtrlCCancelsACallAndTheSessionGoesOn(t *testing.T) {
	m := onTerminal(t, "play")
	m.sees("socklab>")
	m.types("bind :0\r")
	m.sees("bind(")
	m.types("listen 1\r")
	m.sees("listen(")
	m.types("accept\r")
	m.sees("is waiting")
	m.types("\x03")
	m.sees("KeyboardInterrupt")
	m.types("print('alive', 6 * 7)\r")
	m.sees("alive 42")
	m.rests("socklab>")
	m.types("\x04")
	m.ends()
}

func TestServersNeverDamageTheLineBeingTyped(t *testing.T) {
	m := onTerminal(t, "play")
	m.sees("socklab>")
	m.types("serve tcp-upper\r")
	m.sees("⇒ tcp_upper = serve")
	m.types("tcp_upper.port\r")
	var port string
	require.Eventually(t, func() bool {
		lines := strings.Split(m.text(), "\n")
		for i, l := range lines {
			// Whole only once the next prompt stands below it.
			if strings.HasSuffix(l, "tcp_upper.port") && i+2 < len(lines) && strings.HasPrefix(lines[i+2], "socklab>") {
				port = strings.TrimSpace(lines[i+1])
			}
		}
		return port != ""
	}, patience, 10*time.Millisecond)
	m.types("print('half a li")
	m.sees("print('half a li")
	talk := exec.Command("socklab", "talk", "tcp", "127.0.0.1:"+port)
	talk.Stdin = strings.NewReader("from outside\nquit\n")
	out, err := talk.Output()
	require.NoError(t, err)
	assert.Contains(t, string(out), "FROM OUTSIDE")
	m.sees("recv(")
	m.sees("close(")
	m.types("ne')\r")
	m.sees("\nhalf a line")
	m.types("quit\r")
	m.ends()
}

func TestAPastedProgramRuns(t *testing.T) {
	m := onTerminal(t, "lesson", "2", "--step", "conversation")
	m.sees("lesson 2>")
	m.types((`phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
phone.connect(echo.addr)
while True:
    msg = input(">>: ").strip()
    if not msg: continue
    if msg == "quit": break
    phone.send(msg.encode("utf-8"))
    data = phone.recv(1024)
    print(data.decode("utf-8"))

phone.close()
`))
	m.sees(">>:")
	m.types("quit\r")
	m.sees("close(")
	m.types("quit\r")
	m.ends()
}

func TestTheLessonGoesOnWithAFreePort(t *testing.T) {
	taken, err := serveOn(t, "127.0.0.1:8080")
	if err != nil {
		t.Skip("port 8080 of this machine is taken already, which is the very case; stop that program to run this")
	}
	defer taken()
	m := onTerminal(t, "lesson", "2", "--step", "dial")
	m.sees("Port 8080 is taken")
	assert.NotContains(t, m.text(), `("127.0.0.1", 8080)`, "the text follows")
	m.types("connect echo\r")
	m.sees("held  somebody called")
	m.types("quit\r")
	m.ends()
}

// serveOn takes a port as another program would.
func serveOn(t *testing.T, addr string) (stop func(), err error) {
	t.Helper()
	cmd := exec.Command("socklab", "serve", "silent", "--addr", addr)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	buf := make([]byte, 64)
	if n, err := out.Read(buf); err != nil || !strings.HasPrefix(string(buf[:n]), "listening on") {
		_ = cmd.Wait()
		return nil, os.ErrExist
	}
	return func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}, nil
}
