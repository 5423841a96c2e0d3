package check

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"sync"
	"time"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A World is what facts look at: the lab, from a mark of its journal on.
type World struct {
	Lab   *netlab.Lab
	Since netlab.Mark
	// Shown are the ids of sockets that the lesson made while it showed
	// something: what was counted for them is no work of the learner's.
	Shown map[int]bool
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
	// Unseen says that this system does not show what the fact is about: it can
	// neither hold nor fail, and is not asked for.
	Unseen bool
}

// A Task is a list of facts to be asked. Its memory of states that held once
// belongs to one lab: make a new one for a new lab. Safe for concurrent use.
type Task struct {
	statements []Statement
	facts      []*starlark.Function

	mu   sync.Mutex
	held map[string]time.Duration // states that held once, by the fact's text: since when
	kept []progress               // by fact
	view *view                    // nil while nobody asks, and for lint
}

// progress is what is remembered of a fact. The journal forgets: what has come to
// hold goes on holding, unless the fact speaks of what did not happen; and that
// something did not happen, once untrue, stays so.
type progress uint8

const (
	notAsked progress = iota
	open              // asked, and not held
	done              // came to hold
	whole             // held when it was first asked
	broken            // and does not any more
)

// denies matches a fact that speaks of what did not happen; of those, only one
// without another way to hold can be untrue for good.
var (
	denies     = regexp.MustCompile(`\bnot\b`)
	anotherWay = regexp.MustCompile(`\bor\b`)
)

// Remember takes over what an earlier reading of the same facts, in another
// language, has seen to hold.
func (t *Task) Remember(old *Task) {
	old.mu.Lock()
	defer old.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.Copy(t.held, old.held)
	if len(old.kept) == len(t.kept) {
		copy(t.kept, old.kept)
	}
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
	t := &Task{statements: statements, held: map[string]time.Duration{}}
	for _, st := range statements {
		fn, err := t.compile(st, func(e syntax.Expr) syntax.Expr { return e })
		if err != nil {
			return nil, err
		}
		t.facts = append(t.facts, fn)
	}
	t.kept = make([]progress, len(t.facts))
	return t, nil
}

func (t *Task) compile(st Statement, change func(syntax.Expr) syntax.Expr) (*starlark.Function, error) {
	opts := &syntax.FileOptions{}
	expr, err := opts.ParseExpr(st.File, "("+st.Expr+"\n)", 0)
	if err != nil {
		return nil, syntaxError(st, err)
	}
	fn := &syntax.DefStmt{
		Name: &syntax.Ident{Name: "fact"},
		Body: []syntax.Stmt{&syntax.ReturnStmt{Result: change(expr)}},
	}
	file := &syntax.File{Path: st.File, Options: opts, Stmts: []syntax.Stmt{fn}}
	vocabulary := t.vocabulary()
	prog, err := starlark.FileProgram(file, vocabulary.Has)
	if err != nil {
		return nil, syntaxError(st, err)
	}
	if err := foreignName(st, expr); err != nil {
		return nil, err
	}
	globals, err := prog.Init(&starlark.Thread{}, vocabulary)
	if err != nil {
		return nil, syntaxError(st, err)
	}
	return globals["fact"].(*starlark.Function), nil
}

// Ask asks every fact once.
func (t *Task) Ask(w World) []Verdict {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.view = look(w)
	defer func() { t.view = nil }()
	verdicts := make([]Verdict, len(t.facts))
	for i, fn := range t.facts {
		if t.kept[i] == done || t.kept[i] == broken {
			verdicts[i] = Verdict{Words: t.statements[i].Words, Held: t.kept[i] == done}
			continue
		}
		verdicts[i], _ = t.ask(t.statements[i], fn)
		if !verdicts[i].Unseen {
			t.keep(i, verdicts[i].Held)
		}
	}
	return verdicts
}

// keep notes whether a fact held.
func (t *Task) keep(i int, held bool) {
	expr := t.statements[i].Expr
	switch {
	case t.kept[i] == notAsked && held:
		t.kept[i] = whole
	case t.kept[i] == notAsked:
		t.kept[i] = open
	case t.kept[i] == open && held && !denies.MatchString(expr):
		t.kept[i] = done
	case t.kept[i] == whole && !held && denies.MatchString(expr) && !anotherWay.MatchString(expr):
		t.kept[i] = broken
	}
}

func (t *Task) ask(st Statement, fn *starlark.Function) (Verdict, error) {
	t.view.unseen = false
	thread := &starlark.Thread{Name: "fact"}
	thread.SetMaxExecutionSteps(maxSteps)
	v := Verdict{Words: st.Words}
	value, err := starlark.Call(thread, fn, nil, nil)
	if err != nil {
		v.Seen = words.F("the lesson's fact cannot be asked: %s", firstLine(err))
		return v, fmt.Errorf("%s:%d: %s", st.File, st.Line, firstLine(err))
	}
	v.Held = bool(value.Truth())
	f, ok := value.(*fact)
	if ok && !v.Held {
		v.Seen, v.Try = f.seen, f.try
	}
	// `not` and the like make a truth of what was not seen.
	if v.Unseen = t.view.unseen && (!ok || !v.Held); v.Unseen {
		v.Held = false
	}
	return v, nil
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

// AllHeld reports whether every fact held that could be seen, one at least.
func AllHeld(verdicts []Verdict) bool {
	held := len(verdicts) == 0
	for _, v := range verdicts {
		switch {
		case v.Unseen:
		case !v.Held:
			return false
		default:
			held = true
		}
	}
	return held
}

// ErrUnseen says that this system does not show what a fact is about.
var ErrUnseen = errors.New("this system does not show it")

// Holds asks one expression, such as the `when` of a prediction. Of states only
// the present one counts. An expression that cannot be asked is an error, and
// so is [ErrUnseen].
func Holds(w World, expr string) (bool, error) {
	t, err := Compile([]Statement{{Expr: expr, Line: 1}})
	if err != nil {
		return false, err
	}
	t.view = look(w)
	t.view.now = true
	v, err := t.ask(t.statements[0], t.facts[0])
	if err == nil && v.Unseen {
		err = ErrUnseen
	}
	return v.Held, err
}
