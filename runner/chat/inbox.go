package chat

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/socklab/socklab/netlab"
)

// A Message is one datagram and who it came from.
type Message struct {
	From netlab.Addr
	Name string // what the directory calls that address; "" if it does not
	Data []byte // of this message alone
}

// Folded counts messages that came too fast to be shown.
type Folded struct {
	From  netlab.Addr // zero: from several addresses that nobody knows
	Name  string
	Count int
}

// A Batch is what has come since the last one.
type Batch struct {
	Messages []Message
	Folded   []Folded
	Dropped  int // datagrams that the kernel had no room for
}

// Empty reports whether there is nothing to show.
func (b *Batch) Empty() bool { return len(b.Messages) == 0 && len(b.Folded) == 0 && b.Dropped == 0 }

const (
	// size is what recvfrom is given: any datagram fits.
	size = 1 << 16
	// maxWaiting and maxBytes bound what waits to be shown, if nobody shows it.
	maxWaiting = 2000
	maxBytes   = 4 << 20
	// maxStrangers is how many unknown addresses are counted one by one.
	maxStrangers = 16
	// maxHeard is how many addresses are remembered before only those of friends
	// still are.
	maxHeard = 1000
	// quiet is how long a sender must be silent before what was folded is told,
	// and slow how long one that never is may keep it untold.
	quiet = 300 * time.Millisecond
	slow  = 2 * time.Second
	// together is how long a batch gathers.
	together = 30 * time.Millisecond
)

// An Inbox takes the datagrams of one socket. One goroutine calls Receive, one
// calls Next; the other methods are for any. It does not own the socket.
type Inbox struct {
	sock  *netlab.Socket
	dir   *Directory
	ready chan struct{} // something has come; capacity 1
	drops drops

	mu      sync.Mutex
	waiting []Message
	bytes   int
	folds   map[netlab.Addr]*fold // the zero Addr: all further strangers
	paces   map[netlab.Addr]*pace // the zero Addr: all strangers together
	heard   map[netlab.Addr]int
	last    netlab.Addr
	at      time.Time     // when it came
	news    chan struct{} // closed at the next message
}

type fold struct {
	name         string
	count        int
	first, since time.Time // the first and the latest
}

// NewInbox makes the inbox of a socket.
func NewInbox(sock *netlab.Socket, dir *Directory) *Inbox {
	in := &Inbox{
		sock: sock, dir: dir, ready: make(chan struct{}, 1),
		folds: map[netlab.Addr]*fold{}, paces: map[netlab.Addr]*pace{}, heard: map[netlab.Addr]int{},
		news: make(chan struct{}),
	}
	in.drops.begin(sock)
	return in
}

// Receive takes datagrams until ctx ends, which is no error, or the socket
// fails.
func (in *Inbox) Receive(ctx context.Context) error {
	buf := make([]byte, size)
	for {
		n, from, _, err := in.sock.RecvFrom(ctx, buf, 0)
		switch {
		case err == nil:
			in.take(buf[:n], from, time.Now())
		case ctx.Err() != nil, errors.Is(err, netlab.ErrClosed):
			return nil
		default:
			return err
		}
	}
}

// take enters a datagram: to be shown, or to be counted.
func (in *Inbox) take(data []byte, from netlab.Addr, now time.Time) {
	name := in.dir.NameOf(from)
	in.mu.Lock()
	if _, listened := in.heard[from]; listened || name != "" || len(in.heard) < maxHeard {
		in.heard[from]++
	}
	in.last, in.at = from, now
	close(in.news)
	in.news = make(chan struct{})
	full := len(in.waiting) >= maxWaiting || in.bytes+len(data) > maxBytes
	if !in.pace(from, name).allows(now) || full {
		in.fold(from, name, now)
	} else {
		in.waiting = append(in.waiting, Message{from, name, append([]byte(nil), data...)})
		in.bytes += len(data)
	}
	in.mu.Unlock()
	select {
	case in.ready <- struct{}{}:
	default:
	}
}

// pace is that of a sender. Strangers share one: whoever writes from many
// ports is not to drown out the friends.
func (in *Inbox) pace(from netlab.Addr, name string) *pace {
	if name == "" {
		from = netlab.Addr{}
	}
	p := in.paces[from]
	if p == nil {
		p = &pace{}
		in.paces[from] = p
	}
	return p
}

func (in *Inbox) fold(from netlab.Addr, name string, now time.Time) {
	f := in.folds[from]
	if f == nil && name == "" && len(in.folds) >= maxStrangers {
		from = netlab.Addr{}
		f = in.folds[from]
	}
	if f == nil {
		f = &fold{name: name, first: now}
		in.folds[from] = f
	}
	f.count++
	f.since = now
}

// Next waits until there is something to show, or ctx has ended, which gives
// an empty batch. What comes within a moment is one batch: a prompt is drawn
// again below each.
func (in *Inbox) Next(ctx context.Context) Batch {
	moment := time.NewTimer(together)
	defer moment.Stop()
	for first := true; ; first = false {
		ready, tick := in.ready, (<-chan time.Time)(nil)
		if first { // it was asked a moment ago
			ready, tick = nil, moment.C
		} else if in.unsettled(time.Now()) {
			moment.Reset(together)
			tick = moment.C
		}
		select {
		case <-ready:
		case <-tick:
		case <-ctx.Done():
			return Batch{}
		}
		if b := in.gather(time.Now(), false); !b.Empty() {
			return b
		}
	}
}

// unsettled reports whether there may be something to tell although nothing
// more comes: what was folded, and what the kernel has dropped.
func (in *Inbox) unsettled(now time.Time) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return len(in.folds) > 0 || now.Sub(in.at) < 2*dropsEvery
}

// Rest is all that Next has not given out yet.
func (in *Inbox) Rest() Batch { return in.gather(time.Now(), true) }

func (in *Inbox) gather(now time.Time, all bool) Batch {
	b := Batch{Dropped: in.drops.more(in.sock, now, all)}
	in.mu.Lock()
	defer in.mu.Unlock()
	b.Messages, in.waiting, in.bytes = in.waiting, nil, 0
	for from, f := range in.folds {
		if all || now.Sub(f.since) >= quiet || now.Sub(f.first) >= slow {
			b.Folded = append(b.Folded, Folded{from, f.name, f.count})
			delete(in.folds, from)
		}
	}
	return b
}

// Last is the address of the latest message, zero if there was none.
func (in *Inbox) Last() netlab.Addr {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.last
}

// News is closed when the next message comes. Take it before you ask, so that
// none comes unseen between the question and the wait.
func (in *Inbox) News() <-chan struct{} {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.news
}

// Heard is how many messages have come from an address since the inbox was
// made. Of a stranger who comes after a thousand others it counts since it was
// asked first.
func (in *Inbox) Heard(addr netlab.Addr) int {
	in.mu.Lock()
	defer in.mu.Unlock()
	n, ok := in.heard[addr]
	if !ok {
		in.heard[addr] = 0
	}
	return n
}
