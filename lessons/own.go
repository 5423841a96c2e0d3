package lessons

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// A Folder is a folder of lessons on disk, or the folder of one lesson.
type Folder struct {
	Path string // as the user named it
	lib  library
}

// Why a folder cannot be used.
var (
	ErrNoFolder = errors.New("lessons: no such folder")
	ErrFile     = errors.New("lessons: it is a file, not a folder")
	ErrLocked   = errors.New("lessons: the folder cannot be read")
	ErrEmpty    = errors.New("lessons: there is no lesson in the folder")
)

// OpenFolder finds a folder on disk. The error is [ErrNoFolder], [ErrFile] or
// [ErrLocked]. A folder without lessons opens; [Folder.Own] refuses it.
func OpenFolder(name string) (*Folder, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, ErrLocked
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNoFolder
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, ErrFile
	}
	f := &Folder{Path: name, lib: library{fsys: os.DirFS(name)}}
	if whole, err := filepath.Abs(name); err == nil {
		f.lib.base = filepath.Base(whole)
	}
	if _, err := fs.ReadDir(f.lib.fsys, "."); err != nil {
		return nil, ErrLocked
	}
	return f, nil
}

// FS is the folder's file system.
func (f *Folder) FS() fs.FS { return f.lib.fsys }

// Lint is [Lint] for the folder. Faults name files from the folder on. The
// lesson of a folder that is a lesson's own may need those beside it.
func (f *Folder) Lint(opts Options) []Fault { return f.lib.lint(f.withSiblings(opts)) }

// Load is [Load] for the folder. Its lessons are Foreign, but for those that are
// the program's own, byte for byte.
func (f *Folder) Load() (*Course, error) {
	entries, list := f.lib.gather()
	for _, e := range entries {
		e.setForeign()
	}
	return &Course{entries: entries}, join(sorted(append(list, parseAll(entries)...)))
}

// IDs lists the ids of the folder's lessons, as far as they can be read.
func (f *Folder) IDs() []string {
	entries, _ := f.lib.gather()
	return (&Course{entries: entries}).IDs()
}

// Empty reports whether nothing in the folder looks like a lesson.
func (f *Folder) Empty() bool {
	entries, list := f.lib.gather()
	return len(entries) == 0 && len(list) == 0
}

// withSiblings lets a lesson that stands alone need the lessons beside its
// folder.
func (f *Folder) withSiblings(opts Options) Options {
	entries, _ := f.lib.gather()
	if len(entries) != 1 || entries[0].inside != "." || !folderName.MatchString(f.lib.base) {
		return opts
	}
	known := map[string]bool{}
	for id := range opts.Known {
		known[id] = true
	}
	beside := library{fsys: os.DirFS(filepath.Join(f.Path, ".."))}
	dirs, _ := fs.ReadDir(beside.fsys, ".")
	for _, d := range dirs {
		if d.Name() == f.lib.base || !folderName.MatchString(d.Name()) {
			continue
		}
		if e, _ := beside.folder(d.Name()); e != nil {
			known[e.id()] = true
		}
	}
	opts.Known = known
	return opts
}

// Own is what was found in a [Folder]: lessons of somebody's own, to be put
// beside those of the program by [Merge].
type Own struct {
	Path    string
	entries []*entry // without a fault
	faulty  []faulty
	list    []Fault
}

// Own reads and lints the folder. Lessons with faults are left out, and so are
// translations with faults, in whose place the English is read. The error is
// [ErrEmpty] if there is nothing that looks like a lesson.
func (f *Folder) Own(opts Options) (*Own, error) {
	lib := f.lib
	lib.dir = filepath.ToSlash(filepath.Clean(f.Path))
	entries, list := lib.gather()
	if len(entries) == 0 && len(list) == 0 {
		return nil, ErrEmpty
	}
	opts = f.withSiblings(opts)
	list = sorted(append(list, lintAll(entries, opts)...))
	own := &Own{Path: f.Path, list: list}
	byFile := faultsByFile(list)
	for _, e := range entries {
		e.setForeign()
		if bad := e.sift(byFile); len(bad) > 0 {
			own.faulty = append(own.faulty, faulty{e.id(), e.folder, e.number, bad})
			continue
		}
		own.entries = append(own.entries, e)
	}
	return own, nil
}

func faultsByFile(list []Fault) map[string][]Fault {
	by := map[string][]Fault{}
	for _, f := range list {
		by[f.File] = append(by[f.File], f)
	}
	return by
}

// sift takes translations with faults out of a lesson; the answer is what is
// wrong with the original.
func (e *entry) sift(byFile map[string][]Fault) []Fault {
	for lang, f := range e.langs {
		if f != e.original && len(byFile[f.name]) > 0 {
			delete(e.langs, lang)
		}
	}
	return byFile[e.original.name]
}

// Len is how many lessons there are, with those that were left out.
func (o *Own) Len() int { return len(o.entries) + len(o.faulty) }

// Faults lists everything wrong in the folder, in the order of files.
func (o *Own) Faults() []Fault { return o.list }

// setForeign notes in a lesson that was read from a folder whether it is foreign.
func (e *entry) setForeign() {
	e.foreign = !e.comesWithProgram()
	for _, f := range e.langs {
		f.foreign = e.foreign
	}
}

// comesWithProgram reports whether every file of the lesson is one of the
// embedded lesson of that folder, byte for byte.
func (e *entry) comesWithProgram() bool {
	ours := Embedded()
	for _, f := range e.langs {
		_, base := filepath.Split(f.name)
		data, err := fs.ReadFile(ours, e.folder+"/"+base)
		if err != nil || !bytes.Equal(data, f.data) {
			return false
		}
	}
	return true
}

// Merge makes one course of the lessons that come with the program and those
// of somebody's own, in the order of the folders. A lesson of one's own takes
// the place of an embedded one with its id. Otherwise it keeps its number if
// no other has it, or gets the next one after all others. Of several with one
// id the first counts; the others are faults.
func Merge(embedded *Course, own ...*Own) *Course {
	c := &Course{entries: append([]*entry(nil), embedded.entries...), faulty: append([]faulty(nil), embedded.faulty...)}
	taken, ids, last := map[int]bool{}, map[string]string{}, 0
	theirs := map[string]*entry{} // the embedded ones, by id
	for _, e := range c.entries {
		theirs[e.id()] = e
		taken[e.number] = true
		last = max(last, e.number)
	}
	var late []*entry
	for _, o := range own {
		c.faulty = append(c.faulty, o.faulty...)
		for _, e := range o.entries {
			if other, twice := ids[e.id()]; twice {
				f := Fault{File: e.original.name, Line: 1, Text: "the id " + strconv.Quote(e.id()) + " is that of " + other + " already: give one of them another"}
				o.list = append(o.list, f)
				c.faulty = append(c.faulty, faulty{e.id(), e.folder, e.number, []Fault{f}})
				continue
			}
			ids[e.id()] = e.original.name
			switch old := theirs[e.id()]; {
			case old != nil:
				c.replace(old, e.as(old.number))
				continue
			case e.number == 0 || taken[e.number]:
				late = append(late, e)
				continue
			}
			taken[e.number] = true
			last = max(last, e.number)
			c.entries = append(c.entries, e.as(e.number))
		}
	}
	for _, e := range late {
		last++
		c.entries = append(c.entries, e.as(last))
	}
	c.sort()
	return c
}
