package notes

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// The files in the folder.
const (
	socketName = "present.sock"
	lockName   = "present.lock"
	memoryName = "present.json"
)

// maxPath is how many bytes the address of a Unix socket may have beside the NUL
// at its end: 107 on Linux (unix(7)), 103 on macOS.
const maxPath = len(unix.RawSockaddrUnix{}.Path) - 1

// Dir is the folder where both terminals meet, made if it is not there:
// $XDG_RUNTIME_DIR/socklab; where that variable is not set or names no folder
// that is this user's alone to change, /run/user/UID/socklab; or else
// socklab-UID in the folder for temporary files. It has mode 0700 and belongs to this user. The error is a
// [*Fault], which says the remedy.
func Dir() (string, error) {
	return dirIn([]string{os.Getenv("XDG_RUNTIME_DIR"), filepath.Join("/run/user", strconv.Itoa(os.Geteuid()))}, os.TempDir())
}

// dirIn is Dir among these runtime folders, with a folder for temporary files.
func dirIn(runtimes []string, temp string) (string, error) {
	for _, base := range runtimes {
		if filepath.IsAbs(base) && ours(base) {
			return makeDir(filepath.Join(base, "socklab"))
		}
	}
	return makeDir(filepath.Join(temp, "socklab-"+strconv.Itoa(os.Geteuid())))
}

// ours reports whether a runtime folder is this user's. Behind sudo and su the
// variable often names that of another; under WSL anybody may write to it.
func ours(base string) bool {
	info, err := os.Stat(base)
	return err == nil && info.IsDir() && owner(info) == os.Geteuid() && checkBase(base) == nil
}

// owner is the uid of a file's owner, -1 if it is not known.
func owner(info fs.FileInfo) int {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Uid)
	}
	return -1
}

func makeDir(dir string) (string, error) {
	if err := checkBase(filepath.Dir(dir)); err != nil {
		return "", err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", systemFault(err)
	}
	return dir, checkDir(dir)
}

// checkBase refuses a folder in which others may put theirs in the place of
// ours. Where the sticky bit is set, as on /tmp, they cannot (inode(7)).
func checkBase(base string) error {
	info, err := os.Stat(base)
	switch {
	case err != nil:
		return systemFault(err)
	case info.Mode().Perm()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0:
		return baseFault(base)
	}
	return nil
}

// checkDir refuses a folder that is not this user's alone, and one whose socket
// would have too long a name.
func checkDir(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case err != nil:
		return systemFault(err)
	case !info.IsDir():
		return linkFault(dir)
	case owner(info) != os.Geteuid():
		return ownerFault(dir, owner(info))
	case info.Mode().Perm()&0o077 != 0:
		return modeFault(dir, info.Mode())
	}
	if path := filepath.Join(dir, socketName); len(path) > maxPath {
		return longFault(path)
	}
	return nil
}
