package code

import (
	"strings"
	"unicode"

	"github.com/socklab/socklab/runner/words"
)

type tokKind uint8

const (
	tokName tokKind = iota
	tokNumber
	tokString
	tokOp
	tokNewline // the end of a logical line
	tokCommand // a whole line that is a command by its letters
)

// token is a piece of the source; from and to are offsets in runes.
type token struct {
	kind     tokKind
	from, to int
	at, end  pos
	depth    int // open brackets around it
}

// tokenizer cuts a text into tokens and repairs what has the same width in
// Python and here. It never changes the number of runes of a line.
type tokenizer struct {
	src, out []rune
	i        int
	at       pos
	isVerb   func(string) bool
	toks     []token
	open     []token // brackets that are open
	strs     map[pos]strPrefix
	errs     []*placed

	unclosed  bool // the text ends inside a triple-quoted string
	backslash bool // the text ends behind a backslash
	commented bool // the last line is a comment
}

// strPrefix is what stood in front of a string that the parser must not see.
type strPrefix uint8

const (
	prefixNone strPrefix = iota
	prefixF              // f"…"
	prefixFR             // fr"…"
	prefixU              // u"…"
)

// placed is an error found by the scan and where.
type placed struct {
	*Error
	at pos
}

func (t *tokenizer) fail(at pos, e *Error) { t.errs = append(t.errs, &placed{e, at}) }

func (t *tokenizer) peek(n int) rune {
	if t.i+n < len(t.src) {
		return t.src[t.i+n]
	}
	return 0
}

// step goes n runes on; the runes must not be newlines.
func (t *tokenizer) step(n int) {
	t.i += n
	t.at.col += int32(n)
}

func (t *tokenizer) newline() {
	t.i++
	t.at = pos{t.at.line + 1, 1}
}

func (t *tokenizer) text(k token) string { return string(t.src[k.from:k.to]) }

// run cuts the whole text.
func (t *tokenizer) run() {
	fresh := true // at the start of a logical line
	for t.i < len(t.src) {
		if fresh && t.at.col == 1 && t.command() {
			continue
		}
		switch r := t.src[t.i]; {
		case r == '\n':
			if len(t.open) == 0 && !fresh {
				t.emit(tokNewline, 1)
				t.toks[len(t.toks)-1].end = pos{t.at.line + 1, 1}
			}
			t.newline()
			fresh = fresh || len(t.open) == 0
			t.commented = false
			continue
		case r == '#':
			for t.i < len(t.src) && t.src[t.i] != '\n' {
				t.step(1)
			}
			t.commented = fresh
			continue
		case r == '\\' && t.peek(1) == '\n':
			t.step(1)
			t.newline()
			t.backslash = t.i == len(t.src)
			continue
		case r == '\\' && t.i+1 == len(t.src):
			t.backslash = true
			t.step(1)
			continue
		case t.blank(r):
			continue
		}
		fresh = false
		t.one()
	}
	for _, k := range t.open {
		t.fail(k.at, raise("SyntaxError", "", "'%s' was never closed", t.text(k)))
		break
	}
}

// blank passes over blanks; those that Starlark does not know become spaces.
func (t *tokenizer) blank(r rune) bool {
	switch r {
	case ' ', '\t':
	case '\u00a0', '\u3000', '\f', '\v', '\u200b', '\ufeff':
		t.out[t.i] = ' '
	default:
		return false
	}
	t.step(1)
	return true
}

// command takes a whole line that is a command by its letters.
func (t *tokenizer) command() bool {
	if t.isVerb == nil || len(t.open) > 0 {
		return false
	}
	end := t.i
	for end < len(t.src) && t.src[end] != '\n' {
		end++
	}
	if _, _, ok := splitCommand(t.src[t.i:end], t.isVerb); !ok {
		return false
	}
	k := token{kind: tokCommand, from: t.i, to: end, at: t.at}
	t.step(end - t.i)
	k.end = t.at
	t.toks = append(t.toks, k)
	nl := token{kind: tokNewline, from: t.i, to: t.i, at: t.at, end: pos{t.at.line + 1, 1}}
	t.toks = append(t.toks, nl)
	if t.i < len(t.src) {
		t.newline()
	}
	return true
}

// emit adds a token of n runes, without going on.
func (t *tokenizer) emit(kind tokKind, n int) {
	end := pos{t.at.line, t.at.col + int32(n)}
	t.toks = append(t.toks, token{kind, t.i, t.i + n, t.at, end, len(t.open)})
}

// one takes one token.
func (t *tokenizer) one() {
	r := t.src[t.i]
	switch {
	case isNameStart(r):
		t.nameOrString()
	case isDigit(r) || r == '.' && isDigit(t.peek(1)):
		t.number()
	case r == '\'' || r == '"':
		t.str(0)
	case strings.ContainsRune("([{", r):
		t.emit(tokOp, 1)
		t.open = append(t.open, t.toks[len(t.toks)-1])
		t.step(1)
	case strings.ContainsRune(")]}", r):
		t.closing(r)
	default:
		t.operator()
	}
}

func (t *tokenizer) closing(r rune) {
	if n := len(t.open); n == 0 {
		t.fail(t.at, raise("SyntaxError", "", "unmatched '%c'", r))
	} else {
		opener := t.text(t.open[n-1])
		if want := map[string]rune{"(": ')', "[": ']', "{": '}'}[opener]; want != r {
			t.fail(t.at, raise("SyntaxError", "", "closing parenthesis '%c' does not match opening parenthesis '%s'", r, opener))
		}
		t.open = t.open[:n-1]
	}
	t.emit(tokOp, 1)
	t.step(1)
}

func (t *tokenizer) nameOrString() {
	n := 1
	for isNamePart(t.peek(n)) {
		n++
	}
	if q := t.peek(n); n <= 2 && (q == '\'' || q == '"') && isPrefix(t.src[t.i:t.i+n]) {
		t.str(n)
		return
	}
	t.emit(tokName, n)
	t.step(n)
}

func isPrefix(p []rune) bool {
	switch strings.ToLower(string(p)) {
	case "r", "b", "u", "f", "br", "rb", "fr", "rf":
		return true
	}
	return false
}

func (t *tokenizer) number() {
	n := 0
	for {
		r := t.peek(n)
		sign := (r == '+' || r == '-') && n > 0 && (t.peek(n-1) == 'e' || t.peek(n-1) == 'E') &&
			t.peek(1) != 'x' && t.peek(1) != 'X'
		if !isDigit(r) && !isNamePart(r) && r != '.' && !sign {
			break
		}
		n++
	}
	raw := string(t.src[t.i : t.i+n])
	switch {
	case strings.Contains(raw, "_"):
		e := raise("SyntaxError", "", "invalid syntax")
		t.fail(t.at, e.hint(words.F("no _ in numbers here: %s", strings.ReplaceAll(raw, "_", ""))))
	case strings.HasSuffix(strings.ToLower(raw), "j") && !strings.HasPrefix(raw, "0x"):
		t.fail(t.at, raise("SyntaxError", "", "invalid decimal literal"))
	}
	t.emit(tokNumber, n)
	t.step(n)
}

func isDigit(r rune) bool     { return '0' <= r && r <= '9' }
func isNameStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }
func isNamePart(r rune) bool  { return isNameStart(r) || isDigit(r) }
