package process

// State is what a process is doing.
type State string

// The states. A zombie has ended and was not waited for yet.
const (
	Running State = "running"
	Stopped State = "stopped"
	Zombie  State = "zombie"
	Ended   State = "ended"
)

// A Sleep is a call in which a process sleeps.
type Sleep struct {
	Pid  int    // the process or a descendant
	Call string // "write", "read", "wait4", …; "" if it is not known or none sleeps
	FD   int    // the descriptor of write and read; -1 if it is not known
	On   int    // 0, 1, 2: the pipe behind it is Stdin, Stdout or Stderr of the Process; -1: another
}

// awake is the sleep of a process of which nothing is known.
func awake(pid int) Sleep { return Sleep{Pid: pid, FD: -1, On: -1} }
