package code

import (
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// str takes a string with a prefix of n letters and overwrites the prefix with
// one that Starlark knows and that has the same width.
func (t *tokenizer) str(n int) {
	start, from := t.at, t.i
	prefix := strings.ToLower(string(t.src[t.i : t.i+n]))
	switch prefix {
	case "r", "b":
		t.out[t.i] = rune(prefix[0])
	case "u":
		t.out[t.i] = 'r'
		t.strs[start] = prefixU
	case "f":
		t.out[t.i] = 'r'
		t.strs[start] = prefixF
	case "br", "rb":
		t.out[t.i], t.out[t.i+1] = 'r', 'b'
	case "fr", "rf":
		t.out[t.i], t.out[t.i+1] = 'r', 'b'
		t.strs[start] = prefixFR
	}
	t.step(n)
	body := t.i
	ok := t.strBody()
	if strings.Contains(prefix, "b") {
		t.onlyASCII(start, t.src[body:t.i])
	}
	t.toks = append(t.toks, token{tokString, from, t.i, start, t.at, len(t.open)})
	if !ok && !t.unclosed {
		t.fail(start, raise("SyntaxError", "", "unterminated string literal (detected at line %d)", start.line))
	}
	if t.unclosed {
		t.fail(start, raise("SyntaxError", "", "unterminated triple-quoted string literal (detected at line %d)", t.at.line))
	}
}

// strBody goes from the opening quote behind the closing one.
func (t *tokenizer) strBody() bool {
	q := t.src[t.i]
	triple := t.peek(1) == q && t.peek(2) == q
	n := 1
	if triple {
		n = 3
	}
	t.step(n)
	for t.i < len(t.src) {
		switch r := t.src[t.i]; {
		case r == '\\' && t.i+1 < len(t.src):
			t.step(1)
			if t.src[t.i] == '\n' {
				t.newline()
			} else {
				t.step(1)
			}
		case r == '\n' && !triple:
			return false
		case r == '\n':
			t.newline()
		case r == q && (!triple || t.peek(1) == q && t.peek(2) == q):
			t.step(n)
			return true
		default:
			t.step(1)
		}
	}
	t.unclosed = triple
	return false
}

func (t *tokenizer) onlyASCII(at pos, body []rune) {
	for _, r := range body {
		if r >= 0x80 {
			e := raise("SyntaxError", "", "bytes can only contain ASCII literal characters")
			t.fail(at, e.hint(words.F("write the text and encode it: '%c'.encode('utf-8')", r)))
			return
		}
	}
}

// operators of more than one rune, the long ones first.
var operators = []string{"**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "==", "!=", "<=", ">=", "->", ":=",
	"+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@="}

func (t *tokenizer) operator() {
	r := t.src[t.i]
	if ascii, ok := fullWidth[r]; ok {
		e := raiseText("SyntaxError", "", words.F("this %c is a full-width character (U+%04X): type %s", r, r, ascii))
		t.fail(t.at, e)
		t.step(1)
		return
	}
	n := 1
	for _, op := range operators {
		if r < 0x80 && rune(op[0]) == r && t.hasNext(op) {
			n = len(op)
			break
		}
	}
	t.emit(tokOp, n)
	if n == 1 && !strings.ContainsRune("+-*/%@&|^~<>=.,:;", r) {
		t.stranger(r)
	}
	t.step(n)
}

func (t *tokenizer) stranger(r rune) {
	switch {
	case r == '\\':
		t.fail(t.at, raise("SyntaxError", "", "unexpected character after line continuation character"))
	case r < 0x80 && r > ' ':
		t.fail(t.at, raise("SyntaxError", "", "invalid syntax"))
	case r < ' ' || r == 0x7f:
		t.fail(t.at, raise("SyntaxError", "", "invalid non-printable character U+%04X", r))
	default:
		t.fail(t.at, raise("SyntaxError", "", "invalid character '%c' (U+%04X)", r, r))
	}
}

func (t *tokenizer) hasNext(op string) bool {
	for i, r := range op {
		if t.peek(i) != r {
			return false
		}
	}
	return true
}

// fullWidth are the characters a Chinese or Japanese keyboard types where code
// needs the ASCII one.
var fullWidth = map[rune]string{
	'（': "(", '）': ")", '［': "[", '］': "]", '【': "[", '】': "]", '｛': "{", '｝': "}", '「': "'", '」': "'",
	'“': `"`, '”': `"`, '„': `"`, '＂': `"`, '‘': "'", '’': "'", '＇': "'", '《': "<", '》': ">",
	'，': ",", '、': ",", '：': ":", '；': ";", '。': ".", '．': ".", '！': "!", '？': "?", '＝': "=", '＋': "+",
	'－': "-", '—': "-", '–': "-", '＊': "*", '×': "*", '／': "/", '÷': "/", '％': "%", '＜': "<", '＞': ">", '≤': "<=", '≥': ">=", '≠': "!=",
	'＃': "#", '＆': "&", '｜': "|", '＾': "^", '～': "~", '＠': "@", '＼': "\\", '＿': "_",
}
