package server_test

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
)

// command sends a command and reads until done says that the answer is whole.
func command(t *testing.T, c *netlab.Socket, text string, done func(string) bool) string {
	t.Helper()
	require.NoError(t, c.SendAll(bg, []byte(text), 0))
	var got []byte
	buf := make([]byte, 10240)
	for !done(string(got)) {
		n, err := c.Recv(bg, buf, 0)
		require.NoError(t, err)
		require.NotZero(t, n, "the server hung up after %q", got)
		got = append(got, buf[:n]...)
	}
	return string(got)
}

func ends(with string) func(string) bool {
	return func(got string) bool { return strings.HasSuffix(got, with) }
}

func TestExecAnswers(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "exec", nil)
	c := dial(t, lab, s)
	assert.Equal(t, "hi there\n", command(t, c, `echo 'hi there'`, ends("\n")))
	assert.Contains(t, command(t, c, "rm -rf /", ends("\n")), "rm is not on the list")
	assert.Contains(t, command(t, c, "echo a; rm b", ends("\n")), `no shell here: ";"`)
	assert.Contains(t, command(t, c, "ls /nosuch", ends("\n")), "No such file")
	assert.Contains(t, command(t, c, "echo 'open", ends("\n")), "quote")
	assert.Contains(t, command(t, c, "pwd", ends("\n")), "socklab-child", "an empty folder")
	long := command(t, c, "seq 1 20000", ends("20000\n"))
	assert.Len(t, long, 108894)
	// A silent command answers nothing: the next one's answer comes.
	require.NoError(t, c.SendAll(bg, []byte("true"), 0))
	netlabtest.Eventually(t, lab, "true was run", func() bool {
		events, _, _ := lab.Journal().Since(netlab.Mark{})
		last := events[len(events)-1]
		return last.Op == netlab.OpSend && last.N == 0 && last.By == netlab.Server
	})
	assert.Equal(t, "after\n", command(t, c, "echo after", ends("\n")))
}

func TestExecEnvironmentIsClean(t *testing.T) {
	t.Setenv("SOCKLAB_SECRET", "hush")
	lab := netlabtest.New(t)
	c := dial(t, lab, start(t, lab, "exec", server.Values{"allow": []string{"env"}}))
	got := command(t, c, "env", func(got string) bool { return strings.Contains(got, "PATH=") && strings.HasSuffix(got, "\n") })
	assert.NotContains(t, got, "hush")
}

func TestExecEncoding(t *testing.T) {
	lab := netlabtest.New(t)
	c := dial(t, lab, start(t, lab, "exec", server.Values{"encoding": "gbk"}))
	assert.Equal(t, "\xc4\xe3\xba\xc3\n", command(t, c, "echo 你好", ends("\n")))
}

func TestExecShell(t *testing.T) {
	lab := netlabtest.New(t)
	k, ok := server.Find("exec")
	require.True(t, ok)
	assert.True(t, k.NeedsWord(server.Values{"shell": true}))
	assert.True(t, k.NeedsWord(server.Values{"shell": "true"}))
	assert.False(t, k.NeedsWord(nil))
	c := dial(t, lab, start(t, lab, "exec", server.Values{"shell": true}))
	assert.Equal(t, "1\n2\n", command(t, c, "echo 1; echo 2", ends("2\n")))
	assert.Contains(t, command(t, c, "nosuch", ends("\n")), "not found")
}

func TestExecListensOnLoopbackAlone(t *testing.T) {
	lab := netlabtest.New(t)
	for _, kind := range []string{"exec", "exec-framed"} {
		for _, host := range []string{"0.0.0.0", "", "::", "192.168.1.1", "127.0.0.2"} {
			_, err := server.Start(lab, kind, server.Values{"host": host})
			var option *server.OptionError
			require.ErrorAs(t, err, &option, "%s on %q", kind, host)
			assert.Contains(t, option.Error(), "127.0.0.1 and nowhere else")
		}
	}
}

// What a command may do to the lab: nothing is left of it.
func TestExecSurvives(t *testing.T) {
	cases := []struct{ name, command, want string }{
		{"an endless printer", "while :; do echo y; done", "the command was ended"},
		{"a sleeper", "sleep 1000", "over the limit of its wall time"},
		{"a reader of its input", "cat; echo done", "done"},
		{"a child that outlives it", "sleep 1000 & echo started", "the command was ended, it was over the limit of its wall time"},
		{"invalid text", `printf '\377\376'; echo .`, "\xff\xfe.\n"},
	}
	lab := netlabtest.New(t)
	s := start(t, lab, "exec", server.Values{"shell": true, "limit": 0.5, "output": 100_000})
	for _, c := range cases {
		conn := dial(t, lab, s)
		began := time.Now()
		got := command(t, conn, c.command, func(got string) bool { return strings.Contains(got, c.want) })
		assert.Contains(t, got, c.want, c.name)
		assert.Less(t, len(got), 200_000, c.name)
		assert.Less(t, time.Since(began), netlabtest.Patience, c.name)
		require.NoError(t, conn.Close(bg))
	}
}

func TestExecFramed(t *testing.T) {
	lab := netlabtest.New(t)
	c := dial(t, lab, start(t, lab, "exec-framed", nil))
	read := func(p []byte) (int, error) { return c.Recv(bg, p, 0) }
	framed := func(text string) (h server.Header, body string) {
		require.NoError(t, c.SendAll(bg, server.AppendFrame(nil, []byte(text)), 0))
		header, err := server.ReadFrame(read, 1<<16)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(header, &h))
		p := make([]byte, 0, h.Size)
		for len(p) < h.Size {
			n, err := c.Recv(bg, p[len(p):h.Size], 0)
			require.NoError(t, err)
			require.NotZero(t, n)
			p = p[:len(p)+n]
		}
		return h, string(p)
	}
	h, body := framed("seq 1 20000")
	assert.Equal(t, server.Header{Size: 108894, Encoding: "utf-8"}, h)
	assert.True(t, strings.HasSuffix(body, "20000\n"))
	h, body = framed("true")
	assert.Equal(t, server.Header{Encoding: "utf-8"}, h, "a silent command has an answer too")
	assert.Empty(t, body)
	h, _ = framed("false")
	assert.Equal(t, 1, h.Status)
	h, _ = framed("nosuch")
	assert.Equal(t, 126, h.Status)
}

func TestExecFramedRefuses(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "exec-framed", nil)
	cases := []struct{ name, sent, want string }{
		{"a browser", "GET / HTTP/1.0\r\n\r\n", "a length of 1195725856 bytes"},
		{"2 GB", string(binary.BigEndian.AppendUint32(nil, 1<<31)), "a length of 2147483648 bytes"},
		{"half a header", "\x00\x00", "within a header: got 2 of 4"},
		{"half a command", "\x00\x00\x00\x09ls", "within a message: got 2 of 9"},
	}
	for _, c := range cases {
		conn := dial(t, lab, s)
		require.NoError(t, conn.SendAll(bg, []byte(c.sent), 0))
		_ = conn.Shutdown(bg, unix.SHUT_WR) // the server may have reset the connection already
		n, err := conn.Recv(bg, make([]byte, 10), 0)
		assert.True(t, n == 0 || err != nil, "%s: told nothing", c.name)
		netlabtest.Eventually(t, lab, c.name, func() bool { return refused(lab, c.want) })
		require.NoError(t, conn.Close(bg))
	}
}

func refused(lab *netlab.Lab, want string) bool {
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	for _, e := range events {
		if e.Op == netlab.OpRefuse && e.By == netlab.Server && strings.Contains(string(e.Data), want) {
			return true
		}
	}
	return false
}

// Another program of this user may connect; one of another user may not.
func TestExecKnowsWhoCalls(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "exec", nil)
	nc := func(wrap ...string) string {
		netlabtest.Need(t, "nc", "apt-get install netcat-openbsd")
		args := append(wrap, "nc", "-N", "127.0.0.1", strconv.Itoa(s.Addr().Port))
		cmd := exec.Command(args[0], args[1:]...)
		in, err := cmd.StdinPipe()
		require.NoError(t, err)
		var out strings.Builder
		cmd.Stdout = &out
		require.NoError(t, cmd.Start())
		_, _ = in.Write([]byte("echo secret"))
		netlabtest.Eventually(t, lab, "an answer or a refusal", func() bool {
			all := lab.Sockets()
			return refused(lab, "user") || refused(lab, "process") || all[len(all)-1].Counts.Out > 0
		})
		_ = in.Close()
		_ = cmd.Wait()
		return out.String()
	}
	assert.Equal(t, "secret\n", nc(), "the same user, another process")
	assert.False(t, refused(lab, "user"))
	if os.Getuid() != 0 {
		t.Skip("only root can act as another user: run the tests as root")
	}
	netlabtest.Need(t, "setpriv", "apt-get install util-linux")
	assert.Empty(t, nc("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), "told nothing")
	assert.True(t, refused(lab, "the other end belongs to user 65534"))
}
