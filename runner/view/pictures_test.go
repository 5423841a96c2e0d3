package view

import (
	"fmt"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// everywhere shows a picture on every sort of terminal: no line is too wide,
// none controls the terminal, and without colour there is no escape sequence.
func everywhere(t *testing.T, show func(r *Renderer)) {
	t.Helper()
	for _, width := range []int{120, 80, 60, 59, 40, 20} {
		for _, lang := range words.Langs {
			for _, ascii := range []bool{false, true} {
				got := shown(width, Options{Lang: lang, ASCII: ascii}, show)
				fits(t, width, got)
				if ascii && lang == words.English {
					for _, sym := range []string{SymBar, SymPair, SymRule, SymLeft, SymRight, SymEllipsis} {
						assert.NotContains(t, got, sym)
					}
				}
				colored := shown(width, Options{Lang: lang, ASCII: ascii, Color: true}, show)
				assert.Equal(t, got, sgr.ReplaceAllString(colored, ""), "colour changes nothing else")
			}
			fits(t, width, shown(width, Options{Lang: lang, Plain: true}, show))
			fits(t, width, shown(width, Options{Lang: lang, Big: true}, show))
		}
	}
}

const hostile = "\x1b[2J\x1b]0;owned\x07é你好\u202e\xff\xfe\nnext\tline"

var longPath = "/tmp/" + strings.Repeat("很长的路径/", 20) + hostile

// strange are events and sockets such as only an enemy makes.
func strange() ([]netlab.Event, []netlab.SocketInfo) {
	six := netlab.InetAddr(netip.MustParseAddr("fe80::1234:5678:9abc:def0%7"), 65535)
	big := []byte(strings.Repeat(hostile, 2000))
	addrs := []netlab.Addr{{}, netlab.Loopback(80), six, netlab.UnixAddr(longPath), netlab.UnixAddr("\x00abstract"), netlab.UnixAddr("")}
	var events []netlab.Event
	for op := netlab.OpSocket; op <= netlab.OpFcntl; op++ {
		for _, outcome := range []netlab.Outcome{netlab.OK, netlab.Failed, netlab.TimedOut, netlab.Cancelled, netlab.ClosedUnder} {
			i := len(events)
			e := netlab.Event{
				Op: op, Outcome: outcome, Addr: addrs[i%len(addrs)], Sock: i % 4, FD: 7, N: 60 << 10, A: 60 << 10,
				Data: big, By: netlab.Actor(i % 3), Tries: i,
			}
			if outcome == netlab.Failed {
				e.Errno, e.N, e.Data = unix.ECONNREFUSED, 0, nil
			}
			events = append(events, e)
		}
	}
	events = append(events, netlab.Event{Op: netlab.OpSetsockopt, A: 99, B: 98, N: -1}, netlab.Event{Op: netlab.OpClose, Outcome: netlab.Failed, Errno: syscall.Errno(9999)})
	info := func(id int, label string, local, remote netlab.Addr) netlab.SocketInfo {
		return netlab.SocketInfo{ID: id, FD: 1000 + id, Family: local.Family, Type: unix.SOCK_STREAM, Label: label, Local: local, Remote: remote, Backlog: -1,
			Unread: 1 << 20, Waiting: netlab.OpRecvfrom, Timeout: 1500 * time.Millisecond}
	}
	sockets := []netlab.SocketInfo{
		info(1, hostile, six, six), info(2, strings.Repeat("长名字", 30), netlab.UnixAddr(longPath), netlab.UnixAddr("")),
		info(3, "", netlab.Loopback(80), netlab.Addr{}), {ID: 4, FD: -1, Closed: true, Backlog: 5, Local: netlab.Loopback(8080), State: kernel.Listen},
	}
	return events, sockets
}

func TestPicturesOfStrangeThings(t *testing.T) {
	events, sockets := strange()
	everywhere(t, func(r *Renderer) { r.Calls(events, SocketsOf(sockets)) })
	everywhere(t, func(r *Renderer) { r.Trace(events, 12345) })
	everywhere(t, func(r *Renderer) { r.Sockets(sockets, time.Hour) })
	for i := range sockets {
		everywhere(t, func(r *Renderer) { r.Card(sockets[i], nil, false, [2]CardEnd{}) })
		everywhere(t, func(r *Renderer) { r.Card(sockets[i], &sockets[(i+1)%len(sockets)], false, [2]CardEnd{}) })
		everywhere(t, func(r *Renderer) { r.Ladder(BuildLadder(events, sockets[i], sockets[(i+1)%len(sockets)])) })
		everywhere(t, func(r *Renderer) { r.Counters(sockets[i].Label, kernel.TCPInfo{SegsOut: 1 << 40}) })
	}
	rungs := []Rung{{Segment: strings.Repeat("long", 50)}, {Segment: "1 byte", Data: true, Bytes: 1 << 60}, {Left: strings.Repeat("x", 90), Right: strings.Repeat("y", 90), Segment: finOrReset}}
	everywhere(t, func(r *Renderer) { r.Ladder(Ladder{Left: longPath, Right: hostile, Rungs: rungs}) })
	everywhere(t, func(r *Renderer) {
		r.Item("*", hostile, hostile)
		r.SubItem("12", longPath, "")
		r.Server(longPath, hostile, hostile, longPath)
		r.Held(hostile)
		r.Finding(false, hostile, longPath)
		r.Finding(true, "ok", "")
		r.Label(words.Raw(hostile))
		r.Good(words.Raw(longPath))
	})
}

func TestCalls(t *testing.T) {
	conn := netlab.SocketInfo{ID: 1, Label: "conn", Local: netlab.Loopback(8080), Remote: netlab.Loopback(50000), Backlog: -1}
	echo := netlab.SocketInfo{ID: 2, Label: "echo", Local: netlab.Loopback(8080), Backlog: 5}
	events := []netlab.Event{
		{Op: netlab.OpRecv, Sock: 1, FD: 9, A: 1024, N: 5, Data: []byte("he\x1bl\n")},
		{Op: netlab.OpRecv, Sock: 1, FD: 9, A: 1024},
		{Op: netlab.OpSend, Sock: 1, FD: 9, A: 10, N: 3, Data: []byte("abc")},
		{Op: netlab.OpSend, Sock: 1, FD: 9, A: 1, Outcome: netlab.Failed, Errno: unix.EPIPE},
		{Op: netlab.OpAccept, Sock: 2, FD: 3, N: 9, Other: 1, Addr: netlab.Loopback(50000), By: netlab.Server},
		{Op: netlab.OpClose, Sock: 1, FD: 9},
	}
	all := SocketsOf([]netlab.SocketInfo{conn, echo})
	golden(t, 80, Options{}, `
  recv(9, 1024) = 5 b'he\x1bl\n'    conn 127.0.0.1:8080 ⇄ 127.0.0.1:50000
  recv(9, 1024) = 0 b''
      conn 127.0.0.1:8080 ⇄ 127.0.0.1:50000  end of the stream
  send(9, b'abc' of 10 bytes) = 3   conn 127.0.0.1:8080 ⇄ 127.0.0.1:50000
  send(9, 1 byte) = EPIPE           conn 127.0.0.1:8080 ⇄ 127.0.0.1:50000
  echo │ accept(3) = 9 127.0.0.1:50000
  close(9) = 0                      conn 127.0.0.1:8080 ⇄ 127.0.0.1:50000
`, func(r *Renderer) { r.Calls(events, all) })
	golden(t, 40, Options{ASCII: true}, `
  close(9) = 0
      conn 127.0.0.1:8080 <->
      127.0.0.1:50000
`, func(r *Renderer) { r.Calls(events[5:], all) })
}

func TestBytesLiteralIsPythons(t *testing.T) {
	cases := map[string]string{
		"hi": `b'hi'`, "it's": `b"it's"`, `'"`: `b'\'"'`, "\x00\x1b\n\t\r\\\x7f": `b'\x00\x1b\n\t\r\\\x7f'`, "你": `b'\xe4\xbd\xa0'`,
	}
	for in, want := range cases {
		assert.Equal(t, want, BytesLiteral([]byte(in)))
	}
}

// The wording is that of strace 6.
func TestStrace(t *testing.T) {
	local := netlab.Loopback(8080)
	in := `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}`
	cases := []struct {
		e    netlab.Event
		want string
	}{
		{netlab.Event{Op: netlab.OpSocket, A: unix.AF_INET, B: unix.SOCK_STREAM, N: 7}, "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 7"},
		{netlab.Event{Op: netlab.OpSocket, A: unix.AF_INET, B: unix.SOCK_DGRAM, Flags: unix.IPPROTO_UDP, N: 7}, "socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_UDP) = 7"},
		{netlab.Event{Op: netlab.OpBind, FD: 7, Addr: local, Outcome: netlab.Failed, Errno: unix.EADDRINUSE}, "bind(7, " + in + ", 16) = -1 EADDRINUSE (Address already in use)"},
		{netlab.Event{Op: netlab.OpBind, FD: 7, Addr: netlab.UnixAddr("/tmp/s")}, `bind(7, {sa_family=AF_UNIX, sun_path="/tmp/s"}, 9) = 0`},
		{netlab.Event{Op: netlab.OpBind, FD: 7, Addr: netlab.UnixAddr("\x00ab")}, `bind(7, {sa_family=AF_UNIX, sun_path=@"ab"}, 5) = 0`},
		{netlab.Event{Op: netlab.OpAccept, FD: 7, N: 8, Addr: local}, "accept4(7, " + in + ", [16], SOCK_CLOEXEC|SOCK_NONBLOCK) = 8"},
		{netlab.Event{Op: netlab.OpAccept, FD: 7, Outcome: netlab.Failed, Errno: unix.EAGAIN}, "accept4(7, ..., SOCK_CLOEXEC|SOCK_NONBLOCK) = -1 EAGAIN (Resource temporarily unavailable)"},
		{netlab.Event{Op: netlab.OpSend, FD: 7, A: 3, N: 3, Data: []byte("a\x00b")}, `sendto(7, "a\0b", 3, MSG_NOSIGNAL, NULL, 0) = 3`},
		{netlab.Event{Op: netlab.OpSend, FD: 7, A: 3, N: 3, Data: []byte("\x001\xe4")}, `sendto(7, "\0001\344", 3, MSG_NOSIGNAL, NULL, 0) = 3`},
		{netlab.Event{Op: netlab.OpRecv, FD: 7, A: 9, N: 2, Flags: unix.MSG_PEEK | unix.MSG_DONTWAIT, Data: []byte("hi")}, `recvfrom(7, "hi", 9, MSG_PEEK|MSG_DONTWAIT, NULL, NULL) = 2`},
		{netlab.Event{Op: netlab.OpRecv, FD: 7, A: 9, Outcome: netlab.TimedOut}, `recvfrom(7, ..., 9, 0, NULL, NULL) = ? (timeout)`},
		{netlab.Event{Op: netlab.OpSendto, FD: 7, A: 2, N: 2, Data: []byte("hi"), Addr: local}, `sendmsg(7, {msg_name=` + in + `, msg_namelen=16, msg_iov=[{iov_base="hi", iov_len=2}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0) = 2`},
		{netlab.Event{Op: netlab.OpRecvfrom, FD: 7, A: 1, B: unix.MSG_TRUNC, N: 1, Data: []byte("h"), Addr: local}, `recvmsg(7, {msg_name=` + in + `, msg_namelen=16, msg_iov=[{iov_base="h", iov_len=1}], msg_iovlen=1, msg_controllen=0, msg_flags=MSG_TRUNC}, 0) = 1`},
		{netlab.Event{Op: netlab.OpSetsockopt, FD: 7, A: unix.SOL_SOCKET, B: unix.SO_REUSEADDR, N: 1}, "setsockopt(7, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0"},
		{netlab.Event{Op: netlab.OpSetsockopt, FD: 7, A: unix.IPPROTO_TCP, B: unix.TCP_NODELAY, N: 1}, "setsockopt(7, SOL_TCP, TCP_NODELAY, [1], 4) = 0"},
		{netlab.Event{Op: netlab.OpGetsockopt, FD: 7, A: unix.SOL_SOCKET, B: unix.SO_ERROR, N: 111}, "getsockopt(7, SOL_SOCKET, SO_ERROR, [111], [4]) = 0"},
		{netlab.Event{Op: netlab.OpShutdown, FD: 7, A: unix.SHUT_WR}, "shutdown(7, SHUT_WR) = 0"},
		{netlab.Event{Op: netlab.OpListen, FD: 7, A: 5}, "listen(7, 5) = 0"},
		{netlab.Event{Op: netlab.OpFcntl, FD: 7, N: 8}, "fcntl(7, F_DUPFD_CLOEXEC, 0) = 8"},
		{netlab.Event{Op: netlab.OpClose, FD: 7, Outcome: netlab.ClosedUnder}, "close(7) = -1 EBADF (Bad file descriptor)"},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, Strace(&c.e))
	}
}

func TestSockets(t *testing.T) {
	list := []netlab.SocketInfo{
		{FD: 7, Label: "phone", Family: unix.AF_INET, Type: unix.SOCK_STREAM, State: kernel.Listen, Local: netlab.Loopback(8080), Backlog: 5, Queued: 2, Timeout: -1},
		{FD: -1, Label: "a very long name", Family: unix.AF_INET, Type: unix.SOCK_DGRAM, Closed: true, Backlog: -1, Timeout: -1},
		{FD: 9, Family: unix.AF_UNIX, Type: unix.SOCK_STREAM, Local: netlab.UnixAddr("/tmp/s"), Backlog: -1, Timeout: -1},
	}
	golden(t, 100, Options{}, `
    7  phone      TCP  LISTEN       127.0.0.1:8080  accept queue 2, backlog 5
   -1  a very lo… UDP  closed
    9  -          UNIX bound        /tmp/s
`, func(r *Renderer) { r.Sockets(list, 0) })
}

func TestCard(t *testing.T) {
	near := netlab.SocketInfo{Label: "phone", Local: netlab.Loopback(50000), Remote: netlab.Loopback(8080)}
	far := netlab.SocketInfo{Label: "conn"}
	golden(t, 80, Options{}, `
                 phone                   conn
  getsockname()  127.0.0.1:50000         127.0.0.1:8080
  getpeername()  127.0.0.1:8080          127.0.0.1:50000
`, func(r *Renderer) { r.Card(near, &far, false, [2]CardEnd{}) })
	golden(t, 80, Options{}, `
                 phone
  getsockname()  127.0.0.1:50000
  getpeername()  nobody yet
`, func(r *Renderer) {
		r.Card(netlab.SocketInfo{Label: "phone", Local: netlab.Loopback(50000)}, nil, false, [2]CardEnd{})
	})
	assert.Contains(t, shown(80, Options{}, func(r *Renderer) { r.Card(near, nil, false, [2]CardEnd{}) }), "outside this lab")
}

func TestLadderInWords(t *testing.T) {
	l := Ladder{Left: "phone", Right: "conn", Rungs: []Rung{
		{Left: "connect", Segment: "SYN", ToRight: true}, {Segment: "SYN, ACK"}, {Right: "accept"}, {Right: "send 5", Segment: "5 bytes", Data: true, Bytes: 5}, {Left: "close", Segment: finOrReset, ToRight: true},
	}}
	golden(t, 59, Options{}, `
  1. connect: phone sends SYN to conn
  2. SYN, ACK from conn to phone
  3. conn: accept
  4. send 5: conn sends 5 bytes to phone
  5. close: phone sends FIN or RST to conn
  segments inferred from the calls, not seen on the wire
`, func(r *Renderer) { r.Ladder(l) })
}

func TestPrinted(t *testing.T) {
	cases := []struct{ name, in, plain, colored string }{
		{"text", "hi\n", "hi\n", "hi\n"},
		{"colour", "\x1b[31mred\x1b[0m.", "red.", "\x1b[31mred\x1b[0m."},
		{"colour left on", "\x1b[1;44mblue", "blue", "\x1b[1;44mblue\x1b[0m"},
		{"reset without a number", "\x1b[7mx\x1b[m\n", "x\n", "\x1b[7mx\x1b[m\n"},
		{"a new colour after a reset", "\x1b[0ma\x1b[32mb\n", "ab\n", "\x1b[0ma\x1b[32mb\n\x1b[0m"},
		{"other sequences", "\x1b[2J\x1b]0;x\x07", `\x1b[2J\x1b]0;x\x07`, `\x1b[2J\x1b]0;x\x07`},
		{"tabs stay", "a\tb\r\nc\rd", "a\tb\nc\\rd", "a\tb\nc\\rd"},
		{"not UTF-8", "a\xffb\x9b31m", `a\xffb\x9b31m`, `a\xffb\x9b31m`},
		{"C1 and bidi", "\u009b31m\u202e", `\x9b31m\u202e`, `\x9b31m\u202e`},
		{"a cut sequence", "\x1b[3", `\x1b[3`, `\x1b[3`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.plain, shown(80, Options{}, func(r *Renderer) { r.Printed(c.in) }))
			assert.Equal(t, c.colored, shown(80, Options{Color: true}, func(r *Renderer) { r.Printed(c.in) }))
		})
	}
}

func TestTraceOnAnyWidth(t *testing.T) {
	e := []netlab.Event{{Op: netlab.OpListen, FD: 7, A: 5, Start: 1500 * time.Millisecond, End: 1500*time.Millisecond + 12*time.Microsecond, Tries: 2}}
	golden(t, 80, Options{}, `
  3 earlier calls are not shown
  1.500000 learner listen(7, 5) = 0 <0.000012> 2 tries
`, func(r *Renderer) { r.Trace(e, 3) })
	assert.True(t, strings.HasPrefix(shown(40, Options{}, func(r *Renderer) { r.Trace(e, 0) }), "1.500 listen"))
	assert.Contains(t, fmt.Sprint(messageFlags(1<<28)), "0x")
}
