package lessons

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// Otherwise is the When of a last choice that holds when no other does.
const Otherwise = "otherwise"

// Question is a predict or a quiz block. It has Choices, or, a quiz only,
// Answers.
type Question struct {
	Kind    Role // RolePredict or RoleQuiz
	Ask     string
	Choices []Choice
	Answers []string // all that are accepted, as the author wrote them
	Wrong   []Reply  // replies to wrong answers that the author foresaw
	Explain string
	Line    int // of the block's first line
}

// Choice is an answer to choose. Texts are Markdown.
type Choice struct {
	Text  string
	Right bool   // in a quiz
	When  string // in a predict: a fact that decides by what happened, or Otherwise
	Say   string // the reply to this choice
	Then  string // in a predict: what is said if this choice came true
	Line  int
}

// Reply is what is said to an answer.
type Reply struct{ Answer, Say string }

// question reads the YAML of a predict or quiz block.
func (p *parser) question(b *Block) *Question {
	q := &Question{Kind: b.Role, Line: b.Line}
	what := "a " + string(b.Role) + " block"
	known := []string{"ask", "choices", "explain"}
	if b.Role == RoleQuiz {
		known = []string{"ask", "choices", "answer", "wrong", "explain"}
	}
	before := len(p.list)
	keys := p.mapping(p.yaml(b.Code, b.Line), b.Line, what, known...)
	if keys == nil {
		if len(p.list) == before && strings.TrimSpace(b.Code) != "" {
			p.add(b.Line, "%s is a list of \"key: value\" lines", what)
		}
		return q
	}
	q.Ask = p.needed(keys, "ask", b, what)
	q.Explain = p.needed(keys, "explain", b, what)
	switch {
	case keys["choices"] != nil && keys["answer"] != nil:
		p.add(b.Line, "%s has choices or an answer, not both: take one of them out", what)
	case keys["choices"] != nil:
		p.choices(q, keys["choices"], b.Line)
	case keys["answer"] != nil:
		q.Answers = p.answers(keys["answer"], b.Line)
	case b.Role == RoleQuiz:
		p.add(b.Line, "%s has no \"choices\" and no \"answer\": write one of them", what)
	default:
		p.add(b.Line, "%s has no \"choices\": write a list, each with a text and a when", what)
	}
	if n := keys["wrong"]; n != nil {
		p.replies(q, n, b.Line)
	}
	return q
}

// maxAnswers is how many right and how many wrong answers a quiz may foresee.
const maxAnswers = 100

func (p *parser) needed(keys map[string]*yaml.Node, key string, b *Block, what string) string {
	n := keys[key]
	if n == nil {
		p.add(b.Line, "%s has no %q: write a line \"%s: …\"", what, key, key)
		return ""
	}
	return p.scalar(n, b.Line, key)
}

func (p *parser) answers(n *yaml.Node, line int) []string {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	if len(items) > maxAnswers {
		p.add(line+n.Line-1, "a question has %d answers at most, not %d: take some out", maxAnswers, len(items))
		items = items[:maxAnswers]
	}
	var list []string
	for _, item := range items {
		if a := p.scalar(item, line, "an answer"); a != "" {
			list = append(list, a)
		}
	}
	if len(items) == 0 {
		p.add(line+n.Line-1, "an answer is empty: write what is right behind it")
	}
	return list
}

func (p *parser) replies(q *Question, n *yaml.Node, line int) {
	at := line + n.Line - 1
	if len(q.Choices) > 0 {
		p.add(at, "\"wrong\" goes with \"answer\"; a choice has its own \"say\", write it there")
		return
	}
	if n.Kind != yaml.MappingNode {
		p.add(at, "wrong is a list of \"answer: reply\" lines")
		return
	}
	if len(n.Content) > 2*maxAnswers {
		p.add(at, "a question has %d wrong answers at most, not %d: take some out", maxAnswers, len(n.Content)/2)
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		r := Reply{
			Answer: p.scalar(n.Content[i], line, "an answer"),
			Say:    p.scalar(n.Content[i+1], line, "a reply"),
		}
		for _, a := range q.Answers {
			if sameAnswer(a, r.Answer) {
				p.add(line+n.Content[i].Line-1, "%q is wrong and right: take one of the two out", r.Answer)
			}
		}
		q.Wrong = append(q.Wrong, r)
	}
}
