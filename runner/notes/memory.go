package notes

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// memoryAge is how old a remembered status may be: what is older belongs to
// another day's class.
const memoryAge = 12 * time.Hour

// remember writes a line so that whoever comes after this process finds it. The
// file is replaced at once or not at all; it is not flushed to the disk, since it
// is to outlive the process and not the machine. Only who holds the lock writes.
func remember(dir string, line []byte) error {
	path := filepath.Join(dir, memoryName)
	_ = os.Remove(path + ".new")
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(line)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// forget removes what was remembered.
func forget(dir string) error {
	_ = os.Remove(filepath.Join(dir, memoryName+".new"))
	return os.Remove(filepath.Join(dir, memoryName))
}

// recall reads what was remembered. What is damaged or old counts as nothing.
func recall(dir string) (Status, bool) {
	path := filepath.Join(dir, memoryName)
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || time.Since(info.ModTime()) > memoryAge {
		return Status{}, false
	}
	data, err := readAtMost(path, maxLine)
	if err != nil {
		return Status{}, false
	}
	m, err := decode(data)
	if err != nil || m.Status == nil {
		return Status{}, false
	}
	return *m.Status, true
}

// readAtMost reads a file of at most n bytes.
func readAtMost(path string, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, n+1))
	if err == nil && int64(len(data)) > n {
		err = fs.ErrInvalid
	}
	return data, err
}
