package code_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/code"
)

// selecting is the language with the module select.
func selecting(t *testing.T) (*code.Interp, *netlab.Lab) {
	t.Helper()
	l := netlabtest.New(t)
	net := &code.Net{Lab: l}
	in := code.New(code.Config{Modules: []*code.Module{net.Module(), net.SelectModule()}})
	require.NoError(t, run(t, in, `import socket, select
phone = socket.socket()
phone.bind(("127.0.0.1", 0))
phone.listen(5)
b = socket.socket()
b.connect(phone.getsockname())
a, addr = phone.accept()
`))
	return in, l
}

func TestSelect(t *testing.T) {
	in, _ := selecting(t)
	require.NoError(t, run(t, in, `
nothing = select.select([phone, a], [], [], 0.01)
b.send(b"x")
r, w, x = select.select([phone, a.fileno()], [b], [], 1)
ok = nothing == ([], [], []) and r == [a.fileno()] and w == [b] and x == []
b.close()
a.recv(10)
again = select.select([a], [], [], 1)[0] == [a] and a.recv(10) == b""
`))
	for _, name := range []string{"ok", "again"} {
		v, _ := in.Get(name)
		require.NotNil(t, v)
		assert.Equal(t, "True", v.String(), name)
	}
	cases := []struct{ line, want string }{
		{"select.select([b], [], [])", "ValueError: file descriptor cannot be a negative integer (-1)"},
		{"select.select(1, [], [])", "TypeError: arguments 1-3 must be sequences"},
		{"select.select(['x'], [], [])", "TypeError: argument must be an int, or have a fileno() method."},
		{"select.select([9999], [], [])", "OSError [EBADF 9]"},
		{"select.select([a], [], [], -1)", "ValueError: timeout must be non-negative"},
		{"select.select([a], [], [], 'soon')", "TypeError: timeout must be a float or None"},
		{"select.poll().modify(a, 1)", "FileNotFoundError [ENOENT 2]"},
		{"select.poll().unregister(a)", "KeyError"},
		{"select.poll().register(b)", "ValueError: file descriptor cannot be a negative integer (-1)"},
	}
	for _, c := range cases {
		err := run(t, in, c.line)
		require.Error(t, err, c.line)
		assert.Contains(t, err.Error(), c.want)
	}
}

// One thread serves several callers: the loop of lesson 8.
func TestPollLoop(t *testing.T) {
	in, l := selecting(t)
	require.NoError(t, run(t, in, `
callers = []
for i in range(5):
    c = socket.socket()
    c.connect(phone.getsockname())
    c.send(b"hello %d" % i)
    callers.append(c)

poller = select.poll()
poller.register(phone, select.POLLIN)
conns = {}
served = 0
while served < 5:
    for fd, event in poller.poll(10000):
        if fd == phone.fileno():
            conn, addr = phone.accept()
            conns[conn.fileno()] = conn
            poller.register(conn, select.POLLIN)
        else:
            conn = conns[fd]
            conn.send(conn.recv(1024).upper())
            poller.unregister(conn)
            conn.close()
            served += 1

answers = [c.recv(100) for c in callers]
quiet = poller.poll(0)
poller.modify(phone, select.POLLOUT)
`))
	v, _ := in.Get("answers")
	assert.Equal(t, "[b'HELLO 0', b'HELLO 1', b'HELLO 2', b'HELLO 3', b'HELLO 4']", v.String())
	v, _ = in.Get("quiet")
	assert.Equal(t, "[]", v.String())
	events, _ := l.Journal().Typed(netlab.Mark{})
	polls := 0
	for _, e := range events {
		if e.Op == netlab.OpPoll {
			polls++
			assert.NotEqual(t, unix.EBADF, e.Errno)
		}
	}
	assert.GreaterOrEqual(t, polls, 2)
}
