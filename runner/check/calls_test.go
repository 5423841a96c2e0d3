package check_test

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/check"
)

func TestCalled(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, addr := pair(t, lab)
	conn.SetLabel("conn")
	send(t, client, "hello")
	recv(t, conn)
	require.NoError(t, client.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))

	holds(t, lab,
		`called("connect")`, `called("connect_ex")`, `called("send")`, `called("sendall")`,
		`called("send", size=5, result=5)`, `called("recv", size=1024, result=5, on="conn")`,
		`called("socket", times=2)`, `called("listen", size=1)`, `called("accept", by="learner")`,
		fmt.Sprintf(`called("connect", port=%d)`, addr.Port),
		`called("setsockopt", option="SO_REUSEADDR", value=1)`,
		`called("setsockopt", result=0)`,
		`not called("close")`, `called("close") or called("bind")`, `called("bind") and called("listen")`,
	)
	fails(t, lab,
		`called("close")`, `called("connect", by="server")`, `called("connect", times=2)`,
		`called("send", size=6)`, `called("recv", on="client")`, `called("connect", port=9)`,
		`called("setsockopt", option="SO_KEEPALIVE")`, `called("setsockopt", option="SO_REUSEADDR", value=0)`,
		`called("bind") and called("close")`, `not called("bind")`,
	)
}

func TestWhatWasSeenInstead(t *testing.T) {
	lab := netlabtest.New(t)
	client, _, _ := pair(t, lab)
	send(t, client, "abc")
	require.Error(t, client.Connect(bg, netlab.Loopback(1)))
	cases := []struct{ fact, seen, try string }{
		{`called("close")`, "no close yet", "hang up"},
		{`called("socket", times=5)`, "2 of 5", "make one"},
		{`called("send", size=4)`, "send returned 3", "say something"},
		{`failed("connect", "ECONNREFUSED")`, "connect ended with EISCONN", "dial"},
		{`failed("bind")`, "bind returned 0", "address"},
		{`sent(b"xyz")`, `the bytes were b"abc"`, "say something"},
		{`received(b"xyz")`, "nothing arrived yet", "listen to the other side"},
		{`called("bind") and called("shutdown")`, "no shutdown yet", "one direction"},
	}
	for _, c := range cases {
		t.Run(c.fact, func(t *testing.T) {
			v := ask(t, lab, c.fact)
			assert.False(t, v.Held)
			assert.Equal(t, c.seen, v.Seen.String())
			assert.Contains(t, v.Try.String(), c.try)
		})
	}
	holds(t, lab, `called("connect") and failed("connect", "EISCONN")`)
}

func TestFailed(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, addr := pair(t, lab)
	again := tcp(t, lab)
	require.Error(t, again.Bind(bg, addr))
	client.SetTimeout(0)
	_, err := client.Recv(bg, make([]byte, 1), 0)
	require.Error(t, err)
	client.SetTimeout(time.Millisecond)
	_, err = client.Recv(bg, make([]byte, 1), 0)
	require.Error(t, err)
	require.NoError(t, conn.Close(bg))
	_, err = conn.Recv(bg, make([]byte, 1), 0)
	require.Error(t, err)
	holds(t, lab,
		`failed("bind", "EADDRINUSE")`, fmt.Sprintf(`failed("bind", port=%d)`, addr.Port),
		`failed("recv", "EAGAIN")`, `failed("recv", "EWOULDBLOCK")`, `failed("recv", "timeout")`, `failed("recv", "EBADF")`,
		`failed("recv", times=3)`, `failed("recv", "EAGAIN", size=1)`,
	)
	fails(t, lab, `failed("bind", "EACCES")`, `failed("send")`, `failed("recv", "EAGAIN", times=2)`, `failed("recv", "cancelled")`)
}

// A socket's address may be learned after the call that a fact is about.
func TestPortOfACallBeforeTheAddress(t *testing.T) {
	lab := netlabtest.New(t)
	s := tcp(t, lab)
	require.NoError(t, s.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
	require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
	port := s.Info().Local.Port
	require.NoError(t, s.Close(bg))
	holds(t, lab, fmt.Sprintf(`called("socket", port=%d)`, port), fmt.Sprintf(`called("setsockopt", port=%d, option="SO_REUSEADDR")`, port))
	fails(t, lab, fmt.Sprintf(`called("socket", port=%d)`, port%65535+1))
}

func TestEOF(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, addr := pair(t, lab)
	conn.SetLabel("conn")
	require.NoError(t, client.Close(bg))
	fails(t, lab, `eof()`)
	assert.Empty(t, recv(t, conn))
	assert.Empty(t, recv(t, conn))
	_, _, _, err := conn.RecvFrom(bg, make([]byte, 9), 0)
	require.NoError(t, err)
	_, err = conn.Recv(bg, nil, 0)
	require.NoError(t, err)
	holds(t, lab, `eof()`, `eof(times=3, on="conn", by="learner")`, fmt.Sprintf(`eof(port=%d)`, addr.Port))
	fails(t, lab, `eof(times=4)`, `eof(on="client")`, `eof(by="server")`)
	assert.Equal(t, "3 of 4", ask(t, lab, `eof(times=4)`).Seen.String(), "a recv of nothing is no end")
}

func TestAnEmptyDatagramIsNoEOF(t *testing.T) {
	lab := netlabtest.New(t)
	a, b := udp(t, lab), udp(t, lab)
	require.NoError(t, a.Bind(bg, netlab.Loopback(0)))
	for range 2 {
		_, err := b.SendTo(bg, nil, 0, a.Info().Local)
		require.NoError(t, err)
	}
	_, _, _, err := a.RecvFrom(bg, make([]byte, 9), 0)
	require.NoError(t, err)
	assert.Empty(t, recv(t, a))
	fails(t, lab, `eof()`)
	holds(t, lab, `called("recvfrom", result=0)`, `called("recv", times=2)`)
	assert.Zero(t, a.Info().Counts.Empty)
}

// The seed's loop reads the end of the stream so often that the journal
// forgets most of it; the counters do not.
func TestEOFBeyondTheJournal(t *testing.T) {
	lab := netlabtest.New(t)
	flawed := start(t, lab, "tcp-upper", server.Values{"flawed": true, "fuse": 30})
	c := tcp(t, lab)
	require.NoError(t, c.Connect(bg, flawed.Addr()))
	require.NoError(t, c.Close(bg))
	comesTrue(t, lab, `eof(by="server", times=10000)`)
	holds(t, lab, fmt.Sprintf(`eof(times=10000, port=%d)`, flawed.Addr().Port), `eof(times=10000, on="tcp-upper")`)
	fails(t, lab, `eof(by="learner", times=1000)`, `eof(on="phone", times=1000)`)
	v := ask(t, lab, `eof(by="server", times=1000000000)`)
	assert.Contains(t, v.Seen.String(), "so far")
}

func TestSentAndReceived(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, addr := pair(t, lab)
	send(t, client, "he")
	send(t, client, "llo")
	for got := ""; got != "hello"; got += recv(t, conn) {
	}
	send(t, conn, strings.Repeat("x", 5000)+"end")
	holds(t, lab,
		`sent(b"hello")`, `sent("hello")`, `received(b"hello")`, `sent(b"ell", by="learner")`, `sent()`, `received()`,
		`sent(b"l", times=1)`, `sent(times=2)`, `sent(b"xend")`, fmt.Sprintf(`received(b"hello", port=%d)`, addr.Port),
	)
	fails(t, lab, `sent(b"HELLO")`, `received(b"hello", by="server")`, `received(b"hello", on="nobody")`, `sent(b"hello", times=2)`)
	assert.Equal(t, "1 of 2", ask(t, lab, `sent(b"hello", times=2)`).Seen.String())
	v := ask(t, lab, `received(b"bye")`)
	assert.Contains(t, v.Seen.String(), `hello`)
}

func TestBytesOfAFailedSendallWereSent(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, _ := pair(t, lab)
	client.SetTimeout(30 * time.Millisecond)
	require.ErrorIs(t, client.SendAll(bg, append([]byte("start"), make([]byte, 32<<20)...), 0), netlab.ErrTimeout)
	_ = conn
	holds(t, lab, `sent(b"start")`, `failed("sendall", "timeout")`)
}

func TestBefore(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, _ := pair(t, lab)
	send(t, client, "a")
	recv(t, conn)
	send(t, conn, "b")
	require.NoError(t, client.Shutdown(bg, unix.SHUT_WR))
	require.NoError(t, client.Close(bg))
	holds(t, lab,
		`before(called("shutdown"), called("close"))`, `before(sent(b"a"), received(b"a"))`,
		`before(sent(b"a"), sent(b"b"))`, `before(called("connect"), called("accept"))`,
		`before(called("send", times=2), called("close"))`,
	)
	fails(t, lab, `before(called("close"), called("shutdown"))`, `before(called("send", times=2), received(b"a"))`)
	assert.Contains(t, ask(t, lab, `before(called("close"), called("shutdown"))`).Seen.String(), "the other way round")
	assert.Contains(t, ask(t, lab, `before(called("close"), failed("bind"))`).Seen.String(), "bind returned 0", "the missing one is shown")
	assert.Contains(t, ask(t, lab, `before(1, called("close"))`).Seen.String(), "two facts")
}

// Whoever dials from outside the lab leaves only the server's side to look at.
func TestAnOutsideClientPasses(t *testing.T) {
	lab := netlabtest.New(t)
	echo := start(t, lab, "tcp-upper", nil)
	c, err := net.Dial("tcp", echo.Addr().String())
	require.NoError(t, err)
	_, err = c.Write([]byte("hello"))
	require.NoError(t, err)
	buf := make([]byte, 5)
	_, err = c.Read(buf)
	require.NoError(t, err)
	require.NoError(t, c.Close())
	port := echo.Addr().Port
	comesTrue(t, lab,
		fmt.Sprintf(`called("accept", by="server", port=%d)`, port), `received(b"hello", by="server")`,
		`sent(b"HELLO", by="server", on="tcp-upper")`, `before(received(b"hello", by="server"), sent(b"HELLO", by="server"))`, `eof(by="server")`,
	)
	fails(t, lab, `called("connect")`)
}

func TestForgottenEventsAreNotDenied(t *testing.T) {
	lab := netlabtest.New(t)
	s := tcp(t, lab)
	for range 5000 {
		_, _ = s.Getpeername(bg)
	}
	for _, fact := range []string{`called("socket")`, `sent(b"x")`} {
		v := ask(t, lab, fact)
		assert.False(t, v.Held)
		assert.Contains(t, v.Seen.String(), "905 older ones are gone")
	}
}

// With same the times of two sockets are not added, and local is the port of
// the socket's own end.
func TestSameAndLocal(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, addr := pair(t, lab)
	for _, s := range []*netlab.Socket{client, conn} {
		_, err := s.Send(bg, []byte("x"), 0)
		require.NoError(t, err)
	}
	holds(t, lab, `called("send", times=2)`, `sent(b"x", times=2)`, fmt.Sprintf(`sent(b"x", local=%d)`, addr.Port))
	fails(t, lab, `called("send", times=2, same=True)`, `sent(b"x", times=2, same=True)`, fmt.Sprintf(`sent(b"x", times=2, local=%d)`, addr.Port))
	assert.Equal(t, "1 of 2", ask(t, lab, `sent(b"x", times=2, same=True)`).Seen.String())
	_, err := conn.Send(bg, []byte("x"), 0)
	require.NoError(t, err)
	holds(t, lab, `called("send", times=2, same=True)`, `sent(b"x", times=2, same=True)`,
		fmt.Sprintf(`kernel("ESTABLISHED", local=%d)`, addr.Port))
	fails(t, lab, `called("send", times=3, same=True)`, fmt.Sprintf(`kernel("ESTABLISHED", local=%d, times=2)`, addr.Port))
	assert.Error(t, check.Lint(`called("send", same=True)`))
	assert.Error(t, check.Lint(`called("send", local=70000)`))
}

// What came in one call counts as often as it stands there, and datagrams are
// not read as one stream.
func TestHitsWithinACall(t *testing.T) {
	lab := netlabtest.New(t)
	client, _, _ := pair(t, lab)
	_, err := client.Send(bg, []byte("a: hi\na: he"), 0)
	require.NoError(t, err)
	_, err = client.Send(bg, []byte("y\na: ho\n"), 0)
	require.NoError(t, err)
	holds(t, lab, `sent(b"a: h", times=3)`, `sent(b"hey")`)
	fails(t, lab, `sent(b"a: h", times=4)`)

	a, b := udp(t, lab), udp(t, lab)
	require.NoError(t, a.Bind(bg, netlab.Loopback(0)))
	for _, text := range []string{"HELLO", " WORLD"} {
		_, err = b.SendTo(bg, []byte(text), 0, a.Info().Local)
		require.NoError(t, err)
	}
	fails(t, lab, `sent(b"HELLO WORLD")`)
	_, err = a.Recv(bg, make([]byte, 3), 0)
	require.NoError(t, err)
	holds(t, lab, `truncated()`)
}

// The journal forgets; a fact that has come to hold does not.
func TestWhatHasComeToHoldStaysHeld(t *testing.T) {
	lab := netlabtest.New(t)
	task, err := check.Compile([]check.Statement{
		{Expr: `called("getsockname", times=1)`}, {Expr: `not called("getpeername")`}, {Expr: `called("bind") and not called("getpeername")`},
		{Expr: `not called("bind") or called("getsockname")`},
	})
	require.NoError(t, err)
	held := func() (list []bool) {
		for _, v := range task.Ask(check.World{Lab: lab}) {
			list = append(list, v.Held)
		}
		return list
	}
	assert.Equal(t, []bool{false, true, false, true}, held())
	s := tcp(t, lab)
	require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
	assert.Equal(t, []bool{false, true, true, false}, held())
	_, err = s.Getsockname(bg)
	require.NoError(t, err)
	assert.Equal(t, []bool{true, true, true, true}, held(), "there was another way to hold")
	_, _ = s.Getpeername(bg)
	client, conn, _ := pair(t, lab)
	_, err = conn.Getpeername(bg)
	require.NoError(t, err)
	assert.Equal(t, []bool{true, false, false, true}, held())
	for range 5000 {
		require.NoError(t, client.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_KEEPALIVE, 1))
	}
	assert.Equal(t, []bool{true, false, false, true}, held())
}
