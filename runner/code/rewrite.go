package code

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// The names of what the rewriting calls; a name with NUL cannot be typed.
const (
	hidden      = "\x00"
	hidGlobals  = "\x00g"
	hidEcho     = "\x00echo"
	hidSeq      = "\x00seq"
	hidLower    = "\x00lower"
	hidLift     = "\x00lift"
	hidImport   = "\x00import"
	hidFrom     = "\x00from"
	hidStar     = "\x00star"
	hidDel      = "\x00del"
	hidDelItem  = "\x00delitem"
	hidDelSlice = "\x00delslice"
	hidSetSlice = "\x00setslice"
	hidRepeat   = "\x00repeat"
	hidField    = "\x00field"
	hidJoin     = "\x00join"
	hidTemp     = "\x00temp"
	hidImported = "\x00imported "
	hidAttr     = "\x00attr "
)

// rewriter puts what Python means into a syntax tree: text literals become
// names bound to Str and Bytes, names stored outside a def become fields of the
// interpreter's names, and marks become what stood there.
type rewriter struct {
	in *Interp
	*scanned
	name string
	echo bool
	fn   *fnScope // nil at the top level
	err  *placed
}

// fnScope is the def that is looked at.
type fnScope struct {
	globals map[string]bool
}

func (rw *rewriter) fail(at pos, e *Error) {
	if rw.err == nil {
		rw.err = &placed{e, at}
	}
}

func posOf(p syntax.Position) pos { return pos{p.Line, p.Col} }

// command is the mark of a statement that is a command.
func (rw *rewriter) command(stmt syntax.Stmt) *mark {
	if m := rw.markOf(stmt); m != nil && m.kind == markCommand {
		return m
	}
	return nil
}

func (rw *rewriter) markOf(stmt syntax.Stmt) *mark {
	x, ok := stmt.(*syntax.ExprStmt)
	if !ok {
		return nil
	}
	lit, ok := x.X.(*syntax.Literal)
	if !ok || lit.Token != syntax.INT {
		return nil
	}
	return rw.marks[posOf(lit.TokenPos)]
}

// top rewrites a statement of the top level.
func (rw *rewriter) top(stmt syntax.Stmt) []syntax.Stmt {
	if x, ok := stmt.(*syntax.ExprStmt); ok && rw.echo && rw.markOf(stmt) == nil {
		at := syntax.Start(x.X)
		return []syntax.Stmt{&syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: rw.field(at, hidEcho), RHS: rw.expr(x.X)}}
	}
	return rw.stmt(stmt)
}

// field is the name as a field of the interpreter's names.
func (rw *rewriter) field(at syntax.Position, name string) syntax.Expr {
	return &syntax.DotExpr{X: ident(at, hidGlobals), Dot: at, NamePos: at, Name: ident(at, name)}
}

func ident(at syntax.Position, name string) *syntax.Ident {
	return &syntax.Ident{NamePos: at, Name: name}
}

func callOf(at syntax.Position, name string, args ...syntax.Expr) *syntax.CallExpr {
	return &syntax.CallExpr{Fn: ident(at, name), Lparen: at, Args: args, Rparen: at}
}

// constant makes a name for a value that a literal stands for.
func (rw *rewriter) constant(at syntax.Position, v starlark.Value) *syntax.Ident {
	name := hidden + v.Type() + " " + v.String()
	rw.in.env[name] = v
	return ident(at, name)
}

// isGlobal tells whether storing to a name here stores to the interpreter's.
func (rw *rewriter) isGlobal(name string) bool {
	return rw.fn == nil || rw.fn.globals[name]
}

// store rewrites what is assigned to.
func (rw *rewriter) store(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Ident:
		rw.rename(e)
		if rw.isGlobal(e.Name) {
			return rw.field(e.NamePos, e.Name)
		}
		return e
	case *syntax.TupleExpr:
		rw.stores(e.List)
	case *syntax.ListExpr:
		rw.stores(e.List)
	case *syntax.ParenExpr:
		e.X = rw.store(e.X)
	case *syntax.DotExpr:
		e.X = rw.expr(e.X)
		rw.rename(e.Name)
		e.Dot = e.Name.NamePos
	case *syntax.IndexExpr:
		e.X, e.Y = rw.expr(e.X), rw.expr(e.Y)
	case *syntax.SliceExpr:
		rw.fail(posOf(e.Lbrack), sliceRefused())
	default:
		return rw.expr(e)
	}
	return e
}

func (rw *rewriter) stores(list []syntax.Expr) {
	for i := range list {
		list[i] = rw.store(list[i])
	}
}

// rename gives back the name that the parser would have taken for a keyword.
func (rw *rewriter) rename(id *syntax.Ident) {
	if id.Name == loadAlias {
		id.Name = "load"
	}
}
