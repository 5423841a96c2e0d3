package code

import "github.com/socklab/socklab/runner/words"

// socketDocs are the calls of a socket that give it an address and a peer, from their man pages.
var socketDocs = map[string]Doc{
	"socket.bind": {
		Args: []DocLine{
			{"address", words.F(`(host, port): an IPv4 address, "localhost", or "" for every address of this machine; port 0 lets the kernel choose. With AF_INET6 an IPv6 address, with AF_UNIX a path`)},
		},
		Result: words.F("None"),
		Errors: []DocError{
			errno("EADDRINUSE", words.F("another socket has the port, or a connection of it is in TIME_WAIT and SO_REUSEADDR is missing; AF_UNIX: the file is there already")),
			errno("EADDRNOTAVAIL", words.F("the host is no address of this machine")),
			errno("EACCES", words.F("a port below 1024 needs root or CAP_NET_BIND_SERVICE; AF_UNIX: the folder is not writable")),
			errno("EINVAL", words.F("the socket has an address already: bind gives one once")),
			errno("ENOENT", words.F("AF_UNIX: the folder is not there")),
			errno("ENOTDIR", words.F("AF_UNIX: a part of the path is no folder")),
			whyClosed, whyNoName, whyNoPort, whyNoTuple,
			raised("OSError", words.F("AF_UNIX: the path has more than 107 bytes; or a lesson from elsewhere, which reaches this machine alone")),
		},
		Notes:   words.F("Without bind the kernel gives an address and a port at connect, listen or sendto. SO_REUSEADDR has to be set before bind. The file of an AF_UNIX socket stays after close: os.unlink removes it."),
		Source:  "bind(2), ip(7), unix(7)",
		Example: `phone.bind(("127.0.0.1", 8080))`,
	},
	"socket.listen": {
		Args: []DocLine{
			{"backlog", words.F("how many connections may wait for accept; Linux admits one more, and net.core.somaxconn is the most; 128 if left out")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			errno("EADDRINUSE", words.F("another socket listens on this address")),
			errno("EINVAL", words.F("the socket is connected already; AF_UNIX: it has no path")),
			errno("EOPNOTSUPP", words.F("a datagram socket has no connections")),
			whyClosed,
		},
		Notes:   words.F("From here on the kernel itself makes the handshakes; accept only takes what is ready. Never bound: 0.0.0.0 and a port of the kernel's choice. While the queue is full the kernel drops what comes: callers get no error, their system asks again. Calling it again changes the backlog."),
		Source:  "listen(2), tcp(7)",
		Example: "phone.listen(5)",
	},
	"socket.accept": {
		Result: words.F("(conn, address): a new socket for this one connection, in blocking mode, and the caller's address. The listening socket goes on listening"),
		Errors: []DocError{
			errno("EINVAL", words.F("the socket does not listen")),
			errno("EOPNOTSUPP", words.F("a datagram socket has no connections")),
			errno("EAGAIN", words.F("non-blocking, and nobody is in the queue")),
			whyLate, whyNoFD, whyClosed,
		},
		Notes:   words.F("The handshake was done before. A caller that has left already is accepted all the same; recv then gives b'' or ECONNRESET. conn has the local port of the listening socket."),
		Source:  "accept(2), tcp(7)",
		Example: "conn, addr = phone.accept()",
	},
	"socket.connect": {
		Args: []DocLine{
			{"address", words.F("(host, port), or a server of the lab; with AF_UNIX a path")},
		},
		Result: words.F("None, once the handshake is done. On a datagram socket nothing is sent: the address becomes the one peer"),
		Errors: []DocError{
			errno("ECONNREFUSED", words.F("nobody listens there: the answer was a reset (RST). AF_UNIX: the file is there, but no socket behind it")),
			errno("ETIMEDOUT", words.F("no answer at all; the kernel gives up after about two minutes")),
			whyLate,
			errno("EINPROGRESS", words.F("non-blocking: the SYN is out, the answer is not here yet")),
			errno("EALREADY", words.F("an earlier connect of this socket has no answer yet")),
			errno("EISCONN", words.F("it is connected already, or listens")),
			errno("EADDRNOTAVAIL", words.F("no local port is free, or from the bound one there is this very connection already")),
			whyNoWay,
			errno("EHOSTUNREACH", words.F("the network says that the host cannot be reached")),
			errno("EACCES", words.F("a datagram socket and a broadcast address, without SO_BROADCAST; AF_UNIX: the file may not be written")),
			errno("ECONNABORTED", words.F("the connect begun before failed, and its error was read already (SO_ERROR): this call only says so")),
			errno("EAGAIN", words.F("AF_UNIX: the queue of the listener is full, and the socket does not wait or has a timeout")),
			errno("ENOENT", words.F("AF_UNIX: there is no such file")),
			errno("EPROTOTYPE", words.F("AF_UNIX: the socket there is of the other type")),
			whyClosed, whyNoName, whyNoPort, whyNoTuple, whyElsewhere,
		},
		Notes:   words.F("After a failure take a new socket: what state the old one is in is not specified."),
		Source:  "connect(2), tcp(7), udp(7), unix(7)",
		Example: `phone.connect(("127.0.0.1", 8080))`,
	},
	"socket.connect_ex": {
		Args: []DocLine{
			{"address", words.F("(host, port), or a server of the lab; with AF_UNIX a path")},
		},
		Result: words.F("0, or the errno as a number: 111 is ECONNREFUSED, 115 EINPROGRESS, 106 EISCONN; 11 (EAGAIN) when the time of settimeout was over"),
		Errors: []DocError{
			whyNoName, whyNoPort, whyNoTuple,
		},
		Notes:   words.F("What connect would raise comes back as a number; `help connect` has the reasons, `help errno` the numbers."),
		Source:  "connect(2)",
		Example: `phone.connect_ex(("127.0.0.1", 8080))`,
	},
	"socket.getsockname": {
		Result: words.F("(host, port) of this end; ('0.0.0.0', 0) while it has no address; AF_UNIX: the path"),
		Errors: []DocError{
			whyClosed,
		},
		Source:  "getsockname(2)",
		Example: "phone.getsockname()",
	},
	"socket.getpeername": {
		Result: words.F("(host, port) of the other end"),
		Errors: []DocError{
			errno("ENOTCONN", words.F("there is no other end: never connected, listening, or the connection is over")),
			whyClosed,
		},
		Source:  "getpeername(2)",
		Example: "phone.getpeername()",
	},
	"socket.shutdown": {
		Args: []DocLine{
			{"how", words.F("SHUT_WR: no more sending, the other side reads b'' after the last byte (FIN); SHUT_RD: no more reading; SHUT_RDWR: both")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			errno("ENOTCONN", words.F("the socket is not connected, or not any more")),
			errno("EINVAL", words.F("how is none of the three")),
			whyClosed,
		},
		Notes:   words.F("It acts on the connection, whoever else has a descriptor of it (dup, a child); close acts on the descriptor. What is in the send buffer still goes out. SHUT_RD puts nothing on the wire, and on Linux bytes that come later can still be read."),
		Source:  "shutdown(2), tcp(7)",
		Example: "phone.shutdown(socket.SHUT_WR)",
	},
	"socket.close": {
		Result:  words.F("None; a second close does nothing"),
		Notes:   words.F("With the last descriptor the connection ends: a FIN after what was sent, or a reset (RST) if received bytes were left unread or SO_LINGER is (1, 0). Whoever closes first keeps TIME_WAIT for 60 s. A file of makefile keeps the descriptor open until it is closed too."),
		Source:  "close(2), tcp(7)",
		Example: "phone.close()",
	},
	"socket.detach": {
		Result:  words.F("the number of the descriptor, which stays open; -1 if the socket was closed"),
		Notes:   words.F("The socket counts as closed; socket.socket(fileno=n) takes the number back."),
		Source:  "socket(2)",
		Example: "phone.detach()",
	},
	"socket.dup": {
		Result: words.F("a second socket with a descriptor of its own, for the same connection"),
		Errors: []DocError{
			whyNoFD, whyClosed,
		},
		Notes:   words.F("The connection ends when both are closed, or at once with shutdown."),
		Source:  "dup(2), fcntl(2)",
		Example: "second = phone.dup()",
	},
	"socket.fileno": {
		Result:  words.F("the number of the descriptor, -1 after close"),
		Notes:   words.F("Numbers come back: after a close the next socket may get the same one."),
		Source:  "socket(2)",
		Example: "phone.fileno()",
	},
}
