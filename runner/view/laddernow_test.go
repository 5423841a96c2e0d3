package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/words"
)

func TestLadderBesideTheKernel(t *testing.T) {
	closed := Ladder{names: [2]string{"phone", "conn"}, Rungs: []Rung{{LeftState: kernel.TimeWait, RightState: kernel.Close}}}
	outside := Ladder{names: [2]string{"phone", "them"}, Rungs: []Rung{{LeftState: kernel.FinWait2, RightState: kernel.CloseWait, RightGuess: true}}}
	gone := EndNow{State: kernel.Close, Gone: true}
	cases := []struct {
		name        string
		l           Ladder
		left, right EndNow
		now         time.Duration
		said, doubt string
	}{
		{"it says the same", closed, EndNow{State: kernel.TimeWait, Left: 57800 * time.Millisecond}, gone, time.Second,
			"the kernel says now: phone TIME_WAIT (57.8 s left), conn CLOSE (gone from its table)", ""},
		{"a minute later", closed, gone, gone, time.Minute,
			"the kernel says now: phone CLOSE (gone: the time of its TIME_WAIT is over), conn CLOSE (gone from its table)", ""},
		{"it says something else", closed, gone, EndNow{State: kernel.LastAck}, time.Second,
			"the kernel says now: phone CLOSE (gone from its table), conn LAST_ACK",
			"phone: inferred TIME_WAIT, the kernel says CLOSE / conn: inferred CLOSE, the kernel says LAST_ACK"},
		{"a guess claims nothing", outside, EndNow{State: kernel.FinWait2}, EndNow{State: kernel.Established}, 0,
			"the kernel says now: phone FIN_WAIT2, them ESTABLISHED", ""},
		{"it says nothing", closed, EndNow{}, EndNow{}, 0, "", ""},
		{"nothing was inferred", Ladder{names: [2]string{"a", "b"}}, EndNow{State: kernel.SynSent}, gone, 0, "the kernel says now: a SYN_SENT", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.l.Compare(c.left, c.right, c.now)
			assert.Equal(t, c.said, sentences(c.l.Evidence))
			assert.Equal(t, c.doubt, sentences(c.l.Doubts))
			everywhere(t, func(r *Renderer) { r.Ladder(c.l) })
		})
	}
}

func TestLadderWaitsForTheACKOfAFIN(t *testing.T) {
	story := func() Ladder {
		return Ladder{names: [2]string{"a", "b"}, Rungs: []Rung{
			{LeftState: kernel.FinWait1, RightState: kernel.CloseWait},
			{Segment: "ACK", LeftState: kernel.FinWait2, RightState: kernel.CloseWait, At: finDelay},
		}}
	}
	cases := []struct {
		state kernel.State
		now   time.Duration
		rungs int
		doubt string
	}{
		{kernel.FinWait1, 0, 1, ""},
		{kernel.Unknown, 0, 1, ""},
		{kernel.FinWait2, 0, 2, ""},
		{kernel.FinWait2, time.Second, 2, ""},
		{kernel.FinWait1, time.Second, 2, "a: inferred FIN_WAIT2, the kernel says FIN_WAIT1"},
	}
	for _, c := range cases {
		l := story()
		l.Compare(EndNow{State: c.state}, EndNow{}, c.now)
		assert.Len(t, l.Rungs, c.rungs, "%v", c)
		assert.Equal(t, c.doubt, sentences(l.Doubts))
	}
}

func sentences(list []words.Text) string {
	text := ""
	for i, s := range list {
		if i > 0 {
			text += " / "
		}
		text += s.String()
	}
	return text
}

func TestLadderBesideTheCounters(t *testing.T) {
	l := Ladder{names: [2]string{"a", "b"}, Rungs: []Rung{
		{Segment: "SYN", ToRight: true}, {Segment: "SYN, ACK"}, {Segment: "ACK", ToRight: true},
		{Segment: "3 bytes", Data: true, Bytes: 3, ToRight: true}, {Left: "recv"},
	}}
	counts := func(out, in, dataOut, dataIn, again int) kernel.TCPInfo {
		return kernel.TCPInfo{SegsOut: out, SegsIn: in, DataOut: dataOut, DataIn: dataIn, Retransmits: again}
	}
	cases := []struct {
		name string
		end  int
		k    kernel.TCPInfo
		want string
	}{
		{"the same", 0, counts(3, 1, 1, 0, 0), "the kernel counted for a: 3 segments out (drawn: 3), 1 in (drawn: 1); with bytes 1 and 0, sent again 0: the ladder agrees"},
		{"an ACK", 0, counts(3, 2, 1, 0, 0), "the kernel counted for a: 3 segments out (drawn: 3), 2 in (drawn: 1); with bytes 1 and 0, sent again 0: ACKs that no call shows: 0 out, 1 in"},
		{"cut and sent again", 0, counts(5, 1, 3, 0, 1), "the kernel counted for a: 5 segments out (drawn: 3), 1 in (drawn: 1); with bytes 3 and 0, sent again 1; the bytes drawn as 1 and 0 segments"},
		{"the SYN, ACK has no socket", 1, counts(0, 3, 0, 1, 0), "the kernel counted for b: 0 segments out (drawn: 0), 3 in (drawn: 3); with bytes 0 and 1, sent again 0: the ladder agrees"},
		{"fewer", 0, counts(2, 1, 1, 0, 0), "the kernel counted for a: 2 segments out (drawn: 3), 1 in (drawn: 1); with bytes 1 and 0, sent again 0: some of the ladder's segments went as one, or not yet, or belong to a connect before this one"},
		{"an old kernel", 0, counts(3, 1, -1, -1, 0), "the kernel counted for a: 3 segments out (drawn: 3), 1 in (drawn: 1): the ladder agrees"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, l.counted(c.end, c.k).String())
		})
	}
}

// The kernel's own counters agree with what is drawn of a handshake, and with
// bytes but for the ACKs.
func TestLadderAgreesWithTheKernel(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	now := func() (left, right EndNow) {
		a, err := client.TCPInfo()
		require.NoError(t, err)
		b, err := conn.TCPInfo()
		require.NoError(t, err)
		return EndNow{State: a.State, Count: &a}, EndNow{State: b.State, Count: &b}
	}
	l, _ := ladder(lab, client, conn)
	left, right := now()
	l.Compare(left, right, lab.Now())
	require.Len(t, l.Evidence, 3)
	assert.Equal(t, "the kernel says now: phone ESTABLISHED, conn ESTABLISHED", l.Evidence[0].String())
	assert.Contains(t, l.Evidence[1].String(), "2 segments out (drawn: 2), 1 in (drawn: 1)")
	assert.Contains(t, l.Evidence[2].String(), "the ladder agrees")
	send(t, client, "hello")
	require.NoError(t, recv(conn))
	l, _ = ladder(lab, client, conn)
	left, right = now()
	l.Compare(left, right, lab.Now())
	assert.Contains(t, l.Evidence[1].String(), "3 segments out (drawn: 3)")
	assert.Empty(t, l.Doubts)
}
