package runner

import "github.com/socklab/socklab/runner/words"

// What goes wrong with several commands, and what to do.
var (
	wrongNoSocket = helpTrouble{words.F("there is no socket yet"), words.F("none of yours fits the call: `socket` makes one, `connect` makes one and dials")}
	wrongNoLesson = helpTrouble{words.F("no lesson is open"), words.F("it needs a lesson: `lesson 1` opens the first")}
	wrongNoChild  = helpTrouble{words.F("no program was started yet"), words.F("`popen COMMAND` starts one")}
	wrongNobody   = helpTrouble{words.F("NAME is no socket here"), words.F("`sockets` lists those there are")}
)

// callHelps are what help says of the commands that stand for code.
var callHelps = map[string]helpText{
	"socket": {
		call: "socket.socket",
		code: "phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
		args: []helpArg{
			{"tcp|udp|unix", words.F("the kind; tcp if left out")},
			{"NAME", words.F("the variable; phone, phone2, … if left out")},
		},
		example: "socket udp chat",
	},
	"bind": {
		call: "socket.bind",
		code: `phone.bind(("127.0.0.1", 8080))`,
		args: []helpArg{
			{"NAME", words.F("the socket; the one used last if left out")},
			{"HOST:PORT", words.F("an address of this machine; 0.0.0.0 is all of them")},
			{":PORT", words.F("127.0.0.1 and that port")},
		},
		wrong:   []helpTrouble{wrongNobody},
		example: "bind :8080",
	},
	"listen": {
		call: "socket.listen",
		code: "phone.listen(5)",
		args: []helpArg{
			{"BACKLOG", words.F("how many may queue up; 5 if left out")},
		},
		wrong: []helpTrouble{
			{words.F("there is no socket"), words.F("none is bound: `bind :8080` comes first")},
		},
		example: "listen 2",
	},
	"accept": {
		call: "socket.accept",
		code: "conn, addr = phone.accept()",
		args: []helpArg{
			{"NAME", words.F("the listening socket, if there are several")},
		},
		wrong: []helpTrouble{
			{words.F("it waits"), words.F("nobody has called yet: Ctrl-C cancels, or connect from a second terminal")},
		},
		example: "accept",
	},
	"connect": {
		call: "socket.connect",
		code: `phone.connect(("127.0.0.1", 8080))`,
		args: []helpArg{
			{"HOST:PORT", words.F("whom to dial")},
			{":PORT", words.F("127.0.0.1 and that port")},
			{"SERVER", words.F("the name of one of the lab's servers: `servers` lists them")},
		},
		wrong: []helpTrouble{
			{words.F("there is no server NAME"), words.F("neither a server nor an address: write HOST:PORT")},
		},
		example: "connect echo",
	},
	"connect_ex": {
		call: "socket.connect_ex",
		code: `phone.connect_ex(("127.0.0.1", 8080))`,
		args: []helpArg{
			{"HOST:PORT", words.F("whom to dial")},
			{":PORT", words.F("127.0.0.1 and that port")},
			{"SERVER", words.F("the name of one of the lab's servers: `servers` lists them")},
		},
		example: "connect_ex :9",
	},
	"send": {
		call: "socket.send",
		code: "phone.send(b'hi')",
		args: []helpArg{
			{"TEXT", words.F(`sent as it stands, in UTF-8; in quotes it is a literal, with \n and \x00`)},
		},
		wrong:   []helpTrouble{wrongNoSocket},
		example: `send "hi\n"`,
	},
	"sendall": {
		call: "socket.sendall",
		code: "phone.sendall(b'hi')",
		args: []helpArg{
			{"TEXT", words.F(`sent as it stands, in UTF-8; in quotes it is a literal, with \n and \x00`)},
		},
		wrong:   []helpTrouble{wrongNoSocket},
		example: "sendall hello",
	},
	"recv": {
		call: "socket.recv",
		code: "phone.recv(1024)",
		args: []helpArg{
			{"SIZE", words.F("the most bytes to take; 1024 if left out")},
		},
		wrong: []helpTrouble{
			{words.F("it waits"), words.F("nothing has arrived and the other side has not hung up: Ctrl-C cancels")},
			wrongNoSocket,
		},
		example: "recv 4",
	},
	"sendto": {
		call: "socket.sendto",
		code: `phone.sendto(b'hi', ("127.0.0.1", 8081))`,
		args: []helpArg{
			{"HOST:PORT", words.F("the receiver, or the name of one of the lab's servers")},
			{"TEXT", words.F("one datagram, as `send` takes it")},
		},
		example: "sendto :8081 hi",
	},
	"recvfrom": {
		call: "socket.recvfrom",
		code: "phone.recvfrom(1024)",
		args: []helpArg{
			{"SIZE", words.F("the most bytes to take; 1024 if left out")},
		},
		wrong: []helpTrouble{
			{words.F("it waits"), words.F("no datagram has arrived: Ctrl-C cancels")},
		},
		example: "recvfrom",
	},
	"shutdown": {
		call: "socket.shutdown",
		code: "phone.shutdown(socket.SHUT_WR)",
		args: []helpArg{
			{"rd|wr|rdwr", words.F("which direction; wr if left out")},
		},
		example: "shutdown wr",
	},
	"close": {
		call: "socket.close",
		code: "phone.close()",
		args: []helpArg{
			{"NAME", words.F("the socket; the one used last if left out")},
		},
		wrong:   []helpTrouble{wrongNoSocket},
		example: "phone.close",
	},
	"getsockname": {
		call:    "socket.getsockname",
		code:    "phone.getsockname()",
		wrong:   []helpTrouble{wrongNoSocket},
		example: "getsockname",
	},
	"getpeername": {
		call:    "socket.getpeername",
		code:    "phone.getpeername()",
		wrong:   []helpTrouble{wrongNoSocket},
		example: "getpeername",
	},
	"setsockopt": {
		call: "socket.setsockopt",
		code: "phone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)",
		args: []helpArg{
			{"OPTION", words.F("reuseaddr, reuseport, keepalive, linger, broadcast, rcvbuf, sndbuf, nodelay, …")},
			{"VALUE", words.F("a number; 1 is on, 0 off")},
			{"SECONDS", words.F("for linger alone")},
		},
		example: "setsockopt reuseaddr 1",
	},
	"getsockopt": {
		call: "socket.getsockopt",
		code: "phone.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)",
		args: []helpArg{
			{"OPTION", words.F("as for `setsockopt`")},
		},
		example: "getsockopt rcvbuf",
	},
	"settimeout": {
		call: "socket.settimeout",
		code: "phone.settimeout(2)",
		args: []helpArg{
			{"SECONDS", words.F("0.5 is half a second, 0 is non-blocking, none for ever")},
		},
		example: "settimeout 2",
	},
	"setblocking": {
		call: "socket.setblocking",
		code: "phone.setblocking(False)",
		args: []helpArg{
			{"true|false", words.F("also on and off, 1 and 0")},
		},
		example: "setblocking false",
	},
	"fileno": {
		call:    "socket.fileno",
		code:    "phone.fileno()",
		example: "fileno",
	},
	"talk": {
		args: []helpArg{
			{"NAME", words.F("a connected socket; the one used last if left out")},
		},
		shows: words.F("the loop that it stands for, then a prompt: each line is sent, each answer is printed, `quit` leaves"),
		wrong: []helpTrouble{
			{words.F("it waits"), words.F("it reads one answer for each line: a server that does not answer keeps it waiting. Ctrl-C cancels")},
			wrongNoSocket,
		},
		example: "talk",
	},
	"serve": {
		call: "serve",
		code: `echo = serve("tcp-upper", port=8080)`,
		args: []helpArg{
			{"KIND", words.F("`help serve` lists the kinds, `help serve KIND` the options of one")},
			{"OPTION=VALUE", words.F("port=8080, name=echo, …")},
		},
		example: "serve tcp-upper name=echo port=8080",
	},
	"popen": {
		call: "subprocess.Popen",
		code: `res = subprocess.Popen("ls -l", shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)`,
		args: []helpArg{
			{"COMMAND", words.F("what a shell is to run")},
		},
		example: "popen ls -l",
	},
	"communicate": {
		call: "Popen.communicate",
		code: "res.communicate()",
		args: []helpArg{
			{"NAME", words.F("the program; the newest that still runs if left out")},
		},
		wrong:   []helpTrouble{wrongNoChild},
		example: "communicate",
	},
	"wait": {
		call: "Popen.wait",
		code: "res.wait()",
		args: []helpArg{
			{"NAME", words.F("the program; the newest that still runs if left out")},
		},
		wrong: []helpTrouble{
			{words.F("it waits"), words.F("perhaps a full pipe: `processes` shows it, `communicate` empties it")},
			wrongNoChild,
		},
		example: "wait",
	},
	"kill": {
		call: "Popen.kill",
		code: "res.kill()",
		args: []helpArg{
			{"NAME", words.F("the program; the newest that still runs if left out")},
		},
		wrong:   []helpTrouble{wrongNoChild},
		example: "kill",
	},
	"terminate": {
		call: "Popen.terminate",
		code: "res.terminate()",
		args: []helpArg{
			{"NAME", words.F("the program; the newest that still runs if left out")},
		},
		wrong:   []helpTrouble{wrongNoChild},
		example: "terminate",
	},
	"pack": {
		call: "struct.pack",
		code: `struct.pack("!4sI", b'GET', 5)`,
		args: []helpArg{
			{"FORMAT", words.F("without blanks, or in quotes")},
			{"VALUE", words.F("numbers, words, names of yours, expressions in brackets")},
		},
		shows:   words.F("the bytes, and a picture of where each value stands"),
		example: "pack !4sI GET 5",
	},
	"unpack": {
		call: "struct.unpack",
		code: `struct.unpack("!I", data[:4])`,
		args: []helpArg{
			{"FORMAT", words.F("without blanks, or in quotes")},
			{"EXPRESSION", words.F("bytes: a name of yours, data[:4], b'...'")},
		},
		shows:   words.F("the values, and a picture of the bytes"),
		example: "unpack !I data[:4]",
	},
	"chat": {
		args: []helpArg{
			{"NAME", words.F("a UDP socket; one is made if there is none")},
			{"FRIEND", words.F("whom to talk to first")},
		},
		shows: words.F("the loop that it stands for, then the friends, by number"),
		wrong: []helpTrouble{
			{words.F("a friend does not answer"), words.F("UDP tells nobody whether a message has arrived")},
			{words.F("the directory is empty"), words.F("make one, as above, or start friends of the lab: `serve chat-friend`")},
		},
		example: "chat amy",
	},
}
