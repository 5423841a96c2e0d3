package code

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/big"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

func jsonLoads(c *call) (starlark.Value, error) {
	var v starlark.Value
	if err := c.unpack("s", &v); err != nil {
		return nil, err
	}
	var text string
	switch x := v.(type) {
	case Str:
		text = x.s
	case Bytes, *ByteArray:
		b, _ := content(x)
		s, err := decode([]byte(b), "utf-8", "strict")
		if err != nil {
			return nil, err
		}
		text = s
	default:
		return nil, typeError("the JSON object must be str, bytes or bytearray, not %s", typeName(v))
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	out, err := jsonValue(dec, 0)
	if err == nil {
		if _, more := dec.Token(); !errors.Is(more, io.EOF) {
			return nil, jsonError("Extra data", text, int(dec.InputOffset()))
		}
		return out, nil
	}
	var own *Error
	if errors.As(err, &own) {
		return nil, own
	}
	return nil, jsonError("Expecting value", text, int(dec.InputOffset()))
}

// jsonError names a place as CPython's json does: line, column, character.
func jsonError(what, text string, at int) *Error {
	at = min(at, len(text))
	chars := []rune(text[:at])
	line := strings.Count(text[:at], "\n") + 1
	col := len(chars) + 1
	if i := strings.LastIndexByte(text[:at], '\n'); i >= 0 {
		col = len([]rune(text[i+1:at])) + 1
	}
	return raise("JSONDecodeError", "", "%s: line %d column %d (char %d)", what, line, col, len(chars))
}

// jsonValue reads one value token by token, which keeps a dictionary's order.
func jsonValue(dec *json.Decoder, depth int) (starlark.Value, error) {
	if depth > 1000 {
		return nil, raise("RecursionError", "", "maximum recursion depth exceeded while decoding a JSON array")
	}
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := tok.(type) {
	case nil:
		return starlark.None, nil
	case bool:
		return starlark.Bool(t), nil
	case string:
		return newStr(t), nil
	case json.Number:
		return jsonNumber(t.String())
	}
	if tok == json.Delim('[') {
		var elems []starlark.Value
		for dec.More() {
			v, err := jsonValue(dec, depth+1)
			if err != nil {
				return nil, err
			}
			elems = append(elems, v)
		}
		_, err = dec.Token()
		return starlark.NewList(elems), err
	}
	d := new(starlark.Dict)
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		v, err := jsonValue(dec, depth+1)
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if err := d.SetKey(newStr(name), v); err != nil {
			return nil, err
		}
	}
	_, err = dec.Token()
	return d, err
}

func jsonNumber(s string) (starlark.Value, error) {
	if !strings.ContainsAny(s, ".eE") && len(s) < 4300 {
		if n, ok := new(big.Int).SetString(s, 10); ok {
			return starlark.MakeBigInt(n), nil
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return nil, valueError("could not read the number %s", s)
	}
	return starlark.Float(f), nil
}
