package server

import "github.com/socklab/socklab/netlab"

var silent = Kind{
	Name:    "silent",
	Summary: "accepts and reads, never answers",
	serve: func(s *Server) {
		s.each(false, func(conn *netlab.Socket) {
			buf := make([]byte, bufferSize)
			for {
				if n, err := conn.Recv(bg, buf, 0); err != nil || n == 0 {
					return
				}
			}
		})
	},
}

var deaf = Kind{
	Name:    "deaf",
	Summary: "listens, never accepts: its clients wait in the accept queue",
	serve: func(s *Server) {
		select {
		case <-s.quit:
		case <-s.lab.Done():
		}
	},
}
