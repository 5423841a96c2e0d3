// Package runner walks a learner through a lesson at the prompt.
//
// It provides:
//
//   - [Session], one learner at one console: it reads lines, runs them in the
//     lab of the current step, prints what really happened and checks the task
//     against that;
//   - [Commands], the table of everything that is a command and not code, from
//     which help, completion and the manual are made;
//   - [Verify], which proves that every lesson's answers pass and its mistakes
//     do not;
//   - [RunFile], [Serve] and [Talk], the same machinery without a lesson.
//
// It holds no text of a lesson, makes no system call on a socket and prints
// nothing itself: those are the businesses of lessons, netlab and runner/view.
package runner
