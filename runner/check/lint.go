package check

import (
	"errors"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// Lint looks for faults in one expression without a lab: words outside the
// vocabulary, arguments that do not exist or cannot be, no fact at all.
func Lint(expr string) error {
	st := Statement{Expr: expr, Line: 1}
	if _, err := Compile([]Statement{st}); err != nil {
		return err
	}
	t := &Task{}
	asked := false
	fn, err := t.compile(st, func(e syntax.Expr) syntax.Expr {
		e = everyPart(e)
		syntax.Walk(e, func(n syntax.Node) bool {
			if call, ok := n.(*syntax.CallExpr); ok {
				id, ok := call.Fn.(*syntax.Ident)
				asked = asked || ok && isWord(id.Name)
			}
			return true
		})
		return e
	})
	if err != nil {
		return err
	}
	if !asked {
		return errors.New("this states no fact: call a word of the vocabulary, such as called(\"bind\")")
	}
	thread := &starlark.Thread{}
	thread.SetMaxExecutionSteps(maxSteps)
	_, err = starlark.Call(thread, fn, nil, nil)
	return err
}

func isWord(name string) bool {
	for _, w := range table {
		if w.Name == name {
			return true
		}
	}
	return false
}

func isList(v starlark.Value) bool { _, ok := v.(*starlark.List); return ok }

// everyPart rewrites an expression so that all its parts are evaluated, also
// those that `and`, `or` and `if` would pass over: `a and b` becomes [a, b].
func everyPart(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		e.X = everyPart(e.X)
	case *syntax.UnaryExpr:
		if e.Op == syntax.NOT {
			return &syntax.ListExpr{List: []syntax.Expr{everyPart(e.X)}}
		}
	case *syntax.BinaryExpr:
		e.X, e.Y = everyPart(e.X), everyPart(e.Y)
		if e.Op == syntax.AND || e.Op == syntax.OR {
			return &syntax.ListExpr{List: []syntax.Expr{e.X, e.Y}}
		}
	case *syntax.CondExpr:
		return &syntax.ListExpr{List: []syntax.Expr{everyPart(e.Cond), everyPart(e.True), everyPart(e.False)}}
	case *syntax.CallExpr:
		for i, arg := range e.Args {
			e.Args[i] = everyPart(arg)
		}
	case *syntax.ListExpr:
		for i, x := range e.List {
			e.List[i] = everyPart(x)
		}
	case *syntax.TupleExpr:
		for i, x := range e.List {
			e.List[i] = everyPart(x)
		}
	case *syntax.Comprehension:
		e.Body = everyPart(e.Body)
	}
	return e
}

// plainNames are the built-in names of Starlark that facts may use. Others,
// such as range and sorted, can keep the machine busy beyond the step limit.
var plainNames = map[string]bool{"True": true, "False": true, "None": true, "all": true, "any": true, "len": true, "bytes": true, "str": true, "int": true}

// foreignName finds a built-in name that is not in the vocabulary. The
// expression has been resolved.
func foreignName(st Statement, expr syntax.Expr) error {
	var found error
	syntax.Walk(expr, func(n syntax.Node) bool {
		id, ok := n.(*syntax.Ident)
		if !ok || found != nil {
			return found == nil
		}
		if b, ok := id.Binding.(*resolve.Binding); ok && b.Scope == resolve.Universal && !plainNames[id.Name] {
			found = placed(st, place{int(id.NamePos.Line), int(id.NamePos.Col), "undefined: " + id.Name})
		}
		return true
	})
	return found
}
