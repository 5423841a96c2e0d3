package lessons

import (
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// The lowest and highest port a lesson may name: those below need a right of
// their own (ip_unprivileged_port_start, ip(7)).
const (
	lowPort  = 1024
	highPort = 65535
)

// portShapes are the ways in which a block names a port; group 1 is the
// number.
var portShapes = []*regexp.Regexp{
	// port=8080, PORT = 8080, port == 8080
	regexp.MustCompile(`(?i)\b\w*port\s*={1,2}\s*(\d+)\b`),
	// ("127.0.0.1", 8080), ("", 8080), ("::1", 8080, 0, 0)
	regexp.MustCompile(`\(\s*[bu]?["'](?:|localhost|<broadcast>|[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*|[a-z0-9-]+(?:\.[a-z0-9-]+)+)["']\s*,\s*(\d+)\s*[,)]`),
	// serve("tcp-upper", 8080)
	regexp.MustCompile(`\bserve\(\s*["'][^"'\n]*["']\s*,\s*(\d+)\s*[,)]`),
	// 127.0.0.1:8080, localhost:8080, [::1]:8080, in a command or a text
	regexp.MustCompile(`(?:\b\d+\.\d+\.\d+\.\d+|\blocalhost|\[[0-9A-Fa-f:]*\]):(\d+)\b`),
	// nc 127.0.0.1 8080
	regexp.MustCompile(`(?:\b\d+\.\d+\.\d+\.\d+|\blocalhost)[ \t]+(\d+)\b`),
	// ":8080" as a whole string
	regexp.MustCompile(`["']:(\d+)["']`),
}

// verbLine matches a line that is a command and not code: a word, perhaps
// after "NAME.", that is followed by neither a bracket nor an assignment.
var verbLine = regexp.MustCompile(`^[ \t]*(?:[A-Za-z_]\w*\.)?([a-z_]+)[ \t]+[^ \t=(]`)

// verbPort matches :8080 and host:8080 as a command's argument.
var verbPort = regexp.MustCompile(`[ \t][A-Za-z0-9.-]*:(\d+)\b`)

// pythonWords begin lines that verbLine would take for commands.
var pythonWords = map[string]bool{
	"if": true, "elif": true, "else": true, "for": true, "while": true, "def": true, "return": true,
	"not": true, "lambda": true, "assert": true, "import": true, "from": true, "del": true, "global": true,
}

// Ports lists the ports that a step's Python blocks name, the introduction's
// lab blocks among them, sorted, each once. It looks for what is written as a
// port or an address; a number that is computed is not found.
func (l *Lesson) Ports(step *Step) []int {
	found := map[int]bool{}
	if step != nil {
		for _, p := range step.Parts {
			if b, ok := p.(*Block); ok && b.Lang == "python" {
				portsIn(b.Code, found)
			}
		}
	}
	for _, b := range l.Lab() {
		portsIn(b.Code, found)
	}
	list := make([]int, 0, len(found))
	for n := range found {
		list = append(list, n)
	}
	sort.Ints(list)
	return list
}

func portsIn(src string, found map[int]bool) {
	add := func(matches [][]string) {
		for _, m := range matches {
			if n, err := strconv.Atoi(m[1]); err == nil && n >= lowPort && n <= highPort {
				found[n] = true
			}
		}
	}
	for _, shape := range portShapes {
		add(shape.FindAllStringSubmatch(src, -1))
	}
	for _, line := range strings.Split(src, "\n") {
		if m := verbLine.FindStringSubmatch(line); m != nil && !pythonWords[m[1]] {
			add(verbPort.FindAllStringSubmatch(line, -1))
		}
	}
}

// WithPorts copies a step with ports replaced, as whole numbers, in everything
// that is shown or run. All are replaced at once, so two may be exchanged.
// Ids and lines stay.
func WithPorts(step *Step, ports map[int]int) *Step {
	out := &Step{ID: step.ID, Title: renumber(step.Title, ports), Line: step.Line}
	out.Parts = partsWithPorts(step.Parts, ports)
	for _, b := range step.intro {
		out.intro = append(out.intro, b.withPorts(ports))
	}
	return out
}

// WithPorts copies a lesson with ports replaced in its introduction and all of
// its steps, as the function [WithPorts] does it for one step.
func (l *Lesson) WithPorts(ports map[int]int) *Lesson {
	out := *l
	out.Needs = append([]string(nil), l.Needs...)
	out.Intro = partsWithPorts(l.Intro, ports)
	out.Steps = make([]*Step, len(l.Steps))
	for i, s := range l.Steps {
		out.Steps[i] = WithPorts(s, ports)
	}
	return &out
}

func partsWithPorts(parts []Part, ports map[int]int) []Part {
	out := make([]Part, len(parts))
	for i, p := range parts {
		switch p := p.(type) {
		case *Text:
			out[i] = &Text{Markdown: renumber(p.Markdown, ports), Line: p.Line}
		case *Block:
			out[i] = p.withPorts(ports)
		case *Question:
			out[i] = p.withPorts(ports)
		case *Notes:
			out[i] = &Notes{Text: renumber(p.Text, ports), Line: p.Line}
		default:
			out[i] = p
		}
	}
	return out
}

func (b *Block) withPorts(ports map[int]int) *Block {
	out := *b
	out.Code = renumber(b.Code, ports)
	out.Fails = renumber(b.Fails, ports)
	out.Facts = nil
	for _, f := range b.Facts {
		f.Expr, f.Words = renumber(f.Expr, ports), renumber(f.Words, ports)
		out.Facts = append(out.Facts, f)
	}
	return &out
}

func (q *Question) withPorts(ports map[int]int) *Question {
	out := *q
	out.Ask, out.Explain = renumber(q.Ask, ports), renumber(q.Explain, ports)
	out.Choices, out.Answers, out.Wrong = nil, nil, nil
	for _, c := range q.Choices {
		c.Text, c.When = renumber(c.Text, ports), renumber(c.When, ports)
		c.Say, c.Then = renumber(c.Say, ports), renumber(c.Then, ports)
		out.Choices = append(out.Choices, c)
	}
	for _, a := range q.Answers {
		out.Answers = append(out.Answers, renumber(a, ports))
	}
	for _, w := range q.Wrong {
		out.Wrong = append(out.Wrong, Reply{renumber(w.Answer, ports), renumber(w.Say, ports)})
	}
	return &out
}

// renumber replaces whole numbers: digits that are part of a name, of a longer
// number or of a decimal fraction are none.
func renumber(s string, ports map[int]int) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if !wordByte(s[i]) {
			b.WriteByte(s[i])
			i++
			continue
		}
		end := i
		for end < len(s) && wordByte(s[end]) {
			end++
		}
		word := s[i:end]
		if n, err := strconv.Atoi(word); err == nil && word[0] != '0' && !fraction(s, i, end) {
			if to, ok := ports[n]; ok {
				word = strconv.Itoa(to)
			}
		}
		b.WriteString(word)
		i = end
	}
	return b.String()
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// fraction reports whether the digits from i to end touch a decimal point that
// has a digit on its other side.
func fraction(s string, i, end int) bool {
	digit := func(at int) bool { return at >= 0 && at < len(s) && s[at] >= '0' && s[at] <= '9' }
	before := i > 0 && s[i-1] == '.' && digit(i-2)
	after := end < len(s) && s[end] == '.' && digit(end+1)
	return before || after
}
