package lessons

import (
	"errors"
	"fmt"
	"sort"
)

// Fault is one thing wrong with a lesson file. Line counts from 1; it is 0
// when the fault is a file's or a folder's own, as when it is missing.
type Fault struct {
	File string
	Line int
	Text string
}

// Error says the fault as "file:line: text".
func (f Fault) Error() string {
	if f.Line <= 0 {
		return f.File + ": " + f.Text
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text)
}

// faults collects what is wrong with one file, so that a reader goes on after
// the first fault.
type faults struct {
	file string
	list []Fault
}

func (f *faults) add(line int, format string, args ...any) {
	f.list = append(f.list, Fault{File: f.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// sorted puts the faults into the order of files and lines and drops
// repetitions.
func sorted(list []Fault) []Fault {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.File != b.File {
			return a.File < b.File
		}
		return a.Line < b.Line
	})
	var out []Fault
	seen := map[Fault]bool{}
	for _, f := range list {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	return out
}

// join makes one error of all faults, nil if there are none.
func join(list []Fault) error {
	errs := make([]error, len(list))
	for i, f := range list {
		errs[i] = f
	}
	return errors.Join(errs...)
}
