package kernel

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Owner finds the process that has the socket with the inode, among those of
// this user: of other users' processes the descriptors cannot be seen, and
// then ok is false. It looks through /proc, which takes milliseconds.
func Owner(inode uint64) (pid int, name string, ok bool) {
	if inode == 0 {
		return 0, "", false
	}
	want := fmt.Sprintf("socket:[%d]", inode)
	all, _ := os.ReadDir("/proc")
	for _, e := range all {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		dir := filepath.Join("/proc", e.Name(), "fd")
		fds, _ := os.ReadDir(dir)
		for _, fd := range fds {
			if to, err := os.Readlink(filepath.Join(dir, fd.Name())); err == nil && to == want {
				comm, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "comm"))
				return pid, strings.TrimSpace(string(comm)), true
			}
		}
	}
	return 0, "", false
}
