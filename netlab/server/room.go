package server

import (
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

var room = Kind{
	Name: "room",
	Summary: "a chat room: every message is framed, four bytes of length in front; the first is the name, " +
		"what follows goes to all the others",
	Options: []Option{
		{"queue", 64, "how many messages may wait for one reader; who lets more come is dropped"},
		{"max", 4096, "the longest message that is accepted, in bytes"},
		{"sndbuf", 0, "SO_SNDBUF of each connection, in bytes; 0 leaves the system's"},
	},
	check: func(v Values) error {
		for name, most := range map[string]int{"queue": 1 << 16, "max": 1 << 20} {
			if n := v[name].(int); n < 1 || n > most {
				return &OptionError{Kind: "room", Option: name, Problem: fmt.Sprintf("1 to %d, please", most)}
			}
		}
		if v["sndbuf"].(int) < 0 {
			return &OptionError{Kind: "room", Option: "sndbuf", Problem: "0 or more, please"}
		}
		return nil
	},
	serve: func(s *Server) {
		h := &hall{guests: map[string]*guest{}, queue: s.int("queue")}
		s.each(false, func(conn *netlab.Socket) { s.host(h, conn) })
	},
}

// longestName is how many characters of a name are kept.
const longestName = 20

// A guest is somebody in the room. Only the guest's own goroutine sends on the
// connection, so that a reader who is slow keeps nobody else waiting.
type guest struct {
	name string
	conn *netlab.Socket
	out  chan []byte // frames that wait; closed when the guest has left
	// served is closed when nothing more is sent.
	served chan struct{}
}

// hall is who is in a room.
type hall struct {
	queue int

	mu     sync.Mutex
	guests map[string]*guest
}

// host serves one connection: the name, a welcome, and then what is said.
func (s *Server) host(h *hall, conn *netlab.Socket) {
	if n := s.int("sndbuf"); n > 0 {
		_ = conn.Setsockopt(bg, unix.SOL_SOCKET, unix.SO_SNDBUF, n)
	}
	read := func(p []byte) (int, error) { return conn.Recv(bg, p, 0) }
	message, err := ReadFrame(read, s.int("max"))
	if err != nil {
		refuseFrame(conn, err)
		return
	}
	g, err := h.enter(guestName(message), conn)
	if err != nil {
		_ = conn.SendAll(bg, AppendFrame(nil, []byte("* "+err.Error())), 0)
		conn.Refuse(err)
		return
	}
	s.work.Add(1)
	s.lab.Go(func() {
		defer s.work.Done()
		defer close(g.served)
		g.deliver()
	})
	defer s.farewell(h, g)
	for {
		message, err := ReadFrame(read, s.int("max"))
		if err != nil {
			refuseFrame(conn, err)
			return
		}
		h.tell(g, g.name+": "+harmless(message))
	}
}

// refuseFrame notes why a guest has to go; an end that is none of the frame's
// faults needs no reason.
func refuseFrame(conn *netlab.Socket, err error) {
	if !clean(err) {
		conn.Refuse(err)
	}
}

// enter puts a guest into the room, and a welcome first into the queue: whoever
// has read it hears all that is said from then on.
func (h *hall) enter(name string, conn *netlab.Socket) (*guest, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.guests[name] != nil {
		return nil, fmt.Errorf("the name %s is taken", name)
	}
	g := &guest{name: name, conn: conn, out: make(chan []byte, h.queue), served: make(chan struct{})}
	h.guests[name] = g
	names := make([]string, 0, len(h.guests))
	for name := range h.guests {
		names = append(names, name)
	}
	sort.Strings(names)
	g.out <- AppendFrame(nil, []byte("* in the room: "+strings.Join(names, ", ")))
	return g, nil
}

// patience is how long a guest who has said goodbye may take to hear the rest.
const patience = time.Second

// farewell lets a guest leave, who may still read: what is queued goes out before
// the connection is closed.
func (s *Server) farewell(h *hall, g *guest) {
	h.leave(g)
	over := time.NewTimer(patience)
	defer over.Stop()
	select {
	case <-g.served:
	case <-over.C:
	case <-s.quit:
	case <-s.lab.Done():
	}
}

// leave takes a guest out of the room who is still in it.
func (h *hall) leave(g *guest) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.guests[g.name] == g {
		delete(h.guests, g.name)
		close(g.out)
	}
}

// tell queues a message for everybody but the one who said it. It never waits:
// a guest whose queue is full has to go.
func (h *hall) tell(from *guest, text string) {
	frame := AppendFrame(nil, []byte(text))
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, g := range h.guests {
		if g == from {
			continue
		}
		select {
		case g.out <- frame:
		default:
			delete(h.guests, name)
			close(g.out)
			g.drop(h.queue)
		}
	}
}

// drop ends a connection from outside its own goroutines, whose waiting calls
// end with it. The reset throws away what the kernel still holds for a reader who
// does not read (SO_LINGER with time 0, socket(7)). No shutdown(2) before it: its
// FIN would reach a reader who wakes up in between as a friendly end.
func (g *guest) drop(limit int) {
	g.conn.Refuse(fmt.Errorf("%s reads too slowly: %d messages wait already", g.name, limit))
	linger := binary.NativeEndian.AppendUint32(binary.NativeEndian.AppendUint32(nil, 1), 0)
	_ = g.conn.SetsockoptBytes(bg, unix.SOL_SOCKET, unix.SO_LINGER, linger)
	_ = g.conn.Close(bg)
}

// deliver sends what is queued, until the guest has left or the connection ends.
func (g *guest) deliver() {
	for frame := range g.out {
		if g.conn.SendAll(bg, frame, 0) != nil {
			return
		}
	}
}

// guestName is a name fit to be shown: one line, not too long, not empty.
func guestName(p []byte) string {
	name := []rune(strings.TrimSpace(harmless(p)))
	if len(name) == 0 {
		return "nobody"
	}
	return string(name[:min(len(name), longestName)])
}

// harmless writes out whatever would control a reader's terminal or hide in a
// text, and bytes that are no UTF-8: \x1b, \u202e. What a stranger sends is
// shown, not carried out.
func harmless(p []byte) string {
	var b strings.Builder
	for i := 0; i < len(p); {
		c, n := utf8.DecodeRune(p[i:])
		switch {
		case c == utf8.RuneError && n <= 1:
			fmt.Fprintf(&b, `\x%02x`, p[i])
		case !unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			b.WriteRune(c)
		case c < 0x100:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			fmt.Fprintf(&b, `\u%04x`, c)
		}
		i += n
	}
	return b.String()
}
