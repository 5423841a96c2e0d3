// Package notes carries where a presentation stands to a second terminal, over
// a Unix socket in the user's runtime folder.
//
// It provides:
//
//   - [Status], everything that the second terminal shows;
//   - [Dir], the folder where both meet, which nobody else may enter;
//   - [Speak] and [Speaker], the side of the presentation;
//   - [Follow], the side of the second terminal.
//
// Either side may be started first and may end at any time, kill -9 included.
// Whoever holds a lock on present.lock is the presentation; the kernel gives the
// lock back however its process ends (flock(2)). What was told last stays in
// present.json until the presentation says goodbye, so that one which broke off
// can go on. On present.sock goes one JSON object a line.
//
// It prints nothing, knows neither lessons nor sessions, and passes text on as
// it is: whoever shows it makes it harmless.
package notes
