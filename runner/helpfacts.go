package runner

import "github.com/socklab/socklab/runner/words"

// factHelps are what the facts of a task mean, by what the vocabulary says of
// them in English: words that can be translated.
var factHelps = texts(
	words.F("bind gave an AF_UNIX socket an abstract name, which is no file"),
	words.F("a UDP socket has been emptied, and what was sent to its port was either received or dropped"),
	words.F("the first fact held before the second"),
	words.F("a file of makefile has held so many bytes: read ahead, or written and not flushed"),
	words.F("the call was made and succeeded; result is what it returned, size what it was given"),
	words.F(`a program was "running", was a "zombie", has "ended" and was waited for, or had a "full" pipe`),
	words.F("all that one end of a TCP connection has sent was read at the other, n bytes at least"),
	words.F("so many reads on one pipe of a program gave b'': nobody can write into it any more"),
	words.F("the kernel has thrown away so many datagrams at a UDP socket whose buffer was full"),
	words.F("a recv returned b'': the end of the stream"),
	words.F("wait4 reported that a program has ended, with this status: 0 to 255, or -N for signal N"),
	words.F(`the call was made and refused; errno is a symbol such as "ECONNREFUSED", or "timeout" or "cancelled"`),
	words.F("the kernel has shown a socket of the lab in this state; with times, so many at one moment"),
	words.F("these bytes, and so many at least, were read from one pipe of a program, in one read or more"),
	words.F("a listener had n connections waiting in its accept queue"),
	words.F("a program was started, by execve, whose command line has this text in it"),
	words.F("these bytes came in at one socket, in one call or more"),
	words.F("the kernel counted so many segments (TCP_INFO)"),
	words.F("these bytes went out of one socket, in one call or more"),
	words.F("the path of a bound AF_UNIX socket is a file of the type socket, of this size"),
	words.F("a recvfrom got a part of a datagram only, and the rest is lost"),
	words.F("so many bytes, or more, were waiting in a socket's queue in the kernel"),
	words.F("a call was waiting for an answer"),
)
