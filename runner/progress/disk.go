package progress

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"
)

const (
	// maxFile bounds what is read: a file of progress has some kilobytes.
	maxFile = 16 << 20
	// lockTime is how long another socklab may hold the file. It needs
	// milliseconds.
	lockTime = 5 * time.Second
)

var errBusy = errors.New("another socklab holds the file")

// disk is the file, its lock beside it, and how to read and replace it.
type disk struct{ path string }

// openDisk makes the folder. A path that is a link stays one: its target is
// what will be replaced.
func openDisk(path string) (disk, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return disk{}, err
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	return disk{path}, nil
}

// locked calls f while no other process reads or writes the file. Where the
// file system has no locks, f is called all the same.
func (d disk) locked(f func() error) error {
	if err := os.MkdirAll(filepath.Dir(d.path), 0o700); err != nil {
		return err
	}
	lock := flock.New(d.path+".lock", flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), lockTime)
	defer cancel()
	_, err := lock.TryLockContext(ctx, 5*time.Millisecond)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return errBusy
	case errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS), errors.Is(err, syscall.ENOTSUP):
	case err != nil:
		return err
	default:
		defer lock.Close()
	}
	return f()
}

// read returns the state on disk, a new one if there is no file. A damaged file
// is renamed, and the Notice says so beside a new state; any other fault is an
// error.
func (d disk) read() (*state, *Notice, error) {
	data, err := readFile(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return newState(), nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	st, err := decode(data)
	if err == nil {
		return st, nil, nil
	}
	if errors.Is(err, ErrNewer) {
		return nil, nil, newerNotice(d.path)
	}
	kept, err := d.setAside()
	if err != nil {
		return nil, nil, stuckNotice(err)
	}
	return newState(), corruptNotice(kept), nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", path)
	}
	if info.Size() > maxFile {
		return nil, nil // no progress is as large; set aside as damaged
	}
	return os.ReadFile(path)
}

// setAside renames the file to the first free name. Called with the lock held.
func (d disk) setAside() (string, error) {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s.corrupt-%d", d.path, n)
		if _, err := os.Lstat(name); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		return name, os.Rename(d.path, name)
	}
}

// write replaces the file at once or not at all, whenever the machine stops.
func (d disk) write(st *state) error {
	data, err := st.encode()
	if err != nil {
		return err
	}
	return renameio.WriteFile(d.path, data, 0o600)
}
