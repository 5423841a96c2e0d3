package lessons

import (
	"regexp"
	"strings"
)

// drawing matches what only the eye can read: lines, blocks, arrows, marks.
var drawing = regexp.MustCompile(`[\x{2190}-\x{21FF}\x{2500}-\x{25FF}\x{2700}-\x{27BF}\x{2800}-\x{28FF}]`)

// spokenComment is the comment "<!-- plain: … -->" whose first line is given.
var spokenComment = regexp.MustCompile(`^\s*<!--\s*plain:`)

// spoken keeps a comment that says a fence in words as a part of the text: what
// shows the text says it to whoever listens. It returns where to go on, and
// whether there is such a comment.
func (p *parser) spoken(at int) (next int, ok bool) {
	if !spokenComment.MatchString(p.lines[at]) {
		return at, false
	}
	end := at
	for ; end < len(p.lines) && !strings.Contains(p.lines[end], "-->"); end++ {
	}
	if end == len(p.lines) {
		return at, false
	}
	if !p.behindFence(at) {
		p.add(at+1, "plain words stand right behind the fence that they say: move them there")
	}
	for i := at; i <= end; i++ {
		p.addText(i, p.lines[i])
	}
	return end + 1, true
}

// behindFence reports whether what stands above a line ends with a fence.
func (p *parser) behindFence(at int) bool {
	for at--; at >= 0; at-- {
		if strings.TrimSpace(p.lines[at]) != "" {
			f, ok := openFence(p.lines[at])
			return ok && f.info == ""
		}
	}
	return false
}

// checkSpoken asks for words behind a fence at the line that is drawn, or set
// in columns; next is the line behind it.
func (p *parser) checkSpoken(at int, f fence, lines []string, next int) {
	if f.info != "text" && !drawing.MatchString(strings.Join(lines, "\n")) {
		return
	}
	for ; next < len(p.lines); next++ {
		if strings.TrimSpace(p.lines[next]) != "" {
			break
		}
	}
	if next == len(p.lines) || !spokenComment.MatchString(p.lines[next]) {
		p.add(at+1, "not everybody can see this: say it in words below the fence: <!-- plain: … -->")
	}
}
