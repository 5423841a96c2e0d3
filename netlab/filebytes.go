package netlab

import "sync/atomic"

// FileBytes is what the buffers of a socket's files hold (see
// [Socket.MakeFile]): bytes that are in this process, where neither recv nor
// the other end sees them.
type FileBytes struct {
	Open       int // files that are open
	Ahead      int // read from the kernel and not yet given out
	Unsent     int // written and not yet flushed
	MostAhead  int // the most that Ahead has been
	MostUnsent int // the most that Unsent has been
}

type fileBytes struct {
	open          atomic.Int32
	ahead, unsent gauge
}

func (b *fileBytes) read() FileBytes {
	return FileBytes{
		Open:  int(b.open.Load()),
		Ahead: int(b.ahead.now.Load()), MostAhead: int(b.ahead.most.Load()),
		Unsent: int(b.unsent.now.Load()), MostUnsent: int(b.unsent.most.Load()),
	}
}

// A gauge is a level and the highest that it has had.
type gauge struct{ now, most atomic.Int64 }

func (g *gauge) add(n int) {
	level := g.now.Add(int64(n))
	for {
		most := g.most.Load()
		if level <= most || g.most.CompareAndSwap(most, level) {
			return
		}
	}
}

// setAhead and setOut replace a buffer of the file; every change passes
// through them, so that the levels are true.

func (f *File) setAhead(p []byte) {
	f.s.files.ahead.add(len(p) - len(f.ahead))
	f.ahead = p
}

func (f *File) setOut(p []byte) {
	f.s.files.unsent.add(len(p) - len(f.out))
	f.out = p
}
