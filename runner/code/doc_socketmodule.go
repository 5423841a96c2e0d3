package code

import "github.com/socklab/socklab/runner/words"

// socketModuleDocs are the functions of the module socket, and of its files and servers.
var socketModuleDocs = map[string]Doc{
	"socket.socket": {
		Args: []DocLine{
			{"family", words.F("AF_INET: IPv4; AF_INET6: IPv6; AF_UNIX: names in the file system")},
			{"type", words.F("SOCK_STREAM: a connection, bytes in order (TCP); SOCK_DGRAM: datagrams (UDP)")},
			{"proto", words.F("0: the one that fits")},
			{"fileno", words.F("a number that detach gave: the socket is made of it")},
		},
		Result: words.F("a socket without an address, in blocking mode"),
		Errors: []DocError{
			errno("EAFNOSUPPORT", words.F("there is no such family")),
			errno("EINVAL", words.F("there is no such type")),
			errno("ESOCKTNOSUPPORT", words.F("the family has no sockets of this type")),
			errno("EPROTONOSUPPORT", words.F("the protocol does not fit family and type")),
			whyNoFD,
			errno("ENFILE", words.F("the whole machine has no descriptor left")),
			errno("EBADF", words.F("fileno: no number that detach gave away")),
		},
		Source:  "socket(2), ip(7), unix(7)",
		Example: "phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
	},
	"socket.create_connection": {
		Args: []DocLine{
			{"address", words.F("(host, port), or a server of the lab")},
			{"timeout", words.F("seconds, for connect and for all calls after it; None: as long as it takes")},
		},
		Result: words.F("a TCP socket that is connected"),
		Errors: []DocError{
			errno("ECONNREFUSED", words.F("nobody listens there: the answer was a reset (RST)")),
			raised("TimeoutError", words.F("no answer in that time")),
			errno("ETIMEDOUT", words.F("no answer at all; the kernel gives up after about two minutes")),
			whyNoWay, whyNoFD, whyNoName, whyNoPort, whyNoTuple, whyElsewhere,
		},
		Notes:   words.F("socket() and connect(); when connect fails the socket is closed."),
		Source:  "socket(2), connect(2)",
		Example: `phone = socket.create_connection(("127.0.0.1", 8080), timeout=2)`,
	},
	"socket.create_server": {
		Args: []DocLine{
			{"address", words.F("(host, port); port 0 lets the kernel choose")},
			{"backlog", words.F("how many connections may wait for accept")},
			{"reuse_port", words.F("True: with SO_REUSEPORT too")},
		},
		Result: words.F("a TCP socket that listens, with SO_REUSEADDR"),
		Errors: []DocError{
			errno("EADDRINUSE", words.F("somebody listens on the port, or an old connection of it was closed without SO_REUSEADDR")),
			errno("EADDRNOTAVAIL", words.F("the host is no address of this machine")),
			errno("EACCES", words.F("a port below 1024 needs root or CAP_NET_BIND_SERVICE")),
			whyNoFD, whyNoName, whyNoPort, whyNoTuple, whyElsewhere,
		},
		Notes:   words.F("socket(), setsockopt(), bind() and listen()."),
		Source:  "bind(2), listen(2)",
		Example: `phone = socket.create_server(("127.0.0.1", 0))`,
	},
	"socket.socketpair": {
		Args: []DocLine{
			{"family", words.F("AF_UNIX; of those here, the only one for which Linux has it")},
			{"type", words.F("SOCK_STREAM or SOCK_DGRAM")},
			{"proto", words.F("0")},
		},
		Result: words.F("(a, b): two sockets that are connected to each other and have no names"),
		Errors: []DocError{
			errno("EOPNOTSUPP", words.F("a family other than AF_UNIX")),
			errno("EAFNOSUPPORT", words.F("there is no such family")),
			errno("EPROTONOSUPPORT", words.F("the protocol does not fit family and type")),
			whyNoFD,
		},
		Source:  "socketpair(2), unix(7)",
		Example: "a, b = socket.socketpair()",
	},
	"socket.gethostname": {
		Result:  words.F("the name of this machine, as text"),
		Source:  "gethostname(2)",
		Example: "socket.gethostname()",
	},
	"socket.inet_aton": {
		Args: []DocLine{
			{"text", words.F("an IPv4 address with four numbers")},
		},
		Result: words.F("its 4 bytes, in network order"),
		Errors: []DocError{
			raised("OSError", words.F("that is no IPv4 address")),
		},
		Source:  "inet(3)",
		Example: `socket.inet_aton("127.0.0.1")`,
	},
	"socket.inet_ntoa": {
		Args: []DocLine{
			{"bytes", words.F("4 bytes in network order")},
		},
		Result: words.F("the address as text"),
		Errors: []DocError{
			raised("OSError", words.F("these are not 4 bytes")),
		},
		Source:  "inet(3)",
		Example: `socket.inet_ntoa(b"\x7f\x00\x00\x01")`,
	},
	"socket.htons": {
		Args: []DocLine{
			{"n", words.F("a number from 0 to 65535")},
		},
		Result: words.F("the number whose bytes stand the other way round on a little-endian machine"),
		Errors: []DocError{
			raised("OverflowError", words.F("the number does not fit into 16 bits")),
		},
		Source:  "byteorder(3)",
		Example: "socket.htons(8080)",
	},
	"socket.ntohs": {
		Args: []DocLine{
			{"n", words.F("a number from 0 to 65535")},
		},
		Result: words.F("the number whose bytes stand the other way round on a little-endian machine"),
		Errors: []DocError{
			raised("OverflowError", words.F("the number does not fit into 16 bits")),
		},
		Source:  "byteorder(3)",
		Example: "socket.ntohs(36895)",
	},
	"socket.htonl": {
		Args: []DocLine{
			{"n", words.F("a number from 0 to 4294967295")},
		},
		Result: words.F("the number whose bytes stand the other way round on a little-endian machine"),
		Errors: []DocError{
			raised("OverflowError", words.F("the number does not fit into 32 bits")),
		},
		Source:  "byteorder(3)",
		Example: "socket.htonl(1)",
	},
	"socket.ntohl": {
		Args: []DocLine{
			{"n", words.F("a number from 0 to 4294967295")},
		},
		Result: words.F("the number whose bytes stand the other way round on a little-endian machine"),
		Errors: []DocError{
			raised("OverflowError", words.F("the number does not fit into 32 bits")),
		},
		Source:  "byteorder(3)",
		Example: "socket.ntohl(16777216)",
	},
	"file.readline": {
		Result: words.F("one line with its newline; the rest without one at the end of the stream, then '' or b''"),
		Errors: []DocError{
			whyReset,
			errno("EAGAIN", words.F("non-blocking, and the line is not whole")),
			raised("TimeoutError", words.F("the time of settimeout was over; the file cannot be read after that")),
			raised("OSError", words.F("an earlier read of this file was over time")),
			errno("EBADF", words.F("the socket was closed before the file was made")),
			raised("ValueError", words.F("the file is closed")),
			raised("io.UnsupportedOperation", words.F("the file was made for writing")),
		},
		Source:  "recv(2)",
		Example: "line = f.readline()",
	},
	"file.read": {
		Args: []DocLine{
			{"size", words.F("how many bytes, or characters of text; left out or negative: all until the end of the stream")},
		},
		Result: words.F("exactly so many, fewer only at the end of the stream"),
		Errors: []DocError{
			whyReset,
			errno("EAGAIN", words.F("non-blocking, and so much is not here")),
			raised("TimeoutError", words.F("the time of settimeout was over; the file cannot be read after that")),
			raised("OSError", words.F("an earlier read of this file was over time")),
			raised("ValueError", words.F("the file is closed")),
			raised("io.UnsupportedOperation", words.F("the file was made for writing")),
		},
		Notes:   words.F("It calls recv until it has enough: with a size it may wait for ever, without one until the other side closes."),
		Source:  "recv(2)",
		Example: "data = f.read(4)",
	},
	"file.readlines": {
		Result: words.F("a list of all lines, once the other side has closed"),
		Errors: []DocError{
			whyReset,
			raised("TimeoutError", words.F("the time of settimeout was over; the file cannot be read after that")),
			raised("ValueError", words.F("the file is closed")),
			raised("io.UnsupportedOperation", words.F("the file was made for writing")),
		},
		Source:  "recv(2)",
		Example: "lines = f.readlines()",
	},
	"file.write": {
		Args: []DocLine{
			{"data", words.F(`text, or bytes if the mode has a "b"`)},
		},
		Result: words.F("how many characters or bytes were put into the buffer"),
		Errors: []DocError{
			raised("TypeError", words.F(`bytes for a text file, or text for one with "b"`)),
			errno("EPIPE", words.F("the buffer was full and had to go out: nobody takes it any more")),
			raised("ValueError", words.F("the file is closed")),
			raised("io.UnsupportedOperation", words.F("the file was made for reading")),
		},
		Notes:   words.F("Nothing is sent before flush, close, or more than 8192 bytes."),
		Source:  "send(2)",
		Example: `f.write("hi\n")`,
	},
	"file.flush": {
		Result: words.F("None, once the kernel has taken what was written"),
		Errors: []DocError{
			errno("EPIPE", words.F("the other side has closed and its reset has come")),
			whyReset, whyLate,
			raised("ValueError", words.F("the file is closed")),
		},
		Source:  "send(2)",
		Example: "f.flush()",
	},
	"file.close": {
		Result: words.F("None; a second close does nothing"),
		Errors: []DocError{
			errno("EPIPE", words.F("what was written could not go out; the file is closed all the same")),
		},
		Notes:   words.F("If the socket was closed before, its descriptor goes now."),
		Source:  "close(2)",
		Example: "f.close()",
	},
	"server.stop": {
		Result:  words.F("None, once the server and its connections are closed, with a FIN"),
		Notes:   words.F("serve(…) starts another one. A server has addr, host, port, name and kind."),
		Source:  "close(2)",
		Example: "echo.stop()",
	},
	"serve": {
		Args: []DocLine{
			{"kind", words.F("\"tcp-upper\", \"udp-upper\", \"http\", …: `help serve` lists them")},
			{"name", words.F("what the lab calls it; the variable's name if left out")},
			{"host", words.F("the address to bind")},
			{"port", words.F("the port to bind; 0 lets the kernel choose")},
			{"…", words.F("the options of the kind: `help serve tcp-upper`")},
		},
		Result: words.F("the server: connect takes it as an address; addr and port are its own, stop() ends it"),
		Errors: []DocError{
			raised("ValueError", words.F("there is no such kind")),
			raised("TypeError", words.F("an option that the kind does not have, or a value that it does not take")),
			errno("EADDRINUSE", words.F("the port is taken")),
			errno("EADDRNOTAVAIL", words.F("the host is no address of this machine")),
			errno("EACCES", words.F("a port below 1024 needs root or CAP_NET_BIND_SERVICE")),
			raised("PermissionError", words.F("a server that gives what it receives to a shell was not allowed")),
		},
		Notes:   words.F("It runs beside you on the same socket calls as yours; `servers` lists those that run, `trace` their calls."),
		Source:  "socket(2), bind(2), listen(2), accept(2)",
		Example: `echo = serve("tcp-upper", port=8080)`,
	},
}
