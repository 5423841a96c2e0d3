package runner

import (
	"context"
	"math"
	"strings"

	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// layoutCommands are the commands that look at struct formats.
func layoutCommands() []*Command {
	return []*Command{
		{Name: "layout", Group: Looking, Usage: "layout FORMAT [VALUE … | BYTES] [--json]",
			Summary: words.F("where a struct format has its values and its padding"),
			Help:    words.F("`layout ci` is the format alone, `layout ci a 5` with values, `layout !I data` with bytes that are read by it. Numbers are read in the other byte order too."),
			run:     lookLayout},
	}
}

func lookLayout(ctx context.Context, s *Session, a Args) error {
	text := a.Text
	if a.JSON {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, "--json"), "--json"))
	}
	format, rest := cutFormat(text)
	if format == "" {
		return commands["layout"].usage()
	}
	f, data, err := s.bench.interp.StructOf(ctx, format, strings.Join(s.packValues(format, rest), ", "))
	if err != nil {
		return err
	}
	if a.JSON {
		return s.layoutJSON(ctx, f, data)
	}
	s.out.Packed(view.Packed{Format: f, Data: data})
	return nil
}

// maxLayoutItems is how many values and gaps of a format are told one by one.
const maxLayoutItems = 10_000

// itemObject is a value of a format and its bytes, or padding.
type itemObject struct {
	Offset  int    `json:"offset"`
	Size    int    `json:"size"`
	Code    string `json:"code,omitempty"` // empty: the padding of alignment
	Padding bool   `json:"padding"`
	Order   string `json:"order"`
	Index   *int   `json:"index,omitempty"` // the place of its value
	Hex     string `json:"hex,omitempty"`
	Value   any    `json:"value,omitempty"`
	Flipped any    `json:"flipped,omitempty"` // in the other byte order
}

func (s *Session) layoutJSON(ctx context.Context, f *pack.Format, data []byte) error {
	n := 0
	for it := range f.Items() {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if n++; n > maxLayoutItems {
			s.printJSON(map[string]any{"more": true, "size": f.Size()})
			return nil
		}
		o := itemObject{Offset: it.Offset, Size: it.Size, Padding: it.Pad, Order: f.Order().String()}
		if it.Code != 0 {
			o.Code = string(rune(it.Code))
		}
		if !it.Pad {
			o.Index = &it.Value
		}
		if data != nil {
			o.Hex = hexText(it.Bytes(data))
			o.Value = jsonValue(it.Read(data, f.Order()))
			if it.Ordered() {
				o.Flipped = jsonValue(it.Read(data, f.Order().Other()))
			}
		}
		s.printJSON(o)
	}
	return nil
}

// jsonValue is a value as JSON has it: bytes, and floats that are no numbers,
// become Python's text.
func jsonValue(v any) any {
	switch x := v.(type) {
	case []byte:
		return view.PythonValue(x)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return view.PythonValue(x)
		}
	}
	return v
}
