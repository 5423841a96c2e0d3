// Package netlab makes real socket system calls and remembers every one.
//
// It provides:
//
//   - [Lab], the owner of everything a lesson opens: closing it ends all;
//   - [Socket], the Berkeley interface on a real descriptor, in the three modes
//     (blocking, timeout, non-blocking) as Python acts them out;
//   - [Event], what one call did, and [Journal], all of them in order;
//   - [OpError], the error of a call, with the kernel's errno inside.
//
// Every system call on a lab socket passes through one function, [Socket.do],
// so that the journal cannot disagree with what happened. A descriptor is
// always O_NONBLOCK and waits on the runtime's poller; an Event may therefore
// stand for several system calls (EAGAIN first, then the data): Tries tells.
//
// Go's package net is not used: it sets SO_REUSEADDR, chooses the backlog,
// loops in Write and turns the end of a stream into an error, all of which are
// things to be learned here. netlab knows nothing of lessons, of the prompt or
// of colour. Linux is the whole of it; macOS has the calls without the kernel's
// views; Windows has no x/sys/unix and is out of scope (use WSL2).
package netlab
