package view

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// PythonValue is a number, a truth or bytes as Python shows it.
func PythonValue(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "True"
		}
		return "False"
	case float64:
		return pythonFloat(v)
	case []byte:
		return BytesLiteral(v)
	}
	return fmt.Sprint(v)
}

// pythonFloat is the shortest text that reads back as f, with an exponent below
// 1e-4 and from 1e16 on, as float.__repr__ has it.
func pythonFloat(f float64) string {
	size := math.Abs(f)
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 0):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64), "+"))
	case size != 0 && (size < 1e-4 || size >= 1e16):
		return strconv.FormatFloat(f, 'e', -1, 64)
	case f == math.Trunc(f):
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
