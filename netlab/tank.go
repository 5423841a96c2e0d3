package netlab

import (
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// A Tank is where the bytes of a socket are. A number that this system does
// not tell, or that the socket has not, is -1.
type Tank struct {
	SocketInfo
	Receive int // SO_RCVBUF, the room of its receive queue: memory, not bytes of payload
	Send    int // SO_SNDBUF
	Out     int // TCP: bytes that the other end has not acknowledged
	Memory  int // messages: the memory that its receive queue takes up
	Drops   int // UDP: messages that found no room
}

// Taken is the number of bytes that came in and were given to the program.
func (t Tank) Taken() int { return max(int(t.Counts.In)-t.Files.Ahead, 0) }

// Messages reports whether the socket has messages, not a stream.
func (t Tank) Messages() bool { return t.Type == unix.SOCK_DGRAM }

// Tank asks the kernel, beside the journal, where the bytes of the socket are.
func (s *Socket) Tank() Tank {
	t := Tank{SocketInfo: s.Info(), Receive: -1, Send: -1, Out: -1, Memory: -1, Drops: -1}
	if t.Closed {
		return t
	}
	_ = s.rc.Control(func(fd uintptr) {
		t.Receive = known(unix.GetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUF))
		t.Send = known(unix.GetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_SNDBUF))
		if s.isTCP() && outputQueue != 0 && t.Backlog < 0 {
			t.Out = known(unix.IoctlGetInt(int(fd), outputQueue))
		}
	})
	if t.Messages() && t.Family != unix.AF_UNIX && t.Local.Port != 0 {
		s.lookForDrops(&t)
	}
	return t
}

func known(n int, err error) int {
	if err != nil {
		return -1
	}
	return n
}

// lookForDrops finds the row of a UDP socket by its inode: with SO_REUSEADDR an
// address may have several.
func (s *Socket) lookForDrops(t *Tank) {
	table, err := s.lab.Kernel()
	if err != nil {
		return
	}
	rows, err := table.Rows(kernel.Query{Proto: kernel.UDP, Ports: []int{t.Local.Port}})
	if err != nil {
		return
	}
	inode := s.Inode()
	for _, r := range rows {
		if r.Inode == inode {
			t.Memory, t.Drops = r.Recv, r.Drops
		}
	}
}
