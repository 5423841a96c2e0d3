package runner

import (
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/words"
)

// childCommands are the commands that stand for a line of subprocess.
func childCommands() []*Command {
	return []*Command{
		{Name: "popen", Group: Calls, Usage: "popen COMMAND",
			Summary: words.F("starts a shell's command beside you, with pipes for its output"),
			Help:    words.F("`popen ls -l` makes res; then res.stdout.read(), res.communicate(), res.wait(). Its input is empty. `processes` shows the pipes."), expand: expandPopen},
		{Name: "communicate", Group: Calls, Usage: "[NAME.]communicate",
			Summary: words.F("reads both pipes of a program to their ends and waits for it"), complete: completeChild, expand: expandChild("communicate")},
		{Name: "wait", Group: Calls, Usage: "[NAME.]wait",
			Summary: words.F("waits until a program has ended: its exit status"), complete: completeChild, expand: expandChild("wait")},
		{Name: "kill", Group: Calls, Usage: "[NAME.]kill",
			Summary: words.F("ends a program with SIGKILL"), complete: completeChild, expand: expandChild("kill")},
		{Name: "terminate", Group: Calls, Usage: "[NAME.]terminate",
			Summary: words.F("asks a program to end, with SIGTERM"), complete: completeChild, expand: expandChild("terminate")},
	}
}

func expandPopen(s *Session, a Args) (string, error) {
	if a.Text == "" {
		return "", commands["popen"].usage()
	}
	return s.childName() + " = subprocess.Popen(" + pyText(a.Text) + ", shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)", nil
}

// childName is res, unless the learner calls something else so; a program that
// has ended gives its name to the next one.
func (s *Session) childName() string {
	in := s.bench.interp
	if in.ChildNamed("res") != nil || !in.Bound("res") {
		return "res"
	}
	return s.freeName("res")
}

func expandChild(call string) func(*Session, Args) (string, error) {
	return func(s *Session, a Args) (string, error) {
		if a.Text != "" {
			return "", commands[call].usage()
		}
		name, err := s.pickChild(a.Target)
		return name + "." + call + "()", err
	}
}

// pickChild is the child that was named, or the newest one that has not ended,
// or the newest.
func (s *Session) pickChild(target string) (string, error) {
	in := s.bench.interp
	if target != "" {
		if in.ChildNamed(target) == nil {
			return "", &UsageError{Text: words.F("%s is no program here: `popen COMMAND` starts one", target)}
		}
		return target, nil
	}
	best, running := "", ""
	newer := func(name, than string) bool {
		return than == "" || in.ChildNamed(name).Since() > in.ChildNamed(than).Since()
	}
	for _, name := range in.ChildNames() {
		if newer(name, best) {
			best = name
		}
		if in.ChildNamed(name).Info().State != process.Ended && newer(name, running) {
			running = name
		}
	}
	switch {
	case running != "":
		return running, nil
	case best != "":
		return best, nil
	}
	return "", &UsageError{Text: words.F("no program was started yet: `popen COMMAND` starts one")}
}

func completeChild(s *Session, _ string) []string { return s.bench.interp.ChildNames() }

// waitingForChild says for what a call on a child waits, and where the child
// sleeps meanwhile: if that is a full pipe that nobody reads, it is a deadlock.
func (s *Session) waitingForChild(i netlab.ChildInfo) words.Text {
	name := i.Label
	if name == "" {
		name = "child"
	}
	var call string
	switch i.Waiting {
	case netlab.OpWait:
		call = name + ".wait()"
	case netlab.OpWrite:
		call = name + ".stdin.flush()"
	default:
		call = name + "." + i.On + ".read()"
	}
	t := words.F("%s is waiting; %s.", call, s.sleepText(i))
	if s.con.Interactive() {
		return words.F("%s Ctrl-C cancels.", t)
	}
	return t
}

// sleepText is where the child sleeps, in words.
func (s *Session) sleepText(i netlab.ChildInfo) words.Text {
	who := words.F("the child (pid %d)", i.Pid)
	if i.Sleep.Pid != 0 && i.Sleep.Pid != i.Pid {
		who = words.F("a descendant of the child (pid %d)", i.Sleep.Pid)
	}
	for _, p := range i.Pipes {
		if i.Sleep.Call == "write" && p.Full() && (p.Of == i.Sleep.On || i.Sleep.FD < 0) {
			return words.F("%s sleeps in write on its %s, which is full (%d of %d bytes)", who, p.Name, p.Level, p.Capacity)
		}
	}
	switch {
	case i.State == process.Zombie || i.State == process.Ended:
		return words.F("the child (pid %d) has ended, but another process still has the pipe open", i.Pid)
	case i.State == process.Stopped:
		return words.F("the child (pid %d) is stopped", i.Pid)
	case i.Sleep.Call == "write" && i.Sleep.On > 0:
		return words.F("%s sleeps in write on its %s", who, [...]string{"stdin", "stdout", "stderr"}[i.Sleep.On])
	case i.Sleep.Call == "read" && i.Sleep.On == 0:
		return words.F("%s sleeps in read on its stdin: it waits for input", who)
	case i.Sleep.Call != "":
		return words.F("%s sleeps in %s", who, i.Sleep.Call)
	}
	return words.F("the child (pid %d) runs", i.Pid)
}
