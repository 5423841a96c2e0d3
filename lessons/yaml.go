package lessons

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlLine matches the position the YAML package puts into its messages.
var yamlLine = regexp.MustCompile(`^line (\d+): `)

// yamlAnchor matches the message about an alias of nothing.
var yamlAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced`)

// parserFault matches the messages of the YAML package's parser, as against
// those of its scanner.
var parserFault = regexp.MustCompile(`^(did not find expected (',' or|'-' indicator|key|node content|<)|found (undefined tag|duplicate %|incompatible))`)

// yaml reads one YAML document whose first line is the given line of the
// file; it is nil if there is none. Nodes are read rather than values, because
// YAML 1.1 takes y, no and 0x10 for something else than the author wrote.
func (p *parser) yaml(src string, line int) *yaml.Node {
	dec := yaml.NewDecoder(strings.NewReader(src))
	doc, err := decode(dec)
	if err != nil {
		at, text := yamlFault(src)
		p.add(line+at-1, "yaml: %s%s", text, yamlRemedy(strings.Split(src, "\n")[at-1], text))
		return nil
	}
	if doc == nil || len(doc.Content) == 0 {
		return nil
	}
	if more, err := decode(dec); more != nil || err != nil {
		p.add(line, "yaml: there is more after the first document: take away the line --- or what follows it")
	}
	return doc.Content[0]
}

// yamlFault says what is wrong with YAML, and in which of its lines. The
// package counts lines from 0 where its parser finds the fault and from 1
// where its scanner does, and leaves out line 0; with an empty line in front
// there is no line 0.
func yamlFault(src string) (line int, text string) {
	_, err := decode(yaml.NewDecoder(strings.NewReader("\n" + src)))
	if err == nil {
		return 1, "it cannot be read"
	}
	text = strings.TrimPrefix(err.Error(), "yaml: ")
	m := yamlLine.FindStringSubmatch(text)
	if m == nil {
		return yamlPlace(src, text), text
	}
	text = text[len(m[0]):]
	line, _ = strconv.Atoi(m[1])
	if !parserFault.MatchString(text) {
		line--
	}
	return min(max(line, 1), strings.Count(src, "\n")+1), text
}

// yamlRemedies say what to do about the messages of the YAML package.
var yamlRemedies = []struct{ says, remedy string }{
	{"mapping values are not allowed", "a text with a colon and a blank in it stands in quotes"},
	{"found unexpected end of stream", "a quote is never closed"},
	{"cannot start any token", "a text that begins with a sign stands in quotes"},
	{"did not find expected ','", "a bracket is never closed, or a text that begins with one is to be put in quotes"},
	{"unknown anchor", "a text that begins with * stands in quotes"},
	{"did not find expected key", "look at the indentation; a text that begins with a quote stands in quotes as a whole"},
	{"could not find expected ':'", "a line is \"key: value\""},
	{"did not find expected '-' indicator", "the items of a list begin in the same column"},
	{"found unknown escape", "in double quotes a backslash is written twice"},
	{"", "look at its quotes and its indentation"},
}

// yamlRemedy is what to do about a fault of YAML in a line.
func yamlRemedy(line, text string) string {
	if strings.HasPrefix(strings.TrimLeft(line, " "), "\t") {
		return ": indent with blanks, not with tabs"
	}
	for _, r := range yamlRemedies {
		if strings.Contains(text, r.says) {
			return ": " + r.remedy
		}
	}
	return ""
}

// yamlPlace finds the line of the one fault that is reported without one.
func yamlPlace(src, text string) int {
	if m := yamlAnchor.FindStringSubmatch(text); m != nil {
		for i, l := range strings.Split(src, "\n") {
			if strings.Contains(l, "*"+m[1]) {
				return i + 1
			}
		}
	}
	return 1
}

// decode reads the next document, nil at the end. The YAML package reports
// some faults of its input by a panic of its own, which must not end a lint.
func decode(dec *yaml.Decoder) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("%v", r)
		}
	}()
	doc = new(yaml.Node)
	if err := dec.Decode(doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return doc, nil
}

// mapping reads a node as a mapping with known keys. line is the file's line
// of the YAML's first line; what names the mapping in faults.
func (p *parser) mapping(n *yaml.Node, line int, what string, known ...string) map[string]*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		p.add(line+n.Line-1, "%s is a list of \"key: value\" lines", what)
		return nil
	}
	keys := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		at := line + k.Line - 1
		switch {
		case !contains(known, k.Value):
			p.add(at, "unknown key %q in %s: it knows %s%s", k.Value, what, strings.Join(known, ", "), meant(k.Value, known))
		case keys[k.Value] != nil:
			p.add(at, "%q stands twice in %s: keep one", k.Value, what)
		default:
			keys[k.Value] = v
		}
	}
	return keys
}

// scalar reads a node as text, just as the author wrote it.
func (p *parser) scalar(n *yaml.Node, line int, what string) string {
	if n == nil {
		return ""
	}
	text := strings.TrimSpace(n.Value)
	if i := slices.IndexFunc([]rune(text), func(c rune) bool { return strange(c) && c != '\n' }); i >= 0 {
		p.add(line+n.Line-1, "%s has a control character (%U): take it out", what, []rune(text)[i])
		text = strings.Map(func(c rune) rune {
			if strange(c) && c != '\n' {
				return ' '
			}
			return c
		}, text)
	}
	if len(text) > maxParagraph {
		p.add(line+n.Line-1, "%s is longer than 8 KiB: shorten it", what)
		text = strings.ToValidUTF8(text[:maxParagraph], "")
	}
	switch {
	case n.Kind != yaml.ScalarNode:
		p.add(line+n.Line-1, "%s is one text, not a list: put it in quotes if it begins with a sign", what)
		return ""
	case text == "" || n.Tag == "!!null":
		p.add(line+n.Line-1, "%s is empty: write a text behind it", what)
		return ""
	}
	return text
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
