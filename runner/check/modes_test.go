package check_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/check"
)

func unixSocket(t *testing.T, lab *netlab.Lab, label string) *netlab.Socket {
	t.Helper()
	s, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	s.SetLabel(label)
	return s
}

func portOf(s *netlab.Socket) string { return strconv.Itoa(s.Info().Local.Port) }

func TestUnread(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, _ := pair(t, lab)
	asked := task(t, `unread(5)`)
	fails(t, lab, `unread()`)
	send(t, client, "hello")
	comesTrue(t, lab, `unread(5)`)
	fails(t, lab, `unread(6)`, `unread(by="server")`)
	assert.True(t, asked.Ask(check.World{Lab: lab})[0].Held)
	_, err := conn.Recv(bg, make([]byte, 10), 0)
	require.NoError(t, err)
	fails(t, lab, `unread()`)
	assert.True(t, asked.Ask(check.World{Lab: lab})[0].Held, "what has once been so counts")
}

func TestBuffered(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, _ := pair(t, lab)
	client.SetLabel("client")
	f := client.MakeFile(false, true)
	_, err := f.Write(bg, []byte("hello\n"))
	require.NoError(t, err)
	holds(t, lab, `buffered(6)`, `buffered(on="client", by="learner")`, `not unread()`)
	fails(t, lab, `buffered(7)`, `buffered(by="server")`)
	require.NoError(t, f.Close(bg))
	holds(t, lab, `buffered(6)`)
	r := conn.MakeFile(true, false)
	_, err = r.ReadN(bg, 1)
	require.NoError(t, err)
	holds(t, lab, `buffered(6, port=`+portOf(conn)+`)`)
	require.NoError(t, r.Close(bg))
}

func TestDelivered(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, _ := pair(t, lab)
	fails(t, lab, `delivered()`)
	send(t, client, "hello")
	fails(t, lab, `delivered()`)
	buf := make([]byte, 3)
	_, err := conn.Recv(bg, buf, 0)
	require.NoError(t, err)
	fails(t, lab, `delivered()`)
	_, err = conn.Recv(bg, buf, 0)
	require.NoError(t, err)
	holds(t, lab, `delivered()`, `delivered(5)`, `delivered(n=5, port=`+portOf(conn)+`)`)
	fails(t, lab, `delivered(6)`, `delivered(family="AF_UNIX")`)
}

func TestSocketfileAndAbstract(t *testing.T) {
	lab := netlabtest.New(t)
	path := filepath.Join(t.TempDir(), "s")
	fails(t, lab, `socketfile()`, `abstract()`)
	s := unixSocket(t, lab, "s")
	require.NoError(t, s.Bind(bg, netlab.UnixAddr(path)))
	holds(t, lab, `socketfile()`, `socketfile(size=0, on="s")`, `called("bind", family="AF_UNIX")`)
	fails(t, lab, `socketfile(size=1)`, `socketfile(on="t")`, `abstract()`, `called("bind", family="AF_INET")`)
	require.NoError(t, s.Close(bg))
	holds(t, lab, `socketfile()`)
	require.NoError(t, os.Remove(path))
	fails(t, lab, `socketfile()`)
	require.NoError(t, unixSocket(t, lab, "t").Bind(bg, netlab.UnixAddr("\x00"+path)))
	holds(t, lab, `abstract()`, `abstract(by="learner", on="t")`)
	fails(t, lab, `abstract(times=2)`, `socketfile()`)
}

func TestFamilyIsOneThatThereIs(t *testing.T) {
	_, err := check.Compile([]check.Statement{{Expr: `called("bind", family="AF_UNIX")`}})
	require.NoError(t, err)
	for _, expr := range []string{`called("bind", family="UNIX")`, `unread(family="x")`, `buffered(n="5")`} {
		assert.Error(t, check.Lint(expr), expr)
	}
}
