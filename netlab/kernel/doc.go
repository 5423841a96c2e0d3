// Package kernel reads what the kernel says of sockets, without changing them.
//
// It provides:
//
//   - [State], one of the states of a TCP connection (RFC 9293 §3.3.2);
//   - [TCPInfo], the state and counters of one socket (tcp(7), TCP_INFO);
//   - [Row], one line of the kernel's table of all TCP sockets, TIME_WAIT too.
//
// These are instruments: their calls are nobody's, so no journal has them.
// Where the kernel has no such view every call returns [ErrUnsupported].
package kernel
