package server

import (
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

var chunky = Kind{
	Name:    "chunky",
	Summary: "answers in capitals, but splits, glues or stalls the answer",
	Options: []Option{
		{"glue", 1, "how many messages to gather before answering them together"},
		{"schedule", []string{}, `sizes of the pieces, "0.5s" for a rest between them; begins again at its end`},
		{"pause", 20 * time.Millisecond, "the rest between two pieces without one of their own"},
	},
	check: func(v Values) error {
		_, err := plan(v["schedule"].([]string))
		return err
	},
	serve: func(s *Server) { s.each(false, s.chunks) },
}

// A piece of the schedule is a number of bytes or a rest.
type piece struct {
	size int
	rest time.Duration
}

func plan(schedule []string) ([]piece, error) {
	pieces := make([]piece, len(schedule))
	for i, word := range schedule {
		if n, err := strconv.Atoi(word); err == nil && n > 0 {
			pieces[i].size = n
			continue
		}
		d, err := time.ParseDuration(word)
		if err != nil || d < 0 {
			return nil, &OptionError{Kind: "chunky", Option: "schedule", Problem: strconv.Quote(word) + " is neither a size nor a rest such as 0.5s"}
		}
		pieces[i].rest = d
	}
	return pieces, nil
}

func (s *Server) chunks(conn *netlab.Socket) {
	_ = conn.Setsockopt(bg, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	pieces, _ := plan(s.opts["schedule"].([]string))
	buf := make([]byte, bufferSize)
	var gathered []byte
	for count, turn := 0, 0; ; {
		n, err := conn.Recv(bg, buf, 0)
		if err != nil || n == 0 {
			return
		}
		gathered = append(gathered, capitals(buf[:n])...)
		if count++; count < s.int("glue") {
			continue
		}
		var ok bool
		if turn, ok = s.cut(conn, gathered, pieces, turn); !ok {
			return
		}
		gathered, count = gathered[:0], 0
	}
}

// cut sends p in the pieces of the schedule from turn on, and returns where
// the next answer goes on.
func (s *Server) cut(conn *netlab.Socket, p []byte, pieces []piece, turn int) (int, bool) {
	if len(pieces) == 0 {
		return 0, conn.SendAll(bg, p, 0) == nil
	}
	rested := true
	for idle := 0; len(p) > 0; turn++ {
		next := pieces[turn%len(pieces)]
		if next.size == 0 {
			if idle++; idle > len(pieces) { // a schedule of rests alone
				next.size = len(p)
			} else if !s.pause(next.rest) {
				return turn, false
			}
			rested = true
			if next.size == 0 {
				continue
			}
		}
		if !rested && !s.pause(s.opts["pause"].(time.Duration)) {
			return turn, false
		}
		n := min(next.size, len(p))
		if conn.SendAll(bg, p[:n], 0) != nil {
			return turn, false
		}
		p, rested, idle = p[n:], false, 0
	}
	return turn, true
}
