package console

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

const (
	historyLines = 1000
	// historyTail is how much of the file is read: far more than that many
	// lines as people type them.
	historyTail = 1 << 20
	// historyLine is the longest line kept. A pasted megabyte is not something
	// to come back to with the arrow key.
	historyLine = 4096
)

// history is the lines typed before, oldest first, no line twice. The file
// grows by one line per command, so that several sessions can share it; nothing
// fails if it cannot be read or written.
type history struct {
	path  string
	lines []string
	filed string // the last line of the file
}

func loadHistory(path string) *history {
	h := &history{path: path}
	if path == "" {
		return h
	}
	for _, line := range bytes.Split(readTail(path), []byte("\n")) {
		h.remember(string(bytes.TrimSuffix(line, []byte("\r"))))
	}
	if n := len(h.lines); n > 0 {
		h.filed = h.lines[n-1]
	}
	return h
}

func readTail(path string) []byte {
	info, err := os.Stat(path) // before it is opened: a pipe would wait
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	from := max(0, info.Size()-historyTail)
	b := make([]byte, info.Size()-from)
	n, _ := f.ReadAt(b, from)
	b = b[:n]
	if from > 0 { // the first line is cut
		_, b, _ = bytes.Cut(b, []byte("\n"))
	}
	return b
}

// remember puts the line last and reports whether it is to be kept at all: a
// line that begins with a space is not.
func (h *history) remember(line string) bool {
	if line == "" || line[0] == ' ' || line[0] == '\t' || len(line) > historyLine ||
		!utf8.ValidString(line) || strings.ContainsAny(line, "\n\x00\x1b") {
		return false
	}
	for i, old := range h.lines {
		if old == line {
			h.lines = append(h.lines[:i], h.lines[i+1:]...)
			break
		}
	}
	h.lines = append(h.lines, line)
	if len(h.lines) > historyLines {
		h.lines = h.lines[len(h.lines)-historyLines:]
	}
	return true
}

// add remembers the line and appends it to the file, unless it was the last.
func (h *history) add(line string) {
	if !h.remember(line) || h.filed == line || h.path == "" {
		return
	}
	h.filed = line
	if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
		return
	}
	// The lines may hold what was sent to a server: nobody else reads them.
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_, _ = f.WriteString(line + "\n")
	_ = f.Close()
}
