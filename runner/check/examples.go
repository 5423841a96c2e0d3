package check

// An example is a word of the vocabulary at work.
type example struct {
	fact  string // one that holds
	after string // when this was typed, in a lab with tcp-upper echo on 8080 and udp-upper box on 8081
	trap  string // what authors get wrong
}

// examples has one for each word. A test types them all.
var examples = map[string]example{
	"abstract": {`abstract(by="learner")`, "s = socket.socket(socket.AF_UNIX)\ns.bind(\"\\0lab\")",
		"only a name that begins with NUL is abstract; a path is a file: socketfile"},
	"accounted": {`accounted(port=8081)`, "sendto box hello",
		"the sender must be the lab's: what nc sends is received, but nobody here has sent it"},
	"before": {`before(called("bind", by="learner"), called("listen", by="learner"))`, "bind :8082\nlisten",
		"two facts about a state are ordered by when they were noticed, which may be late; calls have their own time"},
	"buffered": {`buffered(3, by="learner")`, "connect echo\nf = phone.makefile(\"w\")\nf.write(\"one\")",
		"it is about files of makefile; what waits in the kernel is unread"},
	"called": {`called("accept", by="server", port=8080)`, "connect echo",
		"without by= the lab block counts too: called(\"bind\") holds before anybody has typed"},
	"child": {`child("ended", by="learner")`, "popen true\nres.wait()",
		"\"zombie\" is a program that has ended and was not waited for: wait() takes the state away, but what was seen counts on"},
	"delivered": {`delivered(5, by="learner")`, "connect echo\nsend hello",
		"both ends must be the lab's; n counts the bytes of one direction"},
	"drained": {`drained(by="learner")`, "popen echo hi\nres.stdout.read()",
		"a program that passes its pipe on to a child keeps it open: the end comes with the last of them"},
	"dropped": {`dropped(port=8082)`, "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n" +
		"s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)\ns.bind((\"127.0.0.1\", 8082))\n" +
		"for i in range(100):\n    s.sendto(b\"x\" * 500, (\"127.0.0.1\", 8082))",
		"the kernel rounds a small SO_RCVBUF up, so send plenty"},
	"eof": {`eof(by="server", port=8080)`, "connect echo\nclose",
		"an empty datagram is no end of a stream, and does not count"},
	"exited": {`exited(0, by="learner")`, "popen true\nres.wait()",
		"somebody has to wait for the program, by wait, poll or communicate: until then it has told its status to nobody"},
	"failed": {`failed("connect", "ECONNREFUSED", by="learner")`, "connect :8082",
		"connect and connect_ex are one call, and so are send and sendall; EWOULDBLOCK is EAGAIN"},
	"kernel": {`kernel("TIME_WAIT", by="learner", port=8080)`, "connect echo\nclose",
		"in a task it holds if the state was ever seen, in a prediction only if it is so now; by=\"server\" means a server's socket, by=\"learner\" any other"},
	"piped": {`piped(b"hi", by="learner")`, "popen echo hi\nres.stdout.read()",
		"it counts what was read, not what the program printed"},
	"queued": {`queued(1, by="learner")`, "bind :8082\nlisten 5\nconnect :8082",
		"the lab's servers accept at once, so their queue is empty: use a listener of the step, or a deaf server"},
	"ran": {`ran("echo hi", by="learner")`, "popen echo hi",
		"the text is that of the whole command line, with sh -c in front if shell=True"},
	"received": {`received(b"HELLO", by="learner")`, "connect echo\nsend hello\nrecv",
		"the bytes must be read: what waits in the kernel is unread"},
	"segments": {`segments(out=2, into=1, by="learner")`, "connect echo",
		"acknowledgements count, and some come late; state it only of a connection on which nothing was sent"},
	"sent": {`sent(b"hello", by="learner")`, "connect echo\nsend hello",
		"nc's bytes were sent by nobody of the lab: received(b\"hello\", by=\"server\") sees them"},
	"socketfile": {`socketfile(size=0, by="learner")`, "import os\ns = socket.socket(socket.AF_UNIX)\n" +
		"path = \"/tmp/socklab-%d.sock\" % os.getpid()\ns.bind(path)",
		"the file must be there when it is asked for: it outlives the socket, and os.unlink ends it"},
	"truncated": {`truncated(by="learner")`, "sendto box hello\nrecvfrom 2",
		"a stream has no such thing: the rest of the bytes is read the next time"},
	"unread": {`unread(5, by="learner")`, "connect echo\nsend hello",
		"the answer of a server takes a moment, so a program that reads at once leaves nothing to be seen"},
	"waiting": {`waiting("recv", by="server", port=8080)`, "connect echo",
		"a UDP server waits in recvfrom, which counts as recv: without port= this holds from the start"},
}
