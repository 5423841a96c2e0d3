package check_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/check"
)

// shell starts a command of the learner's with both of its pipes.
func shell(t *testing.T, lab *netlab.Lab, command string) *netlab.Child {
	t.Helper()
	c, err := lab.Spawn(process.Spec{
		Args: []string{"/bin/sh", "-c", command}, Stdin: process.Null, Stdout: process.Piped, Stderr: process.Piped,
	}, netlab.Learner)
	require.NoError(t, err)
	return c
}

func readAll(t *testing.T, p *netlab.ChildPipe) {
	t.Helper()
	_, err := p.ReadAll(bg, 1<<20)
	require.NoError(t, err)
}

func TestPrograms(t *testing.T) {
	lab := netlabtest.New(t)
	fails(t, lab, `ran()`, `exited()`, `piped()`, `drained()`, `child("running")`)

	c := shell(t, lab, "printf abc; printf xyz >&2; exit 3")
	holds(t, lab, `ran()`, `ran("printf abc", by="learner")`)
	fails(t, lab, `ran("printf abd")`, `ran(times=2)`, `ran(by="server")`, `ran(by="lesson")`, `exited()`)

	readAll(t, c.Stdout)
	holds(t, lab, `piped()`, `piped(b"abc")`, `piped(size=3)`, `piped(b"bc", size=3)`, `drained()`)
	fails(t, lab, `piped(b"xyz")`, `piped(size=4)`, `drained(times=2)`, `piped(by="lesson")`)

	readAll(t, c.Stderr)
	holds(t, lab, `piped(times=2)`)
	fails(t, lab, `piped(b"abcxyz")`, `piped(size=6)`, `drained(times=2)`)

	readAll(t, c.Stderr)
	holds(t, lab, `drained(times=2)`)

	_, err := c.Wait(bg, netlabtest.Patience)
	require.NoError(t, err)
	holds(t, lab, `exited()`, `exited(3)`, `exited(status=3, by="learner")`, `child("ended", by="learner")`,
		`before(ran(), exited(3))`, `before(piped(b"abc"), exited())`)
	fails(t, lab, `exited(0)`, `exited(3, times=2)`, `exited(3, by="server")`, `before(exited(3), ran())`)
}

func TestProgramKilled(t *testing.T) {
	lab := netlabtest.New(t)
	c := shell(t, lab, "kill -9 $$")
	_, err := c.Wait(bg, netlabtest.Patience)
	require.NoError(t, err)
	holds(t, lab, `exited(-9)`)
	fails(t, lab, `exited(9)`, `exited(137)`)
}

// A poll that finds the program running has not seen its end.
func TestPollIsNoExit(t *testing.T) {
	lab := netlabtest.New(t)
	c := shell(t, lab, "sleep 60")
	c.Poll()
	holds(t, lab, `called("wait4", result=0)`)
	comesTrue(t, lab, `child("running", by="learner")`)
	fails(t, lab, `exited()`, `exited(0)`, `child("ended")`)
}

func TestProgramStates(t *testing.T) {
	lab := netlabtest.New(t)
	lab.SetHand(netlab.Lesson)
	shell(t, lab, "exit 0")
	lab.SetHand(netlab.Learner)
	comesTrue(t, lab, `child("zombie")`, `child("zombie", by="lesson")`)
	fails(t, lab, `child("zombie", by="learner")`, `child("full")`)

	shell(t, lab, "head -c 4000000 /dev/zero >&2")
	comesTrue(t, lab, `child("full", by="learner")`)
	fails(t, lab, `child("full", by="lesson")`)
}

// A state that was seen counts on.
func TestProgramStateIsRemembered(t *testing.T) {
	lab := netlabtest.New(t)
	c := shell(t, lab, "exit 0")
	zombie := task(t, `child("zombie")`)
	netlabtest.Eventually(t, lab, "a zombie", func() bool { return zombie.Ask(check.World{Lab: lab})[0].Held })
	_, err := c.Wait(bg, netlabtest.Patience)
	require.NoError(t, err)
	assert.True(t, zombie.Ask(check.World{Lab: lab})[0].Held)
	fails(t, lab, `child("zombie")`)
}

func TestWhatWasSeenOfPrograms(t *testing.T) {
	lab := netlabtest.New(t)
	none := ask(t, lab, `ran("ls")`)
	assert.Equal(t, "no program was started yet", none.Seen.String())
	assert.Contains(t, none.Try.String(), "popen")
	assert.Contains(t, ask(t, lab, `ran(by="server")`).Try.String(), "send")

	c := shell(t, lab, "printf abc; exit 3")
	readAll(t, c.Stdout)
	_, err := c.Wait(bg, netlabtest.Patience)
	require.NoError(t, err)
	_, err = lab.Spawn(process.Spec{Args: []string{"nosuch-program"}}, netlab.Learner)
	require.Error(t, err)
	cases := map[string]string{
		`ran("ls")`:                      "execve ended with ENOENT",
		`ran(times=2)`:                   "1 of 2",
		`exited(0)`:                      "the status was 3",
		`exited(3, times=2)`:             "1 of 2",
		`piped(b"xyz")`:                  `the bytes were b"abc"`,
		`piped(size=10)`:                 "3 of 10 bytes",
		`drained(times=3)`:               "1 of 3",
		`child("zombie")`:                "no program is in the state zombie",
		`exited(times=9, by="server")`:   "no program was waited for to its end yet",
		`child("running", by="server")`:  "no program was started yet",
		`failed("execve") and exited(1)`: "the status was 3",
	}
	for fact, seen := range cases {
		assert.Equal(t, seen, ask(t, lab, fact).Seen.String(), fact)
	}
	holds(t, lab, `failed("execve", "ENOENT", by="learner")`)
}

func TestProgramWordsLint(t *testing.T) {
	for _, good := range []string{`ran()`, `exited(-9)`, `exited()`, `piped("x", size=4, times=2)`, `drained(by="lesson")`, `child("full")`} {
		assert.NoError(t, check.Lint(good), good)
	}
	for _, bad := range []string{
		`ran(1)`, `exited("3")`, `exited(3.5)`, `piped(3)`, `drained(times=0)`, `child()`, `child("dead")`,
		`child("full", times=2)`, `ran(on="x")`, `exited(3, by="me")`, `piped(port=1)`,
	} {
		assert.Error(t, check.Lint(bad), bad)
	}
}
