package lessons

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// The original language, and the file that is in it.
const (
	originalLang = "en"
	originalFile = "lesson.md"
)

// folderName is NN-slug; its first group is the lesson's number.
var folderName = regexp.MustCompile(`^(\d{1,3})-[a-z0-9]+(?:-[a-z0-9]+)*$`)

// translationName is lesson.LANG.md.
var translationName = regexp.MustCompile(`^lesson\.([a-z]{2,3}(?:-[A-Za-z]+)?)\.md$`)

// entry is a lesson in all its languages.
type entry struct {
	folder   string
	number   int
	original *file
	langs    map[string]*file // the original among them
}

// id is the lesson's id.
func (e *entry) id() string { return e.original.head.ID }

// file is a lesson in one language. Its front matter is read at once, the rest
// when the lesson is asked for.
type file struct {
	name, lang string
	number     int
	data       []byte
	head       *Lesson
	once       sync.Once
	full       *Lesson
	faults     []Fault
}

func newFile(name, lang string, number int, data []byte) *file {
	head := &parser{faults: faults{file: name}, lesson: &Lesson{File: name}}
	head.split(headOf(string(data)))
	head.frontMatter()
	return &file{name: name, lang: lang, number: number, data: data, head: head.lesson}
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
		f.full.Lang, f.full.Number = f.lang, f.number
	})
	return f.full
}

// Open is Load for a course that is known to be good: it reads no more than
// the front matter, and a lesson when it is asked for. Faults are not reported.
func Open(fsys fs.FS) *Course {
	entries, _ := gather(fsys)
	return &Course{entries: entries}
}

// Load reads all lessons in all languages from a file system whose top holds
// the lesson folders. Its error joins every [Fault] of every file; the course
// is never nil and has the lessons whose original could be read. What only
// [Lint] finds does not keep a course from being used.
func Load(fsys fs.FS) (*Course, error) {
	entries, list := gather(fsys)
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

// gather reads every lesson folder, in the order of their numbers.
func gather(fsys fs.FS) ([]*entry, []Fault) {
	dirs, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, []Fault{{File: ".", Text: err.Error()}}
	}
	var entries []*entry
	var list []Fault
	for _, d := range dirs {
		if !d.IsDir() {
			continue
		}
		e, found := folder(fsys, d.Name())
		list = append(list, found...)
		if e != nil {
			entries = append(entries, e)
		}
	}
	sort.SliceStable(entries, func(i, j int) bool {
		return entries[i].number < entries[j].number
	})
	return entries, append(list, unique(entries)...)
}

// folder reads one lesson folder; the entry is nil if it is none.
func folder(fsys fs.FS, name string) (*entry, []Fault) {
	files, err := fs.ReadDir(fsys, name)
	if err != nil {
		return nil, []Fault{{File: name, Text: err.Error()}}
	}
	e := &entry{folder: name, langs: map[string]*file{}}
	m := folderName.FindStringSubmatch(name)
	var list []Fault
	for _, f := range files {
		lang := langOfFile(f.Name())
		if lang == "" || f.IsDir() {
			continue
		}
		if m == nil {
			return nil, []Fault{{File: name, Text: "a lesson's folder is named NN-slug"}}
		}
		at := path.Join(name, f.Name())
		data, err := readLesson(fsys, at)
		if err != nil {
			list = append(list, Fault{File: at, Text: err.Error()})
			continue
		}
		e.number, _ = strconv.Atoi(m[1])
		e.langs[lang] = newFile(at, lang, e.number, data)
	}
	e.original = e.langs[originalLang]
	if e.original == nil {
		if m != nil {
			list = append(list, Fault{File: name, Text: "there is no " + originalFile})
		}
		return nil, list
	}
	return e, list
}

// maxLesson is the longest lesson file that is read.
const maxLesson = 4 << 20

// readLesson reads a regular file of a bounded size: a pipe would wait for
// ever, a device never end.
func readLesson(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file")
	case info.Size() > maxLesson:
		return nil, errors.New("it is longer than 4 MiB")
	}
	return fs.ReadFile(fsys, name)
}

// langOfFile is the language of a lesson file, "" if it is none.
func langOfFile(name string) string {
	if name == originalFile {
		return originalLang
	}
	if m := translationName.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return ""
}

// unique asks that numbers and ids are not used twice, and that a translation
// has its original's id: progress is kept by it.
func unique(entries []*entry) []Fault {
	var list []Fault
	numbers, ids := map[int]string{}, map[string]string{}
	for _, e := range entries {
		l := e.original.head
		if other, ok := numbers[e.number]; ok {
			list = append(list, Fault{File: e.folder, Text: "the number " + strconv.Itoa(e.number) + " is that of " + other + " already"})
		} else {
			numbers[e.number] = e.folder
		}
		if other, ok := ids[l.ID]; ok && l.ID != "" {
			list = append(list, Fault{File: l.File, Line: 1, Text: "the id " + strconv.Quote(l.ID) + " is that of " + other + " already"})
		} else {
			ids[l.ID] = l.File
		}
		for _, f := range e.langs {
			t := f.head
			if t.ID != l.ID && t.ID != "" {
				list = append(list, Fault{File: t.File, Line: 1, Text: "the id is " + strconv.Quote(t.ID) + ", the original's " + strconv.Quote(l.ID)})
			}
		}
	}
	return list
}
