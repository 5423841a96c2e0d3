// Package check asks whether the facts of a task hold.
//
// It provides:
//
//   - [Compile], which reads a task: one expression a statement, in the closed
//     vocabulary of [Vocabulary];
//   - [Task], to be asked again and again: [Task.Ask], or [Task.Await] until
//     all holds;
//   - [Verdict], for one fact: held or not, what was seen, what to try.
//
// A fact looks at the journal since the step began, at the kernel's counters
// and states, never at what was typed or printed. Facts about a state are
// remembered once they have held, because a state is gone sooner than anybody
// asks. The expressions are Starlark's, so `and`, `or` and `not` work; of its
// built-in names only a few are known, and none that could keep one busy.
package check
