package lessons

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// maxCode is how many cells a line of code may have: an 80-column terminal
// less the indent and the prompt.
const maxCode = 72

// checkSteps looks at what one file must keep.
func (p *parser) checkSteps() {
	if len(p.lesson.Steps) == 0 {
		p.add(len(p.lines), "the lesson has no step: write a line ## Title {#step-id} and text below it")
	}
	for _, s := range p.lesson.Steps {
		if !hasText(s) {
			p.add(s.Line, "the step has no text: write below its heading what it is about")
		}
		p.checkTask(s)
		p.checkPredictions(s)
		p.checkPorts(s)
		wrong := s.Wrong()
		if len(wrong) > maxAnswers {
			p.add(wrong[maxAnswers].Line, "a step has %d wrong blocks at most: take some out", maxAnswers)
			wrong = wrong[:maxAnswers]
		}
		for _, b := range wrong {
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
		p.add(b.Line, "a step has one task at most: put these facts into the first, or begin another step")
	}
	for _, b := range tail(solutions) {
		p.add(b.Line, "a step has one solution at most: another right answer is \"python also\"")
	}
	if len(tasks) == 0 {
		for _, role := range []Role{RoleHint, RoleSolution, RoleAlso, RoleWrong} {
			for _, b := range blocks(s.Parts, role) {
				p.add(b.Line, "the step has no task that this %s is for: write a \"python task\" block, or take it out", role)
			}
		}
		return
	}
	task := tasks[0]
	if len(task.Facts) == 0 {
		p.add(task.Line, "the task states no fact: write one a line, such as called(\"connect\")  # you have called")
	}
	for _, f := range task.Facts {
		switch {
		case f.Words == "":
			p.add(f.Line, "the fact has no comment that says it in words: write behind it, after #, what the learner reads")
		case len(f.Words) > maxParagraph:
			p.add(f.Line, "the words of the fact are longer than 8 KiB: shorten them")
		}
	}
	if len(solutions) == 0 {
		p.add(task.Line, "the task has no solution: write a \"python solution\" block")
	}
	if len(s.Hints()) == 0 {
		p.add(task.Line, "the task has no hint: write a \"text hint\" block")
	}
}

// checkPredictions asks that something decides each prediction: the next run
// block, or, in a step that shows nothing, its task. A task that is passed ends
// the predictions about what is shown behind it.
func (p *parser) checkPredictions(s *Step) {
	shows := len(s.Runs()) > 0
	for i, part := range s.Parts {
		q, ok := part.(*Question)
		if !ok || q.Kind != RolePredict {
			continue
		}
		behind := s.Parts[i+1:]
		switch next := decider(behind); {
		case next == RoleRun || next == RoleTask && !shows:
		case len(blocks(behind, RoleRun)) > 0:
			p.add(q.Line, "the task comes before the run block that decides this prediction: move the prediction below the task")
		case !shows && s.Task() != nil:
			p.add(q.Line, "nothing decides this prediction: move it above the task, or write a \"python run\" block below it")
		default:
			p.add(q.Line, "nothing decides this prediction: write a \"python run\" block below it, or make it a \"yaml quiz\"")
		}
	}
}

// decider is the role of the first block that ends a prediction which stands
// before these parts: run or task, "" if there is none.
func decider(parts []Part) Role {
	for _, part := range parts {
		if b, ok := part.(*Block); ok && (b.Role == RoleRun || b.Role == RoleTask) {
			return b.Role
		}
	}
	return ""
}

// checkPorts asks that a port is no other number of the step: [WithPorts]
// would change both.
func (p *parser) checkPorts(s *Step) {
	ports := map[string]bool{}
	for _, n := range p.lesson.Ports(s) {
		ports[strconv.Itoa(n)] = true
	}
	for _, part := range s.Parts {
		b, ok := part.(*Block)
		if !ok || b.Lang != "python" {
			continue
		}
		for i, line := range strings.Split(b.Code, "\n") {
			for _, m := range notPort.FindAllStringSubmatch(line, -1) {
				if ports[m[1]] {
					p.add(b.Line+i, "%s is a port of this step and means something else here: take another number for one of them", m[1])
				}
			}
		}
	}
}

// notPort matches numbers that are sizes, counts or times.
var notPort = regexp.MustCompile(`\b(?:(?:recv|recvfrom|read|listen|settimeout|sleep|range|bytes|bytearray)\(\s*|(?:size|times|result|backlog|timeout|bufsize)\s*={1,2}\s*)(\d+)\b`)

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
			p.add(line+i, "the line of code is %d cells wide, more than %d: break it or shorten it", n, maxCode)
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
