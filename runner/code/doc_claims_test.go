package code_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/runner/code"
)

// The errors that help promises come when one asks for them. Each row is a
// call of the docs, the error, and code whose last line gives it.

const (
	claimTools = `import socket, os, time, struct, subprocess, select, codecs, json
def listener(backlog=1):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen(backlog)
    return s
def pair():
    a = listener()
    c = socket.socket()
    c.connect(a.getsockname())
    d, x = a.accept()
    return c, d
def udp():
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
def closed():
    s = socket.socket()
    s.close()
    return s
def unused():
    s = listener()
    at = s.getsockname()
    s.close()
    return at
def nonblocking(s):
    s.setblocking(False)
    return s
def quick(s):
    s.settimeout(0.02)
    return s
def until(ready):
    for i in range(2000):
        if ready():
            return
        time.sleep(0.001)
def arrived(s):
    watcher = select.poll()
    watcher.register(s, select.POLLIN)
    watcher.poll(2000)
any = ("127.0.0.1", 0)
`
	claimReset  = "a, b = pair()\na.send(b'x')\narrived(b)\nb.close()\narrived(a)\n"
	claimUnix   = "u = socket.socket(socket.AF_UNIX)\n"
	claimRefuse = "s = udp()\ns.connect(unused())\ns.send(b'x')\narrived(s)\n"
)

var claims = []struct{ call, err, text string }{
	{"socket.bind", "EADDRINUSE", "s = listener()\nsocket.socket().bind(s.getsockname())"},
	{"socket.bind", "EADDRINUSE", claimUnix + "u.bind(DIR + '/a')\nsocket.socket(socket.AF_UNIX).bind(DIR + '/a')"},
	{"socket.bind", "EADDRNOTAVAIL", "socket.socket().bind(('192.0.2.1', 0))"},
	{"socket.bind", "EINVAL", "s = listener()\ns.bind(any)"},
	{"socket.bind", "ENOENT", claimUnix + "u.bind(DIR + '/no/a')"},
	{"socket.bind", "ENOTDIR", claimUnix + "u.bind(DIR + '/file/a')"},
	{"socket.bind", "EBADF", "closed().bind(any)"},
	{"socket.bind", "socket.gaierror", "socket.socket().bind(('example.org', 0))"},
	{"socket.bind", "OverflowError", "socket.socket().bind(('127.0.0.1', 65536))"},
	{"socket.bind", "TypeError", "socket.socket().bind('127.0.0.1', 1)"},
	{"socket.bind", "OSError", claimUnix + "u.bind('a' * 108)"},
	{"socket.listen", "EADDRINUSE", "a = socket.socket()\nb = socket.socket()\nfor s in [a, b]:\n    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\na.bind(any)\nb.bind(a.getsockname())\na.listen(1)\nb.listen(1)"},
	{"socket.listen", "EINVAL", "a, b = pair()\na.listen(1)"},
	{"socket.listen", "EINVAL", claimUnix + "u.listen(1)"},
	{"socket.listen", "EOPNOTSUPP", "udp().listen(1)"},
	{"socket.listen", "EBADF", "closed().listen(1)"},
	{"socket.accept", "EINVAL", "socket.socket().accept()"},
	{"socket.accept", "EOPNOTSUPP", "udp().accept()"},
	{"socket.accept", "EAGAIN", "nonblocking(listener()).accept()"},
	{"socket.accept", "TimeoutError", "quick(listener()).accept()"},
	{"socket.accept", "EBADF", "closed().accept()"},
	{"socket.connect", "ECONNREFUSED", "socket.socket().connect(unused())"},
	{"socket.connect", "ECONNREFUSED", claimUnix + "u.connect(DIR + '/file')"},
	{"socket.connect", "TimeoutError", "full = listener(0)\nc = [socket.socket() for i in range(3)]\nfor s in c:\n    quick(s)\nc[0].connect(full.getsockname())\nc[1].connect(full.getsockname())\nc[2].connect(full.getsockname())"},
	{"socket.connect", "EINPROGRESS", "nonblocking(socket.socket()).connect(listener().getsockname())"},
	{"socket.connect", "EALREADY", "full = listener(0)\nc = [socket.socket() for i in range(2)]\nfor s in c:\n    nonblocking(s)\n    s.connect_ex(full.getsockname())\nc[1].connect(full.getsockname())"},
	{"socket.connect", "EISCONN", "a, b = pair()\na.connect(b.getsockname())"},
	{"socket.connect", "EISCONN", "s = listener()\ns.connect(s.getsockname())"},
	{"socket.connect", "EADDRNOTAVAIL", "s = listener(5)\na = socket.socket()\na.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\na.bind(any)\nat = a.getsockname()\nb = socket.socket()\nb.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\nb.bind(at)\na.connect(s.getsockname())\nb.connect(s.getsockname())"},
	{"socket.connect", "ENETUNREACH", "socket.socket().connect(('127.255.255.255', 9))"},
	{"socket.connect", "EACCES", "udp().connect(('127.255.255.255', 9))"},
	{"socket.connect", "ECONNABORTED", "s = nonblocking(socket.socket())\nat = unused()\ns.connect_ex(at)\narrived(s)\ns.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)\ns.connect(at)"},
	{"socket.connect", "EAGAIN", claimUnix + "u.bind(DIR + '/b')\nu.listen(0)\nc = [nonblocking(socket.socket(socket.AF_UNIX)) for i in range(3)]\nc[0].connect(DIR + '/b')\nc[1].connect(DIR + '/b')"},
	{"socket.connect", "ENOENT", claimUnix + "u.connect(DIR + '/no')"},
	{"socket.connect", "EPROTOTYPE", claimUnix + "u.bind(DIR + '/c')\nu.listen(1)\nsocket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).connect(DIR + '/c')"},
	{"socket.connect", "EBADF", "closed().connect(any)"},
	{"socket.connect_ex", "socket.gaierror", "socket.socket().connect_ex(('example.org', 1))"},
	{"socket.getsockname", "EBADF", "closed().getsockname()"},
	{"socket.getpeername", "ENOTCONN", "socket.socket().getpeername()"},
	{"socket.getpeername", "EBADF", "closed().getpeername()"},
	{"socket.shutdown", "ENOTCONN", "socket.socket().shutdown(socket.SHUT_WR)"},
	{"socket.shutdown", "EINVAL", "a, b = pair()\na.shutdown(7)"},
	{"socket.shutdown", "EBADF", "closed().shutdown(socket.SHUT_WR)"},
	{"socket.dup", "EBADF", "closed().dup()"},

	{"socket.send", "EPIPE", "socket.socket().send(b'x')"},
	{"socket.send", "EPIPE", "a, b = pair()\na.shutdown(socket.SHUT_WR)\na.send(b'x')"},
	{"socket.send", "EPIPE", "a, b = pair()\nb.close()\narrived(a)\na.send(b'x')\nfor i in range(2000):\n    time.sleep(0.001)\n    a.send(b'x')"},
	{"socket.send", "ECONNRESET", claimReset + "a.send(b'x')"},
	{"socket.send", "EAGAIN", "a, b = pair()\na.setblocking(False)\nwhile True:\n    a.send(b'x' * 65536)"},
	{"socket.send", "TimeoutError", "a, b = pair()\na.settimeout(0.02)\nwhile True:\n    a.send(b'x' * 65536)"},
	{"socket.send", "EDESTADDRREQ", "udp().send(b'x')"},
	{"socket.send", "ENOTCONN", claimUnix + "u.send(b'x')"},
	{"socket.send", "EMSGSIZE", "s = udp()\ns.connect(('127.0.0.1', 9))\ns.send(b'x' * 65508)"},
	{"socket.send", "ECONNREFUSED", claimRefuse + "s.send(b'x')"},
	{"socket.send", "EBADF", "closed().send(b'x')"},
	{"socket.send", "TypeError", "a, b = pair()\na.send('x')"},
	{"socket.sendall", "EPIPE", "socket.socket().sendall(b'x')"},
	{"socket.sendall", "EAGAIN", "a, b = pair()\na.setblocking(False)\na.sendall(b'x' * 20000000)"},
	{"socket.sendall", "TimeoutError", "a, b = pair()\na.settimeout(0.02)\na.sendall(b'x' * 20000000)"},
	{"socket.sendall", "ENOTCONN", claimUnix + "u.sendall(b'x')"},
	{"socket.recv", "ENOTCONN", "socket.socket().recv(1)"},
	{"socket.recv", "ENOTCONN", "listener().recv(1)"},
	{"socket.recv", "ECONNRESET", claimReset + "a.recv(1)"},
	{"socket.recv", "ECONNREFUSED", claimRefuse + "s.recv(1)"},
	{"socket.recv", "EAGAIN", "a, b = pair()\nnonblocking(a).recv(1)"},
	{"socket.recv", "TimeoutError", "a, b = pair()\nquick(a).recv(1)"},
	{"socket.recv", "EBADF", "closed().recv(1)"},
	{"socket.recv", "ValueError", "socket.socket().recv(-1)"},
	{"socket.recv", "MemoryError", "socket.socket().recv(64 * 1024 * 1024 + 1)"},
	{"socket.recv_into", "TypeError", "socket.socket().recv_into(b'abc')"},
	{"socket.recv_into", "ValueError", "socket.socket().recv_into(bytearray(2), 3)"},
	{"socket.recvfrom", "EAGAIN", "nonblocking(udp()).recvfrom(1)"},
	{"socket.recvfrom", "ENOTCONN", "socket.socket().recvfrom(1)"},
	{"socket.sendto", "EMSGSIZE", "udp().sendto(b'x' * 65508, ('127.0.0.1', 9))"},
	{"socket.sendto", "EINVAL", "udp().sendto(b'x', any)"},
	{"socket.sendto", "EACCES", "udp().sendto(b'x', ('127.255.255.255', 9))"},
	{"socket.sendto", "EPIPE", "socket.socket().sendto(b'x', ('127.0.0.1', 9))"},
	{"socket.sendto", "EAGAIN", "r = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\nr.bind(DIR + '/d')\ns = nonblocking(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))\nwhile True:\n    s.sendto(b'x', DIR + '/d')"},
	{"socket.sendto", "ECONNREFUSED", "r = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\nr.bind(DIR + '/e')\nr.close()\nsocket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', DIR + '/e')"},
	{"socket.sendto", "ENOENT", "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', DIR + '/no')"},
	{"socket.sendto", "socket.gaierror", "udp().sendto(b'x', ('example.org', 9))"},
	{"socket.setsockopt", "ENOPROTOOPT", "socket.socket().setsockopt(socket.SOL_SOCKET, 9999, 1)"},
	{"socket.setsockopt", "EINVAL", "socket.socket().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 1)"},
	{"socket.setsockopt", "EBADF", "closed().setsockopt(1, 2, 1)"},
	{"socket.getsockopt", "ENOPROTOOPT", "socket.socket().getsockopt(socket.SOL_SOCKET, 9999)"},
	{"socket.getsockopt", "OSError", "socket.socket().getsockopt(1, 2, 1025)"},
	{"socket.settimeout", "ValueError", "socket.socket().settimeout(-1)"},
	{"socket.settimeout", "OverflowError", "socket.socket().settimeout(2000000000)"},
	{"socket.settimeout", "TypeError", "socket.socket().settimeout('1')"},
	{"socket.setblocking", "TypeError", "socket.socket().setblocking()"},
	{"socket.makefile", "ValueError", "socket.socket().makefile('x')"},
	{"socket.makefile", "LookupError", "socket.socket().makefile('r', encoding='gbk')"},
	{"socket.socket", "EAFNOSUPPORT", "socket.socket(99)"},
	{"socket.socket", "EINVAL", "socket.socket(socket.AF_INET, 99)"},
	{"socket.socket", "ESOCKTNOSUPPORT", "socket.socket(socket.AF_INET, 9)"},
	{"socket.socket", "EPROTONOSUPPORT", "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 17)"},
	{"socket.socket", "EBADF", "socket.socket(fileno=9999)"},
	{"socket.socketpair", "EOPNOTSUPP", "socket.socketpair(socket.AF_INET)"},
	{"socket.socketpair", "EAFNOSUPPORT", "socket.socketpair(99)"},
	{"socket.socketpair", "EPROTONOSUPPORT", "socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM, 99)"},
	{"socket.create_connection", "ECONNREFUSED", "socket.create_connection(unused())"},
	{"socket.create_server", "EADDRINUSE", "socket.create_server(listener().getsockname())"},
	{"socket.inet_aton", "OSError", "socket.inet_aton('1.2')"},
	{"socket.inet_ntoa", "OSError", "socket.inet_ntoa(b'1')"},
	{"socket.htons", "OverflowError", "socket.htons(65536)"},
	{"file.readline", "EAGAIN", "a, b = pair()\nnonblocking(a).makefile('r').readline()"},
	{"file.readline", "EBADF", "closed().makefile('r').readline()"},
	{"file.readline", "TimeoutError", "a, b = pair()\nquick(a).makefile('r').readline()"},
	{"file.readline", "io.UnsupportedOperation", "socket.socket().makefile('w').readline()"},
	{"file.readline", "ValueError", "f = socket.socket().makefile('r')\nf.close()\nf.readline()"},
	{"file.write", "TypeError", "socket.socket().makefile('w').write(b'x')"},
	{"file.write", "io.UnsupportedOperation", "socket.socket().makefile('r').write('x')"},
	{"file.flush", "EPIPE", "f = socket.socket().makefile('w')\nf.write('x')\nf.flush()"},
	{"file.close", "EPIPE", "f = socket.socket().makefile('w')\nf.write('x')\nf.close()"},
	{"serve", "ValueError", "serve('nothing')"},
	{"serve", "TypeError", "serve('deaf', nothing=1)"},
	{"serve", "TypeError", "serve('deaf', backlog='many')"},
	{"serve", "EADDRINUSE", "serve('deaf', port=listener().getsockname()[1])"},
	{"serve", "EADDRNOTAVAIL", "serve('deaf', host='192.0.2.1')"},
	{"serve", "PermissionError", "serve('exec', shell=True)"},

	{"struct.pack", "struct.error", "struct.pack('b', 200)"},
	{"struct.pack", "struct.error", "struct.pack('?q')"},
	{"struct.pack", "OverflowError", "struct.pack('<f', 1e300)"},
	{"struct.pack", "MemoryError", "struct.pack('99999999x')"},
	{"struct.unpack", "struct.error", "struct.unpack('!I', b'abc')"},
	{"struct.unpack", "TypeError", "struct.unpack('!I', 'abcd')"},
	{"struct.calcsize", "struct.error", "struct.calcsize('y')"},
	{"struct.pack_into", "struct.error", "struct.pack_into('!I', bytearray(4), 1, 5)"},
	{"struct.pack_into", "TypeError", "struct.pack_into('!I', b'abcd', 0, 5)"},
	{"struct.unpack_from", "struct.error", "struct.unpack_from('!I', b'abcd', 1)"},
	{"struct.iter_unpack", "struct.error", "struct.iter_unpack('!I', b'abcde')"},
	{"Struct.unpack", "struct.error", "struct.Struct('!I').unpack(b'abc')"},
	{"subprocess.Popen", "ENOENT", "subprocess.Popen('no-such-program')"},
	{"subprocess.Popen", "ENOENT", "subprocess.Popen('ls', cwd=DIR + '/no')"},
	{"subprocess.Popen", "EACCES", "subprocess.Popen(DIR + '/file')"},
	{"subprocess.Popen", "NotImplementedError", "subprocess.Popen('ls', stdin=socket.socket())"},
	{"subprocess.Popen", "TypeError", "subprocess.Popen(5)"},
	{"subprocess.Popen", "ValueError", "subprocess.Popen('a\\x00b')"},
	{"subprocess.run", "subprocess.TimeoutExpired", "subprocess.run(['sleep', '60'], timeout=0.02)"},
	{"subprocess.run", "subprocess.CalledProcessError", "subprocess.run('false', check=True)"},
	{"subprocess.run", "ValueError", "subprocess.run('true', capture_output=True, stdout=subprocess.PIPE)"},
	{"subprocess.run", "UnicodeDecodeError", "subprocess.run(['printf', '\\\\377'], capture_output=True, text=True)"},
	{"subprocess.check_output", "ValueError", "subprocess.check_output('true', stdout=subprocess.PIPE)"},
	{"Popen.wait", "subprocess.TimeoutExpired", "subprocess.Popen(['sleep', '60']).wait(0.02)"},
	{"Popen.send_signal", "EINVAL", "subprocess.Popen(['sleep', '60']).send_signal(999)"},
	{"pipe.read", "io.UnsupportedOperation", "p = subprocess.Popen('cat', stdin=subprocess.PIPE)\np.stdin.read()"},
	{"pipe.read", "ValueError", "p = subprocess.Popen('true', stdout=subprocess.PIPE)\np.stdout.close()\np.stdout.read()"},
	{"pipe.write", "TypeError", "p = subprocess.Popen('cat', stdin=subprocess.PIPE)\np.stdin.write('x')"},
	{"pipe.flush", "EPIPE", "p = subprocess.Popen('true', stdin=subprocess.PIPE)\np.wait()\np.stdin.write(b'x')\np.stdin.flush()"},
	{"pipe.close", "EPIPE", "p = subprocess.Popen('true', stdin=subprocess.PIPE)\np.wait()\np.stdin.write(b'x')\np.stdin.close()"},
	{"select.select", "EBADF", "select.select([999], [], [], 0)"},
	{"select.select", "ValueError", "select.select([closed()], [], [], 0)"},
	{"select.select", "TypeError", "select.select(5, [], [], 0)"},
	{"poll.register", "EBADF", "select.poll().register(999)"},
	{"poll.register", "ValueError", "select.poll().register(closed())"},
	{"poll.modify", "ENOENT", "select.poll().modify(listener(), 1)"},
	{"poll.unregister", "KeyError", "select.poll().unregister(listener())"},
	{"poll.poll", "TypeError", "select.poll().poll('1')"},
	{"os.listdir", "ENOENT", "os.listdir(DIR + '/no')"},
	{"os.listdir", "ENOTDIR", "os.listdir(DIR + '/file')"},
	{"os.stat", "ENOENT", "os.stat(DIR + '/no')"},
	{"os.stat", "ENOTDIR", "os.stat(DIR + '/file/a')"},
	{"os.unlink", "ENOENT", "os.unlink(DIR + '/no')"},
	{"os.unlink", "EISDIR", "os.unlink(DIR)"},
	{"codecs.decode", "UnicodeDecodeError", "codecs.decode(b'\\xff')"},
	{"codecs.decode", "LookupError", "codecs.decode(b'', 'nothing')"},
	{"codecs.encode", "UnicodeEncodeError", "codecs.encode('中', 'ascii')"},
	{"IncrementalDecoder.decode", "UnicodeDecodeError", "codecs.getincrementaldecoder('utf-8')().decode(b'\\xe4', True)"},
	{"json.loads", "JSONDecodeError", "json.loads('{')"},
	{"json.dumps", "TypeError", "json.dumps(b'')"},
	{"str.split", "ValueError", "'a'.split('')"},
	{"bytes.split", "TypeError", "b'a'.split('a')"},
	{"str.index", "ValueError", "'a'.index('b')"},
	{"str.encode", "UnicodeEncodeError", "'中'.encode('latin-1')"},
	{"str.ljust", "TypeError", "'a'.ljust(3, 'xx')"},
	{"str.format", "IndexError", "'{}'.format()"},
	{"str.format", "KeyError", "'{a}'.format()"},
	{"bytes.decode", "UnicodeDecodeError", "b'\\xe4\\xbd'.decode()"},
	{"bytes.fromhex", "ValueError", "bytes.fromhex('x')"},
	{"bytes.hex", "ValueError", "b'ab'.hex('::')"},
	{"bytearray.append", "ValueError", "bytearray().append(256)"},
	{"bytearray.pop", "IndexError", "bytearray().pop()"},
	{"list.pop", "IndexError", "[].pop()"},
	{"list.remove", "ValueError", "[].remove(1)"},
	{"dict.pop", "KeyError", "{}.pop('a')"},
	{"dict.setdefault", "TypeError", "{}.setdefault([], 1)"},
	{"set.remove", "KeyError", "set([]).remove(1)"},
	{"set.pop", "KeyError", "set([]).pop()"},
	{"set.union", "RuntimeError", "set([]).union(3)"},
	{"int", "ValueError", "int('x')"},
	{"int.to_bytes", "OverflowError", "(256).to_bytes(1, 'big')"},
	{"bytes", "ValueError", "bytes([256])"},
	{"bytes", "TypeError", "bytes('x')"},
	{"range", "ValueError", "range(1, 2, 0)"},
	{"range", "MemoryError", "range(60000000)"},
	{"len", "TypeError", "len(5)"},
	{"max", "ValueError", "max([])"},
	{"sorted", "TypeError", "sorted([1, 'a'])"},
	{"chr", "ValueError", "chr(-1)"},
	{"ord", "TypeError", "ord('ab')"},
	{"divmod", "ZeroDivisionError", "divmod(1, 0)"},
	{"getattr", "AttributeError", "getattr(5, 'x')"},
	{"fail", "RuntimeError", "fail('x')"},
	{"input", "EOFError", "input()"},
}

func TestTheErrorsThatHelpPromisesCome(t *testing.T) {
	docs := map[string]code.Doc{}
	for _, d := range code.CallDocs() {
		docs[d.Path] = d
	}
	for _, c := range claims {
		t.Run(c.call+" "+c.err, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(dir+"/file", []byte("x"), 0o600))
			in, _ := whole(t)
			require.NoError(t, run(t, in, claimTools+"DIR = "+pyQuote(dir)))
			err := run(t, in, c.text)
			var e *code.Error
			require.ErrorAs(t, err, &e)
			got := e.Kind
			if e.Tag != "" {
				got, _, _ = strings.Cut(e.Tag, " ")
			}
			require.Equal(t, c.err, got, "%v", err)
			listed := false
			for _, promised := range docs[c.call].Errors {
				if promised.Symbol == c.err || promised.Symbol == "" && promised.Kind == c.err {
					listed = true
					assert.Equal(t, e.Kind, promised.Kind)
				}
			}
			assert.True(t, listed, "help %s does not name %s", c.call, c.err)
		})
	}
}

func pyQuote(s string) string { return "'" + s + "'" }

// Any example could stand as a line of a program.
func TestExamplesAreGoodCode(t *testing.T) {
	in, _ := whole(t)
	for _, d := range code.CallDocs() {
		err := run(t, in, "def example():\n    "+d.Example+"\n")
		var e *code.Error
		if errors.As(err, &e) {
			t.Errorf("%s: %s: %v", d.Path, d.Example, err)
		}
	}
}

// Examples without a socket or a program of their own run as they stand.
func TestExamplesRun(t *testing.T) {
	n := 0
	in, _ := whole(t)
	for _, d := range code.CallDocs() {
		owner, _, _ := strings.Cut(d.Path, ".")
		switch owner {
		case "socket", "file", "server", "Popen", "pipe", "poll", "CompletedProcess", "input", "fail", "exit", "quit", "sys", "os",
			"IncrementalDecoder", "serve", "select":
			if d.Path != "socket.inet_aton" && d.Path != "socket.htons" && d.Path != "socket.socketpair" && d.Path != "os.stat" {
				continue
			}
		}
		n++
		assert.NoError(t, run(t, in, "import socket, struct, subprocess, select, os, codecs, time, json, stat\n"+d.Example), "%s: %s", d.Path, d.Example)
	}
	assert.Greater(t, n, 150)
}
