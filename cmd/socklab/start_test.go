package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkStart is the time from start to the first prompt of lesson 2, as a
// ratio to that of `python3 -c pass` in the same run, alternating.
func BenchmarkStart(b *testing.B) {
	python, err := exec.LookPath("python3")
	if err != nil {
		b.Skip("needs python3: apt-get install python3")
	}
	if out, err := exec.Command(python, "-c", "import sys; print(sys.executable)").Output(); err == nil {
		python = strings.TrimSpace(string(out)) // not a wrapper script
	}
	dir := b.TempDir()
	bin := filepath.Join(dir, "socklab")
	out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput()
	require.NoError(b, err, string(out))
	var ours, theirs time.Duration
	for b.Loop() {
		ours += toPrompt(b, bin, dir)
		start := time.Now()
		require.NoError(b, exec.Command(python, "-c", "pass").Run())
		theirs += time.Since(start)
	}
	b.ReportMetric(float64(ours.Microseconds())/float64(b.N), "µs/start")
	b.ReportMetric(float64(theirs.Microseconds())/float64(b.N), "µs/python3")
	b.ReportMetric(float64(ours)/float64(theirs), "socklab/python3")
}

// toPrompt runs lesson 2 until it tells what to type.
func toPrompt(b *testing.B, bin, home string) time.Duration {
	b.Helper()
	cmd := exec.Command(bin, "lesson", "2")
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_STATE_HOME="+home, "LANG=C")
	in, err := cmd.StdinPipe()
	require.NoError(b, err)
	out, err := cmd.StdoutPipe()
	require.NoError(b, err)
	start := time.Now()
	require.NoError(b, cmd.Start())
	var took time.Duration
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(strings.TrimSpace(lines.Text()), "Next") {
			took = time.Since(start)
			break
		}
	}
	require.NotZero(b, took)
	_ = in.Close()
	_ = cmd.Wait()
	return took
}
