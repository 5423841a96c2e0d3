//go:build linux || darwin

package console

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// window is a child in a window of tmux, 40 columns wide and 12 rows high.
type window struct {
	t      *testing.T
	socket string
}

func startTmux(t *testing.T) *window {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		if strings.Contains(os.Getenv("SOCKLAB_REQUIRE"), "tmux") {
			require.Fail(t, "tmux is required and not there")
		}
		t.Skip("needs tmux: apt-get install tmux")
	}
	w := &window{t: t, socket: filepath.Join(t.TempDir(), "tmux")}
	w.run("new-session", "-d", "-x", "40", "-y", "12", "-e", childEnv+"=1", os.Args[0])
	t.Cleanup(func() { _ = exec.Command("tmux", "-S", w.socket, "kill-server").Run() })
	return w
}

// run returns what a command of tmux writes.
func (w *window) run(args ...string) string {
	w.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-u", "-S", w.socket, "-f", "/dev/null"}, args...)...)
	out, err := cmd.CombinedOutput()
	require.NoError(w.t, err, "tmux %v: %s", args, out)
	return strings.TrimRight(string(out), "\n ")
}

// at waits until the cursor is at that column and row.
func (w *window) at(want string) {
	w.t.Helper()
	arrived := func() bool { return w.run("display-message", "-p", "#{cursor_x},#{cursor_y}") == want }
	if !assert.Eventually(w.t, arrived, patience, 20*time.Millisecond, "the cursor at "+want) {
		require.FailNow(w.t, "the screen", w.run("capture-pane", "-p"))
	}
}

// vt10x takes every character for one cell wide; tmux knows better. So the
// columns of Chinese text are looked at there.
func TestTmuxColumnsOfChinese(t *testing.T) {
	w := startTmux(t)
	tmux, at := w.run, w.at
	at("5,0") // after "lab> "
	tmux("send-keys", "-l", "发送 你好")
	at("14,0")
	tmux("send-keys", "Left")
	at("12,0")
	tmux("send-keys", "End")
	at("14,0")
	tmux("send-keys", "BSpace")
	at("12,0")
	tmux("send-keys", "Enter")
	at("5,2")
	assert.Equal(t, fmt.Sprintf("lab> 发送 你\ngot %q\nlab>", "发送 你"), tmux("capture-pane", "-p"))

	tmux("send-keys", "-l", strings.Repeat("x", 35)) // to the very edge
	at("0,3")
	tmux("send-keys", "C-a")
	at("5,2")
}

// A line that types itself wraps as one typed by hand, with characters of two
// cells at the edge of the window.
func TestTmuxTypedLineWraps(t *testing.T) {
	for _, line := range []string{
		"发送发送发送发送发送发送发送发送发送发送 and 再发送一次 until it is three rows long, 完了",
		strings.Repeat("x", 35), // to the very edge
	} {
		byHand, byItself := startTmux(t), startTmux(t)
		byHand.at("5,0")
		byItself.at("5,0")
		byHand.run("send-keys", "-l", line)
		byHand.run("send-keys", "Enter")
		byItself.run("send-keys", "-l", "type 20 "+line)
		byItself.run("send-keys", "Enter")
		arrived := func() bool {
			return strings.HasSuffix(byItself.run("capture-pane", "-p"), "command: <nil>\nlab>")
		}
		require.Eventually(t, arrived, patience, 20*time.Millisecond)
		require.Eventually(t, func() bool {
			return strings.HasSuffix(byHand.run("capture-pane", "-p"), "\nlab>")
		}, patience, 20*time.Millisecond)
		want, _, _ := strings.Cut(byHand.run("capture-pane", "-p"), "\ngot ")
		assert.Contains(t, byItself.run("capture-pane", "-p"), "\n"+want+"\ntyped: <nil>")
	}
}

func TestTmuxClear(t *testing.T) {
	w := startTmux(t)
	w.at("5,0")
	w.run("send-keys", "-l", "half")
	w.run("send-keys", "Enter")
	w.at("5,2")
	w.run("send-keys", "-l", "clear")
	w.run("send-keys", "Enter")
	w.at("5,0")
	assert.Equal(t, "lab>", w.run("capture-pane", "-p"))
	w.run("send-keys", "-l", "type 20 你好")
	w.run("send-keys", "Enter")
	w.at("5,3")
	assert.Equal(t, "lab> type 20 你好\nlab> 你好\ntyped: <nil> command: <nil>\nlab>", w.run("capture-pane", "-p"))
}
