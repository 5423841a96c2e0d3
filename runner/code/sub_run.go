package code

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"time"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/runner/words"
)

// runArgs are the arguments of run that Popen does not have.
type runArgs struct {
	input   starlark.Value
	capture bool
	check   bool
	timeout optTimeout
}

// own takes the named arguments of names out of the call; the rest is Popen's.
func (c *call) own(names ...string) *call {
	mine := &call{thread: c.thread, name: c.name}
	var rest []starlark.Tuple
	for _, kw := range c.kwargs {
		if slices.Contains(names, textOf(kw[0])) {
			mine.kwargs = append(mine.kwargs, kw)
		} else {
			rest = append(rest, kw)
		}
	}
	c.kwargs = rest
	return mine
}

func (n *Net) run(c *call) (starlark.Value, error) {
	r := runArgs{input: starlark.None, timeout: optTimeout{d: -1}}
	mine := c.own("input", "capture_output", "check", "timeout")
	if err := mine.unpack("input?", &r.input, "capture_output?", &r.capture, "check?", &r.check, "timeout?", &r.timeout); err != nil {
		return nil, err
	}
	a, err := c.popenArgs()
	if err != nil {
		return nil, err
	}
	if r.input != starlark.None {
		if a.stdin != starlark.None {
			return nil, valueError("stdin and input arguments may not both be used.")
		}
		a.stdin = starlark.MakeInt(subPipe)
	}
	if r.capture {
		if a.stdout != starlark.None || a.stderr != starlark.None {
			return nil, valueError("stdout and stderr arguments may not be used with capture_output.")
		}
		a.stdout, a.stderr = starlark.MakeInt(subPipe), starlark.MakeInt(subPipe)
	}
	return n.runToEnd(c, a, r)
}

// runToEnd starts a program and talks to it until it has ended. If that goes
// wrong the program is killed.
func (n *Net) runToEnd(c *call, a *popenArgs, r runArgs) (starlark.Value, error) {
	p, err := n.start(c, a)
	if err != nil {
		return nil, err
	}
	both, err := p.communicate(c, r.input, r.timeout)
	if err != nil {
		p.abandon()
		return nil, err
	}
	out := both.(starlark.Tuple)
	done := &completed{args: p.args, code: p.code, out: out[0], err: out[1]}
	if r.check && p.code != 0 {
		return nil, done.failure()
	}
	return done, nil
}

// abandonTime is how long a program that was killed may take to be gone.
const abandonTime = time.Second

// abandon kills the program and closes its pipes, also after Ctrl-C.
func (p *popen) abandon() {
	ctx, stop := context.WithTimeout(context.Background(), abandonTime)
	defer stop()
	if p.poll(); !p.done {
		_ = p.c.Signal(syscall.SIGKILL)
	}
	for _, f := range []*procFile{p.stdin, p.stdout, p.stderr} {
		if f != nil {
			_ = f.q.Close()
		}
	}
	if p.done {
		return
	}
	if code, err := p.c.Wait(ctx, -1); err == nil {
		p.ended(code)
	}
}

func (n *Net) callFn(c *call) (starlark.Value, error) {
	p, err := n.startAndWait(c)
	if err != nil {
		return nil, err
	}
	return p.returncode(), nil
}

func (n *Net) startAndWait(c *call) (*popen, error) {
	t := optTimeout{d: -1}
	if err := c.own("timeout").unpack("timeout?", &t); err != nil {
		return nil, err
	}
	a, err := c.popenArgs()
	if err != nil {
		return nil, err
	}
	p, err := n.start(c, a)
	if err != nil {
		return nil, err
	}
	if err := p.wait(c, t, t.d); err != nil {
		p.abandon()
		return nil, err
	}
	return p, nil
}

func (n *Net) checkCall(c *call) (starlark.Value, error) {
	p, err := n.startAndWait(c)
	if err != nil {
		return nil, err
	}
	if p.code != 0 {
		return nil, (&completed{args: p.args, code: p.code}).failure()
	}
	return starlark.MakeInt(0), nil
}

func (n *Net) checkOutput(c *call) (starlark.Value, error) {
	for _, kw := range c.kwargs {
		if name := textOf(kw[0]); name == "stdout" || name == "check" {
			return nil, valueError("%s argument not allowed, it will be overridden.", name)
		}
	}
	c.kwargs = append(c.kwargs, named("stdout", starlark.MakeInt(subPipe)), named("check", starlark.True))
	v, err := n.run(c)
	if err != nil {
		return nil, err
	}
	return v.(*completed).out, nil
}

func named(name string, v starlark.Value) starlark.Tuple {
	return starlark.Tuple{starlark.String(name), v}
}

// shellOutput runs a command in a shell, its errors with its output.
func (n *Net) shellOutput(c *call) (*completed, error) {
	var cmd starlark.Value
	if err := c.unpack("cmd", &cmd); err != nil {
		return nil, err
	}
	again := &call{thread: c.thread, name: c.name, args: starlark.Tuple{cmd}, kwargs: []starlark.Tuple{
		named("shell", starlark.True), named("text", starlark.True),
		named("stdout", starlark.MakeInt(subPipe)), named("stderr", starlark.MakeInt(subStdout)),
	}}
	v, err := n.run(again)
	if err != nil {
		return nil, err
	}
	done := v.(*completed)
	done.out = newStr(strings.TrimSuffix(textOf(done.out), "\n"))
	return done, nil
}

func (n *Net) getOutput(c *call) (starlark.Value, error) {
	done, err := n.shellOutput(c)
	if err != nil {
		return nil, err
	}
	return done.out, nil
}

func (n *Net) getStatusOutput(c *call) (starlark.Value, error) {
	done, err := n.shellOutput(c)
	if err != nil {
		return nil, err
	}
	return starlark.Tuple{starlark.MakeInt(done.code), done.out}, nil
}

// completed is what run returns.
type completed struct {
	args     starlark.Value
	code     int
	out, err starlark.Value // None or nil: not read
}

var _ starlark.HasAttrs = (*completed)(nil)

func newCompleted(c *call) (starlark.Value, error) {
	d := &completed{out: starlark.None, err: starlark.None}
	return d, c.unpack("args", &d.args, "returncode", &d.code, "stdout?", &d.out, "stderr?", &d.err)
}

// Type and TypeName are what type() prints; the rest is that of any object.
func (d *completed) Type() string          { return "CompletedProcess" }
func (d *completed) TypeName() string      { return completedType }
func (d *completed) Freeze()               {}
func (d *completed) Truth() starlark.Bool  { return true }
func (d *completed) Hash() (uint32, error) { return 0, errUnhashable }

// String is what Python prints: what was not read is left out.
func (d *completed) String() string {
	text := fmt.Sprintf("CompletedProcess(args=%s, returncode=%d", reprOf(d.args), d.code)
	if d.out != starlark.None {
		text += ", stdout=" + reprOf(d.out)
	}
	if d.err != starlark.None {
		text += ", stderr=" + reprOf(d.err)
	}
	return text + ")"
}

var completedMethods = methods([]method{
	{"check_returncode", "check_returncode()", words.F("an error if the exit status is not 0"), func(c *call) (starlark.Value, error) {
		if err := c.unpack(); err != nil {
			return nil, err
		}
		if d := c.self.(*completed); d.code != 0 {
			return nil, d.failure()
		}
		return starlark.None, nil
	}},
})

// Attr is a method, or a field.
func (d *completed) Attr(name string) (starlark.Value, error) {
	switch name {
	case "args":
		return d.args, nil
	case "returncode":
		return starlark.MakeInt(d.code), nil
	case "stdout":
		return d.out, nil
	case "stderr":
		return d.err, nil
	}
	return completedMethods.attr(d, name)
}

// AttrNames lists the methods and fields.
func (d *completed) AttrNames() []string {
	return append([]string{"args", "returncode", "stderr", "stdout"}, completedMethods.names...)
}

// failure is Python's error for a status other than 0.
func (d *completed) failure() *Error {
	const kind = "subprocess.CalledProcessError"
	args := strOf(d.args)
	switch {
	case d.code >= 0:
		return raise(kind, "", "Command '%s' returned non-zero exit status %d.", args, d.code)
	case unix.SignalName(syscall.Signal(-d.code)) != "":
		return raise(kind, "", "Command '%s' died with <Signals.%s: %d>.", args, unix.SignalName(syscall.Signal(-d.code)), -d.code)
	}
	return raise(kind, "", "Command '%s' died with unknown signal %d.", args, -d.code)
}
