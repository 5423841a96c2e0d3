// Package process starts programs and leaves nothing of them behind.
//
// It provides:
//
//   - [Start], which starts a program as a [Spec] says, as a [Process];
//   - [Process], which is waited for, signalled, looked at and at last ended
//     with everything that it has started itself;
//   - [Pipe], one end of a pipe to a process, whose calls can be cancelled;
//   - [Limits], what a program may use that somebody else has asked for.
//
// A process is a session of its own (setsid(2)): it has its own process group
// and no controlling terminal, and it inherits no descriptor but 0, 1 and 2.
// Nobody waits for it but its owner; until then it stays a zombie. On Linux
// this program becomes the subreaper of what it starts (prctl(2)), so that
// orphans come back and can be ended too. Whoever else in this program makes
// a child with a session of its own must expect it to be taken for an orphan.
//
// It knows no Lab, records nothing, and is no sandbox: limits keep a program
// from using up the machine, not from reading what its user may read.
package process
