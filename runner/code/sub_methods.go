package code

import (
	"errors"
	"syscall"
	"time"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

var popenMethods = methods([]method{
	{"communicate", "communicate(input=None, timeout=None)", words.F("sends input, reads both pipes to their ends at the same time, waits"), popenCommunicate},
	{"wait", "wait(timeout=None)", words.F("waits until the program has ended; returns its exit status"), popenWait},
	{"poll", "poll()", words.F("the exit status, or None while the program runs"), popenPoll},
	{"kill", "kill()", words.F("ends the program with SIGKILL, which it cannot catch"), popenSend(syscall.SIGKILL)},
	{"terminate", "terminate()", words.F("asks the program to end, with SIGTERM"), popenSend(syscall.SIGTERM)},
	{"send_signal", "send_signal(number)", words.F("sends the program a signal"), popenSignal},
})

func popenOf(c *call) *popen { return c.self.(*popen) }

// optTimeout is a timeout= as it was given: its text is in the error.
type optTimeout struct {
	d    time.Duration // negative: none
	text string
}

// Unpack implements starlark.Unpacker.
func (o *optTimeout) Unpack(v starlark.Value) error {
	if v == starlark.None {
		return nil
	}
	f, err := asFloat(v)
	if err != nil {
		return err
	}
	o.text = reprOf(v)
	switch {
	case !(f > 0):
		o.d = 0
	case f > 1e9:
		o.d = -1
	default:
		o.d = time.Duration(f * float64(time.Second))
	}
	return nil
}

func (p *popen) timedOut(t optTimeout) *Error {
	return raise("subprocess.TimeoutExpired", "", "Command '%s' timed out after %s seconds", strOf(p.args), t.text)
}

func popenWait(c *call) (starlark.Value, error) {
	t := optTimeout{d: -1}
	if err := c.unpack("timeout?", &t); err != nil {
		return nil, err
	}
	p := popenOf(c)
	if err := p.wait(c, t, t.d); err != nil {
		return nil, err
	}
	return p.returncode(), nil
}

// wait waits for the child, at most so long as limit says.
func (p *popen) wait(c *call, t optTimeout, limit time.Duration) error {
	if p.done {
		return nil
	}
	code, err := p.c.Wait(c.ctx(), limit)
	switch {
	case err == nil:
		p.ended(code)
		return nil
	case errors.Is(err, netlab.ErrTimeout):
		return p.timedOut(t)
	}
	return p.net.failed(c, err)
}

// ended remembers the status; what the child printed is on the screen first.
func (p *popen) ended(code int) {
	p.done, p.code = true, code
	if p.out != nil {
		p.out.drain()
	}
}

func (p *popen) poll() {
	if p.done {
		return
	}
	if code, done := p.c.Poll(); done {
		p.ended(code)
	}
}

func popenPoll(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	p := popenOf(c)
	p.poll()
	return p.returncode(), nil
}

func popenSend(sig syscall.Signal) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		if err := c.unpack(); err != nil {
			return nil, err
		}
		return popenOf(c).signal(c, sig)
	}
}

func popenSignal(c *call) (starlark.Value, error) {
	number := 0
	if err := c.unpack("sig", &number); err != nil {
		return nil, err
	}
	return popenOf(c).signal(c, syscall.Signal(number))
}

// signal asks first whether the child still runs, as CPython does.
func (p *popen) signal(c *call, sig syscall.Signal) (starlark.Value, error) {
	p.poll()
	if p.done {
		return starlark.None, nil
	}
	return starlark.None, p.net.failed(c, p.c.Signal(sig))
}

func popenCommunicate(c *call) (starlark.Value, error) {
	var input starlark.Value = starlark.None
	t := optTimeout{d: -1}
	if err := c.unpack("input?", &input, "timeout?", &t); err != nil {
		return nil, err
	}
	return popenOf(c).communicate(c, input, t)
}
