package kernel

import (
	"encoding/binary"
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// diag asks the kernel by netlink, sock_diag(7). The rows are filtered by the
// kernel, and one connection is found without walking the table.
type diag struct {
	fd  int
	seq uint32
	buf []byte
}

// The numbers of linux/sock_diag.h, inet_diag.h and unix_diag.h that x/sys
// does not have.
const (
	sockDiagByFamily = 20
	// tcpDiag (TCPDIAG_GETSOCK) is the older question: of TCP alone, but of both
	// families at once, which halves the walks over the kernel's hash tables.
	tcpDiag = 18

	attrBytecode = 1 // INET_DIAG_REQ_BYTECODE
	attrMemory   = 7 // INET_DIAG_SKMEMINFO
	attrInfo     = 2 // INET_DIAG_INFO
	extMemory    = 1 << (attrMemory - 1)
	extInfo      = 1 << (attrInfo - 1)
	memoryDrops  = 8 // SK_MEMINFO_DROPS

	// allStates has a bit for every state, also those that came later, such as
	// BOUND_INACTIVE: ss asks for 12 of them, which hides bound sockets.
	allStates = 0xffffffff
)

var native = binary.NativeEndian

// diagBuffer takes several messages of a dump; the kernel fills up to 32 KiB.
const diagBuffer = 1 << 16

// diagProtocol is what a test replaces by one that the kernel refuses.
var diagProtocol = unix.NETLINK_SOCK_DIAG

func openDiag() (*diag, error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC, diagProtocol)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	// The kernel answers within the call; the limit is for one that does not.
	_ = unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Sec: 2})
	d := &diag{fd: fd, buf: make([]byte, diagBuffer)}
	// A sandbox may permit the socket and refuse the question, and a kernel may
	// lack tcp_diag. A dump of no states walks nothing.
	none := make([]byte, tcpReqSize)
	if err := d.ask(tcpDiag, none, unix.NLM_F_DUMP, func(uint16, []byte) {}); err != nil {
		_ = d.close()
		return nil, err
	}
	return d, nil
}

func (d *diag) close() error { return unix.Close(d.fd) }
func (d *diag) name() Source { return SockDiag }

// maxAgain is how often a dump is begun anew because the kernel says that the
// table changed under it in a way that may have cost rows.
const maxAgain = 3

func (d *diag) rows(rows []Row, q Query) ([]Row, error) {
	before := len(rows)
	var err error
	parse := func(p []byte, r *Row) bool {
		r.Proto = q.Proto
		return q.wantsMessage(p) && parseInet(p, r)
	}
	switch q.Proto {
	case TCP:
		rows, err = d.dump(rows, tcpDiag, tcpRequest(q), parse)
	case UDP:
		rows, err = d.dump(rows, sockDiagByFamily, inetRequest(unix.AF_INET, q), parse)
		if err == nil {
			rows, err = d.dump(rows, sockDiagByFamily, inetRequest(unix.AF_INET6, q), parse)
		}
	case Unix:
		rows, err = d.dump(rows, sockDiagByFamily, unixRequest(), parseUnix)
	}
	if errors.Is(err, unix.ENOENT) && q.Proto != TCP {
		return proc{}.rows(rows[:before], q) // udp_diag and unix_diag are modules of their own
	}
	return rows, err
}

// dump asks until an answer is whole and appends its rows. What the request
// could not filter is filtered by parse.
func (d *diag) dump(rows []Row, kind uint16, req []byte, parse func([]byte, *Row) bool) ([]Row, error) {
	before := len(rows)
	for again := 0; ; again++ {
		rows = rows[:before]
		whole := true
		err := d.ask(kind, req, unix.NLM_F_DUMP, func(flags uint16, p []byte) {
			whole = whole && flags&unix.NLM_F_DUMP_INTR == 0
			rows = append(rows, Row{})
			if p == nil || !parse(p, &rows[len(rows)-1]) {
				rows = rows[:len(rows)-1]
			}
		})
		if err != nil || whole || again == maxAgain {
			return rows, err
		}
	}
}

func (d *diag) lookup(e Ends) (Row, bool, error) {
	var found Row
	ok := false
	err := d.ask(sockDiagByFamily, exactRequest(e), 0, func(_ uint16, p []byte) {
		// Without such a connection the kernel answers with the listener on
		// that port, if there is one.
		var r Row
		if parseInet(p, &r) && r.Ends() == e {
			found, ok = r, true
		}
	})
	if errors.Is(err, unix.ENOENT) {
		err = nil
	}
	return found, ok, err
}

// ask sends a request and gives each answer to take, and nil for the end of a
// dump, whose flags count too.
func (d *diag) ask(kind uint16, body []byte, flags uint16, take func(flags uint16, p []byte)) error {
	d.seq++
	msg := make([]byte, unix.NLMSG_HDRLEN+len(body))
	native.PutUint32(msg, uint32(len(msg)))
	native.PutUint16(msg[4:], kind)
	native.PutUint16(msg[6:], unix.NLM_F_REQUEST|flags)
	native.PutUint32(msg[8:], d.seq)
	copy(msg[unix.NLMSG_HDRLEN:], body)
	if err := unix.Sendto(d.fd, msg, 0, &unix.SockaddrNetlink{Family: unix.AF_NETLINK}); err != nil {
		return os.NewSyscallError("sendto", err)
	}
	for {
		n, err := d.receive()
		if err != nil {
			return err
		}
		if done, err := d.messages(d.buf[:n], flags&unix.NLM_F_DUMP == 0, take); done || err != nil {
			return err
		}
	}
}

func (d *diag) receive() (int, error) {
	for {
		n, _, err := unix.Recvfrom(d.fd, d.buf, 0)
		if !errors.Is(err, unix.EINTR) {
			return n, os.NewSyscallError("recvfrom", err)
		}
	}
}

var errMalformed = errors.New("kernel: an answer of sock_diag that makes no sense")

// messages reads the netlink messages in p; done is true after the last one of
// an answer. single says that the answer is one message.
func (d *diag) messages(p []byte, single bool, take func(uint16, []byte)) (done bool, err error) {
	for len(p) >= unix.NLMSG_HDRLEN {
		size := int(native.Uint32(p))
		if size < unix.NLMSG_HDRLEN || size > len(p) {
			return true, errMalformed
		}
		kind, flags, seq := native.Uint16(p[4:]), native.Uint16(p[6:]), native.Uint32(p[8:])
		body := p[unix.NLMSG_HDRLEN:size]
		p = p[min(align(size), len(p)):]
		if seq != d.seq {
			continue // the rest of an answer that was given up
		}
		switch kind {
		case unix.NLMSG_DONE:
			take(flags, nil)
			if len(body) < 4 {
				return true, nil
			}
			return true, answered(body)
		case unix.NLMSG_ERROR:
			if len(body) < 4 {
				return true, errMalformed
			}
			return true, answered(body)
		case sockDiagByFamily, tcpDiag:
			take(flags, body)
			if single {
				return true, nil
			}
		}
	}
	return false, nil
}

// answered is the error in the body of a message that ends an answer: a
// negative errno, or 0 and more for none.
func answered(body []byte) error {
	if n := int32(native.Uint32(body)); n < 0 {
		return os.NewSyscallError("sock_diag", unix.Errno(-int64(n)))
	}
	return nil
}

// align rounds up to the four bytes of NLMSG_ALIGNTO.
func align(n int) int { return (n + 3) &^ 3 }
