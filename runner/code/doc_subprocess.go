package code

import "github.com/socklab/socklab/runner/words"

// subprocessDocs are the functions of the module subprocess.
var subprocessDocs = map[string]Doc{
	"subprocess.Popen": {
		Args: []DocLine{
			{"args", words.F(`a list of words, ["ls", "-l"]; with shell=True one text that sh reads`)},
			{"stdin", words.F("PIPE: you write; DEVNULL: empty; None: empty here (in Python the program inherits yours); or the stdout of another Popen")},
			{"stdout", words.F("PIPE: you read; None: it appears here; DEVNULL: thrown away")},
			{"stderr", words.F("as stdout; STDOUT: the same pipe as stdout")},
			{"shell", words.F("True: /bin/sh -c runs the text, with its | > * and ; — never with text from the network")},
			{"cwd", words.F("the folder in which it works")},
			{"env", words.F("a dictionary: its environment instead of yours")},
			{"text", words.F("True: text instead of bytes, UTF-8 or encoding=")},
		},
		Result: words.F("the program, which runs beside you: stdin, stdout, stderr, pid, returncode; communicate(), wait(), poll()"),
		Errors: []DocError{
			whyNoProgram, whyNotRun, whyNotAllowed, whyPipes,
			raised("NotImplementedError", words.F("executable=, preexec_fn=, pass_fds=, or a socket as stdin or stdout: not here")),
			raised("TypeError", words.F("args is neither text nor a list of texts")),
			raised("ValueError", words.F("a NUL byte in a word")),
		},
		Notes:   words.F("A pipe holds 65536 bytes: a program that prints more waits until you read. Who waits first (wait) and reads afterwards may wait for ever; communicate does both."),
		Source:  "fork(2), execve(2), pipe(7)",
		Example: `res = subprocess.Popen(["ls", "-l"], stdout=subprocess.PIPE)`,
	},
	"subprocess.run": {
		Args: []DocLine{
			{"args", words.F("as for Popen, and so are its other options")},
			{"input", words.F("what the program reads")},
			{"capture_output", words.F("True: both outputs are read")},
			{"timeout", words.F("seconds, after which the program is killed")},
			{"check", words.F("True: an exit status other than 0 is an error")},
		},
		Result: words.F("args, returncode, stdout and stderr (None if they were not read)"),
		Errors: []DocError{
			whyNoProgram, whyNotRun, whyExpired,
			raised("subprocess.CalledProcessError", words.F("check=True, and the exit status is not 0")),
			raised("ValueError", words.F("input= with stdin=, or capture_output=True with stdout= or stderr=")),
			whyBadText, whyTooMuch, whyNotAllowed,
		},
		Source:  "execve(2), wait(2)",
		Example: `subprocess.run(["ls", "-l"], capture_output=True, text=True).stdout`,
	},
	"subprocess.call": {
		Args: []DocLine{
			{"args", words.F("as for Popen, and so are its other options")},
			{"timeout", words.F("seconds, after which the program is killed")},
		},
		Result: words.F("the exit status: 0 is success; -N: ended by signal N"),
		Errors: []DocError{
			whyNoProgram, whyNotRun, whyExpired, whyNotAllowed,
		},
		Source:  "execve(2), wait(2)",
		Example: `subprocess.call(["true"])`,
	},
	"subprocess.check_call": {
		Args: []DocLine{
			{"args", words.F("as for Popen, and so are its other options")},
			{"timeout", words.F("seconds, after which the program is killed")},
		},
		Result: words.F("0"),
		Errors: []DocError{
			raised("subprocess.CalledProcessError", words.F("the exit status is not 0")),
			whyNoProgram, whyNotRun, whyExpired, whyNotAllowed,
		},
		Source:  "execve(2), wait(2)",
		Example: `subprocess.check_call(["true"])`,
	},
	"subprocess.check_output": {
		Args: []DocLine{
			{"args", words.F("as for Popen, and so are its other options")},
			{"timeout", words.F("seconds, after which the program is killed")},
		},
		Result: words.F("what it printed, as bytes; with text=True as text"),
		Errors: []DocError{
			raised("subprocess.CalledProcessError", words.F("the exit status is not 0")),
			whyNoProgram, whyNotRun, whyExpired,
			raised("ValueError", words.F("stdout= or check= are not for you here")),
			whyBadText, whyTooMuch, whyNotAllowed,
		},
		Source:  "execve(2), wait(2)",
		Example: `subprocess.check_output(["echo", "hi"])`,
	},
	"subprocess.getoutput": {
		Args: []DocLine{
			{"cmd", words.F("one text that sh reads")},
		},
		Result: words.F("what it printed, its errors too, without the last newline"),
		Errors: []DocError{
			whyBadText, whyTooMuch, whyNotAllowed,
		},
		Source:  "sh(1)",
		Example: `subprocess.getoutput("echo hi")`,
	},
	"subprocess.getstatusoutput": {
		Args: []DocLine{
			{"cmd", words.F("one text that sh reads")},
		},
		Result: words.F("(status, output)"),
		Errors: []DocError{
			whyBadText, whyTooMuch, whyNotAllowed,
		},
		Source:  "sh(1), wait(2)",
		Example: `subprocess.getstatusoutput("echo hi")`,
	},
	"subprocess.CompletedProcess": {
		Args: []DocLine{
			{"args", words.F("the command")},
			{"returncode", words.F("the exit status")},
			{"stdout", words.F("what it printed, or None")},
			{"stderr", words.F("its errors, or None")},
		},
		Result: words.F("an object with these four, as run returns it"),
		Errors: []DocError{
			raised("TypeError", words.F("args or returncode was left out")),
		},
		Source:  "wait(2)",
		Example: `subprocess.CompletedProcess(["true"], 0)`,
	},
	"CompletedProcess.check_returncode": {
		Result: words.F("None if the status is 0"),
		Errors: []DocError{
			raised("subprocess.CalledProcessError", words.F("the exit status is not 0")),
		},
		Source:  "wait(2)",
		Example: "done.check_returncode()",
	},
}
