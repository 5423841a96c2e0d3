package code

import (
	"context"
	"errors"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/words"
)

const eagain = unix.EAGAIN

// exceptions are the Python exceptions of errnos (PEP 3151); the rest is
// OSError.
var exceptions = map[syscall.Errno]string{
	unix.ECONNREFUSED: "ConnectionRefusedError",
	unix.ECONNRESET:   "ConnectionResetError",
	unix.ECONNABORTED: "ConnectionAbortedError",
	unix.EPIPE:        "BrokenPipeError",
	unix.ESHUTDOWN:    "BrokenPipeError",
	unix.ETIMEDOUT:    "TimeoutError",
	unix.EAGAIN:       "BlockingIOError",
	unix.EALREADY:     "BlockingIOError",
	unix.EINPROGRESS:  "BlockingIOError",
	unix.EACCES:       "PermissionError",
	unix.EPERM:        "PermissionError",
	unix.ENOENT:       "FileNotFoundError",
	unix.EEXIST:       "FileExistsError",
	unix.EINTR:        "InterruptedError",
	unix.ENOTDIR:      "NotADirectoryError",
	unix.EISDIR:       "IsADirectoryError",
	unix.ECHILD:       "ChildProcessError",
	unix.ESRCH:        "ProcessLookupError",
}

// Exception names the Python exception of an errno.
func Exception(errno syscall.Errno) string {
	if name, ok := exceptions[errno]; ok {
		return name
	}
	return "OSError"
}

// Tag is the symbol and the number of an errno: "ECONNREFUSED 111".
func Tag(errno syscall.Errno) string {
	name := netlab.ErrnoName(errno)
	if name == "" {
		name = "errno"
	}
	return name + " " + strconv.Itoa(int(errno))
}

func isTimeout(err error) bool { return errors.Is(err, netlab.ErrTimeout) }

// failed turns the error of a lab call into Python's, nil into nil.
func (n *Net) failed(c *call, err error) error {
	if err == nil {
		return nil
	}
	if c.ctx().Err() != nil && errors.Is(err, context.Cause(c.ctx())) {
		return c.interp().interrupted(c.ctx())
	}
	var option *server.OptionError
	var kind *server.UnknownKindError
	switch {
	case errors.As(err, &option):
		return raise("TypeError", "", "%s", err.Error())
	case errors.As(err, &kind):
		return raise("ValueError", "", "%s", err.Error())
	case errors.Is(err, netlab.ErrFileLate):
		return raise("OSError", "", "%s", netlab.ErrFileLate.Error()).hint(
			words.F("a read of this file has timed out; make the file without a timeout, or gather the bytes of recv yourself"))
	case errors.Is(err, netlab.ErrFileClosed):
		return valueError("%s", "I/O operation on closed file.")
	}
	return n.callError(err)
}

func (n *Net) callError(err error) *Error {
	why, try := words.Raw(plain(err)), words.Text{}
	if n.Explain != nil {
		if w, t := n.Explain(err); !w.Empty() {
			why, try = w, t
		}
	}
	e := &Error{Kind: "OSError", Msg: why, Hint: try, Err: err}
	if errno := netlab.Errno(err); errno != 0 {
		e.Kind, e.Tag = Exception(errno), Tag(errno)
	}
	if isTimeout(err) {
		e.Kind = "TimeoutError"
	}
	var op *netlab.OpError
	if errors.As(err, &op) {
		what := op.Op.String()
		if !op.Addr.IsZero() {
			what += " " + op.Addr.String()
		}
		e.Msg = words.Text{Format: "%s: %s", Args: []any{what, why}}
	}
	return e
}

// plain is the kernel's own word for an error.
func plain(err error) string {
	if errno := netlab.Errno(err); errno != 0 {
		return errno.Error()
	}
	return err.Error()
}
