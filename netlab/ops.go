package netlab

// Op names a system call by its man page.
type Op uint8

// The calls of the Berkeley interface, and those for children.
const (
	OpNone Op = iota
	OpSocket
	OpBind
	OpListen
	OpAccept
	OpConnect
	OpSend
	OpRecv
	OpSendto
	OpRecvfrom
	OpGetsockname
	OpGetpeername
	OpSetsockopt
	OpGetsockopt
	OpShutdown
	OpClose
	OpFcntl
	OpSpawn // from here on calls for children, see [Child]
	OpWait
	OpKill
	OpRead
	OpWrite
	OpPoll
	OpSocketpair
	OpRefuse // no system call: a server says why it hangs up, see [Socket.Refuse]
	opCount
)

var opNames = [opCount]string{
	OpSocket: "socket", OpBind: "bind", OpListen: "listen", OpAccept: "accept",
	OpConnect: "connect", OpSend: "send", OpRecv: "recv", OpSendto: "sendto",
	OpRecvfrom: "recvfrom", OpGetsockname: "getsockname", OpGetpeername: "getpeername",
	OpSetsockopt: "setsockopt", OpGetsockopt: "getsockopt", OpShutdown: "shutdown",
	OpClose: "close", OpFcntl: "fcntl", OpSpawn: "execve", OpWait: "wait4", OpKill: "kill",
	OpRead: "read", OpWrite: "write", OpPoll: "poll", OpSocketpair: "socketpair",
	OpRefuse: "refuse",
}

func (op Op) String() string {
	if op < opCount {
		return opNames[op]
	}
	return "?"
}

// ParseOp finds the call with the name s.
func ParseOp(s string) (Op, bool) {
	for op, name := range opNames {
		if name != "" && name == s {
			return Op(op), true
		}
	}
	return OpNone, false
}

// OpNames lists the names of all calls, and refuse.
func OpNames() []string { return append([]string(nil), opNames[1:]...) }
