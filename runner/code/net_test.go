package code_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/code"
)

// lab is an interpreter with sockets, and what it printed.
func lab(t *testing.T) (*code.Interp, *strings.Builder, *netlab.Lab) {
	t.Helper()
	l := netlabtest.New(t)
	var out strings.Builder
	net := &code.Net{Lab: l}
	in := code.New(code.Config{
		Print:   func(text string) { out.WriteString(text) },
		Modules: []*code.Module{net.Module()},
	})
	in.Set("serve", net.Serve())
	return in, &out, l
}

// kindNames are the server kinds as an error lists them.
func kindNames() string {
	var names []string
	for _, k := range server.Kinds() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

func run(t *testing.T, in *code.Interp, text string) error {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), netlabtest.Patience)
	defer stop()
	return in.Run(ctx, code.Source{Text: text})
}

func TestEveryCallOfTheTables(t *testing.T) {
	in, out, l := lab(t)
	require.NoError(t, run(t, in, `
import socket
phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
phone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
print(phone.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
phone.bind(("127.0.0.1", 0))
phone.listen(5)
caller = socket.socket()
print(caller.connect_ex(phone.getsockname()))
conn, addr = phone.accept()
print(addr == caller.getsockname())
print(conn.getpeername() == addr, conn.getsockname() == phone.getsockname())
print(caller.send("你好".encode("utf-8")))
data = conn.recv(1024)
print(data, data.decode("utf-8"))
conn.sendall(b"ok")
caller.settimeout(2)
print(caller.gettimeout(), caller.getblocking())
print(caller.recv(1))
caller.setblocking(False)
print(caller.gettimeout(), caller.recv(1))
f = conn.makefile("w")
f.write("line\n")
f.flush()
f.close()
caller.setblocking(True)
lines = caller.makefile()
print(lines.readline())
lines.close()
conn.shutdown(socket.SHUT_WR)
print(caller.recv(10))
caller.close()
print(caller.fileno())
number = conn.detach()
back = socket.socket(fileno=number)
back.close()
phone.close()
`))
	assert.Equal(t, `1
0
True
True True
6
b'\xe4\xbd\xa0\xe5\xa5\xbd' 你好
2.0 True
b'o'
0.0 b'k'
line

b''
-1
`, out.String())
	labels := map[string]bool{}
	for _, s := range l.Sockets() {
		labels[s.Label] = true
	}
	assert.Subset(t, labels, map[string]bool{"phone": true, "caller": true, "conn": true}, "a socket is called as its variable")
}

func TestDatagramCalls(t *testing.T) {
	in, out, _ := lab(t)
	require.NoError(t, run(t, in, `
from socket import *
server = socket(AF_INET, SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
client = socket(AF_INET, SOCK_DGRAM)
client.sendto(b"hi", server.getsockname())
msg, who = server.recvfrom(1024)
print(msg, who == ("127.0.0.1", client.getsockname()[1]))
server.sendto(msg.upper(), who)
print(client.recvfrom(1024)[0])
`))
	assert.Contains(t, out.String(), "b'hi' True\nb'HI'\n")
}

func TestErrorsOfCalls(t *testing.T) {
	cases := []struct{ code, want string }{
		{`socket.socket().bind("127.0.0.1", 80)`, "TypeError: socket.socket.bind() takes exactly one argument (2 given)"},
		{`socket.socket().bind("127.0.0.1")`, "TypeError: bind(): AF_INET address must be tuple, not str"},
		{`socket.socket().bind(("127.0.0.1", 70000))`, "OverflowError: bind(): port must be 0-65535."},
		{`socket.socket().bind(("127.0.0.1", "80"))`, "TypeError: 'str' object cannot be interpreted as an integer"},
		{`socket.socket().connect(("example.com", 80))`, "socket.gaierror: [Errno -2] Name or service not known"},
		{`socket.socket().send("hi")`, "TypeError: a bytes-like object is required, not 'str'"},
		{`socket.socket().recv(-1)`, "ValueError: negative buffersize in recv"},
		{`socket.socket().recv(10)`, "OSError [ENOTCONN 107] recv: transport endpoint is not connected"},
		{`socket.socket().accept()`, "OSError [EINVAL 22] accept: invalid argument"},
		{`socket.socket().bind(("192.0.2.1", 80))`, "OSError [EADDRNOTAVAIL 99] bind 192.0.2.1:80: cannot assign requested address"},
		{`socket.socket().settimeout(-1)`, "ValueError: Timeout value out of range"},
		{`serve("tcp-uper")`, `ValueError: no server kind "tcp-uper"; there are: ` + kindNames()},
		{`serve("deaf", colour=1)`, `TypeError: server deaf has no option "colour"; there are: name, host, port, reuseaddr, backlog`},
	}
	for _, c := range cases {
		t.Run(c.code, func(t *testing.T) {
			in, _, _ := lab(t)
			err := run(t, in, c.code)
			assert.EqualError(t, err, c.want)
		})
	}
}

func TestServersInCode(t *testing.T) {
	in, out, _ := lab(t)
	require.NoError(t, run(t, in, `
echo = serve("tcp-upper")
phone = socket.socket()
phone.connect(echo.addr)
phone.send(b"hello")
print(phone.recv(1024), echo.name, echo.kind)
echo.stop()
print(phone.recv(10))
`))
	assert.Contains(t, out.String(), "b'HELLO' echo tcp-upper\n")
	assert.Contains(t, out.String(), "b''\n")
}

func TestLinesOfASocketsFile(t *testing.T) {
	in, out, _ := lab(t)
	require.NoError(t, run(t, in, `
a, b = socket.socketpair()
a.sendall(b"one\ntwo\nrest")
a.shutdown(socket.SHUT_WR)
print([line for line in b.makefile("rb")])
b.close()
c, d = socket.socketpair()
d.settimeout(0.01)
gone = socket.socket()
gone.close()
`))
	assert.Equal(t, "[b'one\\n', b'two\\n', b'rest']\n", out.String())
	assert.ErrorContains(t, run(t, in, "for line in d.makefile(): print(line)"), "TimeoutError")
	assert.ErrorContains(t, run(t, in, "for line in d.makefile('w'): print(line)"), "not readable")
	for _, call := range []string{"settimeout(1)", "setblocking(False)"} {
		assert.ErrorContains(t, run(t, in, "gone."+call), "EBADF", call)
	}
}

func TestCreateServerSharesItsPort(t *testing.T) {
	in, _, _ := lab(t)
	require.NoError(t, run(t, in, `
a = socket.create_server(("127.0.0.1", 0), reuse_port=True)
b = socket.create_server(a.getsockname(), reuse_port=True)
`))
	assert.ErrorContains(t, run(t, in, "socket.create_server(a.getsockname())"), "EADDRINUSE")
}

func TestPrintToAFile(t *testing.T) {
	in, out, _ := lab(t)
	require.NoError(t, run(t, in, `
a, b = socket.socketpair()
f = a.makefile("w")
print("one", 2, sep="-", file=f)
print("three", end="", file=f, flush=True)
print(b.recv(100), file=None)
`))
	assert.Equal(t, "b'one-2\\nthree'\n", out.String())
	assert.ErrorContains(t, run(t, in, "print(1, file=2)"), "'int' object has no attribute 'write'")
	assert.ErrorContains(t, run(t, in, "print(1, file=a.makefile('r'))"), "not writable")
}
