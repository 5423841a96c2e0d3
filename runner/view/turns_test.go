package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab"
)

// twoTurns is a loop that lets bob in, answers him and hangs up on him; the
// number 9 is then another socket's.
func twoTurns() []netlab.Event {
	ms := time.Millisecond
	return []netlab.Event{
		{Op: netlab.OpSocket, Sock: 1, FD: 7, N: 7},
		{Op: netlab.OpPoll, A: 1, B: 1000, N: 1, Data: []byte("7 POLLIN"), Start: 10 * ms, End: 10 * ms},
		{Op: netlab.OpAccept, Sock: 1, FD: 7, N: 9, Other: 2, Addr: netlab.Loopback(5000)},
		{Op: netlab.OpSpawn, Data: []byte("ls")},
		{Op: netlab.OpPoll, A: 2, B: -1, N: 2, Data: []byte("9 POLLIN|POLLHUP, 7 POLLIN"), Start: 20 * ms, End: 150 * ms},
		{Op: netlab.OpRecv, Sock: 2, FD: 9, A: 1024, N: 2, Data: []byte("hi")},
		{Op: netlab.OpClose, Sock: 2, FD: 9},
		{Op: netlab.OpAccept, Sock: 1, FD: 7, N: 9, Other: 3, Addr: netlab.Loopback(5001)},
		{Op: netlab.OpPoll, A: 2, B: 300, N: 1, Data: []byte("9 POLLOUT"), Start: 160 * ms, End: 165 * ms},
		{Op: netlab.OpPoll, A: 2, B: 300, N: 0, Start: 170 * ms, End: 470 * ms},
		{Op: netlab.OpPoll, A: 2, B: -1, Outcome: netlab.Cancelled, Start: 480 * ms, End: 490 * ms},
	}
}

func loopSockets() Sockets {
	at, bob := netlab.Loopback(8173), netlab.Loopback(5000)
	return SocketsOf([]netlab.SocketInfo{
		{ID: 1, Label: "phone", Local: at, Backlog: 5},
		{ID: 2, Local: at, Remote: bob, Backlog: -1},
		{ID: 3, Local: at, Remote: netlab.Loopback(5001), Backlog: -1},
		{ID: 4, Label: "bob", Local: bob, Remote: at, Backlog: -1},
	})
}

func TestTurnsAreCutAtThePolls(t *testing.T) {
	turns := BuildTurns(twoTurns())
	require.Len(t, turns, 5)
	var calls []int
	for i, turn := range turns {
		assert.Equal(t, i+1, turn.Number)
		calls = append(calls, len(turn.Calls))
	}
	assert.Equal(t, []int{1, 3, 0, 0, 0}, calls, "calls for children are no part of it")
	assert.Equal(t, []ReadySocket{{9, 2, []string{"POLLIN", "POLLHUP"}}, {7, 1, []string{"POLLIN"}}}, turns[1].Ready)
	assert.Equal(t, 3, turns[2].Ready[0].Sock, "the number came back with another socket")
	assert.Empty(t, BuildTurns(twoTurns()[:1]), "calls before the first poll belong to no turn")
}

func TestTurns(t *testing.T) {
	golden(t, 80, Options{}, `
  2 earlier turns are not shown; `+"`turns 7`"+` shows all
  turn 1  watched 1, 1 ready at once
    7   phone      POLLIN     a caller: accept will not wait
      accept(7) = 9 127.0.0.1:5000      phone 127.0.0.1:8173
  turn 2  watched 2, 2 ready after 0.1 s
    9   ⇄ bob      POLLIN|POLLHUP  hung up
    7   phone      POLLIN     a caller: accept will not wait
      recv(9, 1024) = 2 b'hi'           127.0.0.1:8173 ⇄ 127.0.0.1:5000
      close(9) = 0                      127.0.0.1:8173 ⇄ 127.0.0.1:5000
      accept(7) = 9 127.0.0.1:5001      phone 127.0.0.1:8173
  turn 3  watched 2, 1 ready after 5.0 ms
    9   ⇄ 127.0.0.1:5001 POLLOUT    send will not wait
  turn 4  watched 2, none ready in 0.3 s
  turn 5  watched 2, cancelled
`, func(r *Renderer) { r.Turns(BuildTurns(twoTurns()), 2, false, loopSockets()) })
	for _, opts := range []Options{{}, {ASCII: true}, chinese} {
		for _, width := range []int{40, 60} {
			fits(t, width, shown(width, opts, func(r *Renderer) { r.Turns(BuildTurns(twoTurns()), 0, true, loopSockets()) }))
		}
	}
	golden(t, 80, Options{}, `
 No turn yet: a turn begins with select.select(…) or with the poll() of a
 select.poll().
`, func(r *Renderer) { r.Turns(nil, 0, false, nil) })
}

func TestALongTurnIsCut(t *testing.T) {
	events := twoTurns()[:2]
	for range 50 {
		events = append(events, netlab.Event{Op: netlab.OpRecv, Sock: 1, FD: 7})
	}
	text := shown(80, chinese, func(r *Renderer) { r.Turns(BuildTurns(events), 0, false, loopSockets()) })
	assert.Contains(t, text, "这一轮还有 30 次调用")
}

func TestPollAndRefuseOnALine(t *testing.T) {
	poll := twoTurns()[4]
	refuse := netlab.Event{Op: netlab.OpRefuse, Sock: 2, FD: 9, By: netlab.Server, Outcome: netlab.Failed, Data: []byte("too \x1b[2J slow")}
	assert.Equal(t, "poll([{fd=9}, {fd=7}], 2, -1) = 2 ([{fd=9, revents=POLLIN|POLLHUP}, {fd=7, revents=POLLIN}])", Strace(&poll))
	assert.Equal(t, `/* refuse(9): too \x1b[2J slow */`, Strace(&refuse))
	none := twoTurns()[9]
	assert.Equal(t, "poll([...], 2, 300) = 0 (Timeout)", Strace(&none))
	golden(t, 80, Options{}, `
  poll([…], 2, -1) = 2 ({9, POLLIN|POLLHUP}, {7, POLLIN})
  #2 │ refuse(9) too \x1b[2J slow
`, func(r *Renderer) { r.Calls([]netlab.Event{poll, refuse}, loopSockets()) })
}
