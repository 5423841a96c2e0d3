package code

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// textMethods are the methods that str and bytes share.
func textMethods(k *kind) []method {
	return []method{
		{"split", "split(sep=None, maxsplit=-1)", words.F("a list of the parts between sep, or between runs of blanks"), k.split(false)},
		{"rsplit", "rsplit(sep=None, maxsplit=-1)", words.F("as split, but counted from the right"), k.split(true)},
		{"splitlines", "splitlines(keepends=False)", words.F("a list of the lines"), k.splitlines},
		{"strip", "strip(chars=None)", words.F("without blanks, or chars, at both ends"), k.strip(true, true)},
		{"lstrip", "lstrip(chars=None)", words.F("without blanks, or chars, at the left end"), k.strip(true, false)},
		{"rstrip", "rstrip(chars=None)", words.F("without blanks, or chars, at the right end"), k.strip(false, true)},
		{"startswith", "startswith(prefix)", words.F("does it begin with prefix, or one of a tuple?"), k.hasFix(strings.HasPrefix)},
		{"endswith", "endswith(suffix)", words.F("does it end with suffix, or one of a tuple?"), k.hasFix(strings.HasSuffix)},
		{"removeprefix", "removeprefix(prefix)", words.F("without prefix in front"), k.removeFix(strings.TrimPrefix)},
		{"removesuffix", "removesuffix(suffix)", words.F("without suffix at the end"), k.removeFix(strings.TrimSuffix)},
		{"find", "find(sub, start=0, end=len)", words.F("where sub first is, or -1"), k.find(strings.Index, false)},
		{"rfind", "rfind(sub, start=0, end=len)", words.F("where sub last is, or -1"), k.find(strings.LastIndex, false)},
		{"index", "index(sub, start=0, end=len)", words.F("where sub first is; an error if it is not there"), k.find(strings.Index, true)},
		{"rindex", "rindex(sub, start=0, end=len)", words.F("where sub last is; an error if it is not there"), k.find(strings.LastIndex, true)},
		{"count", "count(sub, start=0, end=len)", words.F("how often sub is there"), k.count},
		{"replace", "replace(old, new, count=-1)", words.F("with new in the place of each old"), k.replace},
		{"join", "join(list)", words.F("the parts of a list, with this between them"), k.join},
		{"partition", "partition(sep)", words.F("(before, sep, after) at the first sep"), k.partition(strings.Index, false)},
		{"rpartition", "rpartition(sep)", words.F("(before, sep, after) at the last sep"), k.partition(strings.LastIndex, true)},
		{"ljust", "ljust(width, fill=' ')", words.F("filled up on the right to width"), k.justify(0)},
		{"rjust", "rjust(width, fill=' ')", words.F("filled up on the left to width"), k.justify(2)},
		{"center", "center(width, fill=' ')", words.F("filled up on both sides to width"), k.justify(1)},
		{"zfill", "zfill(width)", words.F("filled up with zeros on the left to width"), k.zfill},
		{"expandtabs", "expandtabs(tabsize=8)", words.F("with blanks in the place of tabs"), k.expandtabs},
	}
}

func (k *kind) list(parts []string) starlark.Value {
	elems := make([]starlark.Value, len(parts))
	for i, s := range parts {
		elems[i] = k.make(s)
	}
	return starlark.NewList(elems)
}

func (k *kind) split(right bool) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		sep, limit := kindArg{k: k}, -1
		if err := c.unpack("sep?", &sep, "maxsplit?", &limit); err != nil {
			return nil, err
		}
		s := k.self(c)
		switch {
		case !sep.given:
			return k.list(splitBlanks(s, limit, right, k.space)), nil
		case sep.s == "":
			return nil, valueError("empty separator")
		case right && limit >= 0:
			return k.list(splitRight(s, sep.s, limit)), nil
		case limit >= 0:
			return k.list(strings.SplitN(s, sep.s, limit+1)), nil
		}
		return k.list(strings.Split(s, sep.s)), nil
	}
}

func splitRight(s, sep string, limit int) []string {
	var parts []string
	for ; limit > 0; limit-- {
		i := strings.LastIndex(s, sep)
		if i < 0 {
			break
		}
		parts = append(parts, s[i+len(sep):])
		s = s[:i]
	}
	parts = append(parts, s)
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return parts
}

// splitBlanks splits at runs of blanks, at most limit times.
func splitBlanks(s string, limit int, right bool, space func(rune) bool) []string {
	if limit < 0 {
		return strings.FieldsFunc(s, space)
	}
	var parts []string
	if right {
		for s = strings.TrimRightFunc(s, space); s != "" && limit > 0; limit-- {
			i := strings.LastIndexFunc(s, space)
			_, width := lastRune(s[:i+1])
			parts = append([]string{s[i+1:]}, parts...)
			if i < 0 {
				return parts
			}
			parts[0] = s[i+width:]
			s = strings.TrimRightFunc(s[:i], space)
		}
		if s != "" {
			parts = append([]string{s}, parts...)
		}
		return parts
	}
	for s = strings.TrimLeftFunc(s, space); s != "" && limit > 0; limit-- {
		i := strings.IndexFunc(s, space)
		if i < 0 {
			return append(parts, s)
		}
		parts = append(parts, s[:i])
		s = strings.TrimLeftFunc(s[i:], space)
	}
	if s != "" {
		parts = append(parts, s)
	}
	return parts
}

// lastRune is the first rune of the last step of s and its width, at least 1.
func lastRune(s string) (rune, int) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i]&0xc0 != 0x80 {
			return []rune(s[i:])[0], len(s) - i
		}
	}
	return 0, 1
}

func (k *kind) splitlines(c *call) (starlark.Value, error) {
	keep := false
	if err := c.unpack("keepends?", &keep); err != nil {
		return nil, err
	}
	var parts []string
	for s := k.self(c); s != ""; {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			parts = append(parts, s)
			break
		}
		n := 1
		if strings.HasPrefix(s[i:], "\r\n") {
			n = 2
		}
		end := i
		if keep {
			end += n
		}
		parts = append(parts, s[:end])
		s = s[i+n:]
	}
	return k.list(parts), nil
}

func (k *kind) strip(left, right bool) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		chars := kindArg{k: k}
		if err := c.unpack("*chars?", &chars); err != nil {
			return nil, err
		}
		s := k.self(c)
		cut := k.space
		if chars.given {
			cut = nil
		}
		for left && s != "" {
			n := k.cutLen(s, true, cut, chars.s)
			if n == 0 {
				break
			}
			s = s[n:]
		}
		for right && s != "" {
			n := k.cutLen(s, false, cut, chars.s)
			if n == 0 {
				break
			}
			s = s[:len(s)-n]
		}
		return k.make(s), nil
	}
}

// cutLen is how many bytes of one character to cut at an end of s, or 0.
func (k *kind) cutLen(s string, front bool, space func(rune) bool, chars string) int {
	unit := s[:1]
	if !front {
		unit = s[len(s)-1:]
	}
	if k == strKind {
		if front {
			unit = string([]rune(s[:min(len(s), 4)])[0])
		} else {
			_, n := lastRune(s)
			unit = s[len(s)-n:]
		}
	}
	if space != nil {
		if space([]rune(unit)[0]) {
			return len(unit)
		}
		return 0
	}
	if strings.Contains(chars, unit) {
		return len(unit)
	}
	return 0
}

func (k *kind) hasFix(has func(s, fix string) bool) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		var fix starlark.Value
		start, end := optInt{0}, optInt{maxIndex}
		if err := c.unpack("*fix", &fix, "*start?", &start, "*end?", &end); err != nil {
			return nil, err
		}
		s, _, ok := k.window(c, start.n, end.n)
		list, many := fix.(starlark.Tuple)
		if !many {
			list = starlark.Tuple{fix}
		}
		for _, f := range list {
			t, err := k.arg(f)
			if err != nil {
				return nil, typeError("%s first arg must be %s or a tuple of %s, not %s", c.name, k.name, k.name, typeName(f))
			}
			if ok && has(s, t) {
				return starlark.True, nil
			}
		}
		return starlark.False, nil
	}
}

func (k *kind) removeFix(trim func(s, fix string) string) func(c *call) (starlark.Value, error) {
	return func(c *call) (starlark.Value, error) {
		fix := kindArg{k: k}
		if err := c.unpack("*fix", &fix); err != nil {
			return nil, err
		}
		return k.make(trim(k.self(c), fix.s)), nil
	}
}
