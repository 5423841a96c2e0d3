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
	if r.opts.Plain {
		r.tracePlain(events, lost)
		return
	}
	r, done := r.canvas(60)
	defer done()
	var lines []Line
	if lost > 0 {
		lines = append(lines, r.Wrap(L("  "), S(Dim, r.Say(words.F("%d earlier calls are not shown", lost))), r.Width())...)
	}
	for i := range events {
		e := &events[i]
		head := fmt.Sprintf("%10.6f %-7s ", e.Start.Seconds(), e.By)
		if r.Width() < 60 {
			head = fmt.Sprintf("%.3f ", e.Start.Seconds())
		}
		tail := fmt.Sprintf(" <%.6f>", (e.End - e.Start).Seconds())
		if e.Tries == 0 && e.Outcome == netlab.ClosedUnder {
			tail = " " + r.Say(words.F("not made: the socket is closed"))
		}
		if e.Tries > 1 {
			tail += " " + r.Say(words.F("%d tries", e.Tries))
		}
		lines = append(lines, r.Wrap(S(Dim, head), r.ready(Join(L(Strace(e)), S(Dim, tail))), r.Width())...)
	}
	r.Print(lines...)
}

// Strace writes one call in strace's words.
func Strace(e *netlab.Event) string {
	if e.Op == netlab.OpRefuse { // no system call: the server's own word
		return "/* refuse(" + strconv.Itoa(e.FD) + "): " + Clean(string(e.Data)) + " */"
	}
	return straceName(e) + "(" + straceArgs(e) + ") = " + straceResult(e)
}

// straceName is the system call that carries the library's name (on Linux
// send and recv are sendto and recvfrom with an empty address). A datagram is
// taken by recvmsg: it tells whether it was cut.
func straceName(e *netlab.Event) string {
	switch e.Op {
	case netlab.OpSend:
		return "sendto"
	case netlab.OpSendto:
		return "sendmsg"
	case netlab.OpRecv:
		if e.Message {
			return "recvmsg"
		}
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
		return familyName(e.A) + ", " + typeName(e.B) + "|SOCK_CLOEXEC|SOCK_NONBLOCK, " + protocolName(e.Flags)
	case netlab.OpSocketpair:
		return fmt.Sprintf("%s, %s|SOCK_CLOEXEC|SOCK_NONBLOCK, %s, [%s, %d]",
			familyName(e.A), typeName(e.B), strconv.Itoa(e.Flags), fd, e.N)
	case netlab.OpBind, netlab.OpConnect:
		return fd + ", " + sockaddr(e.Addr) + ", " + sockaddrLen(e.Addr)
	case netlab.OpAccept:
		return fd + ", " + answeredAddr(e) + ", SOCK_CLOEXEC|SOCK_NONBLOCK"
	case netlab.OpGetsockname, netlab.OpGetpeername:
		return fd + ", " + answeredAddr(e)
	case netlab.OpSend:
		return fmt.Sprintf("%s, %s, %d, %s, NULL, 0", fd, straceBytes(e), e.A, messageFlags(e.Flags|unix.MSG_NOSIGNAL))
	case netlab.OpSendto:
		return fd + ", " + messageHeader(e, e.A) + ", " + messageFlags(e.Flags)
	case netlab.OpRecv:
		if e.Message {
			return fd + ", " + messageHeader(e, e.A) + ", " + messageFlags(e.Flags)
		}
		return fmt.Sprintf("%s, %s, %d, %s, NULL, NULL", fd, straceBytes(e), e.A, messageFlags(e.Flags))
	case netlab.OpRecvfrom:
		return fd + ", " + messageHeader(e, e.A) + ", " + messageFlags(e.Flags)
	case netlab.OpSetsockopt:
		if len(e.Data) > 0 {
			return fmt.Sprintf("%s, %s, %s, %d", fd, straceOption(e), cString(e.Data, len(e.Data)), len(e.Data))
		}
		return fmt.Sprintf("%s, %s, [%d], 4", fd, straceOption(e), e.N)
	case netlab.OpGetsockopt:
		switch {
		case e.Outcome != netlab.OK:
			return fd + ", " + straceOption(e) + ", ..."
		case len(e.Data) > 0:
			return fmt.Sprintf("%s, %s, %s, [%d]", fd, straceOption(e), cString(e.Data, len(e.Data)), len(e.Data))
		}
		return fmt.Sprintf("%s, %s, [%d], [4]", fd, straceOption(e), e.N)
	case netlab.OpFcntl:
		return fd + ", F_DUPFD_CLOEXEC, 0"
	case netlab.OpRead, netlab.OpWrite:
		return fmt.Sprintf("%s, %s, %d", fd, straceBytes(e), e.A)
	case netlab.OpPoll:
		return stracePoll(e)
	case netlab.OpSpawn:
		return straceExecve(e)
	case netlab.OpWait:
		return fmt.Sprintf("%d, %s, %s, NULL", e.A, straceStatus(e), orZero(strings.TrimPrefix(waitOptions(e), ", ")))
	}
	return callArgs(e)
}

// straceExecve is the program and its arguments, as far as the command line
// tells them apart.
func straceExecve(e *netlab.Event) string {
	args := strings.Fields(string(e.Data))
	if len(args) == 0 {
		return `"", []`
	}
	if len(args) > 3 && args[1] == "-c" { // the command of a shell is one argument
		args = []string{args[0], args[1], strings.SplitN(string(e.Data), " -c ", 2)[1]}
	}
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = cString([]byte(a), len(a))
	}
	return quoted[0] + ", [" + strings.Join(quoted, ", ") + "], 0x... /* vars */"
}

// straceStatus is what wait4 has written.
func straceStatus(e *netlab.Event) string {
	switch {
	case e.N <= 0:
		return "NULL"
	case e.Other < 0:
		return "[{WIFSIGNALED(s) && WTERMSIG(s) == " + SignalName(-e.Other) + "}]"
	}
	return fmt.Sprintf("[{WIFEXITED(s) && WEXITSTATUS(s) == %d}]", e.Other)
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

func straceResult(e *netlab.Event) string {
	switch e.Outcome {
	case netlab.Failed:
		return fmt.Sprintf("-1 %s (%s)", e.Failure(), strings.ToUpper(e.Errno.Error()[:1])+e.Errno.Error()[1:])
	case netlab.TimedOut:
		return "? (timeout)"
	case netlab.Cancelled:
		return "? (cancelled)"
	case netlab.ClosedUnder:
		return "-1 EBADF (Bad file descriptor)"
	}
	switch {
	case e.Op == netlab.OpGetsockopt || e.Op == netlab.OpSocketpair:
		return "0"
	case e.Op == netlab.OpPoll && e.N == 0:
		return "0 (Timeout)"
	case e.Op == netlab.OpPoll:
		return resultText(e) + " (" + pollAnswer(e) + ")"
	}
	return resultText(e)
}

// stracePoll is what poll was given, as far as the journal knows: the ready
// ones, and how many there were.
func stracePoll(e *netlab.Event) string {
	var fds []string
	ready := readySockets(e.Data, nil)
	for _, s := range ready {
		fds = append(fds, fmt.Sprintf("{fd=%d}", s.FD))
	}
	if len(ready) < e.A {
		fds = append(fds, "...")
	}
	return fmt.Sprintf("[%s], %d, %d", strings.Join(fds, ", "), e.A, e.B)
}

// pollAnswer is "[{fd=7, revents=POLLIN}]".
func pollAnswer(e *netlab.Event) string {
	var fds []string
	for _, s := range readySockets(e.Data, nil) {
		fds = append(fds, fmt.Sprintf("{fd=%d, revents=%s}", s.FD, strings.Join(s.Bits, "|")))
	}
	return "[" + strings.Join(fds, ", ") + "]"
}

func straceBytes(e *netlab.Event) string {
	if e.Outcome != netlab.OK && len(e.Data) == 0 {
		return "..."
	}
	return cString(e.Data, e.N)
}

// answeredAddr is where the kernel writes an address and its length; a call
// that failed has written none.
func answeredAddr(e *netlab.Event) string {
	if e.Outcome != netlab.OK {
		return "..."
	}
	return sockaddr(e.Addr) + ", [" + sockaddrLen(e.Addr) + "]"
}

// messageHeader is the msghdr of sendmsg and recvmsg. recvmsg is given e.B,
// the flags that the kernel has set.
func messageHeader(e *netlab.Event, size int) string {
	return fmt.Sprintf("{msg_name=%s, msg_namelen=%s, msg_iov=[{iov_base=%s, iov_len=%d}], msg_iovlen=1, msg_controllen=0, msg_flags=%s}",
		sockaddr(e.Addr), sockaddrLen(e.Addr), straceBytes(e), size, messageFlags(e.B))
}

// cString is a C literal of the first 32 bytes, as strace cuts them: what
// cannot be printed is octal, as short as the next character permits.
func cString(p []byte, n int) string {
	const most = 32
	var b strings.Builder
	b.WriteByte('"')
	p = p[:min(len(p), n)]
	for i, c := range p[:min(len(p), most)] {
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
		case c == '\v':
			b.WriteString(`\v`)
		case c == '\f':
			b.WriteString(`\f`)
		case c >= ' ' && c < 0x7f:
			b.WriteByte(c)
		case i+1 < len(p) && '0' <= p[i+1] && p[i+1] <= '9':
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			fmt.Fprintf(&b, `\%o`, c)
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
		return fmt.Sprintf(`{sa_family=AF_INET6, sin6_port=htons(%d), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "%s", &sin6_addr), sin6_scope_id=%d}`,
			a.Port, a.IP, a.Scope)
	case unix.AF_UNIX:
		switch {
		case a.Path == "":
			return "{sa_family=AF_UNIX}"
		case a.Path[0] == 0:
			return `{sa_family=AF_UNIX, sun_path=@` + strconv.Quote(a.Path[1:]) + `}`
		}
		return `{sa_family=AF_UNIX, sun_path=` + strconv.Quote(a.Path) + `}`
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
		switch {
		case a.Path == "":
			return "2"
		case a.Path[0] == 0: // an abstract name has no NUL behind it
			return strconv.Itoa(2 + len(a.Path))
		}
		return strconv.Itoa(3 + len(a.Path))
	}
	return "0"
}
