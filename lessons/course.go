package lessons

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Course is a set of lessons in the order of their numbers. It is not changed
// once loaded and may be used from any goroutine.
type Course struct {
	entries []*entry
	faulty  []faulty // lessons that cannot be used, so that one can say why
}

// faulty is a lesson that was left out.
type faulty struct {
	id, folder string
	number     int
	list       []Fault
}

// List gives every lesson in a language, in English where a lesson has no
// translation.
func (c *Course) List(lang string) []*Lesson {
	list := make([]*Lesson, len(c.entries))
	for i, e := range c.entries {
		list[i] = e.in(lang)
	}
	return list
}

func (e *entry) in(lang string) *Lesson {
	if f := e.langs[lang]; f != nil {
		return f.lesson()
	}
	return e.original.lesson()
}

// Langs lists the languages that any lesson has, sorted.
func (c *Course) Langs() []string {
	seen := map[string]bool{}
	var list []string
	for _, e := range c.entries {
		for lang := range e.langs {
			if !seen[lang] {
				seen[lang] = true
				list = append(list, lang)
			}
		}
	}
	sort.Strings(list)
	return list
}

// Original is the English lesson with an id, nil if there is none.
func (c *Course) Original(id string) *Lesson { return c.In(id, originalLang) }

// In is the lesson with an id in a language, in English if it is not
// translated, nil if there is none.
func (c *Course) In(id, lang string) *Lesson {
	if e := c.entryOf(id); e != nil {
		return e.in(lang)
	}
	return nil
}

// All lists a lesson's versions, the original first, then by language.
func (c *Course) All(id string) []*Lesson {
	if e := c.entryOf(id); e != nil {
		return append([]*Lesson{e.original.lesson()}, e.translations()...)
	}
	return nil
}

func (e *entry) translations() []*Lesson {
	var list []*Lesson
	for lang, f := range e.langs {
		if lang != originalLang {
			list = append(list, f.lesson())
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Lang < list[j].Lang })
	return list
}

// A FindError says why no one lesson has a name.
type FindError struct {
	Name       string
	Candidates []string // ids that begin with Name; none if it is unknown
	Faults     []Fault  // of the lesson of that name, which was left out for them
}

func (e *FindError) Error() string {
	switch {
	case len(e.Faults) > 0:
		return fmt.Sprintf("the lesson %q has faults:\n%s", e.Name, join(e.Faults))
	case len(e.Candidates) == 0:
		return fmt.Sprintf("there is no lesson %q", e.Name)
	}
	return fmt.Sprintf("%q may be any of %s", e.Name, strings.Join(e.Candidates, ", "))
}

// Find finds a lesson by its number, its id, a beginning of its id that no
// other has, or its title in any language, and gives it in a language as List
// does. The error is a [*FindError].
func (c *Course) Find(name, lang string) (*Lesson, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if n, err := strconv.Atoi(name); err == nil {
		for _, e := range c.entries {
			if e.number == n {
				return e.in(lang), nil
			}
		}
		return nil, &FindError{Name: name, Faults: c.faultsOf(func(f faulty) bool { return f.number == n })}
	}
	var found []*entry
	var ids []string
	for _, e := range c.entries {
		if e.id() == name && name != "" {
			return e.in(lang), nil
		}
		if name != "" && strings.HasPrefix(e.id(), name) {
			found, ids = append(found, e), append(ids, e.id())
		}
	}
	if len(found) == 0 {
		found, ids = c.titled(name)
	}
	if len(found) != 1 {
		return nil, &FindError{Name: name, Candidates: ids, Faults: c.faultsOf(func(f faulty) bool {
			return len(found) == 0 && name != "" && (f.id == name || f.folder == name)
		})}
	}
	return found[0].in(lang), nil
}

// titled lists the lessons with a title in lower case, in whichever language.
func (c *Course) titled(title string) (found []*entry, ids []string) {
	for _, e := range c.entries {
		for _, f := range e.langs {
			if title != "" && strings.ToLower(f.head.Title) == title {
				found, ids = append(found, e), append(ids, e.id())
				break
			}
		}
	}
	return found, ids
}

// faultsOf lists the faults of the first lesson left out that is meant.
func (c *Course) faultsOf(meant func(faulty) bool) []Fault {
	for _, f := range c.faulty {
		if meant(f) {
			return f.list
		}
	}
	return nil
}

// entryOf is the entry with an id, nil if there is none.
func (c *Course) entryOf(id string) *entry {
	for _, e := range c.entries {
		if e.id() == id {
			return e
		}
	}
	return nil
}

// IDs lists the ids of all lessons.
func (c *Course) IDs() []string {
	var list []string
	for _, e := range c.entries {
		list = append(list, e.id())
	}
	return list
}

// replace puts an entry into the place of another.
func (c *Course) replace(old, e *entry) {
	for i := range c.entries {
		if c.entries[i] == old {
			c.entries[i] = e
		}
	}
}

func (c *Course) sort() {
	sort.SliceStable(c.entries, func(i, j int) bool { return c.entries[i].number < c.entries[j].number })
}

// as copies a lesson under another number.
func (e *entry) as(number int) *entry {
	out := *e
	out.number, out.langs = number, map[string]*file{}
	for lang, f := range e.langs {
		out.langs[lang] = &file{
			name: f.name, lang: f.lang, number: number, foreign: e.foreign,
			data: f.data, stamp: f.stamp, head: f.head,
		}
	}
	out.original = out.langs[originalLang]
	return &out
}
