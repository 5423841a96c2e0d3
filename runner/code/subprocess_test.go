package code_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/code"
)

// screen is what programs and children have printed.
type screen struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *screen) print(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.WriteString(text)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// bench is an interpreter with subprocess, and what it and its children print.
func bench(t *testing.T) (*code.Interp, *screen, *netlab.Lab) {
	t.Helper()
	l := netlabtest.New(t)
	out := &screen{}
	net := &code.Net{Lab: l, Output: out.print}
	in := code.New(code.Config{Print: out.print, Modules: []*code.Module{net.Module(), net.Subprocess()}})
	return in, out, l
}

// The file has what CPython 3.11 printed.
func TestSubprocessIsCPythons(t *testing.T) {
	data, err := os.ReadFile("testdata/subprocess.txt")
	require.NoError(t, err)
	for _, part := range strings.Split("\n"+string(data), "\n===\n")[1:] {
		text, want, ok := strings.Cut(part+"\n", "\n---\n")
		require.True(t, ok, part)
		t.Run(strings.SplitN(text, "\n", 2)[0], func(t *testing.T) {
			in, out, _ := bench(t)
			err := run(t, in, "import subprocess, os, sys, time\nfrom subprocess import *\n"+text)
			got := out.String()
			if err != nil {
				got += "! " + err.Error() + "\n"
			}
			assert.Equal(t, strings.TrimRight(want, "\n"), strings.TrimRight(got, "\n"))
		})
	}
}

func TestErrorsOfSubprocess(t *testing.T) {
	cases := []struct{ code, want, hint string }{
		{`subprocess.Popen(['nosuch-program'])`, "FileNotFoundError [ENOENT 2] execve nosuch-program: there is no such program", ""},
		{`subprocess.Popen('ls -l')`, "FileNotFoundError [ENOENT 2] execve ls -l: there is no such program",
			"a command line of several words needs shell=True, or a list: ['ls', '-l']"},
		{`subprocess.Popen(['true'], cwd='/nosuch')`, "FileNotFoundError [ENOENT 2] chdir /nosuch: there is no such folder", ""},
		{`subprocess.Popen(['/tmp'])`, "PermissionError [EACCES 13] execve /tmp: that is no program, or it may not be run", ""},
		{`subprocess.Popen(['true'], stdout='x')`, "AttributeError: 'str' object has no attribute 'fileno'",
			"stdout= may be PIPE, DEVNULL or the stdout of another Popen"},
		{`subprocess.Popen(['true'], stdout=socket.socket())`, "NotImplementedError: a socket cannot be given to a program here: it never waits",
			"stdout= may be PIPE, DEVNULL or the stdout of another Popen"},
		{`subprocess.Popen(['true'], stdin=subprocess.STDOUT)`, "OSError [EBADF 9] stdin=-2: bad file descriptor",
			"stdin= may be PIPE, DEVNULL or the stdout of another Popen"},
		{`subprocess.Popen(['true'], preexec_fn=print)`, "NotImplementedError: Popen has no preexec_fn here", ""},
		{`subprocess.Popen(['true'], foo=1)`, "TypeError: 'foo' is an invalid keyword argument for Popen()", ""},
		{`subprocess.run(['true'], text=True, encoding='klingon')`, "LookupError: unknown encoding: klingon",
			"there are utf-8, gbk, gb18030, gb2312, latin-1, ascii, utf-16"},
		{"p = subprocess.Popen(['true'], stdin=subprocess.PIPE)\np.wait()\np.stdin.write(b'x')\np.stdin.flush()",
			"BrokenPipeError [EPIPE 32] write: nobody reads this pipe any more: the program has ended, or closed its stdin", ""},
		{`os.unlink('/nosuch/file')`, "FileNotFoundError [ENOENT 2] unlink /nosuch/file: no such file or directory", ""},
		{`os.remove('/')`, "IsADirectoryError [EISDIR 21] unlink /: is a directory", ""},
		{`os.listdir('/nosuch')`, "FileNotFoundError [ENOENT 2] listdir /nosuch: no such file or directory", ""},
	}
	for _, c := range cases {
		t.Run(c.code, func(t *testing.T) {
			in, _, _ := bench(t)
			err := run(t, in, "import subprocess, os\n"+c.code)
			var e *code.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, c.want, e.Error())
			assert.Equal(t, c.hint, e.Hint.String())
		})
	}
}

func TestFilesComeAndGo(t *testing.T) {
	in, out, _ := bench(t)
	name := t.TempDir() + "/s"
	require.NoError(t, os.WriteFile(name, nil, 0o600))
	require.NoError(t, run(t, in, "import os\nprint(os.path.exists('"+name+"'))\nos.unlink('"+name+"')\nprint(os.path.exists('"+name+"'))"))
	assert.Equal(t, "True\nFalse\n", out.String())
}

// The deadlock of the two pipes: as many bytes as the pipe holds are well, one
// more is not.
func TestReadingOnePipeWhileTheOtherFills(t *testing.T) {
	in, out, l := bench(t)
	probe := "import subprocess\np = subprocess.Popen('head -c %s /dev/zero >&2', shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
	require.NoError(t, run(t, in, strings.ReplaceAll(probe, "%s", "0")))
	size := 0
	for _, p := range l.Children()[0].Pipes {
		size = p.Capacity
	}
	if size <= 0 {
		t.Skip("this system does not tell how much a pipe holds: run this on Linux")
	}
	require.NoError(t, run(t, in, strings.ReplaceAll(probe, "%s", strconv.Itoa(size))+"print(len(p.stdout.read()), len(p.stderr.read()), p.wait())"))
	assert.Equal(t, fmt.Sprintf("0 %d 0\n", size), out.String())

	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan error, 1)
	go func() {
		over <- in.Run(ctx, code.Source{Text: strings.ReplaceAll(probe, "%s", strconv.Itoa(size+1)) + "p.stdout.read()"})
	}()
	netlabtest.Eventually(t, l, "a deadlock", func() bool {
		for _, c := range l.WaitingChildren() {
			if c.On == "stdout" && c.Sleep.Call == "write" && c.Pipes[1].Full() {
				return true
			}
		}
		return false
	})
	cancel()
	require.EqualError(t, <-over, "KeyboardInterrupt")
	require.NoError(t, run(t, in, "print([len(x) for x in p.communicate()])"), "the cure")
	assert.Contains(t, out.String(), fmt.Sprintf("[0, %d]\n", size+1))
}

func TestWhateverWaitsForAChildIsCancelled(t *testing.T) {
	cases := []string{
		"p.wait()", "p.communicate()", "p.stdout.read()", "p.stdout.read(5)", "p.stdout.readline()", "p.stdout.readlines()",
		"for line in p.stdout: print(line)", "p.stdin.write(b'x' * 1000000)", "p.communicate(b'x' * 1000000)", "p.communicate(timeout=100)",
		"subprocess.run('sleep 60', shell=True)", "subprocess.check_output('sleep 60; true', shell=True)", "subprocess.call(['sleep', '60'])",
		"subprocess.getoutput('sleep 60')",
	}
	for _, text := range cases {
		t.Run(text, func(t *testing.T) {
			in, _, l := bench(t)
			require.NoError(t, run(t, in, "import subprocess\nfrom subprocess import PIPE\np = subprocess.Popen('sleep 60', shell=True, stdin=PIPE, stdout=PIPE, stderr=PIPE)"))
			ctx, cancel := context.WithCancel(t.Context())
			over := make(chan error, 1)
			go func() { over <- in.Run(ctx, code.Source{Text: text}) }()
			netlabtest.Eventually(t, l, "it waits", func() bool { return len(l.WaitingChildren()) > 0 })
			cancel()
			require.EqualError(t, <-over, "KeyboardInterrupt")
		})
	}
}

func TestOutputWithoutAPipeIsShown(t *testing.T) {
	in, out, _ := bench(t)
	require.NoError(t, run(t, in, `import subprocess
subprocess.run("echo one; echo two >&2; printf 你好; cat", shell=True)
print("!")
subprocess.call(["printf", r"\377x\n"])
p = subprocess.Popen("echo quiet", shell=True, stdout=subprocess.DEVNULL)
p.wait()
p = subprocess.Popen("seq 1 20000", shell=True)
p.wait()
`))
	text := out.String()
	assert.True(t, strings.HasPrefix(text, "one\ntwo\n你好!\n\xffx\n1\n2\n"), "%.60q", text)
	assert.True(t, strings.HasSuffix(text, "19999\n20000\n"))
}

func TestMuchOutputIsRefusedAndTheLabLivesOn(t *testing.T) {
	for _, text := range []string{"p.stdout.read()", "p.communicate()"} {
		t.Run(text, func(t *testing.T) {
			in, out, _ := bench(t)
			err := run(t, in, "import subprocess\np = subprocess.Popen('yes', stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"+text)
			var e *code.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, "MemoryError: the program has printed more than 64 MiB: so much is not read into memory here", e.Error())
			require.NoError(t, run(t, in, "p.kill()\nprint(p.wait())"))
			assert.Equal(t, "-9\n", out.String())
		})
	}
}

// A loop over lines ends with the error of the read, and says where.
func TestAnErrorInALoopOverLinesHasItsPlace(t *testing.T) {
	in, _, _ := bench(t)
	err := run(t, in, `import subprocess
p = subprocess.Popen(['printf', r'a\n\377\n'], stdout=subprocess.PIPE, text=True)
for line in p.stdout:
    print(line)
`)
	var e *code.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte", e.Error())
	assert.Equal(t, 3, e.Line)
}

// A loop that drops each Popen, as the fake ssh does, runs for ever in CPython:
// nobody has the pipes any more, so they are closed.
func TestForgottenPipesDoNotUseUpTheDescriptors(t *testing.T) {
	var old unix.Rlimit
	require.NoError(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &old))
	in, out, l := bench(t)
	used := netlabtest.Descriptors(t)
	require.NoError(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: uint64(used + 24), Max: old.Max}))
	defer func() { require.NoError(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &old)) }()
	require.NoError(t, run(t, in, `import subprocess
for i in range(100):
    res = subprocess.Popen('echo x', shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    res.stdout.read()
print(i)
`))
	assert.Equal(t, "99\n", out.String())
	assert.Less(t, len(l.Children()), 90, "those that are gone are forgotten")
}

func TestCodeFromElsewhereMayNotStartPrograms(t *testing.T) {
	allowed := false
	net := &code.Net{Lab: netlabtest.New(t)}
	in := code.New(code.Config{Modules: []*code.Module{net.Subprocess()}, AllowProcess: func(fmt.Stringer) bool { return allowed }})
	for _, text := range []string{"subprocess.run(['true'])", "os.unlink('/nosuch')", "os.listdir()", "os.path.exists('/')"} {
		err := run(t, in, "import subprocess, os\n"+text)
		require.EqualError(t, err, "PermissionError: a lesson from elsewhere may not start programs or touch files unless you allow it", text)
	}
	allowed = true
	require.NoError(t, run(t, in, "subprocess.run(['true'])"))
}

func TestAChildIsCalledAsItsVariable(t *testing.T) {
	in, _, l := bench(t)
	require.NoError(t, run(t, in, "import subprocess\nres = subprocess.Popen(['true'])\nres.wait()"))
	assert.Equal(t, "res", l.Children()[0].Label)
	assert.Equal(t, []string{"res"}, in.ChildNames())
	assert.Equal(t, l.Children()[0].Pid, in.ChildNamed("res").Pid)
}
