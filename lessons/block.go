package lessons

import (
	"fmt"
	"strconv"
	"strings"
)

// Role says what a fenced block is for; it is the second word of its info
// string.
type Role string

// The roles there are.
const (
	RoleLab      Role = "lab"      // run before the step
	RoleRun      Role = "run"      // shown; Enter runs it
	RoleTask     Role = "task"     // the facts that must come to hold
	RoleHint     Role = "hint"     // help, the last nearly the answer
	RoleSolution Role = "solution" // the answer
	RoleAlso     Role = "also"     // another right answer
	RoleWrong    Role = "wrong"    // a mistake that must not pass
	RolePredict  Role = "predict"  // asked before, decided by what happens
	RoleQuiz     Role = "quiz"     // asked, answered, explained
)

// roles gives each role the language word that must stand before it, in the
// order in which faults list them.
var roles = []struct {
	role Role
	lang string
}{
	{RoleLab, "python"},
	{RoleRun, "python"},
	{RoleTask, "python"},
	{RoleHint, "text"},
	{RoleSolution, "python"},
	{RoleAlso, "python"},
	{RoleWrong, "python"},
	{RolePredict, "yaml"},
	{RoleQuiz, "yaml"},
}

// langOf is the language word of a role, "" if there is no such role.
func langOf(role Role) string {
	for _, r := range roles {
		if r.role == role {
			return r.lang
		}
	}
	return ""
}

func roleWords() []string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r.role)
	}
	return names
}

func roleNames() string {
	names := roleWords()
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// Block is a fenced block with a role. Predict and quiz blocks are read into a
// [Question] instead.
type Block struct {
	Role  Role
	Lang  string
	Code  string // the lines between the fences, without a last newline
	Line  int    // of the first line of Code
	Facts []Fact // of a task
	Fails string // of a wrong block: what its "# fails:" line names
}

// Fact is one statement of a task: an expression, and the words for it that
// the learner reads.
type Fact struct {
	Expr  string // without its comments; may span lines inside brackets
	Words string // the trailing comment
	Line  int    // where the statement begins
}

// FailsOn finds the fact of the step's task that a wrong block names by its
// number from 1, its words or its expression. It returns the fact's index.
func (s *Step) FailsOn(wrong *Block) (int, error) {
	facts := s.Facts()
	if wrong.Fails == "" {
		return 0, fmt.Errorf("a wrong block needs a line \"# fails: …\" that names a fact of the task")
	}
	if n, err := strconv.Atoi(wrong.Fails); err == nil {
		if n < 1 || n > len(facts) {
			return 0, fmt.Errorf("\"# fails: %d\" names no fact: the task has %d; name one by its number or its words", n, len(facts))
		}
		return n - 1, nil
	}
	found := -1
	for i, f := range facts {
		if squeeze(f.Words) != squeeze(wrong.Fails) && bare(f.Expr) != bare(wrong.Fails) {
			continue
		}
		if found >= 0 {
			return 0, fmt.Errorf("\"# fails: %s\" names more than one fact of the task: name it by its number", wrong.Fails)
		}
		found = i
	}
	if found < 0 {
		return 0, fmt.Errorf("\"# fails: %s\" names no fact of the task: write its number from 1, its words or its expression", wrong.Fails)
	}
	return found, nil
}

// squeeze makes one space of every run of white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// bare drops all white space.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }
