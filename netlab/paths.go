package netlab

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// A boundName is a file that bind made for an AF_UNIX socket. The kernel never
// removes it (unix(7)); the lab does, when it ends.
type boundName struct {
	path string
	made os.FileInfo
}

// made remembers what a bind has put into a folder. Abstract names, which
// begin with NUL, and the automatic name of an empty path are no files.
func (l *Lab) made(addr Addr) {
	if addr.Family != unix.AF_UNIX || addr.Path == "" || addr.Path[0] == 0 {
		return
	}
	info, err := os.Lstat(addr.Path)
	if err != nil || info.Mode()&fs.ModeSocket == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names = append(slices.DeleteFunc(l.names, func(n boundName) bool { return n.path == addr.Path }), boundName{addr.Path, info})
}

// named reports whether a socket of the lab was bound to the AF_UNIX address.
func (l *Lab) named(addr Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.sockets {
		s.mu.Lock()
		local := s.local
		s.mu.Unlock()
		if local == addr {
			return true
		}
	}
	return false
}

// unlinkNames removes the files that binds of this lab have made, if they are
// still the same files.
func (l *Lab) unlinkNames() error {
	l.mu.Lock()
	names := l.names
	l.names = nil
	l.mu.Unlock()
	var errs []error
	for _, n := range names {
		// Numbers of files come back: another program's file is a later one.
		now, err := os.Lstat(n.path)
		if err != nil || !os.SameFile(now, n.made) || !now.ModTime().Equal(n.made.ModTime()) {
			continue
		}
		if err := os.Remove(n.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
