package lessons

import (
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
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
	original *Lesson
	langs    map[string]*Lesson // the original among them
}

// id is the lesson's id.
func (e *entry) id() string { return e.original.ID }

// Load reads all lessons in all languages from a file system whose top holds
// the lesson folders. Its error joins every [Fault] of every file; the course
// is never nil and has the lessons whose original could be read. What only
// [Lint] finds does not keep a course from being used.
func Load(fsys fs.FS) (*Course, error) {
	entries, list := gather(fsys)
	return &Course{entries: entries}, join(sorted(list))
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
		return entries[i].original.Number < entries[j].original.Number
	})
	return entries, append(list, unique(entries)...)
}

// folder reads one lesson folder; the entry is nil if it is none.
func folder(fsys fs.FS, name string) (*entry, []Fault) {
	files, err := fs.ReadDir(fsys, name)
	if err != nil {
		return nil, []Fault{{File: name, Text: err.Error()}}
	}
	e := &entry{folder: name, langs: map[string]*Lesson{}}
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
		file := path.Join(name, f.Name())
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			list = append(list, Fault{File: file, Text: err.Error()})
			continue
		}
		lesson, found := Parse(file, data)
		list = append(list, found...)
		lesson.Lang = lang
		lesson.Number, _ = strconv.Atoi(m[1])
		e.langs[lang] = lesson
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
		l := e.original
		if other, ok := numbers[l.Number]; ok {
			list = append(list, Fault{File: e.folder, Text: "the number " + strconv.Itoa(l.Number) + " is that of " + other + " already"})
		} else {
			numbers[l.Number] = e.folder
		}
		if other, ok := ids[l.ID]; ok && l.ID != "" {
			list = append(list, Fault{File: l.File, Line: 1, Text: "the id " + strconv.Quote(l.ID) + " is that of " + other + " already"})
		} else {
			ids[l.ID] = l.File
		}
		for _, t := range e.langs {
			if t.ID != l.ID && t.ID != "" {
				list = append(list, Fault{File: t.File, Line: 1, Text: "the id is " + strconv.Quote(t.ID) + ", the original's " + strconv.Quote(l.ID)})
			}
		}
	}
	return list
}
