package kernel

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// proc reads /proc/net/tcp, tcp6, udp, udp6 and unix (proc_net_tcp.rst in the
// kernel's documentation). Everybody's sockets are in them; a TCP socket that
// is bound and does not listen is not.
type proc struct{}

func openProc() (proc, error) {
	f, err := os.Open("/proc/net/tcp")
	if errors.Is(err, unix.EMFILE) || errors.Is(err, unix.ENFILE) {
		return proc{}, err
	}
	if err != nil {
		return proc{}, ErrUnsupported
	}
	defer f.Close()
	// Some sandboxes have the file and nothing in it, not even its heading.
	if n, _ := f.Read(make([]byte, 1)); n == 0 {
		return proc{}, ErrUnsupported
	}
	return proc{}, nil
}

func (proc) close() error { return nil }
func (proc) name() Source { return ProcNet }

var procFiles = map[Proto][]string{
	TCP: {"/proc/net/tcp", "/proc/net/tcp6"}, UDP: {"/proc/net/udp", "/proc/net/udp6"}, Unix: {"/proc/net/unix"},
}

func (proc) rows(rows []Row, q Query) ([]Row, error) {
	parse := parseRow
	if q.Proto == Unix {
		parse = parseUnixRow
	}
	before := len(rows)
	for i, name := range procFiles[q.Proto] {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) && i > 0 {
			continue // a system without IPv6
		}
		if err != nil {
			return rows, err
		}
		rows = readRows(rows, f, q, parse)
		_ = f.Close()
	}
	return rows[:before+len(distinct(rows[before:]))], nil
}

func (p proc) lookup(e Ends) (Row, bool, error) {
	rows, err := p.rows(nil, Query{Ports: []int{int(e.Local.Port())}})
	for _, r := range rows {
		if r.Ends() == e {
			return r, true, nil
		}
	}
	return Row{}, false, err
}

func readRows(rows []Row, r io.Reader, q Query, parse func(string) (Row, bool)) []Row {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		row, ok := parse(lines.Text())
		if row.Proto != Unix {
			row.Proto = q.Proto
		}
		if ok && q.wants(&row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// distinct leaves out what was read twice. The files are read in pages, and
// the next page goes on at a place in a list: when a socket has come in before
// that place, the last one of the page before it stands on this page as well.
// The later reading counts.
func distinct(rows []Row) []Row {
	type socket struct {
		Ends
		inode uint64
	}
	at := make(map[socket]int, len(rows))
	kept := rows[:0]
	for _, r := range rows {
		key := socket{r.Ends(), r.Inode}
		if r.Proto == TCP && r.Remote.Port() != 0 {
			key.inode = 0 // a connection is one, even if it lost its inode in between
		} else if r.Inode == 0 {
			kept = append(kept, r) // of AF_UNIX: not accepted yet, and nothing tells two of them apart
			continue
		}
		if i, twice := at[key]; twice {
			kept[i] = r
			continue
		}
		at[key] = len(kept)
		kept = append(kept, r)
	}
	return kept
}
