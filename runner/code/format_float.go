package code

import (
	"math"
	"strconv"
	"strings"
)

// float formats as Python does.
func (p spec) float(f float64) (string, error) {
	sign := p.signOf(math.Signbit(f) && !math.IsNaN(f))
	abs := math.Abs(f)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		s := map[bool]string{true: "nan", false: "inf"}[math.IsNaN(f)]
		if p.typ == 'F' || p.typ == 'E' || p.typ == 'G' {
			s = strings.ToUpper(s)
		}
		if p.zero {
			p.fill, p.align = ' ', '>'
		}
		return p.pad(sign, s, '>'), nil
	}
	prec := p.precision
	if prec < 0 {
		prec = 6
	}
	var s string
	switch p.typ {
	case 'f', 'F':
		s = strconv.FormatFloat(abs, 'f', prec, 64)
	case 'e', 'E':
		s = strconv.FormatFloat(abs, p.typ, prec, 64)
	case '%':
		s = strconv.FormatFloat(abs*100, 'f', prec, 64) + "%"
	case 'g', 'G', 'n':
		s = general(abs, prec, p.typ, p.alt)
	default:
		if p.precision < 0 {
			s = floatRepr(abs)
		} else if s = general(abs, prec, 'g', false); !strings.ContainsAny(s, ".e") {
			s += ".0"
		}
	}
	if p.alt && prec == 0 && !strings.ContainsAny(s, ".") {
		s += "."
	}
	return p.number(sign, s, 10), nil
}

// general is C's %g: an exponent below 1e-4 and from 10**precision on, and no
// zeros at the end.
func general(f float64, prec int, typ byte, alt bool) string {
	prec = max(prec, 1)
	e := strconv.FormatFloat(f, 'e', prec-1, 64)
	mantissa, expText, _ := strings.Cut(e, "e")
	exp, _ := strconv.Atoi(expText)
	trim := func(s string) string {
		if alt || !strings.Contains(s, ".") {
			return s
		}
		return strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if exp < -4 || exp >= prec {
		s := trim(mantissa) + "e" + expText
		if typ == 'G' {
			s = strings.ToUpper(s)
		}
		return s
	}
	return trim(strconv.FormatFloat(f, 'f', prec-1-exp, 64))
}

// roundTo rounds to digits behind the point, exactly halves to even.
func roundTo(f float64, digits int) float64 {
	if digits > 300 || math.IsInf(f, 0) || math.IsNaN(f) {
		return f
	}
	if digits < 0 {
		unit := math.Pow(10, float64(-digits))
		return math.RoundToEven(f/unit) * unit
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'f', digits, 64), 64)
	if err != nil {
		return f
	}
	return r
}
