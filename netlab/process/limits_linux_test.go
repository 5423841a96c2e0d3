package process_test

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/process"
)

// soon is how much later than its limit a process may be gone.
const soon = time.Second

func TestLimits(t *testing.T) {
	small := process.Limits{
		Wall: time.Second, Output: 1 << 20, CPU: time.Second, Memory: 512 << 20,
		FileSize: 1 << 20, Processes: 20, OpenFiles: 32,
	}
	cases := []struct {
		name, script string
		exceeded     string
		code         []int
		out          string // part of what it printed
	}{
		{"a sleeper", "sleep 60", "wall time", []int{-9}, ""},
		{"an endless printer", "yes", "output", []int{-9}, "y\ny\n"},
		{"a fork bomb", "b() { b | b & b; }; b", "", nil, "fork"},
		{"a fork bomb that leaves the session", `s='while :; do setsid sh -c "$1" sh "$1" & done'; sh -c "$s" sh "$s"`, "", nil, "fork"},
		{"one that leaves an heir", "setsid sleep 60 & exit 7", "wall time", []int{7}, ""},
		{"a writer of a gigabyte", "head -c 1000000000 /dev/zero > big; echo $?; stat -c %s big", "", []int{0}, "\n1048576\n"},
		{"a reader of stdin", "cat; echo end", "", []int{0}, "end\n"},
		{"a counter without an end", "while :; do :; done", "", []int{-24, -9}, ""},
		{"a glutton", "dd if=/dev/zero of=/dev/null bs=700000000 count=1 || echo refused", "", []int{0}, "refused\n"},
		{"many files", "i=3; while [ $i -lt 9 ]; do eval \"exec $i< /dev/null\"; i=$((i+1)); done; ulimit -n", "", []int{0}, "32\n"},
		{"no core", "ulimit -c", "", []int{0}, "0\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before := children(t)
			limits := small
			started := time.Now()
			p := start(t, process.Spec{Args: []string{"sh", "-c", c.script}, Stdout: process.Piped, Stderr: process.ToStdout, Limits: &limits})
			out := readAll(t, p.Stdout)
			code, err := p.Wait(patient(t))
			require.NoError(t, err)
			require.NoError(t, p.End())
			assert.Less(t, time.Since(started), limits.Wall+soon)
			assert.Contains(t, out, c.out)
			if c.exceeded != "" {
				assert.Equal(t, c.exceeded, p.Exceeded())
			}
			if c.code != nil {
				assert.Contains(t, c.code, code, "%.200s", out)
			}
			assert.Equal(t, before, children(t))
		})
	}
}

func TestALimitedProcessHasAFolderOfItsOwn(t *testing.T) {
	t.Setenv("SECRET", "1")
	p := start(t, process.Spec{
		Args:   sh("pwd; env | sort; mkdir -p a/b; touch a/b/c; chmod 0 a/b a; id -u; ls /proc/self/fd"),
		Stdout: process.Piped, Limits: process.Modest(),
	})
	out := strings.Fields(readAll(t, p.Stdout))
	require.NotEmpty(t, out)
	dir := out[0]
	assert.Equal(t, os.TempDir(), filepath.Dir(dir))
	_, err := p.Wait(patient(t))
	require.NoError(t, err)
	assert.DirExists(t, dir)
	require.NoError(t, p.End())
	assert.NoDirExists(t, dir)
	for _, want := range []string{"HOME=" + dir, "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"} {
		assert.Contains(t, out, want)
	}
	assert.NotContains(t, out, "SECRET=1")
	if os.Geteuid() == 0 {
		assert.Contains(t, out, "65534", "root's processes are not counted, so it is nobody")
	}
	assert.Equal(t, []string{"0", "1", "2", "3"}, out[len(out)-4:])
}

// The limits hold for a user without rights too, who cannot become nobody.
func TestLimitsOfAnOrdinaryUser(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("the other tests run as an ordinary user already")
	}
	setpriv, err := exec.LookPath("setpriv")
	if err != nil {
		if slices.Contains(strings.Split(os.Getenv("SOCKLAB_REQUIRE"), ","), "setpriv") {
			t.Fatal("SOCKLAB_REQUIRE names setpriv, which is not installed")
		}
		t.Skip("setpriv is not installed: apt-get install util-linux")
	}
	// Not t.TempDir: another user has to get at it.
	dir, err := os.MkdirTemp("", "process-test-") //nolint:usetesting
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // another user runs it
	program := filepath.Join(dir, "test")
	require.NoError(t, copyFile(program))
	cmd := exec.Command(setpriv, "--reuid=54321", "--regid=54321", "--clear-groups", program,
		"-test.run=^(TestLimits|TestALimited.*|TestEnd.*|TestNothing.*)$", "-test.count=1")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Contains(t, string(out), "PASS")
}

func copyFile(to string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	from, err := os.Open(self)
	if err != nil {
		return err
	}
	defer from.Close()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755) //nolint:gosec // another user runs it
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Close())
}
