package runner

import (
	"context"
	"strings"

	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// moreDecoders are the encodings that can be asked for besides the two.
var moreDecoders = map[string]bool{"latin-1": true, "ascii": true, "gb18030": true, "gb2312": true, "utf-16-le": true, "utf-16-be": true}

// lookDecoders shows bytes as several decoders read them.
func lookDecoders(ctx context.Context, s *Session, a Args) error {
	names := []string{"utf-8", "gbk"}
	expr := withoutJSON(a)
	for {
		word, rest, _ := strings.Cut(expr, " ")
		if !moreDecoders[word] || s.bench.interp.Bound(word) {
			break
		}
		names, expr = append(names, word), strings.TrimSpace(rest)
	}
	data := s.lastReceived()
	if expr != "" {
		p, err := s.bench.interp.BytesOf(ctx, expr)
		if err != nil {
			return err
		}
		data = p
	} else if data == nil {
		return &UsageError{Text: words.F("nothing was received yet; give an expression: decoders b'hello'")}
	}
	var list []view.Decoding
	for _, name := range names {
		spans, err := code.Spans(data, name)
		if err != nil {
			return err
		}
		d := view.Decoding{Name: name}
		for _, p := range spans {
			d.Pieces = append(d.Pieces, view.Decoded{From: p.From, To: p.To, Text: p.Text, Err: p.Err})
		}
		list = append(list, d)
	}
	if a.JSON {
		s.decodersJSON(data, list)
		return nil
	}
	s.out.Decoders(data, list)
	return nil
}

type decodedObject struct {
	Encoding string `json:"encoding"`
	Start    int    `json:"start"`
	End      int    `json:"end"` // behind the last
	Data     string `json:"data"`
	Text     string `json:"text,omitempty"`
	Error    string `json:"error,omitempty"`
}

func (s *Session) decodersJSON(data []byte, list []view.Decoding) {
	for _, d := range list {
		for _, p := range d.Pieces {
			s.printJSON(decodedObject{Encoding: d.Name, Start: p.From, End: p.To, Data: hexText(data[p.From:p.To]), Text: p.Text, Error: p.Err})
		}
	}
}
