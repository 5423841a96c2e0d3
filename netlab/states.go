package netlab

import (
	"errors"
	"runtime"
	"sync"

	"github.com/socklab/socklab/netlab/kernel"
)

// A TableRow is a row of the kernel's table and what the lab knows of it.
type TableRow struct {
	kernel.Row
	Sock   int    // the lab's socket at this end, or the listener in whose queue it stands; 0: none
	FD     int    // its descriptor; -1: none, or no longer
	Label  string // of Sock
	By     Actor  // of Sock
	Queued bool   // it stands in a queue of the listener Sock: not accepted yet, or SYN_RECV
	Closed bool   // Sock has been closed, and the kernel goes on
	Peer   int    // the lab's socket at the other end; 0: none
}

// Ours reports whether the row has to do with a socket of the lab.
func (r *TableRow) Ours() bool { return r.Sock != 0 || r.Peer != 0 }

// Table reads the kernel's table of TCP sockets: the rows with a port that the
// lab has or asked for, or with all those of the whole machine. It is no
// snapshot. What it shows of the lab's connections is remembered, see
// [Lab.Sights]. Errors: kernel.ErrUnsupported where the system shows none,
// ErrLabClosed.
func (l *Lab) Table(all bool) ([]TableRow, kernel.Source, error) {
	t, err := l.kernelTable()
	if err != nil {
		return nil, "", err
	}
	src := t.Source()
	var q kernel.Query
	if !all {
		own := l.owners()
		if q.Ports = own.ports; len(q.Ports) == 0 {
			return nil, src, nil
		}
		q.SkipBound = !own.held
	}
	l.look.Lock()
	defer l.look.Unlock()
	rows, err := t.AppendRows(l.rows[:0], q)
	l.rows = rows
	if err != nil {
		select {
		case <-l.done: // Close was quicker
			err = ErrLabClosed
		default:
		}
		return nil, src, err
	}
	own := l.owners() // what was accepted in the meantime is in the rows
	table := make([]TableRow, len(rows))
	inParts(len(rows), func(i int) { l.note(own.join(&rows[i], &table[i]), &table[i]) })
	return table, src, nil
}

// inParts calls f with the numbers below n, on several processors if they are
// many.
func inParts(n int, f func(i int)) {
	const worth = 2000
	size := max(worth, n/runtime.GOMAXPROCS(0)+1)
	var work sync.WaitGroup
	for from := 0; from < n; from += size {
		work.Go(func() {
			for i := from; i < min(from+size, n); i++ {
				f(i)
			}
		})
	}
	work.Wait()
}

// Kernel is the kernel's table, opened on first use; the lab closes it.
// Errors: kernel.ErrUnsupported, ErrLabClosed.
func (l *Lab) Kernel() (*kernel.Table, error) { return l.kernelTable() }

// Observes tells which of the kernel's views work here: TCP_INFO of the lab's
// own descriptors, and the table.
func (l *Lab) Observes() (info, table bool) {
	_, err := l.kernelTable()
	return kernel.InfoWorks(), err == nil
}

func (l *Lab) kernelTable() (*kernel.Table, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, ErrLabClosed
	}
	if l.table != nil {
		return l.table, nil
	}
	if l.tableErr != nil {
		return nil, l.tableErr
	}
	t, err := kernel.Open()
	if errors.Is(err, kernel.ErrUnsupported) {
		l.tableErr = err // any other error, such as EMFILE, may be over next time
	}
	l.table = t
	return t, err
}

// maxPorts is how many ports a lab remembers to have asked for.
const maxPorts = 256

// asked remembers a port that a bind was about, also if it failed: who has it
// is what the learner wants to know.
func (l *Lab) asked(a Addr) {
	if a.Port == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.ports) < maxPorts && !l.ports[a.Port] {
		l.ports[a.Port] = true
		l.changes.Add(1)
	}
}
