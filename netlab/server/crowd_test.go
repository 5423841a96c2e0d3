package server_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
)

func listener(t *testing.T, lab *netlab.Lab) (*netlab.Socket, int) {
	t.Helper()
	ln, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	ln.SetTimeout(netlabtest.Patience)
	require.NoError(t, ln.Bind(bg, netlab.Loopback(0)))
	require.NoError(t, ln.Listen(bg, 64))
	at, err := ln.Getsockname(bg)
	require.NoError(t, err)
	return ln, at.Port
}

// answering serves n connections at once, each message by answer, and returns
// when all have ended.
func answering(t *testing.T, ln *netlab.Socket, n int, answer func([]byte) []byte) {
	t.Helper()
	var all sync.WaitGroup
	for range n {
		conn, _, err := ln.Accept(bg)
		require.NoError(t, err)
		all.Go(func() {
			defer conn.Close(bg)
			for {
				p, err := server.ReadFrame(func(p []byte) (int, error) { return conn.Recv(bg, p, 0) }, 1<<12)
				if err != nil || conn.SendAll(bg, server.AppendFrame(nil, answer(p)), 0) != nil {
					return
				}
			}
		})
	}
	all.Wait()
}

func reversed(p []byte) []byte {
	slices.Reverse(p)
	return p
}

// finished counts the callers that had all their answers.
func finished(lab *netlab.Lab) int {
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	n := 0
	for _, e := range events {
		if e.Op == netlab.OpShutdown && e.By == netlab.Server && e.Succeeded() {
			n++
		}
	}
	return n
}

func TestCrowdIsContentWithRightAnswers(t *testing.T) {
	lab := netlabtest.New(t)
	ln, port := listener(t, lab)
	s := start(t, lab, "crowd", server.Values{"port": port, "callers": 12, "messages": 7})
	assert.Equal(t, port, s.Addr().Port)
	answering(t, ln, 12, reversed)
	s.Wait()
	assert.Equal(t, 12, finished(lab))
	assert.Empty(t, refusals(lab))
	assert.True(t, s.Stopped())
}

func TestCrowdNoticesWrongAnswers(t *testing.T) {
	lab := netlabtest.New(t)
	ln, port := listener(t, lab)
	s := start(t, lab, "crowd", server.Values{"port": port, "callers": 5})
	answering(t, ln, 5, func(p []byte) []byte {
		if string(p) == "caller 3 message 4" {
			return []byte("4 egassem 2 rellac")
		}
		return reversed(p)
	})
	s.Wait()
	assert.Equal(t, 4, finished(lab), "the others go on")
	assert.Equal(t, []string{`answer 4 should be "4 egassem 3 rellac", it is "4 egassem 2 rellac"`}, refusals(lab))
}

// Nobody listens, and a server that hangs up: every caller says why it leaves.
func TestCrowdWithoutAServer(t *testing.T) {
	lab := netlabtest.New(t)
	ln, port := listener(t, lab)
	require.NoError(t, ln.Close(bg))
	s := start(t, lab, "crowd", server.Values{"port": port, "callers": 3})
	s.Wait()
	assert.Len(t, refusals(lab), 3)
	assert.Zero(t, finished(lab))
}

// A server that serves one after the other never gets beyond the first round,
// and a crowd that waits can be sent home.
func TestCrowdIsStopped(t *testing.T) {
	lab := netlabtest.New(t)
	ln, port := listener(t, lab)
	s := start(t, lab, "crowd", server.Values{"port": port, "callers": 3})
	conn, _, err := ln.Accept(bg)
	require.NoError(t, err)
	conn.SetTimeout(netlabtest.Patience)
	read := func(p []byte) (int, error) { return conn.Recv(bg, p, 0) }
	p, err := server.ReadFrame(read, 1<<12)
	require.NoError(t, err)
	require.NoError(t, conn.SendAll(bg, server.AppendFrame(nil, reversed(p)), 0))
	s.Stop()
	_, err = server.ReadFrame(read, 1<<12)
	assert.Error(t, err, "no second message before all have the answer to the first")
	assert.Empty(t, refusals(lab))
}
