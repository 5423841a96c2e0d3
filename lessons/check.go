package lessons

import (
	"github.com/rivo/uniseg"
)

// maxCode is how many cells a line of code may have: an 80-column terminal
// less the indent and the prompt.
const maxCode = 72

// checkSteps looks at what one file must keep.
func (p *parser) checkSteps() {
	if len(p.lesson.Steps) == 0 {
		p.add(len(p.lines), "the lesson has no step: ## Title {#step-id}")
	}
	for _, s := range p.lesson.Steps {
		if !hasText(s) {
			p.add(s.Line, "the step has no text")
		}
		p.checkTask(s)
		for _, b := range s.Wrong() {
			if s.Task() == nil {
				continue
			}
			if _, err := s.FailsOn(b); err != nil {
				p.add(b.Line, "%s", err)
			}
		}
	}
}

func hasText(s *Step) bool {
	for _, part := range s.Parts {
		if _, ok := part.(*Text); ok {
			return true
		}
	}
	return false
}

// checkTask looks at a step's task and at what belongs to one.
func (p *parser) checkTask(s *Step) {
	tasks, solutions := blocks(s.Parts, RoleTask), blocks(s.Parts, RoleSolution)
	for _, b := range tail(tasks) {
		p.add(b.Line, "a step has one task at most")
	}
	for _, b := range tail(solutions) {
		p.add(b.Line, "a step has one solution at most: another right answer is \"python also\"")
	}
	if len(tasks) == 0 {
		for _, role := range []Role{RoleHint, RoleSolution, RoleAlso, RoleWrong} {
			for _, b := range blocks(s.Parts, role) {
				p.add(b.Line, "the step has no task that this %s is for", role)
			}
		}
		return
	}
	task := tasks[0]
	if len(task.Facts) == 0 {
		p.add(task.Line, "the task states no fact")
	}
	for _, f := range task.Facts {
		if f.Words == "" {
			p.add(f.Line, "the fact has no comment that says it in words")
		}
	}
	if len(solutions) == 0 {
		p.add(task.Line, "the task has no solution")
	}
	if len(s.Hints()) == 0 {
		p.add(task.Line, "the task has no hint")
	}
}

func tail(list []*Block) []*Block {
	if len(list) < 2 {
		return nil
	}
	return list[1:]
}

// checkWidth looks for lines that do not fit. Tasks and wrong answers are
// never shown as they stand; hints and questions are wrapped.
func (p *parser) checkWidth(line int, role Role, lines []string) {
	switch role {
	case RoleTask, RoleWrong, RoleHint, RolePredict, RoleQuiz:
		return
	}
	for i, l := range lines {
		if n := cells(l); n > maxCode {
			p.add(line+i, "the line of code is %d cells wide, more than %d", n, maxCode)
		}
	}
}

// cells is the width of a line, tabs to every eighth cell.
func cells(line string) int {
	n, start := 0, 0
	for i := 0; i < len(line); i++ {
		if line[i] == '\t' {
			n += uniseg.StringWidth(line[start:i])
			n += 8 - n%8
			start = i + 1
		}
	}
	return n + uniseg.StringWidth(line[start:])
}
