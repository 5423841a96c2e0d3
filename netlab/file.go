package netlab

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
)

// A File is a buffered face of a socket (Python's makefile). What it has read
// ahead stands in its own buffer, where recv does not see it; what was written
// goes out with Flush. It keeps the descriptor open until it is closed. One
// goroutine at a time.
type File struct {
	s           *Socket
	read, write bool
	mu          sync.Mutex
	ahead       []byte
	out         []byte
	eof, closed bool
	late        bool // a read was over time: how far it came is not known
}

// fileBuffer is the size of both buffers, io.DEFAULT_BUFFER_SIZE in Python.
const fileBuffer = 8192

// ErrFileClosed is a file used after its Close.
var ErrFileClosed = errors.New("I/O operation on closed file")

// ErrFileLate is a read from a file after one that timed out. Python refuses it
// too: part of a line may have been lost (socket.SocketIO.readinto).
var ErrFileLate = errors.New("cannot read from timed out object")

// MakeFile opens a buffered face for reading, writing or both. The caller
// closes it.
func (s *Socket) MakeFile(read, write bool) *File {
	s.refs.Add(1)
	s.files.open.Add(1)
	return &File{s: s, read: read, write: write}
}

// Readable and Writable tell how the file was opened.
func (f *File) Readable() bool { return f.read }

// Writable tells whether the file was opened for writing.
func (f *File) Writable() bool { return f.write }

// Buffered is the number of bytes read ahead and not yet given out.
func (f *File) Buffered() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.ahead)
}

func (f *File) fill(ctx context.Context) error {
	if f.closed {
		return ErrFileClosed
	}
	if f.eof {
		return io.EOF
	}
	if f.late {
		return ErrFileLate
	}
	buf := make([]byte, fileBuffer)
	n, err := f.s.Recv(ctx, buf, 0)
	if err != nil {
		f.late = errors.Is(err, ErrTimeout)
		return err
	}
	if n == 0 {
		f.eof = true
		return io.EOF
	}
	f.setAhead(append(f.ahead, buf[:n]...))
	return nil
}

// ReadLine reads to the end of a line, its newline included, or to the end of
// the stream: then the rest, or nothing.
func (f *File) ReadLine(ctx context.Context) ([]byte, error) {
	return f.until(ctx, func() int {
		if i := bytes.IndexByte(f.ahead, '\n'); i >= 0 {
			return i + 1
		}
		return -1
	})
}

// ReadN reads exactly n bytes, fewer only at the end of the stream; negative:
// all of it.
func (f *File) ReadN(ctx context.Context, n int) ([]byte, error) {
	return f.until(ctx, func() int {
		if n >= 0 && len(f.ahead) >= n {
			return n
		}
		return -1
	})
}

func (f *File) until(ctx context.Context, enough func() int) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, ErrFileClosed
	}
	for {
		n := enough()
		if n < 0 {
			err := f.fill(ctx)
			if err == nil {
				continue
			}
			if !errors.Is(err, io.EOF) {
				return nil, err
			}
			n = len(f.ahead)
		}
		line := append([]byte(nil), f.ahead[:n]...)
		f.setAhead(f.ahead[n:])
		return line, nil
	}
}

// Write puts p into the buffer, and sends when the buffer is full.
func (f *File) Write(ctx context.Context, p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return 0, ErrFileClosed
	}
	f.setOut(append(f.out, p...))
	if len(f.out) > fileBuffer {
		return len(p), f.flush(ctx)
	}
	return len(p), nil
}

// Flush sends what was written.
func (f *File) Flush(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return ErrFileClosed
	}
	return f.flush(ctx)
}

func (f *File) flush(ctx context.Context) error {
	if len(f.out) == 0 {
		return nil
	}
	err := f.s.SendAll(ctx, f.out, 0)
	var op *OpError
	if errors.As(err, &op) {
		f.setOut(f.out[min(op.Sent, len(f.out)):])
		return err
	}
	f.setOut(nil)
	return err
}

// Close flushes and lets go of the socket; if the socket was closed before,
// its descriptor is closed now. A second Close does nothing.
func (f *File) Close(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil
	}
	err := f.flush(ctx)
	f.closed = true
	f.setAhead(nil)
	f.setOut(nil)
	f.s.files.open.Add(-1)
	if f.s.refs.Add(-1) == 0 && f.s.closes.Load() {
		if e := f.s.release(ctx); err == nil {
			err = e
		}
	}
	return err
}
