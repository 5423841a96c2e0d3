package kernel

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
)

// Rows reads the rows of the kernel's table of TCP sockets that have the port
// at their local end, all rows for port 0: /proc/net/tcp and /proc/net/tcp6 (proc_net_tcp.rst in
// the kernel's documentation). No rights are needed, and everybody's sockets
// are in it. A socket that is bound and does not listen is not.
func Rows(port int) ([]Row, error) {
	var rows []Row
	for _, name := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) && name != "/proc/net/tcp" {
			continue // a system without IPv6
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, readRows(f, port)...)
		_ = f.Close()
	}
	return rows, nil
}

func readRows(r io.Reader, port int) []Row {
	var rows []Row
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if row, ok := parseRow(lines.Text()); ok && (port == 0 || int(row.Local.Port()) == port) {
			rows = append(rows, row)
		}
	}
	return rows
}
