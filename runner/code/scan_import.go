package code

import (
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// take takes a statement that only Python has, and leaves s.k at its last token.
func (s *statements) take(word string) {
	k := s.next(0)
	m := &mark{at: k.at}
	n := 1
	ok := true
	switch word {
	case "import":
		m.kind = markImport
		n, ok = s.importNames(m, n, true)
	case "from":
		m.kind = markFrom
		n, ok = s.fromImport(m)
	case "global":
		m.kind = markGlobal
		n, ok = s.importNames(m, n, false)
	case "del":
		m.kind = markDel
		for ; !s.endsStatement(s.next(n)); n++ {
			s.inside(n)
		}
		ok = n > 1
		m.col = s.next(1).at
		from, to := s.rest(1)
		m.text = string(s.tokenizer.out[from:to])
	}
	if !ok || !s.endsStatement(s.next(n)) {
		s.fail(s.next(n).at, raise("SyntaxError", "", "invalid syntax"))
	}
	for !s.endsStatement(s.next(n)) {
		n++
	}
	s.marks[k.at] = m
	s.blank(k.from, s.next(n-1).to)
	s.k += n - 1
}

// inside does for a token of a statement taken away what is done for others.
func (s *statements) inside(n int) {
	k := s.next(n)
	old := s.k
	s.k += n
	s.token(k, s.tokenizer.text(k))
	s.k = old
}

// importNames reads "a, b.c as d, …" from the n-th token on.
func (s *statements) importNames(m *mark, n int, dotted bool) (int, bool) {
	for {
		k := s.next(n)
		if k.kind != tokName {
			return n, false
		}
		name := importName{name: s.tokenizer.text(k), at: k.at}
		n++
		for dotted && s.isOp(n, ".") && s.next(n+1).kind == tokName {
			name.name += "." + s.tokenizer.text(s.next(n+1))
			n += 2
		}
		name.as, _, _ = strings.Cut(name.name, ".")
		if m.kind != markGlobal && s.isName(n, "as") && s.next(n+1).kind == tokName {
			name.as = s.tokenizer.text(s.next(n + 1))
			n += 2
		}
		m.names = append(m.names, name)
		if !s.isOp(n, ",") {
			return n, true
		}
		n++
		if s.isOp(n, ")") {
			return n, true
		}
	}
}

func (s *statements) fromImport(m *mark) (int, bool) {
	n := 1
	for s.next(n).kind == tokName && !s.isName(n, "import") || s.isOp(n, ".") {
		m.from += s.tokenizer.text(s.next(n))
		n++
	}
	if m.from == "" || !s.isName(n, "import") {
		return n, false
	}
	n++
	if s.isOp(n, "*") {
		m.star = true
		return n + 1, true
	}
	if !s.isOp(n, "(") {
		return s.importNames(m, n, false)
	}
	n, ok := s.importNames(m, n+1, false)
	if !ok || !s.isOp(n, ")") {
		return n, false
	}
	return n + 1, true
}

func (s *statements) isOp(n int, op string) bool {
	k := s.next(n)
	return k.kind == tokOp && s.tokenizer.text(k) == op
}

func (s *statements) isName(n int, name string) bool {
	k := s.next(n)
	return k.kind == tokName && s.tokenizer.text(k) == name
}

// token handles what is special anywhere in a statement.
func (s *statements) token(k token, word string) {
	switch k.kind {
	case tokName:
		s.name(k, word)
	case tokString:
		if s.next(1).kind == tokString {
			e := raise("SyntaxError", "", "invalid syntax")
			s.fail(s.next(1).at, e.hint(words.F("put + between two strings")))
		}
	case tokOp:
		s.op(k, word)
	}
}

// loadAlias is what the name load becomes before the parser, for which load
// is a keyword; no keyboard types its first letter.
const loadAlias = "\u026boad"

func (s *statements) name(k token, word string) {
	switch word {
	case "load":
		s.tokenizer.out[k.from] = []rune(loadAlias)[0]
	case "is":
		s.is(k)
	case "yield", "await":
		s.fail(k.at, foreign(word, ""))
	}
}

// is turns "is None" into "== None" and "is not None" into "!= None".
func (s *statements) is(k token) {
	n, op := 1, "=="
	if s.isName(1, "not") {
		n, op = 2, "!="
	}
	constant := s.isName(n, "None") || s.isName(n, "True") || s.isName(n, "False")
	typeName := s.next(n).kind == tokName && isType(s.tokenizer.text(s.next(n))) && !s.isOp(n+1, "(") && !s.isOp(n+1, ".")
	if !constant && !typeName {
		e := raise("SyntaxError", "", "invalid syntax")
		s.fail(k.at, e.hint(words.F("is works with None here; to compare use ==")))
		return
	}
	copy(s.tokenizer.out[k.from:k.to], []rune(op))
	if n == 2 {
		not := s.next(1)
		for i := not.from; i < not.to; i++ {
			s.tokenizer.out[i] = ' '
		}
	}
}

func (s *statements) op(k token, op string) {
	invalid := raise("SyntaxError", "", "invalid syntax")
	switch op {
	case "**", "**=":
		if s.operandBefore() {
			a, b := s.operandText(-1), s.operandText(1)
			s.fail(k.at, invalid.hint(words.F("no ** here: write pow(%s, %s)", a, b)))
		}
	case ":=":
		s.fail(k.at, invalid.hint(words.F("no := here: give the name its value on a line of its own")))
	case "->":
		s.fail(k.at, invalid.hint(words.F("no type hints here: leave them out")))
	case "@", "@=", "...":
		if s.operandBefore() || op == "..." {
			s.fail(k.at, invalid)
		}
	}
}

// operandBefore tells whether an operand ends in front of the token looked at.
func (s *statements) operandBefore() bool {
	k := s.next(-1)
	switch k.kind {
	case tokNumber, tokString:
		return s.k > 0
	case tokName:
		return s.k > 0 && !operatorWord[s.tokenizer.text(k)] && s.tokenizer.text(k) != "lambda"
	case tokOp:
		return s.k > 0 && strings.Contains(")]}", s.tokenizer.text(k))
	}
	return false
}

// operandText is a simple operand beside the token looked at, or a letter.
func (s *statements) operandText(n int) string {
	k := s.next(n)
	beyond := s.next(2 * n)
	simple := k.kind == tokNumber || k.kind == tokName
	if beyond.kind == tokOp && strings.Contains(".([", s.tokenizer.text(beyond)) && beyond.from != k.from {
		simple = false
	}
	if simple {
		return s.tokenizer.text(k)
	}
	if n < 0 {
		return "x"
	}
	return "n"
}
