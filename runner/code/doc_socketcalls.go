package code

import "github.com/socklab/socklab/runner/words"

// socketByteDocs are the calls of a socket that move bytes, from their man pages.
var socketByteDocs = map[string]Doc{
	"socket.send": {
		Args: []DocLine{
			{"bytes", words.F("what to send")},
			{"flags", words.F("MSG_DONTWAIT: this call does not wait; MSG_OOB: urgent")},
		},
		Result: words.F("how many bytes the kernel has taken: in blocking mode nearly always all of them (a signal may cut it short; sendall goes on), perhaps fewer with a timeout or non-blocking. It does not mean that the other side has them"),
		Errors: []DocError{
			errno("EPIPE", words.F("the other side has closed and its reset has come; or this side has shut down sending; or the socket was never connected")),
			whyReset, whyFull, whyLate, whyGaveUp,
			errno("EDESTADDRREQ", words.F("a UDP socket without a peer: connect, or sendto")),
			errno("ENOTCONN", words.F("an AF_UNIX socket without a peer")),
			whyTooLong, whyPortClosed, whyClosed, whyNoBytes,
		},
		Notes:   words.F("A stream has no messages: what two sends gave may come in one recv, and one send in two. 0 bytes on a stream send nothing; on a datagram socket they are an empty datagram. Python raises BrokenPipeError instead of the signal SIGPIPE."),
		Source:  "send(2), tcp(7), udp(7)",
		Example: `phone.send(b"hi")`,
	},
	"socket.sendall": {
		Args: []DocLine{
			{"bytes", words.F("what to send")},
			{"flags", words.F("MSG_DONTWAIT: this call does not wait; MSG_OOB: urgent")},
		},
		Result: words.F("None, once the kernel has taken all bytes"),
		Errors: []DocError{
			errno("EPIPE", words.F("the other side has closed and its reset has come; or this side has shut down sending; or the socket was never connected")),
			whyReset,
			errno("EAGAIN", words.F("non-blocking, and the send buffer filled up: some of the bytes may have gone")),
			raised("TimeoutError", words.F("the time of settimeout was over; it counts for all of the bytes together")),
			whyGaveUp,
			errno("ENOTCONN", words.F("an AF_UNIX socket without a peer")),
			errno("EDESTADDRREQ", words.F("a UDP socket without a peer: connect, or sendto")),
			whyTooLong, whyClosed, whyNoBytes,
		},
		Notes:   words.F("It loops over send. After an error a program cannot know how much went out."),
		Source:  "send(2)",
		Example: `phone.sendall(b"hi\n")`,
	},
	"socket.recv": {
		Args: []DocLine{
			{"bufsize", words.F("the most bytes to take, up to 64 MiB here")},
			{"flags", words.F("MSG_PEEK: look without taking; MSG_WAITALL: wait for all bufsize bytes; MSG_DONTWAIT: this call does not wait")},
		},
		Result: words.F("bytes: what is there, from 1 to bufsize. b'' is the end of the stream: the other side has closed, or shut down sending. Of a datagram: as much as bufsize holds, the rest is lost"),
		Errors: []DocError{
			errno("ENOTCONN", words.F("a stream socket without a connection, or one that listens")),
			whyReset, whyPortClosed,
			errno("EAGAIN", words.F("non-blocking, and nothing is here: this is not the end of the stream")),
			whyLate,
			errno("ETIMEDOUT", words.F("the kernel gave the connection up: no acknowledgement, or no answer to keepalive")),
			whyClosed, whyNegative, whyTooLarge,
		},
		Notes:   words.F("It does not wait for more once there is something, so a message may come in pieces: call it again until the message is whole."),
		Source:  "recv(2), tcp(7)",
		Example: "data = phone.recv(1024)",
	},
	"socket.recv_into": {
		Args: []DocLine{
			{"buffer", words.F("a bytearray to write into, from its beginning")},
			{"nbytes", words.F("the most bytes to take; 0: as many as the buffer has")},
			{"flags", words.F("MSG_PEEK: look without taking; MSG_WAITALL: wait for all bufsize bytes; MSG_DONTWAIT: this call does not wait")},
		},
		Result: words.F("how many bytes came; 0 is the end of the stream"),
		Errors: []DocError{
			errno("ENOTCONN", words.F("a stream socket without a connection, or one that listens")),
			whyReset, whyPortClosed,
			errno("EAGAIN", words.F("non-blocking, and nothing is here: this is not the end of the stream")),
			whyLate, whyClosed,
			raised("TypeError", words.F("the buffer is no bytearray")),
			raised("ValueError", words.F("nbytes is negative, or the buffer is smaller")),
		},
		Source:  "recv(2)",
		Example: "n = phone.recv_into(buffer)",
	},
	"socket.recvfrom": {
		Args: []DocLine{
			{"bufsize", words.F("the most bytes to take; a longer datagram is cut, its rest is lost")},
			{"flags", words.F("MSG_PEEK: look without taking; MSG_DONTWAIT: this call does not wait")},
		},
		Result: words.F("(data, address): one datagram and who sent it. b'' is an empty datagram, not an end. On a TCP socket the address is None"),
		Errors: []DocError{
			errno("ENOTCONN", words.F("a stream socket without a connection, or one that listens")),
			whyPortClosed,
			errno("EAGAIN", words.F("non-blocking, and no datagram is here")),
			whyLate, whyClosed, whyNegative, whyTooLarge,
		},
		Notes:   words.F("Anybody may send to the port, and the address can be forged: it proves nothing."),
		Source:  "recvfrom(2), udp(7)",
		Example: "data, addr = phone.recvfrom(1024)",
	},
	"socket.sendto": {
		Args: []DocLine{
			{"bytes", words.F("one datagram")},
			{"flags", words.F("may be left out; MSG_DONTWAIT: this call does not wait")},
			{"address", words.F("(host, port) of the receiver; with AF_UNIX a path")},
		},
		Result: words.F("how many bytes went out: all of the datagram. Nobody tells whether it arrives"),
		Errors: []DocError{
			whyTooLong,
			errno("EINVAL", words.F("port 0 is no destination")),
			whyBroadcast, whyNoWay,
			errno("EPIPE", words.F("a TCP socket that is not connected")),
			errno("EAGAIN", words.F("non-blocking, and the send buffer (AF_UNIX: the other's queue) is full")),
			whyLate,
			errno("ECONNREFUSED", words.F("AF_UNIX: the file is there, but no socket behind it; a connected UDP socket: an earlier datagram met a closed port")),
			errno("ENOENT", words.F("AF_UNIX: there is no such file")),
			whyClosed, whyNoBytes, whyNoName, whyNoPort, whyElsewhere,
		},
		Notes:   words.F("The first one binds the socket to a port of the kernel's choice. A connected TCP socket ignores the address."),
		Source:  "sendto(2), udp(7), ip(7)",
		Example: `phone.sendto(b"hi", ("127.0.0.1", 8081))`,
	},
	"socket.setsockopt": {
		Args: []DocLine{
			{"level", words.F("SOL_SOCKET for SO_… options, IPPROTO_TCP for TCP_… options")},
			{"option", words.F("SO_REUSEADDR, SO_RCVBUF, TCP_NODELAY, …")},
			{"value", words.F(`a number, or bytes for an option that is a structure: SO_LINGER takes struct.pack("ii", 1, 0)`)},
		},
		Result: words.F("None"),
		Errors: []DocError{
			errno("ENOPROTOOPT", words.F("there is no such option at this level")),
			errno("EINVAL", words.F("the option does not take this value, or it has another size")),
			whyClosed,
		},
		Notes:   words.F("The kernel doubles SO_RCVBUF and SO_SNDBUF, for its own bookkeeping. SO_REUSEADDR counts at bind: set it before. `setsockopt linger 1 0` packs the structure for you."),
		Source:  "setsockopt(2), socket(7), tcp(7)",
		Example: "phone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)",
	},
	"socket.getsockopt": {
		Args: []DocLine{
			{"level", words.F("SOL_SOCKET for SO_… options, IPPROTO_TCP for TCP_… options")},
			{"option", words.F("SO_REUSEADDR, SO_RCVBUF, SO_ERROR, …")},
			{"buflen", words.F("for a structure: how many bytes to read, up to 1024")},
		},
		Result: words.F("the number; with buflen the bytes"),
		Errors: []DocError{
			errno("ENOPROTOOPT", words.F("there is no such option at this level")),
			raised("OSError", words.F("buflen is above 1024")),
			whyClosed,
		},
		Notes:   words.F("SO_ERROR is the pending error of a non-blocking connect, 0 for none; reading it clears it."),
		Source:  "getsockopt(2), socket(7), tcp(7)",
		Example: "phone.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)",
	},
	"socket.setblocking": {
		Args: []DocLine{
			{"flag", words.F("True: calls wait as long as it takes; False: a call that would wait fails at once")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("TypeError", words.F("flag was left out")),
		},
		Notes:   words.F("The same as settimeout(None) and settimeout(0). Non-blocking calls give BlockingIOError: EAGAIN, for connect EINPROGRESS."),
		Source:  "fcntl(2)",
		Example: "phone.setblocking(False)",
	},
	"socket.getblocking": {
		Result:  words.F("False if the socket is non-blocking, else True, with a timeout too"),
		Source:  "fcntl(2)",
		Example: "phone.getblocking()",
	},
	"socket.settimeout": {
		Args: []DocLine{
			{"seconds", words.F("how long each call may take, 0.5 for half a second; None: for ever; 0: not at all (non-blocking)")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("ValueError", words.F("the time is negative")),
			raised("OverflowError", words.F("it is above 1000000000 seconds")),
			raised("TypeError", words.F("it is neither a number nor None")),
		},
		Notes:   words.F("A call that takes longer ends with `TimeoutError: timed out`; the connection stays as it was. The shortest time is a millisecond."),
		Source:  "poll(2)",
		Example: "phone.settimeout(2.0)",
	},
	"socket.gettimeout": {
		Result:  words.F("the seconds, 0.0 if non-blocking, None if calls wait for ever"),
		Source:  "poll(2)",
		Example: "phone.gettimeout()",
	},
	"socket.makefile": {
		Args: []DocLine{
			{"mode", words.F(`"r" to read, "w" to write, "rw" both; with "b" bytes instead of text`)},
		},
		Result: words.F("a file with buffers of 8192 bytes of its own; its text is UTF-8"),
		Errors: []DocError{
			raised("ValueError", words.F("a mode with other letters than r, w and b")),
			raised("LookupError", words.F(`an encoding other than utf-8: take mode "rb" and decode yourself`)),
		},
		Notes:   words.F("It reads ahead: what stands in its buffer recv does not see any more (`tank` shows it). What was written goes out with flush or close. The descriptor stays open until the file is closed too."),
		Source:  "recv(2), send(2)",
		Example: `f = phone.makefile("r")`,
	},
}
