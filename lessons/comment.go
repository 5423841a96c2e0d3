package lessons

import "strings"

// commentStart finds <!-- in a line, outside inline code; -1 if there is none.
func commentStart(line string) int {
	ticks := 0             // length of the run that opened inline code
	lone := map[int]bool{} // lengths of runs that have no second one
	for i := 0; i < len(line); {
		switch {
		case line[i] == '`':
			n := 0
			for i+n < len(line) && line[i+n] == '`' {
				n++
			}
			switch {
			case ticks == 0 && lone[n]:
			case ticks == 0 && strings.Contains(line[i+n:], line[i:i+n]):
				ticks = n
			case ticks == 0:
				lone[n] = true
			case ticks == n:
				ticks = 0
			}
			i += n
		case ticks == 0 && line[i] == '\\':
			i += 2
		case ticks == 0 && strings.HasPrefix(line[i:], "<!--"):
			return i
		default:
			i++
		}
	}
	return -1
}

// comment reads the comment that begins at byte i of a line and returns where
// to go on. Notes and pauses become parts, any other comment is dropped.
func (p *parser) comment(at, i int) int {
	before, rest := p.lines[at][:i], p.lines[at][i+len("<!--"):]
	own := strings.TrimSpace(before) == ""
	if text, after, ok := strings.Cut(rest, "-->"); ok {
		p.take(at, own, text)
		p.lines[at] = strings.TrimRight(before+after, " \t")
		if strings.TrimSpace(p.lines[at]) == "" {
			p.lines[at] = ""
			if len(p.text) > 0 {
				p.addText(at, "")
			}
			return at + 1
		}
		return at
	}
	lines := []string{rest}
	for end := at + 1; end < len(p.lines); end++ {
		text, after, ok := strings.Cut(p.lines[end], "-->")
		lines = append(lines, text)
		if strings.Contains(text, "<!--") {
			p.add(at+1, "the comment goes on to line %d, where another begins: write --> where it ends", end+1)
			return end
		}
		if !ok {
			continue
		}
		p.take(at, own, strings.Join(lines, "\n"))
		if !own {
			p.addText(at, before)
		}
		p.lines[end] = after
		if strings.TrimSpace(after) == "" {
			return end + 1
		}
		return end
	}
	p.add(at+1, "the comment is never closed: write --> at its end")
	return len(p.lines)
}

// take looks at what a comment says.
func (p *parser) take(at int, own bool, text string) {
	trimmed := strings.TrimSpace(text)
	word := strings.ToLower(trimmed)
	if end := strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }); end >= 0 {
		word = word[:end]
	}
	said, isNotes := strings.CutPrefix(trimmed, "notes:")
	switch {
	case !isNotes && trimmed != "pause":
		if word == "note" || word == "notes" || word == "pause" {
			p.add(at+1, "a comment is \"<!-- notes: … -->\" or \"<!-- pause -->\" or begins with another word")
		}
	case !own:
		p.add(at+1, "notes and pauses stand on lines of their own: move this one")
	case isNotes:
		p.flush()
		p.checkProse(at+1, said)
		p.put(&Notes{Text: dedent(said), Line: at + 1})
	default:
		p.flush()
		p.put(&Pause{Line: at + 1})
	}
}

// dedent trims the lines of a note.
func dedent(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.Join(lines, "\n")
}
