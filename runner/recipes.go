package runner

import (
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// A recipe is how to bring a socket into a state, with lines that do it on an
// empty lab.
type recipe struct {
	how, lasts words.Text
	lines      []string
}

func (r recipe) view(s kernel.State) view.Recipe {
	return view.Recipe{State: s.String(), How: r.how, Lasts: r.lasts, Lines: r.lines}
}

// recipeOrder is the order in which the states are proposed: the easy ones first.
var recipeOrder = []kernel.State{
	kernel.Close, kernel.Listen, kernel.Established, kernel.CloseWait, kernel.FinWait2, kernel.TimeWait,
	kernel.SynSent, kernel.SynRecv, kernel.FinWait1, kernel.LastAck, kernel.Closing,
}

// The lines that several recipes begin with. Small buffers are full soon.
const (
	listening = `ln = socket.socket(); ln.bind(("127.0.0.1", 0)); ln.listen(5)`
	calling   = "c = socket.socket(); c.connect(ln.getsockname()); s, addr = ln.accept()"

	smallBuffers  = "SO = socket.SOL_SOCKET; SND = socket.SO_SNDBUF; RCV = socket.SO_RCVBUF"
	newListener   = "ln = socket.socket(); ln.setsockopt(SO, SND, 4096); ln.setsockopt(SO, RCV, 4096)"
	listenerWaits = `ln.bind(("127.0.0.1", 0)); ln.listen(5)`
	newCaller     = "c = socket.socket(); c.setsockopt(SO, SND, 4096); c.setsockopt(SO, RCV, 4096)"
	callerCalls   = "c.connect(ln.getsockname()); s, addr = ln.accept()"

	// They send until nothing goes any more: the time runs out, and what was
	// sent stays on the way.
	fillFromC = `c.settimeout(0.5); c.sendall(b"x" * 1000000)`
	fillFromS = `s.settimeout(0.5); s.sendall(b"x" * 1000000)`
)

// recipes are how each state is reached on loopback, without rights.
var recipes = map[kernel.State]recipe{
	kernel.Close: {
		how:   words.F("Make a socket and do nothing with it: there is no connection."),
		lasts: words.F("It stays until listen or connect. The kernel's table does not have the socket yet; TCP_INFO of its descriptor says CLOSE."),
		lines: []string{"c = socket.socket()"},
	},
	kernel.Listen: {
		how:   words.F("Bind a socket and listen: it waits for callers."),
		lasts: words.F("It stays until the socket is closed."),
		lines: []string{listening},
	},
	kernel.Established: {
		how:   words.F("Connect to a listener: both ends are ESTABLISHED, even before accept."),
		lasts: words.F("It stays until one end closes."),
		lines: []string{listening, calling},
	},
	kernel.CloseWait: {
		how:   words.F("Let the other end close first and do not close yours: your end waits for you."),
		lasts: words.F("It stays until the program closes: a program with many CLOSE_WAIT has forgotten to."),
		lines: []string{listening, calling, "c.shutdown(socket.SHUT_WR)"},
	},
	kernel.FinWait2: {
		how:   words.F("Close your direction first while the other end keeps its own open: your FIN is acknowledged, its FIN has not come."),
		lasts: words.F("After shutdown it stays until the other end closes; after close the kernel forgets it in tcp_fin_timeout (60 s). Before it comes FIN_WAIT1, for up to 40 ms."),
		lines: []string{listening, calling, "c.shutdown(socket.SHUT_WR)"},
	},
	kernel.TimeWait: {
		how:   words.F("Close first, then let the other end close: who closed first has to wait a minute."),
		lasts: words.F("It stays for 60 s, which no setting shortens. No process has it: TCP_INFO cannot show it, the table does."),
		lines: []string{listening, calling, "c.close(); s.close()"},
	},
	kernel.SynSent: {
		how:   words.F("Fill the accept queue of `listen(0)` with one caller and let a second one call: its SYN gets no answer."),
		lasts: words.F("It stays for about two minutes, while the SYN is sent again, at first every second and then more rarely; after an accept it goes on at the next SYN."),
		lines: []string{
			`ln = socket.socket(); ln.bind(("127.0.0.1", 0)); ln.listen(0)`,
			"first = socket.socket(); first.connect(ln.getsockname())",
			"second = socket.socket(); second.setblocking(False)",
			"second.connect_ex(ln.getsockname())",
		},
	},
	kernel.SynRecv: {
		how:   words.F("Let a listener with TCP_DEFER_ACCEPT be called and send nothing: for the caller the connection stands, for the listener it is half-open until the first byte."),
		lasts: words.F("It stays for as long as the option says, about 15 s for 10; a byte of the caller ends it at once."),
		lines: []string{
			"ln = socket.socket(); ln.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 10)",
			listenerWaits,
			"c = socket.socket(); c.connect(ln.getsockname())",
		},
	},
	kernel.FinWait1: {
		how:   words.F("Send until the buffers are full, which the TimeoutError tells, then close your direction: the FIN stands behind bytes that the other end does not read."),
		lasts: words.F("It stays until the other end reads. Without full buffers it is over within 40 ms."),
		lines: []string{smallBuffers, newListener, listenerWaits, newCaller, callerCalls, fillFromC, "c.shutdown(socket.SHUT_WR)"},
	},
	kernel.LastAck: {
		how:   words.F("Be the second to close, with full buffers, which the TimeoutError tells: your FIN stands behind bytes that the other end does not read, so no acknowledgement can come."),
		lasts: words.F("It stays until the other end reads. Without full buffers it is over at once."),
		lines: []string{
			smallBuffers, newListener, listenerWaits, newCaller, callerCalls, fillFromS,
			"c.shutdown(socket.SHUT_WR); s.recv(1); s.shutdown(socket.SHUT_WR)",
		},
	},
	kernel.Closing: {
		how:   words.F("Let both ends close with full buffers, which the TimeoutErrors tell, then read at one end: its FIN is not acknowledged, the other's has come."),
		lasts: words.F("It stays until the other end reads as well."),
		lines: []string{
			smallBuffers, newListener, listenerWaits, newCaller, callerCalls, fillFromC, fillFromS,
			"c.shutdown(socket.SHUT_WR); s.shutdown(socket.SHUT_WR)", "while c.recv(65536): pass",
		},
	},
}
