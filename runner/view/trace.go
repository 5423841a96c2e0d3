package view

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// Trace prints every call as strace would show it, with the moment on the
// lab's clock and how long it took.
func (r *Renderer) Trace(events []netlab.Event, lost int) {
	var lines []Line
	if lost > 0 {
		lines = append(lines, r.Wrap(L("  "), S(Dim, r.Say(words.F("%d older calls are forgotten", lost))), r.Width())...)
	}
	for i := range events {
		e := &events[i]
		head := fmt.Sprintf("%10.6f %-7s ", e.Start.Seconds(), e.By)
		if r.Width() < 60 {
			head = fmt.Sprintf("%.3f ", e.Start.Seconds())
		}
		tail := fmt.Sprintf(" <%.6f>", (e.End - e.Start).Seconds())
		if e.Tries > 1 {
			tail += " " + r.Say(words.F("%d tries", e.Tries))
		}
		lines = append(lines, r.Wrap(S(Dim, head), r.ready(Join(L(Strace(e)), S(Dim, tail))), r.Width())...)
	}
	r.Print(lines...)
}

// Strace writes one call in strace's words.
func Strace(e *netlab.Event) string {
	return straceName(e) + "(" + straceArgs(e) + ") = " + straceResult(e)
}

// straceName is the system call that carries the library's name (on Linux
// send and recv are sendto and recvfrom with an empty address).
func straceName(e *netlab.Event) string {
	switch e.Op {
	case netlab.OpSend:
		return "sendto"
	case netlab.OpSendto:
		return "sendmsg"
	case netlab.OpRecv:
		return "recvfrom"
	case netlab.OpRecvfrom:
		return "recvmsg"
	case netlab.OpAccept:
		return "accept4"
	}
	return e.Op.String()
}

func straceArgs(e *netlab.Event) string {
	fd := strconv.Itoa(e.FD)
	switch e.Op {
	case netlab.OpSocket:
		return familyName(e.A) + ", " + typeName(e.B) + "|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP"
	case netlab.OpBind, netlab.OpConnect:
		return fd + ", " + sockaddr(e.Addr) + ", " + sockaddrLen(e.Addr)
	case netlab.OpAccept:
		return fd + ", " + sockaddr(e.Addr) + ", [" + sockaddrLen(e.Addr) + "], SOCK_CLOEXEC|SOCK_NONBLOCK"
	case netlab.OpGetsockname, netlab.OpGetpeername:
		return fd + ", " + sockaddr(e.Addr) + ", [" + sockaddrLen(e.Addr) + "]"
	case netlab.OpSend:
		return fmt.Sprintf("%s, %s, %d, MSG_NOSIGNAL, NULL, 0", fd, straceBytes(e), e.A)
	case netlab.OpSendto:
		return fmt.Sprintf("%s, {msg_name=%s, msg_iov=[{%s, %d}]}, 0", fd, sockaddr(e.Addr), straceBytes(e), e.A)
	case netlab.OpRecv:
		return fmt.Sprintf("%s, %s, %d, 0, NULL, NULL", fd, straceBytes(e), e.A)
	case netlab.OpRecvfrom:
		return fmt.Sprintf("%s, {msg_name=%s, msg_iov=[{%s, %d}]}, 0", fd, sockaddr(e.Addr), straceBytes(e), e.A)
	case netlab.OpSetsockopt:
		if len(e.Data) > 0 {
			return fmt.Sprintf("%s, %s, %s, %d", fd, optionName(e.A, e.B), cString(e.Data, len(e.Data)), len(e.Data))
		}
		return fmt.Sprintf("%s, %s, [%d], 4", fd, optionName(e.A, e.B), e.N)
	case netlab.OpGetsockopt:
		if len(e.Data) > 0 {
			return fmt.Sprintf("%s, %s, %s, [%d]", fd, optionName(e.A, e.B), cString(e.Data, len(e.Data)), len(e.Data))
		}
		return fmt.Sprintf("%s, %s, [%d], [4]", fd, optionName(e.A, e.B), e.N)
	case netlab.OpFcntl:
		return fd + ", F_DUPFD_CLOEXEC, 0"
	}
	return callArgs(e)
}

func straceResult(e *netlab.Event) string {
	switch e.Outcome {
	case netlab.Failed:
		return fmt.Sprintf("-1 %s (%s)", FailureName(e), strings.ToUpper(e.Errno.Error()[:1])+e.Errno.Error()[1:])
	case netlab.TimedOut:
		return "? (timeout)"
	case netlab.Cancelled:
		return "? (cancelled)"
	case netlab.ClosedUnder:
		return "-1 EBADF (Bad file descriptor)"
	}
	if e.Op == netlab.OpGetsockopt {
		return "0"
	}
	return resultText(e)
}

func straceBytes(e *netlab.Event) string {
	if e.Outcome != netlab.OK && len(e.Data) == 0 {
		return `""...`
	}
	return cString(e.Data, e.N)
}

// cString is a C literal of the first 32 bytes, as strace cuts them.
func cString(p []byte, n int) string {
	const most = 32
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range p[:min(len(p), most)] {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	if n > most || n > len(p) {
		b.WriteString("...")
	}
	return b.String()
}

func sockaddr(a netlab.Addr) string {
	switch a.Family {
	case unix.AF_INET:
		return fmt.Sprintf(`{sa_family=AF_INET, sin_port=htons(%d), sin_addr=inet_addr("%s")}`, a.Port, a.IP)
	case unix.AF_INET6:
		return fmt.Sprintf(`{sa_family=AF_INET6, sin6_port=htons(%d), inet_pton(AF_INET6, "%s")}`, a.Port, a.IP)
	case unix.AF_UNIX:
		return fmt.Sprintf(`{sa_family=AF_UNIX, sun_path=%s}`, strconv.Quote(a.String()))
	}
	return "NULL"
}

func sockaddrLen(a netlab.Addr) string {
	switch a.Family {
	case unix.AF_INET:
		return "16"
	case unix.AF_INET6:
		return "28"
	case unix.AF_UNIX:
		return strconv.Itoa(3 + len(a.Path))
	}
	return "0"
}
