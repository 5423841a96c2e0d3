package check_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/check"
)

var bg = context.Background()

func task(t *testing.T, facts ...string) *check.Task {
	t.Helper()
	var list []check.Statement
	for i, f := range facts {
		list = append(list, check.Statement{Expr: f, Words: f, File: "lesson.md", Line: i + 1})
	}
	task, err := check.Compile(list)
	require.NoError(t, err)
	return task
}

// ask asks one fact once.
func ask(t *testing.T, lab *netlab.Lab, fact string) check.Verdict {
	t.Helper()
	return task(t, fact).Ask(check.World{Lab: lab})[0]
}

func holds(t *testing.T, lab *netlab.Lab, facts ...string) {
	t.Helper()
	for _, f := range facts {
		v := ask(t, lab, f)
		assert.True(t, v.Held, "%s: %s", f, v.Seen)
		assert.True(t, v.Seen.Empty(), "what holds says nothing")
	}
}

func fails(t *testing.T, lab *netlab.Lab, facts ...string) {
	t.Helper()
	for _, f := range facts {
		v := ask(t, lab, f)
		assert.False(t, v.Held, f)
		assert.NotContains(t, v.Seen.String(), "cannot be asked", f)
	}
}

// comesTrue waits for facts that are on their way.
func comesTrue(t *testing.T, lab *netlab.Lab, facts ...string) {
	t.Helper()
	ctx, stop := context.WithTimeout(bg, netlabtest.Patience)
	defer stop()
	for _, v := range task(t, facts...).Await(ctx, check.World{Lab: lab}) {
		assert.True(t, v.Held, "%s: %s", v.Words, v.Seen)
	}
}

func tcp(t *testing.T, lab *netlab.Lab) *netlab.Socket {
	t.Helper()
	s, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	s.SetTimeout(netlabtest.Patience)
	return s
}

func udp(t *testing.T, lab *netlab.Lab) *netlab.Socket {
	t.Helper()
	s, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	s.SetTimeout(netlabtest.Patience)
	return s
}

func listener(t *testing.T, lab *netlab.Lab, backlog int) (*netlab.Socket, netlab.Addr) {
	t.Helper()
	ln := tcp(t, lab)
	require.NoError(t, ln.Bind(bg, netlab.Loopback(0)))
	require.NoError(t, ln.Listen(bg, backlog))
	return ln, ln.Info().Local
}

func pair(t *testing.T, lab *netlab.Lab) (client, conn *netlab.Socket, addr netlab.Addr) {
	t.Helper()
	ln, addr := listener(t, lab, 1)
	client = tcp(t, lab)
	require.NoError(t, client.Connect(bg, addr))
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetTimeout(netlabtest.Patience)
	return client, conn, addr
}

func send(t *testing.T, s *netlab.Socket, text string) {
	t.Helper()
	require.NoError(t, s.SendAll(bg, []byte(text), 0))
}

func recv(t *testing.T, s *netlab.Socket) string {
	t.Helper()
	buf := make([]byte, 1024)
	n, err := s.Recv(bg, buf, 0)
	require.NoError(t, err)
	return string(buf[:n])
}

func start(t *testing.T, lab *netlab.Lab, kind string, v server.Values) *server.Server {
	t.Helper()
	s, err := server.Start(lab, kind, v)
	require.NoError(t, err)
	return s
}
