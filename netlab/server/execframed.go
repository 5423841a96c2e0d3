package server

import (
	"encoding/json"

	"github.com/socklab/socklab/netlab"
)

var execFramed = Kind{
	Name: "exec-framed",
	Summary: "runs each command it receives; commands and answers are framed: four bytes of length in front, " +
		"an answer has a JSON header and then the output",
	Options: append([]Option{
		{"max", 1 << 16, "the longest command that is accepted, in bytes"},
	}, execOptions...),
	Spawns: true,
	check: func(v Values) error {
		if n := v["max"].(int); n < 1 || n > 1<<24 {
			return &OptionError{Kind: "exec-framed", Option: "max", Problem: "1 to 16777216, please"}
		}
		return checkExec(v)
	},
	serve: func(s *Server) { s.each(s.bool("sequential"), s.mine(s.framed)) },
}

// A Header stands between the length and the output of an answer of exec-framed.
type Header struct {
	Size     int    `json:"size"`     // of the output, in bytes
	Encoding string `json:"encoding"` // of the output
	Status   int    `json:"status"`   // 0 to 255; -N: ended by signal N
}

// framed is the repaired loop: the length of each command first, four bytes in
// network order, then the command; the answer is the length of a JSON header, the
// header, the output.
func (s *Server) framed(conn *netlab.Socket) {
	read := func(p []byte) (int, error) { return conn.Recv(bg, p, 0) }
	for {
		command, err := ReadFrame(read, s.int("max"))
		if err != nil {
			if !clean(err) {
				conn.Refuse(err)
			}
			return
		}
		a := s.run(string(command))
		header, err := json.Marshal(Header{len(a.text), s.text("encoding"), a.status})
		if err != nil {
			return
		}
		if conn.SendAll(bg, append(AppendFrame(nil, header), a.text...), 0) != nil {
			return
		}
	}
}
