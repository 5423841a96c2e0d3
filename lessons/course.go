package lessons

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Course is a set of lessons in the order of their numbers. It is not changed
// once loaded and may be used from any goroutine.
type Course struct{ entries []*entry }

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
	for _, e := range c.entries {
		if e.id() == id {
			return e.in(lang)
		}
	}
	return nil
}

// All lists a lesson's versions, the original first, then by language.
func (c *Course) All(id string) []*Lesson {
	for _, e := range c.entries {
		if e.id() == id {
			return append([]*Lesson{e.original.lesson()}, e.translations()...)
		}
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
}

func (e *FindError) Error() string {
	if len(e.Candidates) == 0 {
		return fmt.Sprintf("there is no lesson %q", e.Name)
	}
	return fmt.Sprintf("%q may be any of %s", e.Name, strings.Join(e.Candidates, ", "))
}

// Find finds a lesson by its number, its id or a beginning of its id that no
// other has, and gives it in a language as List does. The error is a
// [*FindError].
func (c *Course) Find(name, lang string) (*Lesson, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if n, err := strconv.Atoi(name); err == nil {
		for _, e := range c.entries {
			if e.number == n {
				return e.in(lang), nil
			}
		}
		return nil, &FindError{Name: name}
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
	if len(found) != 1 {
		return nil, &FindError{Name: name, Candidates: ids}
	}
	return found[0].in(lang), nil
}
