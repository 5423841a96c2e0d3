package code

import "github.com/socklab/socklab/runner/words"

// popenDocs are what a program that was started can be asked, and the pipes to it.
var popenDocs = map[string]Doc{
	"Popen.communicate": {
		Args: []DocLine{
			{"input", words.F("what to write to its stdin, if that is a pipe")},
			{"timeout", words.F("seconds; the program is not killed, a second communicate goes on")},
		},
		Result: words.F("(stdout, stderr): all that it printed, None for what is no pipe"),
		Errors: []DocError{
			whyExpired,
			raised("ValueError", words.F("input in a second call, or a pipe that was closed before")),
			raised("TypeError", words.F("text for a pipe of bytes, or bytes with text=True")),
			whyBadText, whyTooMuch,
		},
		Notes:   words.F("It writes and reads all pipes at the same time and then waits: no full pipe can stop it."),
		Source:  "pipe(7), wait(2)",
		Example: "out, err = res.communicate()",
	},
	"Popen.wait": {
		Args: []DocLine{
			{"timeout", words.F("seconds; None: as long as it takes")},
		},
		Result: words.F("the exit status: 0 is success; -N: ended by signal N"),
		Errors: []DocError{
			whyExpired,
		},
		Notes:   words.F("Until then a program that has ended is a zombie. If it prints into a pipe that nobody reads it may never end: communicate reads and waits."),
		Source:  "wait(2)",
		Example: "res.wait()",
	},
	"Popen.poll": {
		Result:  words.F("the exit status, or None while the program runs; it never waits"),
		Source:  "wait(2)",
		Example: "res.poll()",
	},
	"Popen.kill": {
		Result:  words.F("None; nothing happens if the program has ended"),
		Notes:   words.F("SIGKILL cannot be caught. With shell=True it reaches the shell, not what the shell has started."),
		Source:  "kill(2), signal(7)",
		Example: "res.kill()",
	},
	"Popen.terminate": {
		Result:  words.F("None; nothing happens if the program has ended"),
		Notes:   words.F("SIGTERM can be caught: the program may tidy up first, or not end at all."),
		Source:  "kill(2), signal(7)",
		Example: "res.terminate()",
	},
	"Popen.send_signal": {
		Args: []DocLine{
			{"number", words.F("2 SIGINT, 15 SIGTERM, 9 SIGKILL, 19 SIGSTOP, 18 SIGCONT")},
		},
		Result: words.F("None; nothing happens if the program has ended"),
		Errors: []DocError{
			errno("EINVAL", words.F("there is no such signal")),
		},
		Source:  "kill(2), signal(7)",
		Example: "res.send_signal(2)",
	},
	"pipe.read": {
		Args: []DocLine{
			{"size", words.F("how many bytes, or characters of text; left out or negative: all, until every writer has closed the pipe")},
		},
		Result: words.F("the bytes or the text; fewer than size only at the end"),
		Errors: []DocError{
			whyNotReader, whyPipeClosed, whyBadText, whyTooMuch,
		},
		Notes:   words.F("It waits for the writers, and so for every process that still has the pipe open, a grandchild too."),
		Source:  "read(2), pipe(7)",
		Example: "res.stdout.read()",
	},
	"pipe.read1": {
		Args: []DocLine{
			{"size", words.F("the most bytes to take")},
		},
		Result: words.F("what one read(2) gives: a byte at least, b'' at the end"),
		Errors: []DocError{
			whyNotReader, whyPipeClosed,
		},
		Source:  "read(2), pipe(7)",
		Example: "res.stdout.read1()",
	},
	"pipe.readline": {
		Result: words.F("one line with its newline; '' or b'' at the end"),
		Errors: []DocError{
			whyNotReader, whyPipeClosed, whyBadText,
		},
		Source:  "read(2), pipe(7)",
		Example: "res.stdout.readline()",
	},
	"pipe.readlines": {
		Result: words.F("a list of all lines, once every writer has closed the pipe"),
		Errors: []DocError{
			whyNotReader, whyPipeClosed, whyBadText,
		},
		Source:  "read(2), pipe(7)",
		Example: "res.stdout.readlines()",
	},
	"pipe.write": {
		Args: []DocLine{
			{"data", words.F("bytes; with text=True text")},
		},
		Result: words.F("how many bytes or characters were put into the buffer"),
		Errors: []DocError{
			errno("EPIPE", words.F("nobody reads the pipe any more: the program has ended, or closed its stdin")),
			raised("TypeError", words.F("text for a pipe of bytes, or bytes with text=True")),
			whyNotWriter, whyPipeClosed,
		},
		Notes:   words.F("flush or close writes it out; a full pipe (65536 bytes) waits until the program reads."),
		Source:  "write(2), pipe(7)",
		Example: `res.stdin.write(b"hi\n")`,
	},
	"pipe.flush": {
		Result: words.F("None, once the pipe has taken what was written"),
		Errors: []DocError{
			errno("EPIPE", words.F("nobody reads the pipe any more: the program has ended, or closed its stdin")),
			whyPipeClosed,
		},
		Source:  "write(2), pipe(7)",
		Example: "res.stdin.flush()",
	},
	"pipe.close": {
		Result: words.F("None; a second close does nothing"),
		Errors: []DocError{
			errno("EPIPE", words.F("what was written could not go out; the pipe is closed all the same")),
		},
		Notes:   words.F("Of stdin it is the program's end of input. Of stdout: a program that writes on gets SIGPIPE."),
		Source:  "close(2), pipe(7)",
		Example: "res.stdin.close()",
	},
	"pipe.fileno": {
		Result: words.F("the number of the descriptor"),
		Errors: []DocError{
			whyPipeClosed,
		},
		Source:  "pipe(2)",
		Example: "res.stdout.fileno()",
	},
	"pipe.readable": {
		Result:  words.F("True for stdout and stderr"),
		Source:  "pipe(7)",
		Example: "res.stdout.readable()",
	},
	"pipe.writable": {
		Result:  words.F("True for stdin"),
		Source:  "pipe(7)",
		Example: "res.stdin.writable()",
	},
}
