package process

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// ErrNoLimits is a process that was not started because its limits would not
// hold here.
var ErrNoLimits = errors.New("process: limits cannot be kept here")

// Limits bound what a process and its descendants may use. A zero field is no
// limit. They are set before the first instruction of the program (by a shell
// that then becomes the program), and cannot be raised again.
//
// A limited process has an empty temporary folder as its working directory,
// which is removed at its end, /dev/null as its standard input unless that is
// a pipe, and, if Spec.Env is nil, nothing but PATH, LANG and HOME in its
// environment.
//
// The kernel does not count the processes of root (fork(2)), so the process of
// a caller that is root runs as nobody (65534), to whom its folder belongs. If
// that is not possible, or elsewhere than on Linux, Start fails with
// [ErrNoLimits] instead of going without.
type Limits struct {
	Wall      time.Duration // of the clock, then everything is killed
	Output    int64         // bytes read from its pipes, then everything is killed
	CPU       time.Duration // of one process, in whole seconds
	Memory    int64         // address space of one process, in bytes
	FileSize  int64         // of each file it writes, in bytes
	Processes int           // processes and threads, it and its descendants
	OpenFiles int           // descriptors of one process
}

// Modest are limits for a small command.
func Modest() *Limits {
	return &Limits{
		Wall: 10 * time.Second, Output: 8 << 20, CPU: 5 * time.Second, Memory: 1 << 30,
		FileSize: 16 << 20, Processes: 32, OpenFiles: 64,
	}
}

// limitsRefused is the exit status of the shell if a limit could not be set.
const limitsRefused = 125

// script sets the limits and becomes the program. The units are those of
// POSIX.1-2024 ulimit, which dash has and bash has when it is called sh;
// processes are -u in bash and -p in dash and ash.
func (l *Limits) script(tasks int) string {
	sets := []string{"ulimit -c 0"}
	set := func(option string, resource int, n, unit int64) {
		if n > 0 {
			sets = append(sets, fmt.Sprintf("ulimit -%s %d", option, (ceiling(resource, n)+unit-1)/unit))
		}
	}
	set("t", unix.RLIMIT_CPU, int64((l.CPU+time.Second-1)/time.Second), 1)
	set("v", unix.RLIMIT_AS, l.Memory, 1024)
	set("f", unix.RLIMIT_FSIZE, l.FileSize, 512)
	if l.Processes > 0 {
		n := ceiling(limitProcesses, int64(tasks+l.Processes))
		sets = append(sets, fmt.Sprintf("{ ulimit -u %d 2>/dev/null || ulimit -p %d; }", n, n))
	}
	set("n", unix.RLIMIT_NOFILE, int64(l.OpenFiles), 1)
	return strings.Join(sets, " && ") + fmt.Sprintf(" || exit %d\nexec \"$@\"", limitsRefused)
}

// ceiling is n, or the hard limit that this program has itself if that is
// lower: nobody without rights can raise it (setrlimit(2)).
func ceiling(resource int, n int64) int64 {
	var r unix.Rlimit
	if unix.Getrlimit(resource, &r) == nil && uint64(r.Max) < uint64(n) { //nolint:unconvert // signed on some systems
		return int64(r.Max)
	}
	return n
}

// cleanEnv is the environment of a limited process.
func cleanEnv(home string) []string {
	return []string{"PATH=" + cleanPath, "LANG=C.UTF-8", "HOME=" + home}
}

const cleanPath = "/usr/local/bin:/usr/bin:/bin"

// confine makes the folder of a limited process and the plan to run in it.
func (pl *plan) confine(l *Limits) error {
	who, err := limitedUser()
	if err != nil {
		return err
	}
	tasks, err := tasksOf(who.uid)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoLimits, err)
	}
	parent := "" // $TMPDIR, which another user may not be able to enter
	if who.change {
		parent = "/tmp"
	}
	if pl.temp, err = os.MkdirTemp(parent, "socklab-child-"); err != nil {
		return err
	}
	if who.change {
		if err := os.Chown(pl.temp, who.uid, who.gid); err != nil {
			return fmt.Errorf("%w: %w", ErrNoLimits, err)
		}
		pl.become(who)
	}
	if pl.dir == "" {
		pl.dir = pl.temp
	}
	if pl.env == nil {
		pl.env = cleanEnv(pl.temp)
	}
	pl.argv = append([]string{"sh", "-c", l.script(tasks), "sh", pl.path}, pl.argv[1:]...)
	pl.path = "/bin/sh"
	return nil
}

// user is who a limited process runs as.
type user struct {
	uid, gid int
	change   bool
}

// nobody is the user without rights, by its number on every Linux.
const nobody = 65534
