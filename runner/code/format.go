package code

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
)

// spec is a format specification: [[fill]align][sign][#][0][width][,][.precision][type].
type spec struct {
	fill      rune
	align     byte // 0 if none was given
	sign      byte
	alt       bool
	zero      bool
	width     int
	group     byte // , or _ or 0
	precision int  // -1 if none
	typ       byte // 0 if none
}

// maxWidth bounds widths and precisions.
const maxWidth = 1 << 20

func parseSpec(s string) (spec, error) {
	p := spec{fill: ' ', precision: -1}
	runes := []rune(s)
	isAlign := func(i int) bool { return i < len(runes) && strings.ContainsRune("<>=^", runes[i]) }
	i := 0
	if isAlign(1) {
		p.fill, p.align = runes[0], byte(runes[1])
		i = 2
	} else if isAlign(0) {
		p.align = byte(runes[0])
		i = 1
	}
	next := func(set string) byte {
		if i < len(runes) && strings.ContainsRune(set, runes[i]) {
			i++
			return byte(runes[i-1])
		}
		return 0
	}
	number := func() (int, bool) {
		start := i
		for i < len(runes) && isDigit(runes[i]) {
			i++
		}
		n, err := strconv.Atoi(string(runes[start:i]))
		return n, err == nil && i > start
	}
	p.sign = next("+- ")
	p.alt = next("#") != 0
	if p.zero = next("0") != 0; p.zero && p.align == 0 {
		p.fill, p.align = '0', '='
	}
	p.width, _ = number()
	p.group = next(",_")
	if next(".") != 0 {
		n, ok := number()
		if !ok {
			return p, valueError("Format specifier missing precision")
		}
		p.precision = n
	}
	if i < len(runes) {
		if i+1 < len(runes) || runes[i] >= 0x80 {
			return p, valueError("Invalid format specifier")
		}
		p.typ = byte(runes[i])
	}
	if p.width > maxWidth || p.precision > maxWidth {
		return p, valueError("Too many decimal digits in format string")
	}
	return p, nil
}

// formatValue is Python's format(v, s).
func formatValue(v starlark.Value, s string) (string, error) {
	if s == "" {
		return strOf(v), nil
	}
	p, err := parseSpec(s)
	if err != nil {
		return "", err
	}
	unknown := valueError("Unknown format code '%c' for object of type '%s'", p.typ, typeName(v))
	switch x := v.(type) {
	case starlark.Int, starlark.Bool:
		n, _ := bigOf(x)
		if strings.IndexByte("eEfFgG%", p.typ) >= 0 && p.typ != 0 {
			f, err := asFloat(v)
			if err != nil {
				return "", err
			}
			return p.float(f)
		}
		if p.typ == 0 || strings.IndexByte("bcdoxXn", p.typ) >= 0 {
			return p.integer(n)
		}
		return "", unknown
	case starlark.Float:
		if p.typ == 0 || strings.IndexByte("eEfFgGn%", p.typ) >= 0 {
			return p.float(float64(x))
		}
		return "", unknown
	case Str:
		if p.typ != 0 && p.typ != 's' {
			return "", unknown
		}
		if p.align == '=' {
			return "", valueError("'=' alignment not allowed in string format specifier")
		}
		return p.pad("", cut(x.s, p.precision), '<'), nil
	}
	return "", typeError("unsupported format string passed to %s.__format__", typeName(v))
}

// cut is the first n characters of s; all for n < 0.
func cut(s string, n int) string {
	if n < 0 {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// pad fills up to the width; = puts the fill between the sign and the digits.
func (p spec) pad(sign, body string, align byte) string {
	gap := p.width - utf8.RuneCountInString(sign) - utf8.RuneCountInString(body)
	if gap <= 0 {
		return sign + body
	}
	if p.align != 0 {
		align = p.align
	}
	fill := func(n int) string { return strings.Repeat(string(p.fill), n) }
	switch align {
	case '<':
		return sign + body + fill(gap)
	case '^':
		return fill(gap/2) + sign + body + fill(gap-gap/2)
	case '=':
		return sign + fill(gap) + body
	}
	return fill(gap) + sign + body
}

func (p spec) signOf(negative bool) string {
	switch {
	case negative:
		return "-"
	case p.sign == '+' || p.sign == ' ':
		return string(p.sign)
	}
	return ""
}

func (p spec) integer(n *big.Int) (string, error) {
	if p.precision >= 0 {
		return "", valueError("Precision not allowed in integer format specifier")
	}
	base, prefix := 10, ""
	switch p.typ {
	case 'b':
		base, prefix = 2, "0b"
	case 'o':
		base, prefix = 8, "0o"
	case 'x':
		base, prefix = 16, "0x"
	case 'X':
		base, prefix = 16, "0X"
	case 'c':
		if !n.IsInt64() || n.Int64() < 0 || n.Int64() > utf8.MaxRune {
			return "", raise("OverflowError", "", "%%c arg not in range(0x110000)")
		}
		return p.pad("", string(rune(n.Int64())), '<'), nil
	}
	digits := new(big.Int).Abs(n).Text(base)
	if p.typ == 'X' {
		digits = strings.ToUpper(digits)
	}
	sign := p.signOf(n.Sign() < 0)
	if p.alt {
		sign += prefix
	}
	return p.number(sign, digits, base), nil
}

// number groups the digits in front of the point and fills up.
func (p spec) number(sign, digits string, base int) string {
	if p.group == 0 {
		return p.pad(sign, digits, '>')
	}
	every := 3
	if base != 10 {
		every = 4
	}
	whole, frac := digits, ""
	if i := strings.IndexAny(digits, ".e%"); i >= 0 {
		whole, frac = digits[:i], digits[i:]
	}
	if p.fill == '0' && p.align == '=' {
		for len(sign)+len(group(whole, every, p.group))+len(frac) < p.width {
			whole = "0" + whole
		}
		return sign + group(whole, every, p.group) + frac
	}
	return p.pad(sign, group(whole, every, p.group)+frac, '>')
}

func group(digits string, every int, sep byte) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%every == 0 {
			b.WriteByte(sep)
		}
		b.WriteRune(r)
	}
	return b.String()
}
