package lessons

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"sync"
	"time"
)

// A stamp tells one state of a file from another. Polling it works where the
// kernel tells nobody of changes: on NFS, and on Windows' disks under WSL2.
type stamp struct {
	size int64
	mod  int64  // in nanoseconds
	err  string // why there is none
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mod: info.ModTime().UnixNano()}
}

// WatchPause is how often a [Watcher] is to be asked: a file counts as written
// once it has been the same for that long.
const WatchPause = 250 * time.Millisecond

// A Watcher looks whether the files of one lesson have changed since they were
// read. It starts no goroutine: whoever uses it asks. It may be asked by any
// goroutine.
type Watcher struct {
	opts Options

	mu     sync.Mutex
	course *Course
	entry  *entry            // the lesson being watched; nil: none
	read   map[string]stamp  // the files as they were read, by name
	last   map[string]stamp  // as they stood when it was looked last
	shown  map[string][]byte // what was read last, good or not
	gone   bool              // that the lesson is gone has been said
}

// NewWatcher makes a watcher that lints what it reads.
func NewWatcher(opts Options) *Watcher { return &Watcher{opts: opts} }

// Follow watches a lesson of a course from now on. Changes since the course was
// read count. A lesson that comes with the program never changes.
func (w *Watcher) Follow(c *Course, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := c.entryOf(id)
	if e != nil && w.entry != nil && e.at() == w.entry.at() && w.course == c {
		return
	}
	w.course, w.entry, w.gone = c, nil, false
	if e == nil || e.lib.dir == "" {
		return
	}
	w.keep(e)
}

// keep notes the state of the files that were read.
func (w *Watcher) keep(e *entry) {
	w.entry, w.read, w.shown = e, map[string]stamp{}, map[string][]byte{}
	for _, f := range e.langs {
		_, base := path.Split(f.name)
		w.read[base], w.shown[base] = f.stamp, f.data
	}
	w.last = w.read
}

// Changed reports whether the files differ from those that were read and have
// been the same since it was asked last. It stays true until [Watcher.Read].
func (w *Watcher) Changed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	now, ok := w.look()
	still := ok && same(now, w.last)
	if ok {
		w.last = now
	}
	return still && w.differs(now)
}

// ChangedNow is Changed without the wait for the file to rest.
func (w *Watcher) ChangedNow() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	now, ok := w.look()
	return ok && w.differs(now)
}

// differs reports whether there is something to read, or a loss to tell of.
func (w *Watcher) differs(now map[string]stamp) bool {
	_, there := now[originalFile]
	if !there && w.gone {
		return false
	}
	return !same(now, w.read)
}

// look asks the file system; ok is false while nothing is watched, or a file
// is empty, as it is for a moment when an editor writes it.
func (w *Watcher) look() (now map[string]stamp, ok bool) {
	if w.entry == nil {
		return nil, false
	}
	lib, now := w.entry.lib, map[string]stamp{}
	files, err := fs.ReadDir(lib.fsys, w.entry.inside)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return map[string]stamp{originalFile: {err: err.Error()}}, true
	}
	for _, f := range files {
		if langOfFile(f.Name()) == "" {
			continue
		}
		info, err := fs.Stat(lib.fsys, path.Join(w.entry.inside, f.Name()))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			now[f.Name()] = stamp{err: err.Error()}
		case info.Mode().IsRegular() && info.Size() == 0:
			return nil, false
		default:
			now[f.Name()] = stampOf(info)
		}
	}
	return now, true
}

func same(a, b map[string]stamp) bool {
	if len(a) != len(b) {
		return false
	}
	for name, x := range a {
		if y, ok := b[name]; !ok || x != y {
			return false
		}
	}
	return true
}

// A Change is what became of a lesson's files.
type Change struct {
	// Course has the lesson as it is now, in the place where it was; nil if it
	// cannot be used, and what was read before goes on.
	Course *Course
	ID     string  // of the lesson in Course
	Faults []Fault // also of translations that were left out
	Gone   bool    // there is no lesson.md any more
	None   bool    // the files say what they said before
}

// Read reads the lesson anew. With faults in the English file, or in that of
// lang, there is no new course.
func (w *Watcher) Read(lang string) Change {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.entry == nil {
		return Change{None: true}
	}
	now, ok := w.look()
	if !ok {
		return Change{None: true}
	}
	w.last = now
	if _, there := now[originalFile]; !there {
		w.gone, w.read = true, now
		return Change{Gone: true}
	}
	old, back := w.entry, w.gone
	w.gone = false
	e, list := old.lib.folder(old.inside)
	if e == nil {
		w.read, w.shown = now, nil
		return Change{Faults: sorted(list)}
	}
	before := w.shown
	e.number = old.number
	w.note(e, now)
	if !back && sameData(before, w.shown) {
		return Change{None: true}
	}
	return w.judge(e, list, lang)
}

// note keeps the state of what was read, also if it cannot be used. A file that
// changed while it was read is read again.
func (w *Watcher) note(e *entry, now map[string]stamp) {
	w.read, w.shown = now, map[string][]byte{}
	for _, f := range e.langs {
		_, base := path.Split(f.name)
		w.read[base], w.shown[base] = f.stamp, f.data
	}
}

func sameData(a, b map[string][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for name, x := range a {
		if y, ok := b[name]; !ok || !bytes.Equal(x, y) {
			return false
		}
	}
	return true
}

// judge lints what was read and makes a course with it.
func (w *Watcher) judge(e *entry, list []Fault, lang string) Change {
	opts := w.opts
	opts.Known = map[string]bool{}
	for id := range w.opts.Known {
		opts.Known[id] = true
	}
	for _, other := range w.course.entries {
		if other.id() == w.entry.id() {
			continue
		}
		opts.Known[other.id()] = true
		if other.id() == e.id() {
			list = append(list, Fault{File: e.original.name, Line: 1, Text: "the id " + e.id() + " is that of " + other.original.name + " already: give this lesson another"})
		}
	}
	own := &Own{list: sorted(append(append(list, unique([]*entry{e})...), lintAll([]*entry{e}, opts)...))}
	e.setForeign()
	translated := e.langs[lang] != nil
	if bad := e.sift(faultsByFile(own.list)); len(bad) > 0 || translated && e.langs[lang] == nil {
		return Change{Faults: own.list}
	}
	c := &Course{faulty: w.course.faulty, entries: append([]*entry(nil), w.course.entries...)}
	e = e.as(w.entry.number)
	c.replace(c.entryOf(w.entry.id()), e)
	w.course, w.entry = c, e
	return Change{Course: c, ID: e.id(), Faults: own.list}
}
