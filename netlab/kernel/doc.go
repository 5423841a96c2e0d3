// Package kernel reads what the kernel says of sockets, without changing them.
//
// It provides:
//
//   - [State], one of the states of a TCP connection (RFC 9293 §3.3.2), and
//     [StateSet];
//   - [TCPInfo], the state and counters of one socket (tcp(7), TCP_INFO);
//   - [Table], the kernel's table of sockets, asked by port ([Table.Rows]) or
//     for one connection ([Table.Lookup]); a [Row] is one socket in it, also
//     one that no process has any more, such as a TIME_WAIT;
//   - [Owner], the process that has a socket, as far as one may know it;
//   - [ReadCounters] and [ReadLimits], what the machine counts and how it is set.
//
// The table is read by sock_diag(7), where a filter works in the kernel, and
// else from /proc/net. No rights are needed. These are instruments: their calls
// are nobody's, so no journal has them. Where the kernel has no such view
// every call returns [ErrUnsupported].
package kernel
