// Package view prints everything that a learner sees.
//
// It provides:
//
//   - [Renderer], which owns the writer, the colours and the width, and prints
//     titles, paragraphs, tasks, errors, questions and hexdumps;
//   - [Renderer.Markdown], which prints the text of a lesson;
//   - [Line], [Span] and [Style], text with its look, and [Renderer.Wrap] to
//     lay it out, for whatever else is to be printed;
//   - [Width], [Cut], [Pad] and [Clean], text measured in terminal cells and
//     made harmless.
//
// Text is complete without colour: words stand beside every colour and every
// symbol, and symbols have twins in ASCII. Under Options.Plain every picture is
// told in sentences, for a screen reader; under Options.Big everything is set
// wide apart, for a projector.
//
// It does not ask the kernel, decide what holds, read input, or know lessons
// and sockets: it is given what to say.
package view
