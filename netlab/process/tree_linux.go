package process

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// task is a row of /proc/PID/stat, proc_pid_stat(5).
type task struct {
	pid, ppid, session int
	state              byte
	start              uint64 // tells two with the same number apart
}

// readTasks reads the table of all processes.
func readTasks() (map[int]task, error) {
	f, err := os.Open("/proc")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	all := make(map[int]task, len(names))
	for _, name := range names {
		if pid, err := strconv.Atoi(name); err == nil {
			if t, ok := readTask(pid); ok {
				all[pid] = t
			}
		}
	}
	return all, nil
}

func readTask(pid int) (task, bool) {
	p, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return task{}, false
	}
	return parseTask(pid, p)
}

// parseTask reads a row; the name in brackets may contain anything.
func parseTask(pid int, p []byte) (task, bool) {
	f := bytes.Fields(p[bytes.LastIndexByte(p, ')')+1:])
	if len(f) < 20 {
		return task{}, false
	}
	t := task{pid: pid, state: f[0][0]}
	var err1, err2, err3 error
	t.ppid, err1 = strconv.Atoi(string(f[1]))
	t.session, err2 = strconv.Atoi(string(f[3]))
	t.start, err3 = strconv.ParseUint(string(f[19]), 10, 64)
	return t, err1 == nil && err2 == nil && err3 == nil
}

func (t task) dead() bool { return t.state == 'Z' || t.state == 'X' }

// tree lists the process, unless it was waited for, and its descendants.
func (p *Process) tree() ([]task, error) {
	family.Lock()
	defer family.Unlock()
	all, err := readTasks()
	if err != nil {
		return nil, err
	}
	pids, sessions := map[int]*Process{}, map[int]*Process{}
	for q := range family.members {
		if !q.Waited() {
			pids[q.Pid] = q
		}
		if sessions[q.Pid] == nil || !q.Waited() { // the number may have come back
			sessions[q.Pid] = q
		}
	}
	own := all[os.Getpid()]
	var mine []task
	for _, t := range all {
		if owner, ok := ownerOf(t, all, own, pids, sessions); ok && (owner == p || owner == nil) {
			mine = append(mine, t)
		}
	}
	return mine, nil
}

// ownerOf tells whose a task is; nil is an orphan that may be anybody's. It is
// no concern of this package if ok is false.
func ownerOf(t task, all map[int]task, own task, pids, sessions map[int]*Process) (owner *Process, ok bool) {
	if t.pid == own.pid {
		return nil, false
	}
	var bySession *Process
	for range len(all) { // the rows are not of one moment: a circle is possible
		if q := pids[t.pid]; q != nil && t.ppid == own.pid {
			return q, true
		}
		if bySession == nil {
			bySession = sessions[t.session]
		}
		if t.ppid == own.pid {
			return bySession, bySession != nil || t.session != own.session
		}
		parent, known := all[t.ppid]
		if !known {
			return nil, false
		}
		t = parent
	}
	return nil, false
}

// killAll kills the process and its descendants and waits for those that come
// back as orphans; with whole for the process too. All are stopped before any
// but the group is killed, so that none can start others meanwhile.
func (p *Process) killAll(whole bool) error {
	p.killGroup()
	stopped := map[task]bool{}
	pause := 100 * time.Microsecond
	for end := time.Now().Add(killTime); ; {
		list, err := p.tree()
		if err != nil {
			return err
		}
		left, fresh := p.clear(list, stopped, whole)
		switch {
		case left == 0:
			return nil
		case fresh:
			continue
		case time.Now().After(end):
			return ErrSurvived
		}
		time.Sleep(pause)
		pause = min(2*pause, 5*time.Millisecond)
	}
}

// clear does one round of killAll: it tells how many are left, and whether
// some were not known yet.
func (p *Process) clear(list []task, stopped map[task]bool, whole bool) (left int, fresh bool) {
	var alive []task
	for _, t := range list {
		switch {
		case t.dead() && t.pid == p.Pid:
			if whole {
				if _, done := p.Poll(); !done {
					left++
				}
			}
		case t.dead():
			left += reap(t)
		default:
			left++
			alive = append(alive, t)
		}
	}
	for _, t := range alive {
		key := task{pid: t.pid, start: t.start}
		if !stopped[key] {
			stopped[key], fresh = true, true
			signal(t, unix.SIGSTOP)
		}
	}
	if !fresh {
		for _, t := range alive {
			signal(t, unix.SIGKILL)
		}
	}
	return left, fresh
}

// reap waits for a zombie that has come to this program; another one's parent
// is about to be gone.
func reap(t task) (left int) {
	if t.ppid != os.Getpid() {
		return 1
	}
	var status unix.WaitStatus
	if pid, err := unix.Wait4(t.pid, &status, unix.WNOHANG, nil); err == nil && pid == 0 {
		return 1
	}
	return 0
}

// signal sends a signal to the task and to no other that has its number now.
func signal(t task, sig unix.Signal) {
	fd, err := unix.PidfdOpen(t.pid, 0)
	if errors.Is(err, unix.ENOSYS) {
		_ = unix.Kill(t.pid, sig)
		return
	}
	if err != nil {
		return
	}
	defer unix.Close(fd)
	if now, ok := readTask(t.pid); ok && now.start == t.start {
		_ = unix.PidfdSendSignal(fd, sig, nil, 0)
	}
}
