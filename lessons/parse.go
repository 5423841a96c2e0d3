package lessons

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads one lesson file. The lesson is never nil, whatever is wrong with
// the file; what is wrong is in the faults, all of them, in order of lines.
// File names the file in faults. Number and Lang are left to the caller.
func Parse(file string, data []byte) (*Lesson, []Fault) {
	p := &parser{faults: faults{file: file}, lesson: &Lesson{File: file}, ids: map[string]int{}, open: map[byte]int{}}
	p.split(string(data))
	p.body(p.frontMatter())
	p.flush()
	labs := p.lesson.Lab()
	for _, s := range p.lesson.Steps {
		s.intro = labs
	}
	p.checkSteps()
	return p.lesson, sorted(p.list)
}

// parser walks over the lines of one file. Positions in it are indexes into
// lines; faults count from 1.
type parser struct {
	faults
	lines  []string
	lesson *Lesson
	step   *Step          // nil in the introduction
	ids    map[string]int // of the steps, with their lines
	// open has, by its character, the length of a fence that nothing below closes:
	// nor does anything close a longer one.
	open map[byte]int

	text     []string // lines of the text part being gathered
	textLine int
	para     paragraph // the one being gathered
}

func (p *parser) split(src string) {
	if !utf8.ValidString(src) {
		for i, l := range strings.Split(src, "\n") {
			if !utf8.ValidString(l) {
				p.add(i+1, "the line is not UTF-8: save the file in that encoding")
			}
		}
		src = strings.ToValidUTF8(src, "\uFFFD")
	}
	src = strings.TrimPrefix(src, "\uFEFF")
	src = strings.ReplaceAll(src, "\r\n", "\n")
	p.lines = strings.Split(src, "\n")
	for i, l := range p.lines {
		if len(l) > maxLine {
			p.add(i+1, "the line is longer than 8 KiB: break it")
			l = strings.ToValidUTF8(l[:maxLine], "")
			p.lines[i] = l
		}
		if strings.ContainsFunc(l, strange) {
			p.add(i+1, "the line has a control character (%U): take it out", []rune(l)[slices.IndexFunc([]rune(l), strange)])
			p.lines[i] = strings.Map(func(c rune) rune {
				if strange(c) {
					return ' '
				}
				return c
			}, l)
		}
	}
}

// strange reports whether a character has no place in a lesson: it controls a
// terminal, or ends a line for YAML (§5.4 of YAML 1.1) but not for Markdown.
func strange(c rune) bool {
	return c != '\t' && unicode.IsControl(c) || c == 0x2028 || c == 0x2029
}

// heading matches an ATX heading; its groups are the marks and the text.
var heading = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)

// headingID matches the id at a heading's end.
var headingID = regexp.MustCompile(`^(.*?)[ \t]*\{#([^{}]*)\}$`)

// goodID is the shape of an id.
var goodID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (p *parser) body(at int) {
	for at < len(p.lines) {
		line := p.lines[at]
		if f, ok := openFence(line); ok {
			at = p.fence(at, f)
			continue
		}
		if m := heading.FindStringSubmatch(line); m != nil {
			if p.heading(at+1, len(m[1]), m[2]) {
				at++
				continue
			}
		}
		if next, ok := p.spoken(at); ok {
			at = next
			continue
		}
		if i := commentStart(line); i >= 0 {
			at = p.comment(at, i)
			continue
		}
		p.addText(at, line)
		at++
	}
}

// heading begins a step at a heading of level 2. It reports false for one that
// is just text.
func (p *parser) heading(line, level int, text string) bool {
	title, id := text, ""
	m := headingID.FindStringSubmatch(text)
	if m != nil {
		title, id = m[1], m[2]
	}
	switch {
	case level == 1:
		p.add(line, "the title stands in the front matter, a step begins with ##")
		return true
	case level > 2:
		if m != nil {
			p.add(line, "only a ## heading has an id: take {#%s} away, or make it a step", m[2])
		}
		return false
	}
	p.flush()
	p.step = &Step{ID: id, Title: title, Line: line}
	p.lesson.Steps = append(p.lesson.Steps, p.step)
	if title == "" {
		p.add(line, "the step has no title: ## Title {#step-id}")
	}
	switch {
	case m == nil:
		p.add(line, "the step has no id: ## Title {#step-id}")
	case !goodID.MatchString(id):
		p.add(line, "id %q: an id is made of lower-case letters, digits and single dashes, such as hang-up-first", id)
	}
	if at, twice := p.ids[id]; twice && id != "" {
		p.add(line, "step id %q stands already at line %d: give this step another", id, at)
	} else {
		p.ids[id] = line
	}
	return true
}

// addText adds a line of prose to the text part being gathered.
func (p *parser) addText(at int, line string) {
	p.para.add(&p.faults, at+1, line)
	p.addShown(at, line)
}

// addShown adds a line that is shown as it stands.
func (p *parser) addShown(at int, line string) {
	if len(p.text) == 0 {
		if strings.TrimSpace(line) == "" {
			return
		}
		p.textLine = at + 1
	}
	p.text = append(p.text, line)
}

// flush ends the text part being gathered.
func (p *parser) flush() {
	text := strings.TrimRight(strings.Join(p.text, "\n"), " \t\n")
	p.text, p.para = nil, paragraph{}
	if text != "" {
		p.put(&Text{Markdown: text, Line: p.textLine})
	}
}

func (p *parser) put(part Part) {
	if p.step == nil {
		p.lesson.Intro = append(p.lesson.Intro, part)
		return
	}
	p.step.Parts = append(p.step.Parts, part)
}
