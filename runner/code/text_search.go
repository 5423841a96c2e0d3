package code

import (
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
)

// window is self[start:end] with the byte it begins at; ok is false if start
// lies behind the end, where not even "" is found.
func (k *kind) window(c *call, start, end int) (s string, at int, ok bool) {
	s = k.self(c)
	n := starlark.Len(c.self)
	if start < 0 {
		start = max(start+n, 0)
	}
	if end < 0 {
		end = max(end+n, 0)
	}
	end = min(end, n)
	if start > n || start > end {
		return "", 0, false
	}
	at = k.at(c.self, start)
	return s[at:k.at(c.self, end)], at, true
}

// needle is what to look for: of the kind, and in bytes a number too.
func (k *kind) needle(v starlark.Value) (string, error) {
	if k != strKind && isIntLike(v) {
		b, err := asByte(v)
		if err != nil {
			return "", valueError("byte must be in range(0, 256)")
		}
		return string([]byte{b}), nil
	}
	return k.arg(v)
}

func (k *kind) find(search func(s, sub string) int, must bool) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		var sub starlark.Value
		start, end := optInt{0}, optInt{maxIndex}
		if err := c.unpack("*sub", &sub, "*start?", &start, "*end?", &end); err != nil {
			return nil, err
		}
		t, err := k.needle(sub)
		if err != nil {
			return nil, err
		}
		s, at, ok := k.window(c, start.n, end.n)
		i := -1
		if ok {
			i = search(s, t)
		}
		if i >= 0 {
			return starlark.MakeInt(k.index(c.self, at+i)), nil
		}
		if must {
			if k == strKind {
				return nil, valueError("substring not found")
			}
			return nil, valueError("subsection not found")
		}
		return starlark.MakeInt(-1), nil
	}
}

func (k *kind) count(c *call) (starlark.Value, error) {
	var sub starlark.Value
	start, end := optInt{0}, optInt{maxIndex}
	if err := c.unpack("*sub", &sub, "*start?", &start, "*end?", &end); err != nil {
		return nil, err
	}
	t, err := k.needle(sub)
	if err != nil {
		return nil, err
	}
	s, _, ok := k.window(c, start.n, end.n)
	switch {
	case !ok:
		return starlark.MakeInt(0), nil
	case t == "" && k != strKind:
		return starlark.MakeInt(len(s) + 1), nil
	}
	return starlark.MakeInt(strings.Count(s, t)), nil
}

func (k *kind) replace(c *call) (starlark.Value, error) {
	from, to, limit := kindArg{k: k}, kindArg{k: k}, -1
	if err := c.unpack("*old", &from, "*new", &to, "*count?", &limit); err != nil {
		return nil, err
	}
	s := k.self(c)
	if grow := len(to.s) - len(from.s); grow > 0 && strings.Count(s, from.s) > maxBytes/grow {
		return nil, noMemory()
	}
	if from.s == "" && k != strKind {
		return k.make(weave(s, to.s, limit)), nil
	}
	return k.make(strings.Replace(s, from.s, to.s, limit)), nil
}

// weave puts to in front of each byte and at the end, at most limit times:
// what replace(b”, to) does.
func weave(s, to string, limit int) string {
	var b strings.Builder
	for i := 0; i <= len(s); i++ {
		if limit != 0 {
			b.WriteString(to)
			limit--
		}
		if i < len(s) {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func (k *kind) join(c *call) (starlark.Value, error) {
	var list starlark.Value
	if err := c.unpack("*iterable", &list); err != nil {
		return nil, err
	}
	it, ok := list.(starlark.Iterable)
	if !ok {
		return nil, typeError("can only join an iterable")
	}
	var parts []string
	size := 0
	sep := k.self(c)
	for v := range starlark.Elements(it) {
		s, err := k.arg(v)
		if err != nil {
			want := "a bytes-like object"
			if k == strKind {
				want = "str instance"
			}
			return nil, typeError("sequence item %d: expected %s, %s found", len(parts), want, typeName(v))
		}
		if size += len(s) + len(sep); size > maxBytes {
			return nil, noMemory()
		}
		parts = append(parts, s)
	}
	return k.make(strings.Join(parts, sep)), nil
}

func (k *kind) partition(search func(s, sub string) int, right bool) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		sep := kindArg{k: k}
		if err := c.unpack("*sep", &sep); err != nil {
			return nil, err
		}
		if sep.s == "" {
			return nil, valueError("empty separator")
		}
		s := k.self(c)
		i := search(s, sep.s)
		switch {
		case i >= 0:
			return starlark.Tuple{k.make(s[:i]), k.make(sep.s), k.make(s[i+len(sep.s):])}, nil
		case right:
			return starlark.Tuple{k.make(""), k.make(""), k.make(s)}, nil
		}
		return starlark.Tuple{k.make(s), k.make(""), k.make("")}, nil
	}
}

// justify fills up: left of 0 puts all on the right, 2 all on the left.
func (k *kind) justify(side int) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		width, fill := 0, kindArg{k: k, s: " "}
		if err := c.unpack("*width", &width, "*fillchar?", &fill); err != nil {
			return nil, err
		}
		if k == strKind && utf8.RuneCountInString(fill.s) != 1 || k != strKind && len(fill.s) != 1 {
			return nil, typeError("The fill character must be exactly one character long")
		}
		gap := width - starlark.Len(c.self)
		if gap <= 0 {
			return k.make(k.self(c)), nil
		}
		if gap > maxBytes/4 {
			return nil, noMemory()
		}
		left := gap * side / 2
		if side == 1 {
			// CPython gives the odd one to the left if width is odd.
			left = gap/2 + gap&width&1
		}
		return k.make(strings.Repeat(fill.s, left) + k.self(c) + strings.Repeat(fill.s, gap-left)), nil
	}
}

func (k *kind) zfill(c *call) (starlark.Value, error) {
	width := 0
	if err := c.unpack("*width", &width); err != nil {
		return nil, err
	}
	s := k.self(c)
	gap := width - starlark.Len(c.self)
	if gap <= 0 {
		return k.make(s), nil
	}
	if gap > maxBytes/4 {
		return nil, noMemory()
	}
	sign := ""
	if s != "" && (s[0] == '+' || s[0] == '-') {
		sign, s = s[:1], s[1:]
	}
	return k.make(sign + strings.Repeat("0", gap) + s), nil
}

func (k *kind) expandtabs(c *call) (starlark.Value, error) {
	size := 8
	if err := c.unpack("tabsize?", &size); err != nil {
		return nil, err
	}
	if size > 1000 {
		return nil, noMemory()
	}
	var b strings.Builder
	col := 0
	for _, r := range k.self(c) {
		switch {
		case r == '\t' && size > 0:
			n := size - col%size
			b.WriteString(strings.Repeat(" ", n))
			col += n
		case r == '\t':
		default:
			b.WriteRune(r)
			col++
			if r == '\n' || r == '\r' {
				col = 0
			}
		}
	}
	return k.make(b.String()), nil
}
