package check_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/check"
)

// box is a UDP socket with an address; rcvbuf 0 leaves the system's buffer.
func box(t *testing.T, lab *netlab.Lab, name string, rcvbuf int) (*netlab.Socket, netlab.Addr) {
	t.Helper()
	s := udp(t, lab)
	s.SetLabel(name)
	if rcvbuf > 0 {
		require.NoError(t, s.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_RCVBUF, rcvbuf))
	}
	require.NoError(t, s.Bind(bg, netlab.Loopback(0)))
	return s, s.Info().Local
}

func post(t *testing.T, from *netlab.Socket, to netlab.Addr, texts ...string) {
	t.Helper()
	for _, text := range texts {
		_, err := from.SendTo(bg, []byte(text), 0, to)
		require.NoError(t, err)
	}
}

func take(t *testing.T, s *netlab.Socket, size, flags int) {
	t.Helper()
	_, _, _, err := s.RecvFrom(bg, make([]byte, size), flags)
	require.NoError(t, err)
}

func hasTable(t *testing.T, lab *netlab.Lab) {
	t.Helper()
	if _, table := lab.Observes(); !table {
		t.Skip("this system shows no table of sockets")
	}
}

func TestTruncated(t *testing.T) {
	lab := netlabtest.New(t)
	b, addr := box(t, lab, "b", 0)
	pen := udp(t, lab)
	post(t, pen, addr, "hello world", "hello world", "hello")
	fails(t, lab, `truncated()`)
	take(t, b, 11, 0)
	take(t, b, 5, unix.MSG_PEEK)
	fails(t, lab, `truncated()`)
	take(t, b, 5, 0)
	holds(t, lab, `truncated()`, `truncated(on="b", by="learner")`)
	fails(t, lab, `truncated(times=2)`, `truncated(by="server")`, `truncated(on="pen")`)
	take(t, b, 0, 0)
	holds(t, lab, `truncated(times=2)`)
}

func TestTruncatedIsNoStream(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, _ := pair(t, lab)
	send(t, client, "hello world")
	take(t, conn, 5, 0)
	fails(t, lab, `truncated()`)
}

func TestDropped(t *testing.T) {
	lab := netlabtest.New(t)
	hasTable(t, lab)
	small, addr := box(t, lab, "small", 2048)
	_, other := box(t, lab, "other", 0)
	pen := udp(t, lab)
	post(t, pen, addr, "one")
	post(t, pen, other, "one")
	fails(t, lab, `dropped()`)

	const many = 100
	for range many {
		post(t, pen, addr, "hello")
	}
	comesTrue(t, lab, `dropped()`, `dropped(n=2, on="small", by="learner")`)
	fails(t, lab, `dropped(on="other")`, `dropped(by="server")`, `dropped(n=101)`)

	asked := task(t, `dropped()`)
	require.True(t, asked.Ask(check.World{Lab: lab})[0].Held)
	require.NoError(t, small.Close(bg))
	assert.True(t, asked.Ask(check.World{Lab: lab})[0].Held, "the counter is gone, but it was seen")
	fails(t, lab, `dropped()`)
}

func TestAccounted(t *testing.T) {
	lab := netlabtest.New(t)
	hasTable(t, lab)
	b, addr := box(t, lab, "b", 2048)
	pen := udp(t, lab)
	fails(t, lab, `accounted()`)
	for range 50 {
		post(t, pen, addr, "hello")
	}
	comesTrue(t, lab, `dropped()`)
	fails(t, lab, `accounted()`)
	take(t, b, 100, unix.MSG_PEEK)
	take(t, b, 100, 0)
	fails(t, lab, `accounted()`)
	for unread(t, lab, addr) > 0 {
		take(t, b, 100, 0)
	}
	comesTrue(t, lab, `accounted(on="b")`)
	fails(t, lab, `accounted(by="server")`)
}

func TestAccountedOfAConnectedSender(t *testing.T) {
	lab := netlabtest.New(t)
	hasTable(t, lab)
	b, addr := box(t, lab, "b", 0)
	pen := udp(t, lab)
	require.NoError(t, pen.Connect(bg, addr))
	send(t, pen, "")
	take(t, b, 100, 0)
	comesTrue(t, lab, `accounted(on="b")`)
}

func TestDatagramsWithoutATable(t *testing.T) {
	kernel.Use(kernel.NoObservers)
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
	lab := netlabtest.New(t)
	for _, f := range []string{`dropped()`, `accounted()`, `not dropped()`} {
		v := ask(t, lab, f)
		assert.False(t, v.Held, f)
		assert.True(t, v.Unseen, f)
	}
}

// unread is how much of the socket's buffer the kernel says is in use.
func unread(t *testing.T, lab *netlab.Lab, addr netlab.Addr) int {
	t.Helper()
	table, err := lab.Kernel()
	require.NoError(t, err)
	rows, err := table.Rows(kernel.Query{Proto: kernel.UDP, Ports: []int{addr.Port}})
	require.NoError(t, err)
	require.Len(t, rows, 1)
	return rows[0].Recv
}
