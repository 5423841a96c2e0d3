package code

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// File is what makefile returns: a buffered face of a socket. Text mode is
// UTF-8.
type File struct {
	in     *Interp
	net    *Net
	f      *netlab.File
	mode   string
	binary bool
	closed bool
}

var (
	_ starlark.HasAttrs = (*File)(nil)
	_ starlark.Iterable = (*File)(nil)
)

func sockMakefile(c *call) (starlark.Value, error) {
	mode, encoding := "r", ""
	var buffering, newline, errorsArg starlark.Value
	if err := c.unpack("mode?", &mode, "buffering?", &buffering, "encoding?", &encoding,
		"errors?", &errorsArg, "newline?", &newline); err != nil {
		return nil, err
	}
	if strings.Trim(mode, "rwb") != "" || mode == "" {
		return nil, valueError("invalid mode %s (only r, w, b allowed)", newStr(mode).String())
	}
	if encoding != "" && !strings.EqualFold(strings.ReplaceAll(encoding, "_", "-"), "utf-8") {
		return nil, raise("LookupError", "", "makefile here reads and writes utf-8, not %s", encoding).hint(
			words.F("open it with mode 'rb' or 'wb', for bytes, and decode or encode yourself"))
	}
	k := sockOf(c)
	write := strings.Contains(mode, "w")
	f := k.s.MakeFile(strings.Contains(mode, "r") || !write, write)
	return &File{in: c.interp(), net: k.net, f: f, mode: mode, binary: strings.Contains(mode, "b")}, nil
}

// Type is the type's name; Freeze, Truth and Hash are those of any object.
func (f *File) Type() string          { return "file" }
func (f *File) Freeze()               {}
func (f *File) Truth() starlark.Bool  { return true }
func (f *File) Hash() (uint32, error) { return 0, errUnhashable }

func (f *File) String() string { return fmt.Sprintf("<socket file mode='%s'>", f.mode) }

// Attr is a method, or closed, mode and name.
func (f *File) Attr(name string) (starlark.Value, error) {
	switch name {
	case "closed":
		return starlark.Bool(f.closed), nil
	case "mode":
		return newStr(f.mode), nil
	}
	return fileMethods.attr(f, name)
}

// AttrNames lists the methods and attributes.
func (f *File) AttrNames() []string { return append([]string{"closed", "mode"}, fileMethods.names...) }

var fileMethods = methods([]method{
	{"readline", "readline()", words.F("one line with its newline; empty at the end of the stream"), fileReadline},
	{"read", "read(size=-1)", words.F("size bytes or characters; without a size, all to the end"), fileRead},
	{"readlines", "readlines()", words.F("all lines to the end of the stream"), fileReadlines},
	{"write", "write(data)", words.F("puts data into the buffer; flush sends it"), fileWrite},
	{"flush", "flush()", words.F("sends what was written"), fileFlush},
	{"close", "close()", words.F("flushes and lets go of the socket"), fileClose},
})

// Iterate yields the lines, as they come.
func (f *File) Iterate() starlark.Iterator {
	return &fileLines{in: f.in, of: f, readline: fileReadline}
}

func (f *File) value(p []byte) starlark.Value {
	if f.binary {
		return newBytes(p)
	}
	return newStr(strings.ToValidUTF8(string(p), "\uFFFD"))
}

func (f *File) readable() error {
	if !f.f.Readable() {
		return raise("io.UnsupportedOperation", "", "not readable")
	}
	return nil
}

func fileReadline(c *call) (starlark.Value, error) {
	f := c.self.(*File)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	if err := f.readable(); err != nil {
		return nil, err
	}
	p, err := f.f.ReadLine(c.ctx())
	if err != nil {
		return nil, f.net.failed(c, err)
	}
	return f.value(p), nil
}

func fileRead(c *call) (starlark.Value, error) {
	f := c.self.(*File)
	size := -1
	if err := c.unpack("*size?", &size); err != nil {
		return nil, err
	}
	if err := f.readable(); err != nil {
		return nil, err
	}
	if f.binary || size < 0 {
		p, err := f.f.ReadN(c.ctx(), size)
		if err != nil {
			return nil, f.net.failed(c, err)
		}
		return f.value(p), nil
	}
	return f.readText(c, size)
}

// readText reads size characters, not bytes.
func (f *File) readText(c *call, size int) (starlark.Value, error) {
	var p []byte
	for range size {
		char := []byte{}
		for len(char) == 0 || !utf8.FullRune(char) {
			b, err := f.f.ReadN(c.ctx(), 1)
			if err != nil {
				return nil, f.net.failed(c, err)
			}
			if len(b) == 0 {
				return f.value(append(p, char...)), nil
			}
			char = append(char, b...)
		}
		p = append(p, char...)
	}
	return f.value(p), nil
}

func fileReadlines(c *call) (starlark.Value, error) {
	f := c.self.(*File)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	if err := f.readable(); err != nil {
		return nil, err
	}
	p, err := f.f.ReadN(c.ctx(), -1)
	if err != nil {
		return nil, f.net.failed(c, err)
	}
	var lines []starlark.Value
	for _, line := range bytes.SplitAfter(p, []byte("\n")) {
		if len(line) > 0 {
			lines = append(lines, f.value(line))
		}
	}
	return starlark.NewList(lines), nil
}

func fileWrite(c *call) (starlark.Value, error) {
	f := c.self.(*File)
	var v starlark.Value
	if err := c.unpack("*data", &v); err != nil {
		return nil, err
	}
	if !f.f.Writable() {
		return nil, raise("io.UnsupportedOperation", "", "not writable")
	}
	p, n := []byte(nil), 0
	if s, ok := v.(Str); ok && !f.binary {
		p, n = []byte(s.s), s.Len()
	} else if !f.binary {
		return nil, typeError("write() argument must be str, not %s", typeName(v))
	} else {
		var err error
		if p, err = data(v); err != nil {
			return nil, err
		}
		n = len(p)
	}
	if _, err := f.f.Write(c.ctx(), p); err != nil {
		return nil, f.net.failed(c, err)
	}
	return starlark.MakeInt(n), nil
}

func fileFlush(c *call) (starlark.Value, error) {
	f := c.self.(*File)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	return starlark.None, f.net.failed(c, f.f.Flush(c.ctx()))
}

func fileClose(c *call) (starlark.Value, error) {
	f := c.self.(*File)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	f.closed = true
	return starlark.None, f.net.failed(c, f.f.Close(c.ctx()))
}
