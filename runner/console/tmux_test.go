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

// vt10x takes every character for one cell wide; tmux knows better. So the
// columns of Chinese text are looked at there.
func TestTmuxColumnsOfChinese(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		if strings.Contains(os.Getenv("SOCKLAB_REQUIRE"), "tmux") {
			require.Fail(t, "tmux is required and not there")
		}
		t.Skip("needs tmux: apt-get install tmux")
	}
	socket := filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) string {
		cmd := exec.Command("tmux", append([]string{"-u", "-S", socket, "-f", "/dev/null"}, args...)...)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "tmux %v: %s", args, out)
		return strings.TrimRight(string(out), "\n ")
	}
	tmux("new-session", "-d", "-x", "40", "-y", "12", "-e", childEnv+"=1", os.Args[0])
	t.Cleanup(func() { _ = exec.Command("tmux", "-S", socket, "kill-server").Run() })
	at := func(want string) {
		t.Helper()
		arrived := func() bool { return tmux("display-message", "-p", "#{cursor_x},#{cursor_y}") == want }
		if !assert.Eventually(t, arrived, patience, 20*time.Millisecond, "the cursor at "+want) {
			require.FailNow(t, "the screen", tmux("capture-pane", "-p"))
		}
	}
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
