package code

import (
	"errors"
	"io"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

func inputFn(c *call) (starlark.Value, error) {
	var prompt starlark.Value = newStr("")
	if err := c.unpack("*prompt?", &prompt); err != nil {
		return nil, err
	}
	in := c.interp()
	if in.cfg.ReadLine == nil {
		return nil, raise("EOFError", "", "EOF when reading a line")
	}
	line, err := in.cfg.ReadLine(c.ctx(), strOf(prompt))
	switch {
	case err == nil:
		return newStr(line), nil
	case errors.Is(err, io.EOF):
		return nil, raise("EOFError", "", "EOF when reading a line")
	case errors.Is(err, ErrInterrupted) && c.ctx().Err() == nil:
		return nil, &Error{Kind: "KeyboardInterrupt", Err: err}
	}
	return nil, err
}

func minMax(name string) func(c *call) (starlark.Value, error) {
	lent := lend(name)
	return func(c *call) (starlark.Value, error) {
		var rest []starlark.Tuple
		var dflt starlark.Value
		for _, kw := range c.kwargs {
			if textOf(kw[0]) == "default" {
				dflt = kw[1]
				continue
			}
			rest = append(rest, kw)
		}
		if dflt != nil && len(c.args) == 1 && starlark.Len(c.args[0]) == 0 {
			return dflt, nil
		}
		return lent(&call{thread: c.thread, name: c.name, args: c.args, kwargs: rest})
	}
}

func mapFn(c *call) (starlark.Value, error) {
	var f starlark.Callable
	var list starlark.Iterable
	if err := c.unpack("*function", &f, "*iterable", &list); err != nil {
		return nil, err
	}
	return eachOf(list, func(v starlark.Value) (starlark.Value, error) {
		return starlark.Call(c.thread, f, starlark.Tuple{v}, nil)
	})
}

func filterFn(c *call) (starlark.Value, error) {
	var f starlark.Callable
	var list starlark.Iterable
	if err := c.unpack("*function", &f, "*iterable", &list); err != nil {
		return nil, err
	}
	return eachOf(list, func(v starlark.Value) (starlark.Value, error) {
		keep := v
		if f != nil {
			var err error
			if keep, err = starlark.Call(c.thread, f, starlark.Tuple{v}, nil); err != nil {
				return nil, err
			}
		}
		if keep.Truth() {
			return v, nil
		}
		return nil, nil
	})
}

// eachOf makes a list of what f gives for each value; nil is left out.
func eachOf(list starlark.Iterable, f func(starlark.Value) (starlark.Value, error)) (starlark.Value, error) {
	if err := guard(list); err != nil {
		return nil, err
	}
	var out []starlark.Value
	it := list.Iterate()
	defer it.Done()
	var v starlark.Value
	for it.Next(&v) {
		w, err := f(v)
		if err != nil {
			return nil, err
		}
		if w != nil {
			out = append(out, w)
		}
	}
	return starlark.NewList(out), nil
}

func sumFn(c *call) (starlark.Value, error) {
	var list starlark.Iterable
	var sum starlark.Value = starlark.MakeInt(0)
	if err := c.unpack("*iterable", &list, "start?", &sum); err != nil {
		return nil, err
	}
	switch sum.(type) {
	case Str:
		return nil, typeError("sum() can't sum strings [use ''.join(seq) instead]")
	case *ByteArray:
		return nil, typeError("sum() can't sum bytearray [use b''.join(seq) instead]")
	case Bytes:
		return nil, typeError("sum() can't sum bytes [use b''.join(seq) instead]")
	}
	if err := guard(list); err != nil {
		return nil, err
	}
	it := list.Iterate()
	defer it.Done()
	var v starlark.Value
	for it.Next(&v) {
		if b, ok := v.(starlark.Bool); ok {
			n, _ := asInt(b)
			v = starlark.MakeInt(n)
		}
		next, err := starlark.Binary(syntax.PLUS, sum, v)
		if err != nil {
			return nil, err
		}
		sum = next
	}
	return sum, nil
}
