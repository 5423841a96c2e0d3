package chat

import (
	"sync"
	"time"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
)

// dropsEvery is how often the kernel is asked at most.
const dropsEvery = 500 * time.Millisecond

// drops follows what the kernel counts as lost at one socket because its
// receive buffer was full. Nobody else tells: UDP has no flow control.
type drops struct {
	mu   sync.Mutex
	told int       // of the kernel's count, those that more has returned
	at   time.Time // when the kernel was asked last
}

func (d *drops) begin(sock *netlab.Socket) { d.told, _ = Drops(sock) }

// more is how many were lost since it was asked last.
func (d *drops) more(sock *netlab.Socket, now time.Time, always bool) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !always && now.Sub(d.at) < dropsEvery {
		return 0
	}
	d.at = now
	n, ok := Drops(sock)
	if !ok || n <= d.told {
		return 0
	}
	n, d.told = n-d.told, n
	return n
}

// Drops is how many datagrams the kernel has dropped at a socket because its
// receive buffer was full; not ok where the kernel's table does not tell.
func Drops(sock *netlab.Socket) (n int, ok bool) {
	inode := sock.Inode()
	port := sock.Info().Local.Port
	if inode == 0 || port == 0 {
		return 0, false
	}
	table, err := sock.Lab().Kernel()
	if err != nil {
		return 0, false
	}
	rows, err := table.Rows(kernel.Query{Proto: kernel.UDP, Ports: []int{port}})
	if err != nil {
		return 0, false
	}
	for _, row := range rows {
		if row.Inode == inode && row.Drops >= 0 {
			return row.Drops, true
		}
	}
	return 0, false
}
