package netlab

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab/kernel"
)

// A Lab owns everything that one step opens: sockets, children, server
// goroutines, the journal. Close ends it all. It is safe for concurrent use.
type Lab struct {
	journal Journal
	start   time.Time
	hand    atomic.Int32 // Learner or Lesson: who is typing
	local   atomic.Bool  // only loopback can be reached

	mu       sync.Mutex // the fields below
	sockets  map[int]*Socket
	lastID   int
	retired  []int           // closed sockets, the oldest first
	detached map[int]*Socket // by number
	closed   bool
	ports    map[int]bool // that a bind was about
	names    []boundName  // of AF_UNIX, which are files
	table    *kernel.Table
	tableErr error
	own      *owners
	children []*Child // in the order in which they were started

	look sync.Mutex   // of Table: before mu
	rows []kernel.Row // room for the next look

	polling atomic.Int64  // a poll waits since, plus one; 0: none does
	changes atomic.Uint64 // whatever owners are made of has changed
	sights  sights
	index   index

	work sync.WaitGroup
	done chan struct{}
	over chan struct{} // closed when all is closed: a second Close waits for the first
}

// maxRetired is how many closed sockets are remembered.
const maxRetired = 4096

// New makes a lab. Whoever made it closes it.
func New() *Lab {
	l := &Lab{
		start: time.Now(), sockets: map[int]*Socket{}, detached: map[int]*Socket{},
		done: make(chan struct{}), over: make(chan struct{}), ports: map[int]bool{},
		index:  index{conns: map[kernel.Ends]*Socket{}, bound: map[uint16][]*Socket{}},
		sights: sights{first: map[kernel.State]Sight{}, queued: map[kernel.Ends]kernel.StateSet{}},
	}
	l.journal.init()
	return l
}

// Journal is the record of every call in the lab.
func (l *Lab) Journal() *Journal { return &l.journal }

// Since turns a moment on the lab's clock (Event.Start) into a time of day.
func (l *Lab) Since(d time.Duration) time.Time { return l.start.Add(d) }

// Now is the moment on the lab's clock.
func (l *Lab) Now() time.Duration { return l.now() }

func (l *Lab) now() time.Duration { return time.Since(l.start) }

// LoopbackOnly keeps the lab on this machine from now on: an address that is
// not of the loopback, the wildcard among them, is refused with
// [ErrNotLoopback], and so is an AF_UNIX name that no socket of the lab was
// bound to: whoever reaches a container engine's path is root. It is for code
// that comes from elsewhere.
func (l *Lab) LoopbackOnly() { l.local.Store(true) }

// permits is nil if a socket of the lab may use the address.
func (l *Lab) permits(s *Socket, op Op, addr Addr) error {
	if !l.local.Load() || addr.IP.IsLoopback() {
		return nil
	}
	if addr.Family == unix.AF_UNIX && (op == OpBind || l.named(addr)) {
		return nil
	}
	return &OpError{Op: op, Socket: s, Addr: addr, Err: ErrNotLoopback}
}

// SetHand says who types from now on: the learner, or the lesson while it
// prepares a step. Calls on sockets of either count as made by that hand.
func (l *Lab) SetHand(a Actor) { l.hand.Store(int32(a)) }

// Hand is what SetHand set, at first the learner.
func (l *Lab) Hand() Actor { return Actor(l.hand.Load()) }

// Go runs f in a goroutine that Close waits for. f must end when its sockets
// are closed or when Done is. After Close nobody waits for it any more.
func (l *Lab) Go(f func()) {
	l.mu.Lock()
	late := l.closed
	if !late { // under the lock, so that Close does not wait already
		l.work.Add(1)
	}
	l.mu.Unlock()
	go func() {
		if !late {
			defer l.work.Done()
		}
		f()
	}()
}

// Done is closed when the lab begins to close.
func (l *Lab) Done() <-chan struct{} { return l.done }

// adopt enters a new socket into the table, which also keeps a forgotten one
// from being closed by the garbage collector.
func (l *Lab) adopt(s *Socket) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		_ = s.abort()
		return ErrLabClosed
	}
	l.lastID++
	s.id = l.lastID
	l.sockets[s.id] = s
	l.changes.Add(1)
	return nil
}

// retire keeps a closed socket for the coach and the views, up to a number.
func (l *Lab) retire(s *Socket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changes.Add(1)
	l.retired = append(l.retired, s.id)
	if len(l.retired) > maxRetired {
		if old := l.sockets[l.retired[0]]; old != nil {
			l.index.drop(old)
		}
		delete(l.sockets, l.retired[0])
		l.retired = l.retired[1:]
	}
}

func (l *Lab) detach(s *Socket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.detached[s.fd] = s
}

func (l *Lab) takeDetached(fd int) *Socket {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.detached[fd]
	delete(l.detached, fd)
	return s
}

// Close ends the lab: every socket is closed abortively (a stream with a
// reset, so that no TIME_WAIT and no orphan is left), every child is killed
// with its descendants, the files that bind made for AF_UNIX are gone, and every
// goroutine of Go has returned when it returns.
func (l *Lab) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		<-l.over
		return nil
	}
	l.closed = true
	close(l.done)
	defer close(l.over)
	var all []*Socket
	for _, s := range l.sockets {
		all = append(all, s)
	}
	for _, s := range l.detached {
		all = append(all, s)
	}
	l.mu.Unlock()
	var errs []error
	for _, s := range all {
		if err := s.abort(); err != nil && !errors.Is(err, os.ErrClosed) {
			errs = append(errs, err)
		}
	}
	errs = append(errs, l.unlinkNames(), l.endChildren())
	l.work.Wait()
	l.journal.close()
	if l.table != nil {
		errs = append(errs, l.table.Close())
	}
	return errors.Join(errs...)
}

// abort closes the descriptor at once: SO_LINGER (1, 0) makes close(2) send a
// reset instead of a FIN (RFC 9293 §3.10.4 ABORT).
func (s *Socket) abort() error {
	if s.Type == unix.SOCK_STREAM && s.Family != unix.AF_UNIX {
		_ = s.rc.Control(func(fd uintptr) {
			_ = unix.SetsockoptLinger(int(fd), unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
		})
	}
	if s.closed.CompareAndSwap(false, true) {
		s.lab.changes.Add(1)
		close(s.gone)
	}
	return s.f.Close()
}

// Sockets describes every socket of the lab, closed ones included, in the
// order in which they were made.
func (l *Lab) Sockets() []SocketInfo {
	l.mu.Lock()
	all := make([]*Socket, 0, len(l.sockets))
	for id := 1; id <= l.lastID; id++ {
		if s := l.sockets[id]; s != nil {
			all = append(all, s)
		}
	}
	l.mu.Unlock()
	infos := make([]SocketInfo, len(all))
	for i, s := range all {
		infos[i] = s.Info()
	}
	return infos
}

// LastID is the id of the socket that was made last, 0 before the first.
func (l *Lab) LastID() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lastID
}

// Find is the socket with the id, nil if there is none.
func (l *Lab) Find(id int) *Socket {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sockets[id]
}

func (l *Lab) record(s *Socket, c *call, start time.Duration) {
	by := s.by
	if by != Server {
		by = l.Hand()
	}
	s.count.add(c)
	fd := s.fd
	if c.outcome == ClosedUnder && c.tries == 0 {
		fd = -1 // the call was not made: the number may be another socket's by now
	}
	l.journal.append(by, s.id, fd, c, start, l.now())
	s.witness(c)
}

// recordLoose records a call that got no socket.
func (l *Lab) recordLoose(by Actor, c *call, start time.Duration) {
	if by != Server {
		by = l.Hand()
	}
	l.journal.append(by, 0, -1, c, start, l.now())
}

// FindFD is the open socket with the descriptor's number, nil if there is none.
func (l *Lab) FindFD(fd int) *Socket {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.sockets {
		if s.Fileno() == fd {
			return s
		}
	}
	return nil
}
