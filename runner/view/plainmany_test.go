package view

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

func TestALadderThatGoesRoundIsToldOnce(t *testing.T) {
	l := Ladder{Left: "phone 45568", Right: "echo 8080", names: [2]string{"phone", "echo"}, Rungs: []Rung{{Left: "connect", Segment: "SYN", ToRight: true}}}
	for i := range 1000 {
		l.Rungs = append(l.Rungs, Rung{Right: "recv b''", At: time.Duration(i) * time.Millisecond}, Rung{Right: "send 0", At: time.Duration(i) * time.Millisecond})
	}
	l.Rungs = append(l.Rungs, Rung{Right: "close", At: time.Second})
	for range 5 {
		l.Rungs = append(l.Rungs, Rung{Left: "recv 1", At: 2 * time.Second})
	}
	got := told(t, func(r *Renderer) { r.Ladder(l) }, "2001", "2007")
	assert.Contains(t, got, "2. echo called recv and got b'' at 0.000 ms.\n3. echo called send with 0 bytes at 0.000 ms.\n"+
		"Steps 4 to 2001: steps 2 to 3 again, 999 times, the last at 999.0 ms.\n2002. echo called close at 1.000 s.\n"+
		"2003. phone called recv and got 1 byte at 2.000 s.\nSteps 2004 to 2007: step 2003 again, 4 times, the last at 2.000 s.\n")
	l.Rungs = []Rung{{Left: "recv 1"}, {Left: "recv 1"}, {Left: "recv 1"}}
	assert.NotContains(t, told(t, func(r *Renderer) { r.Ladder(l) }), "again", "a few are told one by one")
}

func TestWhatTheKernelCountedSpeaksOfNoDrawing(t *testing.T) {
	l := Ladder{Left: "phone 1", Right: "echo 2", names: [2]string{"phone", "echo"}, Rungs: []Rung{{Left: "send 5", Segment: "5 bytes", Data: true, Bytes: 5, ToRight: true}}}
	for _, k := range []kernel.TCPInfo{{SegsOut: 1, DataOut: 1}, {SegsOut: 3, DataOut: 2, SegsIn: 1}, {SegsOut: 1, DataOut: -1}, {SegsIn: 1}} {
		l.Evidence = []words.Text{l.counted(0, k)}
		got := told(t, func(r *Renderer) { r.Ladder(l) }, "phone")
		assert.NotContains(t, got, "drawn")
		assert.NotContains(t, got, "ladder")
	}
}

func TestManyOfAKindAreToldAtOnce(t *testing.T) {
	way := StreamWay{From: "drip 8107", To: "phone 60900", Sent: 40, Received: 40}
	for i := range 40 {
		way.Sends = append(way.Sends, StreamSpan{Kind: SpanSend, Number: i + 1, From: i, To: i + 1, Asked: 1, Data: []byte{'a'}})
		way.Recvs = append(way.Recvs, StreamSpan{Kind: SpanRecv, Number: i + 1, From: i, To: i + 1, Holds: []Held{{i + 1, 0, 1, 1}}})
	}
	got := told(t, func(r *Renderer) { r.Stream(Stream{Ways: [2]StreamWay{way}}) }, "0-39", strings.Repeat("a", 40))
	assert.Contains(t, got, "sends 1 to 40: bytes 0-39, 1 byte each: aaaa")
	assert.Contains(t, got, "recvs 1 to 40: bytes 0-39, 1 byte each, that is sends 1 to 40, one each\n")

	way.Sends = []StreamSpan{{Kind: SpanSend, Number: 1, To: 40, Asked: 40, Data: []byte("x")}}
	for i := range way.Recvs {
		way.Recvs[i].Holds = []Held{{1, i, i + 1, 40}}
	}
	assert.Contains(t, told(t, func(r *Renderer) { r.Stream(Stream{Ways: [2]StreamWay{way}}) }), ", that is pieces of send 1\n")

	box := StreamWay{From: "out 1", To: "box 2", Messages: true, Sent: 50, Received: 10}
	for i := range 10 {
		box.Sends = append(box.Sends, StreamSpan{Kind: SpanSend, Number: i + 1, From: 5 * i, To: 5*i + 5, Asked: 5, Data: []byte("hello")})
	}
	got = told(t, func(r *Renderer) { r.Stream(Stream{Ways: [2]StreamWay{box}}) })
	assert.Contains(t, got, "sends 1 to 10: datagrams of 5 bytes each: hello\n")
	box.Sends[4].Data = []byte("other")
	assert.Contains(t, told(t, func(r *Renderer) { r.Stream(Stream{Ways: [2]StreamWay{box}}) }), "send 5: a datagram of 5 bytes: other\n", "what differs is told")

	turn := Turn{Number: 7, Poll: netlab.Event{Op: netlab.OpPoll, A: 51, N: 5}}
	for _, fd := range []int{12, 13, 14, 20, 22} {
		turn.Ready = append(turn.Ready, ReadySocket{FD: fd, Sock: 1, Bits: []string{"POLLIN"}})
	}
	got = told(t, func(r *Renderer) { r.Turns([]Turn{turn}, 0, false, plainAll) }, "12", "14", "20", "22", "POLLIN")
	assert.Contains(t, got, "Ready: 5 descriptors: 12 to 14, 20, 22, phone, POLLIN, recv will not wait.\n")

	talk := []Conversation{{A: Speaker{netlab.Loopback(1), "amy"}, B: Speaker{netlab.Loopback(2), "desk"}, Last: []byte(strings.Repeat("X", 65507)), LastSize: 65507, LastBack: true}}
	got = told(t, func(r *Renderer) { r.Conversations(talk, nil) }, "65507")
	assert.Less(t, strings.Count(got, "X"), 300)
}

func TestAddressesAreToldOnceInARow(t *testing.T) {
	recv := netlab.Event{Op: netlab.OpRecv, Sock: 1, FD: 8, A: 1024, N: 1, Data: []byte("x")}
	conn := recv
	conn.Sock, conn.FD = 3, 9
	got := told(t, func(r *Renderer) { r.Calls([]netlab.Event{recv, recv, conn, recv}, plainAll) })
	assert.Equal(t, 2, strings.Count(got, "from 127.0.0.1:"), got)
	assert.Contains(t, got, "b'x', phone\n")

	got = told(t, func(r *Renderer) {
		r.Calls([]netlab.Event{conn, recv, recv, recv, recv, recv, recv, conn, recv, recv}, plainAll)
	})
	assert.Contains(t, got, "b'x', phone, from 127.0.0.1:45568 to 127.0.0.1:8080\nthe same call again, 5 times.\nrecv(9")
	assert.Equal(t, 1, strings.Count(got, "again"), "two are told one by one")
}

func TestACallThatWaitedSaysSo(t *testing.T) {
	events := []netlab.Event{{Op: netlab.OpClose, FD: 9, Start: 20 * time.Millisecond, End: 21 * time.Millisecond, Tries: 1}, {Op: netlab.OpAccept, FD: 7, Start: time.Millisecond, End: 21 * time.Millisecond, Tries: 2}}
	got := told(t, func(r *Renderer) { r.Trace(events, 0) })
	assert.Contains(t, got, "\nBegun before, at 0.001000 s, learner: accept4(")
}

func TestManyRowsOfTheTableAreToldAtOnce(t *testing.T) {
	var rows []StateRow
	for port := range 20 {
		rows = append(rows, StateRow{State: "TIME_WAIT", Local: netlab.Loopback(40000 + port).String(), Remote: "127.0.0.1:8174", Who: words.F("no process"),
			About: []words.Text{words.F("%.1f s left", 59+float64(port)/20)}, Left: time.Second, Whole: time.Minute})
	}
	got := told(t, func(r *Renderer) { r.States(rows) }, "40000", "40019", "20", "59.0", "127.0.0.1:8174")
	assert.Equal(t, 1, strings.Count(shown(2000, Options{Plain: true}, func(r *Renderer) { r.States(rows) }), "TIME_WAIT"))
	assert.Contains(t, got, "TIME_WAIT: 20 connections, from 127.0.0.1 to 127.0.0.1:8174, no process, the first with 59.0 s left, the last with 60.0 s left, of 60 s; the ports of the near ends are 40000, 40001, ")
	rows[10].State = "FIN_WAIT2"
	got = told(t, func(r *Renderer) { r.States(rows) })
	assert.Contains(t, got, "FIN_WAIT2: from 127.0.0.1:40010 to 127.0.0.1:8174, ")
	assert.Contains(t, got, "TIME_WAIT: 10 connections, ")
	assert.Contains(t, told(t, func(r *Renderer) { r.States(rows[:7]) }), "TIME_WAIT: from 127.0.0.1:40006 to", "a few are told one by one")

	rows = nil
	for i := range 17 {
		rows = append(rows, StateRow{State: "LISTEN", Local: netlab.Loopback(1 + i%8).String(), Who: words.Raw("p")})
	}
	told(t, func(r *Renderer) { r.States(rows) }, "127.0.0.1", "17")
}
