package kernel

import (
	"encoding/binary"
	"errors"
	"net/netip"
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

func openDiag() (*diag, error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC, unix.NETLINK_SOCK_DIAG)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	// The kernel answers within the call; the limit is for one that does not.
	_ = unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Sec: 2})
	d := &diag{fd: fd, buf: make([]byte, diagBuffer)}
	// A sandbox may permit the socket and refuse the question.
	none := netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 0)
	if _, _, err := d.lookup(Ends{none, none}); err != nil {
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

func (d *diag) rows(q Query) ([]Row, error) {
	if q.Proto == Unix {
		return d.dump(unixRequest(), parseUnix, nil)
	}
	var all []Row
	for _, family := range []uint8{unix.AF_INET, unix.AF_INET6} {
		rows, err := d.dump(inetRequest(family, q), parseInet, &q)
		if errors.Is(err, unix.ENOENT) && family == unix.AF_INET6 {
			continue // a kernel without IPv6
		}
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// dump asks until an answer is whole. q is asked again of each row, because a
// filter that is too long for the kernel is left out of the request.
func (d *diag) dump(req []byte, parse func([]byte) (Row, bool), q *Query) ([]Row, error) {
	for again := 0; ; again++ {
		var rows []Row
		whole := true
		err := d.ask(req, unix.NLM_F_DUMP, func(flags uint16, p []byte) {
			whole = whole && flags&unix.NLM_F_DUMP_INTR == 0
			if r, ok := parse(p); ok && (q == nil || q.wants(&r)) {
				r.Proto = protoOf(req, r.Proto)
				rows = append(rows, r)
			}
		})
		if err != nil || whole || again == maxAgain {
			return rows, err
		}
	}
}

// protoOf is the protocol that the request was about.
func protoOf(req []byte, p Proto) Proto {
	switch {
	case p == Unix:
		return Unix
	case req[1] == unix.IPPROTO_UDP:
		return UDP
	}
	return TCP
}

func (d *diag) lookup(e Ends) (Row, bool, error) {
	var found Row
	ok := false
	err := d.ask(exactRequest(e), 0, func(_ uint16, p []byte) {
		// Without such a connection the kernel answers with the listener on
		// that port, if there is one.
		if r, good := parseInet(p); good && r.Ends() == e {
			found, ok = r, true
		}
	})
	if errors.Is(err, unix.ENOENT) {
		err = nil
	}
	return found, ok, err
}

// ask sends a request and gives each answer to take.
func (d *diag) ask(body []byte, flags uint16, take func(flags uint16, p []byte)) error {
	d.seq++
	msg := make([]byte, unix.NLMSG_HDRLEN+len(body))
	native.PutUint32(msg, uint32(len(msg)))
	native.PutUint16(msg[4:], sockDiagByFamily)
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
			return true, nil
		case unix.NLMSG_ERROR:
			if len(body) < 4 {
				return true, errMalformed
			}
			if errno := -int32(native.Uint32(body)); errno != 0 {
				return true, os.NewSyscallError("sock_diag", unix.Errno(errno))
			}
			return true, nil
		case sockDiagByFamily:
			take(flags, body)
			if single {
				return true, nil
			}
		}
	}
	return false, nil
}

// align rounds up to the four bytes of NLMSG_ALIGNTO.
func align(n int) int { return (n + 3) &^ 3 }
