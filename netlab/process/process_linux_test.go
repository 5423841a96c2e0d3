package process_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/process"
)

func TestAZombieStaysUntilItIsWaitedFor(t *testing.T) {
	p := start(t, process.Spec{Args: []string{"true"}})
	eventually(t, "a zombie", func() bool { return p.State() == process.Zombie })
	_, done := p.Poll()
	assert.True(t, done)
	assert.Equal(t, process.Ended, p.State())
}

// The deadlock of the two pipes, at the edge that this system has.
func TestPipeGauge(t *testing.T) {
	probe := start(t, process.Spec{Args: []string{"true"}, Stdout: process.Piped})
	size, err := probe.Stdout.Capacity()
	require.NoError(t, err)

	fill := func(n int) *process.Process {
		return start(t, process.Spec{Args: sh(fmt.Sprintf("head -c %d /dev/zero >&2; echo done", n)),
			Stdout: process.Piped, Stderr: process.Piped})
	}
	fits := fill(size)
	assert.Equal(t, "done\n", readAll(t, fits.Stdout), "as many bytes as fit do not stop it")
	level, err := fits.Stderr.Level()
	require.NoError(t, err)
	assert.Equal(t, size, level)

	stuck := fill(size + 1)
	eventually(t, "it sleeps in write on stderr", func() bool {
		s := stuck.SleepsIn()
		return s.Call == "write" && s.FD == 1 && s.On == 2 // head's stdout is the shell's stderr
	})
	level, err = stuck.Stderr.Level()
	require.NoError(t, err)
	assert.Equal(t, size, level, "full")
	level, err = stuck.Stdout.Level()
	require.NoError(t, err)
	assert.Zero(t, level)
}

func TestSleepInRead(t *testing.T) {
	p := start(t, process.Spec{Args: []string{"cat"}, Stdin: process.Piped, Stdout: process.Piped})
	eventually(t, "it sleeps in read", func() bool { return p.SleepsIn() == process.Sleep{Pid: p.Pid, Call: "read", FD: 0, On: 0} })
}

func TestEndTakesWhatLeftTheSession(t *testing.T) {
	cases := []struct{ name, script string }{
		{"a child", "setsid sh -c 'echo $$; sleep 60' & wait"},
		{"an orphan", "setsid sh -c 'echo $$; sleep 60' & sleep 0.05"},
		{"an orphan whose parent was waited for", "setsid sh -c 'setsid sh -c \"echo \\$\\$; exec sleep 60\" &'"},
		{"one that ignores what can be ignored", "trap '' TERM HUP INT; setsid sh -c 'echo $$; sleep 60' & wait"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := start(t, process.Spec{Args: sh(c.script), Stdout: process.Piped})
			buf := make([]byte, 64)
			n, err := p.Stdout.Read(patient(t), buf)
			require.NoError(t, err)
			if !strings.Contains(c.script, "wait") {
				_, err = p.Wait(patient(t))
				require.NoError(t, err)
			}
			require.False(t, gone(t, string(buf[:n])))
			require.NoError(t, p.End())
			assert.True(t, gone(t, string(buf[:n])))
		})
	}
}

func TestEndLeavesTheOthers(t *testing.T) {
	other := start(t, process.Spec{Args: sh("sleep 60 & echo $!"), Stdout: process.Piped})
	_, err := other.Wait(patient(t))
	require.NoError(t, err)
	buf := make([]byte, 64)
	n, err := other.Stdout.Read(patient(t), buf)
	require.NoError(t, err)
	p := start(t, process.Spec{Args: []string{"sleep", "60"}})
	require.NoError(t, p.End())
	assert.False(t, gone(t, string(buf[:n])), "an orphan of another process")
}

func TestNothingIsLeft(t *testing.T) {
	before := children(t)
	for range 20 {
		p, err := process.Start(process.Spec{Args: sh("sleep 60 & setsid sleep 60 & (sleep 60 &) ; exec sleep 60")})
		require.NoError(t, err)
		require.NoError(t, p.End())
	}
	assert.Equal(t, before, children(t))
}

// children lists the children of this process, zombies too.
func children(t *testing.T) []string {
	t.Helper()
	list, err := os.ReadDir("/proc")
	require.NoError(t, err)
	found := []string{}
	for _, d := range list {
		stat, err := os.ReadFile("/proc/" + d.Name() + "/stat")
		if err != nil {
			continue
		}
		text := string(stat)
		fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
		if len(fields) > 1 && fields[1] == fmt.Sprint(os.Getpid()) {
			found = append(found, text)
		}
	}
	return found
}

func TestShareWaitsThoughThisEndDoesNot(t *testing.T) {
	first := start(t, process.Spec{Args: sh("sleep 0.05; echo hello"), Stdout: process.Piped})
	f, err := first.Stdout.Share()
	require.NoError(t, err)
	second := start(t, process.Spec{Args: []string{"tr", "a-z", "A-Z"}, Stdin: process.File(f), Stdout: process.Piped})
	require.NoError(t, f.Close())
	assert.Equal(t, "HELLO\n", readAll(t, second.Stdout))
}
