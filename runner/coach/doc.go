// Package coach explains the error of a call from the facts of its lab: who
// holds the port, what was missing, what to try.
//
// It provides:
//
//   - [Explain], which turns an error of netlab into an [Advice] of one or two
//     sentences.
//
// It looks at the lab's own sockets and at the kernel's table, and may ask the
// kernel a counter-question (a throw-away bind), but it says nothing that it
// has not seen: of a socket outside the lab it does not know the options.
// Python's name of the exception is not its business.
package coach
