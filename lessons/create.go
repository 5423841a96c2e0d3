package lessons

import (
	_ "embed" // the lesson that a new one is copied from
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

//go:embed template/lesson.md
var template string

// ErrTaken is the error of [Create] for an id that another lesson has.
var ErrTaken = errors.New("lessons: another lesson has this id")

// ErrID is the error of [Create] for an id that is none.
var ErrID = errors.New("lessons: an id is made of lower-case letters, digits and single dashes")

// ErrFull is the error of [Create] when there is no number left.
var ErrFull = errors.New("lessons: the numbers end at 999")

// ErrInside is the error of [Create] for a folder that is itself a lesson's.
var ErrInside = errors.New("lessons: the folder is a lesson's own")

// A Draft is a lesson to be made by [Create].
type Draft struct {
	Dir   string // is made if it does not exist
	ID    string // "" takes my-lesson, or my-FROM, and so on with -2, -3
	Title string // "" makes one of the id, or of that of From
	// From is a lesson that comes with the program, named as [Course.Find] takes it,
	// to be copied in all its languages; "" takes a small complete lesson. The ID may
	// be that of From: then the copy takes its place.
	From string
}

// Created is what [Create] has made.
type Created struct {
	Files []string // the English one first
	ID    string
	From  *Lesson // what was copied; nil: nothing
}

// Create writes a lesson into a new folder NN-id of a folder of lessons. NN is
// the next number after those of the folder and of the lessons that come with
// the program. The ports of a small complete lesson are none of theirs; a copy
// keeps its own. Nothing that exists is touched; after an error nothing is
// left. Errors are [ErrID], [ErrTaken], [ErrFull], [ErrInside], those of
// [OpenFolder], of [Course.Find] and of the file system.
func Create(d Draft) (made Created, err error) {
	if d.ID != "" && !goodID.MatchString(d.ID) {
		return Created{}, ErrID
	}
	embedded := Open(Embedded())
	if d.From != "" {
		if made.From, err = embedded.Find(d.From, originalLang); err != nil {
			return Created{}, err
		}
	}
	folders, err := makeFolder(d.Dir)
	if err != nil {
		return Created{}, err
	}
	defer func() {
		if err != nil {
			removeFolders(folders)
		}
	}()
	folder, err := OpenFolder(d.Dir)
	if err != nil {
		return Created{}, err
	}
	there, _ := folder.lib.gather()
	if len(there) == 1 && there[0].inside == "." {
		return Created{}, ErrInside
	}
	around := append(embedded.entries, there...)
	var texts []draftFile
	if made.From == nil {
		if made.ID, err = freeID(d.ID, "my-lesson", around); err != nil {
			return Created{}, err
		}
		texts = []draftFile{{originalFile, draft(made.ID, d.Title, portsOf(around))}}
	} else {
		of := embedded.entryOf(made.From.ID)
		if made.ID, err = copyID(d.ID, of, around); err != nil {
			return Created{}, err
		}
		texts = copied(of, made.ID, d.Title)
	}
	made.Files, err = writeLesson(d.Dir, made.ID, nextNumber(d.Dir, around), texts)
	if err != nil {
		return Created{}, err
	}
	return made, nil
}

// draftFile is a file of a lesson to be written.
type draftFile struct{ name, text string }

// writeLesson makes a folder with the number, or the next one that is free.
func writeLesson(dir, id string, number int, texts []draftFile) (files []string, err error) {
	for n := number; n <= 999; n++ {
		at := filepath.Join(dir, fmt.Sprintf("%02d-%s", n, id))
		err := os.Mkdir(at, 0o777)
		if errors.Is(err, fs.ErrExist) {
			continue // somebody was quicker
		}
		if err != nil {
			return nil, err
		}
		for _, t := range texts {
			file := filepath.Join(at, t.name)
			files = append(files, file)
			if err := os.WriteFile(file, []byte(t.text), 0o666); err != nil {
				removeFolders(append(files, at))
				return nil, err
			}
		}
		return files, nil
	}
	return nil, ErrFull
}

// makeFolder makes a folder with all above it and lists those that were not
// there, the deepest first.
func makeFolder(dir string) (made []string, err error) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		_, err := os.Stat(at)
		if err == nil || !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		made = append(made, at)
	}
	if len(made) == 0 {
		return nil, nil // what it is, and whether it can be read, is found out by opening it
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		removeFolders(made)
		return nil, err
	}
	return made, nil
}

// removeFolders removes files, and folders that are empty.
func removeFolders(list []string) {
	for _, dir := range list {
		_ = os.Remove(dir)
	}
}

// freeID is the id that was asked for, or the first free one of plain, plain-2
// and so on.
func freeID(id, plain string, around []*entry) (string, error) {
	taken := map[string]bool{}
	for _, e := range around {
		taken[e.id()] = true
	}
	if id != "" {
		if taken[id] {
			return "", ErrTaken
		}
		return id, nil
	}
	id = plain
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", plain, n)
	}
	return id, nil
}

// nextNumber is one above every lesson's, and above every folder NN-slug.
func nextNumber(dir string, around []*entry) int {
	last := 0
	for _, e := range around {
		last = max(last, e.number)
	}
	dirs, _ := os.ReadDir(dir)
	for _, d := range dirs {
		n := 0
		if folderName.MatchString(d.Name()) {
			_, _ = fmt.Sscanf(d.Name(), "%d-", &n)
		}
		last = max(last, n)
	}
	return last + 1
}

// portsOf are the ports that lessons name.
func portsOf(around []*entry) map[int]bool {
	found := map[int]bool{}
	for _, e := range around {
		l := e.original.lesson()
		for _, s := range l.Steps {
			for _, n := range l.Ports(s) {
				found[n] = true
			}
		}
	}
	return found
}

// The lines of the front matter that have the id and the title.
var (
	idLine    = regexp.MustCompile(`(?m)^id: .*$`)
	titleLine = regexp.MustCompile(`(?m)^title: .*$`)
)

// draft is the template with another id, title and ports.
func draft(id, title string, taken map[int]bool) string {
	if strings.TrimSpace(title) == "" {
		words := strings.Split(id, "-")
		words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
		title = strings.Join(words, " ")
	}
	text := strings.Replace(template, "\nid: my-lesson\n", "\nid: "+quoteYAML(id)+"\n", 1)
	text = titleLine.ReplaceAllLiteralString(text, "title: "+quoteYAML(title))
	head, body, _ := strings.Cut(text, "\n---\n")
	l, _ := Parse(originalFile, []byte(template))
	ports := map[int]bool{}
	for _, s := range l.Steps {
		for _, n := range l.Ports(s) {
			ports[n] = true
		}
	}
	return head + "\n---\n" + renumber(body, freePorts(ports, taken))
}

// freePorts gives each port that is taken another one nearby.
func freePorts(ports, taken map[int]bool) map[int]int {
	var list []int
	for n := range ports {
		list = append(list, n)
	}
	sort.Ints(list)
	moved := map[int]int{}
	next := 0
	if len(list) > 0 {
		next = list[len(list)-1] + 1
	}
	for _, n := range list {
		if !taken[n] {
			continue
		}
		for taken[next] && next < highPort {
			next++
		}
		moved[n] = next
		next++
	}
	return moved
}

// plainYAML matches what YAML takes for the text that it is.
var plainYAML = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 _.,()/-]*$`)

// quoteYAML writes a text so that it is read as it stands.
func quoteYAML(s string) string {
	s = strings.Map(func(c rune) rune {
		if strange(c) || c == '\t' {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if plainYAML.MatchString(s) && !strings.HasSuffix(s, " ") && !strings.EqualFold(s, "null") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
