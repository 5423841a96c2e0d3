package code

import (
	"sort"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// scanned is a source after the pass before the parser: text has the same
// lines and columns as the source, with what only Python has overwritten, and
// marks tell what stood there.
type scanned struct {
	text  []rune
	first pos
	toks  []token
	strs  map[pos]strPrefix
	marks map[pos]*mark
	errs  []*placed
	more  bool // the text is not complete
}

// mark is a statement that was overwritten by 0 and spaces.
type mark struct {
	kind  markKind
	at    pos
	names []importName // import, from, global
	from  string       // the module of from; "" otherwise
	star  bool         // from … import *
	text  string       // the expression of del, the line of a command
	col   pos          // where text begins
}

type markKind uint8

const (
	markImport markKind = iota
	markFrom
	markDel
	markGlobal
	markCommand
)

type importName struct {
	name, as string
	at       pos
}

// scan reads a source. With isVerb nil there are no commands in it; nested is
// for an expression inside an f-string, which may go over several lines.
func scan(text []rune, first pos, isVerb func(string) bool, expand func(string) string) *scanned {
	t := &tokenizer{src: text, out: append([]rune(nil), text...), at: first, isVerb: isVerb, strs: map[pos]strPrefix{}}
	t.run()
	s := &scanned{text: t.out, first: first, toks: t.toks, strs: t.strs, marks: map[pos]*mark{}}
	st := &statements{tokenizer: t, scanned: s, expand: expand}
	st.run()
	s.errs = t.errs
	s.more = len(t.open) > 0 || t.unclosed || t.backslash || inBlock(t)
	sort.SliceStable(s.errs, func(i, j int) bool { return s.errs[i].at.before(s.errs[j].at) })
	return s
}

// statements looks at the tokens statement by statement.
type statements struct {
	*tokenizer
	*scanned
	expand  func(string) string
	k       int  // the token looked at
	header  bool // in the head of a compound statement, before its colon
	lambdas int  // lambdas whose colon is still to come
}

var compound = map[string]bool{"if": true, "elif": true, "else": true, "for": true, "while": true, "def": true}

func (s *statements) run() {
	toks := s.tokenizer.toks
	start, line := true, true
	for s.k = 0; s.k < len(toks); s.k++ {
		k := toks[s.k]
		word := ""
		if k.kind != tokNewline && k.kind != tokCommand && k.kind != tokString {
			word = s.tokenizer.text(k)
		}
		if start && s.statement(k, word, line) {
			start, line = false, false
			continue
		}
		if k.kind == tokName && start {
			s.header = compound[word]
		}
		start, line = s.startsNext(k, word)
		s.token(k, word)
	}
}

// startsNext tells whether the token behind k begins a statement, and a line.
func (s *statements) startsNext(k token, word string) (start, line bool) {
	switch {
	case k.kind == tokNewline || k.kind == tokCommand:
		s.header, s.lambdas = false, 0
		return true, true
	case k.depth > 0:
	case word == ";" && k.kind == tokOp:
		return true, false
	case word == "lambda" && k.kind == tokName:
		s.lambdas++
	case word == ":" && k.kind == tokOp && s.lambdas > 0:
		s.lambdas--
	case word == ":" && k.kind == tokOp && s.header:
		s.header = false
		return true, false
	}
	return false, false
}

// statement handles what is special at the beginning of a statement; true if
// the statement has been taken away.
func (s *statements) statement(k token, word string, line bool) bool {
	switch {
	case k.kind == tokCommand:
		s.marks[k.at] = &mark{kind: markCommand, at: k.at, text: strings.TrimRight(string(s.src[k.from:k.to]), " \t"), col: k.at}
		s.blank(k.from, k.to)
		return false
	case k.kind == tokOp && word == "@":
		s.fail(k.at, foreign("@", ""))
		return false
	case k.kind != tokName:
		return false
	}
	switch word {
	case "import", "from", "del", "global":
		s.take(word)
		return true
	case "print", "exec":
		s.printStatement(k, word)
	case "try", "except", "finally", "with", "class", "raise", "assert", "async", "nonlocal", "match":
		if s.isForeign(word) {
			s.fail(k.at, foreign(word, ""))
		}
	}
	if line && k.at.col > 1 {
		s.indentedCommand(k)
	}
	return false
}

// isForeign tells a statement of Python from a variable that has its name.
func (s *statements) isForeign(word string) bool {
	if word != "assert" && word != "match" {
		return true
	}
	next := s.next(1)
	if next.kind == tokOp {
		return word == "assert" && strings.Contains("([{-~", s.tokenizer.text(next))
	}
	return next.kind != tokNewline
}

// next is the n-th token behind the one looked at; a newline at the end.
func (s *statements) next(n int) token {
	if toks := s.tokenizer.toks; s.k+n < len(toks) && s.k+n >= 0 {
		return toks[s.k+n]
	}
	return token{kind: tokNewline, at: s.tokenizer.at, end: s.tokenizer.at, from: len(s.src), to: len(s.src)}
}

func (s *statements) printStatement(k token, word string) {
	next := s.next(1)
	if next.kind == tokOp || next.kind == tokNewline || next.kind == tokCommand {
		return
	}
	if strings.TrimSpace(string(s.src[k.to:next.from])) != "" {
		return // a full-width bracket: that is the fault
	}
	if next.kind == tokName && operatorWord[s.tokenizer.text(next)] {
		return
	}
	from, to := s.rest(1)
	code := word + "(" + strings.TrimSpace(string(s.src[from:to])) + ")"
	s.fail(k.at, raiseText("SyntaxError", "", words.F("%s needs brackets: %s", word, code)))
}

var operatorWord = map[string]bool{"if": true, "in": true, "is": true, "and": true, "or": true, "not": true, "else": true, "for": true}

// rest is the range of the statement's tokens from the n-th on.
func (s *statements) rest(n int) (from, to int) {
	from = s.next(n).from
	to = from
	for i := n; ; i++ {
		k := s.next(i)
		if s.endsStatement(k) {
			return from, to
		}
		to = k.to
	}
}

func (s *statements) endsStatement(k token) bool {
	return k.kind == tokNewline || k.kind == tokCommand || k.kind == tokOp && k.depth == 0 && s.tokenizer.text(k) == ";"
}

// blank overwrites a range with 0 and spaces; newlines stay.
func (s *statements) blank(from, to int) {
	out := s.tokenizer.out
	for i := from; i < to; i++ {
		if out[i] != '\n' {
			out[i] = ' '
		}
	}
	if from < to {
		out[from] = '0'
	}
}

// indentedCommand refuses a command in a block and shows the code for it.
func (s *statements) indentedCommand(k token) {
	if s.isVerb == nil {
		return
	}
	end := k.from
	for end < len(s.src) && s.src[end] != '\n' {
		end++
	}
	line := strings.TrimSpace(string(s.src[k.from:end]))
	if _, _, ok := splitCommand([]rune(line), s.isVerb); !ok {
		return
	}
	// By its letters only a line of two operands side by side is sure to be
	// no code; a lone word may be a variable.
	n := 1
	if next := s.next(1); next.kind == tokOp && s.tokenizer.text(next) == "." {
		n = 3
	}
	next := s.next(n)
	operand := next.kind == tokNumber || next.kind == tokString || next.kind == tokName && !operatorWord[s.tokenizer.text(next)] ||
		next.kind == tokOp && s.tokenizer.text(next) == ":" && !s.header
	if !operand {
		return
	}
	s.fail(k.at, commandInBlock(line, s.expand))
}

func commandInBlock(line string, expand func(string) string) *Error {
	e := raiseText("SyntaxError", "", words.F("a command stands at the left margin, not in a block"))
	if expand != nil {
		if code := expand(line); code != "" {
			return e.hint(words.F("write: %s", code))
		}
	}
	return e.hint(words.F("write the code it stands for"))
}
