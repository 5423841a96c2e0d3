package check_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/check"
)

func TestKernelStates(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, addr := pair(t, lab)
	conn.SetLabel("conn")
	holds(t, lab, `kernel("LISTEN")`, `kernel("ESTABLISHED", times=2)`, `kernel("ESTABLISHED", on="conn")`,
		fmt.Sprintf(`kernel("LISTEN", port=%d, by="learner")`, addr.Port))
	fails(t, lab, `kernel("ESTABLISHED", times=3)`, `kernel("CLOSE_WAIT")`, `kernel("LISTEN", by="server")`)
	assert.Contains(t, ask(t, lab, `kernel("CLOSE_WAIT")`).Seen.String(), "LISTEN, ESTABLISHED, ESTABLISHED")
	require.NoError(t, client.Shutdown(bg, unix.SHUT_WR))
	comesTrue(t, lab, `kernel("FIN_WAIT2")`, `kernel("CLOSE_WAIT", on="conn")`)
}

// TIME_WAIT belongs to no descriptor: only the kernel's table shows it.
func TestKernelTimeWait(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, addr := pair(t, lab)
	fails(t, lab, `kernel("TIME_WAIT")`)
	require.NoError(t, conn.Close(bg))
	comesTrue(t, lab, `kernel("FIN_WAIT2")`)
	require.NoError(t, client.Close(bg))
	comesTrue(t, lab, fmt.Sprintf(`kernel("TIME_WAIT", port=%d)`, addr.Port))
	fails(t, lab, `kernel("TIME_WAIT", times=2)`, fmt.Sprintf(`kernel("TIME_WAIT", port=%d)`, addr.Port%65535+1))
}

func TestStatesThatHeldAreRemembered(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 5)
	client := tcp(t, lab)
	require.NoError(t, client.Connect(bg, addr))
	facts := []string{
		`kernel("ESTABLISHED", by="learner")`, `queued(1)`, `segments(out=2, into=1)`,
		`before(kernel("ESTABLISHED", by="learner"), called("close"))`, `before(called("listen"), queued(1))`,
	}
	seen := task(t, facts...)
	w := check.World{Lab: lab}
	seen.Ask(w)
	require.NoError(t, client.Close(bg))
	require.NoError(t, ln.Close(bg))
	for _, v := range seen.Ask(w) {
		assert.True(t, v.Held, v.Words)
	}
	for _, v := range task(t, facts[1:]...).Ask(w) {
		assert.False(t, v.Held, "%s: another task did not see it", v.Words)
	}
}

// A program is one input: what it passed through counts, though nobody asked.
func TestStatesOfAProgramThatIsOver(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 0)
	first, second := tcp(t, lab), tcp(t, lab)
	require.NoError(t, first.Connect(bg, addr))
	second.SetTimeout(0)
	require.NoError(t, first.Shutdown(bg, unix.SHUT_WR))
	require.Error(t, second.Connect(bg, addr))
	for _, s := range []*netlab.Socket{first, second} {
		if err := s.Connect(bg, addr); err == nil {
			require.NoError(t, s.Close(bg))
		}
		require.NoError(t, s.Close(bg))
	}
	require.NoError(t, ln.Close(bg))
	holds(t, lab, `kernel("LISTEN")`, `kernel("ESTABLISHED", by="learner")`)
	fails(t, lab, `kernel("ESTABLISHED", times=2)`, `kernel("LAST_ACK")`)
	held, err := check.Holds(check.World{Lab: lab}, `kernel("LISTEN")`)
	require.NoError(t, err)
	assert.False(t, held, "a prediction is about what is so now")
}

func TestWhereTheKernelShowsNothing(t *testing.T) {
	kernel.Use(kernel.NoObservers)
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
	lab := netlabtest.New(t)
	client, _, _ := pair(t, lab)
	require.NoError(t, client.Close(bg))
	w := check.World{Lab: lab}
	v := task(t, `kernel("TIME_WAIT")`, `not kernel("TIME_WAIT")`, `called("close")`, `queued()`, `segments(out=2)`, `called("bind", port=1)`,
		`called("close") or kernel("LISTEN")`).Ask(w)
	var unseen, held []bool
	for _, one := range v {
		unseen, held = append(unseen, one.Unseen), append(held, one.Held)
	}
	assert.Equal(t, []bool{true, true, false, true, true, false, false}, unseen)
	assert.Equal(t, []bool{false, false, true, false, false, false, true}, held)
	assert.Contains(t, v[0].Seen.String(), "does not show")
	assert.True(t, check.AllHeld([]check.Verdict{v[0], v[2]}), "what can be seen is enough")
	assert.False(t, check.AllHeld([]check.Verdict{v[0], v[1]}), "nothing that could be seen held")
	_, err := check.Holds(w, `kernel("LISTEN")`)
	require.ErrorIs(t, err, check.ErrUnseen)
}

func TestAStateNoticedTooLate(t *testing.T) {
	lab := netlabtest.New(t)
	listener(t, lab, 1)
	v := ask(t, lab, `before(kernel("LISTEN"), called("socket"))`)
	assert.False(t, v.Held)
	assert.Contains(t, v.Seen.String(), "not noticed before")
}

func TestQueued(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 5)
	fails(t, lab, `queued()`)
	for range 2 {
		require.NoError(t, tcp(t, lab).Connect(bg, addr))
	}
	comesTrue(t, lab, `queued(2)`, fmt.Sprintf(`queued(n=2, port=%d)`, addr.Port))
	fails(t, lab, `queued(3)`, `queued(1, by="server")`)
	assert.Equal(t, "the accept queue holds 2", ask(t, lab, `queued(3)`).Seen.String())
	for range 2 {
		_, _, err := ln.Accept(bg)
		require.NoError(t, err)
	}
	fails(t, lab, `queued(1)`)
}

func TestSegments(t *testing.T) {
	lab := netlabtest.New(t)
	listener(t, lab, 1)
	assert.Equal(t, "no connected socket yet", ask(t, lab, `segments(out=2)`).Seen.String())
	client, _, _ := pair(t, lab)
	client.SetLabel("phone")
	holds(t, lab, `segments(out=2, into=1, on="phone")`)
	fails(t, lab, `segments(out=3, on="phone")`)
	assert.Equal(t, "2 segments out, 1 in", ask(t, lab, `segments(out=3, on="phone")`).Seen.String())
}

func TestWaiting(t *testing.T) {
	lab := netlabtest.New(t)
	client, _, _ := pair(t, lab)
	client.SetTimeout(-1)
	fails(t, lab, `waiting("recv")`)
	ctx, stop := context.WithCancel(bg)
	defer stop()
	done := make(chan struct{})
	lab.Go(func() {
		defer close(done)
		_, _, _, _ = client.RecvFrom(ctx, make([]byte, 1), 0)
	})
	comesTrue(t, lab, `waiting("recvfrom")`, `waiting("recv", by="learner")`)
	fails(t, lab, `waiting("accept")`, `waiting("recv", by="server")`)
	stop()
	<-done
	fails(t, lab, `waiting("recv")`)
	holds(t, lab, `failed("recvfrom", "cancelled")`)
}

func TestAwait(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn, _ := pair(t, lab)
	ctx, stop := context.WithTimeout(bg, 20*time.Millisecond)
	defer stop()
	facts := task(t, `called("bind")`, `called("shutdown")`)
	verdicts := facts.Await(ctx, check.World{Lab: lab})
	assert.True(t, verdicts[0].Held)
	assert.False(t, verdicts[1].Held, "the time is over")
	assert.False(t, check.AllHeld(verdicts))

	lab.Go(func() { _ = conn.Shutdown(bg, unix.SHUT_WR) })
	patient, stop2 := context.WithTimeout(bg, netlabtest.Patience)
	defer stop2()
	assert.True(t, check.AllHeld(facts.Await(patient, check.World{Lab: lab})))
	_ = client
}

func TestSinceAMark(t *testing.T) {
	lab := netlabtest.New(t)
	pair(t, lab)
	w := check.World{Lab: lab, Since: lab.Journal().Mark()}
	held, err := check.Holds(w, `called("connect")`)
	require.NoError(t, err)
	assert.False(t, held, "that was before the step")
	require.NoError(t, tcp(t, lab).Bind(bg, netlab.Loopback(0)))
	held, err = check.Holds(w, `called("bind")`)
	require.NoError(t, err)
	assert.True(t, held)
}
