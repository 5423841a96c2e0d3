package runner

import "github.com/socklab/socklab/runner/words"

// lookHelps are what help says of the commands that look.
var lookHelps = map[string]helpText{
	"sockets": {
		args: []helpArg{
			{"NAME", words.F("one socket: its address card, or of a listener its queues")},
			{"--json", words.F("one object a line: fd, name, kind, state, local, remote, unread, …")},
		},
		shows: words.F("descriptor, name, kind, state, both addresses, unread bytes"),
		wrong: []helpTrouble{
			{words.F("the state is missing"), words.F("the system does not tell (`socklab doctor`)")},
		},
		example: "sockets phone",
	},
	"servers": {
		args: []helpArg{
			{"--json", words.F("one object a line: name, kind, addr")},
		},
		shows:   words.F("name, address, kind, and what each of them does"),
		example: "servers",
	},
	"ladder": {
		args: []helpArg{
			{"NAME", words.F("one of the sockets of the connection; the newest if left out")},
			{"--json", words.F("one object a segment or call")},
		},
		shows: words.F("both ends side by side, the calls, the segments between them, the states and the time"),
		wrong: []helpTrouble{
			{words.F("there was no connection yet"), words.F("`connect` makes one")},
		},
		example: "ladder phone",
	},
	"trace": {
		args: []helpArg{
			{"NUMBER", words.F("how many calls; 20 if left out")},
			{"--json", words.F("one object a call")},
		},
		shows: words.F("who called what with which arguments, and the result or the errno"),
		wrong: []helpTrouble{
			{words.F("the first ones are missing"), words.F("the journal keeps the newest; sums are not affected")},
		},
		example: "trace 50",
	},
	"hexdump": {
		args: []helpArg{
			{"EXPRESSION", words.F("bytes or text, such as a name of yours")},
			{"--json", words.F("one object")},
		},
		shows: words.F("sixteen bytes a line: place, hexadecimal, ASCII"),
		wrong: []helpTrouble{
			{words.F("nothing was received yet"), words.F("give an expression: hexdump b'hello'")},
		},
		example: "hexdump b'hello'",
	},
	"processes": {
		args: []helpArg{
			{"--json", words.F("one object a program")},
		},
		shows:   words.F("pid, command, state, the call in which it sleeps, and how full its pipes are"),
		example: "processes",
	},
	"stream": {
		args: []helpArg{
			{"NAME", words.F("one of the sockets of the connection; the newest if left out")},
			{"--json", words.F("one object a direction")},
		},
		shows: words.F("where each send and each recv began and ended"),
		wrong: []helpTrouble{
			{words.F("there was no connection yet"), words.F("`connect` makes one")},
		},
		example: "stream phone",
	},
	"decoders": {
		args: []helpArg{
			{"ENCODING", words.F("utf-8 and gbk are always there; ascii, latin-1, gb18030, utf-16-le, utf-16-be add a row")},
			{"EXPRESSION", words.F("bytes; what was received last if left out")},
			{"--json", words.F("one object an encoding")},
		},
		shows: words.F("each character under its bytes"),
		wrong: []helpTrouble{
			{words.F("nothing was received yet"), words.F("give an expression: decoders b'hello'")},
		},
		example: `decoders latin-1 b'\xe4'`,
	},
	"turns": {
		args: []helpArg{
			{"NUMBER", words.F("how many turns; 10 if left out")},
			{"--json", words.F("one object a turn")},
		},
		shows: words.F("what was ready, and the calls that followed"),
		wrong: []helpTrouble{
			{words.F("there is nothing to show"), words.F("only select.select and poll make turns")},
		},
		example: "turns 5",
	},
	"layout": {
		args: []helpArg{
			{"FORMAT", words.F("without blanks, or in quotes")},
			{"VALUE", words.F("what to pack, or BYTES to read")},
			{"--json", words.F("one object")},
		},
		shows:   words.F("each value with its offset and size, the padding, and the same bytes in the other order"),
		example: "layout ci",
	},
	"states": {
		args: []helpArg{
			{"NAME", words.F("one of your sockets")},
			{"PORT", words.F("whatever has to do with it")},
			{"all", words.F("the whole machine")},
			{"watch", words.F("go on until Ctrl-C")},
			{"--json", words.F("one object a row: state, local, remote, queues, timer, owner")},
		},
		shows: words.F("the rows of the kernel's table, with the time left of TIME_WAIT"),
		wrong: []helpTrouble{
			{words.F("the table is not shown"), words.F("the system does not permit it (`socklab doctor`)")},
		},
		example: "states watch",
	},
	"board": {
		args: []helpArg{
			{"STATE", words.F("how to see this one, with the lines to type")},
			{"--json", words.F("one object a state")},
		},
		shows:   words.F("the eleven states as they follow one another; those you have seen are lit"),
		example: "board SYN_RECV",
	},
	"counters": {
		args: []helpArg{
			{"all", words.F("also those that did not change")},
			{"--json", words.F("one object a counter")},
		},
		shows: words.F("the counters of the kernel that changed since the step began, and what they mean"),
		wrong: []helpTrouble{
			{words.F("they count more than you did"), words.F("the numbers are the machine's")},
		},
		example: "counters",
	},
	"tank": {
		args: []helpArg{
			{"NAME", words.F("one socket; all connected ones if left out")},
			{"--json", words.F("one object a socket")},
		},
		shows:   words.F("bytes in the send queue, in the receive queue, in the buffers of makefile, and taken"),
		example: "tank phone",
	},
	"conversations": {
		args: []helpArg{
			{"--json", words.F("one object a pair")},
		},
		shows:   words.F("who wrote to whom, how often, what last, and what was lost for want of room"),
		example: "conversations",
	},
}
