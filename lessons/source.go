package lessons

import "strings"

// kind is what a piece of Python-shaped source is, as far as brackets, quotes
// and comments go. Nothing here knows the language any better than that.
type kind int

const (
	code    kind = iota // anything else, one line at most
	quoted              // a string with its quotes
	comment             // from # to the end of the line
	newline
)

// piece is a run of source of one kind.
type piece struct {
	kind kind
	text string
	line int  // counted from 1
	open bool // a string that does not end
}

// pieces cuts source into pieces; joined again they are the source.
func pieces(src string) []piece {
	var out []piece
	line, start, at := 1, 0, 0
	flush := func(end int) {
		if end > start {
			out = append(out, piece{kind: code, text: src[start:end], line: line})
		}
	}
	for at < len(src) {
		switch c := src[at]; c {
		case '\n':
			flush(at)
			out = append(out, piece{kind: newline, text: "\n", line: line})
			line++
			at++
			start = at
		case '#':
			flush(at)
			end := lineEnd(src, at)
			out = append(out, piece{kind: comment, text: src[at:end], line: line})
			at, start = end, end
		case '"', '\'':
			flush(at)
			end, open := stringEnd(src, at)
			text := src[at:end]
			out = append(out, piece{kind: quoted, text: text, line: line, open: open})
			line += strings.Count(text, "\n")
			at, start = end, end
		default:
			at++
		}
	}
	flush(at)
	return out
}

func lineEnd(src string, at int) int {
	if i := strings.IndexByte(src[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(src)
}

// stringEnd finds the end of the string that begins at a quote. A backslash
// takes the next byte with it, in raw strings too. A string in single quotes
// that does not close ends with its line.
func stringEnd(src string, at int) (end int, open bool) {
	quote := src[at : at+1]
	long := strings.HasPrefix(src[at:], strings.Repeat(quote, 3))
	if long {
		quote = strings.Repeat(quote, 3)
	}
	for i := at + len(quote); i < len(src); i++ {
		switch {
		case src[i] == '\\' && i+1 < len(src) && (long || src[i+1] != '\n'):
			i++
		case src[i] == '\n' && !long:
			return i, true
		case strings.HasPrefix(src[i:], quote):
			return i + len(quote), false
		}
	}
	return len(src), true
}

// depthOf counts the brackets of a piece of code into depth. Closing more than
// was opened stays at zero.
func depthOf(text string, depth int) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(0, depth-1)
		}
	}
	return depth
}

// plain is source with its comments, blank lines and line ends' spaces gone,
// and with the texts given to print and input emptied: what must be the same
// in a translation.
func plain(src string) string {
	var b strings.Builder
	said := said{}
	for _, p := range pieces(src) {
		switch p.kind {
		case comment:
		case quoted:
			if said.depth > 0 {
				b.WriteString(`""`)
			} else {
				b.WriteString(p.text)
			}
		default:
			said.see(p.text)
			b.WriteString(p.text)
		}
	}
	var lines []string
	for _, l := range strings.Split(b.String(), "\n") {
		if l = strings.TrimRight(l, " \t"); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// said follows the brackets of print(…) and input(…).
type said struct {
	depth int    // brackets open since print( or input(
	word  string // the word just before
}

func (s *said) see(text string) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			if len(s.word) < len("input")+1 { // longer than any word looked for
				s.word += string(c)
			}
			continue
		case c == '(' || c == '[' || c == '{':
			if s.depth > 0 || c == '(' && (s.word == "print" || s.word == "input") {
				s.depth++
			}
		case c == ')' || c == ']' || c == '}':
			s.depth = max(0, s.depth-1)
		}
		s.word = ""
	}
}
