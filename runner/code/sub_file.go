package code

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// procFile is one end of a pipe to a child, as Python's buffered file: what it
// has read ahead and what waits to be written stand in its own buffer.
type procFile struct {
	net    *Net
	in     *Interp
	q      *netlab.ChildPipe
	write  bool
	text   *textMode
	buffer int // bytes it collects before it writes; 0: none
	ahead  []byte
	out    []byte
}

var _ starlark.HasAttrs = (*procFile)(nil)

// procBuffer is io.DEFAULT_BUFFER_SIZE.
const procBuffer = 8192

func (n *Net) newProcFile(c *call, q *netlab.ChildPipe, text *textMode, buffer int) *procFile {
	if q == nil {
		return nil
	}
	f := &procFile{net: n, in: c.interp(), q: q, write: q.Of == 0, text: text, buffer: buffer}
	runtime.AddCleanup(f, func(q *netlab.ChildPipe) { q.Forget() }, q)
	return f
}

func (f *procFile) orNone() starlark.Value {
	if f == nil {
		return starlark.None
	}
	return f
}

// Type and TypeName are what type() prints; the rest is that of any object.
func (f *procFile) Type() string          { return "file" }
func (f *procFile) Freeze()               {}
func (f *procFile) Truth() starlark.Bool  { return true }
func (f *procFile) Hash() (uint32, error) { return 0, errUnhashable }

// TypeName is Python's class of such a file.
func (f *procFile) TypeName() string {
	switch {
	case f.text != nil:
		return "_io.TextIOWrapper"
	case f.buffer == 0:
		return "_io.FileIO"
	case f.write:
		return "_io.BufferedWriter"
	}
	return "_io.BufferedReader"
}

func (f *procFile) String() string {
	text := fmt.Sprintf("<%s name=%d", f.TypeName(), f.q.Fileno())
	if f.text != nil {
		text += " encoding='" + strings.ToUpper(f.text.encoding) + "'"
	}
	return text + ">"
}

// Attr is a method, or a field.
func (f *procFile) Attr(name string) (starlark.Value, error) {
	switch name {
	case "closed":
		return starlark.Bool(f.q.Closed()), nil
	case "name":
		return starlark.MakeInt(f.q.Fileno()), nil
	case "mode":
		if f.write {
			return newStr("wb"), nil
		}
		return newStr("rb"), nil
	}
	return procFileMethods.attr(f, name)
}

// AttrNames lists the methods and fields.
func (f *procFile) AttrNames() []string {
	return append([]string{"closed", "mode", "name"}, procFileMethods.names...)
}

// Iterate yields the lines, as they come.
func (f *procFile) Iterate() starlark.Iterator {
	return &fileLines{in: f.in, of: f, readline: procReadline}
}

// fileLines are the lines of a file, in a for loop.
type fileLines struct {
	in       *Interp
	of       starlark.Value
	readline func(*call) (starlark.Value, error)
}

func (it *fileLines) Next(p *starlark.Value) bool {
	c := &call{thread: it.in.thread, self: it.of, name: "readline"}
	v, err := it.readline(c)
	if err != nil {
		panic(stopped{err, it.in.thread.CallStack()}) // an iterator cannot fail; Run takes it up
	}
	if !bool(v.Truth()) {
		return false
	}
	*p = v
	return true
}

func (it *fileLines) Done() {}

// stopped carries an error through Starlark, where there is no way for one.
type stopped struct {
	err   error
	stack starlark.CallStack
}

// stoppedError is the error of what was stopped, with its place.
func (in *Interp) stoppedError(ctx context.Context, s stopped) error {
	var e *Error
	switch {
	case ctx.Err() != nil:
		e = in.interrupted(ctx)
	case !errors.As(s.err, &e):
		return s.err
	}
	for i := range s.stack {
		p := s.stack.At(i).Pos
		if src := in.sources[p.Filename()]; src != nil && p.Line != 0 {
			return e.at(src, posOf(p))
		}
	}
	return e
}

func (f *procFile) closedError(what string) *Error {
	if f.text != nil {
		return valueError("I/O operation on closed file.")
	}
	return valueError("%s of closed file", what)
}

func (f *procFile) readable(what string) error {
	if f.write {
		return raise("io.UnsupportedOperation", "", "%s", what)
	}
	if f.q.Closed() {
		return f.closedError(what)
	}
	return nil
}

// value makes bytes, or text with every line end as \n.
func (f *procFile) value(p []byte, final bool) (starlark.Value, error) {
	if f.text == nil {
		return newBytes(p), nil
	}
	codec, err := findCodec(f.text.encoding)
	if err != nil {
		return nil, err
	}
	start := 0
	if codec == utf16Marked {
		codec, start, _ = byteOrderMark(p)
	}
	s, _, err := codec.decode(p, start, f.text.errors, final)
	if err != nil {
		return nil, err
	}
	return newStr(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")), nil
}

// bytesOf is what write is given, as bytes, and how much Python counts it.
func (f *procFile) bytesOf(v starlark.Value) ([]byte, int, error) {
	if f.text == nil {
		p, err := data(v)
		return p, len(p), err
	}
	s, ok := v.(Str)
	if !ok {
		return nil, 0, typeError("write() argument must be str, not %s", typeName(v))
	}
	p, err := encode(s.s, f.text.encoding, f.text.errors)
	return p, s.Len(), err
}

// failed is the error of a call on the pipe.
func (f *procFile) failed(c *call, err error) error {
	if errors.Is(err, netlab.ErrTooMuch) {
		return tooMuch(err)
	}
	if e := f.net.failed(c, err); e != nil {
		var own *Error
		if errors.As(e, &own) && own.Kind == "BrokenPipeError" {
			own.Msg = words.F("%s: nobody reads this pipe any more: the program has ended, or closed its stdin", "write")
		}
		return e
	}
	return nil
}
