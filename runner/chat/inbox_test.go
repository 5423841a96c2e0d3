package chat

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

var bg = context.Background()

func datagramSocket(t *testing.T, lab *netlab.Lab) (*netlab.Socket, netlab.Addr) {
	t.Helper()
	sock, err := lab.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0, netlab.Learner)
	require.NoError(t, err)
	require.NoError(t, sock.Bind(bg, netlab.Loopback(0)))
	at, err := sock.Getsockname(bg)
	require.NoError(t, err)
	return sock, at
}

// receiving is an inbox that receives until the test ends.
func receiving(t *testing.T, lab *netlab.Lab, friends ...Friend) (*Inbox, netlab.Addr) {
	t.Helper()
	sock, at := datagramSocket(t, lab)
	in := NewInbox(sock, NewDirectory(friends))
	ctx, cancel := context.WithCancel(bg)
	ended := make(chan error, 1)
	go func() { ended <- in.Receive(ctx) }()
	t.Cleanup(func() {
		cancel()
		assert.NoError(t, <-ended)
	})
	return in, at
}

func TestASenderIsWhoTheAddressSays(t *testing.T) {
	lab := netlabtest.New(t)
	friend, at := datagramSocket(t, lab)
	stranger, elsewhere := datagramSocket(t, lab)
	in, to := receiving(t, lab, Friend{"陈凤琴", at})
	for _, s := range []struct {
		from *netlab.Socket
		text string
		want Message
	}{
		{friend, "hello", Message{at, "陈凤琴", []byte("hello")}},
		{stranger, "陈凤琴: hello", Message{elsewhere, "", []byte("陈凤琴: hello")}},
		{friend, "", Message{at, "陈凤琴", nil}},
	} {
		_, err := s.from.SendTo(bg, []byte(s.text), 0, to)
		require.NoError(t, err)
		b := in.Next(bg)
		require.Len(t, b.Messages, 1)
		assert.Equal(t, s.want, b.Messages[0])
		assert.Equal(t, s.want.From, in.Last())
	}
	assert.Equal(t, 2, in.Heard(at))
}

func TestAFloodIsCountedAndHeldInLittleMemory(t *testing.T) {
	const flood = 10000
	lab := netlabtest.New(t)
	sender, at := datagramSocket(t, lab)
	in, _ := receiving(t, lab, Friend{"amy", at})
	payload := make([]byte, 1000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	now := time.Now()
	for range flood {
		in.take(payload, at, now)
	}
	for i := range flood { // from as many strangers
		in.take(payload, netlab.Loopback(20000+i), now)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	assert.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(maxBytes), "memory is bounded")
	b := in.Rest()
	assert.Len(t, b.Messages, 2*burst, "a friend's are not crowded out by strangers'")
	folded := map[string]int{}
	strangers := 0
	for _, f := range b.Folded {
		if f.Name == "" {
			strangers += f.Count
			folded[""]++
			continue
		}
		folded[f.Name] += f.Count
	}
	assert.Equal(t, flood-burst, folded["amy"])
	assert.Equal(t, flood-burst, strangers)
	assert.LessOrEqual(t, folded[""], maxStrangers+1, "strangers beyond a number are counted together")
	_ = sender
}

func TestABurstIsAccountedForDownToTheKernelsDrops(t *testing.T) {
	if _, ok := dropsKnown(t); !ok {
		t.Skip("this system does not tell a socket's drops")
	}
	const sent = 10000
	lab := netlabtest.New(t)
	sender, at := datagramSocket(t, lab)
	in, to := receiving(t, lab, Friend{"amy", at})
	for i := range sent {
		_, err := sender.SendTo(bg, fmt.Appendf(nil, "message %d", i), 0, to)
		require.NoError(t, err)
	}
	shown, folded, dropped := 0, 0, 0
	netlabtest.Eventually(t, lab, "all are accounted for", func() bool {
		b := in.Rest()
		shown += len(b.Messages)
		for _, f := range b.Folded {
			folded += f.Count
		}
		dropped += b.Dropped
		return shown+folded+dropped >= sent
	})
	assert.Equal(t, sent, shown+folded+dropped)
	assert.Less(t, shown, sent/2)
}

func dropsKnown(t *testing.T) (int, bool) {
	t.Helper()
	sock, _ := datagramSocket(t, netlabtest.New(t))
	return Drops(sock)
}

func TestThePaceLetsAPageThroughAndThenALittle(t *testing.T) {
	var p pace
	now := time.Now()
	count := func() (n int) {
		for range 1000 {
			if p.allows(now) {
				n++
			}
		}
		return n
	}
	assert.Equal(t, burst, count())
	now = now.Add(time.Second)
	assert.Equal(t, perSecond, count())
	now = now.Add(time.Hour)
	assert.Equal(t, burst, count())
}

func TestNextEndsWithItsContext(t *testing.T) {
	in, _ := receiving(t, netlabtest.New(t))
	ctx, cancel := context.WithCancel(bg)
	cancel()
	b := in.Next(ctx)
	assert.True(t, b.Empty())
}
