//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A window that is closed, or a kill, ends every program that was started, and
// the shell is told of the signal.
func TestASignalLeavesNoChild(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		m := onTerminal(t, "play")
		m.sees("socklab>")
		seconds := fmt.Sprint(70000 + os.Getpid()) // nobody else sleeps as long
		m.types("k = [subprocess.Popen(['sleep', '" + seconds + "']) for i in range(30)]\r")
		require.Eventually(t, func() bool { return sleepers(seconds) == 30 }, patience, 10*time.Millisecond)
		m.rests("socklab>")
		require.NoError(t, m.cmd.Process.Signal(sig))
		err := <-m.exited
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		assert.Equal(t, 128+int(sig), exit.ExitCode())
		assert.Zero(t, sleepers(seconds), "%v", sig)
	}
}

// sleepers counts the programs that sleep so long.
func sleepers(seconds string) int {
	n := 0
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, f := range files {
		line, _ := os.ReadFile(f)
		if strings.HasPrefix(string(line), "sleep\x00"+seconds) {
			n++
		}
	}
	return n
}
