package view

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// Sockets looks sockets up by their id, for the pictures that name them.
type Sockets map[int]netlab.SocketInfo

// SocketsOf indexes a lab's list.
func SocketsOf(list []netlab.SocketInfo) Sockets {
	s := make(Sockets, len(list))
	for _, info := range list {
		s[info.ID] = info
	}
	return s
}

// Name is what a socket is called: its label, or its descriptor's number.
func (s Sockets) Name(id int) string {
	info, ok := s[id]
	switch {
	case !ok:
		return ""
	case info.Label != "":
		return Clean(info.Label)
	case info.Backlog >= 0:
		return info.Local.String()
	}
	return "#" + strconv.Itoa(id)
}

// Ends are the addresses of a socket: "127.0.0.1:80 ⇄ 127.0.0.1:5000".
func Ends(info netlab.SocketInfo) string {
	switch {
	case info.Local.IsZero():
		return ""
	case info.Remote.IsZero():
		return Clean(info.Local.String())
	}
	return Clean(info.Local.String()) + " " + SymPair + " " + Clean(info.Remote.String())
}

// Calls prints what calls did, a line each: "close(9) = 0   conn 127.0.0.1:80".
// A server's calls bear its name in front.
func (r *Renderer) Calls(events []netlab.Event, sockets Sockets) {
	if len(events) == 0 {
		return
	}
	defer r.gap()
	r, done := r.canvas(0)
	defer done()
	if r.opts.Plain {
		r.callsPlain(events, sockets)
		return
	}
	var lines []Line
	for i := range events {
		lines = append(lines, r.callLines(&events[i], sockets)...)
	}
	r.Print(lines...)
}

// callWidth is where the second column of a call stands, when there is room.
const callWidth = 36

func (r *Renderer) callLines(e *netlab.Event, sockets Sockets) []Line {
	lead := L("  ")
	left := Join(lead, callLine(e))
	if e.By == netlab.Server {
		left = Join(lead, S(Dim, sockets.Name(e.Sock)+" "+SymBar+" "), callLine(e))
	}
	left = r.ready(left) // before it is measured
	right := r.Sym(r.aside(e, sockets))
	if right == "" {
		return r.Wrap(nil, left, r.Width())
	}
	gap := max(callWidth-left.Width(), 2)
	if left.Width()+gap+Width(right) > r.Width() && left.Width()+2+Width(right) <= r.Width() {
		gap = 2
	}
	if left.Width()+gap+Width(right) <= r.Width() {
		return []Line{Join(left, L(strings.Repeat(" ", gap)), S(Dim, right))}
	}
	return append(r.Wrap(nil, left, r.Width()), r.Wrap(L("      "), S(Dim, right), r.Width())...)
}

// aside is what stands beside a call: who it was, and with whom.
func (r *Renderer) aside(e *netlab.Event, sockets Sockets) string {
	var parts []string
	info, ok := sockets[e.Sock]
	if ok && e.Op == netlab.OpSocket {
		info.Local, info.Remote = netlab.Addr{}, netlab.Addr{} // it had none yet
	}
	if ok && e.By != netlab.Server {
		parts = append(parts, strings.TrimSpace(Clean(info.Label)+" "+Ends(info)))
	}
	if e.EOF() {
		parts = append(parts, r.Say(words.F("end of the stream")))
	}
	return strings.TrimSpace(strings.Join(parts, "  "))
}

// callLine is "recv(7, 1024) = 5 b'hello'".
func callLine(e *netlab.Event) Line {
	line := Join(S(Code, e.Op.String()+"("+callArgs(e)+")"), L(" = "))
	if e.Op == netlab.OpRefuse {
		return Join(S(Code, "refuse("+strconv.Itoa(e.FD)+")"), S(Bad, " "+Clean(string(e.Data))))
	}
	if e.Outcome != netlab.OK {
		return Join(line, S(Bad, e.Failure()))
	}
	line = Join(line, L(resultText(e)))
	switch e.Op {
	case netlab.OpPoll:
		if e.N > 0 {
			line = Join(line, L(" ("+pollReady(e)+")"))
		}
	case netlab.OpWait:
		if e.N > 0 {
			line = Join(line, L(" "+exitText(e.Other).String()))
		}
	case netlab.OpRecv, netlab.OpRecvfrom, netlab.OpRead:
		line = Join(line, L(" "+bytesText(e.Data, e.N)))
	case netlab.OpGetsockopt:
		if len(e.Data) > 0 {
			line = Join(line, L(" "+bytesText(e.Data, e.N)))
		}
	}
	switch e.Op {
	case netlab.OpAccept, netlab.OpRecvfrom, netlab.OpGetsockname, netlab.OpGetpeername:
		if !e.Addr.IsZero() {
			line = Join(line, L(" "+Clean(e.Addr.String())))
		}
	}
	return line
}

func resultText(e *netlab.Event) string {
	switch e.Op {
	case netlab.OpSetsockopt, netlab.OpBind, netlab.OpListen, netlab.OpConnect, netlab.OpClose, netlab.OpShutdown, netlab.OpKill:
		return "0"
	case netlab.OpGetsockname, netlab.OpGetpeername:
		return "0"
	case netlab.OpSocketpair:
		return fmt.Sprintf("[%d, %d]", e.FD, e.N)
	}
	return strconv.Itoa(e.N)
}

func callArgs(e *netlab.Event) string {
	fd := strconv.Itoa(e.FD)
	switch e.Op {
	case netlab.OpSocket, netlab.OpSocketpair:
		return familyName(e.A) + ", " + typeName(e.B)
	case netlab.OpBind, netlab.OpConnect:
		return fd + ", " + Clean(e.Addr.String())
	case netlab.OpListen:
		return fd + ", " + strconv.Itoa(e.A)
	case netlab.OpSend, netlab.OpWrite:
		return fd + ", " + sendText(e)
	case netlab.OpSendto:
		return fd + ", " + sendText(e) + ", " + Clean(e.Addr.String())
	case netlab.OpRecv, netlab.OpRecvfrom, netlab.OpRead:
		return fd + ", " + strconv.Itoa(e.A)
	case netlab.OpPoll:
		return "[" + SymEllipsis + "], " + strconv.Itoa(e.A) + ", " + strconv.Itoa(e.B)
	case netlab.OpSpawn:
		return commandText(e)
	case netlab.OpWait:
		return strconv.Itoa(e.A) + waitOptions(e)
	case netlab.OpKill:
		return strconv.Itoa(e.A) + ", " + SignalName(e.B)
	case netlab.OpShutdown:
		return fd + ", " + howName(e.A)
	case netlab.OpSetsockopt:
		return fd + ", " + optionName(e.A, e.B) + ", " + optionValue(e)
	case netlab.OpGetsockopt:
		return fd + ", " + optionName(e.A, e.B)
	}
	return fd
}

// pollReady is "{7, POLLIN}, {9, POLLIN|POLLHUP}", not too many of them.
func pollReady(e *netlab.Event) string {
	const most = 8
	var fds []string
	for i, s := range readySockets(e.Data, nil) {
		if i == most {
			fds = append(fds, SymEllipsis)
			break
		}
		fds = append(fds, "{"+strconv.Itoa(s.FD)+", "+strings.Join(s.Bits, "|")+"}")
	}
	return strings.Join(fds, ", ")
}

// commandText is the beginning of a command line.
func commandText(e *netlab.Event) string {
	const most = 48
	text := []rune(Clean(strings.ToValidUTF8(string(e.Data), "\uFFFD")))
	if len(text) > most {
		text = append(text[:most:most], []rune(SymEllipsis)...)
	}
	return string(text)
}

func waitOptions(e *netlab.Event) string {
	if e.B == unix.WNOHANG {
		return ", WNOHANG"
	}
	return ""
}

// sendText shows what was sent; of a send that sent nothing only its size is
// known. A sendall that failed may have sent a part.
func sendText(e *netlab.Event) string {
	if e.Outcome != netlab.OK && e.N == 0 {
		return countBytes(e.A)
	}
	text := bytesText(e.Data, e.N)
	if e.N < e.A {
		text += " of " + countBytes(e.A)
	}
	return text
}

func optionValue(e *netlab.Event) string {
	if len(e.Data) > 0 {
		return bytesText(e.Data, len(e.Data))
	}
	return strconv.Itoa(e.N)
}

// bytesShown is how many bytes of a payload stand on a line.
const bytesShown = 24

// bytesText is a literal of the first bytes, and how many there were.
func bytesText(p []byte, n int) string {
	if len(p) <= bytesShown && n <= len(p) {
		return BytesLiteral(p)
	}
	return BytesLiteral(p[:min(len(p), bytesShown)]) + SymEllipsis + " (" + countBytes(n) + ")"
}

// BytesLiteral writes bytes as Python prints them: b'\x00hi\n'.
func BytesLiteral(p []byte) string {
	quote := byte('\'')
	if strings.IndexByte(string(p), '\'') >= 0 && strings.IndexByte(string(p), '"') < 0 {
		quote = '"'
	}
	b := []byte{'b', quote}
	for _, c := range p {
		switch {
		case c == quote || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < ' ' || c >= 0x7f:
			b = fmt.Appendf(b, `\x%02x`, c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, quote))
}
