package code

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/socklab/socklab/runner/words"
)

// setSlice is "x[i:j] = v", a statement of its own.
func (rw *rewriter) setSlice(to *syntax.SliceExpr, v syntax.Expr) syntax.Stmt {
	part := func(x syntax.Expr) syntax.Expr {
		if x == nil {
			return rw.constantNone(to.Lbrack)
		}
		return rw.expr(x)
	}
	return &syntax.ExprStmt{X: callOf(to.Lbrack, hidSetSlice,
		rw.expr(to.X), part(to.Lo), part(to.Hi), part(to.Step), rw.expr(v))}
}

// sliceRefused is the error for assigning to a slice of anything but a
// bytearray.
func sliceRefused() *Error {
	return raise("SyntaxError", "", "cannot assign to a slice here").hint(words.F("put the parts together: x[:i] + new + x[j:]"))
}

// hiddenSetSlice puts bytes in the place of a slice of a bytearray, which grows
// or shrinks for it. With a step there must be as many as before.
func hiddenSetSlice(c *call) (starlark.Value, error) {
	a, ok := c.args[0].(*ByteArray)
	if !ok {
		if _, isList := c.args[0].(*starlark.List); isList {
			return nil, sliceRefused()
		}
		return nil, typeError("'%s' object does not support item assignment", typeName(c.args[0]))
	}
	places, err := slicePlaces(c.args[1:4], len(a.b))
	if err != nil {
		return nil, err
	}
	if _, isText := c.args[4].(Str); isText {
		return nil, notAssignable(c.args[4])
	}
	p, ok, err := bytesIn(c.args[4])
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notAssignable(c.args[4])
	}
	if places.step == 1 {
		return starlark.None, a.replace(places.start, max(places.end, places.start), p)
	}
	n := places.len()
	if n != len(p) {
		return nil, valueError("attempt to assign bytes of size %d to extended slice of size %d", len(p), n)
	}
	for i, c := range p {
		a.b[places.start+i*places.step] = c
	}
	return starlark.None, nil
}

func notAssignable(v starlark.Value) *Error {
	return typeError("can assign only bytes, buffers, or iterables of ints in range(0, 256)").hint(encodeHint(v))
}

// places are the indices start, start+step, … before end.
type places struct{ start, end, step int }

func (p places) len() int {
	switch {
	case p.step > 0 && p.start < p.end:
		return (p.end-p.start-1)/p.step + 1
	case p.step < 0 && p.start > p.end:
		return (p.start-p.end-1)/-p.step + 1
	}
	return 0
}

// slicePlaces reads start, end and step of a slice of n elements, as
// PySlice_AdjustIndices does.
func slicePlaces(args starlark.Tuple, n int) (places, error) {
	step := optInt{1}
	if err := step.Unpack(args[2]); err != nil {
		return places{}, err
	}
	if step.n == 0 {
		return places{}, valueError("slice step cannot be zero")
	}
	step.n = max(step.n, -maxIndex)
	low, high := 0, n
	start, end := optInt{0}, optInt{n}
	if step.n < 0 {
		low, high = -1, n-1
		start, end = optInt{n - 1}, optInt{-1 - n}
	}
	if err := start.Unpack(args[0]); err != nil {
		return places{}, err
	}
	if err := end.Unpack(args[1]); err != nil {
		return places{}, err
	}
	clamp := func(i int) int {
		if i < 0 {
			i += n
		}
		return min(max(i, low), high)
	}
	return places{clamp(start.n), clamp(end.n), step.n}, nil
}
