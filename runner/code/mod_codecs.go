package code

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// CodecsModule is the module codecs: encodings by name, and the decoder for
// bytes that come in pieces, as recv gives them.
func CodecsModule() *Module {
	return &Module{Name: "codecs", Help: words.F("encodings, and decoders for bytes that come in pieces"), values: starlark.StringDict{
		"BOM": Bytes{"\xff\xfe"}, "BOM_UTF8": Bytes{"\xef\xbb\xbf"}, "BOM_UTF16": Bytes{"\xff\xfe"},
		"BOM_UTF16_LE": Bytes{"\xff\xfe"}, "BOM_UTF16_BE": Bytes{"\xfe\xff"},
	}, funcs: []method{
		{"decode", "decode(data, encoding='utf-8', errors='strict')", words.F("the bytes as text"), codecsDecode},
		{"encode", "encode(text, encoding='utf-8', errors='strict')", words.F("the text as bytes"), codecsEncode},
		{"getincrementaldecoder", "getincrementaldecoder(encoding)", words.F("call what it returns: a decoder that keeps a character which was cut in two"), codecsIncremental},
		{"lookup", "lookup(encoding)", words.F("what an encoding is called, and its functions"), codecsLookup},
	}}
}

// codecNames are what lookup calls the codecs whose messages call them
// otherwise.
var codecNames = map[string]string{"latin-1": "iso8859-1"}

func codecsDecode(c *call) (starlark.Value, error) {
	var v starlark.Value
	encoding, errs := "utf-8", "strict"
	if err := c.unpack("obj", &v, "encoding?", &encoding, "errors?", &errs); err != nil {
		return nil, err
	}
	if _, err := findCodec(encoding); err != nil {
		return nil, err
	}
	b, err := asBytes(v)
	if err != nil {
		return nil, err
	}
	s, err := decode(b, encoding, errs)
	if err != nil {
		return nil, err
	}
	return newStr(s), nil
}

func codecsEncode(c *call) (starlark.Value, error) {
	var v starlark.Value
	encoding, errs := "utf-8", "strict"
	if err := c.unpack("obj", &v, "encoding?", &encoding, "errors?", &errs); err != nil {
		return nil, err
	}
	if _, err := findCodec(encoding); err != nil {
		return nil, err
	}
	s, ok := v.(Str)
	if !ok {
		return nil, typeError("encode() argument 'str' must be str, not %s", typeName(v))
	}
	b, err := encode(s.s, encoding, errs)
	if err != nil {
		return nil, err
	}
	return newBytes(b), nil
}

func codecsLookup(c *call) (starlark.Value, error) {
	encoding := ""
	if err := c.unpack("*encoding", &encoding); err != nil {
		return nil, err
	}
	found, err := findCodec(encoding)
	if err != nil {
		return nil, err
	}
	return &codecInfo{found}, nil
}

func codecsIncremental(c *call) (starlark.Value, error) {
	encoding := ""
	if err := c.unpack("encoding", &encoding); err != nil {
		return nil, err
	}
	found, err := findCodec(encoding)
	if err != nil {
		return nil, err
	}
	return incremental(found), nil
}

// incremental is the class of a codec's incremental decoders.
func incremental(found *codec) starlark.Value {
	return function("IncrementalDecoder", "IncrementalDecoder(errors='strict')", words.F("a decoder for bytes that come in pieces"),
		func(c *call) (starlark.Value, error) {
			d := &incrementalDecoder{codec: found, now: found, errs: "strict"}
			return d, c.unpack("errors?", &d.errs)
		})
}

// codecInfo is what lookup returns.
type codecInfo struct{ c *codec }

var _ starlark.HasAttrs = (*codecInfo)(nil)

func (i *codecInfo) name() string {
	if other := codecNames[i.c.name]; other != "" {
		return other
	}
	return i.c.name
}

func (i *codecInfo) String() string {
	return fmt.Sprintf("<codecs.CodecInfo object for encoding %s>", i.name())
}

func (i *codecInfo) Type() string          { return "CodecInfo" }
func (i *codecInfo) Freeze()               {}
func (i *codecInfo) Truth() starlark.Bool  { return true }
func (i *codecInfo) Hash() (uint32, error) { return starlark.String(i.c.name).Hash() }

// AttrNames lists the members.
func (i *codecInfo) AttrNames() []string {
	return []string{"decode", "encode", "incrementaldecoder", "name"}
}

// Attr is the name or a function. decode and encode of a codec return how much
// they have taken, too.
func (i *codecInfo) Attr(name string) (starlark.Value, error) {
	switch name {
	case "name":
		return newStr(i.name()), nil
	case "incrementaldecoder":
		return incremental(i.c), nil
	case "decode":
		return function("decode", "decode(data, errors='strict')", words.F("the bytes as text, and how many they were"), i.decode), nil
	case "encode":
		return function("encode", "encode(text, errors='strict')", words.F("the text as bytes, and how many characters it had"), i.encode), nil
	}
	return nil, noAttr(i, name)
}

func (i *codecInfo) decode(c *call) (starlark.Value, error) {
	var b []byte
	errs := "strict"
	if err := c.unpack("*data", &b, "*errors?", &errs); err != nil {
		return nil, err
	}
	s, err := decode(b, i.c.name, errs)
	if err != nil {
		return nil, err
	}
	return starlark.Tuple{newStr(s), starlark.MakeInt(len(b))}, nil
}

func (i *codecInfo) encode(c *call) (starlark.Value, error) {
	s, errs := "", "strict"
	if err := c.unpack("*text", &s, "*errors?", &errs); err != nil {
		return nil, err
	}
	b, err := encode(s, i.c.name, errs)
	if err != nil {
		return nil, err
	}
	return starlark.Tuple{newBytes(b), starlark.MakeInt(newStr(s).Len())}, nil
}
