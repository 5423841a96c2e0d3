package code

import (
	"context"
	"strings"

	"go.starlark.net/starlark"
)

// The keys of a thread's locals.
const (
	localCtx    = "ctx"
	localInterp = "interp"
)

// ctxOf returns the context of the source that runs on the thread; a builtin
// that waits must give up when it ends.
func ctxOf(thread *starlark.Thread) context.Context {
	if ctx, ok := thread.Local(localCtx).(context.Context); ok {
		return ctx
	}
	return context.Background()
}

// interpOf returns the interpreter the thread belongs to.
func interpOf(thread *starlark.Thread) *Interp {
	in, _ := thread.Local(localInterp).(*Interp)
	return in
}

// call is one call of a builtin or method.
type call struct {
	thread *starlark.Thread
	self   starlark.Value // the receiver; nil for a function
	name   string
	args   starlark.Tuple
	kwargs []starlark.Tuple
}

// String is the call as it would be typed, without what stands before a dot.
func (c *call) String() string {
	var list []string
	for _, v := range c.args {
		list = append(list, reprOf(v))
	}
	for _, kw := range c.kwargs {
		list = append(list, textOf(kw[0])+"="+reprOf(kw[1]))
	}
	return c.name + "(" + strings.Join(list, ", ") + ")"
}

func (c *call) ctx() context.Context { return ctxOf(c.thread) }
func (c *call) interp() *Interp      { return interpOf(c.thread) }

// unpack puts the arguments into the variables of pairs, "name", &variable, …
// A name that ends with ? and all behind it may be left out; one that begins
// with * can be given by position only; after a "*" without a variable, names
// only. The variable decides what is accepted: see [assign]. Errors have
// CPython's words, and an error of a variable's own Unpack comes back whole.
func (c *call) unpack(pairs ...any) error {
	params, positional := parameters(pairs)
	if len(c.args) > positional {
		return c.tooMany(params, positional)
	}
	given := make([]bool, len(params))
	for i, arg := range c.args {
		given[i] = true
		if err := c.assign(params[i], i, arg); err != nil {
			return err
		}
	}
	for _, kw := range c.kwargs {
		name := textOf(kw[0])
		i := findParam(params, name)
		if i < 0 {
			return typeError("'%s' is an invalid keyword argument for %s()", name, c.name)
		}
		if given[i] {
			return typeError("argument for %s() given by name ('%s') and position (%d)", c.name, name, i+1)
		}
		given[i] = true
		if err := c.assign(params[i], i, kw[1]); err != nil {
			return err
		}
	}
	for i, p := range params {
		if !given[i] && !p.optional {
			return c.missing(params, i)
		}
	}
	return nil
}

type param struct {
	name              string
	optional, unnamed bool
	ptr               any
}

// parameters reads the pairs of unpack; positional is how many of them can be
// given by position.
func parameters(pairs []any) (params []param, positional int) {
	positional = -1
	optional := false
	for i := 0; i < len(pairs); i++ {
		name := pairs[i].(string)
		if name == "*" {
			positional = len(params)
			continue
		}
		p := param{ptr: pairs[i+1]}
		i++
		name, p.unnamed = strings.CutPrefix(name, "*")
		var opt bool
		p.name, opt = strings.CutSuffix(name, "?")
		optional = optional || opt
		p.optional = optional
		params = append(params, p)
	}
	if positional < 0 {
		positional = len(params)
	}
	return params, positional
}

func findParam(params []param, name string) int {
	for i, p := range params {
		if p.name == name && !p.unnamed {
			return i
		}
	}
	return -1
}

func (c *call) tooMany(params []param, positional int) error {
	needed := 0
	for _, p := range params {
		if !p.optional {
			needed++
		}
	}
	switch {
	case positional == 0:
		return typeError("%s() takes no arguments (%d given)", c.name, len(c.args))
	case positional == 1 && needed == 1:
		return typeError("%s() takes exactly one argument (%d given)", c.name, len(c.args))
	case params[0].unnamed:
		return c.expected(needed, positional)
	case needed == positional:
		return typeError("%s() takes exactly %d arguments (%d given)", c.name, positional, len(c.args))
	}
	return typeError("%s() takes at most %d argument%s (%d given)", c.name, positional, plural(positional), len(c.args))
}

func (c *call) missing(params []param, i int) error {
	needed := 0
	for _, p := range params {
		if !p.optional {
			needed++
		}
	}
	if len(params) == 1 && len(c.kwargs) == 0 {
		return typeError("%s() takes exactly one argument (0 given)", c.name)
	}
	if params[i].unnamed {
		return c.expected(needed, len(params))
	}
	return typeError("%s() missing required argument '%s' (pos %d)", c.name, params[i].name, i+1)
}

// expected counts arguments that have no names, as CPython does for them.
func (c *call) expected(least, most int) error {
	how, n := "", least
	switch {
	case least == most:
	case len(c.args) < least:
		how = "at least "
	default:
		how, n = "at most ", most
	}
	return typeError("%s expected %s%d argument%s, got %d", c.name, how, n, plural(n), len(c.args))
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
