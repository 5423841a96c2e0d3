package code

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

func listSort(c *call) (starlark.Value, error) {
	if len(c.args) > 0 {
		return nil, typeError("sort() takes no positional arguments")
	}
	l := c.self.(*starlark.List)
	v, err := universal("sorted").CallInternal(c.thread, starlark.Tuple{starlark.NewList(listOf(l))}, withoutNone(c.kwargs))
	if err != nil {
		return nil, err
	}
	return starlark.None, setList(l, listOf(v.(*starlark.List)))
}

func listReverse(c *call) (starlark.Value, error) {
	l := c.self.(*starlark.List)
	elems := listOf(l)
	for i, j := 0, len(elems)-1; i < j; i, j = i+1, j-1 {
		elems[i], elems[j] = elems[j], elems[i]
	}
	if err := c.unpack(); err != nil {
		return nil, err
	}
	return starlark.None, setList(l, elems)
}

func listExtend(c *call) (starlark.Value, error) {
	var list starlark.Iterable
	if err := c.unpack("*iterable", &list); err != nil {
		return nil, err
	}
	if err := guard(list); err != nil {
		return nil, err
	}
	l := c.self.(*starlark.List)
	var all []starlark.Value
	for v := range starlark.Elements(list) {
		all = append(all, v)
	}
	for _, v := range all {
		if err := l.Append(v); err != nil {
			return nil, err
		}
	}
	return starlark.None, nil
}

func seqCount(c *call) (starlark.Value, error) {
	var x starlark.Value
	if err := c.unpack("*value", &x); err != nil {
		return nil, err
	}
	n := 0
	seq := c.self.(starlark.Indexable)
	for i := range seq.Len() {
		same, err := starlark.Compare(syntax.EQL, seq.Index(i), x)
		if err != nil {
			return nil, err
		}
		if same {
			n++
		}
	}
	return starlark.MakeInt(n), nil
}

func listIndex(c *call) (starlark.Value, error) {
	var x starlark.Value
	start, end := optInt{0}, optInt{maxIndex}
	if err := c.unpack("*value", &x, "*start?", &start, "*stop?", &end); err != nil {
		return nil, err
	}
	l := c.self.(*starlark.List)
	for i := clampIndex(start.n, l.Len()); i < clampIndex(end.n, l.Len()); i++ {
		if same, err := starlark.Equal(l.Index(i), x); err != nil || same {
			return starlark.MakeInt(i), err
		}
	}
	return nil, valueError("%s is not in list", reprOf(x))
}

func tupleIndex(c *call) (starlark.Value, error) {
	var x starlark.Value
	if err := c.unpack("*value", &x); err != nil {
		return nil, err
	}
	for i, v := range c.self.(starlark.Tuple) {
		if same, err := starlark.Equal(v, x); err != nil || same {
			return starlark.MakeInt(i), err
		}
	}
	return nil, valueError("tuple.index(x): x not in tuple")
}

func copyDict(to, from *starlark.Dict) error {
	for _, item := range from.Items() {
		if err := to.SetKey(item[0], item[1]); err != nil {
			return err
		}
	}
	return nil
}

// updateDict puts the pairs and names of a call into a dictionary.
func updateDict(c *call, d *starlark.Dict) error {
	if len(c.args) > 1 {
		return typeError("%s expected at most 1 argument, got %d", c.name, len(c.args))
	}
	if len(c.args) == 1 {
		if err := putPairs(c.args[0], d); err != nil {
			return err
		}
	}
	for _, kw := range c.kwargs {
		if err := d.SetKey(newStr(textOf(kw[0])), kw[1]); err != nil {
			return err
		}
	}
	return nil
}

func putPairs(v starlark.Value, d *starlark.Dict) error {
	if m, ok := v.(*starlark.Dict); ok {
		return copyDict(d, m)
	}
	it, ok := v.(starlark.Iterable)
	if !ok {
		return typeError("'%s' object is not iterable", typeName(v))
	}
	i := 0
	for pair := range starlark.Elements(it) {
		p, ok := pair.(starlark.Indexable)
		if !ok {
			return typeError("cannot convert dictionary update sequence element #%d to a sequence", i)
		}
		if p.Len() != 2 {
			return valueError("dictionary update sequence element #%d has length %d; 2 is required", i, p.Len())
		}
		if err := d.SetKey(p.Index(0), p.Index(1)); err != nil {
			return err
		}
		i++
	}
	return nil
}

func dictPop(c *call) (starlark.Value, error) {
	var key, dflt starlark.Value
	if err := c.unpack("*key", &key, "*default?", &dflt); err != nil {
		return nil, err
	}
	v, found, err := c.self.(*starlark.Dict).Delete(key)
	switch {
	case err != nil:
		return nil, err
	case found:
		return v, nil
	case dflt != nil:
		return dflt, nil
	}
	return nil, keyError(key)
}
