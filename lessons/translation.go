package lessons

import "strings"

// compare asks that a translation says what its original says: the same
// steps, the same blocks, the same code, comments and spoken texts aside.
func compare(original, l *Lesson) []Fault {
	out := &faults{file: l.File}
	if untranslated(original, l) {
		out.add(1, "the text is the original's, word for word: translate it, or remove the file; without it the original is read")
	}
	if l.Minutes != original.Minutes {
		out.add(1, "minutes is %d, the original's %d: make them the same", l.Minutes, original.Minutes)
	}
	if strings.Join(l.Needs, " ") != strings.Join(original.Needs, " ") {
		out.add(1, "needs is [%s], the original's [%s]: make them the same", strings.Join(l.Needs, ", "), strings.Join(original.Needs, ", "))
	}
	compareParts(out, original.Intro, l.Intro, 1)
	for i, s := range original.Steps {
		if i >= len(l.Steps) {
			out.add(1, "the original's step %q is missing: translate it, or take it out there", s.ID)
			continue
		}
		t := l.Steps[i]
		if t.ID != s.ID {
			out.add(t.Line, "the step is %q, the original's %q: a translation has the same steps in the same order", t.ID, s.ID)
			return out.list
		}
		compareParts(out, s.Parts, t.Parts, t.Line)
	}
	if len(l.Steps) > len(original.Steps) {
		t := l.Steps[len(original.Steps)]
		out.add(t.Line, "the original has no step %q: take it out, or write it there too", t.ID)
	}
	return out.list
}

// fixed is a part that a translation must have too.
type fixed struct {
	line     int
	role     Role
	block    *Block
	question *Question
}

func fixedParts(parts []Part) []fixed {
	var list []fixed
	for _, p := range parts {
		switch p := p.(type) {
		case *Block:
			list = append(list, fixed{line: p.Line, role: p.Role, block: p})
		case *Question:
			list = append(list, fixed{line: p.Line, role: p.Kind, question: p})
		}
	}
	return list
}

// compareParts compares blocks and questions in order. After the first that is
// another block, all others would be too, so it ends there.
func compareParts(out *faults, original, parts []Part, line int) {
	a, b := fixedParts(original), fixedParts(parts)
	for i, x := range a {
		if i >= len(b) {
			out.add(line, "the original's %s block (its line %d) is missing: copy it to here", x.role, x.line)
			continue
		}
		y := b[i]
		if x.role != y.role {
			out.add(y.line, "a %s block stands where the original has a %s block (its line %d): keep to its order", y.role, x.role, x.line)
			return
		}
		switch {
		case x.question != nil:
			compareQuestions(out, x.question, y.question)
		case x.role != RoleHint:
			compareCode(out, x.block, y.block)
		}
	}
	for _, y := range b[min(len(a), len(b)):] {
		out.add(y.line, "the original has no such %s block: take it out, or write it there too", y.role)
	}
}

func compareCode(out *faults, original, b *Block) {
	if original.Role == RoleWrong && (original.Fails == "") != (b.Fails == "") {
		out.add(b.Line, "\"# fails:\" is missing here or in the original: copy it")
	}
	x, y := strings.Split(plain(original.Code), "\n"), strings.Split(plain(b.Code), "\n")
	for i := range max(len(x), len(y)) {
		switch {
		case i >= len(x):
			out.add(b.Line, "the code differs from the original's (its line %d): it goes on with %q; copy the code", original.Line, y[i])
		case i >= len(y):
			out.add(b.Line, "the code differs from the original's (its line %d): %q is missing; copy the code", original.Line, x[i])
		case x[i] != y[i]:
			out.add(b.Line, "the code differs from the original's (its line %d): %q, there %q; copy the code", original.Line, y[i], x[i])
		default:
			continue
		}
		return
	}
}

func compareQuestions(out *faults, original, q *Question) {
	if len(original.Choices) != len(q.Choices) {
		out.add(q.Line, "%d choices, the original (its line %d) has %d: make them the same", len(q.Choices), original.Line, len(original.Choices))
		return
	}
	for i, c := range original.Choices {
		if d := q.Choices[i]; c.Right != d.Right || c.When != d.When {
			out.add(d.Line, "choice %d is right in another case than the original's (its line %d): keep the order of the choices and their when", i+1, c.Line)
		} else if (c.Then == "") != (d.Then == "") {
			out.add(d.Line, "choice %d has a \"then\" here or in the original (its line %d), not in both: translate it", i+1, c.Line)
		}
	}
	for _, a := range original.Answers {
		if right, _, _ := q.Judge(a); !right {
			out.add(q.Line, "the original's answer %q is not accepted: write it too", a)
		}
	}
}
