package lessons

import "go.yaml.in/yaml/v3"

// maxChoices is as many as have a letter to be chosen by.
const maxChoices = 26

// choices reads the choices of a question.
func (p *parser) choices(q *Question, n *yaml.Node, line int) {
	at := line + n.Line - 1
	if n.Kind != yaml.SequenceNode {
		p.add(at, "choices is a list: write a line \"- text: …\" for each")
		return
	}
	for _, item := range n.Content {
		q.Choices = append(q.Choices, p.choice(q.Kind, item, line))
	}
	if len(q.Choices) < 2 || len(q.Choices) > maxChoices {
		p.add(at, "a question has 2 to %d choices, not %d", maxChoices, len(q.Choices))
	}
	seen := map[string]bool{}
	for _, c := range q.Choices {
		if key := normal(c.Text); key != "" && seen[key] {
			p.add(c.Line, "the choice %q stands twice: change it, or take it out", c.Text)
		} else {
			seen[key] = true
		}
	}
	if q.Kind == RolePredict {
		p.checkWhen(q)
		return
	}
	right := 0
	for _, c := range q.Choices {
		if c.Right {
			right++
		}
	}
	switch {
	case right == 0:
		p.add(at, "no choice is right: write \"right: true\" below its text")
	case right == len(q.Choices):
		p.add(at, "every choice is right: a question has one that is not")
	}
}

// checkWhen asks that every choice of a prediction can be decided.
func (p *parser) checkWhen(q *Question) {
	for i, c := range q.Choices {
		switch {
		case c.When == "":
			p.add(c.Line, "a choice of a predict block has no \"when\": write the fact that decides it, or otherwise at the last")
		case c.When == Otherwise && i < len(q.Choices)-1:
			p.add(c.Line, "\"when: otherwise\" stands at the last choice alone: move this choice to the end")
		}
	}
}

func (p *parser) choice(kind Role, n *yaml.Node, line int) Choice {
	c := Choice{Line: line + n.Line - 1}
	known := []string{"text", "right", "say"}
	if kind == RolePredict {
		known = []string{"text", "when", "say", "then"}
	}
	keys := p.mapping(n, line, "a choice of a "+string(kind)+" block", known...)
	if keys == nil {
		return c
	}
	if keys["text"] == nil {
		p.add(c.Line, "a choice has no \"text\": write a line \"- text: …\"")
	}
	c.Text = p.scalar(keys["text"], line, "text")
	c.Say = p.scalar(keys["say"], line, "say")
	c.When = p.scalar(keys["when"], line, "when")
	c.Then = p.scalar(keys["then"], line, "then")
	if n := keys["right"]; n != nil {
		switch p.scalar(n, line, "right") {
		case "true":
			c.Right = true
		case "false", "":
		default:
			p.add(line+n.Line-1, "right is true or false, not %q", n.Value)
		}
	}
	return c
}
