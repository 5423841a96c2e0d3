package lessons

import "strings"

// splitFacts cuts a task into its statements. A statement ends with its line
// unless a bracket or a long string is open or a backslash continues it. All
// comments inside a statement are its words; a comment on a line of its own
// belongs to the author. line is that of the first line of src.
func splitFacts(src string, line int, out *faults) []Fact {
	var facts []Fact
	var s statement
	for _, p := range pieces(src) {
		at := line + p.line - 1
		switch p.kind {
		case comment:
			s.comment(p.text)
			continue
		case newline:
			if s.depth > 0 || strings.HasSuffix(s.expr.String(), "\\") {
				s.expr.WriteString("\n")
				continue
			}
			facts = s.end(facts)
			continue
		case quoted:
			if p.open {
				out.add(at, "a string is never closed: write its second quote")
			}
		case code:
			if parted(p.text, s.depth) {
				out.add(at, "one fact a line: ';' does not part them; begin a new line")
			}
			s.depth = depthOf(p.text, s.depth)
		}
		s.text(p.text, at)
	}
	if s.depth > 0 {
		out.add(s.line, "a bracket is never closed: write the one that closes it")
	}
	return s.end(facts)
}

// parted reports whether a piece of code has a ';' outside brackets.
func parted(text string, depth int) bool {
	for i := range len(text) {
		depth = depthOf(text[i:i+1], depth)
		if text[i] == ';' && depth == 0 {
			return true
		}
	}
	return false
}

// statement is the one being read.
type statement struct {
	expr  strings.Builder
	words []string
	line  int
	depth int
}

func (s *statement) text(text string, line int) {
	if s.line == 0 {
		if strings.TrimSpace(text) == "" {
			return
		}
		s.line = line
	}
	s.expr.WriteString(text)
}

func (s *statement) comment(text string) {
	if s.line == 0 {
		return
	}
	if w := squeeze(strings.TrimLeft(text, "#")); w != "" {
		s.words = append(s.words, w)
	}
}

func (s *statement) end(facts []Fact) []Fact {
	if s.line > 0 {
		lines := strings.Split(s.expr.String(), "\n")
		for i, l := range lines {
			lines[i] = strings.TrimRight(l, " \t")
		}
		facts = append(facts, Fact{
			Expr:  strings.TrimSpace(strings.Join(lines, "\n")),
			Words: strings.Join(s.words, " "),
			Line:  s.line,
		})
	}
	*s = statement{}
	return facts
}

// failsOf finds the "# fails:" line of a wrong block.
func failsOf(src string) string {
	for _, l := range strings.Split(src, "\n") {
		text, ok := strings.CutPrefix(strings.TrimSpace(l), "#")
		if !ok {
			continue
		}
		if name, ok := strings.CutPrefix(strings.TrimSpace(text), "fails:"); ok {
			return strings.TrimSpace(name)
		}
	}
	return ""
}
