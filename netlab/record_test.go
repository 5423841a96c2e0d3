package netlab

import (
	"bytes"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

func newArena(budget int) *arena { return &arena{left: budget} }

// FuzzRecord writes calls into records and reads them back.
func FuzzRecord(f *testing.F) {
	f.Add(uint8(OpSend), uint8(0), []byte("hello"), "", uint16(0), uint32(0), 5)
	f.Add(uint8(OpSendto), uint8(1), bytes.Repeat([]byte("x"), 34), "", uint16(80), uint32(0), 34)
	f.Add(uint8(OpRecvfrom), uint8(2), bytes.Repeat([]byte("x"), 100), "", uint16(80), uint32(7), -1)
	f.Add(uint8(OpBind), uint8(3), []byte(nil), strings.Repeat("p", 107), uint16(0), uint32(0), 0)
	f.Add(uint8(OpSendto), uint8(3), bytes.Repeat([]byte("x"), 70000), strings.Repeat("p", 300), uint16(0), uint32(0), 1<<31)
	f.Add(uint8(OpGetsockopt), uint8(0), []byte(nil), "", uint16(0), uint32(0), -1)
	f.Fuzz(func(t *testing.T, op, kind uint8, payload []byte, path string, port uint16, scope uint32, n int) {
		c := &call{op: Op(op % uint8(opCount)), n: len(payload), buf: payload, a: len(payload), tries: 3, dgram: kind&4 != 0, all: kind&8 != 0, flags: int(scope & 0xffff)}
		switch kind % 4 {
		case 1:
			c.addr = Addr{Family: unix.AF_INET, IP: netip.AddrFrom4([4]byte{127, 0, byte(scope), 1}), Port: int(port)}
		case 2:
			c.addr = Addr{Family: unix.AF_INET6, IP: netip.IPv6Loopback(), Port: int(port), Scope: scope}
		case 3:
			c.addr = UnixAddr(path)
		}
		if c.op == OpGetsockopt && len(payload) == 0 {
			c.buf, c.n = nil, n
		}
		for _, budget := range []int{1 << 20, 0} {
			space := newArena(budget)
			var r record
			r.fill(Server, 1, 7, c, 10, 20, space)
			e := r.event(space)
			assert.Equal(t, []any{c.op, Server, 1, 7, 3, c.all, c.dgram}, []any{e.Op, e.By, e.Sock, e.FD, e.Tries, e.All, e.Message})
			if c.op != OpSetsockopt {
				assert.Equal(t, c.n, e.N)
				assert.Equal(t, c.flags, e.Flags)
			}
			want := c.payload()
			if budget == 0 {
				assert.True(t, bytes.HasPrefix(want, e.Data), "without room the beginning is kept")
				assert.True(t, strings.HasPrefix(path, e.Addr.Path))
				continue
			}
			assert.True(t, bytes.Equal(want[:min(len(want), maxWhole)], e.Data))
			if len(path) < maxAddr {
				assert.Equal(t, c.addr, e.Addr)
			}
		}
	})
}

func TestPayloadsAroundTheLimits(t *testing.T) {
	for _, size := range []int{0, 1, inline - 8, inline - 7, inline - 6, inline, inline + 1, maxWhole - 1, maxWhole, maxWhole + 1} {
		for _, addr := range []Addr{{}, Loopback(80), UnixAddr(strings.Repeat("p", 107))} {
			space := newArena(arenaBudget)
			p := bytes.Repeat([]byte("ab"), size)[:size]
			var r record
			r.fill(Learner, 1, 3, &call{op: OpSendto, n: size, a: size, buf: p, addr: addr}, 0, 0, space)
			e := r.event(space)
			assert.Equal(t, addr, e.Addr)
			assert.Equal(t, p[:min(size, maxWhole)], append([]byte{}, e.Data...), "%d bytes", size)
		}
	}
}

// The budget ends somewhere; what was kept before stays readable, and later
// payloads keep their beginning.
func TestArenaBudget(t *testing.T) {
	space := newArena(3 * 100)
	var records [5]record
	for i := range records {
		p := bytes.Repeat([]byte{byte('a' + i)}, 100)
		records[i].fill(Learner, 1, 3, &call{op: OpSend, n: 100, a: 100, buf: p}, 0, 0, space)
	}
	for i := range records {
		e := records[i].event(space)
		want := 100
		if i >= 3 {
			want = inline
		}
		assert.Equal(t, bytes.Repeat([]byte{byte('a' + i)}, want), e.Data)
		assert.Equal(t, 100, e.N)
	}
	assert.Zero(t, space.left)
}

func TestRingWrapsUnderConcurrentReaders(t *testing.T) {
	var j Journal
	j.init()
	const writers, each = 8, 3 * ringSize
	var done, readers sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			var mark Mark
			seen := 0
			for {
				events, next, lost := j.Since(mark)
				seen, mark = seen+len(events)+lost, next
				for i := range events {
					assert.Len(t, events[i].Data, events[i].A, "a torn record")
				}
				select {
				case <-stop:
					rest, _, lost := j.Since(mark)
					assert.Equal(t, writers*each, seen+len(rest)+lost, "read or counted as lost")
					return
				default:
				}
			}
		}()
	}
	for w := range writers {
		done.Add(1)
		go func() {
			defer done.Done()
			for i := range each {
				n := (w + i) % inline
				j.append(Actor(w%3), w, 3, &call{op: OpSend, n: n, a: n, buf: make([]byte, n)}, 0, 0)
			}
		}()
	}
	done.Wait()
	close(stop)
	readers.Wait()
	events, _, lost := j.Since(Mark{})
	assert.Equal(t, writers*each, len(events)+lost)
	for i := 1; i < len(events); i++ {
		require.Less(t, events[i-1].Seq, events[i].Seq)
	}
	none, _, lost := j.Since(Mark{typed: 1 << 40, serve: 1 << 40})
	assert.Empty(t, none, "a mark of another journal")
	assert.Zero(t, lost)
}

func TestChangedIsClosedByTheNextEvent(t *testing.T) {
	var j Journal
	j.init()
	changed := j.Changed()
	select {
	case <-changed:
		t.Fatal("nothing has happened")
	default:
	}
	j.append(Server, 1, 1, &call{op: OpListen}, 0, 0)
	select {
	case <-changed:
	default:
		t.Fatal("the append itself wakes whoever waits")
	}
}
