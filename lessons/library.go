package lessons

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"syscall"
)

// folderName is NN-slug; its first group is the lesson's number.
var folderName = regexp.MustCompile(`^(\d{1,3})-[a-z0-9]+(?:-[a-z0-9]+)*$`)

// translationName is lesson.LANG.md.
var translationName = regexp.MustCompile(`^lesson\.([a-z]{2,3}(?:-[A-Za-z]+)?)\.md$`)

// A library is a file system whose top holds lesson folders, or which is a
// lesson folder itself.
type library struct {
	fsys fs.FS
	// dir stands before every name in faults: the folder as the user named it.
	dir string
	// base is the folder's own name, which gives a lesson that stands alone
	// its number.
	base string
}

// at is a name as the user knows it.
func (lib library) at(name string) string {
	if lib.dir == "" {
		return name
	}
	return path.Join(lib.dir, name)
}

// gather reads every lesson folder, in the order of their numbers.
func (lib library) gather() ([]*entry, []Fault) {
	dirs, err := fs.ReadDir(lib.fsys, ".")
	if err != nil {
		return nil, []Fault{{File: lib.at("."), Text: unreadable(err)}}
	}
	var entries []*entry
	var list []Fault
	loose := ""
	for _, d := range dirs {
		if langOfFile(d.Name()) != "" {
			loose = d.Name()
			continue
		}
		if is, fault := lib.isFolder(d); !is {
			list = append(list, fault...)
			continue
		}
		e, found := lib.folder(d.Name())
		list = append(list, found...)
		if e != nil {
			entries = append(entries, e)
		}
	}
	switch {
	case loose != "" && len(entries) == 0:
		return lib.alone()
	case loose != "":
		list = append(list, Fault{File: lib.at(loose), Text: "a lesson stands in a folder of its own: move it into one named NN-slug"})
	}
	sort.SliceStable(entries, func(i, j int) bool {
		return entries[i].number < entries[j].number
	})
	return entries, append(list, unique(entries)...)
}

// isFolder reports whether an entry is a folder, or a link to one. A link in a
// lesson's place that leads nowhere is a fault.
func (lib library) isFolder(d fs.DirEntry) (bool, []Fault) {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.IsDir(), nil
	}
	info, err := fs.Stat(lib.fsys, d.Name())
	if err != nil && folderName.MatchString(d.Name()) {
		return false, []Fault{{File: lib.at(d.Name()), Text: unreadable(err)}}
	}
	return err == nil && info.IsDir(), nil
}

// alone reads the one lesson whose folder the library is.
func (lib library) alone() ([]*entry, []Fault) {
	e, list := lib.folder(".")
	if e == nil {
		return nil, list
	}
	return []*entry{e}, append(list, unique([]*entry{e})...)
}

// folder reads one lesson folder, "." for the library's own; the entry is nil
// if it is none.
func (lib library) folder(name string) (*entry, []Fault) {
	files, err := fs.ReadDir(lib.fsys, name)
	if err != nil {
		if !folderName.MatchString(name) && name != "." {
			return nil, nil
		}
		return nil, []Fault{{File: lib.at(name), Text: unreadable(err)}}
	}
	e := &entry{folder: name, inside: name, lib: lib, langs: map[string]*file{}}
	m := folderName.FindStringSubmatch(name)
	if name == "." {
		e.folder, m = lib.base, folderName.FindStringSubmatch(lib.base)
	}
	if m != nil {
		e.number, _ = strconv.Atoi(m[1])
	}
	var list []Fault
	for _, f := range files {
		lang := langOfFile(f.Name())
		if lang == "" {
			continue
		}
		if m == nil && name != "." {
			return nil, []Fault{{File: lib.at(name), Text: "a lesson's folder is named NN-slug: rename it, to 09-" + slugOf(name) + " perhaps"}}
		}
		at := path.Join(name, f.Name())
		data, mark, err := readLesson(lib.fsys, at)
		if err != nil {
			list = append(list, Fault{File: lib.at(at), Text: unreadable(err)})
			continue
		}
		e.langs[lang] = newFile(lib.at(at), lang, e.number, data, mark)
	}
	e.original = e.langs[originalLang]
	if e.original == nil {
		if len(list) == 0 && (m != nil || name == ".") {
			list = append(list, Fault{File: lib.at(name), Text: "there is no " + originalFile + ": write the lesson in English there; a translation stands beside it"})
		}
		return nil, list
	}
	return e, list
}

// maxLesson is the longest lesson file that is read.
const maxLesson = 4 << 20

// What is no lesson file.
var (
	errFolder  = errors.New("it is a folder: a lesson is a text file of that name")
	errSpecial = errors.New("it is no regular file: a lesson is a text file")
	errLong    = errors.New("it is longer than 4 MiB: make several lessons of it")
)

// readLesson reads a regular file of a bounded size: a pipe would wait for
// ever, a device never end.
func readLesson(fsys fs.FS, name string) ([]byte, stamp, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, stamp{}, err
	case info.IsDir():
		return nil, stamp{}, errFolder
	case !info.Mode().IsRegular():
		return nil, stamp{}, errSpecial
	case info.Size() > maxLesson:
		return nil, stamp{}, errLong
	}
	data, err := fs.ReadFile(fsys, name)
	return data, stampOf(info), err
}

// unreadable says why a file or a folder cannot be read, and what to do.
func unreadable(err error) string {
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "it cannot be read: permission denied (chmod u+rX gives the right)"
	case errors.Is(err, fs.ErrNotExist):
		return "it leads to a file that does not exist: put it there, or remove the link"
	case errors.Is(err, syscall.ELOOP):
		return "its links lead in a circle: remove them"
	case errors.As(err, &at):
		return "it cannot be read: " + at.Err.Error()
	}
	return err.Error()
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
			list = append(list, Fault{File: e.at(), Text: "the number " + strconv.Itoa(e.number) + " is that of " + other + " already: rename one of the folders"})
		} else {
			numbers[e.number] = e.folder
		}
		if other, ok := ids[l.ID]; ok && l.ID != "" {
			list = append(list, Fault{File: l.File, Line: 1, Text: "the id " + strconv.Quote(l.ID) + " is that of " + other + " already: give this lesson another"})
		} else {
			ids[l.ID] = l.File
		}
		for _, f := range e.langs {
			t := f.head
			if t.ID != l.ID && t.ID != "" {
				list = append(list, Fault{File: t.File, Line: 1, Text: "the id is " + strconv.Quote(t.ID) + ", the original's " + strconv.Quote(l.ID) + ": make them the same"})
			}
		}
	}
	return list
}
