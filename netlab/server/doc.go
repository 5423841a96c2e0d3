// Package server runs the lab's servers: goroutines that make the same socket
// calls as a learner, on lab sockets, in the same journal.
//
// It provides:
//
//   - [Kinds], the closed registry of what there is, one file each;
//   - [Start], which binds, listens and runs one of them in a lab;
//   - [Server], a running one: its address, and how to stop it.
//
// A server listens on 127.0.0.1 unless told otherwise. It ends with its lab
// (at once, with resets) or by Stop (politely, with FINs, because its closing is
// what a learner studies). The package knows nothing of lessons or the prompt.
package server
