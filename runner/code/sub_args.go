package code

import (
	"os"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/words"
)

// popenArgs are the arguments of Popen, in the order of Python's signature.
type popenArgs struct {
	args, bufsize, executable, stdin, stdout, stderr, preexec, closeFDs starlark.Value
	shell, cwd, env, newlines, startupinfo, flags, signals, session     starlark.Value
	passFDs, encoding, errors, text                                     starlark.Value
}

func (c *call) popenArgs() (*popenArgs, error) {
	a := &popenArgs{}
	for _, v := range []*starlark.Value{
		&a.bufsize, &a.executable, &a.stdin, &a.stdout, &a.stderr, &a.preexec, &a.closeFDs, &a.shell, &a.cwd, &a.env,
		&a.newlines, &a.startupinfo, &a.flags, &a.signals, &a.session, &a.passFDs, &a.encoding, &a.errors, &a.text,
	} {
		*v = starlark.None
	}
	err := c.unpack("args", &a.args, "bufsize?", &a.bufsize, "executable?", &a.executable, "stdin?", &a.stdin,
		"stdout?", &a.stdout, "stderr?", &a.stderr, "preexec_fn?", &a.preexec, "close_fds?", &a.closeFDs,
		"shell?", &a.shell, "cwd?", &a.cwd, "env?", &a.env, "universal_newlines?", &a.newlines,
		"startupinfo?", &a.startupinfo, "creationflags?", &a.flags, "restore_signals?", &a.signals,
		"start_new_session?", &a.session, "pass_fds?", &a.passFDs, "*",
		"encoding?", &a.encoding, "errors?", &a.errors, "text?", &a.text)
	if err != nil {
		return nil, err
	}
	for name, v := range map[string]starlark.Value{"preexec_fn": a.preexec, "executable": a.executable, "pass_fds": a.passFDs} {
		if v.Truth() {
			return nil, raiseText("NotImplementedError", "", words.F("Popen has no %s here", name))
		}
	}
	return a, nil
}

// spec is what to start; the pipes to the console are not in it yet.
func (a *popenArgs) spec() (process.Spec, error) {
	var s process.Spec
	var err error
	if s.Args, err = a.command(); err != nil {
		return s, err
	}
	if a.cwd != starlark.None {
		if s.Dir, err = pathArg(a.cwd); err != nil {
			return s, err
		}
	}
	s.Env, err = a.environ()
	return s, err
}

// command is the list of arguments; a text is one word, or a shell's command.
func (a *popenArgs) command() ([]string, error) {
	var list []string
	switch v := a.args.(type) {
	case Str, Bytes:
		text, err := pathArg(v)
		if err != nil {
			return nil, err
		}
		list = []string{text}
	case starlark.Iterable:
		it := v.Iterate()
		defer it.Done()
		for x := starlark.Value(nil); it.Next(&x); {
			text, err := pathArg(x)
			if err != nil {
				return nil, err
			}
			list = append(list, text)
		}
	default:
		return nil, typeError("'%s' object is not iterable", typeName(a.args))
	}
	if a.shell.Truth() {
		list = append([]string{"/bin/sh", "-c"}, list...)
	}
	if len(list) == 0 {
		return nil, raise("IndexError", "", "list index out of range")
	}
	return list, nil
}

// pathArg is what the kernel takes: text without a NUL, os.fsencode.
func pathArg(v starlark.Value) (string, error) {
	text := ""
	switch v := v.(type) {
	case Str:
		text = v.s
	case Bytes:
		text = v.s
	default:
		return "", typeError("expected str, bytes or os.PathLike object, not %s", typeName(v))
	}
	if strings.Contains(text, "\x00") {
		return "", valueError("embedded null byte")
	}
	return text, nil
}

func (a *popenArgs) environ() ([]string, error) {
	if a.env == starlark.None {
		return nil, nil
	}
	d, ok := a.env.(*starlark.Dict)
	if !ok {
		return nil, typeError("env must be a dict, not %s", typeName(a.env))
	}
	env := []string{}
	for _, item := range d.Items() {
		name, err := pathArg(item[0])
		if err != nil {
			return nil, err
		}
		value, err := pathArg(item[1])
		if err != nil {
			return nil, err
		}
		if strings.Contains(name, "=") {
			return nil, valueError("illegal environment variable name")
		}
		env = append(env, name+"="+value)
	}
	return env, nil
}

// stdio turns one of stdin=, stdout= and stderr= into what the child gets. A
// file that is not nil is to be closed once the child has it.
func stdio(name string, v starlark.Value) (s process.Stdio, f *os.File, err error) {
	if v == starlark.None {
		return process.Inherit, nil, nil
	}
	if p, ok := v.(*procFile); ok {
		f, err := p.q.Share()
		if err != nil {
			return s, nil, valueError("I/O operation on closed file")
		}
		return process.File(f), f, nil
	}
	number, ok := v.(starlark.Int)
	if !ok {
		e := raise("AttributeError", "", "'%s' object has no attribute 'fileno'", typeName(v))
		if _, isSock := v.(*Sock); isSock {
			e = raiseText("NotImplementedError", "", words.F("a socket cannot be given to a program here: it never waits"))
		}
		return s, nil, e.hint(words.F("%s= may be PIPE, DEVNULL or the stdout of another Popen", name))
	}
	switch n, _ := number.Int64(); {
	case n == subPipe:
		return process.Piped, nil, nil
	case n == subDevnull:
		return process.Null, nil, nil
	case n == subStdout && name == "stderr":
		return process.ToStdout, nil, nil
	}
	e := raise("OSError", "EBADF 9", "%s=%s: bad file descriptor", name, v.String())
	return s, nil, e.hint(words.F("%s= may be PIPE, DEVNULL or the stdout of another Popen", name))
}

// textMode is how text is made of bytes; nil: not at all.
type textMode struct {
	encoding, errors string
	lines            bool // bufsize=1: a line end flushes
}

func (a *popenArgs) textMode() (*textMode, error) {
	if !a.text.Truth() && !a.newlines.Truth() && a.encoding == starlark.None && a.errors == starlark.None {
		return nil, nil
	}
	t := &textMode{encoding: "utf-8", errors: "strict"}
	for _, x := range []struct {
		from starlark.Value
		to   *string
	}{{a.encoding, &t.encoding}, {a.errors, &t.errors}} {
		if x.from == starlark.None {
			continue
		}
		s, ok := x.from.(Str)
		if !ok {
			return nil, typeError("Popen() argument must be str, not %s", typeName(x.from))
		}
		*x.to = s.s
	}
	_, err := findCodec(t.encoding)
	return t, err
}
