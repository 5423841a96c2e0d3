package runner

import (
	"strings"

	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// structCommands are the verbs for the struct module.
func structCommands() []*Command {
	return []*Command{
		{Name: "pack", Group: Calls, Usage: "pack FORMAT VALUE …",
			Summary: words.F("numbers and text as bytes, with a picture of them"),
			Help:    words.F("`pack !4sI GET 5` is struct.pack(\"!4sI\", b'GET', 5). A value with blanks in it stands in brackets or quotes; a format that begins with = stands in quotes: `pack \"=ci\" a 5`. A name that you have bound is that variable."),
			expand:  expandPack, after: showPacked},
		{Name: "unpack", Group: Calls, Usage: "unpack FORMAT EXPRESSION",
			Summary: words.F("what values bytes are, with a picture of them"),
			Help:    words.F("`unpack !I data[:4]` is struct.unpack(\"!I\", data[:4]): always a tuple. There must be as many bytes as the format has."),
			expand:  expandUnpack, after: showPacked},
	}
}

// sawStruct is a pack or unpack that succeeded.
type sawStruct struct {
	format *pack.Format
	data   []byte
}

// structModule tells the bench of every pack and unpack: the picture is of the
// one that ran, since running an expression again might read again.
func (b *bench) structModule() *code.Module {
	return code.StructModule(func(f *pack.Format, data []byte) {
		b.packed = sawStruct{}
		if f.Size() <= maxPictured {
			b.packed = sawStruct{f, data}
		}
	})
}

// maxPictured is the largest struct that is kept for a picture.
const maxPictured = 1 << 20

// showPacked shows what the code of the command packed or unpacked last.
func showPacked(s *Session) {
	p := s.bench.packed
	s.bench.packed = sawStruct{}
	if p.format != nil && p.format.Size() > 0 {
		s.out.Packed(view.Packed{Format: p.format, Data: p.data})
	}
}

func expandPack(s *Session, a Args) (string, error) {
	format, rest := cutFormat(a.Text)
	if format == "" {
		return "", commands["pack"].usage()
	}
	args := append([]string{pyText(format)}, s.packValues(format, rest)...)
	return "struct.pack(" + strings.Join(args, ", ") + ")", nil
}

func expandUnpack(_ *Session, a Args) (string, error) {
	format, rest := cutFormat(a.Text)
	if format == "" || rest == "" {
		return "", commands["unpack"].usage()
	}
	return "struct.unpack(" + pyText(format) + ", " + rest + ")", nil
}

// cutFormat cuts the format off what follows a verb. In quotes it may have
// blanks.
func cutFormat(text string) (format, rest string) {
	end := len(text)
	if text != "" && (text[0] == '"' || text[0] == '\'') {
		if i := strings.IndexByte(text[1:], text[0]); i >= 0 {
			return text[1 : i+1], strings.TrimLeft(text[i+2:], ", \t\u3000")
		}
	}
	if i := strings.IndexAny(text, ", \t\u3000"); i >= 0 {
		end = i
	}
	return text[:end], strings.TrimLeft(text[end:], ", \t\u3000")
}

// packValues writes the values of a command as code. Where the format wants bytes, what is
// neither a literal, nor a variable, nor an expression, is text.
func (s *Session) packValues(format, text string) []string {
	f, err := pack.Parse(format)
	if err != nil {
		return splitValues(text, -1) // struct.pack says what is wrong with it
	}
	values := splitValues(text, f.Values())
	for it := range f.Items() {
		if it.Value >= len(values) {
			break
		}
		if it.Value >= 0 && it.IsText() && s.isBare(values[it.Value]) {
			values[it.Value] = bytesCode(values[it.Value])
		}
	}
	return values
}

// isBare reports whether a word is text as it stands, or a literal of text.
func (s *Session) isBare(word string) bool {
	if _, quoted := literal(word); quoted {
		return true
	}
	end := strings.IndexFunc(word, func(r rune) bool { return !isName("x" + string(r)) })
	if end < 0 {
		end = len(word)
	}
	begins := strings.IndexAny(word, `'"`)
	return !strings.ContainsAny(word, "()[]") && !s.bench.interp.Bound(word[:end]) && (begins < 0 || !startsLiteral(word[:begins]))
}

// splitValues cuts values at commas, or where there is none at blanks, outside
// brackets and quotes. At both it cuts if that gives as many as are wanted.
func splitValues(text string, wanted int) []string {
	atCommas := splitOutside(text, ",")
	atBoth := withOperators(splitOutside(text, ", \t\u3000"))
	if len(atCommas) > 1 && (len(atCommas) == wanted || len(atBoth) != wanted) {
		return atCommas
	}
	return atBoth
}

// withOperators puts an operator that stands alone, and what it stands between,
// together again: len(data) + 4.
func withOperators(parts []string) []string {
	var out []string
	glue := false
	for _, p := range parts {
		operator := strings.Trim(p, "+-*/%&|^<>") == ""
		if len(out) > 0 && (glue || operator) {
			out[len(out)-1] += " " + p
		} else {
			out = append(out, p)
		}
		glue = operator
	}
	return out
}

func splitOutside(text, separators string) []string {
	var parts []string
	depth, start := 0, 0
	quote, escaped := rune(0), false
	cut := func(end int) {
		if part := strings.TrimSpace(text[start:end]); part != "" {
			parts = append(parts, part)
		}
	}
	for i, r := range text {
		switch {
		case quote != 0:
			if r == quote && !escaped {
				quote = 0
			}
			escaped = r == '\\' && !escaped
		case (r == '\'' || r == '"') && (depth > 0 || startsLiteral(strings.ReplaceAll(text[:i], ",", " "))):
			quote = r
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case depth <= 0 && strings.ContainsRune(separators, r):
			cut(i)
			start = i + len(string(r))
		}
	}
	cut(len(text))
	return parts
}

// equalsFormat is the beginning of a line with its format in quotes, if it was
// meant as a command: behind a verb an = makes the line an assignment.
func equalsFormat(text string) string {
	verb, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	if verb != "pack" && verb != "unpack" && verb != "layout" || !strings.HasPrefix(rest, "=") {
		return ""
	}
	format, _ := cutFormat(rest)
	return "`" + verb + ` "` + format + `" …` + "`"
}
