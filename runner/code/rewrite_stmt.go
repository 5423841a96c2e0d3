package code

import (
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

func (rw *rewriter) stmts(list []syntax.Stmt) []syntax.Stmt {
	out := make([]syntax.Stmt, 0, len(list))
	for _, s := range list {
		out = append(out, rw.stmt(s)...)
	}
	return out
}

// stmt rewrites one statement; it may become several.
func (rw *rewriter) stmt(stmt syntax.Stmt) []syntax.Stmt {
	if m := rw.markOf(stmt); m != nil {
		return rw.marked(m, syntax.Start(stmt))
	}
	switch s := stmt.(type) {
	case *syntax.AssignStmt:
		if to, ok := s.LHS.(*syntax.SliceExpr); ok && s.Op == syntax.EQ {
			return []syntax.Stmt{rw.setSlice(to, s.RHS)}
		}
		s.RHS = rw.expr(s.RHS)
		if s.Op == syntax.EQ && isSeq(s.LHS) {
			// Unpacked from a copy: Starlark would leave a list of the
			// wrong length locked for good.
			s.RHS = callOf(syntax.Start(s.LHS), hidSeq, s.RHS)
		}
		s.LHS = rw.store(s.LHS)
	case *syntax.ExprStmt:
		s.X = rw.expr(s.X)
	case *syntax.IfStmt:
		s.Cond = rw.expr(s.Cond)
		s.True, s.False = rw.stmts(s.True), rw.stmts(s.False)
		if len(s.False) == 0 {
			s.False = nil
		}
	case *syntax.WhileStmt:
		s.Cond = rw.expr(s.Cond)
		s.Body = rw.stmts(s.Body)
	case *syntax.ForStmt:
		rw.forLoop(s)
	case *syntax.ReturnStmt:
		if s.Result != nil {
			s.Result = rw.expr(s.Result)
		}
	case *syntax.DefStmt:
		return rw.def(s)
	}
	return []syntax.Stmt{stmt}
}

func isSeq(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.TupleExpr, *syntax.ListExpr:
		return true
	case *syntax.ParenExpr:
		return isSeq(e.X)
	}
	return false
}

// forLoop unpacks each value from a copy, for the same reason as above.
func (rw *rewriter) forLoop(s *syntax.ForStmt) {
	s.X = rw.expr(s.X)
	if isSeq(s.Vars) {
		at := syntax.Start(s.Vars)
		unpack := &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: rw.store(s.Vars), RHS: callOf(at, hidSeq, rw.load(at, hidTemp))}
		s.Vars = rw.store(ident(at, hidTemp))
		s.Body = append([]syntax.Stmt{unpack}, rw.stmts(s.Body)...)
		return
	}
	s.Vars = rw.store(s.Vars)
	s.Body = rw.stmts(s.Body)
}

// load is the value of a name that was stored here.
func (rw *rewriter) load(at syntax.Position, name string) syntax.Expr {
	if rw.isGlobal(name) {
		return rw.field(at, name)
	}
	return ident(at, name)
}

// def rewrites a function. One that is stored among the interpreter's names
// gets a name of its own first, so that its body finds what the name means
// when it runs.
func (rw *rewriter) def(s *syntax.DefStmt) []syntax.Stmt {
	rw.rename(s.Name)
	name := s.Name.Name
	outer := rw.fn
	stored := rw.isGlobal(name)
	rw.params(s.Params)
	rw.fn = &fnScope{globals: map[string]bool{}}
	rw.declared(s.Body)
	s.Body = append(rw.liftKwargs(s.Params), rw.stmts(s.Body)...)
	rw.fn = outer
	if !stored {
		return []syntax.Stmt{s}
	}
	at := s.Name.NamePos
	s.Name = ident(at, name+hidden)
	return []syntax.Stmt{s, &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: rw.field(at, name), RHS: ident(at, name+hidden)}}
}

// params rewrites the defaults, which belong to the scope outside.
func (rw *rewriter) params(params []syntax.Expr) {
	for _, p := range params {
		switch p := p.(type) {
		case *syntax.Ident:
			rw.rename(p)
		case *syntax.BinaryExpr:
			p.Y = rw.expr(p.Y)
			if id, ok := p.X.(*syntax.Ident); ok {
				rw.rename(id)
			}
		}
	}
}

// kwargsOf is the name behind ** in the parameters.
func kwargsOf(params []syntax.Expr) *syntax.Ident {
	for _, p := range params {
		if u, ok := p.(*syntax.UnaryExpr); ok && u.Op == syntax.STARSTAR {
			id, _ := u.X.(*syntax.Ident)
			return id
		}
	}
	return nil
}

// liftKwargs makes the names in **kw text of ours: Starlark puts its own.
func (rw *rewriter) liftKwargs(params []syntax.Expr) []syntax.Stmt {
	id := kwargsOf(params)
	if id == nil {
		return nil
	}
	at := id.NamePos
	return []syntax.Stmt{&syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: ident(at, id.Name), RHS: callOf(at, hidLift, ident(at, id.Name))}}
}

// declared notes the names that the body of a def declares global.
func (rw *rewriter) declared(body []syntax.Stmt) {
	for _, stmt := range body {
		switch s := stmt.(type) {
		case *syntax.ExprStmt:
			if m := rw.markOf(s); m != nil && m.kind == markGlobal {
				for _, n := range m.names {
					rw.fn.globals[n.name] = true
				}
			}
		case *syntax.IfStmt:
			rw.declared(s.True)
			rw.declared(s.False)
		case *syntax.ForStmt:
			rw.declared(s.Body)
		case *syntax.WhileStmt:
			rw.declared(s.Body)
		}
	}
}

// marked is what a mark stands for.
func (rw *rewriter) marked(m *mark, at syntax.Position) []syntax.Stmt {
	switch m.kind {
	case markImport:
		var out []syntax.Stmt
		for _, n := range m.names {
			// "import a.b" binds a, "import a.b as c" binds b.
			out = append(out, rw.bindTo(n, callOf(rw.moved(at, n.at), hidImport, rw.constant(at, newStr(n.name)))))
		}
		return out
	case markFrom:
		return rw.from(m, at)
	case markDel:
		return rw.del(m, at)
	}
	return []syntax.Stmt{&syntax.BranchStmt{Token: syntax.PASS, TokenPos: at}}
}

// moved is a position in the same file at another place.
func (rw *rewriter) moved(at syntax.Position, p pos) syntax.Position {
	at.Line, at.Col = p.line, p.col
	return at
}

func (rw *rewriter) bindTo(n importName, value syntax.Expr) syntax.Stmt {
	at := syntax.Start(value)
	lhs := syntax.Expr(ident(at, n.as))
	if rw.isGlobal(n.as) {
		lhs = rw.field(at, hidImported+n.as)
	}
	return &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: lhs, RHS: value}
}

func (rw *rewriter) from(m *mark, at syntax.Position) []syntax.Stmt {
	module := func() syntax.Expr { return rw.constant(at, newStr(m.from)) }
	if m.star {
		return []syntax.Stmt{&syntax.ExprStmt{X: callOf(at, hidStar, module())}}
	}
	var out []syntax.Stmt
	for _, n := range m.names {
		value := callOf(rw.moved(at, n.at), hidFrom, module(), rw.constant(at, newStr(n.name)))
		out = append(out, rw.bindTo(n, value))
	}
	return out
}

// del parses what stood behind del and takes each part away.
func (rw *rewriter) del(m *mark, at syntax.Position) []syntax.Stmt {
	e := rw.parse(strings.TrimSuffix(strings.TrimSpace(m.text), ","), m.col)
	if e == nil {
		return nil
	}
	return rw.delExpr(e, at)
}

func (rw *rewriter) delExpr(e syntax.Expr, at syntax.Position) []syntax.Stmt {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		return rw.delExpr(e.X, at)
	case *syntax.TupleExpr:
		var out []syntax.Stmt
		for _, x := range e.List {
			out = append(out, rw.delExpr(x, at)...)
		}
		return out
	case *syntax.Ident:
		rw.rename(e)
		if !rw.isGlobal(e.Name) {
			return []syntax.Stmt{&syntax.AssignStmt{OpPos: e.NamePos, Op: syntax.EQ, LHS: e, RHS: ident(e.NamePos, "None")}}
		}
		return []syntax.Stmt{&syntax.ExprStmt{X: callOf(e.NamePos, hidDel, rw.constant(e.NamePos, newStr(e.Name)))}}
	case *syntax.IndexExpr:
		return []syntax.Stmt{&syntax.ExprStmt{X: callOf(e.Lbrack, hidDelItem, rw.expr(e.X), rw.expr(e.Y))}}
	case *syntax.SliceExpr:
		none := func(x syntax.Expr) syntax.Expr {
			if x == nil {
				return rw.constantNone(e.Lbrack)
			}
			return rw.expr(x)
		}
		return []syntax.Stmt{&syntax.ExprStmt{X: callOf(e.Lbrack, hidDelSlice, rw.expr(e.X), none(e.Lo), none(e.Hi), none(e.Step))}}
	}
	rw.fail(posOf(syntax.Start(e)), raise("SyntaxError", "", "cannot delete this"))
	return nil
}

func (rw *rewriter) constantNone(at syntax.Position) syntax.Expr {
	return rw.constant(at, starlark.None)
}
