package kernel

import (
	"encoding/binary"
	"net/netip"
	"time"

	"golang.org/x/sys/unix"
)

// The sizes of linux/inet_diag.h and unix_diag.h.
const (
	inetReqSize = 56 // struct inet_diag_req_v2
	inetMsgSize = 72 // struct inet_diag_msg
	unixReqSize = 24 // struct unix_diag_req
	unixMsgSize = 16 // struct unix_diag_msg
	rowIDAt     = 4  // struct inet_diag_sockid in the message
	reqIDAt     = 8  // and in the request
)

func inetRequest(family uint8, q Query) []byte {
	p := make([]byte, inetReqSize, inetReqSize+64)
	p[0], p[1] = family, unix.IPPROTO_TCP
	p[2] = extMemory
	if q.Proto == UDP {
		p[1] = unix.IPPROTO_UDP
	} else if q.Info {
		p[2] |= extInfo
	}
	native.PutUint32(p[4:], allStates)
	if code := portFilter(q.Ports); len(code) > 0 {
		head := make([]byte, 4)
		native.PutUint16(head, uint16(4+len(code)))
		native.PutUint16(head[2:], attrBytecode)
		p = append(append(p, head...), code...)
	}
	return p
}

// maxFilter is how many ports the kernel is asked to compare; with more of
// them every row is fetched and compared here.
const maxFilter = 512

// The operations of inet_diag's bytecode (linux/inet_diag.h).
const (
	bcJump     = 1 // INET_DIAG_BC_JMP: always goes where `no` says
	bcSourceEq = 11
	bcDestEq   = 12
)

// portFilter is "sport P or dport P or …" in the bytecode of inet_diag. An
// operation has its code, how many bytes to go if it holds, and how many if it
// does not; the port stands in four bytes behind it. Whoever lands on the end
// is accepted, whoever goes beyond it is not.
func portFilter(ports []int) []byte {
	if len(ports) > maxFilter {
		return nil
	}
	const block = 24
	size := len(ports)*block - 4 // the last one needs no jump
	code := make([]byte, 0, max(size, 0))
	op := func(c, yes uint8, no int) {
		code = append(code, c, yes)
		code = native.AppendUint16(code, uint16(no))
	}
	toEnd := func() { op(bcJump, 4, size-len(code)) }
	for i, port := range ports {
		op(bcSourceEq, 8, 12)
		op(0, 0, port)
		toEnd()
		op(bcDestEq, 8, 12)
		op(0, 0, port)
		if i < len(ports)-1 {
			toEnd()
		}
	}
	return code
}

// exactRequest asks for one connection: all of its addresses, and no dump.
func exactRequest(e Ends) []byte {
	p := make([]byte, inetReqSize)
	p[0], p[1], p[2] = unix.AF_INET, unix.IPPROTO_TCP, extInfo|extMemory
	if e.Local.Addr().Is6() {
		p[0] = unix.AF_INET6
	}
	native.PutUint32(p[4:], allStates)
	id := p[reqIDAt:]
	binary.BigEndian.PutUint16(id, e.Local.Port())
	binary.BigEndian.PutUint16(id[2:], e.Remote.Port())
	copy(id[4:20], e.Local.Addr().AsSlice())
	copy(id[20:36], e.Remote.Addr().AsSlice())
	for i := range id[40:48] { // INET_DIAG_NOCOOKIE
		id[40+i] = 0xff
	}
	return p
}

// parseInet reads a struct inet_diag_msg and what follows it.
func parseInet(p []byte) (Row, bool) {
	if len(p) < inetMsgSize {
		return Row{}, false
	}
	state := p[1]
	r := Row{State: stateOf(state), Bound: state == boundInactive, Drops: -1}
	if r.State == Unknown {
		return r, false
	}
	id := p[rowIDAt:]
	r.Local = plain(inetAddr(p[0], id[4:20]), binary.BigEndian.Uint16(id))
	r.Remote = plain(inetAddr(p[0], id[20:36]), binary.BigEndian.Uint16(id[2:]))
	r.Timer = Timer{TimerKind(p[2]), time.Duration(native.Uint32(p[52:])) * time.Millisecond, int(p[3])}
	r.Recv, r.Send = int(native.Uint32(p[56:])), int(native.Uint32(p[60:]))
	r.UID, r.Inode = int(native.Uint32(p[64:])), uint64(native.Uint32(p[68:]))
	attributes(p[inetMsgSize:], func(kind uint16, v []byte) {
		switch kind {
		case attrInfo:
			info := parseTCPInfo(v)
			r.Info = &info
		case attrMemory:
			if len(v) >= 4*(memoryDrops+1) {
				r.Drops = int(native.Uint32(v[4*memoryDrops:]))
			}
		}
	})
	return r, true
}

func inetAddr(family uint8, p []byte) netip.Addr {
	if family == unix.AF_INET {
		return netip.AddrFrom4([4]byte(p))
	}
	return netip.AddrFrom16([16]byte(p))
}

// attributes walks the attributes behind a message.
func attributes(p []byte, each func(kind uint16, value []byte)) {
	for len(p) >= 4 {
		size := int(native.Uint16(p))
		if size < 4 || size > len(p) {
			return
		}
		each(native.Uint16(p[2:]), p[4:size])
		p = p[min(align(size), len(p)):]
	}
}

// What is shown of AF_UNIX sockets, and the attributes that bring it.
const (
	showName, showQueue, showUID = 1, 1 << 4, 1 << 6
	unixName, unixQueue, unixUID = 0, 4, 7
)

func unixRequest() []byte {
	p := make([]byte, unixReqSize)
	p[0] = unix.AF_UNIX
	native.PutUint32(p[4:], allStates)
	native.PutUint32(p[12:], showName|showQueue|showUID)
	return p
}

// parseUnix reads a struct unix_diag_msg and what follows it.
func parseUnix(p []byte) (Row, bool) {
	if len(p) < unixMsgSize {
		return Row{}, false
	}
	r := Row{Proto: Unix, State: stateOf(p[2]), Inode: uint64(native.Uint32(p[4:])), Drops: -1, UID: -1}
	attributes(p[unixMsgSize:], func(kind uint16, v []byte) {
		switch {
		case kind == unixName:
			r.Path = string(v)
		case kind == unixQueue && len(v) >= 8:
			r.Recv, r.Send = int(native.Uint32(v)), int(native.Uint32(v[4:]))
		case kind == unixUID && len(v) >= 4:
			r.UID = int(native.Uint32(v))
		}
	})
	return r, r.State != Unknown
}
