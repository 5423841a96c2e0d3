package chat

import (
	"slices"

	"golang.org/x/text/unicode/norm"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A Friend is a name and the address that it stands for.
type Friend struct {
	Name string
	Addr netlab.Addr
}

// A Directory is a list of friends in which every name and every address
// stands once. It does not change once it is made, so any goroutine may use it.
type Directory struct {
	list   []Friend
	byName map[string]int
	byAddr map[netlab.Addr]int
}

// NewDirectory makes a directory. Of friends with the same name or the same
// address the first one stays.
func NewDirectory(friends []Friend) *Directory {
	d := &Directory{byName: map[string]int{}, byAddr: map[netlab.Addr]int{}}
	for _, f := range friends {
		f.Name = norm.NFC.String(f.Name)
		_, named := d.byName[f.Name]
		_, placed := d.byAddr[f.Addr]
		if named || placed {
			continue
		}
		d.byName[f.Name], d.byAddr[f.Addr] = len(d.list), len(d.list)
		d.list = append(d.list, f)
	}
	return d
}

// Default is the directory of who gives none: four friends on this machine,
// each with a port of their own.
func Default() *Directory {
	var friends []Friend
	for i, name := range []string{"房得成", "陈凤琴", "王雅玲", "喜洋洋"} {
		friends = append(friends, Friend{name, netlab.Loopback(8081 + i)})
	}
	return NewDirectory(friends)
}

// Friends lists all, in the order of the file.
func (d *Directory) Friends() []Friend { return slices.Clone(d.list) }

// Names lists the names, in the order of the file.
func (d *Directory) Names() []string {
	names := make([]string, len(d.list))
	for i, f := range d.list {
		names[i] = f.Name
	}
	return names
}

// Find is the friend with the name, in whichever of Unicode's spellings it was
// typed.
func (d *Directory) Find(name string) (Friend, bool) {
	i, ok := d.byName[norm.NFC.String(name)]
	if !ok {
		return Friend{}, false
	}
	return d.list[i], true
}

// NameOf is the name that the address stands for, "" if none does.
func (d *Directory) NameOf(addr netlab.Addr) string {
	if i, ok := d.byAddr[addr]; ok {
		return d.list[i].Name
	}
	return ""
}

// Nearest is the name that a wrong one may have meant, "" if none is near. The
// name in a list of short names is near if it differs in one letter, which
// for [words.Nearest] needs names of three.
func (d *Directory) Nearest(name string) string {
	if near := words.Nearest(name, d.Names()); near != "" {
		return near
	}
	typed := []rune(norm.NFC.String(name))
	found := ""
	for _, f := range d.list {
		own := []rune(f.Name)
		if len(typed) == 0 || len(typed) >= len(own) || !slices.Equal(own[:len(typed)], typed) {
			continue
		}
		if found != "" {
			return "" // it begins two names
		}
		found = f.Name
	}
	return found
}
