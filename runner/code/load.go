package code

import (
	"errors"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// options is the Starlark that Python's shape needs.
var options = &syntax.FileOptions{Set: true, While: true, TopLevelControl: true, GlobalReassign: true, Recursion: true}

// item is a statement of the top level, ready to run, or a command.
type item struct {
	prog *starlark.Program
	cmd  *mark
	at   pos // where it begins
}

// unit is a source, ready to run.
type unit struct {
	src   *sourceText
	items []item
	echo  bool
}

// load scans, parses, rewrites and compiles a source. Nothing of it has run
// when it fails.
func (in *Interp) load(src Source, isVerb func(string) bool) (*unit, *Error) {
	text, st, err := prepare(src)
	if err != nil {
		return nil, err
	}
	s := scan([]rune(text), pos{int32(st.first), 1}, isVerb, in.cfg.Expand)
	if len(s.errs) > 0 {
		return nil, s.errs[0].Error.at(st, s.errs[0].at)
	}
	portion := syntax.FilePortion{Content: []byte(string(s.text)), FirstLine: int32(st.first), FirstCol: 1}
	file, perr := options.Parse(st.name, portion, 0)
	if perr != nil {
		return nil, in.parseError(perr, s, st)
	}
	rw := &rewriter{in: in, scanned: s, name: st.name, echo: src.Echo}
	u := &unit{src: st, echo: src.Echo}
	for _, stmt := range file.Stmts {
		if m := rw.command(stmt); m != nil {
			u.items = append(u.items, item{cmd: m, at: m.at})
			continue
		}
		start, _ := stmt.Span()
		prog, err := rw.compile(stmt)
		if err != nil {
			return nil, err.Error.at(st, err.at)
		}
		u.items = append(u.items, item{prog: prog, at: pos{start.Line, start.Col}})
	}
	return u, nil
}

// compile rewrites and compiles one statement of the top level.
func (rw *rewriter) compile(stmt syntax.Stmt) (*starlark.Program, *placed) {
	stmts := rw.top(stmt)
	if rw.err != nil {
		return nil, rw.err
	}
	file := &syntax.File{Path: rw.name, Stmts: stmts, Options: options}
	prog, err := starlark.FileProgram(file, func(string) bool { return true })
	if err == nil {
		return prog, nil
	}
	var list resolve.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return nil, &placed{translate(list[0].Msg, true), posOf(list[0].Pos)}
	}
	return nil, &placed{raise("SyntaxError", "", "%s", err.Error()), posOf(syntax.Start(stmt))}
}

// parseError turns an error of the parser into Python's and puts its place,
// which is behind the token, on the token.
func (in *Interp) parseError(err error, s *scanned, st *sourceText) *Error {
	var perr syntax.Error
	if !errors.As(err, &perr) {
		return raise("SyntaxError", "", "%s", err.Error())
	}
	at := pos{perr.Pos.Line, perr.Pos.Col}
	for _, k := range s.toks {
		if k.end == at && !strings.Contains(perr.Msg, "escape") && !strings.HasPrefix(perr.Msg, "got end of file") {
			at = k.at
			break
		}
	}
	if st.line(int(at.line)) == "" && len(s.toks) > 0 {
		at = s.toks[len(s.toks)-1].at
	}
	return translate(perr.Msg, true).at(st, at)
}
