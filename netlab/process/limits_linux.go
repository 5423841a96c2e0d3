package process

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

const limitProcesses = unix.RLIMIT_NPROC

// limitedUser is who a limited process must run as so that RLIMIT_NPROC counts
// it: the caller, but nobody if that is root. Root of a user namespace that is
// somebody else outside of it is counted as that one (user_namespaces(7)).
func limitedUser() (user, error) {
	uid := os.Geteuid()
	if uid != 0 {
		return user{uid: os.Getuid(), gid: os.Getgid()}, nil
	}
	maps, err := idMap("/proc/self/uid_map")
	if err != nil {
		return user{}, fmt.Errorf("%w: %w", ErrNoLimits, err)
	}
	for _, m := range maps {
		if m.inside <= nobody && nobody < m.inside+m.count {
			return user{uid: nobody, gid: nobody, change: true}, nil
		}
	}
	for _, m := range maps {
		if m.inside == 0 && m.outside != 0 {
			return user{}, nil
		}
	}
	return user{}, fmt.Errorf("%w: this is root, whose processes are not counted, and there is no user %d", ErrNoLimits, nobody)
}

type idRange struct{ inside, outside, count int }

func idMap(file string) ([]idRange, error) {
	p, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var maps []idRange
	for line := range strings.Lines(string(p)) {
		var m idRange
		if _, err := fmt.Sscan(line, &m.inside, &m.outside, &m.count); err != nil {
			return nil, err
		}
		maps = append(maps, m)
	}
	return maps, nil
}

// tasksOf counts the tasks of a user, threads too, as RLIMIT_NPROC does.
func tasksOf(uid int) (int, error) {
	list, err := os.ReadDir("/proc")
	if err != nil {
		return 0, err
	}
	total := 0
	for _, d := range list {
		if _, err := strconv.Atoi(d.Name()); err == nil {
			total += threadsOf(d.Name(), uid)
		}
	}
	return total, nil
}

// threadsOf counts the threads of a process, 0 if it is another user's.
func threadsOf(pid string, uid int) int {
	f, err := os.Open("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	mine := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		fields := strings.Fields(value)
		switch {
		case len(fields) == 0:
		case name == "Uid":
			if mine = fields[0] == strconv.Itoa(uid); !mine {
				return 0
			}
		case name == "Threads":
			n, _ := strconv.Atoi(fields[0])
			return n
		}
	}
	return 0
}
