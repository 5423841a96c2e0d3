package code

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// incrementalDecoder decodes bytes that come in pieces: what is not yet a
// whole character waits for the next piece. It is for one thread.
type incrementalDecoder struct {
	codec *codec // as it was asked for
	now   *codec // utf-16: the byte order, once its mark has come
	errs  string
	kept  []byte
}

var _ starlark.HasAttrs = (*incrementalDecoder)(nil)

func (d *incrementalDecoder) String() string {
	return fmt.Sprintf("<IncrementalDecoder of %s, %d bytes kept>", d.codec.name, len(d.kept))
}

func (d *incrementalDecoder) Type() string          { return "IncrementalDecoder" }
func (d *incrementalDecoder) Freeze()               {}
func (d *incrementalDecoder) Truth() starlark.Bool  { return true }
func (d *incrementalDecoder) Hash() (uint32, error) { return 0, errUnhashable }

// Attr is a method, or errors.
func (d *incrementalDecoder) Attr(name string) (starlark.Value, error) {
	if name == "errors" {
		return newStr(d.errs), nil
	}
	if v, _ := incrementalMethods.attr(d, name); v != nil {
		return v, nil
	}
	return nil, noAttr(d, name)
}

// AttrNames lists the methods and attributes.
func (d *incrementalDecoder) AttrNames() []string {
	return append([]string{"errors"}, incrementalMethods.names...)
}

var incrementalMethods = methods([]method{
	{"decode", "decode(data, final=False)", words.F("the text so far; a character that is not whole yet waits for its rest"), incrementalDecode},
	{"reset", "reset()", words.F("forget what was kept"), func(c *call) (starlark.Value, error) {
		d := c.self.(*incrementalDecoder)
		d.kept, d.now = nil, d.codec
		return starlark.None, c.unpack()
	}},
})

func incrementalDecode(c *call) (starlark.Value, error) {
	var piece []byte
	final := false
	if err := c.unpack("input", &piece, "final?", &final); err != nil {
		return nil, err
	}
	s, err := c.self.(*incrementalDecoder).decode(piece, final)
	if err != nil {
		return nil, err
	}
	return newStr(s), nil
}

// decode takes the next piece. At an error the bytes that were kept are still
// there, and the piece is lost; the codecs of several bytes (GBK and its kin)
// keep nothing unless the error is that the last piece ends too early.
func (d *incrementalDecoder) decode(piece []byte, final bool) (string, error) {
	if len(d.kept)+len(piece) > maxBytes {
		return "", noMemory()
	}
	b := append(append([]byte(nil), d.kept...), piece...)
	now, next, from := d.now, d.now, 0
	unmarked := false
	if now == utf16Marked {
		var marked bool
		if now, from, marked = byteOrderMark(b); marked {
			next = now
		}
		unmarked = !marked
	}
	s, used, err := now.decode(b, from, d.errs, final)
	switch {
	case err == nil && unmarked && used >= 2:
		return "", raise("UnicodeError", "", "UTF-16 stream does not start with BOM")
	case err == nil:
		d.kept, d.now = b[used:], next
	case d.codec.forgets && !(final && d.cutOff(b[used:])):
		d.kept = nil
	}
	return s, err
}

// cutOff reports whether bytes are the beginning of a character, and no more.
func (d *incrementalDecoder) cutOff(rest []byte) bool {
	if len(rest) == 0 {
		return false
	}
	_, _, reason := d.codec.decodeAt(rest, 0)
	return isCutOff(reason)
}
