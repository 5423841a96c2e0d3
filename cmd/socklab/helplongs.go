package main

import "github.com/socklab/socklab/runner/words"

// cmdHelps are what help says of the commands, by their names.
var cmdHelps = map[string]cmdHelp{
	"": {
		long: []words.Text{
			words.F("socklab teaches sockets at a prompt: you type a line, a real system call happens, and you see what the kernel answered. The lessons stay on this machine; nothing leaves it unless you type another address yourself."),
			words.F("Without a command it goes on where you stopped. Exit codes: 0 done, 1 failure, 2 the command line was wrong, 3 the input ended with a task not passed."),
		},
		examples: []string{"socklab", "socklab lesson 2 --lang zh", "socklab play"},
	},
	"lesson": {
		long: []words.Text{
			words.F("Opens a lesson by its number or its name; `socklab list` has them. Without one it goes on where you stopped."),
			words.F("Without a terminal it reads the inputs line by line and ends with exit code 3 if a task was not passed."),
		},
		examples: []string{"socklab lesson 2", "socklab lesson time-wait --step 3", "socklab lesson 2 < script"},
	},
	"list": {
		long: []words.Text{
			words.F("Prints number, title, minutes, and how many tasks you have passed. --json prints one object a line."),
		},
		examples: []string{"socklab list --json"},
	},
	"play": {
		long: []words.Text{
			words.F("An empty lab: the prompt, its commands, its language and its servers, without a lesson. `help` at the prompt says what there is."),
			words.F("Without a terminal the inputs are read line by line; exit code 1 if one of them failed."),
		},
		examples: []string{"socklab play"},
	},
	"run": {
		long: []words.Text{
			words.F("Runs a file of the code that the prompt takes, commands too; `help` at the prompt describes it. An error ends it: it is shown with its line, and the exit code is 1. input() reads standard input. exit(N) gives the exit code N."),
		},
		examples: []string{"socklab run client.py", "echo hello | socklab run client.py --timeout 5s"},
	},
	"serve": {
		long: []words.Text{
			words.F(`Runs one of the lab's servers by itself, on 127.0.0.1 unless --addr says otherwise, and prints its calls. The first line is "listening on ADDR", once that is true. Ctrl-C ends it. Exit code 1: the address could not be bound.`),
		},
		examples: []string{"socklab serve tcp-upper --addr :8080", "socklab serve deaf backlog=1"},
	},
	"serve chat": {
		long: []words.Text{
			words.F("A message is one UDP datagram of UTF-8, without any framing, so a program of your own can be the other end. A sender is named by the address that the message comes from; one that is not in the directory is marked unknown. Nothing is secret, nobody is proved, and nothing tells whether a message has arrived."),
			words.F("A line answers who wrote last. `@NAME text` or `NAME: text` writes to somebody else. The first line printed is \"listening on ADDR\". Ctrl-C ends it."),
		},
		examples: []string{"socklab serve chat --name amy"},
	},
	"talk": {
		long: []words.Text{
			words.F("Connects (tcp) or not (udp), then sends each line that you type and prints the answer; `quit` leaves. Exit code 1: nobody listens there, or the connection broke."),
		},
		examples: []string{"socklab talk tcp 127.0.0.1:8080", "socklab talk udp :8081"},
	},
	"talk chat": {
		long: []words.Text{
			words.F("A message is one UDP datagram of UTF-8, without any framing, so a program of your own can be the other end. A sender is named by the address that the message comes from; one that is not in the directory is marked unknown. Nothing is secret, nobody is proved, and nothing tells whether a message has arrived."),
			words.F("A friend is chosen by name; `quit` ends the talk with them, and then the chat."),
		},
		examples: []string{"socklab talk chat --as amy"},
	},
	"verify": {
		long: []words.Text{
			words.F("Runs, for every task in every language on a fresh lab: nothing (must not pass), the solution and every other right answer (must pass), every wrong answer (must fail on the fact it names); then it looks whether anything was left open. Exit code 1: something failed."),
			words.F("Without DIR it proves all lessons there are: those that come with the program and those of --lessons or $SOCKLAB_LESSONS. A line with \"note:\" is no fault: it names what holds before anybody has done anything, which may be meant."),
		},
		examples: []string{"socklab verify", "socklab verify mylessons --only 9", "socklab verify mylessons --trusted"},
	},
	"lint": {
		long: []words.Text{
			words.F("Prints every fault as `file:line: text` on standard output. Exit code 1: there are faults."),
			words.F("Without DIR it looks at all lessons there are: those that come with the program and those of --lessons or $SOCKLAB_LESSONS."),
		},
		examples: []string{"socklab lint mylessons"},
	},
	"new": {
		long: []words.Text{
			words.F("Writes a lesson into a folder of yours, with one block of each kind. Nothing that exists is overwritten."),
			words.F("--from copies a lesson that comes with the program, in all its languages. The copy has an id of its own and stands beside the original; with --id and the id of the original it takes its place."),
		},
		examples: []string{"socklab new mylessons", `socklab new mylessons --id my-echo --title "My echo"`, "socklab new mylessons --from 3", "socklab new mylessons --from time-wait --id time-wait"},
	},
	"present": {
		long: []words.Text{
			words.F("A lesson for a class: every step can be gone to, nothing waits for a task, `demo` types the solution live, `clock` shows the time. The notes appear in a second terminal with --notes."),
		},
		examples: []string{"socklab present 2 --big", "socklab present --notes"},
	},
	"print": {
		long: []words.Text{
			words.F("Prints a whole lesson as Markdown: for paper, a class or a web page. Hints and solutions stand at the end, so that the pages before them can be given away."),
			words.F("What the steps show is run once, on this machine, to tell which predictions come true; --no-solutions runs nothing."),
		},
		examples: []string{"socklab print 3 > lesson.md", "socklab print time-wait --lang zh --no-solutions --no-hints", "socklab print 3 --notes | pandoc -o lesson.pdf"},
	},
	"progress": {
		long: []words.Text{
			words.F("Prints every step that has a task: passed, passed with the solution, skipped or open. --json prints one object a line."),
		},
		examples: []string{"socklab progress", "socklab progress export backup.json"},
	},
	"progress export": {
		long: []words.Text{
			words.F("Writes a file that `socklab progress import` reads, on this machine or another."),
		},
		examples: []string{"socklab progress export backup.json"},
	},
	"progress import": {
		long: []words.Text{
			words.F("Reads FILE, or standard input. A pass is never taken away. Exit code 1: that is no progress file."),
		},
		examples: []string{"socklab progress import backup.json"},
	},
	"progress reset": {
		long: []words.Text{
			words.F("Asks first, unless --yes is given. It cannot be undone. Exit code 1: you said no."),
		},
		examples: []string{"socklab progress reset 2", "socklab progress reset time-wait hang-up-first"},
	},
	"doctor": {
		long: []words.Text{
			words.F("Tries what the lessons need: sockets, the kernel's states, its table, its counters, a terminal, a folder for your progress. Exit code 1: something that is needed is missing."),
		},
		examples: []string{"socklab doctor"},
	},
	"version": {
		long: []words.Text{
			words.F("Prints the version, that of Go, and the system."),
		},
		examples: []string{"socklab version"},
	},
	"completion": {
		long: []words.Text{
			words.F("Prints the script; your shell has to read it, for example from its profile."),
		},
		examples: []string{"source <(socklab completion bash)", "socklab completion fish > ~/.config/fish/completions/socklab.fish"},
	},
	"help": {
		long: []words.Text{
			words.F("The same as --help behind the command."),
		},
		examples: []string{"socklab help serve"},
	},
}
