package server

import (
	"time"

	"github.com/socklab/socklab/netlab"
)

// bufferSize is what a server gives recv, as in the usual tutorial.
const bufferSize = 1024

var tcpUpper = Kind{
	Name:    "tcp-upper",
	Summary: "answers every message in capitals",
	Options: []Option{
		{"sequential", false, "serve one client at a time, the next one when it has left"},
		{"hangup", "client", `who closes first: "client", or "server" after one answer`},
		{"flawed", false, "leave out `if not data: break`, the check for the end of the stream"},
		{"fuse", 200 * time.Millisecond, "a flawed server is stopped after this time of empty reads"},
	},
	check: func(v Values) error {
		if h := v["hangup"]; h != "client" && h != "server" {
			return &OptionError{Kind: "tcp-upper", Option: "hangup", Problem: `"client" or "server", please`}
		}
		return nil
	},
	serve: func(s *Server) { s.each(s.bool("sequential"), s.upper) },
}

// upper is the loop of the tutorial's server on one connection.
func (s *Server) upper(conn *netlab.Socket) {
	if s.bool("flawed") {
		s.flawed(conn)
		return
	}
	buf := make([]byte, bufferSize)
	for {
		n, err := conn.Recv(bg, buf, 0)
		if err != nil || n == 0 {
			return
		}
		if conn.SendAll(bg, capitals(buf[:n]), 0) != nil {
			return
		}
		if s.text("hangup") == "server" {
			return
		}
	}
}

// flawed does not look for the end of the stream: recv gives it zero bytes
// again and again, and send of nothing never fails. The fuse ends that, so that
// a lesson does not keep a core busy.
func (s *Server) flawed(conn *netlab.Socket) {
	buf := make([]byte, bufferSize)
	var since time.Time
	for {
		n, err := conn.Recv(bg, buf, 0)
		if err != nil {
			return
		}
		if n > 0 {
			since = time.Time{}
		} else if since.IsZero() {
			since = time.Now()
		}
		if _, err := conn.Send(bg, capitals(buf[:n]), 0); err != nil {
			return
		}
		if !since.IsZero() && time.Since(since) > s.opts["fuse"].(time.Duration) {
			return
		}
	}
}

// capitals raises ASCII letters in place, as Python's bytes.upper does.
func capitals(p []byte) []byte {
	for i, c := range p {
		if 'a' <= c && c <= 'z' {
			p[i] = c - 'a' + 'A'
		}
	}
	return p
}
