package lessons

import (
	"slices"
	"strings"
)

// copyID is the id of a copy: the one that was asked for, or my- and that of
// the original. The original's own is free, unless the folder has it already.
func copyID(id string, of *entry, around []*entry) (string, error) {
	if id == of.id() {
		around = slices.DeleteFunc(slices.Clone(around), func(e *entry) bool { return e == of })
	}
	return freeID(id, "my-"+of.id(), around)
}

// copied are the files of a lesson with another id, the English one first. A
// copy that stands beside its original has another title too, so that a list
// tells them apart; one that takes its place keeps it.
func copied(of *entry, id, title string) []draftFile {
	var list []draftFile
	for _, f := range of.files() {
		own := title
		switch {
		case own != "":
		case id == of.id():
			own = f.head.Title
		case strings.HasPrefix(f.lang, "zh"):
			own = f.head.Title + "（副本）"
		default:
			own = f.head.Title + " (copy)"
		}
		list = append(list, draftFile{fileOf(f.lang), retitled(string(f.data), id, own)})
	}
	return list
}

// files are those of a lesson, the original first, then by language.
func (e *entry) files() []*file {
	list := []*file{e.original}
	for _, f := range e.langs {
		if f != e.original {
			list = append(list, f)
		}
	}
	slices.SortFunc(list[1:], func(a, b *file) int { return strings.Compare(a.lang, b.lang) })
	return list
}

// fileOf is the name of the file in a language.
func fileOf(lang string) string {
	if lang == originalLang {
		return originalFile
	}
	return "lesson." + lang + ".md"
}

// retitled is a lesson file with another id and title.
func retitled(src, id, title string) string {
	head := headOf(src)
	body := strings.TrimPrefix(src, head)
	head = idLine.ReplaceAllLiteralString(head, "id: "+quoteYAML(id))
	return titleLine.ReplaceAllLiteralString(head, "title: "+quoteYAML(title)) + body
}
