package lessons

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"sort"
)

// Options are the checks that Lint cannot make by itself, because it knows
// neither the language of the prompt nor the facts. Each may be nil. An error
// that has a Line() int, counted from 1 within what was checked, is put there;
// joined errors are faults each.
type Options struct {
	CheckFact func(expr string) error // a fact of a task or of a prediction
	CheckCode func(code string) error // the code of a block that is run
	// CheckServers looks at the servers that a block of code starts. It is not asked
	// about a wrong block, whose mistake they may be, nor in a lesson that gives the
	// name serve to something else.
	CheckServers func(code string) error
	// Known are the ids of lessons that a lesson may need although they stand
	// elsewhere: they come before, whatever the numbers say.
	Known map[string]bool
}

// Lint finds all faults of all lessons of a file system whose top holds the
// lesson folders, in the order of files and lines. It is nil if there are
// none.
func Lint(fsys fs.FS, opts Options) []Fault { return library{fsys: fsys}.lint(opts) }

func (lib library) lint(opts Options) []Fault {
	entries, list := lib.gather()
	if len(entries) == 0 && len(list) == 0 {
		return []Fault{{File: lib.at("."), Text: "there is no lesson here: a lesson is a folder NN-slug with a file " + originalFile}}
	}
	return sorted(append(list, lintAll(entries, opts)...))
}

// lintAll finds the faults within the lessons, in no order.
func lintAll(entries []*entry, opts Options) []Fault {
	list := parseAll(entries)
	ids := map[string]int{}
	for _, e := range entries {
		ids[e.id()] = e.number
	}
	for _, e := range entries {
		original := e.original.lesson()
		for _, l := range append([]*Lesson{original}, e.translations()...) {
			list = append(list, opts.needed(l, ids)...)
			list = append(list, opts.check(l)...)
			if l != original {
				list = append(list, compare(original, l)...)
			}
		}
	}
	return list
}

// needed asks that the lessons a lesson needs exist and come before it.
func (o Options) needed(l *Lesson, ids map[string]int) []Fault {
	out := faults{file: l.File}
	for _, id := range l.Needs {
		n, ok := ids[id]
		switch {
		case o.Known[id] && id != l.ID:
		case !ok:
			var all []string
			for other := range ids {
				all = append(all, other)
			}
			for other := range o.Known {
				all = append(all, other)
			}
			sort.Strings(all)
			out.add(l.needsLine, "needs %q: there is no such lesson; name one by its id%s", id, meant(id, all))
		case n >= l.Number:
			out.add(l.needsLine, "needs %q: it does not come before this lesson; change the numbers of the folders, or take it out", id)
		}
	}
	return out.list
}

// check runs the caller's checks over a lesson.
func (o Options) check(l *Lesson) []Fault {
	out := faults{file: l.File}
	parts := append([]Part(nil), l.Intro...)
	for _, s := range l.Steps {
		parts = append(parts, s.Parts...)
	}
	if slices.ContainsFunc(parts, ownServe) {
		o.CheckServers = nil
	}
	for _, part := range parts {
		switch part := part.(type) {
		case *Block:
			o.block(&out, part)
		case *Question:
			for _, c := range part.Choices {
				if c.When != "" && c.When != Otherwise {
					o.fact(&out, c.When, c.Line, 1)
				}
			}
		}
	}
	return out.list
}

func (o Options) block(out *faults, b *Block) {
	switch b.Role {
	case RoleHint:
	case RoleTask:
		for _, f := range b.Facts {
			o.fact(out, f.Expr, f.Line, 0)
		}
	default:
		if o.CheckCode != nil {
			report(out, o.CheckCode(b.Code), b.Line, 0)
		}
		if o.CheckServers != nil && b.Role != RoleWrong {
			report(out, o.CheckServers(b.Code), b.Line, 0)
		}
	}
}

// namesServe matches code that gives the name serve to something else.
var namesServe = regexp.MustCompile(`(?m)^[ \t]*(?:def[ \t]+serve\b|serve[ \t]*=[^=]|for[ \t]+serve\b|(?:from|import)\b.*\bserve\b)`)

func ownServe(part Part) bool {
	b, ok := part.(*Block)
	return ok && b.Lang == "python" && namesServe.MatchString(b.Code)
}

// fact checks one expression. With lines set to 1 the expression counts as one
// line, whatever position its error has.
func (o Options) fact(out *faults, expr string, line, lines int) {
	if o.CheckFact != nil {
		report(out, o.CheckFact(expr), line, lines)
	}
}

// report makes faults of an error found in source that begins at a line and
// has a number of lines, 0 if that does not matter.
func report(out *faults, err error, line, lines int) {
	if err == nil {
		return
	}
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		for _, e := range many.Unwrap() {
			report(out, e, line, lines)
		}
		return
	}
	var at interface{ Line() int }
	if errors.As(err, &at) && at.Line() > 1 && (lines == 0 || at.Line() <= lines) {
		line += at.Line() - 1
	}
	out.add(line, "%s", err)
}
