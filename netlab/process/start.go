package process

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// plan is a Spec on its way to execve(2).
type plan struct {
	path  string
	argv  []string
	env   []string
	dir   string
	temp  string // folder of a limited process
	sys   syscall.SysProcAttr
	files [3]uintptr
	close []int    // the process's ends, closed here once it has them
	pipes [3]*Pipe // this program's ends
}

// Start starts a process. Its owner calls [Process.End]. The error is an
// *fs.PathError with the errno of execve(2), or of chdir(2) for Dir; nothing
// is left of a process that could not be started.
func Start(spec Spec) (*Process, error) {
	if len(spec.Args) == 0 {
		return nil, &os.PathError{Op: "execve", Err: unix.ENOENT}
	}
	prepareOnce.Do(prepareProgram)
	pl := &plan{argv: spec.Args, env: spec.Env, dir: spec.Dir}
	p, err := pl.start(&spec)
	for _, fd := range pl.close {
		_ = unix.Close(fd)
	}
	if err != nil {
		for _, q := range pl.pipes {
			if q != nil {
				_ = q.Close()
			}
		}
		if pl.temp != "" {
			_ = os.RemoveAll(pl.temp)
		}
	}
	return p, err
}

var prepareOnce sync.Once

// prepareProgram makes this program fit to have children: it inherits orphans,
// and what it inherited itself goes no further.
func prepareProgram() {
	becomeSubreaper()
	closeOnExec()
}

func (pl *plan) start(spec *Spec) (*Process, error) {
	var err error
	if pl.dir != "" {
		if info, err := os.Stat(pl.dir); err != nil || !info.IsDir() {
			return nil, &os.PathError{Op: "chdir", Path: pl.dir, Err: notDir(err)}
		}
	}
	if pl.path, err = pl.lookUp(spec.Limits != nil); err != nil {
		return nil, err
	}
	if spec.Limits != nil {
		if spec.Stdin.IsInherit() {
			spec.Stdin = Null
		}
		if err := pl.confine(spec.Limits); err != nil {
			return nil, err
		}
	}
	if err := pl.open(spec); err != nil {
		return nil, err
	}
	pl.sys.Setsid = true
	env := pl.env
	if env == nil {
		env = os.Environ()
	}
	p := &Process{Args: spec.Args, limits: spec.Limits, temp: pl.temp}
	family.Lock() // so that no sweep meets a child that nobody owns yet
	defer family.Unlock()
	p.Pid, _, err = syscall.StartProcess(pl.path, pl.argv, &syscall.ProcAttr{
		Dir: pl.dir, Env: env, Files: pl.files[:], Sys: &pl.sys,
	})
	if err != nil {
		return nil, &os.PathError{Op: "execve", Path: spec.Args[0], Err: err}
	}
	family.own(p)
	p.Stdin, p.Stdout, p.Stderr = pl.pipes[0], pl.pipes[1], pl.pipes[2]
	for _, q := range []*Pipe{p.Stdout, p.Stderr} {
		if q != nil {
			q.owner = p
		}
	}
	p.watchClock()
	return p, nil
}

func notDir(err error) error {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno
	}
	return unix.ENOTDIR
}

// become lets the process run as another user, without that one's groups.
func (pl *plan) become(u user) {
	pl.sys.Credential = &syscall.Credential{Uid: uint32(u.uid), Gid: uint32(u.gid)}
}

// lookUp finds the program as execvp(3) does: in the PATH of the environment
// that it will have.
func (pl *plan) lookUp(limited bool) (string, error) {
	name := pl.argv[0]
	if strings.Contains(name, "/") {
		return name, nil
	}
	failed := error(unix.ENOENT)
	for _, dir := range filepath.SplitList(pl.searchPath(limited)) {
		if dir == "" {
			dir = "."
		}
		path := dir + "/" + name
		if pl.dir != "" && !filepath.IsAbs(path) {
			path = filepath.Join(pl.dir, path)
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
		case info.IsDir() || unix.Access(path, unix.X_OK) != nil:
			failed = unix.EACCES
		default:
			return path, nil
		}
	}
	return "", &os.PathError{Op: "execve", Path: name, Err: failed}
}

func (pl *plan) searchPath(limited bool) string {
	switch {
	case pl.env == nil && limited:
		return cleanPath
	case pl.env == nil:
		return os.Getenv("PATH")
	}
	for _, v := range pl.env {
		if path, ok := strings.CutPrefix(v, "PATH="); ok {
			return path
		}
	}
	return "/bin:/usr/bin" // what execvp(3) takes without a PATH
}

// open makes the three descriptors.
func (pl *plan) open(spec *Spec) error {
	for i, s := range []Stdio{spec.Stdin, spec.Stdout, spec.Stderr} {
		fd, err := pl.openOne(i, s)
		if err != nil {
			return err
		}
		pl.files[i] = fd
	}
	return nil
}

func (pl *plan) openOne(i int, s Stdio) (uintptr, error) {
	switch s.kind {
	case piped:
		r, w, err := newPipe()
		if err != nil {
			return 0, os.NewSyscallError("pipe2", err)
		}
		ours, theirs := r, w
		if i == 0 {
			ours, theirs = w, r
		}
		pl.close = append(pl.close, theirs)
		if pl.pipes[i], err = takePipe(ours); err != nil {
			return 0, err
		}
		return uintptr(theirs), nil
	case null:
		fd, err := unix.Open(os.DevNull, unix.O_RDWR|unix.O_CLOEXEC, 0)
		if err != nil {
			return 0, &os.PathError{Op: "open", Path: os.DevNull, Err: err}
		}
		pl.close = append(pl.close, fd)
		return uintptr(fd), nil
	case toStdout:
		return pl.files[1], nil
	case toFile:
		return s.file.Fd(), nil
	}
	return uintptr(i), nil
}

// watchClock ends the process when its time is over.
func (p *Process) watchClock() {
	if p.limits == nil || p.limits.Wall <= 0 {
		return
	}
	p.clock = time.AfterFunc(p.limits.Wall, func() { p.exceed("wall time") })
}
