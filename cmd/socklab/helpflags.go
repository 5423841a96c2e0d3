package main

import "github.com/socklab/socklab/runner/words"

// cmdTexts are the sentences that cobra keeps, by their English: what each
// command is, and what each flag is for.
var cmdTexts = sentences(
	words.F("learn sockets with real servers at a prompt"),
	words.F("walk through a lesson; without a number, where you stopped"),
	words.F("the lab without a lesson"),
	words.F("the lessons, how long they take, and what you have done of them"),
	words.F("a new lesson to write on: small, complete, and it plays"),
	words.F("a lesson before a class: nothing gated, demo, clock, notes in a second terminal"),
	words.F("a lesson as a handout in Markdown, solutions at the end"),
	words.F("run a file of lab code; an error ends it with its line"),
	words.F("one of the lab's servers on its own, for a second terminal"),
	words.F("a client on its own: each line is sent, each answer printed"),
	words.F("a chat by UDP: shows what comes, and you type the answers"),
	words.F("a chat by UDP with friends from a directory, chosen by name"),
	words.F("what you have done, step by step"),
	words.F("write your progress to a file, or to standard output"),
	words.F("add the progress of a file; the better of both is kept"),
	words.F("forget your progress: all, of a lesson, or of a step"),
	words.F("what this machine permits, and the remedy for what it does not"),
	words.F("prove every task: its answers pass, its mistakes do not, nothing leaks"),
	words.F("look for faults in lesson files, all at once"),
	words.F("the version of socklab"),
	words.F("a script that completes socklab's command line in your shell"),
	words.F("help on a command"),

	words.F("language: en or zh (at first that of $LANG)"),
	words.F("plain lines and sentences instead of pictures, for a screen reader"),
	words.F("no colours (also $NO_COLOR)"),
	words.F("no symbols beyond ASCII"),
	words.F("a folder of your own lessons, beside the others (also $SOCKLAB_LESSONS)"),
	words.F("begin at this step, a number or its name"),
	words.F("how long one input may wait (10s without a terminal)"),
	words.F("how long one input may wait"),
	words.F("read a lesson of your own anew whenever you change its file"),
	words.F("one object a line"),
	words.F("its name: lower-case letters, digits and dashes (my-lesson)"),
	words.F("its title"),
	words.F("begin with a copy of a lesson of the program, named by number, name or title"),
	words.F("how many characters a demo types in a second; 0: all at once"),
	words.F("generous spacing, for a projector"),
	words.F("in a second terminal: the notes of what is presented, its solution, the clock"),
	words.F("leave out the solutions"),
	words.F("leave out the hints"),
	words.F("add the instructor's notes, at the very end"),
	words.F("how long the program may run; 0: as long as it takes"),
	words.F("exec and exec-framed: give what comes to a shell, which then runs as you"),
	words.F("where to listen, HOST:PORT or :PORT (127.0.0.1 and a free port)"),
	words.F("your own name"),
	words.F("where to take messages, HOST:PORT or :PORT (where the directory has you, or a free port)"),
	words.F("a file of lines NAME HOST:PORT (four friends on 127.0.0.1, ports 8081 to 8084)"),
	words.F("how often"),
	words.F("the lessons of DIR are your own: they may start programs and touch files"),
	words.F("one lesson, by number or name"),
	words.F("do not ask"),
)

func sentences(list ...words.Text) map[string]words.Text {
	all := map[string]words.Text{}
	for _, t := range list {
		all[t.Format] = t
	}
	return all
}
