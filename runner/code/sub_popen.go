package code

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/words"
)

// popen is a child as a value of the language. The lab ends the child; when
// nobody has the value any more its pipes are closed, as in CPython.
type popen struct {
	net                   *Net
	c                     *netlab.Child
	args                  starlark.Value
	text                  *textMode
	stdin, stdout, stderr *procFile
	out                   *childOutput // what it prints without a pipe; may be nil
	done                  bool         // returncode is known
	code                  int
	talk                  *communication // nil: communicate was not called
}

var (
	_ starlark.HasAttrs = (*popen)(nil)
	_ labelled          = (*popen)(nil)
	_ takesCommands     = (*popen)(nil)
)

// popen is subprocess.Popen.
func (n *Net) popen(c *call) (starlark.Value, error) {
	c.name = "Popen"
	a, err := c.popenArgs()
	if err != nil {
		return nil, err
	}
	p, err := n.start(c, a)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (n *Net) start(c *call, a *popenArgs) (*popen, error) {
	if err := c.mayReachOut(); err != nil {
		return nil, err
	}
	spec, err := a.spec()
	if err != nil {
		return nil, err
	}
	p := &popen{net: n, args: a.args}
	if p.text, err = a.textMode(); err != nil {
		return nil, err
	}
	given, err := p.stdio(a, &spec)
	if err == nil {
		p.c, err = n.spawn(spec)
	}
	for _, f := range given {
		_ = f.Close()
	}
	if err != nil {
		return nil, n.startFailed(c, a, err)
	}
	buffer := procBuffer
	if size, ok := a.bufsize.(starlark.Int); ok {
		switch size {
		case starlark.MakeInt(0):
			buffer = 0
		case starlark.MakeInt(1):
			if p.text != nil {
				p.text.lines = true
			}
		}
	}
	p.stdin = n.newProcFile(c, p.c.Stdin, p.text, buffer)
	p.stdout = n.newProcFile(c, p.c.Stdout, p.text, buffer)
	p.stderr = n.newProcFile(c, p.c.Stderr, p.text, buffer)
	runtime.AddCleanup(p, func(c *netlab.Child) { c.Forget() }, p.c)
	return p, nil
}

// stdio fills in the three descriptors. Output that goes nowhere in particular
// goes to the console; input that comes from nowhere is empty.
func (p *popen) stdio(a *popenArgs, spec *process.Spec) (given []*os.File, err error) {
	for _, x := range []struct {
		name string
		from starlark.Value
		to   *process.Stdio
	}{{"stdin", a.stdin, &spec.Stdin}, {"stdout", a.stdout, &spec.Stdout}, {"stderr", a.stderr, &spec.Stderr}} {
		s, f, err := stdio(x.name, x.from)
		if err != nil {
			return given, err
		}
		if f != nil {
			given = append(given, f)
		}
		*x.to = s
	}
	if spec.Stdin.IsInherit() {
		spec.Stdin = process.Null
	}
	if !spec.Stdout.IsInherit() && !spec.Stderr.IsInherit() {
		return given, nil
	}
	console := process.Null
	if p.net.Output != nil {
		out, w, err := p.net.collectOutput()
		if err != nil {
			return given, err
		}
		p.out, console, given = out, process.File(w), append(given, w)
	}
	for _, to := range []*process.Stdio{&spec.Stdout, &spec.Stderr} {
		if to.IsInherit() {
			*to = console
		}
	}
	return given, nil
}

// spawn starts a child. When descriptors have run out, those of values that
// nobody has any more are closed first, which CPython would have done at once.
func (n *Net) spawn(spec process.Spec) (*netlab.Child, error) {
	for try := 0; ; try++ {
		c, err := n.Lab.Spawn(spec, netlab.Learner)
		if try == 3 || err == nil || netlab.Errno(err) != syscall.EMFILE {
			return c, err
		}
		runtime.GC()
		time.Sleep(5 * time.Millisecond) // cleanups run on a goroutine of their own
	}
}

// startFailed is the error of a program that could not be started.
func (n *Net) startFailed(c *call, a *popenArgs, err error) error {
	var failed *netlab.ChildError
	errno := netlab.Errno(err)
	if !errors.As(err, &failed) || errno == 0 {
		var own *Error
		if errors.As(err, &own) {
			return err
		}
		return n.failed(c, err)
	}
	e := &Error{Kind: Exception(errno), Tag: Tag(errno), Err: err}
	var sys *os.SyscallError
	what := "execve"
	if errors.As(err, &sys) {
		what = sys.Syscall
	}
	why := words.Raw(errno.Error())
	switch {
	case errno == syscall.ENOENT && what == "chdir":
		why = words.F("there is no such folder")
	case errno == syscall.ENOENT:
		why = words.F("there is no such program")
		if s, ok := a.args.(Str); ok && !bool(a.shell.Truth()) && strings.Contains(s.s, " ") {
			e.Hint = words.F("a command line of several words needs shell=True, or a list: %s", commandList(s.s))
		}
	case errno == syscall.EACCES && what != "chdir":
		why = words.F("that is no program, or it may not be run")
	}
	e.Msg = words.Text{Format: "%s: %s", Args: []any{strings.TrimSpace(what + " " + failed.Path), why}}
	return e
}

func commandList(line string) string {
	var parts []string
	for _, f := range strings.Fields(line) {
		parts = append(parts, quoteStr(f))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// Child is the child behind the value.
func (p *popen) Child() *netlab.Child { return p.c }

// TakesCommands makes NAME.verb a command.
func (p *popen) TakesCommands() bool { return true }

// Type and TypeName are what type() prints; the rest is that of any object.
func (p *popen) Type() string          { return "Popen" }
func (p *popen) TypeName() string      { return popenType }
func (p *popen) Freeze()               {}
func (p *popen) Truth() starlark.Bool  { return true }
func (p *popen) Hash() (uint32, error) { return uint32(p.c.Pid), nil }

// setLabel takes the name of the variable a child is bound to first.
func (p *popen) setLabel(name string) {
	if p.c.Label() == "" {
		p.c.SetLabel(name)
	}
}

// String is what Python 3.11 prints.
func (p *popen) String() string {
	text := "<Popen: returncode: " + reprOf(p.returncode()) + " args: " + reprOf(p.args) + ">"
	if r := []rune(text); len(r) > 80 {
		text = string(r[:76]) + "...>"
	}
	return text
}

func (p *popen) returncode() starlark.Value {
	if !p.done {
		return starlark.None
	}
	return starlark.MakeInt(p.code)
}

// Attr is a method, or a field.
func (p *popen) Attr(name string) (starlark.Value, error) {
	switch name {
	case "pid":
		return starlark.MakeInt(p.c.Pid), nil
	case "args":
		return p.args, nil
	case "returncode":
		return p.returncode(), nil
	case "stdin":
		return p.stdin.orNone(), nil
	case "stdout":
		return p.stdout.orNone(), nil
	case "stderr":
		return p.stderr.orNone(), nil
	}
	return popenMethods.attr(p, name)
}

// AttrNames lists the methods and fields.
func (p *popen) AttrNames() []string {
	return append([]string{"args", "pid", "returncode", "stderr", "stdin", "stdout"}, popenMethods.names...)
}
