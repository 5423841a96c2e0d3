package code

// Span is what a decoder makes of some of the bytes: a character, or an error.
type Span struct {
	From, To int    // bytes; To is behind the last
	Text     string // the character; "" for an error
	Err      string // why decode refuses these bytes, in CPython's words
}

// Spans reads bytes character by character. Behind an error it goes on where
// decode(errors="ignore") would. A byte order mark of utf-16 is no character
// and has no text. The error is a LookupError for an unknown encoding.
func Spans(p []byte, encoding string) ([]Span, error) {
	c, err := findCodec(encoding)
	if err != nil {
		return nil, err
	}
	var spans []Span
	i := 0
	if c == utf16Marked {
		if c, i, _ = byteOrderMark(p); i > 0 {
			spans = append(spans, Span{To: i})
		}
	}
	for i < len(p) {
		r, size, reason := c.decodeAt(p, i)
		s := Span{From: i, To: i + size, Err: reason}
		if reason == "" {
			s.Text = string(r)
		}
		spans = append(spans, s)
		i += size
	}
	return spans, nil
}
