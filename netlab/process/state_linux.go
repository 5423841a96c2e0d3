package process

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// State asks the kernel what the process is doing.
func (p *Process) State() State {
	if p.Waited() {
		return Ended
	}
	t, ok := readTask(p.Pid)
	switch {
	case !ok:
		return Running
	case t.dead():
		return Zombie
	case t.state == 'T' || t.state == 't':
		return Stopped
	}
	return Running
}

// SleepsIn tells in which call the process sleeps; if it waits for a
// descendant that sleeps in write or read, that one is told.
func (p *Process) SleepsIn() Sleep {
	list, err := p.tree()
	if err != nil {
		return awake(0)
	}
	best := awake(0)
	for _, t := range list {
		if t.state != 'S' {
			continue
		}
		if s := sleepOf(t.pid); rank(s, p.Pid) > rank(best, p.Pid) {
			best = s
		}
	}
	if best.FD >= 0 {
		best.On = p.pipeOf(best)
	}
	return best
}

// pipeOf finds the pipe behind the descriptor of a sleep: both ends of a pipe
// have the same inode, pipe(7).
func (p *Process) pipeOf(s Sleep) int {
	var theirs unix.Stat_t
	if unix.Stat(fmt.Sprintf("/proc/%d/fd/%d", s.Pid, s.FD), &theirs) != nil {
		return -1
	}
	for i, q := range []*Pipe{p.Stdin, p.Stdout, p.Stderr} {
		if q == nil || q.shut.Load() {
			continue
		}
		var ours unix.Stat_t
		same := false
		_ = q.rc.Control(func(fd uintptr) {
			same = unix.Fstat(int(fd), &ours) == nil && ours.Ino == theirs.Ino && ours.Dev == theirs.Dev
		})
		if same {
			return i
		}
	}
	return -1
}

// rank orders sleeps by what they explain.
func rank(s Sleep, leader int) int {
	n := 0
	if s.Pid == leader {
		n = 1
	}
	switch s.Call {
	case "":
		return 0
	case "write":
		return n + 6
	case "read":
		return n + 4
	}
	return n + 1
}

// calls are the system calls in which programs sleep, on every architecture.
var calls = map[int]string{
	unix.SYS_WRITE: "write", unix.SYS_WRITEV: "write", unix.SYS_READ: "read", unix.SYS_READV: "read",
	unix.SYS_WAIT4: "wait4", unix.SYS_WAITID: "waitid", unix.SYS_NANOSLEEP: "nanosleep",
	unix.SYS_CLOCK_NANOSLEEP: "nanosleep", unix.SYS_PPOLL: "poll", unix.SYS_PSELECT6: "select",
	unix.SYS_FUTEX: "futex", unix.SYS_EPOLL_PWAIT: "epoll_wait", unix.SYS_RT_SIGSUSPEND: "sigsuspend",
}

// places are the functions of the kernel in which tasks sleep, for a kernel
// that does not tell the call.
var places = []struct{ part, call string }{
	{"pipe_write", "write"}, {"pipe_read", "read"}, {"pipe_wait_writable", "write"}, {"pipe_wait_readable", "read"},
	{"do_wait", "wait4"}, {"nanosleep", "nanosleep"}, {"ep_poll", "epoll_wait"}, {"poll_schedule", "poll"},
	{"n_tty_read", "read"}, {"inet_csk_accept", "accept"}, {"futex", "futex"},
}

// sleepOf reads /proc/PID/syscall, "1 0x2 0x7ffc…": the call's number and its
// arguments; and else /proc/PID/wchan, the function it sleeps in (proc(5)).
func sleepOf(pid int) Sleep {
	s := awake(pid)
	dir := "/proc/" + strconv.Itoa(pid)
	if p, err := os.ReadFile(dir + "/syscall"); err == nil {
		f := strings.Fields(string(p))
		if len(f) < 2 {
			return s // it runs
		}
		number, err := strconv.Atoi(f[0])
		if s.Call = calls[number]; err == nil && s.Call != "" {
			if s.Call == "write" || s.Call == "read" {
				if fd, err := strconv.ParseInt(f[1], 0, 32); err == nil {
					s.FD = int(fd)
				}
			}
			return s
		}
	}
	p, err := os.ReadFile(dir + "/wchan")
	if err != nil {
		return s
	}
	for _, place := range places {
		if strings.Contains(string(p), place.part) {
			s.Call = place.call
			break
		}
	}
	return s
}
