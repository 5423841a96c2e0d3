package netlab

import (
	"net/netip"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// inline is how many bytes of address and payload stand in the record itself.
const inline = 40

// A record is an Event as the ring keeps it: 128 bytes without a pointer, so
// that the garbage collector skips the ring.
type record struct {
	mu         sync.Mutex
	pos        uint64 // position in its ring plus one; 0: never used
	seq        uint64
	start, end int64
	n          int64
	more       int64 // where the whole payload stands in the arena; -1: not kept
	a, b       int32
	sock       int32
	other      int32
	fd         int32
	flags      int32
	tries      uint16
	errno      uint16
	op         Op
	bits       uint8 // actor, outcome and the rest below
	addrLen    uint8 // of the address: in data, or before the payload in the arena
	dataLen    uint8
	data       [inline]byte
}

const (
	bitsActor   = 0x03
	bitsOutcome = 0x1c
	bitsAll     = 0x20
	bitsMessage = 0x40
	bitsAway    = 0x80 // the address did not fit and stands in the arena
)

// fill writes the call into the record; payload is what it moved.
func (r *record) fill(by Actor, sock, fd int, c *call, start, end time.Duration, arena *arena) {
	r.start, r.end = int64(start), int64(end)
	r.n, r.a, r.b = int64(c.n), int32(min(c.a, 1<<31-1)), int32(c.b)
	r.sock, r.other, r.fd = int32(sock), int32(c.other), int32(fd)
	r.tries, r.errno = uint16(min(c.tries, 1<<16-1)), uint16(c.errno)
	r.op = c.op
	r.bits = uint8(by) | uint8(c.outcome)<<2
	if c.all {
		r.bits |= bitsAll
	}
	if c.dgram {
		r.bits |= bitsMessage
	}
	r.flags = int32(c.flags)
	if c.op == OpSetsockopt && c.buf == nil {
		r.n, r.flags = int64(c.flags), 0
	}
	r.keep(c.addr, c.payload(), arena)
}

// keep stores the address and the payload: in the record as far as they fit,
// and whole in the arena if they do not.
func (r *record) keep(a Addr, payload []byte, arena *arena) {
	r.more = -1
	var addr [maxAddr]byte
	n := putAddr(addr[:], a)
	if n > inline {
		if r.more = arena.keep(addr[:n], payload); r.more >= 0 {
			r.bits |= bitsAway
			r.addrLen, r.dataLen = uint8(n), 0
			return
		}
		n = inline
	}
	r.addrLen = uint8(copy(r.data[:], addr[:n]))
	room := r.data[n:]
	r.dataLen = uint8(copy(room, payload))
	if len(payload) > len(room) {
		r.more = arena.keep(nil, payload)
	}
}

// payload is the bytes that a call moved.
func (c *call) payload() []byte {
	switch c.op {
	case OpSend, OpSendto, OpRecv, OpRecvfrom, OpRead, OpWrite:
		return c.buf[:min(c.n, len(c.buf))]
	case OpSetsockopt, OpSpawn, OpPoll, OpRefuse:
		return c.buf
	case OpGetsockopt:
		if c.buf != nil { // without a buffer n is the option's value, which may be negative
			return c.buf[:min(c.n, len(c.buf))]
		}
	}
	return nil
}

// event is the reverse of fill.
func (r *record) event(arena *arena) Event {
	e := Event{
		Seq: r.seq, Op: r.op, By: Actor(r.bits & bitsActor), Sock: int(r.sock), FD: int(r.fd),
		Start: time.Duration(r.start), End: time.Duration(r.end), Tries: int(r.tries),
		Outcome: Outcome(r.bits & bitsOutcome >> 2), Errno: syscall.Errno(r.errno),
		N: int(r.n), Other: int(r.other), A: int(r.a), B: int(r.b), Flags: int(r.flags),
		All: r.bits&bitsAll != 0, Message: r.bits&bitsMessage != 0,
	}
	whole := arena.take(r.more)
	if r.bits&bitsAway != 0 {
		e.Addr, e.Data = getAddr(whole[:r.addrLen]), whole[r.addrLen:]
		return e
	}
	e.Addr = getAddr(r.data[:r.addrLen])
	if e.Data = whole; e.Data == nil {
		e.Data = append([]byte(nil), r.data[r.addrLen:r.addrLen+r.dataLen]...)
	}
	return e
}

// maxAddr is the room for an address: sun_path of unix(7) has 108 bytes, and a
// path that bind refuses as too long is remembered up to here.
const maxAddr = 240

// putAddr writes a as family, port, scope and address; a path is cut to fit.
func putAddr(p []byte, a Addr) int {
	switch a.Family {
	case 0:
		return 0
	case unix.AF_UNIX:
		p[0] = byte(a.Family)
		return 1 + copy(p[1:], a.Path)
	}
	p[0], p[1], p[2] = byte(a.Family), byte(a.Port>>8), byte(a.Port)
	p[3], p[4], p[5], p[6] = byte(a.Scope>>24), byte(a.Scope>>16), byte(a.Scope>>8), byte(a.Scope)
	return 7 + copy(p[7:], a.IP.AsSlice())
}

func getAddr(p []byte) Addr {
	if len(p) == 0 {
		return Addr{}
	}
	family := int(p[0])
	if family == unix.AF_UNIX {
		return UnixAddr(string(p[1:]))
	}
	a := Addr{Family: family, Port: int(p[1])<<8 | int(p[2])}
	a.Scope = uint32(p[3])<<24 | uint32(p[4])<<16 | uint32(p[5])<<8 | uint32(p[6])
	a.IP, _ = netip.AddrFromSlice(p[7:])
	return a
}

// arena keeps payloads that do not fit into a record, whole up to maxWhole,
// until its budget is used up; then only their beginning is kept.
type arena struct {
	mu     sync.Mutex
	chunks [][]byte
	left   int
}

const (
	arenaBudget = 16 << 20
	arenaChunk  = 256 << 10
	maxWhole    = 64 << 10
)

// keep stores head and p and returns where, or -1 if there is no room.
func (a *arena) keep(head, p []byte) int64 {
	p = p[:min(len(p), maxWhole)]
	size := len(head) + len(p)
	a.mu.Lock()
	defer a.mu.Unlock()
	if size > a.left {
		return -1
	}
	a.left -= size
	last := len(a.chunks) - 1
	if last < 0 || cap(a.chunks[last])-len(a.chunks[last]) < size {
		a.chunks = append(a.chunks, make([]byte, 0, arenaChunk))
		last++
	}
	off := len(a.chunks[last])
	a.chunks[last] = append(append(a.chunks[last], head...), p...)
	return int64(last)<<40 | int64(off)<<20 | int64(size)
}

// take returns a copy of what keep stored at ref, nil if nothing was.
func (a *arena) take(ref int64) []byte {
	if ref < 0 {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	chunk, off, n := ref>>40, ref>>20&(1<<20-1), ref&(1<<20-1)
	return append([]byte(nil), a.chunks[chunk][off:off+n]...)
}
