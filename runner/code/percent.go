package code

import (
	"math"
	"math/big"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
)

// percent is Python's format % arg, for text and for bytes.
func percent(format string, arg starlark.Value, k *kind) (string, error) {
	p := &percenter{k: k, format: format, arg: arg, args: starlark.Tuple{arg}}
	if t, ok := arg.(starlark.Tuple); ok {
		p.args = t
	}
	_, p.mapping = arg.(starlark.Mapping)
	for p.i < len(format) {
		at := strings.IndexByte(format[p.i:], '%')
		if at < 0 {
			p.out.WriteString(format[p.i:])
			break
		}
		p.out.WriteString(format[p.i : p.i+at])
		p.i += at + 1
		if err := p.one(); err != nil {
			return "", err
		}
		if p.out.Len() > maxBytes {
			return "", noMemory()
		}
	}
	if p.used < len(p.args) && !p.mapping {
		return "", typeError("not all arguments converted during %s formatting", map[*kind]string{strKind: "string", bytesKind: "bytes"}[k])
	}
	return p.out.String(), nil
}

type percenter struct {
	k       *kind
	format  string
	i       int
	arg     starlark.Value
	args    starlark.Tuple
	used    int
	mapping bool // the argument can be looked up by %(name)s
	out     strings.Builder
}

func (p *percenter) next() (starlark.Value, error) {
	if p.used >= len(p.args) {
		return nil, typeError("not enough arguments for format string")
	}
	p.used++
	return p.args[p.used-1], nil
}

// one reads a conversion behind its %.
func (p *percenter) one() error {
	var v starlark.Value
	if strings.HasPrefix(p.format[p.i:], "(") {
		key, err := p.key()
		if err != nil {
			return err
		}
		v = key
	}
	s, err := p.flags()
	if err != nil {
		return err
	}
	for p.i < len(p.format) && strings.IndexByte("hlL", p.format[p.i]) >= 0 {
		p.i++
	}
	if p.i >= len(p.format) {
		return valueError("incomplete format")
	}
	c, size := utf8.DecodeRuneInString(p.format[p.i:])
	at := p.i
	p.i += size
	if c == '%' {
		p.out.WriteByte('%')
		return nil
	}
	if !strings.ContainsRune("diuoxXeEfFgGcrsab", c) || c == 'b' && p.k == strKind {
		return valueError("unsupported format character '%c' (0x%x) at index %d", c, c, utf8.RuneCountInString(p.format[:at]))
	}
	if v == nil {
		if v, err = p.next(); err != nil {
			return err
		}
	}
	text, err := p.convert(byte(c), v, s)
	p.out.WriteString(text)
	return err
}

func (p *percenter) key() (starlark.Value, error) {
	end := strings.IndexByte(p.format[p.i:], ')')
	if end < 0 {
		return nil, valueError("incomplete format key")
	}
	key := p.k.make(p.format[p.i+1 : p.i+end])
	p.i += end + 1
	m, ok := p.arg.(starlark.Mapping)
	if !ok {
		return nil, typeError("format requires a mapping")
	}
	v, found, err := m.Get(key)
	if err == nil && !found {
		err = keyError(key)
	}
	return v, err
}

// flags reads flags, width and precision.
func (p *percenter) flags() (spec, error) {
	s := spec{fill: ' ', align: '>', precision: -1}
	for ; p.i < len(p.format); p.i++ {
		switch p.format[p.i] {
		case '-':
			s.align = '<'
		case '+':
			s.sign = '+'
		case ' ':
			if s.sign == 0 {
				s.sign = ' '
			}
		case '#':
			s.alt = true
		case '0':
			s.zero = true
		default:
			goto width
		}
	}
width:
	var err error
	if s.width, err = p.number(); err != nil {
		return s, err
	}
	if s.width < 0 {
		s.align, s.width = '<', -s.width
	}
	if p.i < len(p.format) && p.format[p.i] == '.' {
		p.i++
		if s.precision, err = p.number(); err != nil {
			return s, err
		}
		s.precision = max(s.precision, 0)
	}
	if s.width > maxWidth || s.precision > maxWidth {
		return s, valueError("width too big")
	}
	return s, nil
}

// number reads digits, or takes an argument for *.
func (p *percenter) number() (int, error) {
	if p.i < len(p.format) && p.format[p.i] == '*' {
		p.i++
		v, err := p.next()
		if err != nil {
			return 0, err
		}
		n, ok := v.(starlark.Int)
		if !ok {
			return 0, typeError("* wants int")
		}
		return asInt(n)
	}
	n := 0
	for ; p.i < len(p.format) && isDigit(rune(p.format[p.i])); p.i++ {
		n = min(n*10+int(p.format[p.i]-'0'), maxWidth+1)
	}
	return n, nil
}

func (p *percenter) convert(c byte, v starlark.Value, s spec) (string, error) {
	switch c {
	case 'd', 'i', 'u', 'o', 'x', 'X':
		return p.integer(c, v, s)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		f, err := asFloat(v)
		if err != nil {
			return "", err
		}
		s.typ = c
		if s.zero && s.align != '<' {
			s.fill, s.align = '0', '='
		}
		return s.float(f)
	case 'c':
		return p.char(v, s)
	}
	text, err := p.text(c, v)
	if err != nil {
		return "", err
	}
	if s.precision >= 0 {
		if p.k == bytesKind {
			text = text[:min(s.precision, len(text))]
		} else {
			text = cut(text, s.precision)
		}
	}
	return s.pad("", text, '>'), nil
}

// text is what %s %r %a and %b put in.
func (p *percenter) text(c byte, v starlark.Value) (string, error) {
	switch {
	case c == 'a' || c == 'r' && p.k == bytesKind:
		return asciiOf(v), nil
	case c == 'r':
		return reprOf(v), nil
	case p.k == bytesKind:
		b, ok := content(v)
		if !ok {
			return "", typeError("%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'", typeName(v))
		}
		return b, nil
	}
	return strOf(v), nil
}

func (p *percenter) integer(c byte, v starlark.Value, s spec) (string, error) {
	f, isFloat := v.(starlark.Float)
	var n *big.Int
	switch {
	case isFloat && strings.IndexByte("diu", c) >= 0 && !math.IsNaN(float64(f)) && !math.IsInf(float64(f), 0):
		whole, err := starlark.NumberToInt(f)
		if err != nil {
			return "", err
		}
		n = whole.BigInt()
	case isIntLike(v):
		n, _ = bigOf(v)
	case strings.IndexByte("diu", c) >= 0:
		return "", typeError("%%%c format: a real number is required, not %s", c, typeName(v))
	default:
		return "", typeError("%%%c format: an integer is required, not %s", c, typeName(v))
	}
	if s.typ = c; c == 'i' || c == 'u' {
		s.typ = 'd'
	}
	digits := s.precision
	s.precision = -1
	if s.zero && s.align != '<' && digits < 0 {
		s.fill, s.align = '0', '='
	}
	if digits > 0 {
		// A precision is the least number of digits.
		inner := spec{fill: '0', align: '=', precision: -1, typ: s.typ, width: digits}
		body, err := inner.integer(new(big.Int).Abs(n))
		if err != nil {
			return "", err
		}
		return s.pad(s.signOf(n.Sign() < 0), body, '>'), nil
	}
	return s.integer(n)
}

func (p *percenter) char(v starlark.Value, s spec) (string, error) {
	switch x := v.(type) {
	case Str:
		if x.n == 1 && p.k == strKind {
			return s.pad("", x.s, '>'), nil
		}
	case Bytes, *ByteArray:
		if b, _ := content(x); len(b) == 1 && p.k == bytesKind {
			return s.pad("", b, '>'), nil
		}
	case starlark.Int:
		if p.k == bytesKind {
			b, err := asByte(x)
			if err != nil {
				return "", raise("OverflowError", "", "%%c arg not in range(256)")
			}
			return s.pad("", string([]byte{b}), '>'), nil
		}
		n, err := asInt(x)
		if err != nil || n < 0 || n > utf8.MaxRune {
			return "", raise("OverflowError", "", "%%c arg not in range(0x110000)")
		}
		return s.pad("", string(rune(n)), '>'), nil
	}
	return "", typeError("%%c requires int or char")
}
