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
	tries      uint16
	errno      uint16
	op         Op
	bits       uint8 // actor, outcome, all
	addrLen    uint8
	dataLen    uint8
	data       [inline]byte
}

const (
	bitsActor   = 0x03
	bitsOutcome = 0x1c
	bitsAll     = 0x20
	bitsMessage = 0x40
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
	if c.op == OpSetsockopt && c.buf == nil {
		r.n = int64(c.flags)
	}
	r.addrLen = uint8(putAddr(r.data[:], c.addr))
	payload := c.payload()
	room := r.data[r.addrLen:]
	r.dataLen = uint8(copy(room, payload))
	r.more = -1
	if len(payload) > len(room) {
		r.more = arena.keep(payload)
	}
}

// payload is the bytes that a call moved.
func (c *call) payload() []byte {
	switch c.op {
	case OpSend, OpSendto, OpRecv, OpRecvfrom:
		return c.buf[:min(c.n, len(c.buf))]
	case OpSetsockopt:
		return c.buf
	case OpGetsockopt:
		return c.buf[:min(c.n, len(c.buf))]
	}
	return nil
}

// event is the reverse of fill.
func (r *record) event(arena *arena) Event {
	e := Event{
		Seq: r.seq, Op: r.op, By: Actor(r.bits & bitsActor), Sock: int(r.sock), FD: int(r.fd),
		Start: time.Duration(r.start), End: time.Duration(r.end), Tries: int(r.tries),
		Outcome: Outcome(r.bits & bitsOutcome >> 2), Errno: syscall.Errno(r.errno),
		N: int(r.n), Other: int(r.other), A: int(r.a), B: int(r.b), All: r.bits&bitsAll != 0,
	}
	e.Addr = getAddr(r.data[:r.addrLen])
	if e.Data = arena.take(r.more); e.Data == nil {
		e.Data = append([]byte(nil), r.data[r.addrLen:r.addrLen+r.dataLen]...)
	}
	return e
}

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

// keep stores p and returns where, or -1 if there is no room.
func (a *arena) keep(p []byte) int64 {
	p = p[:min(len(p), maxWhole)]
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(p) > a.left {
		return -1
	}
	a.left -= len(p)
	last := len(a.chunks) - 1
	if last < 0 || cap(a.chunks[last])-len(a.chunks[last]) < len(p) {
		a.chunks = append(a.chunks, make([]byte, 0, arenaChunk))
		last++
	}
	off := len(a.chunks[last])
	a.chunks[last] = append(a.chunks[last], p...)
	return int64(last)<<40 | int64(off)<<20 | int64(len(p))
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
