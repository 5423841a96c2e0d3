package lessons

import (
	"regexp"
	"strings"
)

// fence is an opening code fence.
type fence struct {
	indent int
	char   byte
	length int
	info   string
}

// openFence reads a line as an opening fence. Deeper indents count too: inside
// a list they are fences, and a heading or comment in them must not be seen.
func openFence(line string) (fence, bool) {
	body := strings.TrimLeft(line, " \t")
	if !strings.HasPrefix(body, "```") && !strings.HasPrefix(body, "~~~") {
		return fence{}, false
	}
	f := fence{indent: len(line) - len(body), char: body[0]}
	for f.length < len(body) && body[f.length] == f.char {
		f.length++
	}
	f.info = strings.TrimSpace(body[f.length:])
	if f.char == '`' && strings.Contains(f.info, "`") {
		return fence{}, false
	}
	return f, true
}

// closedBy reports whether a line closes the fence.
func (f fence) closedBy(line string) bool {
	g, ok := openFence(line)
	return ok && g.char == f.char && g.length >= f.length && g.info == ""
}

// marks is the line that closes the fence.
func (f fence) marks() string { return strings.Repeat(string(f.char), min(f.length, 12)) }

// role is the role an info string gives, and whether it gives one.
func (f fence) role() (lang string, role Role, ok bool) {
	w := strings.Fields(f.info)
	if len(w) < 2 {
		return "", "", false
	}
	return w[0], Role(w[1]), true
}

// fence reads the block that opens at the line and returns where to go on.
func (p *parser) fence(at int, f fence) int {
	end, next := p.fenceEnd(at, f)
	lines := p.lines[at+1 : end]
	lang, role, ok := f.role()
	if !ok {
		p.plainFence(at, f, lines)
		p.checkSpoken(at, f, lines, next)
		p.para = paragraph{}
		for i, l := range p.lines[at:next] {
			if f.indent > 0 { // it may stand in a list that ends before it: then this is prose
				p.addText(at+i, l)
			} else {
				p.addShown(at+i, l)
			}
		}
		return next
	}
	p.flush()
	if !p.checkInfo(at+1, f, lang, role) {
		return next
	}
	code := strings.Join(unindent(lines, f.indent), "\n")
	if strings.TrimSpace(code) == "" {
		p.add(at+1, "the %s block is empty: write into it, or take it out", role)
	}
	p.placed(at+1, role)
	p.checkWidth(at+2, role, lines)
	b := &Block{Role: role, Lang: lang, Code: code, Line: at + 2}
	switch role {
	case RolePredict, RoleQuiz:
		p.put(p.question(b))
		return next
	case RoleTask:
		b.Facts = splitFacts(code, b.Line, &p.faults)
	case RoleWrong:
		b.Fails = failsOf(code)
	case RoleHint:
		p.checkProse(b.Line, code)
	}
	p.put(b)
	return next
}

// fenceEnd finds the closing fence. One that is missing is a fault, and the
// block is taken to end where the next step or block with a role begins, so
// that what follows is still read.
func (p *parser) fenceEnd(at int, f fence) (end, next int) {
	known, open := p.open[f.char]
	for i := at + 1; i < len(p.lines) && (!open || f.length < known); i++ {
		if f.closedBy(p.lines[i]) {
			return i, i + 1
		}
		if g, ok := openFence(p.lines[i]); ok && g.char == f.char && g.length >= f.length {
			if _, role, ok := g.role(); ok && langOf(role) != "" {
				p.add(at+1, "the fence is never closed: write %s below it", f.marks())
				return i, i
			}
		}
	}
	p.open[f.char] = f.length
	p.add(at+1, "the fence is never closed: write %s below it", f.marks())
	for i := at + 1; i < len(p.lines); i++ {
		if m := heading.FindStringSubmatch(p.lines[i]); m != nil && m[1] == "##" && headingID.MatchString(m[2]) {
			return i, i
		}
	}
	return len(p.lines), len(p.lines)
}

// plainFence looks at a fence without a role, which is shown as it stands.
func (p *parser) plainFence(at int, f fence, lines []string) {
	if lang := langOf(Role(f.info)); lang != "" {
		p.add(at+1, "a language word stands before the role: %s %s", lang, f.info)
	}
	for i, l := range lines {
		if f.length == 3 && secret.MatchString(l) {
			p.add(at+2+i, "notes inside a fence are shown to everybody: move them out of it")
		}
	}
	p.checkWidth(at+2, "", lines)
}

// secret matches what is no comment because it stands in a fence. A longer
// fence shows how a lesson is written, and may have one.
var secret = regexp.MustCompile(`^\s*<!--\s*(notes:|pause\s*-->)`)

// checkInfo looks at the words after the fence.
func (p *parser) checkInfo(line int, f fence, lang string, role Role) bool {
	want := langOf(role)
	switch {
	case want == "":
		p.add(line, "unknown role %q: the roles are %s%s", role, roleNames(), meant(string(role), roleWords()))
		return false
	case len(strings.Fields(f.info)) > 2:
		p.add(line, "after the fence stand a language and a role and nothing else: %s %s", want, role)
	case lang != want:
		p.add(line, "a %s block is %q, not %q", role, want+" "+string(role), lang+" "+string(role))
	case f.indent > 0:
		p.add(line, "a block with a role stands at the left margin: take away the blanks before it")
	}
	return true
}

// placed looks at where a block stands.
func (p *parser) placed(line int, role Role) {
	if p.step == nil && role != RoleLab {
		p.add(line, "a %s block stands in a step: move it below a ## heading", role)
	}
}

// unindent takes up to n blanks from each line, as CommonMark does for a
// fence that is indented itself.
func unindent(lines []string, n int) []string {
	if n == 0 {
		return lines
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		cut := 0
		for cut < n && cut < len(l) && (l[cut] == ' ' || l[cut] == '\t') {
			cut++
		}
		out[i] = l[cut:]
	}
	return out
}
