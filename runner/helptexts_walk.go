package runner

import "github.com/socklab/socklab/runner/words"

// walkHelps are what help says of the commands that walk through a lesson, and of the rest.
var walkHelps = map[string]helpText{
	"next": {
		shows: words.F("the next piece of the step; when the task is done, the next step. Enter alone does the same"),
		wrong: []helpTrouble{
			{words.F("the task is not done"), words.F("`skip` goes on without it")},
			wrongNoLesson,
		},
		example: "next",
	},
	"back": {
		shows:   words.F("the step before, on a fresh lab"),
		wrong:   []helpTrouble{wrongNoLesson},
		example: "back",
	},
	"goto": {
		args: []helpArg{
			{"STEP", words.F("its number in this lesson, or its name: Tab lists them")},
		},
		shows: words.F("that step, on a fresh lab"),
		wrong: []helpTrouble{
			{words.F("lesson has no step"), words.F("the error lists them")},
			wrongNoLesson,
		},
		example: "goto 3",
	},
	"task": {
		shows:   words.F("each fact of the task, held or not"),
		wrong:   []helpTrouble{wrongNoLesson},
		example: "task",
	},
	"check": {
		args: []helpArg{
			{"--json", words.F("one object a fact: fact, held, seen, try")},
		},
		shows: words.F("fact by fact what was seen instead, and what to try"),
		wrong: []helpTrouble{
			{words.F("a fact does not come"), words.F("it is about what happened since the step began: `reset` begins anew")},
			wrongNoLesson,
		},
		example: "check",
	},
	"hint": {
		shows:   words.F("the next hint of the task; the last is nearly the answer"),
		wrong:   []helpTrouble{wrongNoLesson},
		example: "hint",
	},
	"solution": {
		shows:   words.F("the answer. Enter then runs it; the task counts as passed with the solution"),
		wrong:   []helpTrouble{wrongNoLesson},
		example: "solution",
	},
	"answer": {
		args: []helpArg{
			{"TEXT", words.F("the letter of a choice, or the answer itself")},
		},
		shows: words.F("whether it is right, and why"),
		wrong: []helpTrouble{
			{words.F("No question is open."), words.F("`next` goes on")},
		},
		note:    words.F("Without `answer` works too, as long as a question is open."),
		example: "answer b",
	},
	"skip": {
		shows:   words.F("the next step; the task stays open, `goto` comes back to it"),
		wrong:   []helpTrouble{wrongNoLesson},
		example: "skip",
	},
	"reset": {
		shows:   words.F("the step from its beginning: every socket is closed, every name forgotten. Without a lesson, an empty lab"),
		example: "reset",
	},
	"lessons": {
		shows:   words.F("number, title, minutes, and how many tasks are passed"),
		example: "lessons",
	},
	"lesson": {
		args: []helpArg{
			{"NUMBER|NAME", words.F("as `lessons` lists them")},
		},
		shows: words.F("its introduction, then its first step"),
		wrong: []helpTrouble{
			{words.F("there is no lesson"), words.F("the error lists them")},
		},
		example: "lesson 3",
	},
	"progress": {
		shows:   words.F("every step with a task: passed, passed with the solution, skipped or open"),
		example: "progress",
	},
	"notes": {
		shows:   words.F("what the author wrote for whoever teaches this step"),
		wrong:   []helpTrouble{wrongNoLesson},
		example: "notes",
	},
	"demo": {
		args: []helpArg{
			{"stop", words.F("leaves the demo; the lines that are left are not typed")},
			{"speed N", words.F("how many characters it types in a second, before a class")},
		},
		shows:   words.F("the solution, typed as if by a person: Enter starts a line, any key finishes it, then it runs"),
		wrong:   []helpTrouble{wrongNoLesson},
		example: "demo",
	},
	"clock": {
		args: []helpArg{
			{"MINUTES", words.F("how much has been used so far, 12 or 12:30")},
		},
		shows: words.F("the time used and left"),
		wrong: []helpTrouble{
			{words.F("the clock belongs to a presentation"), words.F("`socklab present` starts one")},
		},
		example: "clock 12:30",
	},
	"use": {
		args: []helpArg{
			{"NAME", words.F("one of your sockets")},
		},
		shows:   words.F("nothing; `send`, `recv` and the others act on this socket from now on"),
		wrong:   []helpTrouble{wrongNobody},
		example: "use conn",
	},
	"lang": {
		args: []helpArg{
			{"en|zh", words.F("English or Chinese; it is remembered")},
		},
		shows:   words.F("the step again, in that language, on the same lab"),
		example: "lang zh",
	},
	"clear": {
		shows:   words.F("an empty screen; without a terminal nothing happens"),
		example: "clear",
	},
	"help": {
		args: []helpArg{
			{"COMMAND", words.F("usage, arguments, what it shows, what can go wrong; of a call its result and its errors too")},
			{"NAME", words.F("a call (`struct.pack`, `phone.recv`), a module (`socket`), a type (`bytes`), a name of yours")},
			{"GROUP", words.F("calls, looking, walking, other; all: every command")},
			{"ERROR", words.F("ECONNREFUSED, 111, TimeoutError; errno lists all")},
			{"serve KIND", words.F("the options of one kind of server")},
			{"facts", words.F("what a task of a lesson may ask for")},
		},
		shows: words.F("an overview; with a word everything there is to know about it"),
		wrong: []helpTrouble{
			{words.F("there is no help on"), words.F("the nearest name is proposed")},
		},
		example: "help recv",
	},
	"quit": {
		shows:   words.F("nothing: every socket is closed, every program ended"),
		example: "quit",
	},
}
