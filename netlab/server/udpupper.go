package server

import (
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// datagramSize is what a datagram server gives recvfrom: any datagram fits.
const datagramSize = 1 << 16

var udpUpper = Kind{
	Name:      "udp-upper",
	Summary:   "answers every datagram in capitals, an empty one with an empty one",
	Datagrams: true,
	Options: []Option{
		{"rcvbuf", 0, "SO_RCVBUF before bind, in bytes; 0 leaves the system's"},
		{"delay", time.Duration(0), "the rest before each recvfrom: what arrives meanwhile waits, or is lost"},
		{"mute", false, "take the datagrams and answer none"},
	},
	serve: func(s *Server) {
		s.eachDatagram(s.opts["delay"].(time.Duration), func(p []byte, from netlab.Addr) {
			if !s.bool("mute") {
				_, _ = s.ln.SendTo(bg, capitals(p), 0, from)
			}
		})
	},
}

// eachDatagram takes datagrams until the server is to end. An error that an
// earlier answer brought home (ECONNREFUSED) is no reason to stop.
func (s *Server) eachDatagram(rest time.Duration, handle func(p []byte, from netlab.Addr)) {
	buf := make([]byte, datagramSize)
	for {
		if rest > 0 && !s.pause(rest) {
			return
		}
		n, from, _, err := s.ln.RecvFrom(bg, buf, 0)
		switch {
		case err == nil:
			handle(buf[:n], from)
		case netlab.Errno(err) != unix.ECONNREFUSED:
			return
		}
	}
}
