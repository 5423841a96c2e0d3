package code

import (
	"bytes"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

var procFileMethods = methods([]method{
	{"read", "read(size=-1)", words.F("size bytes; without a size, all until every writer has closed the pipe"), procRead},
	{"read1", "read1(size=-1)", words.F("what one read(2) gives: at least a byte, or b'' at the end"), procRead1},
	{"readline", "readline()", words.F("one line with its newline; empty at the end"), procReadline},
	{"readlines", "readlines()", words.F("all lines to the end"), procReadlines},
	{"write", "write(data)", words.F("puts data into the buffer; flush or close writes it"), procWrite},
	{"flush", "flush()", words.F("writes what is in the buffer into the pipe"), procFlush},
	{"close", "close()", words.F("closes this end; the program reads the end of its input"), procClose},
	{"fileno", "fileno()", words.F("the number of the descriptor"), procFileno},
	{"readable", "readable()", words.F("whether one can read here"), func(c *call) (starlark.Value, error) {
		return starlark.Bool(!procOf(c).write), c.unpack()
	}},
	{"writable", "writable()", words.F("whether one can write here"), func(c *call) (starlark.Value, error) {
		return starlark.Bool(procOf(c).write), c.unpack()
	}},
})

func procOf(c *call) *procFile { return c.self.(*procFile) }

// fill makes one read(2) and puts what it gave behind what is there; false at
// the end.
func (f *procFile) fill(c *call, size int) (bool, error) {
	buf := make([]byte, size)
	n, err := f.q.Read(c.ctx(), buf)
	if err != nil {
		return false, f.failed(c, err)
	}
	if len(f.ahead)+n > maxRead {
		return false, tooMuch(nil)
	}
	f.ahead = append(f.ahead, buf[:n]...)
	return n > 0, nil
}

// take gives the first n bytes of what is there.
func (f *procFile) take(n int) []byte {
	p := f.ahead[:n:n]
	f.ahead = f.ahead[n:]
	return p
}

func procRead(c *call) (starlark.Value, error) {
	f := procOf(c)
	size := optInt{n: -1}
	if err := c.unpack("*size?", &size); err != nil {
		return nil, err
	}
	if err := f.readable("read"); err != nil {
		return nil, err
	}
	switch {
	case size.n < 0:
		p, err := f.q.ReadAll(c.ctx(), maxRead-len(f.ahead))
		if f.ahead = append(f.ahead, p...); err != nil {
			if len(f.ahead) > maxRead {
				f.ahead = nil
			}
			return nil, f.failed(c, err)
		}
		return f.value(f.take(len(f.ahead)), true)
	case f.text != nil:
		return f.readChars(c, size.n)
	case size.n > maxRead:
		return nil, tooMuch(nil)
	}
	for len(f.ahead) < size.n {
		more, err := f.fill(c, max(f.buffer, min(size.n-len(f.ahead), 1<<16)))
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	return f.value(f.take(min(size.n, len(f.ahead))), true)
}

// readChars reads n characters of text.
func (f *procFile) readChars(c *call, n int) (starlark.Value, error) {
	codec, err := findCodec(f.text.encoding)
	if err != nil {
		return nil, err
	}
	if codec == utf16Marked {
		codec = utf16LE
	}
	at := 0
	for count := 0; count < n; {
		_, size, reason := 0, 0, "truncated data"
		if at < len(f.ahead) {
			_, size, reason = codec.decodeAt(f.ahead, at)
		}
		if reason != "" && (at >= len(f.ahead) || isCutOff(reason)) {
			more, err := f.fill(c, procBuffer)
			if err != nil {
				return nil, err
			}
			if more {
				continue
			}
			at = len(f.ahead)
			break
		}
		if f.ahead[at] != '\r' || at+1 < len(f.ahead) && f.ahead[at+1] != '\n' {
			count++ // of \r\n the second is the character
		}
		at += max(size, 1)
	}
	return f.value(f.take(at), true)
}

func procRead1(c *call) (starlark.Value, error) {
	f := procOf(c)
	size := optInt{n: -1}
	if err := c.unpack("*size?", &size); err != nil {
		return nil, err
	}
	if err := f.readable("read"); err != nil {
		return nil, err
	}
	if size.n < 0 {
		size.n = procBuffer
	}
	if len(f.ahead) == 0 && size.n > 0 {
		if _, err := f.fill(c, min(size.n, maxRead)); err != nil {
			return nil, err
		}
	}
	return f.value(f.take(min(size.n, len(f.ahead))), true)
}

func procReadline(c *call) (starlark.Value, error) {
	f := procOf(c)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	if err := f.readable("readline"); err != nil {
		return nil, err
	}
	for from := 0; ; {
		if i := bytes.IndexByte(f.ahead[from:], '\n'); i >= 0 {
			return f.value(f.take(from+i+1), true)
		}
		from = len(f.ahead)
		more, err := f.fill(c, procBuffer)
		if err != nil {
			return nil, err
		}
		if !more {
			return f.value(f.take(len(f.ahead)), true)
		}
	}
}

func procReadlines(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	var lines []starlark.Value
	for {
		line, err := procReadline(c)
		if err != nil {
			return nil, err
		}
		if !bool(line.Truth()) {
			return starlark.NewList(lines), nil
		}
		lines = append(lines, line)
	}
}

func procWrite(c *call) (starlark.Value, error) {
	f := procOf(c)
	var v starlark.Value
	if err := c.unpack("*data", &v); err != nil {
		return nil, err
	}
	if !f.write {
		return nil, raise("io.UnsupportedOperation", "", "write")
	}
	p, n, err := f.bytesOf(v)
	if err != nil {
		return nil, err
	}
	if f.q.Closed() {
		return nil, f.writeClosed("write to closed file")
	}
	f.out = append(f.out, p...)
	if len(f.out) > f.buffer || f.text != nil && f.text.lines && bytes.IndexByte(p, '\n') >= 0 {
		if err := f.flush(c); err != nil {
			return nil, err
		}
	}
	return starlark.MakeInt(n), nil
}

func (f *procFile) writeClosed(text string) *Error {
	if f.text != nil {
		text = "I/O operation on closed file."
	}
	return valueError("%s", text)
}

func (f *procFile) flush(c *call) error {
	if len(f.out) == 0 {
		return nil
	}
	n, err := f.q.Write(c.ctx(), f.out)
	f.out = f.out[n:]
	return f.failed(c, err)
}

func procFlush(c *call) (starlark.Value, error) {
	f := procOf(c)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	if f.q.Closed() {
		return nil, f.writeClosed("flush of closed file")
	}
	return starlark.None, f.flush(c)
}

// procClose closes the pipe also if what was written before cannot go out.
func procClose(c *call) (starlark.Value, error) {
	f := procOf(c)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	if f.q.Closed() {
		return starlark.None, nil
	}
	err := f.flush(c)
	f.out = nil
	if e := f.failed(c, f.q.Close()); err == nil {
		err = e
	}
	return starlark.None, err
}

func procFileno(c *call) (starlark.Value, error) {
	f := procOf(c)
	if err := c.unpack(); err != nil {
		return nil, err
	}
	if f.q.Closed() {
		return nil, valueError("I/O operation on closed file")
	}
	return starlark.MakeInt(f.q.Fileno()), nil
}
