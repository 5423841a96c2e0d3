package code

import "github.com/socklab/socklab/runner/words"

// selectDocs are the functions of the module select, and the methods of a poll object.
var selectDocs = map[string]Doc{
	"select.select": {
		Args: []DocLine{
			{"rlist", words.F("sockets (or their numbers) that you want to read, listeners too")},
			{"wlist", words.F("sockets that you want to write")},
			{"xlist", words.F("sockets on whose urgent data you wait; mostly []")},
			{"timeout", words.F("seconds; 0: only look; None: as long as it takes")},
		},
		Result: words.F("three lists of those that are ready, all empty when the time was over"),
		Errors: []DocError{
			errno("EBADF", words.F("a number that is no socket of this lab; a socket closed before gives ValueError")),
			raised("ValueError", words.F("a closed socket, a descriptor of 1024 or above (poll has no such limit), or a negative timeout")),
			raised("TypeError", words.F("the lists are no lists, or hold something that is no socket")),
		},
		Notes:   words.F("Ready means that one call would not wait: bytes, the end of the stream, an error, and of a listener a caller. Made of poll(2) here."),
		Source:  "select(2), poll(2)",
		Example: "r, w, x = select.select([phone], [], [], 1.0)",
	},
	"select.poll": {
		Result:  words.F("an object with register, modify, unregister and poll"),
		Source:  "poll(2)",
		Example: "watcher = select.poll()",
	},
	"poll.register": {
		Args: []DocLine{
			{"fd", words.F("a socket, or its number")},
			{"eventmask", words.F("POLLIN to read, POLLOUT to write, POLLPRI urgent, joined with |; all three if left out")},
		},
		Result: words.F("None; a second one sets the mask anew"),
		Errors: []DocError{
			errno("EBADF", words.F("a number that is no socket of this lab")),
			raised("ValueError", words.F("the socket is closed")),
			raised("TypeError", words.F("that is no socket")),
		},
		Source:  "poll(2)",
		Example: "watcher.register(phone, select.POLLIN)",
	},
	"poll.modify": {
		Args: []DocLine{
			{"fd", words.F("a socket that was registered")},
			{"eventmask", words.F("what to wait for from now on")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			errno("ENOENT", words.F("it was not registered")),
			raised("ValueError", words.F("the socket is closed")),
		},
		Source:  "poll(2)",
		Example: "watcher.modify(phone, select.POLLOUT)",
	},
	"poll.unregister": {
		Args: []DocLine{
			{"fd", words.F("a socket that was registered, or its number")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			raised("KeyError", words.F("it was not registered")),
		},
		Notes:   words.F("Do it before close, or poll reports POLLNVAL for it each time."),
		Source:  "poll(2)",
		Example: "watcher.unregister(phone)",
	},
	"poll.poll": {
		Args: []DocLine{
			{"timeout", words.F("milliseconds; None or negative: as long as it takes")},
		},
		Result: words.F("a list of (number, events); empty when the time was over. events may have POLLERR, POLLHUP and POLLNVAL unasked"),
		Errors: []DocError{
			raised("TypeError", words.F("timeout is no number")),
		},
		Source:  "poll(2)",
		Example: "watcher.poll(1000)",
	},
}
