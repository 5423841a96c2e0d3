package lessons

import (
	"io/fs"
	"path"
	"strings"
	"sync"
)

// The original language, and the file that is in it.
const (
	originalLang = "en"
	originalFile = "lesson.md"
)

// entry is a lesson in all its languages.
type entry struct {
	folder   string // its name, NN-slug unless the lesson stands alone
	inside   string // the folder within its library: its name, or "." for the library's own
	lib      library
	number   int
	original *file
	langs    map[string]*file // the original among them
	foreign  bool             // it does not come with the program
}

// id is the lesson's id.
func (e *entry) id() string { return e.original.head.ID }

// at is the lesson's folder as the user knows it.
func (e *entry) at() string { return path.Dir(e.original.name) }

// file is a lesson in one language. Its front matter is read at once, the rest
// when the lesson is asked for.
type file struct {
	name, lang string
	number     int
	foreign    bool
	data       []byte
	stamp      stamp // of the file when it was read
	head       *Lesson
	once       sync.Once
	full       *Lesson
	faults     []Fault
}

func newFile(name, lang string, number int, data []byte, mark stamp) *file {
	head := &parser{faults: faults{file: name}, lesson: &Lesson{File: name}}
	head.split(headOf(string(data)))
	head.frontMatter()
	return &file{name: name, lang: lang, number: number, data: data, stamp: mark, head: head.lesson}
}

// headOf is the front matter of a file, or all of a file that has none.
func headOf(src string) string {
	_, rest, _ := strings.Cut(src, "---")
	if i := strings.Index(rest, "\n---"); i >= 0 {
		return src[:len(src)-len(rest)+i] + "\n---\n"
	}
	return src
}

// lesson parses the file, once.
func (f *file) lesson() *Lesson {
	f.once.Do(func() {
		f.full, f.faults = Parse(f.name, f.data)
		f.full.Lang, f.full.Number, f.full.Foreign = f.lang, f.number, f.foreign
	})
	return f.full
}

// Open is Load for a course that is known to be good: it reads no more than
// the front matter, and a lesson when it is asked for. Faults are not reported.
func Open(fsys fs.FS) *Course {
	entries, _ := library{fsys: fsys}.gather()
	return &Course{entries: entries}
}

// Load reads all lessons in all languages from a file system whose top holds
// the lesson folders. Its error joins every [Fault] of every file; the course
// is never nil and has the lessons whose original could be read. What only
// [Lint] finds does not keep a course from being used.
func Load(fsys fs.FS) (*Course, error) {
	entries, list := library{fsys: fsys}.gather()
	return &Course{entries: entries}, join(sorted(append(list, parseAll(entries)...)))
}

// parseAll parses every file and returns what is wrong with them.
func parseAll(entries []*entry) []Fault {
	var list []Fault
	for _, e := range entries {
		for _, f := range e.langs {
			f.lesson()
			list = append(list, f.faults...)
		}
	}
	return list
}
