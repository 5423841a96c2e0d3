package server

import (
	"strings"
	"time"

	"github.com/socklab/socklab/netlab"
)

// commandSize is what the exec server gives recv for a command, as in the
// usual tutorial.
const commandSize = 1024

// execOptions are those of both kinds that run commands.
var execOptions = []Option{
	{"allow", defaultAllowed, "the programs that may be run, without a shell"},
	{"shell", false, "give each command to sh -c: whoever can connect runs anything as you. It has to be allowed by a person"},
	{"limit", 10 * time.Second, "how long one command may take"},
	{"output", 1 << 20, "how many bytes one command may print"},
	{"encoding", "utf-8", `in which encoding the output is sent: "utf-8", or "gbk" as on a Chinese Windows`},
	{"sequential", false, "serve one client at a time, the next one when it has left"},
}

// defaultAllowed are harmless alone and enough for the lessons.
var defaultAllowed = []string{
	"echo", "printf", "ls", "pwd", "date", "whoami", "id", "uname", "seq", "true", "false", "cat", "head", "wc", "sleep",
}

var execPlain = Kind{
	Name:    "exec",
	Summary: "runs each command it receives and sends back what it printed, without framing",
	Options: execOptions,
	Spawns:  true,
	check:   checkExec,
	serve:   func(s *Server) { s.each(s.bool("sequential"), s.mine(s.exec)) },
}

// checkExec refuses addresses that others can reach, and encodings unknown.
func checkExec(v Values) error {
	kind := "exec"
	if host := v["host"].(string); host != "127.0.0.1" && host != "localhost" {
		return &OptionError{Kind: kind, Option: "host", Problem: "this server runs commands: it listens on 127.0.0.1 and nowhere else"}
	}
	if _, ok := encodings[strings.ToLower(v["encoding"].(string))]; !ok {
		return &OptionError{Kind: kind, Option: "encoding", Problem: `"utf-8" or "gbk", please`}
	}
	if v["limit"].(time.Duration) <= 0 || v["output"].(int) <= 0 {
		return &OptionError{Kind: kind, Option: "limit", Problem: "limit and output are more than 0"}
	}
	return nil
}

// mine serves connections whose other end belongs to the user who runs the
// server, and hangs up on all others without a word: every user of a machine
// can reach its loopback.
func (s *Server) mine(handle func(*netlab.Socket)) func(*netlab.Socket) {
	return func(conn *netlab.Socket) {
		if err := conn.SameUser(); err != nil {
			conn.Refuse(err)
			return
		}
		handle(conn)
	}
}

// exec is the loop of the tutorial: a command in, what it printed out. Nothing
// says where an answer ends, and a silent command answers nothing.
func (s *Server) exec(conn *netlab.Socket) {
	buf := make([]byte, commandSize)
	for {
		n, err := conn.Recv(bg, buf, 0)
		if err != nil || n == 0 {
			return
		}
		answer := s.run(string(buf[:n]))
		if len(answer.text) == 0 {
			_, err = conn.Send(bg, nil, 0)
		} else {
			err = conn.SendAll(bg, answer.text, 0)
		}
		if err != nil {
			return
		}
	}
}
