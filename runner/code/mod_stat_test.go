package code_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStatOfASocketFile(t *testing.T) {
	in, out, _ := lab(t)
	path := t.TempDir() + "/s"
	require.NoError(t, run(t, in, `
import os, stat
path = `+strconv.Quote(path)+`
phone = socket.socket(socket.AF_UNIX)
phone.bind(path)
phone.listen(1)
caller = socket.socket(socket.AF_UNIX)
caller.connect(path)
caller.send(b"x" * 100)
st = os.stat(path)
print(st.st_size, stat.S_ISSOCK(st.st_mode), stat.S_ISREG(st.st_mode), stat.S_ISDIR(os.stat(".").st_mode))
print(stat.filemode(st.st_mode)[0], stat.filemode(0o100644), stat.filemode(0o40755), stat.filemode(0))
print(st.st_uid == `+strconv.Itoa(os.Getuid())+`)
print(st)
`))
	lines := strings.Split(out.String(), "\n")
	assert.Equal(t, []string{"0 True False True", "s -rw-r--r-- drwxr-xr-x ?---------", "True"}, lines[:3])
	assert.Regexp(t, `^os\.stat_result\(st_mode=\d+, st_ino=\d+, .*st_size=0\)$`, lines[3])
	for code, want := range map[string]string{
		`os.stat("/nowhere/x")`: "FileNotFoundError [ENOENT 2] stat /nowhere/x: no such file or directory",
		`os.stat(5)`:            "TypeError: stat: path should be string, bytes or os.PathLike, not int",
		`st.st_siez`:            "AttributeError: 'os.stat_result' object has no attribute 'st_siez'",
	} {
		err := run(t, in, code)
		require.Error(t, err, code)
		assert.Contains(t, err.Error(), want)
	}
}

func TestSocketpairAndWhoIsThere(t *testing.T) {
	in, out, _ := lab(t)
	require.NoError(t, run(t, in, `
import os, sys
a, b = socket.socketpair()
print(a.send(b"hello"), b.recv(10), a.family == socket.AF_UNIX, repr(a.getpeername()))
who = a.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
print(len(who), int.from_bytes(who[:4], sys.byteorder) == os.getpid())
c, d = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
c.send(b"one")
c.send(b"two")
print(d.recv(100), d.recv(100))
phone = socket.socket(socket.AF_UNIX)
phone.bind("\0socklab-%d-test" % os.getpid())
print(phone.getsockname() == b"\0socklab-%d-test" % os.getpid())
`))
	assert.Equal(t, "5 b'hello' True ''\n12 True\nb'one' b'two'\nTrue\n", out.String())
	assert.EqualError(t, run(t, in, `socket.socketpair(socket.AF_INET)`), "OSError [EOPNOTSUPP 95] socketpair: operation not supported")
}

func TestAFileAfterATimeout(t *testing.T) {
	in, _, _ := lab(t)
	require.NoError(t, run(t, in, "a, b = socket.socketpair()\na.settimeout(0.02)\nf = a.makefile()"))
	require.ErrorContains(t, run(t, in, "f.readline()"), "TimeoutError: recv: ")
	assert.EqualError(t, run(t, in, "f.readline()"), "OSError: cannot read from timed out object")
}
