package check

import (
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// advice is what to try for a call that was not made.
var advice = map[netlab.Op]words.Text{
	netlab.OpSocket:      words.F("make one: phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"),
	netlab.OpBind:        words.F("give it an address: bind, or phone.bind((host, port))"),
	netlab.OpListen:      words.F("let it listen: listen 5, or phone.listen(5)"),
	netlab.OpAccept:      words.F("take the next caller: accept, or conn, addr = phone.accept()"),
	netlab.OpConnect:     words.F("dial: connect HOST:PORT, or phone.connect((host, port))"),
	netlab.OpSend:        words.F("say something: send TEXT, or phone.send(b'...')"),
	netlab.OpRecv:        words.F("listen to the other side: recv, or phone.recv(1024)"),
	netlab.OpSendto:      words.F("send a datagram: sendto HOST:PORT TEXT"),
	netlab.OpRecvfrom:    words.F("take a datagram: recvfrom"),
	netlab.OpGetsockname: words.F("ask for the own address: phone.getsockname()"),
	netlab.OpGetpeername: words.F("ask for the other end's address: phone.getpeername()"),
	netlab.OpSetsockopt:  words.F("set the option: setsockopt reuseaddr 1"),
	netlab.OpGetsockopt:  words.F("read the option: getsockopt reuseaddr"),
	netlab.OpPoll:        words.F("ask who is ready: select.select([phone], [], [], 1)"),
	netlab.OpShutdown:    words.F("close one direction: shutdown, or phone.shutdown(socket.SHUT_WR)"),
	netlab.OpClose:       words.F("hang up: close, or phone.close()"),
}

// anew is what to try when the journal has forgotten.
var anew = words.F("`reset` begins the step anew")

// serverAdvice is what to do so that a server makes the call.
var serverAdvice = map[netlab.Op]words.Text{
	netlab.OpAccept: words.F("call the server: connect NAME, or phone.connect((host, port))"),
	netlab.OpRecv:   words.F("send the server something: send TEXT, or sendto HOST:PORT TEXT"),
	netlab.OpSend:   words.F("ask the server something: send TEXT, then recv"),
	netlab.OpClose:  words.F("end the call: close, or phone.close()"),
}

// optionAdvice is how an option is set or read.
func (f *filter) optionAdvice() words.Text {
	level := "socket.SOL_SOCKET"
	if strings.HasPrefix(f.option, "TCP_") {
		level = "socket.IPPROTO_TCP"
	}
	if f.op == netlab.OpGetsockopt {
		return words.F("read the option: phone.getsockopt(%s, socket.%s)", level, f.option)
	}
	short := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(f.option, "SO_"), "TCP_"))
	return words.F("set the option %s: setsockopt %s VALUE", f.option, short)
}

// advice is what the learner may try so that the fact comes to hold.
func (f *filter) advice() words.Text {
	if f.actor != nil && *f.actor == netlab.Server {
		return serverAdvice[f.op]
	}
	if f.option != "" && (f.op == netlab.OpSetsockopt || f.op == netlab.OpGetsockopt) {
		return f.optionAdvice()
	}
	if f.family == unix.AF_UNIX && (f.op == netlab.OpBind || f.op == netlab.OpConnect) {
		return words.F("with a path: phone.%s(path)", f.op.String())
	}
	return advice[f.op]
}
