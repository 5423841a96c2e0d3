package code

import (
	"go.starlark.net/syntax"
)

func (rw *rewriter) exprs(list []syntax.Expr) {
	for i := range list {
		list[i] = rw.expr(list[i])
	}
}

// expr rewrites an expression that is read.
func (rw *rewriter) expr(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Literal:
		return rw.literal(e)
	case *syntax.Ident:
		rw.rename(e)
		if rw.fn != nil && rw.fn.globals[e.Name] {
			return rw.field(e.NamePos, e.Name)
		}
	case *syntax.ParenExpr:
		e.X = rw.expr(e.X)
	case *syntax.TupleExpr:
		rw.exprs(e.List)
	case *syntax.ListExpr:
		rw.exprs(e.List)
	case *syntax.DictExpr:
		rw.exprs(e.List)
	case *syntax.DictEntry:
		e.Key, e.Value = rw.expr(e.Key), rw.expr(e.Value)
	case *syntax.UnaryExpr:
		if e.X != nil {
			e.X = rw.expr(e.X)
		}
	case *syntax.BinaryExpr:
		return rw.binary(e)
	case *syntax.CondExpr:
		e.Cond, e.True, e.False = rw.expr(e.Cond), rw.expr(e.True), rw.expr(e.False)
	case *syntax.IndexExpr:
		e.X, e.Y = rw.expr(e.X), rw.expr(e.Y)
	case *syntax.SliceExpr:
		rw.slice(e)
	case *syntax.DotExpr:
		return rw.dot(e)
	case *syntax.CallExpr:
		rw.call(e)
	case *syntax.LambdaExpr:
		rw.lambda(e)
	case *syntax.Comprehension:
		rw.comprehension(e)
	}
	return e
}

func (rw *rewriter) slice(e *syntax.SliceExpr) {
	e.X = rw.expr(e.X)
	for _, x := range []*syntax.Expr{&e.Lo, &e.Hi, &e.Step} {
		if *x != nil {
			*x = rw.expr(*x)
		}
	}
}

// binary rewrites both sides. A chain like 1 + 1 + 1 … leans to the left as
// deep as it is long, so the left side is walked in a loop.
func (rw *rewriter) binary(top *syntax.BinaryExpr) syntax.Expr {
	var spine []*syntax.BinaryExpr
	var e syntax.Expr = top
	for {
		b, ok := e.(*syntax.BinaryExpr)
		if !ok {
			break
		}
		spine = append(spine, b)
		e = b.X
	}
	x := rw.expr(e)
	for i := len(spine) - 1; i >= 0; i-- {
		b := spine[i]
		b.X, b.Y = x, rw.expr(b.Y)
		x = b
		if b.Op == syntax.STAR && (isListOrTuple(b.X) || isListOrTuple(b.Y)) {
			// Starlark would make a list of a billion elements.
			x = callOf(b.OpPos, hidRepeat, b.X, b.Y)
		}
	}
	return x
}

func isListOrTuple(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.ListExpr, *syntax.TupleExpr:
		return true
	case *syntax.ParenExpr:
		return isListOrTuple(e.X)
	}
	return false
}

// dot moves the place of an attribute to its name, so that a caret stands
// under it. Attributes that Starlark's own types lack are looked up by ours.
func (rw *rewriter) dot(e *syntax.DotExpr) syntax.Expr {
	e.X = rw.expr(e.X)
	rw.rename(e.Name)
	e.Dot = e.Name.NamePos
	if extraNames[e.Name.Name] {
		return callOf(e.Name.NamePos, hidAttr+e.Name.Name, e.X)
	}
	return e
}

// call puts the place of the call on the last name of what is called.
func (rw *rewriter) call(e *syntax.CallExpr) {
	switch fn := e.Fn.(type) {
	case *syntax.Ident:
		e.Lparen = fn.NamePos
	case *syntax.DotExpr:
		e.Lparen = fn.Name.NamePos
	}
	e.Fn = rw.expr(e.Fn)
	for i, arg := range e.Args {
		switch a := arg.(type) {
		case *syntax.BinaryExpr:
			if id, ok := a.X.(*syntax.Ident); ok && a.Op == syntax.EQ {
				rw.rename(id)
				a.Y = rw.expr(a.Y)
				continue
			}
		case *syntax.UnaryExpr:
			if a.Op == syntax.STARSTAR {
				a.X = callOf(a.OpPos, hidLower, rw.expr(a.X))
				continue
			}
		}
		e.Args[i] = rw.expr(arg)
	}
}

// lambda has no room for a statement, so **kw becomes text of ours by one more
// lambda around the body.
func (rw *rewriter) lambda(e *syntax.LambdaExpr) {
	rw.params(e.Params)
	outer := rw.fn
	rw.fn = &fnScope{}
	e.Body = rw.expr(e.Body)
	rw.fn = outer
	if id := kwargsOf(e.Params); id != nil {
		at := id.NamePos
		inner := &syntax.LambdaExpr{Lambda: e.Lambda, Params: []syntax.Expr{ident(at, id.Name)}, Body: e.Body}
		e.Body = &syntax.CallExpr{Fn: inner, Lparen: at, Args: []syntax.Expr{callOf(at, hidLift, ident(at, id.Name))}, Rparen: at}
	}
}

// comprehension leaves its variables alone: they are its own.
func (rw *rewriter) comprehension(e *syntax.Comprehension) {
	for _, clause := range e.Clauses {
		switch c := clause.(type) {
		case *syntax.ForClause:
			c.X = rw.expr(c.X)
			rw.renameAll(c.Vars)
		case *syntax.IfClause:
			c.Cond = rw.expr(c.Cond)
		}
	}
	e.Body = rw.expr(e.Body)
}

func (rw *rewriter) renameAll(vars syntax.Expr) {
	syntax.Walk(vars, func(n syntax.Node) bool {
		if id, ok := n.(*syntax.Ident); ok {
			rw.rename(id)
		}
		return true
	})
}

// literal turns text into a name bound to our own value.
func (rw *rewriter) literal(e *syntax.Literal) syntax.Expr {
	prefix := rw.strs[posOf(e.TokenPos)]
	switch {
	case prefix == prefixF || prefix == prefixFR:
		return rw.fstring(e, prefix == prefixFR)
	case prefix == prefixU:
		s, ok := rw.unquote(e.Raw[1:], posOf(e.TokenPos))
		if !ok {
			return e
		}
		return rw.constant(e.TokenPos, newStr(s))
	case e.Token == syntax.STRING:
		return rw.constant(e.TokenPos, newStr(e.Value.(string)))
	case e.Token == syntax.BYTES:
		return rw.constant(e.TokenPos, Bytes{e.Value.(string)})
	}
	return e
}

// unquote reads a string literal without a prefix.
func (rw *rewriter) unquote(quoted string, at pos) (string, bool) {
	e, err := options.ParseExpr(rw.name, quoted, 0)
	if lit, ok := e.(*syntax.Literal); err == nil && ok {
		if s, ok := lit.Value.(string); ok {
			return s, true
		}
	}
	msg := "invalid syntax"
	if perr, ok := err.(syntax.Error); ok { //nolint:errorlint // the parser returns it bare
		msg = perr.Msg
	}
	rw.fail(at, translate(msg, true))
	return "", false
}
