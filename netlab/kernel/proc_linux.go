package kernel

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
)

// proc reads /proc/net/tcp, tcp6, udp, udp6 and unix (proc_net_tcp.rst in the
// kernel's documentation). Everybody's sockets are in them; a TCP socket that
// is bound and does not listen is not.
type proc struct{}

func openProc() (proc, error) {
	f, err := os.Open("/proc/net/tcp")
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

func (proc) rows(q Query) ([]Row, error) {
	parse := parseRow
	if q.Proto == Unix {
		parse = parseUnixRow
	}
	var rows []Row
	for i, name := range procFiles[q.Proto] {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) && i > 0 {
			continue // a system without IPv6
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, readRows(f, q, parse)...)
		_ = f.Close()
	}
	return rows, nil
}

func (p proc) lookup(e Ends) (Row, bool, error) {
	rows, err := p.rows(Query{Ports: []int{int(e.Local.Port())}})
	for _, r := range rows {
		if r.Ends() == e {
			return r, true, nil
		}
	}
	return Row{}, false, err
}

func readRows(r io.Reader, q Query, parse func(string) (Row, bool)) []Row {
	var rows []Row
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
