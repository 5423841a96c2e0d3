package server_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
)

func say(t *testing.T, c *netlab.Socket, text string) {
	t.Helper()
	require.NoError(t, c.SendAll(bg, server.AppendFrame(nil, []byte(text)), 0))
}

func hear(t *testing.T, c *netlab.Socket) string {
	t.Helper()
	p, err := server.ReadFrame(func(p []byte) (int, error) { return c.Recv(bg, p, 0) }, 1<<16)
	require.NoError(t, err)
	return string(p)
}

func join(t *testing.T, lab *netlab.Lab, s *server.Server, name string) *netlab.Socket {
	t.Helper()
	c := dial(t, lab, s)
	say(t, c, name)
	return c
}

// refusals are the reasons why a server hung up.
func refusals(lab *netlab.Lab) (list []string) {
	events, _, _ := lab.Journal().Since(netlab.Mark{})
	for _, e := range events {
		if e.Op == netlab.OpRefuse {
			list = append(list, string(e.Data))
		}
	}
	return list
}

func TestRoomPassesOnToTheOthers(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "room", nil)
	ann := join(t, lab, s, "ann")
	assert.Equal(t, "* in the room: ann", hear(t, ann))
	bob := join(t, lab, s, "陈凤琴")
	assert.Equal(t, "* in the room: ann, 陈凤琴", hear(t, bob))
	eve := join(t, lab, s, "eve")
	assert.Equal(t, "* in the room: ann, eve, 陈凤琴", hear(t, eve))

	say(t, bob, "你好")
	say(t, bob, "")
	for _, c := range []*netlab.Socket{ann, eve} {
		assert.Equal(t, "陈凤琴: 你好", hear(t, c))
		assert.Equal(t, "陈凤琴: ", hear(t, c))
	}
	say(t, ann, "hi")
	assert.Equal(t, "ann: hi", hear(t, bob), "nobody hears themselves")

	require.NoError(t, ann.Close(bg))
	netlabtest.Eventually(t, lab, "ann has left", func() bool {
		c := join(t, lab, s, "late")
		defer c.Close(bg)
		return hear(t, c) == "* in the room: eve, late, 陈凤琴"
	})
}

func TestRoomShowsWhatWouldControlATerminal(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "room", nil)
	bob := join(t, lab, s, "bob")
	hear(t, bob)
	ann := join(t, lab, s, "\x1b[31mann\r\n")
	hear(t, ann)
	say(t, ann, "a\x1b[2Jb\u202ec\xffd\u0085e")
	assert.Equal(t, `\x1b[31mann\x0d\x0a: a\x1b[2Jb\u202ec\xffd\x85e`, hear(t, bob))
}

func TestRoomRefuses(t *testing.T) {
	cases := []struct {
		name, send, want string
		welcome          int
	}{
		{"a length that is not allowed", "\xff\xff\xff\xff", "more than the 10 allowed", 0},
		{"an end within a name", "\x00\x00\x00\x05ab", "within a message", 0},
		{"an end within a header", "\x00\x00\x00\x02ab\x00\x00", "within a header", 1},
		{"a name that is taken", "\x00\x00\x00\x03ann", "the name ann is taken", 1},
		{"no name at all", "", "", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			lab := netlabtest.New(t)
			s := start(t, lab, "room", server.Values{"max": 10})
			ann := join(t, lab, s, "ann")
			hear(t, ann)
			x := dial(t, lab, s)
			require.NoError(t, x.SendAll(bg, []byte(c.send), 0))
			require.NoError(t, x.Shutdown(bg, unix.SHUT_WR))
			for range c.welcome {
				hear(t, x)
			}
			_, err := server.ReadFrame(func(p []byte) (int, error) { return x.Recv(bg, p, 0) }, 1<<16)
			require.Error(t, err, "the room hangs up")
			if c.want == "" {
				assert.Empty(t, refusals(lab))
				return
			}
			netlabtest.Eventually(t, lab, "a reason", func() bool { return len(refusals(lab)) == 1 })
			assert.Contains(t, refusals(lab)[0], c.want)
			say(t, ann, "still here")
		})
	}
}

// A reader who does not read fills its buffers and then its queue; the others
// hear everything.
func TestRoomDropsASlowReader(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "room", server.Values{"queue": 4, "sndbuf": 4096})
	slow, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	slow.SetTimeout(netlabtest.Patience)
	require.NoError(t, slow.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_RCVBUF, 4096))
	require.NoError(t, slow.Connect(bg, s.Addr()))
	say(t, slow, "slow")
	hear(t, slow)
	good, talker := join(t, lab, s, "good"), join(t, lab, s, "talker")
	hear(t, good)
	hear(t, talker)

	text := strings.Repeat("x", 1000)
	for range 60 {
		say(t, talker, text)
		assert.Equal(t, "talker: "+text, hear(t, good))
	}
	assert.Equal(t, []string{"slow reads too slowly: 4 messages wait already"}, refusals(lab))
	got := 0
	for {
		n, err := slow.Recv(bg, make([]byte, 4096), 0)
		if err != nil {
			assert.Equal(t, unix.ECONNRESET, netlab.Errno(err))
			break
		}
		require.NotZero(t, n, "the end is a reset, not a polite one")
		got += n
	}
	assert.Less(t, got, 60*len(text), "what was in the room's kernel is lost")
	require.NoError(t, slow.Close(bg))

	again := join(t, lab, s, "slow")
	assert.Equal(t, "* in the room: good, slow, talker", hear(t, again), "the name is free again")
}

func TestRoomStopsWithGuestsInIt(t *testing.T) {
	lab := netlabtest.New(t)
	s := start(t, lab, "room", nil)
	guests := []*netlab.Socket{join(t, lab, s, "a"), join(t, lab, s, "b"), dial(t, lab, s)}
	hear(t, guests[0])
	hear(t, guests[1])
	s.Stop()
	for _, g := range guests {
		_, err := server.ReadFrame(func(p []byte) (int, error) { return g.Recv(bg, p, 0) }, 1<<16)
		assert.Error(t, err)
	}
}

func TestOptionsOfRoomAndCrowd(t *testing.T) {
	lab := netlabtest.New(t)
	cases := []struct {
		kind   string
		given  server.Values
		option string
	}{
		{"room", server.Values{"queue": 0}, "queue"},
		{"room", server.Values{"max": 1 << 30}, "max"},
		{"room", server.Values{"sndbuf": -1}, "sndbuf"},
		{"crowd", server.Values{"port": 0}, "port"},
		{"crowd", server.Values{"port": 8080, "callers": 0}, "callers"},
		{"crowd", server.Values{"port": 8080, "messages": 100000}, "messages"},
		{"crowd", server.Values{"port": 8080, "backlog": 5}, "backlog"},
	}
	for _, c := range cases {
		_, err := server.Start(lab, c.kind, c.given)
		var option *server.OptionError
		if assert.ErrorAs(t, err, &option, "%s %v", c.kind, c.given) {
			assert.Equal(t, c.option, option.Option)
		}
	}
}
