package check

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A World is what facts look at: the lab, from a mark of its journal on.
type World struct {
	Lab   *netlab.Lab
	Since netlab.Mark
}

// A Statement is one fact as the lesson states it.
type Statement struct {
	Expr  string // in the vocabulary of this package
	Words string // what the learner reads
	File  string
	Line  int
}

// A Verdict is the answer for one fact.
type Verdict struct {
	Words string
	Held  bool
	Seen  words.Text // what was seen instead; empty if nothing was
	Try   words.Text // what to do; empty if it held
}

// A Task is a list of facts to be asked. Its memory of states that held once
// belongs to one lab: make a new one for a new lab. Safe for concurrent use.
type Task struct {
	statements []Statement
	facts      []*starlark.Function

	mu   sync.Mutex
	held map[string]bool // states that held once, by the fact's text
	view *view
}

// maxSteps bounds the work of one fact, so that an author's loop ends.
const maxSteps = 100_000

// SyntaxError is a fact that is not in the vocabulary or no expression.
type SyntaxError struct {
	File      string
	Line, Col int
	Text      string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Text)
}

// Compile reads the statements; an unknown word or a statement that is no
// expression is a *[SyntaxError].
func Compile(statements []Statement) (*Task, error) {
	t := &Task{statements: statements, held: map[string]bool{}}
	for _, st := range statements {
		fn, err := t.compile(st)
		if err != nil {
			return nil, err
		}
		t.facts = append(t.facts, fn)
	}
	return t, nil
}

func (t *Task) compile(st Statement) (*starlark.Function, error) {
	opts := &syntax.FileOptions{}
	expr, err := opts.ParseExpr(st.File, "("+st.Expr+"\n)", 0)
	if err != nil {
		return nil, syntaxError(st, err)
	}
	fn := &syntax.DefStmt{
		Name: &syntax.Ident{Name: "fact"},
		Body: []syntax.Stmt{&syntax.ReturnStmt{Result: expr}},
	}
	file := &syntax.File{Path: st.File, Options: opts, Stmts: []syntax.Stmt{fn}}
	vocabulary := t.vocabulary()
	prog, err := starlark.FileProgram(file, vocabulary.Has)
	if err != nil {
		return nil, syntaxError(st, err)
	}
	globals, err := prog.Init(&starlark.Thread{}, vocabulary)
	if err != nil {
		return nil, syntaxError(st, err)
	}
	return globals["fact"].(*starlark.Function), nil
}

// syntaxError moves the place from the expression to the file it stands in.
func syntaxError(st Statement, err error) error {
	line, col, text := 1, 2, err.Error()
	switch e := err.(type) {
	case syntax.Error:
		line, col, text = int(e.Pos.Line), int(e.Pos.Col), e.Msg
	default:
		if list, ok := resolveErrors(err); ok {
			line, col, text = list.line, list.col, list.msg
		}
	}
	if line == 1 {
		col-- // the bracket in front
	}
	return &SyntaxError{File: st.File, Line: st.Line + line - 1, Col: max(col, 1), Text: text}
}

// Ask asks every fact once.
func (t *Task) Ask(w World) []Verdict {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.view = look(w)
	verdicts := make([]Verdict, len(t.facts))
	for i, fn := range t.facts {
		verdicts[i] = t.ask(t.statements[i], fn)
	}
	return verdicts
}

func (t *Task) ask(st Statement, fn *starlark.Function) Verdict {
	thread := &starlark.Thread{Name: "fact"}
	thread.SetMaxExecutionSteps(maxSteps)
	v := Verdict{Words: st.Words}
	value, err := starlark.Call(thread, fn, nil, nil)
	if err != nil {
		v.Seen = words.F("the lesson's fact cannot be asked: %s", firstLine(err))
		return v
	}
	v.Held = bool(value.Truth())
	if f, ok := value.(*fact); ok && !v.Held {
		v.Seen, v.Try = f.seen, f.try
	}
	return v
}

func firstLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

// Await asks until every fact holds or ctx ends, and returns the last verdicts.
func (t *Task) Await(ctx context.Context, w World) []Verdict {
	var verdicts []Verdict
	_ = w.Lab.Journal().Wait(ctx, func() bool {
		verdicts = t.Ask(w)
		return AllHeld(verdicts)
	})
	return verdicts
}

// AllHeld reports whether every fact held.
func AllHeld(verdicts []Verdict) bool {
	for _, v := range verdicts {
		if !v.Held {
			return false
		}
	}
	return true
}

// Holds asks one expression, such as the `when` of a prediction.
func Holds(w World, expr string) (bool, error) {
	t, err := Compile([]Statement{{Expr: expr, Line: 1}})
	if err != nil {
		return false, err
	}
	return t.Ask(w)[0].Held, nil
}
