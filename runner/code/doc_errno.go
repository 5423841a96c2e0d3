package code

import "github.com/socklab/socklab/runner/words"

// errnoMeanings say what the errors of the kernel mean, errno(3), as far as a
// call of this language can give them.
var errnoMeanings = map[string]words.Text{
	"EACCES":          words.F("permission denied: a port below 1024, a file or a folder that does not let you in, a broadcast address"),
	"EADDRINUSE":      words.F("the address is taken: by a listener, a bound socket, a connection in TIME_WAIT, or a file"),
	"EADDRNOTAVAIL":   words.F("no such address on this machine, or no local port left"),
	"EAFNOSUPPORT":    words.F("the system does not know this family of addresses"),
	"EAGAIN":          words.F("not now: the call would have to wait, and it may not. The same as EWOULDBLOCK"),
	"EALREADY":        words.F("an earlier connect is still under way"),
	"EBADF":           words.F("no such descriptor: closed already, or never opened"),
	"ECONNABORTED":    words.F("a connection that was given up"),
	"ECONNREFUSED":    words.F("nobody listens there"),
	"ECONNRESET":      words.F("the other side ended the connection with a reset (RST), no orderly end"),
	"EDESTADDRREQ":    words.F("a datagram without an address to go to"),
	"EHOSTUNREACH":    words.F("no way to that host"),
	"EINPROGRESS":     words.F("a connect that goes on without you: the socket does not wait"),
	"EINVAL":          words.F("the call does not fit: a wrong number, or the socket is in the wrong state"),
	"EISCONN":         words.F("the socket is connected already"),
	"EISDIR":          words.F("a folder, where a file was wanted"),
	"EMFILE":          words.F("this program has no descriptor left"),
	"EMSGSIZE":        words.F("the datagram is too long"),
	"ENETUNREACH":     words.F("no way to that network"),
	"ENFILE":          words.F("the whole machine has no descriptor left"),
	"ENOENT":          words.F("no such file, folder or program"),
	"ENOPROTOOPT":     words.F("no such option at this level"),
	"ENOTCONN":        words.F("the socket has no other end"),
	"ENOTDIR":         words.F("a part of the path is no folder"),
	"EOPNOTSUPP":      words.F("this kind of socket does not know that call"),
	"EPERM":           words.F("not permitted: it takes more than rights on the file"),
	"EPIPE":           words.F("nobody takes these bytes any more"),
	"EPROTONOSUPPORT": words.F("the protocol does not fit"),
	"EPROTOTYPE":      words.F("the socket there is of another type"),
	"ESOCKTNOSUPPORT": words.F("no sockets of this type here"),
	"ETIMEDOUT":       words.F("the kernel got no answer and gave up. The time of settimeout is another matter: `TimeoutError: timed out`, without an errno"),
}
