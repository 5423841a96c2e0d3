package lessons

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// formatVersion is the version of the format that this package reads.
const formatVersion = "1"

// frontMatter reads what stands between the first two --- lines and returns
// where the body begins.
func (p *parser) frontMatter() int {
	if strings.TrimRight(p.lines[0], " \t") != "---" {
		if strings.TrimSpace(strings.Join(p.lines, "")) == "" {
			p.add(1, "the file is empty: `socklab new` makes a whole lesson to begin with")
			return len(p.lines)
		}
		p.add(1, "the file begins with front matter: format, id, title and minutes, between two lines \"---\"")
		return 0
	}
	end := 1
	for end < len(p.lines) && strings.TrimRight(p.lines[end], " \t") != "---" {
		end++
	}
	if end == len(p.lines) {
		p.add(1, "the front matter is never closed: write a line \"---\" below it")
		return end
	}
	src := strings.Join(p.lines[1:end], "\n")
	before := len(p.list)
	node := p.yaml(src, 2)
	if len(p.list) > before {
		return end + 1 // what cannot be read has no keys to miss
	}
	p.header(p.mapping(node, 2, "the front matter", "format", "id", "title", "minutes", "needs"))
	return end + 1
}

func (p *parser) header(keys map[string]*yaml.Node) {
	for _, k := range []struct{ name, example string }{
		{"format", "1"}, {"id", "time-wait"}, {"title", "What it is about"}, {"minutes", "15"},
	} {
		if keys[k.name] == nil {
			p.add(1, "the front matter has no %q: write a line such as %s: %s", k.name, k.name, k.example)
		}
	}
	if n := keys["format"]; n != nil && p.scalar(n, 2, "format") != formatVersion {
		p.add(n.Line+1, "format %q: this program reads format %s alone", n.Value, formatVersion)
	}
	if n := keys["id"]; n != nil {
		p.lesson.ID = p.scalar(n, 2, "id")
		if !goodID.MatchString(p.lesson.ID) {
			p.add(n.Line+1, "id %q: an id is made of lower-case letters, digits and single dashes, such as time-wait", n.Value)
		}
	}
	if n := keys["title"]; n != nil {
		p.lesson.Title = p.scalar(n, 2, "title")
	}
	if n := keys["minutes"]; n != nil {
		m, err := strconv.Atoi(p.scalar(n, 2, "minutes"))
		if err != nil || m <= 0 {
			p.add(n.Line+1, "minutes %q: it is a whole number above 0, such as 15", n.Value)
		} else {
			p.lesson.Minutes = m
		}
	}
	if n := keys["needs"]; n != nil {
		p.needs(n)
	}
}

func (p *parser) needs(n *yaml.Node) {
	p.lesson.needsLine = n.Line + 1
	if n.Kind != yaml.SequenceNode {
		p.add(n.Line+1, "needs is a list of lesson ids: needs: [tcp-phone]")
		return
	}
	for _, item := range n.Content {
		if id := p.scalar(item, 2, "an id in needs"); id != "" {
			p.lesson.Needs = append(p.lesson.Needs, id)
		}
	}
}
