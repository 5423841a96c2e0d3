package console

import (
	"os"
	"strconv"

	"golang.org/x/term"
)

// The size of a window that has none: a pipe, a file, or a terminal that says
// 0x0, as those of docker and script(1) do at first.
const (
	defaultCols = 80
	defaultRows = 24
)

// sizeOf returns the window of f. Without one, COLUMNS and LINES speak, if
// they are set.
func sizeOf(f *os.File) (cols, rows int) {
	if f != nil {
		if c, r, err := term.GetSize(int(f.Fd())); err == nil && c > 0 && r > 0 {
			return c, r
		}
	}
	return envSize("COLUMNS", defaultCols), envSize("LINES", defaultRows)
}

func envSize(name string, otherwise int) int {
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil || n <= 0 || n > 10000 {
		return otherwise
	}
	return n
}

func isTerminal(f *os.File) bool { return f != nil && term.IsTerminal(int(f.Fd())) }
