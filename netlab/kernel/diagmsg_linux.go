package kernel

import (
	"encoding/binary"
	"net/netip"
	"time"

	"golang.org/x/sys/unix"
)

// The sizes of linux/inet_diag.h and unix_diag.h.
const (
	tcpReqSize  = 60 // struct inet_diag_req: family, two lengths, ext, sockid, states, dbs
	inetReqSize = 56 // struct inet_diag_req_v2
	inetMsgSize = 72 // struct inet_diag_msg
	unixReqSize = 24 // struct unix_diag_req
	unixMsgSize = 16 // struct unix_diag_msg
	rowIDAt     = 4  // struct inet_diag_sockid in the message
	reqIDAt     = 8  // and in the request
	reqStatesAt = 4  // the bits of the states that are wanted, also of unix_diag_req
)

// tcpRequest asks for the TCP sockets of both families.
func tcpRequest(q Query) []byte {
	p := make([]byte, tcpReqSize)
	p[3] = extMemory
	if q.Info {
		p[3] |= extInfo
	}
	states := uint32(allStates)
	if q.SkipBound {
		states &^= 1 << boundInactive
	}
	native.PutUint32(p[52:], states)
	return filtered(p, q)
}

// inetRequest asks for the UDP sockets of a family.
func inetRequest(family uint8, q Query) []byte {
	p := make([]byte, inetReqSize)
	p[0], p[1], p[2] = family, unix.IPPROTO_UDP, extMemory
	native.PutUint32(p[reqStatesAt:], allStates)
	return filtered(p, q)
}

// filtered is the request with the query's ports behind it.
func filtered(p []byte, q Query) []byte {
	code := portFilter(q.Ports)
	if len(code) == 0 {
		return p
	}
	p = native.AppendUint16(p, uint16(4+len(code)))
	p = native.AppendUint16(p, attrBytecode)
	return append(p, code...)
}

// maxFilter is how many ports the kernel is asked to compare. It compares them
// one after the other; with more of them it takes less time to fetch every row
// and to compare here.
const maxFilter = 128

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
	if len(ports) == 0 || len(ports) > maxFilter {
		return nil
	}
	const test, jump = 8, 4
	size := 2*len(ports)*(test+jump) - jump // the last one needs no jump
	code := make([]byte, 0, size+jump)
	op := func(c, yes uint8, no int) {
		code = append(code, c, yes)
		code = native.AppendUint16(code, uint16(no))
	}
	for _, port := range ports {
		for _, end := range []uint8{bcSourceEq, bcDestEq} {
			op(end, test, test+jump)
			op(0, 0, port)
			op(bcJump, jump, size-len(code))
		}
	}
	return code[:size]
}

// exactRequest asks for one connection: all of its addresses, and no dump.
func exactRequest(e Ends) []byte {
	p := make([]byte, inetReqSize)
	p[0], p[1], p[2] = unix.AF_INET, unix.IPPROTO_TCP, extInfo|extMemory
	if e.Local.Addr().Is6() {
		p[0] = unix.AF_INET6
	}
	native.PutUint32(p[reqStatesAt:], allStates)
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

// wantsMessage is Query.wants of a struct inet_diag_msg, before it is read: a
// filter that is too long for the kernel is left out of the request.
func (q *Query) wantsMessage(p []byte) bool {
	if len(q.Ports) <= maxFilter || len(p) < inetMsgSize {
		return true
	}
	return q.wantsPort(binary.BigEndian.Uint16(p[rowIDAt:])) || q.wantsPort(binary.BigEndian.Uint16(p[rowIDAt+2:]))
}

// parseInet reads a struct inet_diag_msg and what follows it into r, which has
// its protocol already, because the message does not tell it.
func parseInet(p []byte, r *Row) bool {
	if len(p) < inetMsgSize {
		return false
	}
	r.State, r.Drops = stateOf(p[1]), -1
	if r.State == Unknown {
		return false
	}
	id := p[rowIDAt:]
	r.Local = plain(inetAddr(p[0], id[4:20]), binary.BigEndian.Uint16(id))
	r.Remote = plain(inetAddr(p[0], id[20:36]), binary.BigEndian.Uint16(id[2:]))
	// The kernel looks for BOUND_INACTIVE and then says CLOSE (sk_state). A TCP
	// socket in CLOSE is in the table for no other reason.
	r.Bound = r.Proto == TCP && r.State == Close
	r.Timer = Timer{TimerKind(p[2]), time.Duration(native.Uint32(p[52:])) * time.Millisecond, int(p[3])}
	r.Recv, r.Send = int(native.Uint32(p[56:])), int(native.Uint32(p[60:]))
	r.UID, r.Inode = int(native.Uint32(p[64:])), uint64(native.Uint32(p[68:]))
	for kind, v, rest := attribute(p[inetMsgSize:]); v != nil; kind, v, rest = attribute(rest) {
		switch {
		case kind == attrInfo:
			info := parseTCPInfo(v)
			r.Info = &info
		case kind == attrMemory && len(v) >= 4*(memoryDrops+1):
			r.Drops = int(native.Uint32(v[4*memoryDrops:]))
		}
	}
	return true
}

func inetAddr(family uint8, p []byte) netip.Addr {
	if family == unix.AF_INET {
		return netip.AddrFrom4([4]byte(p))
	}
	return netip.AddrFrom16([16]byte(p))
}

// attribute takes the first of the attributes in p; value is nil if there is
// none, or none that makes sense.
func attribute(p []byte) (kind uint16, value, rest []byte) {
	if len(p) < 4 {
		return 0, nil, nil
	}
	size := int(native.Uint16(p))
	if size < 4 || size > len(p) {
		return 0, nil, nil
	}
	return native.Uint16(p[2:]), p[4:size], p[min(align(size), len(p)):]
}

// What is shown of AF_UNIX sockets, and the attributes that bring it.
const (
	showName, showQueue, showUID = 1, 1 << 4, 1 << 6
	unixName, unixQueue, unixUID = 0, 4, 7
)

func unixRequest() []byte {
	p := make([]byte, unixReqSize)
	p[0] = unix.AF_UNIX
	native.PutUint32(p[reqStatesAt:], allStates)
	native.PutUint32(p[12:], showName|showQueue|showUID)
	return p
}

// parseUnix reads a struct unix_diag_msg and what follows it into r.
func parseUnix(p []byte, r *Row) bool {
	if len(p) < unixMsgSize {
		return false
	}
	*r = Row{Proto: Unix, State: stateOf(p[2]), Inode: uint64(native.Uint32(p[4:])), Drops: -1, UID: -1}
	for kind, v, rest := attribute(p[unixMsgSize:]); v != nil; kind, v, rest = attribute(rest) {
		switch {
		case kind == unixName:
			r.Path = unixPath(v)
		case kind == unixQueue && len(v) >= 8:
			r.Recv, r.Send = int(native.Uint32(v)), int(native.Uint32(v[4:]))
		case kind == unixUID && len(v) >= 4:
			r.UID = int(native.Uint32(v))
		}
	}
	return r.State != Unknown
}

// unixPath is the name without the NUL that ends a path (unix(7)); an abstract
// name begins with one, and any other NUL is part of it.
func unixPath(p []byte) string {
	if len(p) > 0 && p[0] != 0 && p[len(p)-1] == 0 {
		p = p[:len(p)-1]
	}
	return string(p)
}
