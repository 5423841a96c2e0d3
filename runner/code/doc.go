// Package code is the Python-shaped language of the prompt.
//
// It provides:
//
//   - [Interp], which runs sources one after another over one set of names,
//     with [Config] for all it needs of its surroundings;
//   - [Source], a text to run, and [More], which tells whether a text is complete;
//   - [ByLetters] and [Interp.IsCommand], which tell a command line from code;
//   - [Error], the one shape of everything that goes wrong, with its place;
//   - [Str] and [Bytes], text and bytes as Python has them;
//   - [Module], what an import finds, and [Completion], what Tab offers.
//
// Starlark parses and runs the code. A scan before the parser takes out what
// only Python has, and a pass over the syntax tree puts in what it stands for.
//
// It does not read a terminal, choose colours or know lessons, and it has no
// try, class, with, raise, yield or threads: the message for each says what to
// write instead.
package code
